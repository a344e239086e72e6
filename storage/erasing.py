"""A person is forgotten: their rows are deleted, and what stays of others' no longer names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Row
from typing import Any

from storage import plain_json, shown_records
from storage.records.durations import SECOND_US
from storage.session import Session, Transaction

NOBODY = -1
"""Stands where a person stood who had their data erased, and something has to stand."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot's elsewhere that shows what is to be forgotten.

    `is_text`: its words can be replaced. Others can only be deleted, for two days after they were `written_at`.
    """

    chat_id: int
    message_id: int
    is_text: bool
    written_at: int | None = None


async def records(session: Session, person_id: int) -> list[int]:
    """Every record of theirs, also those that were found to be the same and merged; those last."""
    sql = session.sql.erasing
    found = [row["id"] for row in await session.all(sql.records, person_id=person_id)]
    for number in found:  # grows while it is gone through
        merged = await session.all(sql.merged_into, id=number)
        found += [row["id"] for row in merged if row["id"] not in found]
    return found


async def shown_elsewhere(session: Session, person_id: int, record_ids: Sequence[int]) -> list[Shown]:
    """What shows their words or their details: copies of their letters, cards of what they asked for, their record."""
    sql = session.sql.erasing
    found = [_shown(row) for row in await session.all(sql.copies, person_id=person_id)]
    for number in record_ids:
        cards = await session.all(sql.cards, delegate=number, person_id=person_id)
        cards += await session.all(sql.shown, delegate=number, person_id=person_id)
        found += [Shown(row["chat_id"], row["message_id"], is_text=True) for row in cards]
    return list(dict.fromkeys(found))


async def cards_that_name(session: Session, person_id: int) -> list[tuple[int, int, int]]:
    """Cards of requests that stay without them: chat, message and request of each."""
    rows = await session.all(session.sql.erasing.cards_of_others, person_id=person_id)
    return [(row["chat_id"], row["message_id"], row["request"]) for row in rows]


async def end_drafts(tx: Transaction, person_id: int, record_ids: Sequence[int]) -> list[int]:
    """Delete what others have begun to change of their records; who was at it just now."""
    at_it: list[int] = []
    for number in record_ids:
        ended = await tx.all(tx.sql.erasing.drafts_about, delegate=number, person_id=person_id)
        at_it += [row["person_id"] for row in ended if row["state"] == "active"]
    return at_it


async def forget_participations(tx: Transaction, record_ids: Sequence[int], now: int) -> None:
    """Empty what they said of their coming, as long as their records are there; that they came is still counted."""
    for number in record_ids:
        await tx.run(tx.sql.erasing.participations_of, delegate=number, today=_day(now))


async def forget(tx: Transaction, person_id: int, record_ids: Sequence[int], now: int) -> None:
    """Delete or empty whatever names them, but the records themselves. `record_ids` are those of `records`."""
    sql = tx.sql.erasing
    begun = await tx.all(sql.drafts_of_answers, person_id=person_id)
    of_them = [f"delegate:{number}" for number in record_ids] + [f"answer:{row['id']}" for row in begun]
    await _forget_in_audit(tx, person_id, of_them)
    for number in record_ids:
        await tx.run(sql.invitations_for, delegate=number)
    for query in (
        sql.phrasings_leave, sql.threads_of_others, sql.centers_registered, sql.cards_here,
        sql.floods, sql.conferences_opened, sql.absences_said, sql.corrections_confirmed, sql.announcements_made,
        tx.sql.requests.forget_person,
    ):  # fmt: skip
        await tx.run(query, person_id=person_id)
    for query in (
        sql.learned_of, sql.letters_to_others, sql.roles_given, sql.role_links, sql.group_bound, sql.invitations,
    ):  # fmt: skip
        await tx.run(query, person_id=person_id, nobody=NOBODY)
    await tx.run(sql.messages, person_id=person_id, now=now)
    await shown_records.forget_chat(tx, person_id)
    for row in await tx.all(sql.set_aside, person_id=person_id, mention=_mention(person_id)):
        if row["lane"] == person_id or _is_named(row["payload"], person_id):
            await tx.run(sql.update_goes, seq=row["seq"])
    tx.run_later(sql.lanes, person_id=person_id)
    await tx.run(sql.person, person_id=person_id)


def forget_farewell(tx: Transaction, person_id: int) -> None:
    """The last word was said: forget that there was one, and where what they pressed had come in."""
    tx.run_later(tx.sql.erasing.farewell, person_id=person_id)
    tx.run_later(tx.sql.erasing.lanes, person_id=person_id)


async def _forget_in_audit(tx: Transaction, person_id: int, of_them: Sequence[str]) -> None:
    """What was done stays, with nobody's number and, where it was about them, without what it said."""
    sql, person = tx.sql.erasing, f"person:{person_id}"
    rows = await tx.all(sql.audit_about, person_id=person_id, object=person, mention=_mention(person_id))
    for what in of_them:
        rows += await tx.all(sql.audit_of, object=what)
    for row in {row["id"]: row for row in rows}.values():
        is_about = row["object"] in {person, *of_them}
        await tx.run(
            sql.audit_set,
            id=row["id"],
            actor_id=NOBODY if row["actor_id"] == person_id else row["actor_id"],
            # Never the number of a record that is gone: the next one may get it.
            object=_nobodys(row["object"]) if row["object"] in of_them else _without(row["object"], person_id),
            before=None if is_about else _json_without(row["before"], person_id),
            after=None if is_about else _json_without(row["after"], person_id),
        )


def _nobodys(what: str) -> str:
    return f"{what.partition(':')[0]}:{NOBODY}"


def _json_without(text: str | None, person_id: int) -> str | None:
    return None if text is None else plain_json.written(_without(plain_json.read(text), person_id))


def _without(value: Any, person_id: int) -> Any:
    """A value with nobody's number in the place of theirs."""
    match value:
        case dict():
            return {key: _without(one, person_id) for key, one in value.items()}
        case list():
            return [_without(one, person_id) for one in value]
        case str() if value.endswith(f":{person_id}"):
            return _nobodys(value)
        case int() | str() if str(value) == str(person_id):
            return NOBODY
    return value


def _is_named(payload: str, person_id: int) -> bool:
    """Whether they, and not only the digits of their number, stand in what came from Telegram."""
    number = re.compile(rf"(?<!\d){person_id}(?!\d)")
    try:
        return _names(plain_json.read(payload), person_id, number)
    except (ValueError, RecursionError):  # it may have been set aside for that
        return number.search(payload) is not None


def _names(value: Any, person_id: int, number: re.Pattern[str]) -> bool:
    match value:
        case dict():
            is_they = any(value.get(key) == person_id for key in ("id", "user_id", "chat_id"))
            return is_they or any(_names(one, person_id, number) for one in value.values())
        case list():
            return any(_names(one, person_id, number) for one in value)
        case str():
            return number.search(value) is not None
    return False


def _day(now: int) -> str:
    """The day in UTC, as conferences write theirs."""
    return datetime.fromtimestamp(now // SECOND_US, UTC).date().isoformat()


def _mention(person_id: int) -> str:
    return f"%{person_id}%"


def _shown(row: Row) -> Shown:
    is_words = row["part"] in {"card", "note", "heading"} or row["content"] == "text"
    return Shown(row["chat_id"], row["message_id"], is_words, row["written_at"])
