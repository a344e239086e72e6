"""The alarm when somebody waits for the Secretariat for too long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.runtime.clock import MovableClock
from bot.settings import DeskPart
from storage import outbox
from tests.chat import People, Phone, buttons, until
from tests.conftest import TOKEN, StartBot
from tests.desk import asked_at, bound, running, says, secretariat

HOUR_S = 3600
OFFICE = DeskPart(alarm_after_hours=8)


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
        phone, _ = await asked_at(office)
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
        await asked_at(office, "First question", "Delegate A")
        clock.advance(HOUR_S)
        await asked_at(office, "Second question", "Delegate B")
        clock.advance(4 * HOUR_S)
        await asked_at(office, "Third question", "Delegate C")
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
        phone, copy = await asked_at(office)
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
        phone, _ = await asked_at(office)
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
