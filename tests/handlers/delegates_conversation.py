"""A conversation that makes the bot say everything about delegates, guests, and what people do with their own data.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale

from bot.app import Running
from bot.members import delegates as written
from bot.members import invitations
from bot.members.delegate_form import OFFERED
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from bot.members.roles import Role
from bot.runtime.clock import MovableClock
from storage import centers, delegates, marks
from storage import invitations as kept_invitations
from storage.records.members import CenterState, DelegateDetails, DelegateState
from storage.session import Transaction
from tests.chat import Json, People, Phone
from tests.delegates import RIGHTS, center_of, leads, link_into, opened, record_of
from tests.desk import OWNER, by_bot, invited, with_label

DAY_S = 24 * 3600.0
TOLD_BY_TABLES = "|".join(
    [
        r"[A-Z][a-z]+/[A-Z][a-z]+",
        "Nairobi",
        r"\S+@\S+\.org",
        "Zurich",
        r"\b(and|et|и)\b",
        *(str(Locale("en").languages[code]) for code in OFFERED),
    ]
)
"""Time zones, addresses, lists and names of languages: they come out of tables, or are as they were typed."""
TYPED = (
    "⟦Given⟧", "⟦Family⟧", "⟦Major⟧", "⟦Trainer⟧", "Switzerland", "name@example.org", "044 668 18 00", "English",
    "Zurich", "yes", "no",
)  # fmt: skip
AS_GUEST = (*TYPED[:3], "⟦O⟧", *TYPED[3:])


async def converse_about_delegates(bot: Running, people: People, clock: MovableClock) -> None:
    """Links, the search for a Center, guests, /me, and erasure."""
    owner = Phone(people, OWNER, OWNER)
    group = owner.within(await people.group(owner, title="⟦A⟧", is_forum=True))
    await group.ask("/bind")
    first, second = await center_of(bot, "⟦Center Alpha⟧", city="⟦City⟧"), await center_of(bot, "⟦Center Beta⟧")
    lead, deputy = await people.person("⟦L⟧"), await people.person("⟦D⟧")
    await leads(bot, lead, first)
    await leads(bot, deputy, first, Role.DEPUTY)
    phone = await people.person("⟦P⟧", last_name="⟦P⟧")
    await by_links(bot, phone, first, second)
    await replaced(bot, people, phone, second)
    await links_that_fail(bot, people, clock, first)
    await without_links(bot, people, lead, first)
    await guests(bot, people)
    await own_data(bot, phone, second)
    await leaving(bot, people, lead, deputy, first)
    await erasing(group, phone, clock)


async def filled_in(phone: Phone, answers: Sequence[str], label: str) -> Json:
    """Answer everything, and confirm; what is said to that."""
    asked: Json = {}
    for text in answers:
        asked = await phone.ask(text)
    await phone.press(asked, with_label(asked, label)[1])
    return await phone.reply_after(asked["message_id"])


async def by_links(bot: Running, phone: Phone, first: int, second: int) -> None:
    offer = await opened(phone, await link_into(bot, first, label="⟦Label⟧"))
    await phone.press(offer, with_label(offer, "Join")[1])
    await phone.reply_after(offer["message_id"])
    for text in TYPED[:7]:
        await phone.ask(text)
    await phone.ask("English, Another")
    await phone.ask("Portuguese")
    await phone.ask("Zurich")
    await phone.ask("no")
    await phone.ask("yes")
    summary = await phone.ask("no")
    await phone.press(summary, with_label(summary, "Join")[1])
    await by_bot(phone, "You are a delegate of “Center Alpha” now.")
    await opened(phone, await link_into(bot, first))
    moved = await opened(phone, await link_into(bot, second))
    await phone.press(moved, with_label(moved, "Join")[1])
    await phone.reply_after(moved["message_id"])
    await filled_in(phone, ("yes", "no"), "Join")
    await by_bot(phone, "You have left “Center Alpha”.")
    menu = await phone.ask("/join")
    await phone.press(menu, f"join:{first}", forged=True)
    await phone.ask("/me")


async def replaced(bot: Running, people: People, phone: Phone, center: int) -> None:
    """Somebody else has their place, and they come back."""
    other = await people.person("⟦R⟧")
    await leads(bot, await people.person("⟦L⟧"), center)
    record = await record_of(bot, phone)
    assert record is not None
    offer = await opened(other, await link_into(bot, center, delegate=record.id, replaces=True))
    await other.press(offer, with_label(offer, "Join")[1])
    await other.reply_after(offer["message_id"])
    await filled_in(other, TYPED, "Join")
    await by_bot(phone, "Somebody else has your place")
    await phone.ask("/me")
    again = await opened(phone, await link_into(bot, center))
    await phone.press(again, with_label(again, "Join")[1])
    await phone.reply_after(again["message_id"])
    await filled_in(phone, ("yes", "yes"), "Join")


async def links_that_fail(bot: Running, people: People, clock: MovableClock, center: int) -> None:
    phone, other = await people.person("⟦F⟧"), await people.person("⟦F⟧")
    await opened(phone, "join_nothing")
    payload = await link_into(bot, center)
    offer = await opened(phone, payload)
    await phone.press(offer, with_label(offer, "Join")[1])
    await phone.reply_after(offer["message_id"])
    await opened(other, payload)
    revoked, expired, closed = [await link_into(bot, center) for _ in range(3)]
    rows = await kept_invitations.of_center(bot.database.reader, center, bot.now_us())

    async def spoil(tx: Transaction) -> None:
        await kept_invitations.use(tx, rows[-4].id, other.id, bot.now_us())
        await invitations.revoke(tx, RIGHTS, rows[-3].id, by=OWNER, now=bot.now_us())

    await bot.database.write(spoil)
    lost = await filled_in(phone, TYPED, "Join")
    await phone.press(lost, with_label(lost, "Ask to join")[1])
    await by_bot(phone, "to the focal point of")
    await opened(other, revoked)

    async def close(tx: Transaction) -> None:
        await centers.set_state(tx, center, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=bot.now_us())

    async def open_again(tx: Transaction) -> None:
        await centers.set_state(tx, center, before=CenterState.SUSPENDED, state=CenterState.APPROVED, now=bot.now_us())

    await bot.database.write(close)
    await opened(other, closed)
    menu = await other.ask("/join")
    for data in (f"join:{center}", "join:9999"):
        await other.press(menu, data, forged=True)
    await by_bot(other, "is not approved, so nobody can join it")
    await bot.database.write(open_again)
    fresh = await link_into(bot, center)
    await opened(phone, fresh)  # they have asked already
    clock.advance(31 * DAY_S)
    await opened(other, expired)


async def without_links(bot: Running, people: People, lead: Phone, center: int) -> None:
    phone = await people.person("⟦J⟧")
    group = phone.within(await people.group(phone))
    for command in ("/join", "/me"):
        await group.ask(f"{command}@unigo_test_bot")
    await lead.ask("/join")
    await lead.ask("/cancel")
    await phone.ask("/join")
    await phone.ask("⟦Xyzzy⟧")
    found = await phone.ask("Center Alpha")
    await phone.press(found, with_label(found, "🇨🇭")[1])
    await phone.reply_after(found["message_id"])
    await filled_in(phone, TYPED, "Send")
    await phone.ask("/me")
    waits = await phone.ask("/join")
    await phone.press(waits, with_label(waits, "Take it back")[1])
    await by_bot(phone, "I have taken your request back.")
    alone = await center_of(bot, "⟦Center Gamma⟧")
    await phone.press(waits, f"join:{alone}", forged=True)
    await by_bot(phone, "A few questions, then I will send your request to join “Center Gamma”.")
    await filled_in(phone, ("yes", "no"), "Send")
    await by_bot(phone, "to the Secretariat.")
    for state in (DelegateState.DECLINED, DelegateState.SUSPENDED):
        await in_state(bot, phone, state)
        await phone.ask("/me")
    await phone.ask("/join")


async def in_state(bot: Running, phone: Phone, state: DelegateState) -> None:
    record = await record_of(bot, phone)
    assert record is not None

    async def work(tx: Transaction) -> None:
        await delegates.set_state(tx, record.id, before=record.state, state=state, now=bot.now_us())

    await bot.database.write(work)


async def guests(bot: Running, people: People) -> None:
    phone = await people.person("⟦G⟧")
    menu = await phone.ask("/join")
    await phone.press(menu, "register:guest", forged=True)
    await phone.reply_after(menu["message_id"])
    await filled_in(phone, AS_GUEST, "Send")
    await phone.ask("/me")
    await phone.ask("/join")
    for remark in (None, "⟦Remark⟧"):
        held = await asked_to_correct(bot, phone, remark)
        await phone.press(held, with_label(held, "Correct it")[1])
        await by_bot(phone, "Which organization or group are you from?")
        await filled_in(phone, ("⟦O2⟧",), "Send to the Secretariat")
    await in_state(bot, phone, DelegateState.ACTIVE)

    async def decided(tx: Transaction) -> None:
        await tx._conn.execute("UPDATE requests SET state = 'approved' WHERE kind = 'guest'")

    await bot.database.write(decided)
    await phone.ask("/join")
    held = await phone.ask("/me")
    await opened(phone, await link_into(bot, await center_of(bot, "⟦Center Delta⟧")))
    await phone.press(held, with_label(held, "End my registration")[1])
    await by_bot(phone, "End your registration as a guest?")
    await phone.press(held, "me:left:0", forged=True)
    await by_bot(phone, "You are no longer a guest of the association.")


async def asked_to_correct(bot: Running, phone: Phone, remark: str | None) -> Json:
    async def work(tx: Transaction) -> None:
        await tx._conn.execute(
            "UPDATE requests SET state = 'correction', fields = 'organization', reason = ? WHERE kind = 'guest'",
            (remark,),
        )

    await bot.database.write(work)
    return await phone.ask("/me")


async def own_data(bot: Running, phone: Phone, center: int) -> None:
    """What /me has, and its small changes."""
    await phone.ask("⟦How much is the membership fee?⟧")
    held = await phone.ask("/me")
    await phone.press(held, "me:edit", forged=True)
    summary = await by_bot(phone, "Changing my details")
    await phone.press(summary, with_label(summary, "Function")[1])
    await by_bot(phone, "So far: ")
    summary = await phone.ask("⟦Director⟧")
    held = await phone.ask("/me")  # with an unfinished form
    await phone.press(summary, with_label(summary, "Save")[1])
    await by_bot(phone, "I have changed it.")
    edited = await phone.ask("/start")
    for data in ("me:shown:0", "me:shown:1", "me:zone", "me:zone:Africa/Nairobi", "me:export", "me:zone:other"):
        await phone.press(held, data, forged=True)
    await phone.reply_after(edited["message_id"])

    async def older(tx: Transaction) -> None:
        record = await delegates.of_person(tx, phone.id)
        assert record is not None
        await delegates.consent(tx, record.id, "2020-01-01", bot.now_us())

    async def marked(tx: Transaction) -> None:
        await marks.ask(
            tx, phone.id, phone.id, 9_000, language="en", question="⟦Q⟧", topic="agm", gist=None, now=bot.now_us()
        )

    await bot.database.write(older)
    await bot.database.write(marked)
    await phone.ask("/me")
    asked = await by_bot(phone, "The privacy notice has changed since")
    await phone.press(asked, f"me:agree:{PRIVACY_NOTICE_VERSION}")
    await by_bot(phone, "Thank you. I have noted")
    await phone.press(held, "me:withdraw:9999", forged=True)
    listed = await read_in(bot, center)
    stranger = await phone.people.person("⟦U⟧")
    await stranger.ask("/start")

    async def linked(tx: Transaction) -> None:
        await delegates.link(tx, listed, stranger.id, bot.now_us())

    await bot.database.write(linked)
    zone = await stranger.ask("/me")
    await stranger.press(zone, "me:zone", forged=True)
    await by_bot(stranger, "I do not know your time zone yet.")


async def read_in(bot: Running, center: int) -> int:
    async def work(tx: Transaction) -> int:
        details = DelegateDetails("⟦Given⟧", "⟦Listed⟧")
        return await written.add(
            tx, details, person_id=None, center=center, state=DelegateState.ACTIVE, now=bot.now_us()
        )

    return await bot.database.write(work)


async def leaving(bot: Running, people: People, lead: Phone, deputy: Phone, center: int) -> None:
    phone = await people.person("⟦E⟧")
    offer = await opened(phone, await link_into(bot, center))
    await phone.press(offer, with_label(offer, "Join")[1])
    await phone.reply_after(offer["message_id"])
    await filled_in(phone, TYPED, "Join")
    held = await phone.ask("/me")
    await phone.press(held, "me:edit", forged=True)
    summary = await by_bot(phone, "Changing my details")
    await phone.press(held, f"me:leave:{center}", forged=True)
    await by_bot(phone, "Those who look after it are told.")
    await phone.press(held, f"me:left:{center}", forged=True)
    await by_bot(lead, "has left “Center Alpha”.")
    await phone.press(summary, with_label(summary, "Save")[1])
    await by_bot(phone, "so there is nothing to change.")
    await leads(bot, lead, await center_of(bot, "⟦Center Epsilon⟧"))
    held = await lead.ask("/me")
    await deputy.ask("/me")
    await lead.press(held, f"me:leave:{center}", forged=True)
    await by_bot(lead, "Hand that over to somebody else first")
    await lead.press(held, f"me:left:{center}:alone", forged=True)
    await by_bot(deputy, "has no focal point any more")


async def erasing(group: Phone, phone: Phone, clock: MovableClock) -> None:
    owner = Phone(group.people, OWNER, OWNER)
    member = await group.people.person("⟦M⟧")
    await opened(member, await invited(owner))
    await member.ask("/me")
    held = await owner.ask("/me")
    await owner.press(held, "me:erase", forged=True)
    await by_bot(owner, "You are an owner of this bot")
    held = await phone.ask("/me")
    await phone.press(held, "me:erase", forged=True)
    await phone.press(held, "me:erase:sure", forged=True)
    await by_bot(phone, "This cannot be undone.")
    await phone.press(held, f"me:erase:now:{int(clock.timestamp())}", forged=True)
    await by_bot(phone, "Everything about you is erased.")
    for data in ("me:edit", "me:erase:now:1"):
        await phone.press(held, data, forged=True)

    await by_bot(group, "Erased: whoever this was about")
