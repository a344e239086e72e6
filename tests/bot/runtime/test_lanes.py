"""Lanes: order within a chat, chats side by side, and a person no faster than replies reach them."""

from __future__ import annotations

from bot.runtime.lanes import COUNT_AGAIN_S, COUNT_REPLIES_EVERY, REPLIES_AT_MOST
from bot.runtime.waiting import LANE_WINDOW, WINDOW
from storage import inbox, outbox
from storage.records import MessageClass
from storage.session import Transaction
from tests.chat import until
from tests.lanes import GROUP, Clerk, Office, Open


async def test_a_chat_is_handled_in_order(office: Office) -> None:
    texts = [f"text {number}" for number in range(60)]
    await office.give(*texts[:30], lane=GROUP)
    await office.give(*texts[30:], lane=GROUP)
    await office.until_said(*texts, lane=GROUP)
    assert office.answers == texts
    assert (await inbox.backlog(office.database.reader)).waiting == 0


async def test_a_slow_chat_holds_up_itself_and_no_other(office: Office, clerk: Clerk) -> None:
    await office.give("slow", "after it")
    await until(lambda: "slow" in clerk.begun)
    for lane in range(2, 12):
        await office.give("quick", lane=lane)
    for lane in range(2, 12):
        await office.until_said("quick", lane=lane)
    assert await office.said() == []
    clerk.gates["slow"].set()
    await office.until_said("slow", "after it")


async def test_slow_work_of_many_chats_goes_on_at_once(office: Office, clerk: Clerk) -> None:
    for lane in range(1, 21):
        await office.give("slow", lane=lane)
    await until(lambda: clerk.begun.count("slow") == 20)
    clerk.gates["slow"].set()
    for lane in range(1, 21):
        await office.until_said("slow", lane=lane)


async def test_stopping_ends_what_is_under_way_and_leaves_the_rest(open_office: Open, clerk: Clerk) -> None:
    async with open_office() as office:
        await office.give("slow", "after it")
        await until(lambda: "slow" in clerk.begun)
        office.lanes.stop()
        clerk.gates["slow"].set()
    assert await office.said() == ["slow"]
    async with open_office() as again:
        await again.until_said("slow", "after it")
    assert clerk.begun == ["slow", "after it"]


async def test_more_updates_than_are_held_in_memory_are_all_handled(office: Office) -> None:
    texts = [f"text {number}" for number in range(1_100)]
    await office.give(*texts, lane=GROUP)
    await until(lambda: len(office.answers) == len(texts))
    assert await office.said(GROUP) == texts


async def test_a_lane_in_which_much_waits_leaves_room_for_others(office: Office, clerk: Clerk) -> None:
    texts = [f"text {number}" for number in range(3 * WINDOW)]
    await office.give("slow", *texts, lane=GROUP)
    await until(lambda: "slow" in clerk.begun)
    for lane in range(2, 52):
        await office.give("quick", lane=lane)
    for lane in range(2, 52):
        await office.until_said("quick", lane=lane)
    assert await office.said(GROUP) == []
    clerk.gates["slow"].set()
    await until(lambda: len(office.answers) == len(texts) + 51)
    assert await office.said(GROUP) == ["slow", *texts]


async def test_what_comes_while_a_lane_works_off_what_waits_keeps_its_place(office: Office, clerk: Clerk) -> None:
    texts = [f"text {number}" for number in range(10 * LANE_WINDOW)]
    giving = [office.give(*texts[start : start + 7], lane=GROUP) for start in range(0, len(texts), 7)]
    for part in giving:
        await part
    await until(lambda: len(office.answers) == len(texts))
    assert await office.said(GROUP) == texts


async def test_a_person_is_handled_no_faster_than_the_replies_reach_them(office: Office) -> None:
    texts = [f"text {number}" for number in range(4 * REPLIES_AT_MOST)]
    await office.give(*texts)
    bound = REPLIES_AT_MOST + COUNT_REPLIES_EVERY
    await until(lambda: len(office.answers) == bound)
    await office.give("quick", lane=2)
    await office.until_said("quick", lane=2)
    assert await office.said() == texts[:bound]

    async def deliver() -> bool:
        """The oldest reply goes out, and the clock moves on."""
        reader = office.database.reader
        waiting = await outbox.queued(reader, MessageClass.REPLY, after=0, at_most=1)

        async def sent(tx: Transaction) -> None:
            for row in waiting:
                outbox.sent(tx, row.id, row.id, office.clock.now_us())

        await office.database.write(sent)
        office.clock.advance(COUNT_AGAIN_S)
        assert await outbox.replies_to(reader, 1) <= bound
        return len(office.answers) == len(texts) + 1

    await until(deliver)
    assert office.answers == [*texts[:bound], "quick", *texts[bound:]]
