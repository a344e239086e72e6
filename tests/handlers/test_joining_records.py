"""Whoever joins by a link and has a record already, replaces somebody, or moves from another Center."""

from __future__ import annotations

from bot.app import Running
from bot.members import delegates as written
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from bot.members.roles import Role
from storage import delegates, roles
from storage.records.members import DelegateDetails, DelegateState
from storage.session import Transaction
from tests.chat import People
from tests.delegates import ANSWERS, center_of, joined, leads, link_into, opened, press, record_of
from tests.desk import says


async def test_a_link_for_a_record_joins_the_two(bot: Running, people: People) -> None:
    center = await center_of(bot)
    number = await read_in(bot, center)
    phone = await people.person("Tele")
    offer = await opened(phone, await link_into(bot, center, delegate=number))
    await press(phone, offer, "Join")
    asked = await phone.reply_after(offer["message_id"])
    assert "Do you agree that the association keeps this" in asked["text"], "the rest is known"
    await phone.ask("yes")
    summary = await phone.ask("no")
    assert "Family name: Listed" in summary["text"]
    await press(phone, summary, "Join")
    await says(phone, "You are a delegate of “Center A” now.")
    record = await record_of(bot, phone)
    assert record is not None
    assert (record.id, record.state, record.privacy_version) == (number, DelegateState.ACTIVE, PRIVACY_NOTICE_VERSION)


async def test_two_records_of_one_person_become_one(bot: Running, people: People) -> None:
    first, second = await center_of(bot), await center_of(bot, "Center B")
    phone = await people.person()
    await joined(phone, await link_into(bot, first))
    number = await read_in(bot, second)
    offer = await opened(phone, await link_into(bot, second, delegate=number))
    assert "You are a delegate of “Center A” now. If you join, you leave it." in offer["text"]
    await press(phone, offer, "Join")
    await phone.reply_after(offer["message_id"])
    await phone.ask("yes")
    summary = await phone.ask("no")
    await press(phone, summary, "Join")
    await says(phone, "You have left “Center A”.")
    record, merged = await record_of(bot, phone), await delegates.by_id(bot.database.reader, number)
    assert record is not None
    assert merged is not None
    assert (record.center, merged.state, merged.merged_into) == (second, DelegateState.MERGED, record.id)


async def read_in(bot: Running, center: int) -> int:
    """A record of somebody who has never written to the bot."""
    details = DelegateDetails(
        "Given L", "Listed", function="Instructor", email="listed@example.org", nationality="CH", languages=("en",),
        time_zone="Europe/Zurich",
    )  # fmt: skip

    async def work(tx: Transaction) -> int:
        return await written.add(
            tx, details, person_id=None, center=center, state=DelegateState.ACTIVE, now=bot.now_us()
        )

    return await bot.database.write(work)


async def test_a_delegate_is_replaced_by_another(bot: Running, people: People) -> None:
    center = await center_of(bot)
    lead, former, phone = await people.person("Lead"), await people.person("Former"), await people.person("New")
    await leads(bot, lead, center)
    await joined(former, await link_into(bot, center), {**ANSWERS, "family_name": "Former"})
    await leads(bot, former, center, Role.DEPUTY)
    record = await record_of(bot, former)
    assert record is not None
    payload = await link_into(bot, center, delegate=record.id, replaces=True)
    offer = await opened(phone, payload)
    assert "You take the place of another delegate, who is told." in offer["text"]
    await joined(phone, payload)
    told = await says(lead, "in the place of")
    assert told["text"] == ("Major Given A Family A has joined “Center A” in the place of Major Given A Former.")
    await says(former, "Somebody else has your place as a delegate of “Center A” now.")
    after = await delegates.by_id(bot.database.reader, record.id)
    assert after is not None
    assert (after.state, after.center) == (DelegateState.LEFT, None)
    assert not await roles.has(bot.database.reader, former.id, Role.DEPUTY, str(center))


async def test_moving_by_a_link_tells_both_centers(bot: Running, people: People) -> None:
    first, second = await center_of(bot), await center_of(bot, "Center B")
    lead, other, phone = await people.person("Lead"), await people.person("Other"), await people.person()
    await leads(bot, lead, first)
    await leads(bot, other, second)
    await joined(phone, await link_into(bot, first))
    offer = await opened(phone, await link_into(bot, second))
    await press(phone, offer, "Join")
    asked = await phone.reply_after(offer["message_id"])
    assert "Do you agree" in asked["text"], "what was registered is known"
    await phone.ask("yes")
    summary = await phone.ask("no")
    await press(phone, summary, "Join")
    await says(other, "has joined “Center B” as a delegate.")
    await says(lead, "has left “Center A”.")
