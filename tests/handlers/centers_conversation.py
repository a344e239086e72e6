"""A conversation that makes the bot say everything about Centers that register, and what is decided about them.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TypeVar

from bot.app import Running
from bot.members import centers as written
from bot.members import delegates, requests
from bot.members.roles import Rights
from bot.runtime.clock import MovableClock
from storage import centers, drafts, outbox
from storage import requests as kept_requests
from storage.records.drafts import Draft
from storage.records.members import (
    CenterState,
    Change,
    DelegateDetails,
    DelegateState,
    Request,
    RequestKind,
)
from storage.session import Transaction
from tests import reminding
from tests.centers import DETAILS, press, put
from tests.chat import Json, People, Phone, until
from tests.desk import OWNER, by_bot, invited

T = TypeVar("T")

TYPED = (
    "⟦Center A⟧", "-", "training center", "mixed", "Switzerland", "⟦City⟧", "-", "office@example.org", "-", "⟦Head⟧",
    "⟦Colonel⟧",
)  # fmt: skip
MARKED = replace(
    DETAILS,
    name=TYPED[0],
    short_name=None,
    city="⟦City⟧",
    website=None,
    email="office@example.org",
    head_name="⟦Head⟧",
    head_title="⟦Colonel⟧",
)
GUEST = DelegateDetails(
    "⟦Given⟧", "⟦Family⟧",
    title="⟦Major⟧", function="⟦Trainer⟧", organization="⟦O⟧", email="name@example.org", phone="+41446681800",
    nationality="CH", languages=("en", "fr"), time_zone="⟦Zone⟧",
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Who works here, and their group; `old` is a message of theirs whose buttons may be any."""

    bot: Running
    people: People
    member: Phone
    group: Phone
    old: Json

    async def registered(self, name: str, **details: str) -> tuple[Phone, Request]:
        """Somebody who has registered a Center."""
        phone = await self.people.person("⟦A⟧")
        return phone, await put(self.bot, phone, **{**asdict(MARKED), "name": name, **details})

    async def acts(self, act: str, request: Request, more: str = "") -> Json:
        """The member's press on a button of the request, as it stands now, in private."""
        now = await requests.find(self.bot.database.reader, request.id)
        return await self.member.press(self.old, f"request:{act}:{request.id}:{now.edition}{more}", forged=True)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """What the handlers of others do."""
        done = await self.bot.database.write(work)
        self.bot.wake_delivery()
        return done

    async def asks(
        self, phone: Phone, kind: RequestKind, center: int | None, changes: dict[str, Change] | None = None
    ) -> Request:
        """A request of another kind."""
        await phone.ask("/start")
        now = self.bot.now_us()

        async def work(tx: Transaction) -> Request:
            delegate = None
            if kind != RequestKind.CHANGE:
                delegate = await delegates.add(
                    tx, GUEST,
                    person_id=phone.id, center=center, state=DelegateState.PENDING, is_guest=center is None, now=now,
                )  # fmt: skip
            return await requests.put(
                tx, Rights((OWNER,)), kind,
                by=phone.id, center=center, delegate=delegate, changes=changes, now=now,
                post=partial(outbox.add, tx, now=now),
            )  # fmt: skip

        return await self.write(work)


async def converse_about_centers(bot: Running, people: People, clock: MovableClock) -> None:
    """From /register to what became of it."""
    phone = await people.person("⟦R⟧")
    await phone.within(await people.group(phone)).ask("/register@unigo_test_bot")
    await _typed(phone)
    await by_bot(phone, "I have sent the registration of")
    office = await _office(bot, people)
    await _mine(office, phone)
    await _may_be_the_same(office)
    await _reasons(office)
    await _corrections(office)
    await _too_late(office)
    await _other_kinds(office)
    await _pending(office)
    await _reminded(office, clock)


async def _typed(phone: Phone) -> None:
    menu = await phone.ask("/register")
    await phone.press(menu, "register:center")
    await by_bot(phone, "What is the official name")
    asked = [await phone.ask(text) for text in TYPED]
    await press(phone, asked[-1], "Send to the")


async def _office(bot: Running, people: People) -> Office:
    owner = Phone(people, OWNER, OWNER)
    member = await people.person("⟦M⟧")
    joined = await member.start(await invited(owner))
    await member.reply_after(joined["message_id"])
    group = member.within(await people.group(owner, member, title="⟦C⟧"))
    await owner.within(group.chat_id).ask("/bind")
    await by_bot(group, "request waits for a decision")
    return Office(bot, people, member, group, await member.ask("/start"))


async def _seen(phone: Phone, request: Request, words: str) -> None:
    """How a registration stands, for whoever registered it."""
    await phone.press(await phone.ask("/start"), f"mine:show:{request.id}", forged=True)
    await by_bot(phone, words)


async def _mine(office: Office, phone: Phone) -> None:
    """Looked at, changed and withdrawn; also by others, and too late."""
    request = await kept_requests.registration_of(office.bot.database.reader, phone.id)
    assert request is not None
    await phone.press(await phone.ask("/register"), "register:center", forged=True)
    await by_bot(phone, "A person registers one Center.")
    await _seen(phone, request, "Secretariat's approval. Sent")
    menu = await phone.ask("/start")
    await phone.press(menu, f"mine:change:{request.id}", forged=True)
    summary = await by_bot(phone, "Press the line that you want to change.")
    await press(phone, summary, "Send to the")
    summary = await by_bot(phone, "Nothing has changed yet.")
    await press(phone, summary, "City")
    await by_bot(phone, "So far: City")
    await press(phone, await phone.ask("⟦Town⟧"), "Send to the")
    await by_bot(phone, "I have sent your changes of")
    await by_bot(office.group, "Changed since it was last put:")
    await office.member.press(office.old, f"mine:show:{request.id}", forged=True)
    for act in ("ask", "withdraw", "ask"):
        await phone.press(menu, f"mine:{act}:{request.id}", forged=True)
    await by_bot(office.group, "Withdrawn by who asked")
    await by_bot(phone, "It was withdrawn.")
    await office.acts("approve", request)
    await _to_correct_what_is_gone(office, phone)


async def _to_correct_what_is_gone(office: Office, phone: Phone) -> None:
    draft = Draft(0, phone.id, "center", "9999", 1, office.bot.now_us(), step="name", only=("name",))
    await office.bot.database.write(lambda tx: drafts.begin(tx, draft))
    asked = [await phone.ask(text) for text in TYPED]
    await press(phone, asked[-1], "Send to the")
    await by_bot(phone, "This registration does not exist any more")


async def _may_be_the_same(office: Office) -> None:
    """One that waits, one that is approved, one that is suspended; then none of them."""
    found = [(await office.registered("⟦Center A⟧"))[1] for _ in range(3)]
    for request in found[1:]:
        await office.acts("approve", request)
    suspend = partial(centers.set_state, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=1)
    await office.write(lambda tx: suspend(tx, found[2].center or 0))
    await office.member.press(office.old, f"request:show:{found[0].id}", forged=True)
    await by_bot(office.member, "(suspended)")
    phone = await office.people.person("⟦B⟧")
    await _typed(phone)
    question = await by_bot(phone, "is your Center one of these?")
    await phone.press(question, "center:answers")
    summary = await phone.reply_after(question["message_id"])
    await press(phone, summary, "City")
    await by_bot(phone, "So far: City")
    await phone.ask("⟦Town⟧")
    await press(phone, question, "None of these")


async def _reasons(office: Office) -> None:
    phone, request = await office.registered("⟦Police School⟧")
    member = office.member
    await office.acts("decline", request)
    await by_bot(member, "Write the reason now")
    sticker = await office.people.post(f"/persons/{member.id}/stickers", {})
    await member.reply_after(sticker["message_id"])
    for text in ("⟦" + "a" * 1_001 + "⟧", "/cancel"):
        await member.ask(text)
    await member.press(await member.ask("/start"), f"request:stop:{request.id}", forged=True)
    await by_bot(member, "stays as it is.")
    listing = await office.group.ask("/pending")
    await office.group.press(listing, f"request:decline:{request.id}:0", forged=True)
    prompt = await by_bot(office.group, "Reply to this message with the reason.")
    await office.group.ask("⟦No.⟧", reply_to_message_id=prompt["message_id"])
    await by_bot(phone, "has declined the registration")
    await _seen(phone, request, "It was declined.")
    blocked, other = await office.registered("⟦Academy⟧", email="a@example.org")
    await until(partial(kept_requests.cards, office.bot.database.reader, other.id))
    await office.people.post(f"/persons/{blocked.id}/block", {"blocked": True})
    await office.acts("bare", other)
    await by_bot(office.group, "They could not be told yet")
    await office.people.post(f"/persons/{blocked.id}/block", {"blocked": False})
    await blocked.start()
    await by_bot(blocked, "No reason was given.")


async def _corrections(office: Office) -> None:
    phone, request = await office.registered("⟦Military School⟧")
    listing = await office.group.ask("/pending")
    for tail in ("fields:{}:0", "fields:{}:0:3", "remark:{}:0:3"):
        await office.group.press(listing, "request:" + tail.format(request.id), forged=True)
    await by_bot(office.group, "Reply to this message with your remark.")
    await office.acts("remark", request, ":3")
    await by_bot(office.member, "Write your remark now")
    await office.member.ask("⟦In full.⟧")
    await by_bot(phone, "asks you to correct the registration")
    await _seen(phone, request, "asks you to correct something")
    await phone.press(await phone.ask("/start"), f"mine:fix:{request.id}", forged=True)
    await by_bot(phone, "The Secretariat writes: “In full.”")
    other, second = await office.registered("⟦Civil School⟧")
    await office.group.press(listing, f"request:fields:{second.id}:0:20", forged=True)
    ticks = await by_bot(office.group, "What is to be corrected in “🇨🇭 ⟦Civil School⟧”?")
    screen = await office.group.ask("⟦In full.⟧", reply_to_message_id=ticks["message_id"])
    await office.group.ask("/cancel")
    await office.group.press(screen, f"request:correct:{second.id}:0:20:{office.member.id}", forged=True)
    await office.acts("correct", second, ":20")
    await by_bot(other, "asks you to correct the registration")
    await other.press(await other.ask("/start"), f"mine:fix:{second.id}", forged=True)
    await by_bot(other, "The rest stays as it is.")
    await office.member.press(office.old, f"request:approve:{second.id}:0", forged=True)
    await office.acts("approve", second)


async def _too_late(office: Office) -> None:
    """Decided, or changed otherwise, while somebody changes it."""
    phone, request = await office.registered("⟦Naval School⟧")
    await phone.press(await phone.ask("/start"), f"mine:change:{request.id}", forged=True)
    await press(phone, await by_bot(phone, "Press the line"), "City")
    await by_bot(phone, "So far: City")
    summary = await phone.ask("⟦Town⟧")

    async def otherwise(tx: Transaction) -> None:
        center = await written.find(tx, request.center or 0)
        await written.change(tx, center, replace(center.details, city="⟦Port⟧"), 1)

    await office.write(otherwise)
    await press(phone, summary, "Send to the")
    summary = await by_bot(phone, "Somebody has changed the same")
    await office.member.press(office.old, f"request:approve:{request.id}:7", forged=True)
    await office.acts("approve", request)
    await by_bot(phone, "You are its focal point")
    await press(phone, summary, "Send to the")
    await by_bot(phone, "your changes were not sent.")
    await office.acts("approve", request)
    await phone.press(await phone.ask("/register"), "register:center", forged=True)
    declined = await office.registered("⟦Air School⟧")
    await office.acts("bare", declined[1])
    await office.acts("bare", declined[1])
    await phone.press(await phone.ask("/start"), f"request:approve:{request.id}:1", forged=True)


async def _other_kinds(office: Office) -> None:
    """Changes, those who want to join, guests: approved and declined."""
    focal, registered = await office.registered("⟦School of Engineers⟧")
    await office.acts("approve", registered)
    center = registered.center
    rename = {"name": Change("⟦School of Engineers⟧", "⟦Engineers⟧")}
    for changes, act in (({"city": Change("⟦None⟧", "⟦New⟧")}, "bare"), (rename, "approve")):
        request = await office.asks(focal, RequestKind.CHANGE, center, changes)
        await office.acts("approve", request)  # of these, the first does not fit
        await office.acts(act, request)
    for kind, where in ((RequestKind.JOIN, center), (RequestKind.GUEST, None)):
        for act in ("approve", "decline"):
            phone = await office.people.person("⟦D⟧")
            request = await office.asks(phone, kind, where)
            if act == "approve" and kind == RequestKind.GUEST:
                await office.acts("correct", request, ":1f")
                await by_bot(phone, "asks you to correct your registration")
                await office.write(partial(_put_again, request=request, by=phone.id))
            await office.acts(act, request)
            if act == "decline":
                await by_bot(office.member, "Write the reason now")
                await office.member.ask("⟦No.⟧")
            await by_bot(phone, "You are" if act == "approve" else "declined")


async def _put_again(tx: Transaction, request: Request, by: int) -> None:
    await requests.put_again(tx, Rights((OWNER,)), request, by=by, now=1, post=lambda _card: None)


async def _pending(office: Office) -> None:
    """The lists, with one kind, with all, with nothing; and what a new group is told."""
    people = office.people
    focal, registered = await office.registered("⟦School of Music⟧")
    await office.acts("approve", registered)
    waiting = [
        await office.asks(focal, RequestKind.CHANGE, registered.center, {"city": Change("⟦City⟧", "⟦Town⟧")}),
        await office.asks(await people.person("⟦J⟧"), RequestKind.JOIN, registered.center),
        await office.asks(await people.person("⟦G⟧"), RequestKind.GUEST, None),
    ]
    owner = Phone(people, OWNER, OWNER)
    await owner.within(await people.group(owner, title="⟦N⟧")).ask("/bind")
    listing = await office.member.ask("/pending")
    for kind in ("center", "change", "join", "guest", "all"):
        await office.member.press(listing, f"pending:{kind}:0", forged=True)
    for number in range(1, waiting[-1].id):
        await office.acts("bare", replace(waiting[0], id=number))
    await office.member.ask("/pending")
    await office.member.press(listing, "pending:center:0", forged=True)
    await by_bot(office.member, "Nothing of this kind waits.")
    await office.acts("bare", waiting[-1])
    await office.member.ask("/pending")
    await by_bot(office.member, "Nothing waits for a decision.")


async def _reminded(office: Office, clock: MovableClock) -> None:
    """What was sent back a while ago, in the list, and whoever is reminded of it."""
    phone, request = await office.registered("⟦School of Signals⟧")
    guest = await office.people.person("⟦E⟧")
    asked = await office.asks(guest, RequestKind.GUEST, None)
    for one, fields in ((request, ":20"), (asked, ":1")):
        await office.acts("correct", one, fields)
    await office.member.ask("/pending")
    database = office.bot.database
    for reader in (phone, guest):
        await reminding.insert(database, "reminder_wishes", person_id=reader.id, muted="", night_from=0, night_to=0)
    await reminding.execute(database, "UPDATE requests SET decided_at = 0 WHERE state = 'correction'")
    clock.advance(reminding.MOVED_S)
    for reader in (phone, guest):
        await by_bot(reader, "still waits for your correction")
