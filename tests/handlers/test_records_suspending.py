"""The Secretariat suspends a Center or a person, with a reason or without, and ends that again."""

from __future__ import annotations

from bot.app import Running
from storage import audit
from storage.records.members import CenterState, DelegateState
from tests.chat import People, Phone, met
from tests.desk import Secretariat, owner_of, says
from tests.records import acts, becomes, card_of, center, center_now, lead, person, person_now, press


async def test_a_suspended_center_is_told_why_and_takes_no_part(bot: Running, people: People, owner: Phone) -> None:
    number, focal = await center(bot), await met(people, "Focal A")
    await lead(bot, focal, number)
    card = await card_of(owner, f"c{number}")
    await press(owner, card, "Suspend")
    question = await says(owner, "Suspend Center A?")
    assert "Its focal point and deputies read it." in question["text"]
    done = await owner.ask("The mandate <has> ended.")
    assert done["text"] == "Center A is suspended. I will tell 1 person."
    told = await says(focal, "The Secretariat has suspended Center A.")
    assert "The reason: “The mandate <has> ended.”" in told["text"]
    assert (await center_now(bot, number)).state == CenterState.SUSPENDED
    assert "There is no Center in the directory yet." in (await focal.ask("/directory"))["text"]
    await press(owner, done, "Show the record")
    card = await becomes(owner, done, "Status: suspended")
    await press(owner, card, "End the suspension")
    await becomes(owner, done, "Status: approved")
    await says(focal, "Center A is no longer suspended")
    assert [act for _, act in await acts(bot, f"center:{number}")] == ["center.lift", "center.suspend"]
    assert "mandate" not in str(await audit.latest(bot.database.reader)), "reasons are not in the log"


async def test_a_suspended_person_is_told(bot: Running, people: People, owner: Phone) -> None:
    phone = await met(people, "Delegate A")
    number = await person(bot, await center(bot), writes=phone)
    card = await card_of(owner, f"d{number}")
    await press(owner, card, "Suspend")
    question = await says(owner, "Suspend Major Given Family?")
    await press(owner, question, "Suspend without a reason")
    await becomes(owner, question, "Status: suspended")
    told = await says(phone, "The Secretariat has suspended your registration.")
    assert "The reason" not in told["text"]
    assert (await person_now(bot, number)).state == DelegateState.SUSPENDED
    # What is written next is an ordinary message.
    assert "suspended" not in (await owner.ask("What is the AGM?"))["text"]


async def test_two_who_suspend_at_the_same_time_do_it_once(bot: Running, people: People, owner: Phone) -> None:
    number, second = await center(bot), await owner_of(people, 502)
    first, other = await card_of(owner, f"c{number}"), await card_of(second, f"c{number}")
    await owner.press(first, f"curate:bare:c{number}", forged=True)
    answered = await second.press(other, f"curate:bare:c{number}", forged=True)
    assert answered["text"] == "This has changed meanwhile. You see how it stands now."
    await becomes(second, other, "Status: suspended")
    assert len(await acts(bot, f"center:{number}")) == 1


async def test_a_reason_that_is_too_long_is_asked_for_again(bot: Running, owner: Phone) -> None:
    number = await center(bot)
    card = await card_of(owner, f"c{number}")
    await press(owner, card, "Suspend")
    assert "Nobody leads it, so nobody is told." in (await says(owner, "Suspend Center A?"))["text"]
    assert "at most 1,000 characters" in (await owner.ask("x" * 1001))["text"]
    assert (await center_now(bot, number)).state == CenterState.APPROVED
    assert "is suspended. Nobody could be told." in (await owner.ask("Now"))["text"]


async def test_a_reason_is_a_reply_in_the_group(bot: Running, people: People, office: Secretariat) -> None:
    number = await center(bot)
    card = await card_of(office.group, f"c{number}")
    await press(office.group, card, "Suspend")
    question = await says(office.group, "Reply to this message with the reason.")
    await office.group.write("Just talking.")
    await office.group.write("// no", reply_to_message_id=question["message_id"])
    assert (await center_now(bot, number)).state == CenterState.APPROVED
    await office.group.write("Because.", reply_to_message_id=question["message_id"])
    await says(office.group, "Center A is suspended.")
