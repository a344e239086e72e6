"""A conversation that makes the bot say everything about a Center to those who look after it.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.app import Running
from bot.members import centers as written_centers
from bot.members import delegates as written
from bot.members import invitations, requests
from bot.members.invitations import OPEN_AT_MOST
from bot.members.roles import Rights, Role
from bot.runtime.clock import MovableClock
from storage import centers as kept_centers
from storage import delegates, roles
from storage import invitations as kept_invitations
from storage.records.members import Center, CenterState, DelegateDetails, DelegateState, RequestKind
from storage.session import Transaction
from tests.chat import Json, People, Phone, buttons, until
from tests.desk import OWNER, with_label
from tests.leaders import DETAILS, center_of, delegate_in

RIGHTS = Rights((OWNER,))
PAUSE_S = 120.0
"""Nobody presses so many buttons without a pause: the bot would not read on."""
WRITTEN = replace(DETAILS, name="⟦C⟧", city="⟦T⟧", email="⟦@⟧", head_name="⟦H⟧")


@dataclass(frozen=True)
class Scene:
    """A Center with its focal point, and two delegates with their records."""

    bot: Running
    center: int
    phone: Phone
    other: Phone
    third: Phone
    records: list[int]


async def converse_about_a_center(bot: Running, people: People, clock: MovableClock) -> None:
    """From no Center to one that is edited, invited to, and led by somebody else in the end."""
    phone, other, third = [await people.person(f"⟦{name}⟧") for name in "FGH"]
    owner = Phone(people, OWNER, OWNER)
    for each in (phone, other, third, owner):
        await each.ask("/center")
    center = await center_of(bot.database, phone.id, details=WRITTEN)
    records = [
        await delegate_in(bot.database, center, each.id, given="⟦G⟧", name=f"⟦{each.id}⟧") for each in (other, third)
    ]
    await from_elsewhere(people, phone, other, center)
    clock.advance(PAUSE_S)
    await edited(bot, phone, owner, center)
    clock.advance(PAUSE_S)
    await invited(bot, phone, center)
    clock.advance(PAUSE_S)
    await others_see(bot, phone, other, center, records)
    clock.advance(PAUSE_S)
    await joins(bot, people, phone, center)
    scene = Scene(bot, center, phone, other, third, records)
    clock.advance(PAUSE_S)
    await deputies(scene)
    clock.advance(PAUSE_S)
    await handed_over(scene)
    clock.advance(PAUSE_S)
    await removed(bot, people, other, center)
    clock.advance(PAUSE_S)
    await suspended(bot, other, center)


async def shown(phone: Phone, message: Json, label: str, words: str, data: str = "") -> Json:
    """Press a button; the message, once these words stand in it, marks apart."""
    await phone.press(message, with_label(message, label, data)[1])
    return await become(phone, message["message_id"], words)


async def become(phone: Phone, message_id: int, words: str) -> Json:
    """A message, once these words stand in it, marks apart."""

    async def found() -> Json | None:
        now = next(one for one in await phone.messages() if one["message_id"] == message_id)
        return now if words in bare(now) else None

    return dict(await until(found))


async def said(phone: Phone, words: str, after: int) -> Json:
    """The bot's first message behind another with these words, marks apart."""

    async def found() -> Json | None:
        behind = (one for one in await phone.messages() if one["from"]["is_bot"] and one["message_id"] > after)
        return next((one for one in behind if words in bare(one)), None)

    return dict(await until(found))


def bare(message: Json) -> str:
    return re.sub("[⟦⟧]", "", message.get("text") or message.get("caption") or "")


async def desk(phone: Phone) -> Json:
    return await phone.ask("/center")


async def forged(phone: Phone, *presses: str) -> None:
    """Presses on buttons that are not there, each on a message of its own."""
    for data in presses:
        await phone.press(await phone.ask("/help"), data, forged=True)


async def from_elsewhere(people: People, phone: Phone, other: Phone, center: int) -> None:
    group = phone.within(await people.group(phone))
    await group.ask("/center@unigo_test_bot")
    opened = await other.start("center_9999")
    await other.reply_after(opened["message_id"])
    await forged(other, f"center:edit:{center}")
    stranger = await people.person("⟦S⟧")
    await forged(stranger, f"center:show:{center}", "handover:accept:9999")


async def save(phone: Phone, opened: Json, changes: dict[str, str]) -> int:
    """Change lines of the summary and save; the number of the message with the summary."""
    summary = await said(phone, "Is this right?", opened["message_id"])
    for label, text in changes.items():
        await phone.press(summary, with_label(summary, label)[1])
        asked = await said(phone, "So far", summary["message_id"])
        await phone.write(text)
        summary = await said(phone, "Is this right?", asked["message_id"])
    await phone.press(summary, with_label(summary, "Save")[1])
    return int(summary["message_id"])


async def edit(phone: Phone, **changes: str) -> int:
    opened = await desk(phone)
    await phone.press(opened, with_label(opened, "Edit")[1])
    return await save(phone, opened, {name.replace("_", " "): text for name, text in changes.items()})


async def edited(bot: Running, phone: Phone, owner: Phone, center: int) -> None:
    await said(phone, "from now on", await edit(phone, City="⟦U⟧", Official_name="⟦D⟧"))
    await desk(phone)
    await said(phone, "still waits", await edit(phone, City="⟦V⟧"))
    await said(phone, "Nothing waits", await edit(phone, Official_name="⟦C⟧"))
    opened = await desk(phone)
    await phone.press(opened, with_label(opened, "Edit")[1])
    await said(phone, "Is this right?", opened["message_id"])
    before = await kept_centers.by_id(bot.database.reader, center)
    assert before is not None
    await set_city(bot, before, "⟦W⟧")
    summary = await save(phone, opened, {"City": "⟦X⟧"})
    stale = await said(phone, "Somebody else has changed the same", summary)
    await bot.database.write(lambda tx: roles.take(tx, phone.id, Role.FOCAL_POINT, str(center)))
    await phone.press(stale, with_label(stale, "Save")[1])
    await said(phone, "You cannot change this Center now", stale["message_id"])
    await give_back(bot, phone, center)
    await phone.ask("/cancel")
    await same_as_others(bot, phone, center)
    opened = await owner.start(f"center_{center}")
    card = await owner.reply_after(opened["message_id"])
    await owner.press(card, with_label(card, "Edit")[1])
    await said(owner, "It applies at once.", card["message_id"])
    await owner.ask("/cancel")
    await incomplete(bot, phone)


async def set_city(bot: Running, center: Center, city: str) -> None:
    details = replace(center.details, city=city)
    await bot.database.write(lambda tx: written_centers.change(tx, center, details, bot.now_us()))


async def same_as_others(bot: Running, phone: Phone, center: int) -> None:
    opened = await desk(phone)
    await phone.press(opened, with_label(opened, "Edit")[1])
    await said(phone, "Is this right?", opened["message_id"])
    before = await kept_centers.by_id(bot.database.reader, center)
    assert before is not None
    await set_city(bot, before, "⟦Y⟧")
    await said(phone, "It is so already.", await save(phone, opened, {"City": "⟦Y⟧"}))


async def give_back(bot: Running, phone: Phone, center: int) -> None:
    await bot.database.write(
        lambda tx: roles.give(tx, phone.id, Role.FOCAL_POINT, scope=str(center), given_by=OWNER, now=bot.now_us())
    )


async def incomplete(bot: Running, phone: Phone) -> None:
    """A Center of which not everything is known; with it, there are several to choose from."""
    number = await center_of(bot.database, phone.id, details=replace(WRITTEN, name="⟦E⟧", kind=None))
    choice = await desk(phone)
    card = await shown(phone, choice, "", "Official name: E", f"center:show:{number}")
    listed = await shown(phone, card, "Delegates", "has no delegates here yet.")
    await phone.press(listed, with_label(listed, "Back")[1])
    await phone.press(card, f"center:edit:{number}", forged=True)
    await said(phone, "Some details of this Center are not known yet.", card["message_id"])
    await phone.ask("/cancel")
    await bot.database.write(lambda tx: roles.take(tx, phone.id, Role.FOCAL_POINT, str(number)))


async def invited(bot: Running, phone: Phone, center: int) -> None:
    records = [await delegate_in(bot.database, center, None, given="⟦G⟧", name=f"⟦L{number}⟧") for number in (1, 2)]
    menu = await shown(phone, await desk(phone), "Invite", "Whom do you want to invite")
    await phone.press(menu, with_label(menu, "For one person")[1])
    await said(phone, "Who is to join", menu["message_id"])
    await phone.write("⟦N⟧")
    summary = await said(phone, "Is this right?", menu["message_id"])
    await phone.press(summary, with_label(summary, "Make the link")[1])
    told = await said(phone, "This link is for", summary["message_id"])
    last = await said(phone, "I will tell you as soon as", told["message_id"])
    await shown(phone, last, "Open invitations", "1 open invitation")
    await shown(phone, told, "Revoke it", "No invitation is open.")
    await forged(phone, with_label(told, "Revoke it")[1])
    menu = await shown(phone, await desk(phone), "Invite", "Whom do you want to invite")
    listed = await shown(phone, menu, "For someone", "These delegates are on your list")
    await phone.press(listed, f"center:for:{center}:{records[0]}:0")
    await said(phone, "I will tell you as soon as", listed["message_id"])
    await forged(phone, f"center:for:{center}:{records[0]}:0", f"center:appoint:{center}:{records[0]}")
    await forged(phone, f"center:offer:{center}:{records[0]}:0")
    await listed_card(phone, center, records[0])
    await shared(phone)
    await replaced(bot, phone, center, records[1])
    await too_many(bot, phone, center, records[0])
    for record in records:
        await bot.database.write(lambda tx, one=record: delegates.leave(tx, one, center, bot.now_us()))  # type: ignore[misc]
    await forged(phone, f"center:listed:{center}:0", f"center:person:{center}:{records[0]}")


async def listed_card(phone: Phone, center: int, record: int) -> None:
    card = await phone.ask("/center")
    await phone.press(card, f"center:person:{center}:{record}", forged=True)
    await become(phone, card["message_id"], "A link for this person is open")
    await phone.press(card, f"center:ask:{center}:{record}", forged=True)
    await become(phone, card["message_id"], "from the list of")


async def shared(phone: Phone) -> None:
    for label, words in (("Make a link to share", "There is no link"), ("Make another link", "There is a link")):
        menu = await shown(phone, await desk(phone), "Invite", "Whom do you want to invite")
        page = await shown(phone, menu, "A link to share", words)
        await phone.press(page, with_label(page, label)[1])
        await said(phone, "I will tell you as soon as", page["message_id"])
    await shown(phone, await desk(phone), "Invitations", "Link to share")


async def replaced(bot: Running, phone: Phone, center: int, record: int) -> None:
    """A place that is given, that has been given meanwhile, and that is not there any more."""
    for spoil, words in (
        (None, "keeps the place"), ("link", "There is a link for this place"), ("left", "not with the Center any more"),
    ):  # fmt: skip
        card = await phone.ask("/center")
        await phone.press(card, f"center:replace:{center}:{record}", forged=True)
        await said(phone, "Who is to take the place?", card["message_id"])
        await phone.write("⟦N⟧")
        summary = await said(phone, "Is this right?", card["message_id"])
        if spoil == "link":
            await link_for(bot, center, record)
        elif spoil == "left":
            await bot.database.write(lambda tx: delegates.leave(tx, record, center, bot.now_us()))
        await phone.press(summary, with_label(summary, "Make the link")[1])
        await said(phone, words, summary["message_id"])
        if spoil is None:
            await phone.press(card, f"center:person:{center}:{record}", forged=True)
            await become(phone, card["message_id"], "A link to take this place is open")
            await revoke_all(bot, center)


async def link_for(bot: Running, center: int, record: int) -> None:
    await bot.database.write(
        lambda tx: invitations.invite(tx, RIGHTS, center, by=OWNER, delegate=record, now=bot.now_us())
    )


async def revoke_all(bot: Running, center: int) -> None:
    async def work(tx: Transaction) -> None:
        for one in await kept_invitations.of_center(tx, center, bot.now_us()):
            await kept_invitations.revoke(tx, one.id, OWNER, bot.now_us())

    await bot.database.write(work)


async def too_many(bot: Running, phone: Phone, center: int, record: int) -> None:
    async def work(tx: Transaction) -> None:
        while len(await kept_invitations.of_center(tx, center, bot.now_us())) < OPEN_AT_MOST:
            await invitations.invite(tx, RIGHTS, center, by=OWNER, now=bot.now_us())

    card = await phone.ask("/center")
    await phone.press(card, f"center:personal:{center}", forged=True)
    await said(phone, "Who is to join", card["message_id"])
    await phone.write("⟦N⟧")
    summary = await said(phone, "Is this right?", card["message_id"])
    await bot.database.write(work)
    await forged(phone, f"center:for:{center}:{record}:0")
    await phone.press(summary, with_label(summary, "Make the link")[1])
    refused = await said(phone, "invitations are open.", summary["message_id"])
    await forged(phone, f"center:links:{center}:0")
    await revoke_all(bot, center)
    await bot.database.write(lambda tx: roles.take(tx, phone.id, Role.FOCAL_POINT, str(center)))
    await phone.press(refused, with_label(refused, "Make the link")[1])
    await said(phone, "You cannot invite anybody", refused["message_id"])
    await give_back(bot, phone, center)


async def others_see(bot: Running, phone: Phone, other: Phone, center: int, records: list[int]) -> None:
    await desk(other)
    await bot.database.write(lambda tx: delegates.set_shown(tx, records[0], is_shown=True, now=bot.now_us()))
    await shown(other, await desk(other), "Delegates", "who agreed to be shown")
    listed = await shown(phone, await desk(phone), "Delegates", "Press a name to see more.")
    await shown(phone, listed, "", "Joined:", f"center:person:{center}:{records[0]}")


async def joins(bot: Running, people: People, phone: Phone, center: int) -> None:
    applicant = await people.person("⟦A⟧")
    await applicant.ask("/start")

    async def work(tx: Transaction) -> None:
        record = await written.add(
            tx, DelegateDetails("⟦A⟧", "⟦B⟧"), person_id=applicant.id, center=center, state=DelegateState.PENDING,
            now=bot.now_us(),
        )  # fmt: skip
        await requests.put(
            tx, RIGHTS, RequestKind.JOIN, by=applicant.id, center=center, delegate=record, now=bot.now_us(),
            post=lambda _message: None,
        )  # fmt: skip

    await bot.database.write(work)
    await desk(applicant)
    listed = await shown(phone, await desk(phone), "Want to join", "They want to join")
    await phone.press(listed, next(data for data in buttons(listed).values() if data.startswith("request:show:")))
    card = await said(phone, "Wants to join a Center", listed["message_id"])
    await phone.press(card, with_label(card, "Approve")[1])
    await forged(phone, f"center:joining:{center}:0")


async def deputies(scene: Scene) -> None:
    bot, center, phone, other, records = scene.bot, scene.center, scene.phone, scene.other, scene.records
    await forged(phone, f"center:appoint:{center}:{records[0]}", f"center:leaders:{center}")
    await desk(other)
    await forged(other, f"center:dismiss:{center}:{phone.id}")
    await forged(phone, f"center:remove:{center}:{records[0]}", f"center:person:{center}:{records[0]}")
    for person in (-11, -12):
        await delegate_in(bot.database, center, person, given="⟦G⟧", name="⟦P⟧")
        await bot.database.write(
            lambda tx, one=person: roles.give(  # type: ignore[misc]
                tx, one, Role.DEPUTY, scope=str(center), given_by=OWNER, now=bot.now_us()
            )
        )
    await forged(phone, f"center:appoint:{center}:{records[1]}")
    for person in (-11, -12, other.id):
        await forged(phone, f"center:dismiss:{center}:{person}")


async def handed_over(scene: Scene) -> None:
    """Offered, declined, taken back, over, accepted; with a deputy's role after it, without, and with no room."""
    bot, center, phone, other, records = scene.bot, scene.center, scene.phone, scene.other, scene.records
    asked = await phone.ask("/help")
    await phone.press(asked, f"center:handover:{center}:{records[0]}", forged=True)
    await become(phone, asked["message_id"], "What would you like to be afterwards?")
    await offer(phone, other, center, records[0], "Decline")
    await offer(phone, other, center, records[0], None)
    await forged(phone, f"center:offer:{center}:{records[0]}:1", f"center:leaders:{center}")
    await forged(phone, f"center:person:{center}:{records[0]}", f"center:withdraw:{center}:2")
    await forged(other, "handover:accept:2")
    await offer(phone, other, center, records[0], "Accept", stays=1)
    own = await record_of(bot, center, phone)
    await offer(other, phone, center, own, "Accept", stays=0)
    await forged(phone, f"center:person:{center}:{own}")
    for person in (-11, -12, scene.third.id):
        await bot.database.write(
            lambda tx, one=person: roles.give(  # type: ignore[misc]
                tx, one, Role.DEPUTY, scope=str(center), given_by=OWNER, now=bot.now_us()
            )
        )
    await offer(phone, other, center, records[0], "Accept", stays=1)
    owner = Phone(other.people, OWNER, OWNER)
    asked = await owner.ask("/help")
    await owner.press(asked, f"center:handover:{center}:{records[1]}", forged=True)
    await become(owner, asked["message_id"], "What will the present focal point be afterwards?")
    await bot.database.write(lambda tx: roles.take(tx, other.id, Role.FOCAL_POINT, str(center)))
    await forged(owner, f"center:leaders:{center}")
    for person in (-11, -12):
        await bot.database.write(lambda tx, one=person: roles.take(tx, one, Role.DEPUTY, str(center)))  # type: ignore[misc]
    opened = await owner.start(f"center_{center}")
    await owner.reply_after(opened["message_id"])
    await owner.press(asked, f"center:handover:{center}:{records[1]}", forged=True)
    await become(owner, asked["message_id"], "They have 7 days to accept.")
    await offer(owner, scene.third, center, records[1], "Accept")
    await desk(scene.third)


async def record_of(bot: Running, center: int, phone: Phone) -> int:
    return await delegate_in(bot.database, center, phone.id, given="⟦G⟧", name="⟦F⟧")


async def offer(phone: Phone, other: Phone, center: int, record: int, press: str | None, *, stays: int = 0) -> None:
    """Offer the role, and press what the other one answers."""
    seen = max(message["message_id"] for message in await other.messages())
    await forged(phone, f"center:offer:{center}:{record}:{stays}")
    asked = await said(other, "You are asked to become", seen)
    if press is not None:
        await other.press(asked, with_label(asked, press)[1])
        await become(other, asked["message_id"], "You ")


async def removed(bot: Running, people: People, other: Phone, center: int) -> None:
    gone = await people.person("⟦Q⟧")
    record = await delegate_in(bot.database, center, gone.id, given="⟦G⟧", name="⟦Q⟧")
    await gone.ask("/start")
    owner = Phone(people, OWNER, OWNER)
    asked = await owner.ask("/help")
    await owner.press(asked, f"center:ask:{center}:{record}", forged=True)
    asked = await become(owner, asked["message_id"], "I will tell them.")
    await shown(owner, asked, "Yes, remove", "is no longer with")
    await said(gone, "You are no longer a delegate of", 0)


async def suspended(bot: Running, owner_or_leader: Phone, center: int) -> None:
    await bot.database.write(
        lambda tx: kept_centers.set_state(
            tx, center, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=bot.now_us()
        )
    )
    await desk(owner_or_leader)
    await forged(Phone(owner_or_leader.people, OWNER, OWNER), f"center:invite:{center}")
