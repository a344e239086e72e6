"""What people asked and nobody has answered, and where an answer did not help: what asks the same stands together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.library import Library
from bot.knowledge.likeness import SAME, groups
from bot.learning.shelf import LearnedShelf
from storage import marks, questions
from storage.records import Gist, OpenQuestion
from storage.records.durations import DAY_US
from storage.records.learned import Mark

LOOKED_BACK_DAYS = 180
LOOKED_AT = 500
"""Questions of each sort, the newest first: every one is compared with every other."""

OPEN, MARKED = "q", "m"
"""Kinds of what was asked: a question without an answer, and one whose answer did not help."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked. `state` is waiting or closed (at the desk), or unhelpful.

    `topic` is what was answered where that did not help.
    """

    kind: str
    id: int
    person_id: int
    language: str
    question: str
    at: int
    state: str
    topic: str | None = None
    gist: Gist | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same, the newest first."""

    asked: tuple[Asked, ...]

    @property
    def latest(self) -> Asked:
        """The one that stands for all."""
        return self.asked[0]

    @property
    def people(self) -> int:
        """How many people asked."""
        return len({one.person_id for one in self.asked})


async def find(shelf: LearnedShelf, library: Library, now: int) -> list[Gap]:
    """The gaps of the last half year: what most people asked first, then what was asked last."""
    after = now - LOOKED_BACK_DAYS * DAY_US
    waiting = await questions.unanswered(shelf.reader, after=after, at_most=LOOKED_AT)
    unhelpful = await marks.unhelpful(shelf.reader, after=after, at_most=LOOKED_AT)
    asked = [_open(one) for one in waiting if _is_of_interest(one, library)] + [_marked(one) for one in unhelpful]
    asked.sort(key=lambda one: -one.at)
    gists = [one.gist or await shelf.gist(one.question, one.language) for one in asked]
    return await asyncio.to_thread(_together, asked, gists)


def _together(asked: Sequence[Asked], gists: Sequence[Gist]) -> list[Gap]:
    # Two rather different questions in one group are worse than one question in two: as good as the same, not near.
    found = [Gap(tuple(asked[place] for place in group)) for group in groups(gists, least=SAME)]
    return sorted(found, key=lambda gap: (-gap.people, -gap.latest.at))


def _is_of_interest(question: OpenQuestion, library: Library) -> bool:
    """Not what is not about the association, unless they put it to the Secretariat all the same."""
    if question.hint is None or question.letter is not None:
        return True
    try:
        return library.unknown(question.hint, question.language).reason != "out-of-scope"
    except KeyError:  # a gap that has been filled since
        return True


def _open(one: OpenQuestion) -> Asked:
    state = one.settled_as or "waiting"
    return Asked(OPEN, one.id, one.person_id, one.language, one.question, one.asked_at, state, gist=one.gist)


def _marked(one: Mark) -> Asked:
    return Asked(
        MARKED, one.id, one.person_id, one.language, one.question, one.asked_at, "unhelpful", one.topic, one.gist
    )
