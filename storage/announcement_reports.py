"""Where the progress of an announcement is shown, and what became of it: by reason, by Center, by person."""

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import Row

from storage.records import Name
from storage.records.announcements import CenterReading, Outcome, RecipientLine
from storage.session import Session, Transaction


@dataclass(frozen=True, slots=True)
class Board:
    """The message that shows how far an announcement has come.

    `shown_at` is when it was written last, and `done` how many recipients were done then. `quiet`: how often it was
    written since nothing has been under way.
    """

    announcement: int
    chat_id: int | None
    message_id: int | None
    shown_at: int | None
    done: int
    quiet: int
    is_under_way: bool = False
    is_growing: bool = False
    """More of those are being looked for whom it is for."""


async def place_board(tx: Transaction, announcement: int, chat_id: int, message_id: int) -> None:
    """This message shows the progress from now on."""
    await tx.run(tx.sql.announcement_reports.place_board, id=announcement, chat_id=chat_id, message_id=message_id)


async def leave_board(tx: Transaction, announcement: int, chat_id: int, message_id: int) -> None:
    """This message shows something else from now on."""
    await tx.run(tx.sql.announcement_reports.leave_board, id=announcement, chat_id=chat_id, message_id=message_id)


async def wake_board(tx: Transaction, announcement: int) -> None:
    """There is something new to show."""
    await tx.run(tx.sql.announcement_reports.wake_board, id=announcement)


async def board(session: Session, announcement: int) -> Board | None:
    """Where the progress of an announcement is shown."""
    row = await session.one(session.sql.announcement_reports.board, id=announcement)
    return None if row is None else _board(row)


async def boards(session: Session, *, at_most: int) -> list[Board]:
    """Those that may have something new to show, latest first."""
    return [_board(row) for row in await session.all(session.sql.announcement_reports.boards, at_most=at_most)]


async def unseen(session: Session) -> list[tuple[int, int]]:
    """What began while nobody looked, and who confirmed it."""
    rows = await session.all(session.sql.announcement_reports.unseen)
    return [(row["id"], row["confirmed_by"]) for row in rows]


async def seen(tx: Transaction, announcement: int, now: int) -> bool:
    """Note that its first board is on its way; False if there is one."""
    return await tx.run(tx.sql.announcement_reports.seen, id=announcement, now=now) == 1


async def board_shown(tx: Transaction, shown: Board, *, done: int, now: int) -> bool:
    """Note that it is written anew; False if somebody else has done that."""
    return await tx.run(
        tx.sql.announcement_reports.board_shown,
        id=shown.announcement, was=shown.shown_at or 0, done=done, is_under_way=int(shown.is_under_way), now=now,
    ) == 1  # fmt: skip


async def failures(session: Session, announcement: int, *, at_most: int) -> list[tuple[str, int]]:
    """Why it could not be sent, and to how many, most often first."""
    rows = await session.all(session.sql.announcement_reports.failures, announcement=announcement, at_most=at_most)
    return [(row["failure"], row["how_many"]) for row in rows]


async def by_center(session: Session, announcement: int, *, at_most: int, skipped: int = 0) -> list[CenterReading]:
    """Who has read it, by Center: those of which nobody has first, whoever belongs to none last."""
    rows = await session.all(
        session.sql.announcement_reports.by_center, announcement=announcement, at_most=at_most, skipped=skipped
    )
    return [CenterReading(row["name"], row["reached"], row["has_read"]) for row in rows]


async def count_centers(session: Session, announcement: int) -> int:
    """How many lines `by_center` has."""
    number: int = await session.value(session.sql.announcement_reports.count_centers, announcement=announcement)
    return number


async def count_sent(session: Session, announcement: int, *, language: str = "", before: int = 0) -> int:
    """In how many chats it is: of one language, or sent before a time, where that is given."""
    number: int = await session.value(
        session.sql.announcement_reports.count_sent, announcement=announcement, language=language, before=before
    )
    return number


async def recipients_after(session: Session, announcement: int, after: int, *, at_most: int) -> list[RecipientLine]:
    """The recipients behind one, by their ids."""
    rows = await session.all(
        session.sql.announcement_reports.recipients_after, announcement=announcement, after=after, at_most=at_most
    )
    return [_line(row) for row in rows]


def _board(row: Row) -> Board:
    fields = dict(row)
    flags = {name: bool(fields.get(name, 0)) for name in ("is_under_way", "is_growing")}
    return Board(
        fields["id"],
        fields["board_chat"],
        fields["board_message"],
        fields["board_shown_at"],
        fields["board_done"],
        fields["board_quiet"],
        **flags,
    )


def _line(row: Row) -> RecipientLine:
    fields = dict(row)
    name = Name(fields.pop("first_name"), fields.pop("last_name"), fields.pop("username"))
    return RecipientLine(**{**fields, "state": Outcome(fields["state"])}, name=name)
