"""No query of a press, of a message or of a look a minute reads a table through that grows with members or messages.

SQLite itself says how it would go about each query. What reads more stands here, with the reason.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest

from storage.migrate import known_migrations
from tests.storage.test_sql import QUERIES

GROWING = {
    "announcement_recipients", "answer_marks", "audit", "center_absences", "centers", "delegates", "desk_copies",
    "desk_letters", "desk_threads", "drafts", "floods", "inbox", "invitations", "learned_phrasings", "name_pieces",
    "open_questions", "outbox", "participations", "people", "reminder_wishes", "reminders", "request_cards",
    "requests", "roles", "searches", "session_stars",
}  # fmt: skip
"""The rest is as much as the Secretariat has made: conferences, announcements, answers."""

SMALL_INDICES = {
    "delegates_gone", "desk_threads_waiting", "inbox_set_aside", "inbox_waiting", "inbox_waiting_by_lane",
    "open_questions_unsettled", "outbox_failed", "outbox_queued_by_chat", "requests_to_correct",
    "requests_waiting",
}  # fmt: skip
"""They hold only what waits, failed, or is gone, and that is what such a query is about."""

STOPS = "goes through an index in order and stops at its limit"
COUNTED = "counts or lists everybody for the Secretariat, on the connection that nothing else waits for"
ERASES = "runs when somebody has all their data erased or asks for it, which is rare and must find everything"
IMPORTS = "runs while a list is read in, which looks at everybody anyway"

EXCEPTIONS = {
    "announcement_recipients.newcomers": "finds who joined, on the connection that nothing else waits for",
    "audiences.languages": COUNTED,
    "audiences.sample": STOPS,
    "audiences.unreachable_centers": COUNTED,
    "audit.actors": COUNTED,
    "audit.count": COUNTED,
    "audit.latest": STOPS,
    "audit.search": STOPS,
    "centers.count": COUNTED,
    "centers.countries": COUNTED,
    "centers.counts_by_country": COUNTED,
    "centers.counts_by_focus": COUNTED,
    "centers.counts_by_kind": COUNTED,
    "centers.counts_by_region": COUNTED,
    "centers.edition_of_all": IMPORTS,
    "centers.page": STOPS,
    "centers.registered_at": COUNTED,
    "delegates.count": COUNTED,
    "delegates.counts_of_active": COUNTED,
    "delegates.countries": COUNTED,
    "delegates.edition_of_all": IMPORTS,
    "delegates.page": STOPS,
    "delegates.registrations_by_day": COUNTED,
    "floods.forget_old": "once an hour, and only who wrote lately is kept",
    "floods.kept": "once, at the start",
    "invitations.move_delegate": "when the Secretariat merges two records",
    "learned.phrasings_published": "when the Secretariat has published an answer",
    "marks.unhelpful": STOPS,
    "participations.count_silent_centers": COUNTED,
    "participations.silent_centers": STOPS,
    "people.counts": "for the page of figures, on the connection that nothing else waits for",
    "questions.unanswered": STOPS,
    "reminders.groups": "when a reminder is due, a few times a day",
    "reminders.how_many": COUNTED,
    "reminders.queue": "when a reminder is due, a few times a day, and for everybody whom it means",
    "requests.forget_person": ERASES,
}

PARAMETER = re.compile(r"(?<![:\w]):([a-z0-9_]+)")
SCAN = re.compile(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
NAMED = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)\s+AS\s+([a-z_]+)")


@pytest.fixture(scope="module")
def schema() -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(":memory:")
    for migration in known_migrations():
        conn.executescript(migration.sql)
    yield conn
    conn.close()


def read_through(schema: sqlite3.Connection, query: str) -> set[str]:
    """The growing tables that a query reads from one end to the other."""
    tables = {alias: table for table, alias in NAMED.findall(query)}
    plan = schema.execute(f"EXPLAIN QUERY PLAN {query}", dict.fromkeys(PARAMETER.findall(query)))
    scans = [found for *_, step in plan if (found := SCAN.match(step))]
    large = {found[1] for found in scans if found[2] not in SMALL_INDICES}
    return GROWING & {tables.get(name, name) for name in large}


@pytest.mark.parametrize("name", [name for name in QUERIES if not name.startswith(("erasing.", "own_data."))])
def test_what_grows_is_not_read_through(schema: sqlite3.Connection, name: str) -> None:
    """Erasing somebody's data and handing it out look everywhere, and are rare."""
    if name in EXCEPTIONS:
        assert read_through(schema, QUERIES[name]), "It is an exception no more: take it from the list."
    else:
        assert read_through(schema, QUERIES[name]) == set()


def test_the_exceptions_are_queries() -> None:
    assert EXCEPTIONS.keys() <= QUERIES.keys()


def test_the_reminder_of_one_person_does_not_read_who_leads_every_center(schema: sqlite3.Connection) -> None:
    """It is asked for each message delivered, so the work would grow with the square of the Centers."""
    for name in ("reminders.concerns", "changes.told_to"):
        query = QUERIES[name]
        plan = schema.execute(f"EXPLAIN QUERY PLAN {query}", dict.fromkeys(PARAMETER.findall(query))).fetchall()
        of_roles = [step for *_, step in plan if " roles " in step]
        assert of_roles
        assert all("person_id=?" in step for step in of_roles)


@pytest.mark.parametrize(
    "name", [f"announcement_recipients.{what}" for what in
             ("mark", "post", "under_way", "recipient", "errands", "part_sent", "sent", "done", "put_back")]
)  # fmt: skip
def test_what_is_done_for_each_batch_does_not_read_all_recipients(schema: sqlite3.Connection, name: str) -> None:
    query = QUERIES[name]
    plan = schema.execute(f"EXPLAIN QUERY PLAN {query}", dict.fromkeys(PARAMETER.findall(query))).fetchall()
    steps = [step for *_, step in plan if "announcement_recipients" in step or " waiting " in step]
    assert steps
    for step in steps:
        by_index = "_todo (announcement=?)" in step or "_under_way (announcement=? AND batch" in step
        assert by_index or "(announcement=? AND person_id=?" in step, step


def test_the_sends_of_a_paused_announcement_are_not_looked_through_each_second(schema: sqlite3.Connection) -> None:
    plan = schema.execute(f"EXPLAIN QUERY PLAN {QUERIES['announcements.with_something_to_do']}").fetchall()
    steps = [step for *_, step in plan if " announcement_recipients " in step]
    assert [step.rpartition("announcement_recipients_")[2] for step in steps] == [
        "todo (announcement=?)", "to_amend (announcement=?)",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["participations.expire", "participations.withdraw_gone"])
def test_the_look_at_waiting_lists_does_not_read_all_who_take_part(schema: sqlite3.Connection, name: str) -> None:
    plan = schema.execute(f"EXPLAIN QUERY PLAN {QUERIES[name]}", dict.fromkeys(PARAMETER.findall(QUERIES[name])))
    steps = [step for *_, step in plan if step.startswith("SEARCH") and "(conference=?" in step]
    assert steps
    assert not [step for step in steps if step.endswith("(conference=?)")]
    if name.endswith("withdraw_gone"):
        assert not [step for step in steps if "state=?" in step]


def test_deleting_a_letter_does_not_read_all_questions(schema: sqlite3.Connection) -> None:
    """SQLite looks for what refers to a row that is deleted; housekeeping deletes many."""
    deleted = {"desk_letters", "desk_threads", "open_questions", "answer_marks"}
    for table in sorted(GROWING):
        indexed = {
            schema.execute("SELECT name FROM pragma_index_info(?) WHERE seqno = 0", (index,)).fetchone()[0]
            for (index,) in schema.execute("SELECT name FROM pragma_index_list(?)", (table,))
        }
        refers = schema.execute('SELECT "table", "from" FROM pragma_foreign_key_list(?)', (table,)).fetchall()
        assert {column for to, column in refers if to in deleted} <= indexed, table


def test_centers_of_which_nobody_has_read_something_are_not_looked_for_among_all_recipients_for_each(
    schema: sqlite3.Connection,
) -> None:
    """The work would grow with the square of the recipients, in the transaction of a press."""

    def steps(name: str) -> list[str]:
        query = QUERIES[name]
        plan = schema.execute(f"EXPLAIN QUERY PLAN {query}", dict.fromkeys(PARAMETER.findall(query)))
        return [step for *_, step in plan]

    counting = steps("announcement_readings.count_unread")
    of_others = next(place for place, step in enumerate(counting) if " others " in step)
    assert [one for one in counting[:of_others] if "SUBQUERY" in one][-1].startswith("LIST SUBQUERY"), "it is made once"
    taking_in = [step for step in steps("announcement_recipients.take_in") if " others " in step]
    assert taking_in
    assert all("(announcement=? AND person_id=?)" in step for step in taking_in)
