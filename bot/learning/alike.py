"""Which open questions ask the same as an answer that is being made. Worked out before a transaction begins."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.likeness import NEAR, Crowd
from bot.learning.answers import Alike
from bot.learning.shelf import LearnedShelf
from storage import desk, learned, marks, questions
from storage.records import Gist, OpenQuestion
from storage.records.durations import DAY_US

YEAR_US = 365 * DAY_US
LOOKED_AT = 2_000
"""Questions, the newest first."""
LISTED_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is around an answer: the language that it is written in, and questions like it, the best first."""

    language: str
    alike: tuple[Alike, ...] = ()


async def around_letter(shelf: LearnedShelf, letter_id: int, default_language: str, now: int) -> Surroundings:
    """For a reply of the Secretariat's."""
    letter = await desk.letter(shelf.reader, letter_id)
    if letter is None:
        return Surroundings(default_language)
    thread = await desk.thread(shelf.reader, letter.thread_id)
    language = thread.language if thread else default_language
    asked = await questions.answered_by(shelf.reader, letter_id)
    gists = await _gists(shelf, [(one.gist, one.question, one.language) for one in asked])
    if not asked and (before := await desk.letter_before(shelf.reader, letter_id)) is not None:
        gists = await _gists(shelf, [(None, before.plain, language)])
    return Surroundings(shelf.language_of(letter.plain) or language, await _alike(shelf, gists, now))


async def around_question(shelf: LearnedShelf, question_id: int, now: int) -> Surroundings | None:
    """For a question that nobody has answered; None if there is no such question."""
    asked = await questions.by_id(shelf.reader, question_id)
    return None if asked is None else await _around(shelf, asked.gist, asked.question, asked.language, now)


async def around_mark(shelf: LearnedShelf, mark_id: int, now: int) -> Surroundings | None:
    """For a question whose answer did not help; None if there is no such mark."""
    mark = await marks.by_id(shelf.reader, mark_id)
    return None if mark is None else await _around(shelf, mark.gist, mark.question, mark.language, now)


async def around_answer(shelf: LearnedShelf, answer_id: int, now: int) -> Surroundings | None:
    """For an answer as it stands; None if there is no such answer."""
    answer = await learned.answer(shelf.reader, answer_id)
    if answer is None:
        return None
    asked = [one for one in await learned.phrasings(shelf.reader, answer_id) if one.is_same]
    gists = await _gists(shelf, [(one.gist, one.question, one.language) for one in asked])
    return Surroundings(answer.language, await _alike(shelf, gists, now))


async def _around(shelf: LearnedShelf, gist: Gist | None, question: str, language: str, now: int) -> Surroundings:
    gists = await _gists(shelf, [(gist, question, language)])
    return Surroundings(language, await _alike(shelf, gists, now))


async def _gists(shelf: LearnedShelf, asked: Sequence[tuple[Gist | None, str, str]]) -> list[Gist]:
    return [gist or await shelf.gist(question, language) for gist, question, language in asked]


async def _alike(shelf: LearnedShelf, gists: Sequence[Gist], now: int) -> tuple[Alike, ...]:
    waiting = await questions.unanswered(shelf.reader, after=now - YEAR_US, at_most=LOOKED_AT)
    return await asyncio.to_thread(_compare, gists, waiting)


def _compare(gists: Sequence[Gist], waiting: Sequence[OpenQuestion]) -> tuple[Alike, ...]:
    crowd = Crowd([one.gist for one in waiting])
    best = [0.0] * len(waiting)
    for gist in gists:
        best = [max(pair) for pair in zip(best, crowd.likeness_to(gist), strict=True)]
    found = [Alike(one.id, likeness) for one, likeness in zip(waiting, best, strict=True) if likeness >= NEAR]
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.question_id))[:LISTED_AT_MOST])
