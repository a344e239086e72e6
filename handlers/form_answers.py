"""What people write and send while they fill in a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from bot.forms import engine
from bot.forms.choices import Choices, folded
from bot.forms.form import Field
from bot.forms.nothing import says_nothing
from bot.forms.reading import Outcome, Understood, Unsure, Wrong
from bot.forms.texts import Text
from bot.knowledge.deciding import Finding
from bot.locales.catalogues import LANGUAGES, Catalogues
from handlers import form_steps, outdated, topics
from handlers.form_content import Content, not_in_words
from handlers.form_steps import Filling
from handlers.turn import Turn
from handlers.views import answers, form_offers, form_questions, wishes
from handlers.views.form_problems import problem
from handlers.views.message import Message
from storage import drafts
from storage.records.drafts import Draft

_QUESTION_AT_THE_END = re.compile(r"[?؟？](?:[^\w]|_)*\Z")
SURE = 0.5
"""How sure it must be what a sentence is about that is taken for a question without being one."""


async def take(turn: Turn, filling: Filling, content: Content, message_id: int) -> None:
    """A message is the answer to the present step, a question in between, or neither."""
    field = engine.present(filling.form, filling.draft)
    if field is None:
        await _in_summary(turn, filling, content)
        return
    if without := skipped(turn, filling, content):
        onwards(turn, filling, without)
        return
    outcome = outcome_of(turn, filling, field, content)
    if await answers_question(turn, field, content, outcome):
        await keep_typed(turn, filling, content, message_id)
        again(turn, filling, taking=("take",) if isinstance(field.kind, Text) else ())
        return
    if _looks_like_question(field, content, outcome):
        await keep_typed(turn, filling, content, message_id)
        again(turn, filling, news=(_not_taken(turn, filling, field),), taking=("take", "ask"))
        return
    if not isinstance(outcome, Understood):
        await keep_typed(turn, filling, None, message_id)
    respond(turn, filling, outcome, message_id=message_id)


def respond(
    turn: Turn, filling: Filling, outcome: Outcome, *, message_id: int | None = None, news: Sequence[Markup] = ()
) -> None:
    """Go on with an answer; or say what is wrong with it, and ask again."""
    field = engine.present(filling.form, filling.draft)
    assert field is not None  # noqa: S101 - nothing is read as an answer in the summary
    match outcome:
        case Understood(value):
            after = engine.answered(filling.form, filling.draft, value, message_id=message_id)
            onwards(turn, filling, after, news=news)
        case Unsure(values):
            offers = None if isinstance(field.kind, Choices) else values
            is_one = offers is not None and len(offers) == 1
            again(turn, filling, news=(*news, form_offers.which_is_meant(turn.t, is_one=is_one)), offers=offers)
        case Wrong():
            sentence = problem(turn.t, outcome, field, filling.shown(turn))
            again(turn, filling, news=(*news, sentence), past=outcome.given)


def onwards(turn: Turn, filling: Filling, after: Draft, *, news: Sequence[Markup] = ()) -> None:
    """The present step is done: its question becomes a line with the answer, and the next one is asked."""
    kept = form_steps.step_last(turn, filling, after)
    form_steps.settle(turn, filling.draft, kept)
    form_steps.put(turn, kept, news=news)


def again(
    turn: Turn,
    filling: Filling,
    *,
    news: Sequence[Markup] = (),
    offers: Sequence[str] | None = None,
    taking: Sequence[str] = (),
    past: str | None = None,
) -> None:
    """The present step is said again, and only there it has its buttons."""
    form_steps.strip(turn, filling.draft)
    form_steps.put(turn, filling, news=news, offers=offers, taking=taking, past=past)


def outcome_of(turn: Turn, filling: Filling, field: Field, content: Content) -> Outcome:
    """What a message comes to as the answer to a field."""
    at = filling.circumstances(turn, field.name)
    if isinstance(content, str):
        return engine.read(filling.form, filling.draft, field.name, content, at)
    outcome = not_in_words(content, field, at)
    if isinstance(outcome, Understood):
        return engine.checked(filling.form, filling.draft, field.name, outcome.value, turn.now)
    return outcome


async def answers_question(turn: Turn, field: Field | None, content: Content, outcome: Outcome | None) -> bool:
    """Answer what is a question about the association rather than an answer; False if it is none, or not known."""
    finding = turn.worked_out
    if not isinstance(content, str) or not isinstance(finding, Finding):
        return False
    if not _is_known(content, finding) or not _may_be_question(content, finding, field, outcome):
        return False
    t = turn.translator(finding.language or turn.person.language)
    if finding.wish is not None:
        found: Message | None = wishes.hint(t, finding, speaks=turn.person.language)
    else:
        finding = await outdated.as_it_stands(turn, finding, t)
        found = await topics.answer(turn, finding.topic or "", t)
    if found is None:
        return False
    turn.desk.metrics.questions.labels(finding.kind).inc()
    turn.say(found)
    return True


def says_question(text: str) -> bool:
    """Whether it ends as questions do, whatever mark or smiley follows. Only then a free text is taken for one."""
    return _QUESTION_AT_THE_END.search(text) is not None


def _is_known(text: str, finding: Finding) -> bool:
    """Whether there is an answer, or a way to what is wanted; "stop" alone is meant for the form."""
    return finding.kind in {"answer", "live", "learned"} or (finding.wish is not None and says_question(text))


def _looks_like_question(field: Field, content: Content, outcome: Outcome) -> bool:
    """Whether what could be the answer ends as questions do, where no answer does."""
    is_answer = isinstance(content, str) and isinstance(outcome, Understood)
    return is_answer and isinstance(field.kind, Text) and not field.kind.may_ask and says_question(str(content))


def _not_taken(turn: Turn, filling: Filling, field: Field) -> Markup:
    """What is said of a question without an answer: what it is about, if that is certain."""
    finding, gap = turn.worked_out, None
    is_gap = isinstance(finding, Finding) and finding.kind in {"live", "unknown"} and finding.topic is not None
    if is_gap and (finding.kind == "live" or finding.confidence >= SURE):
        gap = turn.desk.library.unknown(finding.topic, turn.t.language)
    told = answers.no_answer(turn.t, gap)
    return form_offers.not_taken(turn.t, told, filling.shown(turn).words.fields[field.name].label)


def _may_be_question(text: str, finding: Finding, field: Field | None, outcome: Outcome | None) -> bool:
    """Without a question mark, only what is nothing else, and is sure to be understood.

    Whatever is written may be a free text, and an answer of one word may be near to some topic.
    """
    is_text = field is not None and isinstance(field.kind, Text)
    if says_question(text):
        return is_text or not isinstance(outcome, Understood)
    is_sentence = finding.language is not None
    return not is_text and not isinstance(outcome, Understood | Unsure) and is_sentence and finding.confidence >= SURE


async def keep_typed(turn: Turn, filling: Filling, content: Content, message_id: int) -> None:
    """Remember what was written for the present step and is no answer yet: it may be taken, or changed."""
    draft = filling.draft
    typed = content if isinstance(content, str) else None
    messages = {**draft.messages, draft.step: message_id}
    if not await drafts.note(turn.tx, draft._replace(typed=typed, messages=messages)):
        raise form_steps.StaleStepError


async def edited(turn: Turn, content: Content, message_id: int) -> bool:
    """A message was changed in which an answer was written; False if there is none."""
    for draft in await drafts.of_person(turn.tx, turn.person.id):
        name = next((name for name, message in draft.messages.items() if message == message_id), None)
        filling = await form_steps.at(turn, draft.id) if name is not None else None
        field = filling.form.field(name or "") if filling else None
        if filling is not None and field is not None:
            await _correct(turn, filling, field, content, message_id)
            return True
    return False


async def _correct(turn: Turn, filling: Filling, field: Field, content: Content, message_id: int) -> None:
    """The answer is what is written now, as far as it can be one."""
    if filling.draft.step == field.name and filling.draft.state == "active":
        await take(turn, filling, content, message_id)
        return
    outcome = outcome_of(turn, filling, field, content)
    if isinstance(outcome, Understood):
        after = engine.corrected(filling.form, filling.draft, field.name, outcome.value)
        filling = await form_steps.step(turn, filling, after)
        news = [form_questions.corrected(turn.t, filling.shown(turn), field.name)]
    else:
        shown = filling.shown(turn)
        news = [form_questions.stays(turn.t, shown, field.name)]
        if isinstance(outcome, Wrong):
            news.insert(0, problem(turn.t, outcome, field, shown))
    if filling.draft.state == "active":
        again(turn, filling, news=news)
    else:
        turn.say(Message(Markup(" ").join(news)))


async def _in_summary(turn: Turn, filling: Filling, content: Content) -> None:
    """There, nothing is written; a question is answered all the same."""
    was_question = await answers_question(turn, None, content, None)
    again(turn, filling, news=() if was_question else (form_offers.press_to_finish(turn.t),))


@lru_cache(1)
def _skip_words(catalogues: Catalogues) -> frozenset[str]:
    """What the button that skips is called in each language, as it may be written."""
    return frozenset(folded(form_questions.skip_label(catalogues.translator(language))) for language in LANGUAGES)


def skipped(turn: Turn, filling: Filling, content: Content) -> Draft | None:
    """The draft with the present step left out, if that is what was written, and may be.

    That there is none says so as well, but where it is an answer: "no" to a question of yes or no.
    """
    field = engine.present(filling.form, filling.draft)
    if field is None or not field.optional or not isinstance(content, str):
        return None
    if folded(content) not in _skip_words(turn.desk.catalogues):
        is_text = isinstance(field.kind, Text)
        if not says_nothing(content) or not (is_text or isinstance(outcome_of(turn, filling, field, content), Wrong)):
            return None
    return engine.skipped(filling.form, filling.draft)
