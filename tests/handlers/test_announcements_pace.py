"""An announcement keeps Telegram's pace, and holds up nobody else: neither as it runs nor when it is told to wait."""

from __future__ import annotations

from bot.runtime.clock import MovableClock
from bot.settings import Delivery
from storage import announcements
from storage.records.announcements import AnnouncementState, Outcome
from tests.announcements import announced, is_settled, sent, state_of
from tests.chat import People, met, until
from tests.conftest import StartBot
from tests.desk import opened, says

SLOW = Delivery(per_second=1, private_per_second=1000)


async def test_what_is_paid_for_goes_faster(start_bot: StartBot, people: People) -> None:
    async with start_bot(delivery=Delivery(per_second=1000, private_per_second=1000)) as bot:
        phones = [await met(people, f"Delegate {number}") for number in range(40)]
    await people.post("/limits", {"overall_per_s": 1})
    async with start_bot(delivery=SLOW) as bot:
        number = await sent(bot, "Paid for", is_paid=True)
        # At the ordinary pace, it would take longer than anything may.
        assert await state_of(bot, number, AnnouncementState.ENDED)
    assert [len(await announced(phone, "Paid for")) for phone in phones] == [1] * len(phones)
    assert {call["status"] for call in await people.calls("sendMessage")} == {200}


async def test_told_to_wait_it_holds_up_no_reply(start_bot: StartBot, people: People, clock: MovableClock) -> None:
    async with start_bot() as bot:
        phones = [await met(people, f"Delegate {number}") for number in range(6)]
        refusing = [
            await people.fault("429", method="sendMessage", chat_id=phone.id, times=1, retry_after=3600)
            for phone in phones[:4]
        ]
        number = await sent(bot, "To all")

        async def refused() -> bool:
            return len([call for call in await people.calls("sendMessage") if call["status"] == 429]) >= 3

        await until(refused)
        assert "UNIGO" in (await opened(phones[5]))["text"]
        assert (await announcements.tally(bot.database.reader, number)).left > 0
        for fault in refusing:
            await people.delete(f"/faults/{fault}")
        clock.advance(3_601)
        await is_settled(bot, number)
        tally = await announcements.tally(bot.database.reader, number)
        assert tally.by_outcome == {Outcome.SENT: len(phones)}
        assert [len(await announced(phone, "To all")) for phone in phones] == [1] * len(phones)


async def test_at_telegrams_limits_it_earns_no_429(start_bot: StartBot, people: People) -> None:
    async with start_bot() as bot:
        phones = [await met(people, f"Delegate {number}") for number in range(75)]
    await people.post("/limits", {"overall_per_s": 30, "chat_per_s": 1})
    async with start_bot(delivery=Delivery()) as bot:
        number = await sent(bot, "Within the limits")
        await says(phones[-1], "Within the limits")
        await state_of(bot, number, AnnouncementState.ENDED)
    assert 429 not in {call["status"] for call in await people.calls("sendMessage")}
