"""What the Secretariat decides on a registration: once, by those who may, with words that whoever asked reads."""

from __future__ import annotations

import asyncio

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import audit, centers
from storage.records.members import CenterState, RequestState
from tests.centers import approved, card_of, data_of, has_become, press, put, request_now
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import Secretariat, bound, labels, member_of, owner_of, running, says, secretariat, shown

DAY_S = 24 * 3600.0


async def waiting(office: Secretariat, people: People) -> tuple[Phone, Json]:
    """Somebody who has registered Center A, and its card."""
    phone = await people.person("Applicant A")
    await put(office.bot, phone)
    return phone, await card_of(office.group, "Center A")


async def acts(bot: Running) -> list[str]:
    return [entry.act for entry in await audit.latest(bot.database.reader)]


async def test_of_two_who_press_at_the_same_time_one_decides(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    owner = office.owner.within(office.group.chat_id)
    pressed = await asyncio.gather(
        *(by.press(card, "request:approve:1:0", forged=True) for by in (owner, office.group) * 4),
        *(by.press(card, "request:bare:1:0", forged=True) for by in (owner, office.group) * 4),
    )
    won = [one["text"] for one in pressed if "already" not in one["text"]]
    assert len(won) == 1
    late = {one["text"].split(",")[0] for one in pressed if one["show_alert"]}  # who was first is not warned
    verb = "approved" if won == ["Approved. They are told."] else "declined"
    assert late <= {f"Owner 501 has {verb} this already", f"Member A has {verb} this already"}
    assert len(late) == 1
    await until(lambda: _told_once(phone))
    assert len([act for act in await acts(office.bot) if act in {"center.approved", "center.declined"}]) == 1


async def _told_once(phone: Phone) -> bool:
    news = [text for text in await phone.from_bot() if "is approved" in text or "has declined" in text]
    assert len(news) <= 1
    return len(news) == 1


FORGED = (
    "request:show:1",
    "request:show:99",
    "request:approve:1:0",
    "request:decline:1:0",
    "request:bare:1:0",
    "request:fields:1:0",
    "request:fields:1:0:1",
    "request:correct:1:0:1",
    "request:remark:1:0:1",
    "request:stop:1",
    "pending:all:0",
    "mine:show:1",
    "mine:change:1",
    "mine:fix:1",
    "mine:ask:1",
    "mine:withdraw:1",
)


async def test_forged_presses_are_refused_and_noted(office: Secretariat, people: People) -> None:
    phone, _card = await waiting(office, people)
    stranger = await people.person("Stranger")
    menu = await stranger.ask("/start")
    for data in FORGED:
        answer = await stranger.press(menu, data, forged=True)
        assert answer["show_alert"] is True, data
    entries = await audit.latest(office.bot.database.reader)
    refused = [(one.actor_id, one.object) for one in entries if one.act == "refused"]
    assert len(refused) == len(FORGED)
    assert {actor for actor, _ in refused} == {stranger.id}
    assert {what for _, what in refused} == {"request:1", "request:99", "pending"}
    assert len(await stranger.from_bot()) == 1, "nothing is shown to them"
    mine = await phone.press(await phone.ask("/start"), "request:approve:1:0", forged=True)
    assert mine["show_alert"] is True, "nobody approves themselves"


async def test_a_former_member_decides_nothing(office: Secretariat, people: People) -> None:
    _phone, card = await waiting(office, people)
    await press(office.group, card, "Decline")
    prompt = await says(office.group, "Decline “🇨🇭 Center A”?")
    listing = await office.owner.ask("/staff")
    await office.owner.press(listing, f"staff:remove:{office.member.id}", forged=True)
    await office.group.write("Not ours.", reply_to_message_id=prompt["message_id"])
    answer = await press(office.group, card, "Approve")
    assert answer["show_alert"] is True
    [center] = await centers.of_person(office.bot.database.reader, _phone.id)
    assert center.state == CenterState.PENDING


# --- Declined


async def test_a_reason_is_the_reply_to_the_question(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    await press(office.group, card, "Decline")
    prompt = await says(office.group, "Decline “🇨🇭 Center A”?")
    assert prompt["reply_to_message"]["message_id"] == card["message_id"]
    assert "Reply to this message with the reason. Applicant A reads it." in prompt["text"]
    owner = office.owner.within(office.group.chat_id)
    others = await owner.ask("By somebody else.", reply_to_message_id=prompt["message_id"])
    assert "nothing was decided" in others["text"]
    await office.group.write("To the card.", reply_to_message_id=card["message_id"])
    await office.group.write("// among us", reply_to_message_id=prompt["message_id"])
    said = await office.group.ask("No <training> & so on.", reply_to_message_id=prompt["message_id"])
    assert said["text"] == "It is declined, and I will tell them so with your words."
    news = await says(phone, "The Secretariat has declined the registration of “Center A”.")
    assert "The Secretariat writes: “No <training> & so on.”" in news["text"]
    assert buttons(news) == {"Ask the Secretariat": "desk:write", "Register": "register"}
    after = await has_become(office.group, card, "Declined by Member A")
    assert "Written to them: “No <training> & so on.”" in after["text"]
    [center] = await centers.of_person(office.bot.database.reader, phone.id)
    assert center.state == CenterState.DECLINED
    later = await office.group.ask("Again.", reply_to_message_id=prompt["message_id"])
    assert later["text"] == "You have decided this already; nothing more was done."
    assert (await phone.ask("/register"))["text"].startswith("What would you like to register?")


async def test_without_a_reason(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    await press(office.group, card, "Decline")
    prompt = await says(office.group, "Decline “🇨🇭 Center A”?")
    await press(office.group, prompt, "Decline without a reason")
    assert "No reason was given." in (await says(phone, "The Secretariat has declined"))["text"]
    await has_become(office.group, prompt, "It is declined")


async def test_who_thinks_better_of_it_decides_nothing(office: Secretariat, people: People) -> None:
    _phone, card = await waiting(office, people)
    await press(office.group, card, "Decline")
    prompt = await says(office.group, "Decline “🇨🇭 Center A”?")
    await press(office.group, prompt, "Do not decline")
    await has_become(office.group, prompt, "Nothing was decided on “🇨🇭 Center A”.")
    await office.group.write("Not ours.", reply_to_message_id=prompt["message_id"])
    assert (await press(office.group, card, "Approve"))["text"] == "Approved. They are told."


async def test_in_private_the_reason_is_what_is_written_next(bot: Running, people: People, clock: MovableClock) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    phone = await people.person("Applicant A")
    request = await put(bot, phone)
    card = await card_of(member, "Center A")
    await press(member, card, "Decline")
    await says(member, "Write the reason now, in one message. Applicant A reads it.")
    assert (await member.ask("/cancel"))["text"].startswith("Nothing was decided.")
    assert "declined" not in (await member.ask("What is the AGM?"))["text"]
    await press(member, card, "Decline")
    await says(member, "Write the reason now")
    clock.advance(DAY_S + 1)
    answered = await member.ask("What is the AGM?")
    assert "declined" not in answered["text"]
    before = answered["message_id"]
    await press(member, card, "Decline")
    await shown(member, lambda one: "Write the reason now" in one.get("text", "") and one["message_id"] > before)
    sticker = await people.post(f"/persons/{member.id}/stickers", {})
    assert (await member.reply_after(sticker["message_id"]))["text"].startswith("Please write it in words")
    assert (await member.ask("a" * 1_001))["text"] == "That is too long: please write at most 1,000 characters."
    assert (await request_now(bot, request)).state == RequestState.OPEN
    assert (await member.ask("Not ours."))["text"] == "It is declined, and I will tell them so with your words."
    await says(phone, "The Secretariat writes: “Not ours.”")


async def test_a_form_that_asks_later_gets_what_is_written(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    request = await put(bot, await people.person("Applicant A"))
    await owner.ask("/start")
    await press(owner, await owner.ask("/pending"), "Center A")
    await press(owner, await card_of(owner, "Center A"), "Decline")
    await says(owner, "Write the reason now")
    menu = await owner.ask("/register")
    await owner.press(menu, "register:center")
    await says(owner, "What is the official name of your Center?")
    await owner.ask("Center of the Owner")
    assert (await request_now(bot, request)).state == RequestState.OPEN


async def test_a_reason_that_comes_too_late_says_who_was_first(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    await press(office.group, card, "Decline")
    prompt = await says(office.group, "Decline “🇨🇭 Center A”?")
    await press(office.owner.within(office.group.chat_id), card, "Approve")
    said = await office.group.ask("Not ours.", reply_to_message_id=prompt["message_id"])
    assert said["text"].startswith("Owner 501 has approved this already, ")
    await says(phone, "is approved, and registered")


async def test_a_reason_is_taken_after_a_restart(start_bot: StartBot, people: People) -> None:
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        phone, card = await waiting(office, people)
        await press(office.group, card, "Decline")
        prompt = await says(office.group, "Decline “🇨🇭 Center A”?")
    async with running(start_bot):
        await office.group.write("Not ours.", reply_to_message_id=prompt["message_id"])
        await says(phone, "The Secretariat writes: “Not ours.”")


# --- Whoever cannot be reached


async def test_an_applicant_who_has_blocked_the_bot_is_told_later(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    await people.post(f"/persons/{phone.id}/block", {"blocked": True})
    await press(office.group, card, "Approve")
    await has_become(office.group, card, "They could not be told yet")
    await people.post(f"/persons/{phone.id}/block", {"blocked": False})
    await phone.start()
    await says(phone, "is approved, and registered")

    async def is_told() -> bool:
        now = await has_become(office.group, card, "✓ Approved")
        return "could not be told" not in now["text"]

    await until(is_told)
    await phone.ask("/start")
    assert len([text for text in await phone.from_bot() if "is approved, and registered" in text]) == 1


async def test_cards_follow_a_group_that_is_bound_anew(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    other = office.owner.within(await bound(people, office.owner))
    await says(other, "1 request waits for a decision.")
    await press(other, await other.ask("/pending"), "Center A")
    await press(other, await card_of(other, "Center A"), "Approve")
    await says(phone, "is approved, and registered")
    assert labels(card) == ["Approve", "Decline", "Ask for a correction"]
    answer = await office.owner.within(office.group.chat_id).press(card, await data_of(office.group, card, "Decline"))
    assert answer["text"].startswith("Owner 501 has approved this already")


async def test_a_card_is_not_sent_to_who_may_not_decide_any_more(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    await people.fault("slow", chat_id=member.id, delay_s=0.3, times=1, method="sendMessage")
    listing = await owner.ask("/staff")
    await owner.press(listing, f"staff:remove:{member.id}", forged=True)
    await says(member, "You are no longer a member")
    await put(bot, await people.person("Applicant A"))
    await card_of(owner, "Center A")
    assert not [text for text in await member.from_bot() if "Registration of a Center" in text]


async def test_an_approved_center_cannot_be_decided_again(office: Secretariat, people: People) -> None:
    phone = await people.person("Applicant A")
    await approved(office, phone)
    card = await says(office.group, "Registration of a Center")
    for data in ("request:approve:1:1", "request:bare:1:1", "request:decline:1:1", "request:fields:1:1"):
        answer = await office.group.press(card, data, forged=True)
        assert answer["text"].startswith("Member A has approved this already")
