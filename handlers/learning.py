"""Answers for everyone from the Secretariat's side: /learn, /learned and their buttons."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.desk import threads
from bot.learning import answers, telling
from bot.learning.alike import Surroundings
from bot.members.roles import NotAllowedError
from handlers.learning_prepare import answer_replied_to
from handlers.staff import refuse_press
from handlers.turn import Turn, match
from handlers.views import learning as views
from handlers.views import learning_lists as lists
from handlers.views import learning_writing, out_of_date, staff
from handlers.views.learned import chosen
from handlers.views.lists import PAGE, page_within
from handlers.views.message import Message
from storage import desk, learned, people, questions
from storage.records.desk import Letter
from storage.records.learned import LearnedAnswer

STATES = ("published", "draft", "withdrawn")
DIGITS_AT_MOST = 12
"""Of a number in a link."""

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def for_staff(handler: Handler) -> Handler:
    """Presses by others are refused, and presses that come too late say so."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except NotAllowedError:
            await refuse_press(turn, "learned", staff.only_staff_toast(turn.t))
        except answers.NoSuchAnswerError:
            turn.answer_press(out_of_date.gone_toast(turn.t), alert=True)
        except answers.TooLongError:
            turn.answer_press(learning_writing.too_long_toast(turn.t), alert=True)
        except answers.UnfinishedError:
            turn.answer_press(views.unfinished(turn.t), alert=True)
        except answers.StaleAnswerError:
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            turn.show(await card(turn, number_in(turn)))

    return guarded


# --- Commands


async def learn(_update: Update, turn: Turn) -> None:
    """/learn in reply to what staff wrote to a person."""
    rights, message = turn.desk.rights, turn.message
    if not await rights.is_staff(turn.tx, turn.person.id):
        turn.say(staff.only_staff(turn.t))
        return
    letter = None if message is None else await answer_replied_to(turn.tx, message)
    if letter is None or turn.worked_out is None:
        turn.say(views.reply_with_learn(turn.t))
        return
    try:
        answer = await _from_letter(turn, letter)
    except answers.NoSuchAnswerError:
        turn.say(views.reply_with_learn(turn.t))
    except answers.TooLongError:
        turn.say(learning_writing.too_long(turn.t))
    else:
        turn.say(await card(turn, answer.id))


async def show_list(_update: Update, turn: Turn) -> None:
    """/learned: what is published."""
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        turn.say(staff.only_staff(turn.t))
    else:
        turn.say(await _listing(turn, "published", 0))


async def open_link(turn: Turn, number: str) -> bool:
    """The link of an answer, opened in private; False if it is none."""
    if not (number.isascii() and number.isdigit() and len(number) <= DIGITS_AT_MOST):
        return False
    try:
        turn.say(await card(turn, int(number)))
    except NotAllowedError:
        turn.say(staff.only_staff(turn.t))
    except answers.NoSuchAnswerError:
        return False
    return True


# --- Buttons


@for_staff
async def offer(_update: Update, turn: Turn) -> None:
    """Under a reply to a question that the bot could not answer."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    letter = await desk.letter(turn.tx, int(match(turn)["letter"]))
    if letter is None or letter.direction != threads.TO_PERSON:
        raise answers.NoSuchAnswerError
    answer = await _from_letter(turn, letter)
    turn.show(await card(turn, answer.id))


@for_staff
async def write(_update: Update, turn: Turn) -> None:
    """Under a question without an answer, or whose answer did not help."""
    rights, by, number = turn.desk.rights, turn.person.id, int(match(turn)["number"])
    await rights.need_staff(turn.tx, by)
    around: Surroundings | None = turn.worked_out
    found = () if around is None else around.alike
    if match(turn)["kind"] == "m":
        answer = await answers.from_mark(turn.tx, rights, by, number, found, now=turn.now)
    else:
        question = await questions.by_id(turn.tx, number)
        if question is None:
            raise answers.NoSuchAnswerError
        answer = await answers.from_question(turn.tx, rights, by, question, found, now=turn.now)
    turn.show(await card(turn, answer.id))


@for_staff
async def show(_update: Update, turn: Turn) -> None:
    """An answer, in one of its languages."""
    turn.show(await card(turn, number_in(turn), language=match(turn)["language"]))


@for_staff
async def publish(_update: Update, turn: Turn) -> None:
    """Publish, and tell those who asked the same."""
    rights, by, number = turn.desk.rights, turn.person.id, number_in(turn)
    edition = int(match(turn)["edition"])
    await answers.publish(turn.tx, rights, by, number, edition=edition, now=turn.now)
    await _add_alike(turn, number)  # what came in since it was drafted
    told = await telling.tell(turn.tx, rights, by, number, now=turn.now, post=turn.post)
    turn.show(await card(turn, number, news=views.published(turn.t, told)))


@for_staff
async def tell(_update: Update, turn: Turn) -> None:
    """Tell those who were found later."""
    rights, by, number = turn.desk.rights, turn.person.id, number_in(turn)
    told = await telling.tell(turn.tx, rights, by, number, now=turn.now, post=turn.post)
    if not told:
        raise answers.StaleAnswerError
    turn.show(await card(turn, number, news=views.telling(turn.t, told)))


@for_staff
async def withdraw(_update: Update, turn: Turn) -> None:
    """Withdraw what is published."""
    number = number_in(turn)
    await answers.withdraw(turn.tx, turn.desk.rights, turn.person.id, number, now=turn.now)
    turn.show(await card(turn, number, news=views.withdrawn(turn.t)))


@for_staff
async def ask_discard(_update: Update, turn: Turn) -> None:
    """The step before a draft is deleted."""
    number = number_in(turn)
    answer, _texts = await answers.find(turn.tx, turn.desk.rights, turn.person.id, number)
    if answer.state != "draft":
        raise answers.StaleAnswerError
    turn.show(views.confirm_discard(turn.t, number))


@for_staff
async def discard(_update: Update, turn: Turn) -> None:
    """Delete a draft."""
    draft = await answers.discard(turn.tx, turn.desk.rights, turn.person.id, number_in(turn), now=turn.now)
    turn.show(views.discarded(turn.t, draft.letter))


@for_staff
async def asked_same(_update: Update, turn: Turn) -> None:
    """The questions that may be this one."""
    number = number_in(turn)
    await answers.find(turn.tx, turn.desk.rights, turn.person.id, number)
    await _add_alike(turn, number)
    await _show_asked(turn, number)


@for_staff
async def toggle(_update: Update, turn: Turn) -> None:
    """Say of a question that it is this one, or another."""
    number, found = number_in(turn), match(turn)
    phrasing, is_same = int(found["phrasing"]), found["same"] == "1"
    rights, by = turn.desk.rights, turn.person.id
    await answers.set_same(turn.tx, rights, by, number, phrasing, is_same=is_same, now=turn.now)
    await _show_asked(turn, number)


@for_staff
async def show_page(_update: Update, turn: Turn) -> None:
    """A page of a list."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    turn.show(await _listing(turn, match(turn)["state"], int(match(turn)["page"])))


# --- What is shown


async def card(turn: Turn, number: int, *, language: str | None = None, news: Any = None) -> Message:
    """An answer as it stands, for where this turn is. Raises NotAllowedError, NoSuchAnswerError."""
    shown = await as_card(turn, number, language=language)
    return views.card(turn.t, shown, username=None if turn.is_private else turn.bot.username, news=news)


async def as_card(turn: Turn, number: int, *, language: str | None = None) -> views.Card:
    """An answer with what staff should know of it. Raises NotAllowedError, NoSuchAnswerError."""
    answer, texts = await answers.find(turn.tx, turn.desk.rights, turn.person.id, number)
    asked = await learned.phrasings(turn.tx, number)
    return views.Card(answer, texts, asked, language or turn.t.language, await _by(turn, answer))


def number_in(turn: Turn) -> int:
    """The answer that a button is about."""
    return int(match(turn)["answer"])


async def _by(turn: Turn, answer: LearnedAnswer) -> str:
    number = answer.withdrawn_by if answer.state == "withdrawn" else answer.published_by
    person = None if number is None else await people.find(turn.tx, number)
    return str(number or "") if person is None else person.name.full or str(person.id)


async def _show_asked(turn: Turn, number: int) -> None:
    shown = await as_card(turn, number)
    turn.show(lists.asked_same(turn.t, shown, int(match(turn)["page"])))


async def _listing(turn: Turn, state: str, page: int) -> Message:
    counts = {one: await learned.count(turn.tx, one) for one in STATES}
    page = page_within(page, counts[state])
    found = await learned.answers(turn.tx, state, at_most=PAGE, skipped=page * PAGE)
    entries = []
    for answer in found:
        texts = await learned.texts(turn.tx, answer.id)
        entries.append((answer, chosen(answer, texts, turn.t.language)))
    return lists.listing(turn.t, state, entries, counts, page)


async def _from_letter(turn: Turn, letter: Letter) -> LearnedAnswer:
    around: Surroundings | None = turn.worked_out
    language = turn.desk.default_language if around is None else around.language
    found = () if around is None else around.alike
    return await answers.from_letter(
        turn.tx, turn.desk.rights, turn.person.id, letter, found, language=language, now=turn.now
    )


async def _add_alike(turn: Turn, number: int) -> None:
    around: Surroundings | None = turn.worked_out
    if around is not None:
        await answers.add_alike(turn.tx, number, around.alike)
