"""What a person is given of what is kept about them."""

from __future__ import annotations

import json
import re

from bot.members import centers, delegates
from bot.members.own_data import own_data_of
from storage import audit, desk, marks, people, questions, roles
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
    "secretariat_group": "the one group, and who bound it: that stands in the audit log, too",
    "desk_copies": "numbers of messages in the Secretariat's group",
    "learned_texts": "what the association says to everyone",
    "request_cards": "numbers of messages that show a request",
    "name_pieces": "three letters each of names that are given with the delegate",
    "drafts": "the forms' part",
    "numbers": "the last number that was given of each table, and gone since",
    "counted": "gone at once",
    "roles_anew": "became roles",
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
    "announcement_texts": "what the association says to many",
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
