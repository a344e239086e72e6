"""What a person is given of what is kept about them."""

from __future__ import annotations

import json
import re
import sqlite3

from bot.members import centers, curating, delegates, merging
from bot.members.own_data import own_data_of
from bot.members.roles import Rights
from storage import audit, desk, marks, people, questions, roles
from storage import delegates as kept
from storage.database import Database
from storage.delegates import Consent
from storage.migrate import known_migrations
from storage.records import Name
from storage.records.members import CenterDetails, CenterState, DelegateDetails, DelegateState
from storage.session import Session, Transaction, load_sql

AT = 1_805_000_000_000_000
OF_OTHERS = {
    "groups": "the groups that the bot is in",
    "inbox": "raw updates, emptied as soon as they are handled",
    "about": "facts about the database",
    "desk_copies": "numbers of messages in the Secretariat's group",
    "learned_texts": "what the association says to everyone",
    "request_cards": "numbers of messages that show a request",
    "name_pieces": "three letters each of names that are given with the delegate",
    "drafts": "the forms' part",
    "numbers": "the last number that was given of each table, and gone since",
    "counted": "gone at once",
    "roles_anew": "became roles",
    "answers_awaited_anew": "became answers_awaited",
    "conference_notes": "what is told to everyone, as are the next five",
    "agms": "of nobody",
    "agm_items": "of nobody",
    "agenda_sessions": "the programme",
    "conference_documents": "of nobody",
    "conference_changes": "of nobody",
    "center_chases": "of nobody",
    "reminder_moments": "of nobody, and empty but while what is due is queued",
    "reminder_rungs": "of nobody",
    "reminder_words": "of nobody",
    "announcement_buttons": "of nobody",
    "shown_records": "numbers of messages in which others have looked at somebody",
}


async def fill(tx: Transaction, person_id: int) -> None:
    await people.meet(
        tx,
        people.meeting(
            tx.sql, person_id, language="en", guessed=True, reachable=True, now=AT, name=Name("Person", f"P{person_id}")
        ),
    )
    center = await centers.add(
        tx, CenterDetails(f"Center {person_id}"), state=CenterState.PENDING, by=person_id, now=AT
    )
    details = DelegateDetails("Delegate", f"D{person_id}", email=f"d{person_id}@example.org")
    await delegates.add(
        tx, details, person_id=person_id, center=center, state=DelegateState.ACTIVE,
        consent=Consent("1", is_shown=False), now=AT,
    )  # fmt: skip
    await roles.give(tx, person_id, "focal_point", scope=str(center), given_by=99, now=AT)
    await questions.keep(
        tx, person_id=person_id, chat_id=person_id, message_id=5, language="en", question=f"Question of {person_id}?",
        hint=None, now=AT,
    )  # fmt: skip
    await marks.ask(
        tx, person_id, person_id, 6, language="en", question=f"Other question of {person_id}?", topic="agm", gist=None,
        now=AT,
    )  # fmt: skip
    await desk.begin_wait(tx, person_id, now=AT, alarm_at=None)
    await audit.add(tx, 99, "role.give", f"person:{person_id}", now=AT)


async def test_a_person_gets_theirs_and_nothing_of_others(database: Database) -> None:
    for person_id in (11, 22):
        await database.write(lambda tx, who=person_id: fill(tx, who))  # type: ignore[misc]
    text = await own_data_of(database.reader, 11, parts={}, now=AT)
    whole = json.loads(text)
    assert (whole["telegram_id"], whole["made_at"]) == (11, "2027-03-14T04:53:20+00:00")
    held = whole["held"]
    assert held["person"][0]["last_name"] == "P11"
    assert held["delegate"][0]["email"] == "d11@example.org"
    assert held["delegate"][0]["privacy_at"] == "2027-03-14T04:53:20+00:00"
    assert held["centers_registered"][0]["name"] == "Center 11"
    assert held["roles"][0]["role"] == "focal_point"
    assert held["questions"][0]["question"] == "Question of 11?"
    assert held["marks"][0]["topic"] == "agm"
    assert held["thread"][0]["state"] == "waiting"
    assert held["acts"] == [{"at": "2027-03-14T04:53:20+00:00", "act": "role.give", "object": "person:11"}]
    assert "22" not in re.sub(r"20\d\d-[^\"]*", "", text)


async def test_a_feature_adds_its_part(database: Database) -> None:
    async def drafts(_session: Session, person_id: int) -> list[dict[str, object]]:
        return [{"form": "center", "touched_at": AT, "person": person_id}]

    async def nothing(_session: Session, _person_id: int) -> list[object]:
        return []

    parts = {"drafts": drafts, "reminders": nothing}
    held = json.loads(await own_data_of(database.reader, 7, parts=parts, now=AT))["held"]
    assert held == {"drafts": [{"form": "center", "touched_at": "2027-03-14T04:53:20+00:00", "person": 7}]}


async def test_what_was_merged_and_what_was_done_to_the_record_are_theirs(database: Database) -> None:
    rights = Rights((99,))

    async def work(tx: Transaction) -> None:
        for person_id in (11, 99):
            await fill(tx, person_id)
        own = await kept.of_person(tx, 11)
        assert own is not None
        details = DelegateDetails("Delegate", "D11", email="former@example.org", phone="+41446681800")
        other = await delegates.add(
            tx, details, person_id=None, center=None, state=DelegateState.ACTIVE, is_guest=True, now=AT
        )
        former = await kept.by_id(tx, other)
        assert former is not None
        editions = (own.edition, former.edition)
        await merging.merge_people(tx, rights, own.id, other, editions=editions, by=99, now=AT)
        await curating.suspend_person(tx, rights, own.id, "Has not answered.", by=99, now=AT)
        thread = await desk.thread_of(tx, 99)
        assert thread is not None
        statement = (
            "INSERT INTO desk_letters (thread_id, direction, author_id, chat_id, message_id, content, plain, "
            "is_question, written_at) VALUES (?, 'to_person', 11, -1, 1, 'text', 'As a member.', 0, 1)"
        )
        await tx._conn.execute(statement, (thread.id,))

    await database.write(work)
    held = json.loads(await own_data_of(database.reader, 11, parts={}, now=AT))["held"]
    assert [row["email"] for row in held["delegate"]] == ["d11@example.org", "former@example.org"]
    acts = {row["act"]: row for row in held["acts"]}
    assert acts["delegate.suspend"]["after"] == {"state": "suspended"}
    assert "delegate.merge" in acts
    assert [row["plain"] for row in held["letters_written"]] == ["As a member."]


PERSONS = re.compile(r"(person_id|\w+_by|author_id|assignee_id|actor_id|from_person|to_person|board_chat)$")
"""How columns are called that have somebody's number."""
NOT_ASKED_FOR = {
    ("roles", "given_by"): "what a member did for others stands in the acts",
    ("delegates", "person_id"): "gone through record by record, with those that were merged into it",
}


def test_no_column_is_forgotten() -> None:
    """Whatever names somebody is looked through."""
    conn = sqlite3.connect(":memory:")
    for step in known_migrations():
        conn.executescript(step.sql)
    tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {table: list(conn.execute(f"PRAGMA table_info({table})")) for table in tables}
    named = {(table, row[1]) for table in tables for row in rows[table] if row[2] == "BIGINT"}  # not days
    sql = load_sql().own_data
    queries = [getattr(sql, name).sql for name in sql.available_queries if not name.endswith("_cursor")]

    def is_asked(table: str, column: str) -> bool:
        pattern = rf"WHERE[^;]*\b(?:{table}\.)?{column} = :person_id"
        return any(re.search(rf"FROM {table}\b", query) and re.search(pattern, query) for query in queries)

    forgotten = {(table, column) for table, column in named if PERSONS.match(column) and not is_asked(table, column)}
    assert {one for one in forgotten if one[0] not in OF_OTHERS} == set(NOT_ASKED_FOR)


def test_no_table_is_forgotten() -> None:
    """A table that a later migration makes is asked for here, or it is written down whose it is."""
    made = {name for step in known_migrations() for name in re.findall(r"CREATE TABLE (\w+)", step.sql)}
    sql = load_sql().own_data
    asked = {
        name
        for query in sql.available_queries
        if not query.endswith("_cursor")
        for name in re.findall(r"(?:FROM|JOIN) (\w+)", getattr(sql, query).sql)
    }
    assert made - asked - set(OF_OTHERS) == set()
