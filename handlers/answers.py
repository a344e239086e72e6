"""Questions in free text, and the buttons that lead to topics."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup
from telegram import Message as TelegramMessage
from telegram import Update

from bot.knowledge.deciding import Finding
from bot.knowledge.learned import answer_id
from bot.knowledge.library import SMALLTALK_KINDS
from bot.knowledge.words import says_enough
from bot.locales.catalogues import Translator, known_language
from handlers import helpful, lately, outdated, topics, wished
from handlers.desk import question_to_desk
from handlers.incoming import mentions_of
from handlers.turn import Desk, Turn, match
from handlers.views import answers, welcome
from handlers.views import desk as views
from handlers.views.locale import in_a_row
from handlers.views.message import Button, Message, column
from storage import questions
from storage.records import Gist


def question_in(message: TelegramMessage | None, username: str) -> str:
    """What is asked: the text or the caption without mentions of the bot."""
    if message is None:
        return ""
    text = message.text or message.caption or ""
    for mention in mentions_of(message, username):
        text = text.replace(mention, " ")
    return text.strip()


async def find(update: Update, desk: Desk) -> Finding:
    """Work out what a question is about, off the event loop."""
    message, user = update.effective_message, update.effective_user
    question = question_in(message, message.get_bot().username if message else "")
    language = known_language(user.language_code if user else None) or desk.default_language
    finding = await desk.shelf.find(question, language)
    if finding.kind != "learned" and finding.wish is None:
        finding = lately.follow_up(update, desk, question, language) or finding
    topic = next(iter(finding.candidates), None) if finding.kind == "learned" else finding.topic
    if finding.kind not in {"answer", "live", "learned"} or finding.looked_up is not None:
        return finding
    return replace(finding, looked_up=await topics.look_up(desk, topic or "", question))


async def ask(_update: Update, turn: Turn) -> None:
    """A question in free text."""
    # Nothing was looked for if a form was to have it, which is gone since.
    finding: Finding = turn.worked_out if isinstance(turn.worked_out, Finding) else Finding("unknown", None, (), 0.0)
    question = question_in(turn.message, turn.bot.username)
    if not question:  # a mention and nothing else
        turn.say(welcome.help_text(turn.t, is_group=not turn.is_private, username=turn.bot.username))
        return
    if not any(character.isalnum() for character in question):
        turn.say(welcome.text_only(turn.t))  # "??", or a smiley
        return
    turn.desk.metrics.questions.labels(finding.kind).inc()
    t = turn.translator(finding.language or turn.person.language)
    finding = await outdated.as_it_stands(turn, finding, t)
    found = await _found(turn, finding, t)
    # Of what has not been entered yet it is just as certain what it is about.
    is_subject = found is not None or finding.kind == "live" or finding.follows is not None
    lately.told(turn, finding if is_subject else Finding("unknown", None, (), 0.0), question if found else "")
    if found is None:
        found = await _not_found(turn, finding, t)
    else:
        found = await helpful.with_question(turn, finding, question, found, t)
    turn.say(found, in_reply=bool(finding.candidates))  # a topic that is chosen reads the question again


async def _found(turn: Turn, finding: Finding, t: Translator) -> Message | None:
    """What there is to say to a question; None if there is nothing."""
    match finding.kind:
        case "smalltalk":
            return answers.small_talk(t, SMALLTALK_KINDS[finding.topic or "greeting"])
        case "unsure":
            candidates = await topics.buttons(turn, finding.candidates, t)
            return answers.unsure(t, candidates) if candidates else None
        case "live":
            return await _looked_up(turn, finding, t)
        case "learned":
            found = await topics.answer(turn, finding.topic or "", t)
            held = tuple([one for one in finding.candidates if await topics.answer(turn, one, t) is not None])
            looked_up = column(await topics.buttons(turn, held, t))
            return replace(found, buttons=(*looked_up, *found.buttons)) if found else None
        case "answer":
            found = await topics.answer(turn, finding.topic or "", t)
            others = await topics.buttons(turn, finding.candidates, t)
            return answers.with_others(t, found, others) if found and others else found
        case "unknown":
            return None if finding.wish is None else await wished.hint(turn, finding, t)


async def _looked_up(turn: Turn, finding: Finding, t: Translator) -> Message | None:
    """What the database holds; if that is nothing, what was published for a question that is near."""
    found = await topics.answer(turn, finding.topic or "", t)
    if finding.follows is not None:  # what follows is read so alone; how it is as a rule is told where no more is known
        return found or await topics.answer(turn, "".join(finding.candidates[:1]), t)
    near = tuple(topic for topic in finding.candidates if answer_id(topic) is not None)
    if found is None:
        offered = await topics.buttons(turn, near, t)
        return answers.unsure(t, offered) if offered else None
    # What was published for this very question has more of it, maybe; what is only near has not.
    offers = tuple(topic for topic in finding.candidates if finding.may_mean_others or topic not in near)
    others = await topics.buttons(turn, offers, t)
    if not others:
        return found
    return answers.with_others(t, found, others, may_be_meant=finding.may_mean_others)


async def _not_found(turn: Turn, finding: Finding, t: Translator) -> Message:
    """Keep a question without an answer, and take it to the desk if it is for the Secretariat."""
    is_known = finding.kind in {"unknown", "live"}  # else it was withdrawn a moment ago
    gap = await _with_all_gaps(turn, finding, t) if is_known else Finding("unknown", None, (), 0.0)
    fate, next_step = None, None
    question = question_in(turn.message, turn.bot.username)
    if finding.follows and gap.topic is not None:  # whoever reads it has not read the one before
        title = await topics.title(turn, gap.topic, t) or await topics.title(turn, finding.follows, t)
        question = f"{question} ({title})" if title else question
    if gap.topic is None and (finding.follows is not None or not says_enough(question)):
        return answers.says_too_little(t)
    if turn.message is not None:
        await _keep(turn, turn.message, gap.topic, finding.gist, question)
        if answers.is_for_secretariat(turn.desk.library, gap, t.language):
            fate, next_step = await _to_desk(turn, turn.message, t, question)
        else:
            next_step = views.ask_button(t, turn.message.message_id)
    others = await topics.buttons(turn, () if gap.kind == "live" and gap.may_mean_others else gap.candidates, t)
    found = answers.not_answered(t, turn.desk.library, gap, fate=fate, next_step=next_step)
    if not others:
        return found
    return answers.with_what_fits(t, found, others) if gap.may_mean_others else answers.with_others(t, found, others)


async def _with_all_gaps(turn: Turn, finding: Finding, t: Translator) -> Finding:
    """What else was asked for and is answered from the database is a gap, too, where nothing is entered of it."""
    if finding.may_mean_others:
        return finding
    live = [topic for topic in finding.candidates if topic in turn.desk.live]
    nothing = tuple([topic for topic in live if await topics.answer(turn, topic, t) is None])
    left = tuple(topic for topic in finding.candidates if topic not in nothing)
    return replace(finding, candidates=left, besides=(*finding.besides, *nothing))


async def look_up_choice(update: Update, desk: Desk) -> object:
    """Work out what a topic's button wants to know of the question under which it was offered."""
    query, pressed = update.callback_query, update.effective_message
    asked = pressed.reply_to_message if pressed else None
    question = question_in(asked, asked.get_bot().username) if asked else ""
    topic_id = (query.data or "" if query else "").removeprefix("topic:")
    return await topics.look_up(desk, topic_id, question) if question else None


async def topic(_update: Update, turn: Turn) -> None:
    """The button of a topic."""
    topic_id = match(turn)["topic"]
    if not await open_topic(turn, topic_id):
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
    else:
        lately.told(turn, Finding("answer", topic_id, (), 1.0, looked_up=turn.looked_up))


async def understand_choice(update: Update, desk: Desk) -> Gist | None:
    """Work out what the question comes to whose offers are pressed away."""
    pressed = update.effective_message
    asked = pressed.reply_to_message if pressed else None
    question = question_in(asked, asked.get_bot().username) if asked else ""
    return await desk.shelf.gist(question, desk.default_language) if question else None


async def none_of_these(_update: Update, turn: Turn) -> None:
    """None of the topics that were offered was meant: then the question is one for the Secretariat."""
    asked = turn.message.reply_to_message if turn.message else None
    question = question_in(asked, turn.bot.username)
    if asked is not None and question:
        await _keep(turn, asked, None, turn.worked_out, question)
        fate, _button = await _to_desk(turn, asked, turn.t, question)
        turn.show(answers.kept_after_choice(turn.t, fate))
    else:
        turn.show(answers.ask_again(turn.t))


async def open_topic(turn: Turn, topic_id: str) -> bool:
    """Say what there is on a topic, also that it is nothing yet; False if there is no such topic (any more)."""
    message = await topics.answer(turn, topic_id, turn.t)
    if message is None and topic_id in turn.desk.live:
        nothing = Finding("unknown", topic_id, (), 0.0)
        message = answers.not_answered(turn.t, turn.desk.library, nothing)
    if message is not None:
        turn.say(message)
    return message is not None


async def _keep(turn: Turn, message: TelegramMessage, hint: str | None, gist: Gist | None, question: str) -> None:
    await questions.keep(
        turn.tx,
        person_id=turn.person.id,
        chat_id=message.chat.id,
        message_id=message.message_id,
        language=turn.person.language,
        question=question,
        hint=hint,
        now=turn.now,
        gist=gist,
    )


async def _to_desk(
    turn: Turn, message: TelegramMessage, t: Translator, question: str
) -> tuple[Markup | None, Button | None]:
    """Take a question to the desk; what to say of it, and the way to where the answer comes.

    The Secretariat's own would come back to it: they are sent by a press only.
    """
    if await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        return answers.of_the_secretariat(t), views.ask_button(t, message.message_id)
    receipt = await question_to_desk(turn, message, question)
    if receipt.again_at is not None:
        return views.question_not_sent(t, receipt.again_at), views.ask_button(t, message.message_id)
    if not receipt.went_to_group:
        return None, None
    fate = views.question_sent(t, turn.desk.office, turn.now)
    if turn.is_private:
        return fate, None
    in_private = in_a_row(t, fate, views.answer_comes_in_private(t))
    return in_private, views.private_button(t, turn.bot.username, "group")
