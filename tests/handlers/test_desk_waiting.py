"""Who waits, who takes it, what is closed, and the alarm when somebody waits for too long."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from bot.settings import DeskPart
from storage import audit, desk, outbox
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import TOKEN, StartBot
from tests.desk import Secretariat, bound, labels, running, says, secretariat, shown

HOUR_S = 3600
OFFICE = DeskPart(alarm_after_hours=8)


@pytest.fixture
async def office(bot: Running, people: People) -> Secretariat:
    return await secretariat(bot, people)


async def opened(office: Secretariat, text: str = "What do we need?", name: str = "Delegate A") -> tuple[Phone, Json]:
    phone = await office.people.person(name)
    await phone.ask(f"/ask {text}")
    return phone, await says(office.group, text)


async def card_with(group: Phone, words: str) -> Json:
    return await shown(group, lambda one: "Language:" in one.get("text", "") and words in one["text"])


def data(message: Json, label: str) -> str:
    return buttons(message)[label]


async def test_waiting_lists_who_waits_longest_first(office: Secretariat, clock: MovableClock) -> None:
    assert (await office.member.ask("/waiting"))["text"] == "Nobody waits for an answer."
    await opened(office, "First question", "Delegate A")
    clock.advance(3 * HOUR_S)
    _, copy = await opened(office, "Second question", "Delegate B")
    listing = await office.member.ask("/waiting")
    assert listing["text"] == "2 people wait\n• Delegate A, 3 hours\n• Delegate B, 0 minutes"
    assert list(buttons(listing)) == ["Delegate A", "Delegate B"]
    number = str(office.group.chat_id).removeprefix("-100")
    assert buttons(listing)["Delegate B"] == f"https://t.me/c/{number}/{copy['message_thread_id']}"
    assert (await office.group.ask("/waiting"))["text"] == listing["text"]


async def test_waiting_is_for_the_secretariat(office: Secretariat) -> None:
    stranger = await office.people.person()
    assert (await stranger.ask("/waiting"))["text"] == "This is for the Secretariat only."


async def test_in_a_group_without_links_a_button_shows_the_card_again(bot: Running, people: People) -> None:
    office = await secretariat(bot, people, type="group", is_forum=False)
    await opened(office)
    listing = await office.group.ask("/waiting")
    await office.group.press(listing, data(listing, "Delegate A"))

    async def two_cards() -> bool:
        return len([one for one in await office.group.messages() if "Waiting since" in one.get("text", "")]) == 2

    await until(two_cards)


async def test_take_close_and_reopen_by_button(office: Secretariat) -> None:
    phone, _ = await opened(office)
    card = await card_with(office.group, "Waiting since")
    assert labels(card) == ["Take", "Close"]
    await office.group.press(card, data(card, "Take"))
    card = await card_with(office.group, "Taken by Member A")
    assert labels(card) == ["Take over", "Close"]
    assert "taken by Member A" in (await office.member.ask("/waiting"))["text"]
    await office.group.press(card, data(card, "Close"))
    card = await card_with(office.group, "Closed by Member A")
    assert labels(card) == ["Reopen"]
    await says(phone, "The Secretariat has closed your question without an answer.")
    assert (await office.member.ask("/waiting"))["text"] == "Nobody waits for an answer."
    await office.group.press(card, data(card, "Reopen"))
    await card_with(office.group, "Waiting since")
    acts = [entry.act for entry in await audit.latest(office.bot.database.reader)]
    assert acts[:3] == ["desk.reopen", "desk.close", "desk.take"]


async def test_take_close_and_reopen_by_command(office: Secretariat) -> None:
    phone, copy = await opened(office)
    where = {"message_thread_id": copy["message_thread_id"]}
    await office.group.write("/take", **where)
    await card_with(office.group, "Taken by Member A")
    await office.owner.within(office.group.chat_id).write("/take", **where)
    await card_with(office.group, "Taken by Owner 501")
    await office.group.write("In June.", **where)
    await says(phone, "In June.")
    await office.group.write("/close", **where)
    await card_with(office.group, "Closed by Member A")
    await office.group.write("/close", **where)
    await says(office.group, "There is nothing to change")
    await office.group.write("/reopen", **where)
    await card_with(office.group, "Waiting since")
    assert not [text for text in await phone.from_bot() if "closed" in text], "it was answered before"
    assert (await office.group.ask("/close"))["text"].startswith("Give this command in a person's topic")


async def test_two_who_take_at_the_same_time(office: Secretariat) -> None:
    await opened(office)
    card = await card_with(office.group, "Waiting since")
    owner = office.owner.within(office.group.chat_id)
    answers = await asyncio.gather(*(phone.press(card, data(card, "Take")) for phone in (office.group, owner)))
    assert sorted(answer.get("text", "") for answer in answers) == [
        "",
        "This has changed meanwhile. You see how it stands now.",
    ]
    assert len([one for one in await audit.latest(office.bot.database.reader) if one.act == "desk.take"]) == 1


async def test_two_who_close_at_the_same_time_tell_the_person_once(office: Secretariat) -> None:
    phone, _ = await opened(office)
    card = await card_with(office.group, "Waiting since")
    owner = office.owner.within(office.group.chat_id)
    await asyncio.gather(*(one.press(card, data(card, "Close")) for one in (office.group, owner)))
    await says(phone, "The Secretariat has closed your question")
    await phone.ask("/help")
    assert len([text for text in await phone.from_bot() if "has closed" in text]) == 1


async def test_a_former_member_can_do_nothing_with_old_buttons(office: Secretariat) -> None:
    phone, copy = await opened(office)
    card = await card_with(office.group, "Waiting since")
    listing = await office.owner.ask("/staff")
    await office.owner.press(listing, f"staff:remove:{office.member.id}", forged=True)
    answer = await office.group.press(card, data(card, "Close"))
    assert answer["text"] == "This is for the Secretariat only."
    await office.group.write("/close", message_thread_id=copy["message_thread_id"])
    await says(office.group, "This is for the Secretariat only.")
    thread = await desk.thread_of(office.bot.database.reader, phone.id)
    assert thread is not None
    assert thread.state == "waiting"


async def test_thanks_after_an_answer_can_be_closed_without_a_word(office: Secretariat) -> None:
    phone, copy = await opened(office)
    where = {"message_thread_id": copy["message_thread_id"]}
    await office.group.write("In June.", **where)
    come = await says(phone, "In June.")
    await phone.ask("Many thanks.", reply_to_message_id=come["message_id"])
    await says(office.group, "Many thanks.")
    await office.group.write("/close", **where)
    await card_with(office.group, "Closed by")
    await phone.ask("/help")
    assert not [text for text in await phone.from_bot() if "has closed" in text]


async def test_a_closed_conversation_opens_again_when_its_person_writes(office: Secretariat) -> None:
    phone, _ = await opened(office)
    card = await card_with(office.group, "Waiting since")
    await office.group.press(card, data(card, "Take"))
    await card_with(office.group, "Taken by")
    await office.group.press(card, data(card, "Close"))
    await card_with(office.group, "Closed by")
    await phone.ask("/ask Still here.")
    card = await card_with(office.group, "Waiting since")
    assert "Taken by" not in card["text"]


def next_friday(now: datetime, hour: int) -> datetime:
    """A Friday at this hour, within the days to come."""
    day = now + timedelta(days=(4 - now.weekday()) % 7 + 7)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


async def alarms(group: Phone) -> list[str]:
    return [text for text in await group.from_bot() if "waited too long" in text]


async def test_the_alarm_counts_office_hours_over_a_weekend(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with running(start_bot, OFFICE) as bot:
        office = await secretariat(bot, people)
        friday = next_friday(clock.now(), 15)
        clock.set(friday)
        phone, _ = await opened(office)
        told = await phone.ask("/ask And this?")
        assert told["text"] == "Your message has gone to the Secretariat. It usually answers within 48 hours."
        clock.set(friday + timedelta(days=1))  # two office hours have passed
        told = await phone.ask("/ask And that?")
        assert told["text"].endswith("Its office opens again Monday, 09:00 (UTC).")
        monday_early = friday + timedelta(days=2, hours=17, minutes=30)
        clock.set(monday_early)
        told = await phone.ask("/ask And what else?")
        assert told["text"].endswith("Its office opens today at 09:00 (UTC).")
        clock.set(friday + timedelta(days=2, hours=23))
        monday = datetime.combine((friday + timedelta(days=3)).date(), datetime.min.time(), UTC)
        clock.set(monday + timedelta(hours=14, minutes=58))
        await phone.ask("/help")
        assert await alarms(office.group) == []
        clock.set(monday + timedelta(hours=15, minutes=1))
        alarm = await says(office.group, "1 person has waited too long\n• Delegate A, 3 days")
        assert list(buttons(alarm)) == ["Delegate A"]
        clock.advance(24 * HOUR_S)
        clock.advance(24 * HOUR_S)
        await phone.ask("/help")
        assert len(await alarms(office.group)) == 1, "once in a wait"


async def test_the_alarm_says_how_many_wait_and_names_who_was_not_named_yet(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with running(start_bot, OFFICE) as bot:
        office = await secretariat(bot, people)
        friday = next_friday(clock.now(), 10)
        clock.set(friday)
        await opened(office, "First question", "Delegate A")
        clock.advance(HOUR_S)
        await opened(office, "Second question", "Delegate B")
        clock.advance(4 * HOUR_S)
        await opened(office, "Third question", "Delegate C")
        clock.set(friday + timedelta(days=3, minutes=1))
        first = await says(office.group, "has waited too long")
        assert first["text"] == "1 person has waited too long\n• Delegate A, 3 days\n3 people wait in all: /waiting"
        clock.set(friday + timedelta(days=3, hours=1, minutes=1))
        second = await says(office.group, "have waited too long")
        assert second["text"] == (
            "2 people have waited too long\n• Delegate B, 3 days\n"
            "1 of them was named before.\n3 people wait in all: /waiting"
        )
        assert list(buttons(second)) == ["Delegate B"]
        clock.advance(HOUR_S)
        assert len(await alarms(office.group)) == 2


async def test_the_alarm_waits_for_the_morning_and_rings_anew_for_a_new_wait(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with running(start_bot, OFFICE) as bot:
        office = await secretariat(bot, people)
        friday = next_friday(clock.now(), 9)
        clock.set(friday)
        phone, copy = await opened(office)
    clock.set(friday + timedelta(hours=12))  # the bot was away when the time was over
    async with running(start_bot, OFFICE) as bot:
        clock.advance(60)
        await phone.ask("/help")
        assert await alarms(office.group) == []
        clock.set(friday + timedelta(days=3, minutes=5))
        await says(office.group, "1 person has waited too long")
        await office.group.write("In June.", message_thread_id=copy["message_thread_id"])
        await says(phone, "In June.")
        await phone.ask("/ask And when in June?")
        clock.set(friday + timedelta(days=4, hours=1))

        async def rang_again() -> bool:
            return len(await alarms(office.group)) == 2

        await until(rang_again)


async def test_nobody_is_alarmed_without_a_group_or_a_limit(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with running(start_bot, DeskPart(alarm_after_hours=0, answer_within_hours=0)) as bot:
        office = await secretariat(bot, people)
        clock.set(next_friday(clock.now(), 10))
        phone, _ = await opened(office)
        assert (await phone.messages())[-1]["text"] == "Your message has gone to the Secretariat."
        clock.advance(30 * 24 * HOUR_S)
        await phone.ask("/help")
        assert await alarms(office.group) == []
    async with running(start_bot, OFFICE):
        await office.owner.within(office.group.chat_id).ask("/unbind")
        await phone.ask("/ask And now?")
        clock.advance(30 * 24 * HOUR_S)
        await phone.ask("/help")
        assert await alarms(office.group) == []


async def test_a_group_that_refuses_the_bot_is_noticed(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    """Telegram forgets updates after a day, and with them that the bot was thrown out."""
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
    await people.post(f"/groups/{office.group.chat_id}/remove_bot")
    await forget_updates(people)
    async with running(start_bot) as bot:
        phone = await people.person("Delegate A")
        await phone.ask("/ask Is somebody there?")

        async def refused() -> bool:
            return bool(await outbox.list_failed(bot.database.reader))

        await until(refused)
        clock.advance(60)
        await says(office.owner, "I am no longer in the Secretariat's group")
        group = await bound(people, office.owner, office.member, is_forum=True)
        await says(office.member.within(group), "Is somebody there?")


async def forget_updates(people: People) -> None:
    """Confirm whatever waits, as another program with the bot's token would."""
    url = f"/bot{TOKEN}/getUpdates"
    async with people.session.post(url, json={}) as response:
        waiting = (await response.json())["result"]
    async with people.session.post(url, json={"offset": waiting[-1]["update_id"] + 1}) as response:
        assert (await response.json())["result"] == []
