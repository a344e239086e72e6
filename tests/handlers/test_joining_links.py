"""Links into a Center: for one person, for many, or not usable, and why."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import Running
from bot.members import curating, invitations
from bot.runtime.clock import MovableClock
from storage import centers
from storage import invitations as kept_invitations
from storage.records.members import CenterState, DelegateState
from storage.session import Transaction
from tests import records
from tests.chat import People, buttons
from tests.delegates import RIGHTS, center_of, filled_in, joined, leads, link_into, opened, press, record_of
from tests.desk import OWNER, labels, says

DAY_S = 24 * 3600.0


async def test_who_was_suspended_is_not_let_in_by_a_link_that_was_open(bot: Running, people: People) -> None:
    center = await center_of(bot)
    number = await records.person(bot, center)
    payload = await link_into(bot, center, delegate=number)
    phone = await people.person()
    summary = await filled_in(phone, payload)

    async def suspend(tx: Transaction) -> None:
        await curating.suspend_person(tx, RIGHTS, number, None, by=OWNER, now=bot.now_us())

    await bot.database.write(suspend)
    await press(phone, summary, "Join")
    told = await phone.reply_after(summary["message_id"])
    assert "Your registration is suspended." in told["text"]
    again = await opened(await people.person("Another"), payload)
    assert "Your registration is suspended." in again["text"]
    assert (await records.person_now(bot, number)).state == DelegateState.SUSPENDED


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("unknown", "I do not know this link. Check that it is complete, or ask your Center for a new one."),
        ("used", "Somebody has used this link already, and it works only once. Ask your Center for a new one."),
        ("revoked", "Your Center has revoked this link. Ask it for a new one."),
        ("expired", "The time of this link is over. Ask your Center for a new one."),
        ("closed", "The Center of this link takes no delegates at present. If you think that it should, write to us."),
    ],
)
async def test_why_a_link_does_not_work(
    bot: Running, people: People, clock: MovableClock, spoil: str, words: str
) -> None:
    center = await center_of(bot)
    payload = await link_into(bot, center)
    await spoiled(bot, people, clock, payload, how=spoil, center=center)
    phone = await people.person("Late")
    said = await opened(phone, payload + "x" if spoil == "unknown" else payload)
    assert said["text"] == words
    assert "Find my Center" in labels(said)


async def spoiled(bot: Running, people: People, clock: MovableClock, payload: str, *, how: str, center: int) -> None:
    """A link that cannot be used, each for its reason."""
    [invitation] = await kept_invitations.of_center(bot.database.reader, center, bot.now_us())

    async def revoke(tx: Transaction) -> None:
        await invitations.revoke(tx, RIGHTS, invitation.id, by=OWNER, now=bot.now_us())

    async def close(tx: Transaction) -> None:
        await centers.set_state(tx, center, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=bot.now_us())

    match how:
        case "used":
            await joined(await people.person("First"), payload)
        case "revoked":
            await bot.database.write(revoke)
        case "expired":
            clock.advance(31 * DAY_S)
        case "closed":
            await bot.database.write(close)


async def test_of_two_people_with_one_personal_link_one_joins(bot: Running, people: People) -> None:
    center = await center_of(bot)
    payload = await link_into(bot, center)
    phones = [await people.person("First"), await people.person("Second")]
    summaries = [await filled_in(phone, payload) for phone in phones]
    await asyncio.gather(*(press(phone, summary, "Join") for phone, summary in zip(phones, summaries, strict=True)))
    said = [await phone.reply_after(one["message_id"]) for phone, one in zip(phones, summaries, strict=True)]
    won, lost = sorted(range(2), key=lambda number: "You are a delegate" not in said[number]["text"])
    assert said[won]["text"].startswith("You are a delegate of “Center A” now.")
    assert said[lost]["text"] == (
        "Somebody has used this link already, and it works only once. Ask your Center for a new one.\n\n"
        "Your answers are kept. Shall I ask “Center A” whether you may join?"
    )
    assert await record_of(bot, phones[lost]) is None
    await press(phones[lost], said[lost], "Ask to join")
    await says(phones[lost], "I have sent your request to join “Center A” to the Secretariat.")
    record = await record_of(bot, phones[lost])
    assert record is not None
    assert (record.state, record.details.function) == (DelegateState.PENDING, "Head of training")
    late = await phones[lost].press(said[lost], "join:ask:2:1", forged=True)
    assert "out of date" in late["text"]


async def test_a_double_confirmation_joins_once(bot: Running, people: People) -> None:
    center = await center_of(bot)
    lead, phone = await people.person("Lead"), await people.person()
    await leads(bot, lead, center)
    summary = await filled_in(phone, await link_into(bot, center, shared=True))
    data = next(data for label, data in buttons(summary).items() if label == "Join")
    await asyncio.gather(*(phone.press(summary, data, forged=True) for _ in range(4)))
    await says(lead, "has joined")
    again = await phone.ask("/me")
    assert "You are a delegate of “Center A”." in again["text"]
    assert sum("has joined" in text for text in await lead.from_bot()) == 1


async def test_a_shared_link_works_for_many(bot: Running, people: People) -> None:
    payload = await link_into(bot, await center_of(bot), shared=True)
    for name in ("First", "Second"):
        said = await joined(await people.person(name), payload)
        assert said["text"].startswith("You are a delegate of “Center A” now.")


async def test_a_link_of_the_own_center_says_so(bot: Running, people: People) -> None:
    center, phone = await center_of(bot), await people.person()
    await joined(phone, await link_into(bot, center))
    said = await opened(phone, await link_into(bot, center))
    assert said["text"] == "You are a delegate of “Center A” already. There is nothing more to do."


async def test_a_link_cannot_be_guessed_from_its_number(bot: Running, people: People) -> None:
    await link_into(bot, await center_of(bot))
    phone = await people.person("Stranger")
    menu = await phone.ask("/start")
    for data in ("join:link:1", "join:ask:1:1", "join:ask:99:0"):
        await phone.press(menu, data, forged=True)
    await says(phone, "I do not know this link.")
    assert await record_of(bot, phone) is None


async def test_somebody_elses_answers_cannot_be_sent(bot: Running, people: People) -> None:
    center = await center_of(bot)
    phone, stranger = await people.person(), await people.person("Stranger")
    await filled_in(phone, await link_into(bot, center))
    menu = await stranger.ask("/start")
    answered = await stranger.press(menu, "join:ask:1:12", forged=True)
    assert "out of date" in answered["text"]
    assert await record_of(bot, stranger) is None
