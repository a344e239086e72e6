"""Conversations after which every table that names people has something of one person."""

from __future__ import annotations

import json
from datetime import date

from bot.app import Running
from bot.conferences import changes
from bot.members.roles import Role
from storage import conferences, handovers
from storage.records.conferences import ConferenceDetails
from storage.records.participations import ParticipationDetails
from storage.session import Transaction
from tests.chat import Phone, buttons
from tests.delegates import center_of, joined, leads, link_into, press, record_of
from tests.desk import Secretariat, answer, invited, says, with_label
from tests.erasing import ANSWERS, NUMBER, WORDS, answer_all


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


async def leaves_things_unfinished(bot: Running, phone: Phone) -> None:
    """A form that rests, and the name of a Center that is sought; what cannot be handled is set aside."""
    await phone.ask("/register")
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
        for chat_id, what, details in ((NUMBER, "center", None), (-7_000_001, "remark", WORDS["letter"])):
            await tx._conn.execute(
                "INSERT INTO answers_awaited (person_id, chat_id, what, about, details, since) "
                "VALUES (?, ?, ?, 0, ?, ?)",
                (NUMBER, chat_id, what, details, bot.now_us()),
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
