"""What reading in a file would make of the agenda of a conference."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import chain, count

from bot.conferences.agenda_calendar import is_calendar, read_calendar
from bot.conferences.agenda_entries import SESSIONS_AT_MOST, Entry, Reason, Refused
from bot.conferences.agenda_matching import matched
from bot.conferences.agenda_sheet import SheetReader
from bot.conferences.agenda_words import AgendaHeadings
from bot.conferences.clashes import Clash, clashes
from bot.forms.places import Places
from bot.members.importing.faults import FileFault, UnreadableError
from bot.members.importing.reading import Sheet, read_content
from storage.records.conferences import AgendaSession, ConferenceDetails, Planned, SessionDetails

FILE_BYTES_AT_MOST = 2 * 1024 * 1024
EDITION_LETTERS = 12


class Effect(StrEnum):
    """What becomes of a session."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Step:
    """A session of the file: what it will be, and what it is now, if it is in the agenda."""

    effect: Effect
    uid: str
    details: SessionDetails
    state: Planned
    seen: AgendaSession | None = None


@dataclass(frozen=True, slots=True)
class AgendaPlan:
    """What would happen, and the clashes that would come of it."""

    steps: tuple[Step, ...]
    refused: tuple[Refused, ...]
    clashes: tuple[Clash, ...]

    def count(self, effect: Effect) -> int:
        """To how many sessions this happens."""
        return sum(step.effect == effect for step in self.steps)

    @property
    def changes_nothing(self) -> bool:
        """Whether the agenda would stay as it is."""
        return self.count(Effect.UNCHANGED) == len(self.steps)

    @property
    def edition(self) -> str:
        """Differs as soon as something else would happen."""
        said = [
            (step.effect, step.uid, step.details, step.state, step.seen and (step.seen.id, step.seen.edition))
            for step in self.steps
        ]
        return hashlib.sha256(repr((said, self.refused)).encode()).hexdigest()[:EDITION_LETTERS]


def read(content: bytes, conference: ConferenceDetails, places: Places) -> tuple[Entry | Refused, ...]:
    """The sessions of a file, which is taken for what its content is. For a thread. Raises UnreadableError."""
    found: list[Entry | Refused]
    if is_calendar(content):
        found = list(read_calendar(content, conference))
    else:
        reader = SheetReader(conference, places)
        found = [one for sheet in _sheets(content) for one in reader.read(sheet)]
    if not found:
        raise UnreadableError(FileFault.NO_SESSIONS)
    if len(found) > SESSIONS_AT_MOST:
        raise UnreadableError(FileFault.TOO_MANY_ROWS)
    return tuple(found)


def _sheets(content: bytes) -> Sequence[Sheet]:
    """The sheets with headings."""
    try:
        return read_content(content, AgendaHeadings())
    except UnreadableError as why:
        has_none = why.fault in {FileFault.NO_HEADINGS, FileFault.ONE_COLUMN}
        raise UnreadableError(FileFault.NO_SESSIONS if has_none else why.fault) from why


def plan(
    lines: Sequence[Entry | Refused], agenda: Sequence[AgendaSession], *, time_zone: str, bot_name: str
) -> AgendaPlan:
    """What would happen to an agenda. `bot_name` stands in the files that are made here."""
    entries: dict[str, Entry] = {}
    refused: list[Refused] = []
    for line in lines:
        if isinstance(line, Refused):
            refused.append(line)
        elif line.uid in entries:
            refused.append(Refused(line.place, Reason.TWICE))
        else:
            entries[line.uid] = line
    found = matched(tuple(entries.values()), agenda, time_zone=time_zone, bot_name=bot_name)
    taken = {one.uid for one in agenda}
    steps = tuple(_step(entry, found[uid]) if uid in found else _new(entry, taken) for uid, entry in entries.items())
    return AgendaPlan(steps, tuple(refused), _clashes(steps, agenda))


def _new(entry: Entry, taken: Collection[str]) -> Step:
    """A session that is not in the agenda; where another one was called as it is, it has a name of its own."""
    names = chain([entry.uid], (f"{entry.uid}/{number}" for number in count(2)))
    uid = next(name for name in names if name not in taken)
    if entry.is_cancelled:  # there is nothing to cancel
        return Step(Effect.UNCHANGED, uid, entry.details, Planned.CANCELLED)
    return Step(Effect.ADDED, uid, entry.details, Planned.PLANNED)


def _step(entry: Entry, seen: AgendaSession) -> Step:
    details = replace(seen.details, **{name: getattr(entry.details, name) for name in entry.given})
    state = Planned.CANCELLED if entry.is_cancelled else seen.state
    is_same = details == seen.details and state == seen.state
    return Step(Effect.UNCHANGED if is_same else Effect.CHANGED, seen.uid, details, state, seen)


def _clashes(steps: Sequence[Step], agenda: Sequence[AgendaSession]) -> tuple[Clash, ...]:
    """Those of what is added or changed, with whatever will be there."""
    moved = {step.uid for step in steps if step.effect != Effect.UNCHANGED}
    kept = [one for one in agenda if one.uid not in moved]
    coming = [_as_session(step, -number) for number, step in enumerate(steps, start=1) if step.uid in moved]
    found = clashes([*kept, *coming])
    return tuple(clash for clash in found if moved & {clash.first.uid, clash.second.uid})


def _as_session(step: Step, number: int) -> AgendaSession:
    """A session as it will be; one that is new has no number yet."""
    if step.seen is not None:
        return replace(step.seen, **asdict(step.details), state=step.state)
    return AgendaSession(
        id=number, conference=0, uid=step.uid, state=step.state, changed_at=0, edition=0, **asdict(step.details)
    )
