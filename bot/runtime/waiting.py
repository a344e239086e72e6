"""What waits to be handled, as far as it is held in memory: of no lane so much that others find no room."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from storage import inbox
from storage.database import Database
from storage.records import WaitingUpdate

WINDOW = 1_000
"""Updates that are held in memory; the rest waits in the database."""
LANE_WINDOW = 20
"""How many of these may be one lane's."""


@dataclass(slots=True)
class _Lane:
    """`has_more`: behind `last_seq` there may be more of it in the database, up to where it was looked through."""

    rows: deque[WaitingUpdate] = field(default_factory=deque)
    last_seq: int = 0
    has_more: bool = False


class WaitingRoom:
    """Hands out the updates of each lane in order."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lanes: dict[int, _Lane] = {}
        self._held = 0
        self._looked_up_to = 0
        self.is_behind = False
        """Whether there may be more in the database, and there is room for it."""

    def __bool__(self) -> bool:
        return bool(self._lanes)

    async def look(self) -> list[int]:
        """Take in new updates as far as there is room; the lanes that came to life.

        Raises:
            StorageError: it stands as it stood.
        """
        room = WINDOW - self._held
        if room <= WINDOW // 2:
            self.is_behind = False  # as far as there is room
            return []
        rows = await inbox.waiting(self._database.reader, after=self._looked_up_to, at_most=room)
        new: list[int] = []
        for row in rows:
            if row.lane not in self._lanes:
                self._lanes[row.lane] = _Lane()
                new.append(row.lane)
            lane = self._lanes[row.lane]
            if lane.has_more or len(lane.rows) >= LANE_WINDOW:
                lane.has_more = True
            else:
                self._hold(lane, row)
            self._looked_up_to = row.seq
        self.is_behind = len(rows) == room
        return new

    async def first(self, number: int) -> WaitingUpdate | None:
        """The update of a lane whose turn it is; None if there is none, and the lane is over.

        Raises:
            StorageError: it stands as it stood.
        """
        lane = self._lanes[number]
        while not lane.rows and lane.has_more:
            up_to = self._looked_up_to
            rows = await inbox.waiting_in_lane(
                self._database.reader, number, after=lane.last_seq, up_to=up_to, at_most=LANE_WINDOW
            )
            for row in rows:
                self._hold(lane, row)
            # What was looked through meanwhile may have had more of it.
            lane.has_more = len(rows) == LANE_WINDOW or up_to != self._looked_up_to
        if lane.rows:
            return lane.rows[0]
        del self._lanes[number]
        return None

    def done(self, number: int) -> bool:
        """The first update of a lane waits no more; True if there is room again to look for more."""
        self._lanes[number].rows.popleft()
        self._held -= 1
        return self._held == WINDOW // 2 - 1

    def _hold(self, lane: _Lane, row: WaitingUpdate) -> None:
        lane.rows.append(row)
        lane.last_seq = row.seq
        self._held += 1
