"""The audit log as the Secretariat searches it: by who, about what, which act, since when."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.members import naming
from bot.members.roles import Rights
from bot.members.search import search_centers, search_delegates
from storage import agenda, announcements, audit, centers, conferences, delegates, desk, learned, people, reminders
from storage.audit import AuditFilter
from storage.centers import EVERY_CENTER
from storage.delegates import EVERY_DELEGATE
from storage.records import Name
from storage.records.announcements import Announcement
from storage.records.audit import AuditLine
from storage.records.conferences import AgendaSession, Conference
from storage.records.durations import DAY_US
from storage.records.reminders import Rung
from storage.session import Session

FOUND_AT_MOST = 4
"""Of each sort."""
ACTORS_AT_MOST = 5_000
"""Of those who have done anything, the last."""
WORDS_AT_MOST = 200
Called: TypeAlias = str | Announcement | AgendaSession | Conference | Rung
"""What something is called, or what that is made of in the reader's language."""
_AS_LOGGED = re.compile(r"(center|delegate|person|thread|answer|link|request|chat):-?\d{1,16}")


class Span(StrEnum):
    """For how long back."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_DAYS = {Span.DAY: 1, Span.WEEK: 7, Span.MONTH: 30, Span.YEAR: 365}


class ActGroup(StrEnum):
    """What the names of acts begin with that belong together."""

    ROLE = "role"
    LINK = "link"
    GROUP = "group"
    DESK = "desk"
    ANSWER = "answer"
    CENTER = "center"
    CHANGE = "change"
    DELEGATE = "delegate"
    JOIN = "join"
    GUEST = "guest"
    INVITATION = "invitation"
    PERSON = "person"
    PARTICIPATION = "participation"
    SESSION = "session"
    DATABASE = "database"
    LOG = "log"
    REMINDER = "reminder"
    REFUSED = "refused"
    CONFERENCE = "conference"
    AGM = "agm"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, slots=True)
class AuditChoice:
    """What somebody looks for; what is empty lets everything pass. `object` is as it is logged: "center:17"."""

    actor_id: int | None = None
    object: str | None = None
    group: ActGroup | None = None
    span: Span | None = None

    def wanted(self, now: int) -> AuditFilter:
        """The entries that are meant, as things stand now."""
        since = None if self.span is None else now - _DAYS[self.span] * DAY_US
        return AuditFilter(actor_id=self.actor_id, object=self.object, act=self.group, since=since)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant as who did something (`actor_id`), or what something may have been done to."""

    name: str
    actor_id: int | None = None
    object: str | None = None


async def candidates(session: Session, rights: Rights, by: int, words: str) -> list[Candidate]:
    """Whom and what the words may mean. Raises NotAllowedError."""
    await rights.need_staff(session, by)
    words = words[:WORDS_AT_MOST].strip()
    if _AS_LOGGED.fullmatch(words):
        return [Candidate(words, object=words)]
    actors = await audit.actors(session, at_most=ACTORS_AT_MOST)
    found = await asyncio.to_thread(_named, words, actors)
    for center in (await search_centers(session, words, EVERY_CENTER, at_most=FOUND_AT_MOST)).rows:
        found.append(Candidate(center.details.name, object=f"center:{center.id}"))
    for person in (await search_delegates(session, words, EVERY_DELEGATE, at_most=FOUND_AT_MOST)).rows:
        found.append(Candidate(person.details.full_name, object=f"delegate:{person.id}"))
    return found


async def names(session: Session, objects: Iterable[str]) -> dict[str, Called]:
    """What things of the log are called today; what is gone, or has no name, is left out."""
    found = {}
    for one in dict.fromkeys(objects):
        name = await _name(session, one)
        if name is not None:
            found[one] = name
    return found


def things_in(lines: Iterable[AuditLine]) -> list[str]:
    """All things that entries are about."""
    return [line.entry.object for line in lines]


async def _name(session: Session, thing: str) -> Called | None:
    kind, _, number = thing.partition(":")
    find = _FIND.get(kind)
    return await find(session, int(number)) if find and number.isascii() and number.isdigit() else None


async def _center(session: Session, number: int) -> str | None:
    center = await centers.by_id(session, number)
    return None if center is None else center.details.name


async def _delegate(session: Session, number: int) -> str | None:
    delegate = await delegates.by_id(session, number)
    return None if delegate is None else delegate.details.full_name


async def _person(session: Session, number: int) -> str | None:
    person = await people.find(session, number)
    return None if person is None else person.name.full


async def _thread(session: Session, number: int) -> str | None:
    thread = await desk.thread(session, number)
    return None if thread is None else thread.name.full


async def _answer(session: Session, number: int) -> str | None:
    questions = {text.language: text.question for text in await learned.texts(session, number)}
    return questions.get("en") or next(iter(questions.values()), None)


_FIND: Mapping[str, Callable[[Session, int], Awaitable[Called | None]]] = {
    "announcement": announcements.find,
    "answer": _answer,
    "center": _center,
    "conference": conferences.by_id,
    "delegate": _delegate,
    "person": _person,
    "rung": reminders.rung,
    "session": agenda.by_id,
    "thread": _thread,
}


def _named(words: str, actors: Iterable[tuple[int, Name]]) -> list[Candidate]:
    """Those with all the words in their names, or with this user name or number."""
    sought = naming.fold(words).split()
    username = words.removeprefix("@").casefold()
    found = []
    for number, name in actors:
        is_named = bool(sought) and all(any(part.startswith(word) for part in naming.fold(name.full).split())
                                        for word in sought)  # fmt: skip
        if is_named or username == (name.username or "").casefold() != "" or words == str(number):
            found.append(Candidate(name.full or str(number), actor_id=number))
    return found[:FOUND_AT_MOST]
