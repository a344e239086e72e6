"""What may be done with answers for everyone: drafted, changed, published, withdrawn, discarded.

Rights are checked here, whatever a menu or a button showed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.likeness import SAME
from bot.members.roles import Rights
from bot.runtime.split import utf16_length
from storage import audit, desk, learned, marks, questions
from storage.records import OpenQuestion
from storage.records.desk import Letter
from storage.records.learned import LearnedAnswer, LearnedText
from storage.session import Session, Transaction

QUESTION_AT_MOST = 300
ANSWER_AT_MOST = 3_000
"""UTF-16 code units: with its question, its source and a note it has to stay one message of Telegram's 4,096."""


class NoSuchAnswerError(Exception):
    """The answer, or what it was to be made from, is not there (any more)."""


class StaleAnswerError(Exception):
    """The answer is no longer as whoever asked for this saw it."""


class TooLongError(Exception):
    """It does not fit into one message."""


class UnfinishedError(Exception):
    """A language of the answer has no words yet."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An open question, and how far it asks the same as an answer's, from 0 to 1."""

    question_id: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Words:
    """What an answer is to say in one language. `plain` is empty as long as it is not written."""

    language: str
    question: str
    plain: str
    html: str | None = None


async def from_letter(
    tx: Transaction, rights: Rights, by: int, letter: Letter, alike: Sequence[Alike], *, language: str, now: int
) -> LearnedAnswer:
    """Make a reply of the Secretariat's an answer for everyone, in this language: a draft, or what it is already.

    Raises:
        NotAllowedError: whoever asks is not of the Secretariat.
        NoSuchAnswerError: there are no words in the reply, or nothing that it replies to.
        TooLongError: for an answer that everyone gets, the reply is too long.
    """
    await rights.need_staff(tx, by)
    if (made := await learned.made_from(tx, letter.id)) is not None:
        return made
    asked = await questions.answered_by(tx, letter.id)
    question = asked[0].question if asked else await _asked_before(tx, letter)
    if letter.content != "text" or not letter.plain.strip() or not question:
        raise NoSuchAnswerError
    if utf16_length(letter.plain) > ANSWER_AT_MOST:
        raise TooLongError
    words = Words(language, question, letter.plain, letter.html)
    answer = await _make(tx, by, words, letter=letter.id, now=now)
    for one in asked:
        await learned.add_asked(tx, answer.id, one.id, is_same=True, told_at=now)  # the reply has told them
    await add_alike(tx, answer.id, alike)
    return answer


async def from_question(
    tx: Transaction, rights: Rights, by: int, question: OpenQuestion, alike: Sequence[Alike], *, now: int
) -> LearnedAnswer:
    """Begin an answer to a question that nobody has answered. Raises NotAllowedError."""
    await rights.need_staff(tx, by)
    if (begun := await learned.draft_for(tx, question.id)) is not None:
        return begun
    answer = await _make(tx, by, Words(question.language, question.question, ""), now=now)
    await learned.add_asked(tx, answer.id, question.id, is_same=True)
    await add_alike(tx, answer.id, alike)
    return answer


async def from_mark(
    tx: Transaction, rights: Rights, by: int, mark_id: int, alike: Sequence[Alike], *, now: int
) -> LearnedAnswer:
    """Begin an answer to a question whose answer did not help. Raises NotAllowedError, NoSuchAnswerError."""
    await rights.need_staff(tx, by)
    mark = await marks.by_id(tx, mark_id)
    if mark is None:
        raise NoSuchAnswerError
    if (begun := await learned.draft_for_mark(tx, mark_id)) is not None:
        return begun
    answer = await _make(tx, by, Words(mark.language, mark.question, ""), now=now)
    await learned.add_marked(tx, answer.id, mark_id)
    await add_alike(tx, answer.id, alike)
    return answer


async def add_alike(tx: Transaction, answer_id: int, alike: Sequence[Alike]) -> None:
    """Add open questions that may ask the same; those that are as good as the same are taken to be.

    What is said of a question already stays.
    """
    for one in alike:
        await learned.add_asked(tx, answer_id, one.question_id, is_same=one.likeness >= SAME)


async def find(session: Session, rights: Rights, by: int, answer_id: int) -> tuple[LearnedAnswer, list[LearnedText]]:
    """An answer as it stands, and what it says. Raises NotAllowedError, NoSuchAnswerError."""
    await rights.need_staff(session, by)
    answer, texts = await learned.answer(session, answer_id), await learned.texts(session, answer_id)
    if answer is None or not texts:
        raise NoSuchAnswerError
    return answer, texts


async def set_words(tx: Transaction, rights: Rights, by: int, answer_id: int, words: Words, *, now: int) -> None:
    """Say what an answer says in a language; if it is published, people get this from now on.

    Raises:
        NotAllowedError: they are not of the Secretariat.
        NoSuchAnswerError: it was discarded.
        TooLongError: the question or the answer is.
    """
    answer, texts = await find(tx, rights, by, answer_id)
    if utf16_length(words.question) > QUESTION_AT_MOST or utf16_length(words.plain) > ANSWER_AT_MOST:
        raise TooLongError
    before = next((text for text in texts if text.language == words.language), None)
    await learned.put_text(tx, _as_text(answer_id, words))
    await learned.changed(tx, answer_id, language=answer.language, person_id=by, now=now)
    await _note_change(tx, by, answer, now=now, before=_words_of(before), after=_words_of(words))


async def remove_language(tx: Transaction, rights: Rights, by: int, answer_id: int, language: str, *, now: int) -> bool:
    """Take a translation away; False if it is not there, or is the only text.

    Raises NotAllowedError, NoSuchAnswerError.
    """
    answer, texts = await find(tx, rights, by, answer_id)
    gone = next((text for text in texts if text.language == language), None)
    if gone is None or len(texts) == 1:
        return False
    await learned.remove_text(tx, answer_id, language)
    left = next(text.language for text in texts if text is not gone)
    stays = left if answer.language == language else answer.language
    await learned.changed(tx, answer_id, language=stays, person_id=by, now=now)
    await _note_change(tx, by, answer, now=now, before=_words_of(gone), after=None)
    return True


async def publish(tx: Transaction, rights: Rights, by: int, answer_id: int, *, edition: int, now: int) -> None:
    """Publish an answer: it answers the next question at once.

    Raises:
        NotAllowedError: they are not of the Secretariat.
        NoSuchAnswerError: it was discarded.
        UnfinishedError: a language has no words yet.
        StaleAnswerError: it was changed or published meanwhile; `edition` is what they saw.
    """
    _answer, texts = await find(tx, rights, by, answer_id)
    if any(not text.plain.strip() for text in texts):
        raise UnfinishedError
    if not await learned.publish(tx, answer_id, edition=edition, person_id=by, now=now):
        raise StaleAnswerError
    said = {text.language: _words_of(text) for text in texts}
    await _note(tx, by, "publish", answer_id, now=now, after={"edition": edition, "texts": said})


async def withdraw(tx: Transaction, rights: Rights, by: int, answer_id: int, *, now: int) -> None:
    """Withdraw an answer: nobody gets it any more. Raises NotAllowedError, NoSuchAnswerError, StaleAnswerError."""
    await find(tx, rights, by, answer_id)
    if not await learned.withdraw(tx, answer_id, person_id=by, now=now):
        raise StaleAnswerError
    await _note(tx, by, "withdraw", answer_id, now=now)


async def discard(tx: Transaction, rights: Rights, by: int, answer_id: int, *, now: int) -> LearnedAnswer:
    """Delete a draft; what it was. Raises NotAllowedError, NoSuchAnswerError, StaleAnswerError (it is published)."""
    answer, _texts = await find(tx, rights, by, answer_id)
    if not await learned.discard(tx, answer_id):
        raise StaleAnswerError
    await _note(tx, by, "discard", answer_id, now=now, before={"edition": answer.edition})
    return answer


async def set_same(
    tx: Transaction, rights: Rights, by: int, answer_id: int, phrasing_id: int, *, is_same: bool, now: int
) -> None:
    """Say whether somebody's question is the one that this answers. Raises NotAllowedError, NoSuchAnswerError."""
    answer, _texts = await find(tx, rights, by, answer_id)
    if await learned.set_same(tx, answer_id, phrasing_id, is_same=is_same):
        await learned.changed(tx, answer_id, language=answer.language, person_id=by, now=now)
        after = {"phrasing": phrasing_id, "is_same": is_same}
        await _note(tx, by, "same", answer_id, now=now, after=after)


async def _make(tx: Transaction, by: int, words: Words, *, now: int, letter: int | None = None) -> LearnedAnswer:
    number = await learned.make(tx, letter, words.language, made_by=by, now=now)
    answer = None if number is None else await learned.answer(tx, number)
    if answer is None:
        raise AssertionError("No answer was made from this letter, as this very transaction saw.")
    await learned.put_text(tx, _as_text(answer.id, words))
    await _note(tx, by, "draft", answer.id, now=now, after={"letter": letter, "language": words.language})
    return answer


async def _asked_before(session: Session, letter: Letter) -> str:
    """What a reply seems to answer: the latest that its person wrote before."""
    before = await desk.letter_before(session, letter.id)
    return "" if before is None else before.plain


def _as_text(answer_id: int, words: Words) -> LearnedText:
    question = " ".join(words.question.split())[:QUESTION_AT_MOST]
    return LearnedText(answer_id, words.language, question, words.plain, words.html)


def _words_of(text: LearnedText | Words | None) -> dict[str, str] | None:
    return None if text is None else {"language": text.language, "question": text.question, "plain": text.plain}


async def _note_change(
    tx: Transaction, by: int, answer: LearnedAnswer, *, now: int, **change: Mapping[str, object] | None
) -> None:
    """Of a draft only that it was changed: its question is somebody's own until it is published."""
    await _note(tx, by, "change", answer.id, now=now, **({} if answer.state == "draft" else change))


async def _note(
    tx: Transaction, by: int, act: str, answer_id: int, *, now: int, **change: Mapping[str, object] | None
) -> None:
    await audit.add(tx, by, f"answer.{act}", f"answer:{answer_id}", now=now, **change)
