"""What was sent back and nobody corrects: the Secretariat finds and decides it, and whoever asked is reminded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from bot.app import Running
from bot.members import delegates, registering, requests
from bot.members.roles import Rights
from bot.runtime.clock import MovableClock
from storage import centers, outbox, roles
from storage import requests as kept
from storage.records.members import (
    CenterState,
    Change,
    DelegateDetails,
    DelegateState,
    Request,
    RequestKind,
    RequestState,
)
from storage.session import Transaction
from tests import reminding
from tests.centers import card_of, has_become, press, put, request_now
from tests.chat import People, Phone, buttons, until
from tests.desk import OWNER, Secretariat, labels, says, shown

RIGHTS = Rights((OWNER,))
DAY_S = 24 * 3600.0
REMINDED = "still waits for your correction."


async def sent_back(office: Secretariat, phone: Phone, name: str = "Center A") -> Request:
    """A Center's registration of which the city is to be corrected."""
    return await _sent_back(office, await put(office.bot, phone, name=name), "city")


async def guest_sent_back(office: Secretariat, phone: Phone) -> Request:
    """A guest's registration of which the function is to be corrected."""
    await phone.ask("/start")
    now = office.bot.now_us()

    async def work(tx: Transaction) -> Request:
        delegate = await delegates.add(
            tx, DelegateDetails("Given A", "Family A"),
            person_id=phone.id, center=None, state=DelegateState.PENDING, is_guest=True, now=now,
        )  # fmt: skip
        post = partial(outbox.add, tx, now=now)
        return await requests.put(tx, RIGHTS, RequestKind.GUEST, by=phone.id, delegate=delegate, now=now, post=post)

    return await _sent_back(office, await office.bot.database.write(work), "function")


async def _sent_back(office: Secretariat, request: Request, field: str) -> Request:
    bot = office.bot
    bot.wake_delivery()
    await until(partial(kept.cards, bot.database.reader, request.id))

    async def work(tx: Transaction) -> Request:
        return await requests.decide(
            tx, RIGHTS, request.id, RequestState.CORRECTION,
            edition=0, by=OWNER, correct=(field,), now=bot.now_us(), post=partial(outbox.add, tx, now=bot.now_us()),
        )  # fmt: skip

    decided = await bot.database.write(work)
    bot.wake_delivery()
    return decided


async def corrected(bot: Running, request: Request, changes: Mapping[str, Change]) -> None:
    """They have corrected it."""
    now = bot.now_us()

    async def work(tx: Transaction) -> None:
        post = partial(outbox.add, tx, now=now)
        await registering.correct(tx, RIGHTS, request.id, changes, by=request.person_id or 0, now=now, post=post)

    await bot.database.write(work)
    bot.wake_delivery()


# --- What the Secretariat sees and does


async def test_pending_lists_what_waits_for_a_correction_apart(
    office: Secretariat, people: People, clock: MovableClock
) -> None:
    await sent_back(office, await people.person("Applicant A"), "Center A")
    clock.advance(3 * DAY_S)
    await sent_back(office, await people.person("Applicant B"), "Center B")
    await put(office.bot, await people.person("Applicant C"), name="Center C")
    listing = await office.member.ask("/pending")
    assert listing["text"] == (
        "1 request waits\n\n• Registration of a Center: 🇨🇭 Center C, 1 minute\n\n"
        "Waiting for a correction: 2\n• Registration of a Center: 🇨🇭 Center A, 3 days\n"
        "• Registration of a Center: 🇨🇭 Center B, 1 minute"
    )
    assert labels(listing) == ["🇨🇭 Center C", "🇨🇭 Center A", "🇨🇭 Center B"]


async def test_pages_go_from_what_waits_on_to_what_is_corrected(office: Secretariat, people: People) -> None:
    for number in range(9):
        await sent_back(office, await people.person(f"Applicant {number}"), f"Center {number}")
    for number in range(7):
        await put(office.bot, await people.person(f"Applicant {number}"), name=f"Center of {number}")
    guest = await people.person("Guest A")
    await guest_sent_back(office, guest)
    listing = await office.member.ask("/pending")
    assert "Waiting for a correction: 10\n• Registration of a Center: 🇨🇭 Center 0, " in listing["text"]
    assert labels(listing)[6:] == ["🇨🇭 Center of 6", "🇨🇭 Center 0", "Next", "New Centers (16)", "Guests (1)"]
    await press(office.member, listing, "Next")
    second = await has_become(office.member, listing, "Center 8")
    assert second["text"].startswith("7 requests wait\n\nWaiting for a correction: 10\n• Registration of a Center: ")
    assert labels(second)[:8] == [f"🇨🇭 Center {number}" for number in range(1, 9)]
    await press(office.member, second, "Next")
    last = await has_become(office.member, listing, "Family A")
    assert labels(last)[:2] == ["Given A Family A", "Previous"]
    await press(office.member, last, "Guests (1)")
    guests = await shown(office.member, lambda one: "All of them" in labels(one))
    assert guests["text"].startswith(
        "7 requests wait\n\nNothing of this kind waits.\n\nWaiting for a correction: 1\n• "
    )


async def test_what_nobody_corrects_is_declined_with_a_reason(office: Secretariat, people: People) -> None:
    phone = await people.person("Applicant A")
    request = await sent_back(office, phone)
    news = await says(phone, "asks you to correct the registration")
    listing = await office.member.ask("/pending")
    assert listing["text"].startswith("Nothing waits for a decision.\n\nWaiting for a correction: 1")
    await press(office.member, listing, "🇨🇭 Center A")
    card = await says(office.member, "To correct: City")
    assert labels(card) == ["Approve", "Decline"]
    await press(office.member, card, "Decline")
    await says(office.member, "Write the reason now")
    await office.member.ask("We have not heard from you.")
    told = await says(phone, "The Secretariat has declined the registration of “Center A”.")
    assert "The Secretariat writes: “We have not heard from you.”" in told["text"]
    await has_become(office.member, card, "Declined by Member A")
    [center] = await centers.of_person(office.bot.database.reader, phone.id)
    assert center.state == CenterState.DECLINED
    late = await office.member.press(card, f"request:approve:{request.id}:1", forged=True)
    assert late["text"].startswith("Member A has declined this already")
    assert (await press(phone, news, "Correct it"))["text"] == "This has changed meanwhile. You see how it stands now."


async def test_what_nobody_corrects_is_approved_as_it_stands(office: Secretariat, people: People) -> None:
    phone = await people.person("Applicant A")
    request = await sent_back(office, phone)
    card = await has_become(office.group, await card_of(office.group, "Center A"), "has asked for a correction")
    for label in ("Approve", "Approve"):
        pressed = await office.group.press(card, buttons(card)[label], forged=True)
    assert pressed["text"].startswith("Member A has approved this already")
    await says(phone, "“Center A” is approved, and registered with the association now.")
    assert await roles.leaders(office.bot.database.reader, str(request.center)) == [phone.id]


async def test_a_correction_that_comes_first_is_looked_at_before_anything_is_declined(
    office: Secretariat, people: People
) -> None:
    phone = await people.person("Applicant A")
    request = await sent_back(office, phone)
    card = await has_become(office.group, await card_of(office.group, "Center A"), "has asked for a correction")
    await press(office.group, card, "Decline")
    prompt = await says(office.group, "Decline “🇨🇭 Center A”?")
    await corrected(office.bot, request, {"city": Change("Example City", "Other City")})
    await shown(office.group, lambda one: "City → Other" in one.get("text", ""), after=prompt["message_id"])
    said = await office.group.ask("No answer.", reply_to_message_id=prompt["message_id"])
    assert said["text"] == "This has been changed since. Please look at how it stands now."
    assert (await request_now(office.bot, request)).state == RequestState.OPEN
    again = await office.group.press(card, f"request:correct:{request.id}:1:1", forged=True)
    assert again["text"] == "This has been changed since. Please look at how it stands now."


async def test_nobody_is_asked_for_a_second_correction_at_the_same_time(office: Secretariat, people: People) -> None:
    request = await sent_back(office, await people.person("Applicant A"))
    card = await card_of(office.group, "Center A")
    again = await office.group.press(card, f"request:correct:{request.id}:1:1", forged=True)
    assert again["text"].startswith("Owner 501 has asked for a correction already")
    assert (await request_now(office.bot, request)).fields == ("city",)


# --- What whoever asked is told


async def reminders_of(phone: Phone) -> list[str]:
    return [text for text in await phone.from_bot() if REMINDED in text]


def at(clock: MovableClock, hour: int, *, in_days: int = 0) -> None:
    """Move the clock on to this hour of a day."""
    then = clock.now().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=in_days)
    clock.set(then)


async def test_who_corrects_nothing_is_reminded_once(office: Secretariat, people: People, clock: MovableClock) -> None:
    at(clock, 12, in_days=1)
    phone, guest, done = [await people.person(name) for name in ("Applicant A", "Guest A", "Applicant B")]
    await sent_back(office, phone)
    await guest_sent_back(office, guest)
    request = await sent_back(office, done, "Center B")
    await corrected(office.bot, request, {"city": Change("Example City", "Other City")})
    clock.advance(3 * DAY_S)
    reminder = await says(phone, "The registration of “Center A” " + REMINDED)
    assert "\n\nTo correct: City\n\nPress the button" in reminder["text"]
    assert labels(reminder) == ["Correct it", "See the registration", "Reminders"]
    of_guest = await says(guest, "Your registration " + REMINDED)
    assert labels(of_guest) == ["Correct it", "What is kept about me", "Reminders"]
    await press(phone, reminder, "Correct it")
    await says(phone, "In which city or town is it?")
    clock.advance(3 * DAY_S)
    other = await people.person("Applicant C")
    await sent_back(office, other, "Center C")
    clock.advance(3 * DAY_S)
    await says(other, REMINDED)
    assert [len(await reminders_of(one)) for one in (phone, guest, done)] == [1, 1, 0]


async def test_a_second_correction_is_reminded_of_as_well(
    office: Secretariat, people: People, clock: MovableClock
) -> None:
    at(clock, 12, in_days=1)
    phone = await people.person("Applicant A")
    request = await sent_back(office, phone)
    clock.advance(3 * DAY_S)
    await says(phone, REMINDED)
    await corrected(office.bot, request, {"city": Change("Example City", "Other City")})
    now = await request_now(office.bot, request)
    card = await card_of(office.group, "Center A")
    await office.group.press(card, f"request:correct:{now.id}:{now.edition}:20", forged=True)
    clock.advance(3 * DAY_S)
    await until(partial(_has, phone, 2))


async def _has(phone: Phone, count: int) -> bool:
    return len(await reminders_of(phone)) == count


async def test_nights_and_wishes_count(office: Secretariat, people: People, clock: MovableClock) -> None:
    at(clock, 23, in_days=1)
    asleep, awake, muted = [await people.person(name) for name in ("Applicant A", "Applicant B", "Applicant C")]
    for phone, name in ((asleep, "Center A"), (muted, "Center C"), (awake, "Center B")):
        await sent_back(office, phone, name)
    wish = partial(reminding.insert, office.bot.database, "reminder_wishes")
    await wish(person_id=awake.id, muted="", night_from=0, night_to=0)
    await wish(person_id=muted.id, muted="agm registration", night_from=0, night_to=0)
    clock.advance(3 * DAY_S)
    await says(awake, REMINDED)
    assert await reminders_of(asleep) == []
    at(clock, 7, in_days=1)
    await says(asleep, REMINDED)
    assert await reminders_of(muted) == []


async def test_who_learns_of_it_only_now_is_not_reminded_at_once(
    office: Secretariat, people: People, clock: MovableClock
) -> None:
    at(clock, 12, in_days=1)
    phone, other = await people.person("Applicant A"), await people.person("Applicant B")
    request = await put(office.bot, phone)
    await people.post(f"/persons/{phone.id}/block", {"blocked": True})
    await _sent_back(office, request, "city")
    await has_become(office.group, await card_of(office.group, "Center A"), "They could not be told yet")
    await sent_back(office, other, "Center B")
    clock.advance(3 * DAY_S)
    await says(other, REMINDED)
    await people.post(f"/persons/{phone.id}/block", {"blocked": False})
    await phone.start()
    await says(phone, "asks you to correct the registration")
    third = await people.person("Applicant C")
    await sent_back(office, third, "Center C")
    clock.advance(3 * DAY_S)
    await says(third, REMINDED)
    assert await reminders_of(phone) == []
