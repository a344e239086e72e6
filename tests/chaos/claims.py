"""What somebody of a trial asked for and was told: what the database has to agree with in the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

UNKNOWN = "unknown"
"""What stands for the answer to a question that the bot cannot answer."""


class Answered(StrEnum):
    """What somebody was told of their taking part in a conference."""

    NOTHING = "nothing"
    IN_PERSON = "in_person"
    ONLINE = "online"
    WAITING = "waiting"
    OFFERED = "offered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


TOLD_OF_TAKING_PART = {
    "You are registered to take part in person": Answered.IN_PERSON,
    "You are registered to take part online": Answered.ONLINE,
    "All places are taken. Your place among those who wait": Answered.WAITING,
    "A place is free, and kept for you": Answered.OFFERED,
    "You have answered that you will not come": Answered.DECLINED,
    "You are not registered any more": Answered.WITHDRAWN,
}
TOLD_OF_WHAT_BECAME = {
    "A place is free, and kept for you": Answered.OFFERED,
    "was kept for you and is offered to the next now": Answered.WITHDRAWN,
    "was kept for you and is free again now": Answered.WITHDRAWN,
    "You take part online, as before": Answered.ONLINE,
}


def became(text: str) -> Answered | None:
    """What a piece of news says of taking part; None if it says nothing of that."""
    return next((what for words, what in TOLD_OF_WHAT_BECAME.items() if words in text), None)


def answered(text: str) -> Answered | None:
    """What a message says of taking part; None if it says nothing of that."""
    return next((what for words, what in TOLD_OF_TAKING_PART.items() if words in text), None)


@dataclass
class Claims:
    """Of one person.

    Attributes:
        expected: the answers that are to come, in the order of what was asked: topics, or `UNKNOWN`.
        questions: what they asked that nobody can answer, word by word.
        letters: what they wrote to the Secretariat.
        starred: sessions that they were told are in their programme.
        taking_part: what they were told last of that; `segment` is what they chose then.
        read: announcements that they said they have read, and were shown so.
        only_official: what was ticked last of the announcements that they want.
        choices: how often they have begun to choose that, and seen it ticked; odd while they do not know it.
    """

    person: int
    expected: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    starred: set[int] = field(default_factory=set)
    taking_part: Answered = Answered.NOTHING
    segment: str | None = None
    notes: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    only_official: bool = False
    choices: int = 0
    acts: int = 0

    def notes_answer(self, what: Answered) -> None:
        """This is what they were told last of their taking part; who does not come has no part of the agenda."""
        self.taking_part = what
        if what in {Answered.DECLINED, Answered.WITHDRAWN}:
            self.segment = None

    @property
    def texts(self) -> Sequence[str]:
        """All that they wrote and that nobody else is to read in a log."""
        return (*self.questions, *self.letters, *self.notes)


def want_official(claims: Iterable[Claims]) -> set[tuple[int, int]]:
    """Who knows that they get official notices only, with how often they had chosen: the same as long as they do."""
    return {(one.person, one.choices) for one in claims if one.only_official and one.choices % 2 == 0}
