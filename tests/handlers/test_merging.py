"""Two records of the same become one: found, compared, confirmed; and what moves with them."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import Running
from bot.members import invitations, requests
from bot.members.roles import Rights, Role
from storage import delegates, participations, roles
from storage import invitations as kept_invitations
from storage.delegates import DelegateFilter
from storage.records.members import CenterState, DelegateState, RequestKind
from storage.records.participations import Attendance, ParticipationDetails
from storage.session import Transaction
from tests import participants
from tests.chat import Json, People, Phone, met
from tests.delegates import link_into, opened
from tests.desk import OWNER, labels, owner_of, says
from tests.records import acts, becomes, center, center_now, data_of, lead, person, person_now, press


async def compared(phone: Phone, first: str, second: str) -> Json:
    """Two records side by side."""
    listing = await phone.ask("/centers")
    await phone.press(listing, f"merge:with:{first}:{second}", forged=True)
    return await becomes(phone, listing, "What stays is marked:")


async def leaders(bot: Running, number: int) -> dict[int, str]:
    found = [*await roles.holders_of(bot.database.reader, Role.FOCAL_POINT, str(number))]
    found += await roles.holders_of(bot.database.reader, Role.DEPUTY, str(number))
    return {one.person_id: one.role for one in found}


async def test_centers_become_one_with_all_that_is_theirs(bot: Running, people: People, owner: Phone) -> None:
    stays = await center(bot, name="Training Center Alpha", city=None)
    goes = await center(bot, name="Alpha Training Centre", city="Mombasa", short_name="ATC")
    focal, other, asker = [await met(people, name) for name in ("Focal A", "Focal B", "Asker")]
    await lead(bot, focal, stays)
    await lead(bot, other, goes)
    await person(bot, goes, family_name="First")
    waiting = await person(bot, goes, family_name="Second", writes=asker, state=DelegateState.PENDING)

    async def work(tx: Transaction) -> tuple[int, str]:
        rights, now = Rights((OWNER,)), bot.now_us()
        made = await invitations.invite(tx, rights, goes, by=other.id, now=now)
        shared = await invitations.share(tx, rights, goes, by=other.id, now=now)
        request = await requests.put(
            tx, rights, RequestKind.JOIN, by=asker.id, center=goes, delegate=waiting, now=now, post=lambda _: None
        )
        assert made.invitation.center == goes
        return request.id, shared.token

    request_id, token = await bot.database.write(work)
    listing = await owner.ask("/centers")
    await press(owner, listing, "🇰🇪 Training Center Alpha")
    await press(owner, listing, "Merge with another")
    await becomes(owner, listing, "These may be the same.")
    await press(owner, listing, "🇰🇪 Alpha Training Centre")
    side = await becomes(owner, listing, "What stays is marked:")
    for line in (
        f"Stays: Training Center Alpha (no. {stays})", f"Goes: Alpha Training Centre (no. {goes})",
        "Official name: ✓ Training Center Alpha\nAlpha Training Centre", "City: ✓ Mombasa", "2 delegates move.",
        "This cannot be undone.",
    ):  # fmt: skip
        assert line in side["text"]
    await press(owner, listing, "Merge")
    await becomes(owner, listing, "City: Mombasa")
    told = await says(other, "Alpha Training Centre was registered twice.")
    assert "You are a deputy there now." in told["text"]
    stayed = await says(focal, "Alpha Training Centre was registered twice.")
    assert "New deputies: Focal B" in stayed["text"]
    assert labels(stayed) == ["Open the Center"]
    assert await leaders(bot, stays) == {focal.id: "focal_point", other.id: "deputy"}
    assert await leaders(bot, goes) == {}
    gone = await center_now(bot, goes)
    assert (gone.state, gone.merged_into) == (CenterState.MERGED, stays)
    assert await delegates.count(bot.database.reader, DelegateFilter(center=stays)) == 2
    assert (await requests.find(bot.database.reader, request_id)).center == stays
    reader, now = bot.database.reader, bot.now_us()
    assert [one.kind for one in await kept_invitations.of_center(reader, stays, now)] == ["personal", "shared"]
    assert (await invitations.opened(reader, token, now)).center == stays
    assert next(act for _, act in await acts(bot, f"center:{goes}")) == "center.merge"
    assert next(act for _, act in await acts(bot, f"center:{stays}")) == "center.absorb"


async def test_a_link_to_share_that_both_have_is_one(bot: Running, owner: Phone) -> None:
    stays, goes = await center(bot), await center(bot, name="Center B")

    async def work(tx: Transaction) -> list[str]:
        rights, now = Rights((OWNER,)), bot.now_us()
        return [(await invitations.share(tx, rights, one, by=OWNER, now=now)).token for one in (stays, goes)]

    tokens = await bot.database.write(work)
    side = await compared(owner, f"c{stays}", f"c{goes}")
    await press(owner, side, "Merge")
    await becomes(owner, side, "Status: approved")
    assert (await invitations.opened(bot.database.reader, tokens[0], bot.now_us())).center == stays
    with pytest.raises(invitations.InvitationRevokedError):
        await invitations.opened(bot.database.reader, tokens[1], bot.now_us())


async def test_the_focal_point_of_the_one_that_goes_leads_where_nobody_does(
    bot: Running, people: People, owner: Phone
) -> None:
    stays, goes = await center(bot), await center(bot, name="Center B")
    focal = await met(people, "Focal B")
    await lead(bot, focal, goes)
    await lead(bot, focal, stays, Role.DEPUTY)
    side = await compared(owner, f"c{stays}", f"c{goes}")
    await press(owner, side, "Merge")
    await says(focal, "You are the focal point there now.")
    assert await leaders(bot, stays) == {focal.id: "focal_point"}


async def test_the_other_one_can_stay(bot: Running, owner: Phone) -> None:
    first, second = await center(bot), await center(bot, name="Center B")
    side = await compared(owner, f"c{first}", f"c{second}")
    await press(owner, side, "The other one stays")
    await becomes(owner, side, f"Stays: Center B (no. {second})")
    await press(owner, side, "Do not merge")
    await becomes(owner, side, "Status: approved")
    assert (await center_now(bot, first)).state == CenterState.APPROVED


async def test_the_other_one_can_be_looked_for(bot: Running, owner: Phone) -> None:
    first = await center(bot)
    second = await center(bot, name="Quite Another Academy", country="FR", city="Paris", website=None, email=None)
    listing = await owner.ask("/centers")
    await owner.press(listing, f"merge:begin:c{first}", forged=True)
    await becomes(owner, listing, "I found none that may be the same.")
    await press(owner, listing, "Look for another")
    await says(owner, "Which one is the same as Center A?")
    found = await owner.ask("quite anothr academy")
    assert await data_of(owner, found, "🇫🇷 Quite Another Academy") == f"merge:with:c{first}:c{second}"


async def test_two_who_merge_at_the_same_time_do_it_once(bot: Running, people: People, owner: Phone) -> None:
    stays, goes = await center(bot), await center(bot, name="Center B")
    second = await owner_of(people, 502)
    sides = [await compared(phone, f"c{stays}", f"c{goes}") for phone in (owner, second)]
    answers = await asyncio.gather(press(owner, sides[0], "Merge"), press(second, sides[1], "Merge"))
    assert sorted(one["text"] for one in answers) == [
        "One of them takes no part any more, or was merged already.", "They are one record now.",
    ]  # fmt: skip
    assert len(await acts(bot, f"center:{goes}")) == 1


async def test_what_has_changed_since_it_was_compared_is_not_merged(bot: Running, owner: Phone) -> None:
    stays, goes = await center(bot), await center(bot, name="Center B")
    side = await compared(owner, f"c{stays}", f"c{goes}")
    data = await data_of(owner, side, "Merge")
    listing = await owner.ask("/centers")
    await owner.press(listing, f"curate:bare:c{goes}", forged=True)
    answered = await owner.press(side, data)
    assert answered["text"] == "This has changed meanwhile. You see how it stands now."
    assert (await center_now(bot, goes)).state == CenterState.SUSPENDED


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (CenterState.PENDING, "One of them waits for a decision."),
        (CenterState.MERGED, "One of them takes no part any more"),
    ],
)
async def test_some_cannot_be_merged(bot: Running, owner: Phone, state: CenterState, why: str) -> None:
    first, second = await center(bot), await center(bot, state, name="Center B")
    listing = await owner.ask("/centers")
    answered = await owner.press(listing, f"merge:with:c{first}:c{second}", forged=True)
    assert answered["text"].startswith(why)
    same = await owner.press(listing, f"merge:with:c{first}:c{first}", forged=True)
    assert same["text"] == "This is one record, not two."


async def test_a_persons_own_record_stays_whichever_is_chosen(bot: Running, people: People, owner: Phone) -> None:
    phone = await met(people, "Delegate A")
    of_list = await person(bot, await center(bot), function="Head of training", title="Colonel")
    own = await person(bot, None, writes=phone, is_shown=True, function=None)
    side = await compared(owner, f"d{of_list}", f"d{own}")
    assert f"Stays: Major Given Family (no. {own})" in side["text"]
    assert "The other one stays" not in str(side["reply_markup"])
    await press(owner, side, "Merge")
    # The card is that of the record that stays.
    await becomes(owner, side, "Is shown to other members.")
    one, gone = await person_now(bot, own), await person_now(bot, of_list)
    assert (one.person_id, one.details.function, one.details.title) == (phone.id, "Head of training", "Major")
    assert (one.center, one.is_guest, one.state) == (1, False, DelegateState.ACTIVE)
    assert (gone.state, gone.merged_into, gone.center) == (DelegateState.MERGED, own, None)


async def test_two_people_with_accounts_are_not_merged(bot: Running, people: People, owner: Phone) -> None:
    phones = [await met(people, name) for name in ("A", "B")]
    first, second = [await person(bot, None, writes=phone) for phone in phones]
    listing = await owner.ask("/people")
    answered = await owner.press(listing, f"merge:with:d{first}:d{second}", forged=True)
    assert answered["text"].startswith("Both write to this bot")


async def test_people_with_the_same_address_are_found(bot: Running, owner: Phone) -> None:
    number = await center(bot)
    first, second = await person(bot, number), await person(bot, None, given_name="G.")
    listing = await owner.ask("/people")
    await owner.press(listing, f"merge:begin:d{first}", forged=True)
    await becomes(owner, listing, "These may be the same.")
    assert await data_of(owner, listing, "Family, G.") == f"merge:with:d{first}:d{second}"


async def test_sorts_are_not_mixed(bot: Running, owner: Phone) -> None:
    first, second = await center(bot), await center(bot, name="Center B")
    for _ in range(second):
        await person(bot, first)
    listing = await owner.ask("/centers")
    for data in (f"merge:with:c{first}:d{second}", f"merge:do:c{first}:0:d{second}:0"):
        answered = await owner.press(listing, data, forged=True)
        assert answered["text"] == "There is no such record any more."
    assert (await center_now(bot, second)).state == CenterState.APPROVED


async def test_people_who_have_both_been_invited_become_one(bot: Running, owner: Phone) -> None:
    number = await center(bot)
    stays, goes = [await person(bot, number, given_name=name) for name in ("Ann", "Anne")]

    async def invite(tx: Transaction) -> list[int]:
        rights, now = Rights((OWNER,)), bot.now_us()
        made = [
            await invitations.invite(tx, rights, number, by=OWNER, delegate=one, now=now + later)
            for later, one in enumerate((stays, goes))
        ]
        return [one.invitation.id for one in made]

    first, second = await bot.database.write(invite)
    side = await compared(owner, f"d{stays}", f"d{goes}")
    answered = await press(owner, side, "Merge")
    assert answered["text"] == "They are one record now."
    left = await kept_invitations.of_delegate(bot.database.reader, stays)
    assert left is not None
    assert left.id == second, "the one that ends later"
    revoked = await kept_invitations.by_id(bot.database.reader, first)
    assert revoked is not None
    assert revoked.revoked_at is not None


@pytest.mark.parametrize("by_link", [True, False], ids=["who joins", "the Secretariat"])
async def test_the_records_of_a_person_become_one_in_one_way(
    bot: Running, people: People, owner: Phone, *, by_link: bool
) -> None:
    """Whoever makes them one: a link that was made for the second record, or the Secretariat."""
    phone = await met(people, "Delegate A")
    number, held = await center(bot), await participants.conference(bot)
    own = await person(bot, await center(bot, name="Center B"), writes=phone, family_name="Known")
    of_list = await person(bot, number, given_name="Wilhelmina", family_name="Listed")
    said = ParticipationDetails(Attendance.ONLINE)

    async def answered(tx: Transaction) -> None:
        await participations.answer(tx, held.id, of_list, said, edition=participations.NEW, now=bot.now_us())

    await bot.database.write(answered)
    if by_link:
        offer = await opened(phone, await link_into(bot, number, delegate=of_list))
        await press(phone, offer, "Join")
        await phone.reply_after(offer["message_id"])
        await phone.ask("yes")
        summary = await phone.ask("no")
        await press(phone, summary, "Join")
        await says(phone, "You are a delegate of “Center A” now.")
    else:
        side = await compared(owner, f"d{own}", f"d{of_list}")
        await press(owner, side, "Merge")
        await becomes(owner, side, "Family name: Known")
    reader, by = bot.database.reader, phone.id if by_link else OWNER
    assert (await person_now(bot, of_list)).merged_into == own
    found = await participations.of_delegate(reader, held.id, own)
    assert found is not None
    assert found.details == said
    assert (by, "delegate.merge") in await acts(bot, f"delegate:{of_list}")
    assert (by, "delegate.absorb") in await acts(bot, f"delegate:{own}")
    listing = await owner.ask("/people wilhelmina")
    assert await data_of(owner, listing, "Listed, Wilhelmina")  # its card leads to the one that stays
