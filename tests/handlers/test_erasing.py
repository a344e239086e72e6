"""Somebody has everything about them erased: afterwards, the whole database is searched for them.

Every table is filled through conversations first. A table that is new has to be listed here, so that nobody forgets
to think of whom it names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest

from bot.app import Running
from bot.conferences import changes
from bot.members.roles import Role
from bot.runtime.clock import MovableClock
from storage import conferences, handovers
from storage.erasing import NOBODY
from storage.records.conferences import ConferenceDetails
from storage.records.durations import SECOND_US
from storage.records.participations import ParticipationDetails
from storage.session import Transaction
from tests.chat import Json, People, Phone, buttons, until
from tests.delegates import center_of, joined, leads, link_into, opened, press, record_of
from tests.desk import Secretariat, answer, invited, labels, says, secretariat, shown, with_label

NUMBER = 918273645
"""Like no other number here."""
WORDS = {
    "first name": "Zebulonia",
    "last name": "Quixotella",
    "user name": "zebu_quix",
    "given name": "Xanthippe",
    "family name": "Wolkenstein",
    "title": "Feldzeugmeisterin",
    "function": "Lighthouse keeper",
    "e-mail": "xanthippe@wolkenstein.example",
    "phone": "446681811",
    "question": "Is the garage of the venue open for zeppelins?",
    "letter": "My zeppelin is called Marigold.",
    "diet": "Only gingerbread and turnips",
    "draft": "Unfinished Marzipan Institute",
    "label": "Colonel Wolkenstein of ours",
}
"""What they are called and what they wrote, none of which may be left."""
ANSWERS = {
    "given_name": WORDS["given name"],
    "family_name": WORDS["family name"],
    "title": WORDS["title"],
    "function": WORDS["function"],
    "nationality": "Switzerland",
    "email": WORDS["e-mail"],
    "phone": "044 668 18 11",
    "languages": "English",
    "time_zone": "Zurich",
    "privacy": "yes",
    "shown": "yes",
}
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


@dataclass(frozen=True)
class Whole:
    """All that the database holds."""

    rows: dict[str, list[dict[str, object]]]

    def with_any(self, *needles: str) -> set[tuple[str, str, str]]:
        """Where any of these stands: table, column, and what was found."""
        return {
            (table, column, needle)
            for table, rows in self.rows.items()
            for row in rows
            for column, value in row.items()
            for needle in needles
            if needle.casefold() in str(value).casefold()
        }


async def whole(bot: Running) -> Whole:
    """Read all tables, whatever they are."""
    conn = bot.database.reader._conn
    tables = [row[0] for row in await conn.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found: dict[str, list[dict[str, object]]] = {}
    for table in tables:
        rows = await conn.execute_fetchall(f"SELECT * FROM {table}")  # noqa: S608 - the database's own names
        found[table] = [dict(row) for row in rows]
    return Whole(found)


async def erased(phone: Phone) -> Json:
    """Through both steps; the last word."""
    held = await phone.ask("/me")
    await press(phone, held, "Erase everything")
    await shown(phone, lambda one: one["message_id"] == held["message_id"] and "What goes:" in one["text"])
    await press(phone, held, "Go on")
    await press(phone, held, "Erase everything now")
    return await says(phone, "Everything about you is erased.")


async def test_the_search_finds_what_is_there(bot: Running, people: People) -> None:
    phone = await people.person(WORDS["first name"], id=NUMBER)
    await phone.ask("/start")
    found = {(table, column) for table, column, _ in (await whole(bot)).with_any(str(NUMBER), WORDS["first name"])}
    assert {("people", "id"), ("people", "first_name"), ("inbox", "lane"), ("outbox", "chat_id")} <= found


async def test_every_table_is_thought_of(bot: Running) -> None:
    assert set((await whole(bot)).rows) == NAMES_PEOPLE | NAMES_NOBODY, (
        "A table that names people has to be erased from, and filled in the test below."
    )


async def test_nothing_is_left_of_somebody(bot: Running, people: People, clock: MovableClock) -> None:
    office = await secretariat(bot, people)
    phone = await people.person(
        WORDS["first name"], id=NUMBER, last_name=WORDS["last name"], username=WORDS["user name"]
    )
    center = await registered(bot, office, phone)
    await asks_and_writes(office, phone)
    await works_for_the_secretariat(office, phone)
    await leaves_things_unfinished(bot, phone, center)
    record = await record_of(bot, phone)
    assert record is not None
    await takes_part(bot, record.id, center)
    before = await whole(bot)
    filled = {table for table, _, _ in before.with_any(str(NUMBER), *WORDS.values())} | {"name_pieces"}
    assert filled == NAMES_PEOPLE
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


async def takes_part(bot: Running, delegate: int, center: int) -> None:
    """At a conference that is over and at the next, with a starred session, reminders, announcements and wishes."""

    async def work(tx: Transaction) -> None:
        first, later = [
            await conferences.add(
                tx, ConferenceDetails("CH", date(year, 3, 1), date(year, 3, 5), "Europe/Zurich"), by=NUMBER, now=1
            )
            for year in (2001, 2101)
        ]
        opened = await conferences.by_id(tx, later)
        assert opened is not None
        await changes.conference_changed(tx, opened, 1)
        session = {"id": 1, "conference": first, "segment": "plenary", "title": "Opening", "starts_at": 1, "ends_at": 2}
        rung = {"id": 1, "conference": first, "anchor": "agm", "days": 3, "minutes": 540, "audience": "entitled"}
        part = {"delegate": delegate, "state": "registered", "diet": WORDS["diet"], "arrives_on": "2001-03-01"}
        part["asked"] = json.dumps(
            {**dict.fromkeys(ParticipationDetails.__dataclass_fields__), "visa_letter": 0, "diet": WORDS["diet"]}
        )
        named = ("made_by", "confirmed_by", "seconded_by", "chase_by", "chase_wanted_by", "board_chat")
        by_them = dict.fromkeys(named, NUMBER)
        rows: list[tuple[str, dict[str, object]]] = [
            ("participations", {**part, "conference": first, "answered_at": 1, "changed_at": 1}),
            ("participations", {**part, "conference": later, "answered_at": 1, "changed_at": 1}),
            ("center_absences", {"conference": first, "center": center, "said_by": NUMBER, "said_at": 1}),
            ("agenda_sessions", {**session, "uid": "a", "changed_at": 1}),
            ("session_stars", {"session": 1, "person_id": NUMBER, "starred_at": 1}),
            ("reminder_rungs", rung),
            ("reminders", {"rung": 1, "event": "agm", "person_id": NUMBER, "due_at": 1, "queued_at": 1}),
            ("reminder_wishes", {"person_id": NUMBER}),
            ("announcements", {"id": 1, "state": "ended", "made_at": 1, "board_quiet": 2, **by_them}),
            (
                "announcement_texts",
                {"announcement": 1, "language": "en", "content": "{}", "correction_confirmed_by": NUMBER},
            ),
            ("announcement_recipients", {"announcement": 1, "person_id": NUMBER, "state": "sent"}),
            ("announcement_wishes", {"person_id": NUMBER, "only_official_since": 1}),
        ]
        for table, row in rows:
            marks = ", ".join("?" * len(row))
            await tx._conn.execute(
                f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})",  # noqa: S608 - names of this file
                tuple(row.values()),
            )

    await bot.database.write(work)


async def registered(bot: Running, office: Secretariat, phone: Phone) -> int:
    """A Center of theirs, they as a delegate of it, and a deputy who was told."""
    center = await center_of(bot)
    lead = await office.people.person("Lead")
    await leads(bot, lead, center)
    summary_of = await link_into(bot, center, label=WORDS["label"])
    await joined(phone, summary_of, ANSWERS)
    await says(lead, "has joined")
    other = await center_of(bot, "Center B")
    await leads(bot, phone, other)

    async def registered_by(tx: Transaction) -> None:
        conn = tx._conn
        await conn.execute("UPDATE centers SET registered_by = ? WHERE id = ?", (NUMBER, center))

    await bot.database.write(registered_by)
    await leads(bot, phone, center, Role.DEPUTY)
    asker = await office.people.person("Asker")
    menu = await asker.ask("/start")
    await asker.press(menu, f"join:{other}", forged=True)
    await asker.reply_after(menu["message_id"])
    summary = await answer_all(asker)
    await press(asker, summary, "Send")
    card = await says(phone, "Wants to join a Center")
    await press(phone, card, "Approve")
    await says(asker, "You are a delegate of “Center B” now.")
    await bot.database.write(
        lambda tx: handovers.offer(
            tx, other,
            from_person=NUMBER, to_person=asker.id, becomes_deputy=True, by=NUMBER, now=bot.now_us(),
            expires_at=bot.now_us() + 1_000_000_000,
        )
    )  # fmt: skip
    return center


async def answer_all(phone: Phone) -> Json:
    asked: Json = {}
    for text in {**ANSWERS, "given_name": "Given B", "family_name": "Family B", "title": "-", "function": "Clerk",
                 "email": "b@example.org", "phone": "-"}.values():  # fmt: skip
        asked = await phone.ask(text)
    return asked


async def asks_and_writes(office: Secretariat, phone: Phone) -> None:
    """A question that becomes one for everyone, a letter, and a word on an answer."""
    await phone.ask(WORDS["question"])
    copy = await says(office.group, WORDS["question"])
    mine = await answer(office, copy, "Only for balloons.")
    await says(phone, "Only for balloons.")
    note = await office.group.ask("/learn", reply_to_message_id=mine["message_id"])
    card = await says(office.group, "Draft of an answer for everyone")
    assert note["message_id"] <= card["message_id"]
    await press(office.group, card, "Publish")
    await says(office.group, "from now on, whoever asks")
    menu = await phone.ask("/start")
    await phone.press(menu, "desk:write", forged=True)
    await phone.reply_after(menu["message_id"])
    await phone.ask(WORDS["letter"])
    await says(office.group, WORDS["letter"])
    for _ in range(12):
        asked = await phone.ask("What is the AGM?")
        rated = next((data for data in buttons(asked).values() if data.startswith("helpful:no")), None)
        if rated:
            await phone.press(asked, rated)
            return
    raise AssertionError("Nobody was asked whether an answer helped.")


async def works_for_the_secretariat(office: Secretariat, phone: Phone) -> None:
    """They are a member, take somebody's question, and write an answer for everyone."""
    joins = await phone.start(await invited(office.owner))
    await phone.reply_after(joins["message_id"])
    await office.people.post(f"/groups/{office.group.chat_id}/members", {"person_id": phone.id})
    inside = phone.within(office.group.chat_id)
    stranger = await office.people.person("Stranger")
    await stranger.ask("How many steps does the tower of the office have?")
    copy = await says(office.group, "How many steps")
    card = await says(office.group, "Stranger")
    await inside.press(card, with_label(card, "Take")[1])
    await inside.write("Three hundred.", message_thread_id=copy["message_thread_id"])
    await says(stranger, "Three hundred.")
    await inside.ask("/bind")


async def leaves_things_unfinished(bot: Running, phone: Phone, center: int) -> None:
    """A form that rests, and the name of a Center that is sought; what cannot be handled is set aside."""
    menu = await phone.ask("/register")
    del menu, center
    record = await record_of(bot, phone)
    assert record is not None

    async def put_aside(tx: Transaction) -> None:
        payload = json.dumps({"update_id": 5, "message": {"from": {"id": NUMBER}, "text": WORDS["letter"]}})
        await tx._conn.execute(
            "INSERT INTO inbox (update_id, lane, payload, state, received_at) VALUES (?, ?, ?, 'set_aside', 0)",
            (7_000_001, NUMBER, payload),
        )
        for statement in (
            "INSERT INTO floods VALUES (:id, :id, 'message', 0, 0, 1, 0, 0, 0)",
            "INSERT INTO searches (person_id, words, searched_at) VALUES (:id, :words, 0)",
            "INSERT INTO imports VALUES (1, :id, 'done', 'x', :words, '[]', NULL, NULL, 0, 0, 0)",
        ):
            await tx._conn.execute(statement, {"id": NUMBER, "words": WORDS["letter"]})
        await tx._conn.execute(
            "INSERT INTO answers_awaited (person_id, what, about, since) VALUES (?, 'center', 0, ?)",
            (NUMBER, bot.now_us()),
        )
        await tx._conn.execute("UPDATE secretariat_group SET bound_by = ?", (NUMBER,))

    listing = await phone.ask("/people")
    await phone.press(listing, f"card:d{record.id}", forged=True)
    held = await phone.ask("/me")
    await press(phone, held, "Change my details")
    summary = await says(phone, "Changing my details")
    await press(phone, summary, "Function")
    await says(phone, "So far: ")
    await phone.ask(WORDS["draft"])
    opened_ = await phone.start("learned_1")
    learned = await phone.reply_after(opened_["message_id"])
    await press(phone, learned, "Change the answer")
    await says(phone, "/cancel leaves it as it is.")
    await phone.ask("Only for balloons, on Sundays.")
    await press(phone, learned, "Change the answer")
    await bot.database.write(put_aside)


async def test_what_the_group_was_sent_is_replaced(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    phone = await people.person("Delegate A")
    await phone.ask("Is there a lake near the office, please?")
    copy = await says(office.group, "Is there a lake near the office")
    menu = await phone.ask("/start")
    await phone.press(menu, "desk:write", forged=True)
    await phone.reply_after(menu["message_id"])
    await people.document(phone, caption="Look at this")
    picture = await says(office.group, "Look at this")
    await erased(phone)

    async def gone() -> bool:
        seen = {one["message_id"]: one for one in await office.group.messages()}
        replaced = "Erased: whoever this was about" in seen[copy["message_id"]].get("text", "")
        now = seen.get(picture["message_id"])
        return replaced and (now is None or bool(now.get("deleted")))

    await until(gone)
    assert not any("Delegate A" in one.get("text", "") for one in await office.group.messages() if _by_bot(one))


@pytest.mark.parametrize("is_forum", [True, False])
async def test_a_letter_to_somebody_who_was_erased_is_told_to_go_to_nobody(
    bot: Running, people: People, *, is_forum: bool
) -> None:
    office = await secretariat(bot, people, is_forum=is_forum)
    phone = await people.person("Delegate A")
    await phone.ask("Is there a lake near the office, please?")
    copy = await says(office.group, "Is there a lake near the office")
    await erased(phone)
    await until(lambda: _is_replaced(office, copy))
    await answer(office, copy, "// What was it?")
    sent = await answer(office, copy, "Yes, there is.")
    told = await says(office.group, "Nobody gets this: whoever it is for was erased", after=sent["message_id"])
    assert told["reply_to_message"]["message_id"] == sent["message_id"]
    assert sum("Nobody gets this" in text for text in await office.group.from_bot()) == 1


async def _is_replaced(office: Secretariat, copy: Json) -> bool:
    return "Erased: whoever this was about" in (await office.group.now(copy)).get("text", "")


def _by_bot(message: Json) -> bool:
    return bool(message["from"]["is_bot"]) and not message.get("deleted")


async def test_an_old_button_erases_nothing(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    held = await phone.ask("/me")
    await press(phone, held, "Erase everything")
    await press(phone, held, "Go on")
    late = await shown(phone, lambda one: "This cannot be undone." in one.get("text", ""))
    data = with_label(late, "Erase everything now")[1]
    clock.advance(16 * 60)
    toast = await phone.press(late, data)
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    await phone.press(late, f"me:erase:now:{bot.now_us() // SECOND_US + 900}", forged=True)
    assert not any("is erased" in text for text in await phone.from_bot())
    anew = await shown(phone, lambda one: one["message_id"] == late["message_id"] and data not in buttons(one).values())
    await phone.press(anew, with_label(anew, "Erase everything now")[1], forged=True)  # it is written anew again
    await says(phone, "Everything about you is erased.")


async def test_a_stranger_can_be_erased_too_and_begin_anew(bot: Running, people: People) -> None:
    phone = await people.person("Tele")
    await erased(phone)
    held = await phone.ask("/me")
    assert "You are not registered as a delegate or a guest." in held["text"]
    assert "Besides" not in held["text"]


async def test_a_center_that_loses_its_focal_point_is_told_of(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    center, lead = await center_of(bot), await people.person("Lead")
    await leads(bot, lead, center)
    await erased(lead)
    await says(office.group, "“Center A” has no focal point any more: whoever it was has left.")
    assert labels(await opened(lead, "join")) == ["I belong to no Center"]


async def test_an_owner_is_told_what_stands_in_the_settings(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    held = await office.owner.ask("/me")
    await press(office.owner, held, "Erase everything")
    await shown(office.owner, lambda one: "You are an owner of this bot" in one.get("text", ""))
