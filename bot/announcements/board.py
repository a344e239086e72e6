"""How far an announcement has come, as whoever sent it sees it while it runs and afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.members.roles import Rights
from storage import announcement_readings, announcement_reports, announcements
from storage.announcement_reports import Board
from storage.records.announcements import Action, Announcement, AnnouncementState, CenterReading, Outcome, Tally
from storage.records.durations import SECOND_US
from storage.session import Session, Transaction

REASONS_AT_MOST = 5
BOARDS_AT_MOST = 50
"""Boards that are looked at in one go: far more than are ever under way."""
PEOPLE_A_SECOND = 50_000
"""So many more recipients make a board a second slower."""
REACHED = (Outcome.SENT, Outcome.RECALLED, Outcome.STAYS)


class NoSuchAnnouncementError(Exception):
    """There is no such announcement (any more)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many a second were done since the board was written last; None: not known yet."""

    per_s: float | None

    def seconds_for(self, left: int) -> float | None:
        """How long so many take; None where nobody knows."""
        return left / self.per_s if self.per_s else None


@dataclass(frozen=True, slots=True)
class BoardShown:
    """What stands on the board.

    `is_under_way`: something is being sent, corrected or recalled. `asks_to_read`: it has a button "I have read it".
    `unread` is how many could be asked again, once nothing is under way. `reasons`: why it failed, most often first.
    """

    announcement: Announcement
    tally: Tally
    is_under_way: bool
    pace: Pace
    asks_to_read: bool
    unread: int
    reasons: Sequence[tuple[str, int]]

    @property
    def whole(self) -> int:
        """How many recipients there are."""
        return sum(self.tally.by_outcome.values())

    @property
    def done(self) -> int:
        """At how many nothing is to be done."""
        return self.whole - self.tally.left

    @property
    def reached(self) -> int:
        """How many got it."""
        return sum(self.tally.by_outcome.get(one, 0) for one in REACHED)


async def find(session: Session, announcement: int) -> Announcement:
    """Raises NoSuchAnnouncementError."""
    found = await announcements.find(session, announcement)
    if found is None:
        raise NoSuchAnnouncementError
    return found


async def need(session: Session, rights: Rights, announcement: int, *, by: int) -> Announcement:
    """The announcement, for the Secretariat. Raises NotAllowedError, NoSuchAnnouncementError."""
    await rights.need_staff(session, by)
    return await find(session, announcement)


async def shown(session: Session, number: int, pace: Pace = Pace(None)) -> BoardShown:
    """What the board says now. Raises NoSuchAnnouncementError."""
    found = await find(session, number)
    tally = await announcements.tally(session, number)
    asks = any(one.action == Action.READ for one in await announcements.buttons(session, number))
    runs = found.state in {AnnouncementState.RUNNING, AnnouncementState.ENDED, AnnouncementState.STOPPED}
    has_failed, is_under_way = bool(tally.by_outcome.get(Outcome.FAILED)), runs and tally.left > 0
    known = await announcement_reports.board(session, number)
    is_growing = known is not None and known.is_growing
    return BoardShown(
        found,
        tally,
        is_under_way=is_under_way or is_growing,
        pace=pace,
        asks_to_read=asks,
        unread=await announcement_readings.count_unread(session, number) if asks and not is_under_way else 0,
        reasons=await announcement_reports.failures(session, number, at_most=REASONS_AT_MOST) if has_failed else (),
    )


async def due(session: Session, now: int) -> list[Board]:
    """The boards that are to be written anew: something is under way, or was until a moment ago.

    Those of many recipients more seldom: it takes a while to count them.
    """
    found = await announcement_reports.boards(session, at_most=BOARDS_AT_MOST)
    return [one for one in found if now - (one.shown_at or 0) >= one.done // PEOPLE_A_SECOND * SECOND_US]


async def done_by(session: Session, board: Board) -> int:
    """At how many recipients nothing is to be done any more."""
    tally = await announcements.tally(session, board.announcement)
    return sum(tally.by_outcome.values()) - tally.left


def pace_of(board: Board, done: int, now: int) -> Pace:
    """How fast it went since the board was written last."""
    if board.shown_at is None or not board.is_under_way or now <= board.shown_at or done < board.done:
        return Pace(None)
    return Pace((done - board.done) * SECOND_US / (now - board.shown_at))


async def by_center(
    session: Session, rights: Rights, number: int, *, by: int, at_most: int, skipped: int
) -> list[CenterReading]:
    """Who has read it, by Center. Raises NotAllowedError."""
    await rights.need_staff(session, by)
    return await announcement_reports.by_center(session, number, at_most=at_most, skipped=skipped)


async def place(tx: Transaction, number: int, chat_id: int, message_id: int) -> None:
    """The board is this message from now on, unless it is shown elsewhere."""
    known = await announcement_reports.board(tx, number)
    if known is not None and known.chat_id in {None, chat_id}:
        await announcement_reports.place_board(tx, number, chat_id, message_id)
