"""The people of a Center: its delegates, who wants to join, its deputies, and to whom the role goes."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import Running
from bot.members import delegates as written
from bot.members import requests
from bot.members.roles import Role
from bot.runtime.clock import MovableClock
from storage import delegates, roles
from storage.records.members import DelegateDetails, DelegateState, RequestKind
from storage.session import Transaction
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import labels, owner_of, running
from tests.handlers.focal import becomes, center_led_by, delegate, desk, press, said
from tests.leaders import RIGHTS, center_of, leaders_of

DAY_S = 24 * 3600.0


async def card(phone: Phone, name: str) -> Json:
    """A delegate's card."""
    listed = await press(phone, await desk(phone), "Delegates")
    return await press(phone, listed, f"Delegate {name}")


async def wants_to_join(bot: Running, center: int, phone: Phone, name: str) -> int:
    """Somebody asks to join; the number of the request."""
    await phone.ask("/start")

    async def work(tx: Transaction) -> int:
        record = await written.add(
            tx, DelegateDetails("Delegate", name), person_id=phone.id, center=center, state=DelegateState.PENDING,
            now=bot.now_us(),
        )  # fmt: skip
        request = await requests.put(
            tx, RIGHTS, RequestKind.JOIN, by=phone.id, center=center, delegate=record, now=bot.now_us(),
            post=lambda _message: None,
        )  # fmt: skip
        return request.id

    return await bot.database.write(work)


async def test_delegates_in_pages_and_what_a_focal_point_may_see(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    for number in range(8):
        await delegate(bot, center, None, f"A{number}")
    record = await delegate(bot, center, other, "Z")
    found = await delegates.by_id(bot.database.reader, record)
    assert found is not None
    details = DelegateDetails(
        "Delegate", "Z", title="Major", function="Trainer", email="z@a.example.org", phone="+41446681800",
        nationality="CH", languages=("en",), time_zone="Europe/Zurich",
    )  # fmt: skip
    await bot.database.write(lambda tx: written.change(tx, found, details, 5))
    listed = await press(phone, await desk(phone), "Delegates (9)", "9 delegates of “Center A”")
    assert labels(listed) == [*(f"Delegate A{number}" for number in range(8)), "Next", "Back to the Center"]
    second = await press(phone, listed, "Next")
    shown = await press(phone, second, "Major Delegate Z")
    for words in ("Title or rank: Major", "Function: Trainer", "E-mail: z@a.example.org", "Phone: +41 44 668 18 00"):
        assert words in shown["text"]
    assert "Nationality" not in shown["text"]
    assert "Time zone" not in shown["text"]
    assert labels(shown) == [
        "Replace by somebody else", "Make a deputy", "Make the focal point", "Remove from the Center", "All delegates",
        "Back to the Center",
    ]  # fmt: skip


async def test_somebody_is_removed_once_and_told(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    record = await delegate(bot, center, other, "B")
    shown = await card(phone, "B")
    old = buttons(shown)
    asked = await press(phone, shown, "Remove from the Center", "Remove Delegate B from “Center A”? I will tell them.")
    data = buttons(asked)["Yes, remove"]
    toasts = await asyncio.gather(*(phone.press(asked, data, forged=True) for _ in range(3)))
    assert sum("text" in one for one in toasts) == 2
    assert not any(one["show_alert"] for one in toasts), "whose second tap it is need not be alarmed"
    found = await delegates.by_id(bot.database.reader, record)
    assert found is not None
    assert (found.center, found.state) == (None, DelegateState.LEFT)
    await said(other, "“Center A”")
    assert len([text for text in await other.from_bot() if "“Center A”" in text]) == 1, "told once"
    toast = await phone.press(asked, old["Make a deputy"], forged=True)
    assert toast["text"] == "This person is not with the Center any more."


async def test_those_who_asked_to_join_are_accepted_from_the_list(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    number = await wants_to_join(bot, center, other, "New")
    assert (await desk(other))["text"].startswith("You have asked to join “Center A”.")
    listed = await press(phone, await desk(phone), "Want to join (1)", "They want to join “Center A”:")
    assert "• Delegate New: 1 minute" in listed["text"]
    await phone.press(listed, f"request:show:{number}")
    request = await said(phone, "Wants to join a Center", after=listed["message_id"])
    await phone.press(request, buttons(request)["Approve"])
    await said(other, "You are a delegate of “Center A” now.")
    shown = await desk(phone)
    assert "Delegates (1)" in labels(shown)
    assert not [label for label in labels(shown) if label.startswith("Want to join")]
    await phone.press(listed, f"center:joining:{center}:0", forged=True)
    await becomes(phone, listed, "Nobody waits to join “Center A”.")


async def test_a_deputy_is_made_does_the_work_and_is_none_any_more(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    await delegate(bot, center, other, "B")
    shown = await card(phone, "B")
    toast = await phone.press(shown, buttons(shown)["Make a deputy"])
    assert toast["text"] == "They are a deputy now. I will tell them."
    shown = await becomes(phone, shown, "Deputy focal point")
    assert "Remove from the Center" not in labels(shown)
    told = await said(other, "You are a deputy focal point of “Center A” now.")
    theirs = await press(other, told, "Open the Center", "You are its deputy focal point.")
    assert labels(theirs)[:2] == ["Edit", "Invite"]
    for data in (f"center:dismiss:{center}:{phone.id}", f"center:handover:{center}:1", f"center:appoint:{center}:1"):
        toast = await other.press(theirs, data, forged=True)
        assert toast["text"] == "Only the focal point and the Secretariat can do that."
    leading = await press(phone, await desk(phone), "Focal point, deputies", "Deputies:\n• Delegate B")
    toast = await phone.press(leading, buttons(leading)["No deputy any more: Delegate B"])
    assert toast["text"] == "They are no longer a deputy. I will tell them."
    await said(other, "You are no longer a deputy focal point of “Center A”.")
    toast = await other.press(theirs, f"center:invite:{center}", forged=True)
    assert toast["text"] == "This is for those who look after this Center, and you do not, or no longer."
    await becomes(other, theirs, "You are one of its delegates.")
    assert await leaders_of(bot.database, center) == ([phone.id], [])


async def test_there_are_at_most_three_deputies(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    for number in range(3):
        person = await people.person()
        await delegate(bot, center, person, f"D{number}")
        shown = await card(phone, f"D{number}")
        await phone.press(shown, buttons(shown)["Make a deputy"])
    await delegate(bot, center, await people.person(), "Fourth")
    shown = await card(phone, "Fourth")
    toast = await phone.press(shown, buttons(shown)["Make a deputy"])
    assert toast["text"] == "A Center can have up to 3 deputies. Take one role back first."
    assert len((await leaders_of(bot.database, center))[1]) == 3


async def test_who_is_on_the_list_alone_gets_no_role(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    record = await delegate(bot, center, None, "Listed")
    shown = await card(phone, "Listed")
    assert "On the Center's list; has not joined here yet" in shown["text"]
    assert "Make a deputy" not in labels(shown)
    for data in (f"center:appoint:{center}:{record}", f"center:offer:{center}:{record}:0"):
        toast = await phone.press(shown, data, forged=True)
        assert toast["text"] == "This person has not joined here yet. Invite them first."


# --- The role of the focal point


async def offered(phone: Phone, name: str, label: str = "A deputy") -> Json:
    """Offer the role to a delegate; what is said of that."""
    asked = await press(phone, await card(phone, name), "Make the focal point", "Offer Delegate")
    return await press(phone, asked, label, "I have offered")


async def test_the_role_is_handed_over_in_two_steps(bot: Running, people: People, clock: MovableClock) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    await delegate(bot, center, other, "B")
    said_to_it = await offered(phone, "B")
    assert "(Zurich)" in said_to_it["text"]
    offer = await said(other, "You are asked to become the focal point of “Center A”.")
    leading = await press(phone, await desk(phone), "Focal point, deputies")
    assert "The role of the focal point is offered to Delegate B until" in leading["text"]
    assert await leaders_of(bot.database, center) == ([phone.id], [])
    accepted = await press(other, offer, "Accept", "You are the focal point of “Center A” now.")
    await said(phone, "Delegate B has accepted, and is the focal point of “Center A” now.")
    assert await leaders_of(bot.database, center) == ([other.id], [phone.id])
    shown = await press(other, accepted, "Open the Center")
    assert "Focal point: Delegate B\nDeputies: Focal\nYou are its focal point." in shown["text"]
    toast = await phone.press(leading, next(d for n, d in buttons(leading).items() if n.startswith("Take the offer")))
    assert toast["text"] == "Only the focal point and the Secretariat can do that."
    toast = await other.press(offer, f"handover:accept:{1}", forged=True)
    assert not toast.get("text"), "they have accepted it themselves"


async def test_whoever_hands_it_over_can_have_no_role_any_more(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    await delegate(bot, center, other, "B")
    await offered(phone, "B", "No role any more")
    offer = await said(other, "You are asked")
    await press(other, offer, "Accept", "You are the focal point")
    told = await said(phone, "Delegate B has accepted")
    assert told["text"].endswith("You have no role in it any more.")
    assert await leaders_of(bot.database, center) == ([other.id], [])


@pytest.mark.parametrize("label", ["Accept", "Decline"])
async def test_a_press_that_comes_twice_says_nothing_of_being_too_late(
    bot: Running, people: People, label: str
) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    await delegate(bot, center, other, "B")
    await offered(phone, "B")
    offer = await said(other, "You are asked")
    data = buttons(offer)[label]
    toasts = await asyncio.gather(*(other.press(offer, data, forged=True) for _tap in range(3)))
    assert not any(one.get("text") for one in toasts)
    await becomes(other, offer, {"Accept": "You are the focal point", "Decline": "You have declined."}[label])


async def test_of_two_who_accept_at_once_one_has_the_role(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    others = [await people.person(name) for name in ("First", "Second")]
    offers = []
    for other in others:
        await delegate(bot, center, other, f"D{other.id}")
        await offered(phone, f"D{other.id}")
        offers.append(await said(other, "You are asked"))
    toasts = await asyncio.gather(
        *(other.press(offer, buttons(offer)["Accept"]) for other, offer in zip(others, offers, strict=True))
    )
    assert sorted(one.get("show_alert", False) for one in toasts) == [False, True]
    focal_points, deputies = await leaders_of(bot.database, center)
    assert (len(focal_points), deputies) == (1, [phone.id])
    late = next(number for number, one in enumerate(toasts) if one.get("show_alert"))
    await becomes(others[late], offers[late], "This offer of the role of the focal point of “Center A” is over.")


async def test_an_offer_is_declined_taken_back_or_over(bot: Running, people: People, clock: MovableClock) -> None:
    phone, other, stranger = [await people.person(name) for name in ("Focal", "Other", "Stranger")]
    center = await center_led_by(bot, phone)
    await delegate(bot, center, other, "B")
    await offered(phone, "B")
    first = await said(other, "You are asked")
    toast = await stranger.press(await stranger.ask("/start"), buttons(first)["Accept"], forged=True)
    assert toast["text"] == "This offer is for somebody else."
    await press(other, first, "Decline", "You have declined.")
    await said(phone, "Delegate B does not want to become the focal point of “Center A”.")
    made = await offered(phone, "B")
    second = await said(other, "You are asked", after=first["message_id"])
    toast = await phone.press(made, f"center:offer:{center}:1:0", forged=True)
    assert toast["text"] == "The role is offered to this person already."
    await press(phone, made, "Take the offer back", "Focal point: Focal")
    await said(other, "You are no longer asked to become the focal point of “Center A”.")
    toast = await other.press(second, buttons(second)["Accept"])
    assert toast["text"].startswith("This offer is over")
    await offered(phone, "B")
    third = await said(other, "You are asked", after=second["message_id"])
    clock.advance(7 * DAY_S)
    toast = await other.press(third, buttons(third)["Accept"])
    assert toast["text"].startswith("This offer is over")
    assert await leaders_of(bot.database, center) == ([phone.id], [])


async def test_an_offer_outlives_a_restart(start_bot: StartBot, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    async with running(start_bot) as bot:
        center = await center_led_by(bot, phone)
        await delegate(bot, center, other, "B")
        await offered(phone, "B")
        offer = await said(other, "You are asked")
    async with running(start_bot) as bot:
        await press(other, offer, "Accept", "You are the focal point of “Center A” now.")
        assert await leaders_of(bot.database, center) == ([other.id], [phone.id])


async def test_the_secretariat_gives_a_center_its_focal_point(bot: Running, people: People) -> None:
    owner, other = await owner_of(people), await people.person("Other")
    center = await center_of(bot.database, None)
    await delegate(bot, center, other, "B")
    opened = await owner.start(f"center_{center}")
    shown = await owner.reply_after(opened["message_id"])
    assert "This Center has no focal point at the moment." in shown["text"]
    listed = await press(owner, shown, "Delegates")
    asked = await press(owner, await press(owner, listed, "Delegate B"), "Make the focal point")
    await press(owner, asked, "Yes, offer it", "I have offered Delegate B the role of the focal point.")
    offer = await said(other, "You are asked")
    await press(other, offer, "Accept", "You are the focal point")
    await said(owner, "Delegate B has accepted")
    assert await roles.has(bot.database.reader, other.id, Role.FOCAL_POINT, str(center))
