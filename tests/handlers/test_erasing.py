"""Somebody has everything about them erased: afterwards, the whole database is searched for them.

Every table is filled through conversations first. A table that is new has to be listed here, so that nobody forgets
to think of whom it names.
"""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage.erasing import NOBODY
from tests.chat import People, until
from tests.delegates import record_of
from tests.desk import secretariat
from tests.erasing import NUMBER, WORDS, erased, whole
from tests.handlers.erasable import (
    asks_and_writes,
    leaves_things_unfinished,
    registered,
    takes_part,
    works_for_the_secretariat,
)

NAMES_PEOPLE = {
    "announcement_recipients", "announcement_texts", "announcement_wishes", "announcements",
    "answer_marks", "answers_awaited", "audit", "center_absences", "centers", "conferences", "delegates",
    "desk_copies", "desk_letters", "desk_threads", "drafts", "floods", "handovers", "imports", "inbox",
    "invitations", "learned_answers", "learned_edits", "learned_phrasings", "learned_texts", "name_pieces",
    "open_questions", "outbox", "participations", "people", "reminder_wishes", "reminders", "request_cards",
    "requests", "role_links", "roles", "searches", "secretariat_group", "session_stars",
    "shown_records",
}  # fmt: skip
"""Tables with somebody's number or words in them; each has a row of theirs before they erase themselves."""
NAMES_NOBODY = {
    "about", "agenda_sessions", "announcement_buttons",
    "agm_items", "agms", "center_chases", "conference_changes", "conference_documents",
    "conference_notes", "groups", "reminder_moments", "reminder_rungs", "reminder_words",
    "schema_migrations", "sqlite_sequence",
}  # fmt: skip
STAYS = {
    ("learned_texts", "question"): "the Secretariat published it as a question for everyone, without who asked",
    ("learned_phrasings", "question"): "the published question itself, which is of nobody",
    ("audit", "before"): "how an answer for everyone was changed, whose question is published",
    ("audit", "after"): "what was published for everyone",
}
"""Where their words may be left, and why."""


async def test_the_search_finds_what_is_there(bot: Running, people: People) -> None:
    phone = await people.person(WORDS["first name"], id=NUMBER)
    await phone.ask("/start")
    found = {(table, column) for table, column, _ in (await whole(bot)).with_any(str(NUMBER), WORDS["first name"])}
    assert {("people", "id"), ("people", "first_name"), ("inbox", "lane"), ("outbox", "chat_id")} <= found


async def test_every_table_is_thought_of(bot: Running) -> None:
    assert set((await whole(bot)).rows) == NAMES_PEOPLE | NAMES_NOBODY, (
        "A table that names people has to be erased from, and filled by the conversations in erasable.py."
    )


async def test_nothing_is_left_of_somebody(bot: Running, people: People, clock: MovableClock) -> None:
    office = await secretariat(bot, people)
    phone = await people.person(
        WORDS["first name"], id=NUMBER, last_name=WORDS["last name"], username=WORDS["user name"]
    )
    center = await registered(bot, office, phone)
    await asks_and_writes(office, phone)
    await works_for_the_secretariat(office, phone)
    await leaves_things_unfinished(bot, phone)
    record = await record_of(bot, phone)
    assert record is not None
    await takes_part(bot, record.id, center)
    before = await whole(bot)
    filled = {table for table, _, _ in before.with_any(str(NUMBER), *WORDS.values())} | {"name_pieces"}
    assert filled == NAMES_PEOPLE
    awaited = [row["chat_id"] == NUMBER for row in before.rows["answers_awaited"] if row["person_id"] == NUMBER]
    assert sorted(awaited) == [False, True], "in private and elsewhere"
    said = await erased(phone)
    assert said["text"].startswith("✓ Everything about you is erased.")

    async def is_quiet() -> bool:
        rows = (await whole(bot)).rows
        waits = [row for row in rows["outbox"] if row["state"] == "queued" or row["chat_id"] == NUMBER]
        return not waits and not [row for row in rows["inbox"] if row["state"] == "waiting"]

    await until(is_quiet)
    after = await whole(bot)
    left = after.with_any(str(NUMBER), *WORDS.values())
    assert {one for one in left if one[:2] not in STAYS or one[2] != WORDS["question"]} == set()
    assert not [row for row in after.rows["name_pieces"] if (row["subject"], row["id"]) == ("delegate", record.id)]
    assert not [row for row in after.rows["audit"] if row["object"] == f"delegate:{record.id}"]
    assert [row for row in after.rows["audit"] if row["actor_id"] == NOBODY], "what was done stays"
    assert len(after.rows["audit"]) > len(before.rows["audit"])
    [kept] = [row for row in after.rows["centers"] if row["id"] == center]
    assert (kept["name"], kept["registered_by"]) == ("Center A", None)
    # That they came is still counted, and their place at the next conference is free.
    assert [(row["state"], row["diet"], row["arrives_on"]) for row in after.rows["participations"]] == [
        ("registered", None, None), ("withdrawn", None, None),
    ]  # fmt: skip
