"""The people and groups that the bot has met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from sqlite3 import Row

from storage.records import NAMELESS, Name, Person
from storage.session import Opening, Session, Sql, Transaction
from storage.texts import storable


@dataclass(frozen=True, slots=True)
class Meeting:
    """A person who is met: what is looked for first, and what is to be known of them."""

    opening: Opening
    params: Mapping[str, object]


def meeting(
    sql: Sql,
    person_id: int,
    *,
    language: str,
    guessed: bool,
    reachable: bool,
    now: int,
    name: Name = NAMELESS,
) -> Meeting:
    """That a person is met, and made known if it is the first time; `name` is what Telegram shows today.

    `language` is what their app is set to if `guessed`, else the bot's default; it does not override a choice of
    their own. `reachable`: they wrote in private, so they can be written to.
    """
    params = {
        "id": person_id,
        "language": language,
        "guessed": int(guessed),
        "reachable": int(reachable),
        "first_name": storable(name.first),
        "last_name": None if name.last is None else storable(name.last),
        "username": name.username,
        "now": now,
    }
    return Meeting(Opening(sql.people.find, {"id": person_id}), params)


async def meet(tx: Transaction, meeting: Meeting) -> Person:
    """The person who is met. Most are known as they are: of them, nothing is written."""
    row = await tx.open(meeting.opening)
    if row is None or _is_news(row, meeting.params):
        row = await tx.one(tx.sql.people.meet, **meeting.params)
    assert row is not None  # noqa: S101 - RETURNING always gives the row
    return _person(row)


def _is_news(row: Row, met: Mapping[str, object]) -> bool:
    """Whether a person whom one meets is other than known."""
    return (
        any(row[name] != met[name] for name in ("first_name", "last_name", "username"))
        or (bool(met["reachable"]) and row["unreachable_since"] is not None)
        or (bool(met["guessed"]) and not row["language_chosen"] and row["language"] != met["language"])
    )


async def find(session: Session, person_id: int) -> Person | None:
    """The person, if known."""
    row = await session.one(session.sql.people.find, id=person_id)
    return None if row is None else _person(row)


async def choose_language(tx: Transaction, person_id: int, language: str) -> None:
    """Speak `language` to this person from now on."""
    await tx.run(tx.sql.people.choose_language, id=person_id, language=language)


async def begin_writing(tx: Transaction, person_id: int, now: int) -> None:
    """Their next message is meant for the Secretariat."""
    await tx.run(tx.sql.people.writing, id=person_id, since=now)


async def end_writing(tx: Transaction, person_id: int) -> bool:
    """Their next message is not meant for the Secretariat, or no longer; False if it was not before."""
    return await tx.run(tx.sql.people.stop_writing, id=person_id) == 1


async def begin_album(tx: Transaction, person_id: int, album: str) -> bool:
    """Whether this is the first message of an album of theirs; Telegram sends one for each picture."""
    return await tx.run(tx.sql.people.begin_album, id=person_id, album=album) == 1


async def counts(session: Session) -> tuple[int, int]:
    """How many people are known, and how many of them cannot be reached."""
    row = await session.one(session.sql.people.counts)
    assert row is not None  # noqa: S101 - a query of counts always has a row
    return row["known"], row["unreachable"]


async def meet_group(tx: Transaction, group_id: int, title: str, now: int) -> None:
    """Remember a group that the bot is in."""
    await tx.run(tx.sql.groups.meet, id=group_id, title=title, now=now)


async def group_became(tx: Transaction, from_id: int, to_id: int) -> None:
    """Remember that a group migrated to a supergroup with another id."""
    await tx.run(tx.sql.groups.migrated, from_id=from_id, to_id=to_id)


async def unreachable(tx: Transaction, chat_id: int, now: int) -> None:
    """Remember that a person (or, with a negative id, a group) cannot be written to."""
    query = tx.sql.people.unreachable if chat_id > 0 else tx.sql.groups.unreachable
    await tx.run(query, id=chat_id, since=now)


async def reachable(tx: Transaction, person_id: int) -> None:
    """Remember that a person can be written to again."""
    await tx.run(tx.sql.people.reachable, id=person_id)


def _person(row: Row) -> Person:
    fields = dict(row)
    return Person(
        id=fields["id"],
        language=fields["language"],
        language_chosen=bool(fields["language_chosen"]),
        unreachable_since=fields["unreachable_since"],
        name=Name(fields["first_name"], fields["last_name"], fields["username"]),
        writing_since=fields["writing_since"],
        is_awaited=bool(fields["is_awaited"]),
        is_editing=bool(fields["is_editing"]),
        filling_in=fields["filling_in"],
        answers_given=fields["answers_given"],
        asked_helpful_at=fields["asked_helpful_at"],
    )
