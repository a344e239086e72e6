"""Which session of the agenda an entry of a file is, also where the file has corrected it and does not name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher

from bot.conferences.agenda_entries import Entry
from bot.conferences.calendar_file import uid_of
from bot.conferences.moments import today
from bot.forms.choices import folded
from storage.records.conferences import AgendaSession, Planned, SessionDetails

LIKE = 0.75
"""How much two titles have in common of which one is the other corrected."""
Key = Callable[[SessionDetails], Hashable]
Same = Callable[[SessionDetails, SessionDetails], bool]


def matched(
    entries: Sequence[Entry], agenda: Sequence[AgendaSession], *, time_zone: str, bot_name: str
) -> Mapping[str, AgendaSession]:
    """The sessions that are meant, by the uids of the entries.

    First by what the file calls them, then by all that is the same, and then those that are left by less and less of
    it: the title on a day, the time and the room, the title on another day. A session that is on a day of which the
    file says nothing is none that it has moved.
    """

    def day(one: SessionDetails) -> date:
        return today(time_zone, one.starts_at)

    matching = _Matching(agenda)
    named = {one.uid: one for one in agenda} | {uid_of(one, bot_name): one for one in agenda}
    matching.by_uid(named, (one for one in entries if one.is_named))
    for state in Planned:
        matching.by(_all_of_it, entries, state=state)
    unnamed = [one for one in entries if not one.is_named]
    matching.by_uid(named, unnamed)
    matching.by(lambda one: (day(one), folded(one.title)), unnamed)
    matching.by(lambda one: (one.starts_at, folded(one.room or "")), unnamed, only=_may_be_renamed)
    told = {day(one.details) for one in entries}
    matching.by(lambda one: folded(one.title), unnamed, only=lambda _new, old: day(old) in told)
    return matching.found


class _Matching:
    """What is matched, and what is left on both sides."""

    def __init__(self, agenda: Sequence[AgendaSession]) -> None:
        self.found: dict[str, AgendaSession] = {}
        self._left = {one.id: one for one in agenda}

    def by_uid(self, named: Mapping[str, AgendaSession], entries: Iterable[Entry]) -> None:
        for entry in entries:
            session = named.get(entry.uid)
            if session is not None and session.id in self._left and entry.uid not in self.found:
                self._match(entry, session)

    def by(
        self,
        key: Key,
        entries: Iterable[Entry],
        *,
        only: Same = lambda _new, _old: True,
        state: Planned = Planned.PLANNED,
    ) -> None:
        """Match those that are the same by a key; several of it in the order in which they begin."""
        sessions = defaultdict[Hashable, list[AgendaSession]](list)
        for session in sorted(self._left.values(), key=lambda one: (one.starts_at, one.id)):
            if session.state == state:
                sessions[key(session.details)].append(session)
        for entry in sorted(entries, key=lambda one: one.details.starts_at):
            left = sessions[key(entry.details)]
            if entry.uid not in self.found and left and only(entry.details, left[0].details):
                self._match(entry, left.pop(0))

    def _match(self, entry: Entry, session: AgendaSession) -> None:
        self.found[entry.uid] = session
        del self._left[session.id]


def _all_of_it(one: SessionDetails) -> Hashable:
    return one.starts_at, folded(one.room or ""), folded(one.title)


def _may_be_renamed(new: SessionDetails, old: SessionDetails) -> bool:
    """Whether what is at this time is the same session: for the same people, in the same room or nearly called so."""
    if new.segment != old.segment:
        return False
    return new.room is not None or SequenceMatcher(None, folded(new.title), folded(old.title)).ratio() >= LIKE
