"""What others were shown of somebody, have begun about them or wrote, when they have everything about them erased."""

from __future__ import annotations

import json
from datetime import date
from functools import partial

import pytest

from bot.app import Running
from storage import conferences
from storage.records.conferences import ConferenceDetails
from storage.session import Transaction
from tests.chat import Json, People, Phone, until
from tests.delegates import center_of, joined, leads, link_into, press, record_of
from tests.desk import OWNER, Secretariat, answer, says, secretariat
from tests.erasing import ANSWERS, WORDS, answer_all, erased, whole
from tests.records import becomes


async def test_what_has_shown_the_record_is_replaced(bot: Running, people: People) -> None:
    """In the Secretariat's group and with whoever looked at it, also where it shows something else by now."""
    office = await secretariat(bot, people)
    center, phone, lead = await center_of(bot), await people.person("Tele"), await people.person("Lead")
    await leads(bot, lead, center)
    await joined(phone, await link_into(bot, center), ANSWERS)
    record = await record_of(bot, phone)
    assert record is not None
    key, group, owner = f"d{record.id}", office.group, office.owner
    seen: list[tuple[Phone, Json]] = []
    for reader, then, says_then in (
        (group, "", ""), (group, f"past:{key}:0", "History"), (owner, f"merge:begin:{key}", "Merge "),
    ):  # fmt: skip
        listing = await reader.ask("/people")
        await reader.press(listing, f"card:{key}", forged=True)
        await becomes(reader, listing, WORDS["e-mail"])
        if then:
            await reader.press(listing, then, forged=True)
            await becomes(reader, listing, says_then)
        seen.append((reader, listing))
    await group.press(seen[0][1], f"curate:suspend:{key}", forged=True)
    seen.append((group, await says(group, "They take no part then")))
    link = await owner.start(f"record_{key}")
    seen.append((owner, await owner.reply_after(link["message_id"])))
    panel = await lead.ask("/center")
    await lead.press(panel, f"center:person:{center}:{record.id}", forged=True)
    seen.append((lead, await becomes(lead, panel, WORDS["e-mail"])))
    await erased(phone)
    for reader, message in seen:
        await becomes(reader, message, "Erased: whoever this was about")
    for reader in (group, owner, lead):
        assert not [one for one in await reader.messages() if WORDS["e-mail"] in one.get("text", "")]


async def test_a_form_in_which_others_change_the_record_ends(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    center, phone = await center_of(bot), await people.person("Tele")
    await joined(phone, await link_into(bot, center), ANSWERS)
    record = await record_of(bot, phone)
    assert record is not None
    listing = await office.owner.ask("/people")
    await office.owner.press(listing, f"curate:edit:d{record.id}", forged=True)
    summary = await says(office.owner, "You change ")
    await press(office.owner, summary, "Function")
    await says(office.owner, "What is to stand under")
    await erased(phone)
    told = await says(office.owner, "Erased: whoever this was about", after=summary["message_id"])
    await becomes(office.owner, summary, "Erased: whoever this was about")
    await until(partial(nothing_waits, bot))
    left = (await whole(bot)).with_any(WORDS["e-mail"], WORDS["family name"])
    assert left == set()
    assert not (await whole(bot)).rows["drafts"]
    await office.owner.press(summary, "form:summary", forged=True)
    assert "Function" not in (await office.owner.now(told))["text"]


async def nothing_waits(bot: Running) -> bool:
    return not [row for row in (await whole(bot)).rows["outbox"] if row["state"] == "queued"]


@pytest.mark.parametrize("ask", ["suspend", "write", "merge"])
async def test_words_about_somebody_who_is_gone_say_so(bot: Running, people: People, ask: str) -> None:
    office = await secretariat(bot, people)
    center, phone = await center_of(bot), await people.person("Tele")
    await joined(phone, await link_into(bot, center), ANSWERS)
    record = await record_of(bot, phone)
    assert record is not None
    listing = await office.owner.ask("/people")
    data = f"merge:search:d{record.id}" if ask == "merge" else f"curate:{ask}:d{record.id}"
    await office.owner.press(listing, data, forged=True)
    question = await office.owner.reply_after(listing["message_id"])
    await erased(phone)
    await becomes(office.owner, question, "Erased: whoever this was about")
    told = await office.owner.ask("These are my words.")
    assert told["text"].startswith("Nothing was done with what you wrote: the record that it was about is gone")
    assert "Nothing was done" not in (await office.owner.ask("What is the AGM?"))["text"]


async def test_a_reason_for_a_request_of_somebody_who_is_gone_says_so(bot: Running, people: People) -> None:
    center, phone, lead = await center_of(bot), await people.person("Tele"), await people.person("Lead")
    await leads(bot, lead, center)
    menu = await phone.ask("/start")
    await phone.press(menu, f"join:{center}", forged=True)
    await phone.reply_after(menu["message_id"])
    await press(phone, await answer_all(phone), "Send")
    card = await says(lead, "Wants to join a Center")
    await press(lead, card, "Decline")
    await says(lead, "reason")
    await erased(phone)
    await becomes(lead, card, "Erased: whoever this was about")
    assert "Nothing was done with what you wrote" in (await lead.ask("Not from here."))["text"]


@pytest.mark.parametrize("is_discarded", [False, True])
async def test_a_draft_made_of_their_question_goes_with_them(
    bot: Running, people: People, *, is_discarded: bool
) -> None:
    """One that is begun in /gaps; of one that was discarded, nothing is left in the audit log."""
    office = await secretariat(bot, people)
    phone = await people.person("Tele")
    await phone.ask(WORDS["question"])
    await says(office.group, WORDS["question"])
    number = (await whole(bot)).rows["open_questions"][0]["id"]
    gaps = await office.member.ask("/gaps")
    await office.member.press(gaps, f"learn:write:q:{number}", forged=True)
    await until(partial(_drafted, bot))
    if is_discarded:
        await office.member.press(gaps, f"learn:discard:{(await _drafted(bot))[0]['id']}", forged=True)
    await erased(phone)
    await until(partial(nothing_waits, bot))
    assert (await whole(bot)).with_any(WORDS["question"]) == set()
    assert await _drafted(bot) == []


async def _drafted(bot: Running) -> list[dict[str, object]]:
    return (await whole(bot)).rows["learned_answers"]


async def test_what_others_sent_stays_where_only_digits_are_alike(bot: Running, people: People) -> None:
    phone, other = await people.person("Tele", id=95801), 700_001
    await phone.ask("/start")
    of_other = {"from": {"id": other}, "date": 1_795_801_000, "text": "Room 1958011"}
    with_them = {"from": {"id": other}, "date": 1_700_000_000, "reply_to_message": {"from": {"id": 95801}}}

    async def put_aside(tx: Transaction) -> None:
        for number, message in enumerate((of_other, with_them)):
            payload = json.dumps({"update_id": 10 + number, "message": message})
            await tx._conn.execute(
                "INSERT INTO inbox (update_id, lane, payload, state, received_at) VALUES (?, ?, ?, 'set_aside', 0)",
                (8_000_000 + number, other, payload),
            )

    await bot.database.write(put_aside)
    await erased(phone)
    rows = [row for row in (await whole(bot)).rows["inbox"] if row["update_id"] in {8_000_000, 8_000_001}]
    assert [(row["state"], bool(row["payload"])) for row in rows] == [("set_aside", True), ("done", False)]


async def test_what_they_answered_to_a_conference_is_counted_as_it_was(bot: Running, people: People) -> None:
    center, phone = await center_of(bot), await people.person("Tele")
    await joined(phone, await link_into(bot, center), ANSWERS)
    record = await record_of(bot, phone)
    assert record is not None

    async def work(tx: Transaction) -> None:
        states = (("declined", None, 0), ("withdrawn", 7, 0), ("waiting", None, 1), ("offered", 9, 1))
        for year, (state, offer_ends_at, was_online) in enumerate(states, start=2101):
            days = ConferenceDetails("CH", date(year, 3, 1), date(year, 3, 5), "Europe/Zurich")
            number = await conferences.add(tx, days, by=OWNER, now=1)
            statement = (
                "INSERT INTO participations (conference, delegate, state, answered_at, changed_at, queued_at, "
                "offer_ends_at, asked_at, was_online) VALUES (?, ?, ?, 1, 1, 1, ?, 1, ?)"
            )
            await tx._conn.execute(statement, (number, record.id, state, offer_ends_at, was_online))

    await bot.database.write(work)
    await erased(phone)
    rows = (await whole(bot)).rows["participations"]
    assert [(row["state"], row["offer_ends_at"]) for row in rows] == [
        ("declined", None), ("withdrawn", 7), ("withdrawn", None), ("withdrawn", None),
    ]  # fmt: skip
    assert {(row["asked"], row["asked_at"], row["was_online"], row["edition"]) for row in rows} == {(None, None, 0, 1)}


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
