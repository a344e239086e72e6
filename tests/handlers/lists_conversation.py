"""A conversation that makes lists, records and the directory say everything that they can say.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from bot.app import Running
from bot.forms.places import load_places
from bot.members import requests
from bot.members.roles import Rights, Role
from bot.places.regions import Region, load_regions
from bot.runtime.clock import MovableClock
from storage import audit, centers, delegates, outbox, roles, searches
from storage.centers import CenterFilter
from storage.records.audit import THE_BOT
from storage.records.members import CenterState, DelegateState, RequestKind
from storage.session import Transaction
from tests.chat import Json, People, Phone, until
from tests.desk import OWNER, by_bot, with_label
from tests.records import center, lead, person, staff

PAUSE_S = 300
"""After which nobody has pressed too much."""
REGIONS, COUNTRIES_OF_ALL = load_regions(), load_places().countries
NAMES_OF_PLACES = "|".join(
    sorted(
        [
            *(re.escape(REGIONS.name_of(region, "en")) for region in Region),
            *(re.escape(COUNTRIES_OF_ALL.name_of(code, "en")) for code in REGIONS.codes),
        ],
        key=len,
        reverse=True,
    )
)
"""Countries and regions have their names in every language from tables."""
CENTER: Mapping[str, Any] = {
    "name": "⟦Center A⟧", "short_name": "⟦CA⟧", "city": "⟦Nairobi⟧", "website": None, "email": None, "phone": None,
    "head_name": None, "head_title": None,
}  # fmt: skip
PERSON: Mapping[str, Any] = {
    "given_name": "⟦G⟧", "family_name": "⟦F⟧", "title": None, "function": "⟦I⟧", "email": None, "phone": None,
    "time_zone": None,
}  # fmt: skip


async def converse_about_lists(bot: Running, people: People, clock: MovableClock) -> None:
    """Everything that has to do with lists, records and the directory."""
    owner = Phone(people, OWNER, OWNER)
    phones = [await people.person(f"⟦{letter}⟧") for letter in "PQR"]
    for phone in phones:
        await phone.ask("/start")
    await without_centers(bot, phones[0])
    first, second = await center(bot, **CENTER), await center(bot, **{**CENTER, "name": "⟦Center B⟧"})
    third = await center(bot, **{**CENTER, "name": "⟦Center C⟧", "country": "CH"})
    await lead(bot, phones[0], first)
    await lead(bot, phones[1], first, Role.DEPUTY)
    parts: tuple[Callable[[], Awaitable[None]], ...] = (
        partial(lists, bot, owner),
        partial(records, bot, owner, phones, first),
        partial(suspensions, bot, owner, phones, third),
        partial(letters, bot, owner, phones, (first, third)),
        partial(merging, bot, owner, phones, (first, second, third)),
        partial(directory, bot, people, phones[2], third),
        partial(in_the_group, bot, people, owner, first),
    )
    for part in parts:
        await part()
        clock.advance(PAUSE_S)


async def without_centers(bot: Running, phone: Phone) -> None:
    """The directory while every Center is suspended."""
    approved = await centers.after(bot.database.reader, 0, at_most=1_000, wanted=CenterFilter(CenterState.APPROVED))

    async def turn(before: CenterState, state: CenterState) -> None:
        async def work(tx: Transaction) -> None:
            for one in approved:
                await centers.set_state(tx, one.id, before=before, state=state, now=bot.now_us())

        await bot.database.write(work)

    await turn(CenterState.APPROVED, CenterState.SUSPENDED)
    await phone.ask("/directory")
    await turn(CenterState.SUSPENDED, CenterState.APPROVED)


async def pressed(phone: Phone, data: str) -> Json:
    """Press what may stand anywhere."""
    return await phone.press(await phone.ask("/help"), data, forged=True)


async def replied(phone: Phone, data: str, words: str) -> Json:
    """Press what asks for words, and write them; what is said to that."""
    shown = await phone.ask("/help")
    await phone.press(shown, data, forged=True)
    await phone.reply_after(shown["message_id"])
    return await phone.ask(words)


async def lists(bot: Running, owner: Phone) -> None:
    """Filters, pages, words."""
    for number in range(45):
        await center(bot, **{**CENTER, "name": f"⟦Center {number}⟧", "country": COUNTRIES[number % len(COUNTRIES)]})
    await person(bot, None, **{**PERSON, "organization": "⟦Group⟧"})
    for center_state in (CenterState.PENDING, CenterState.DECLINED):
        await center(bot, center_state, **{**CENTER, "name": "⟦Other⟧"})
    for state in DelegateState:
        await person(bot, None, state=state, **PERSON)
    for text in ("/centers", "/people", "/centers ⟦center⟧", "/people ⟦f⟧", "/centers ⟦other⟧"):
        await owner.ask(text)
    for dimension in ("state", "kind", "focus", "region"):
        await pressed(owner, f"pick:{dimension}:c0.-------.0.0")
    for dimension in ("state", "is_guest"):
        await pressed(owner, f"pick:{dimension}:d0.-------.0.0")
    for data in (
        "land:0:c0.-------.0.0", "list:c0.1210-KE.0.0", "list:d0.1---1--.1.0", "list:d0.1---0--.0.0",
        "list:c0.-------.0.1", "list:d0.-------.0.0",
    ):  # fmt: skip
        await pressed(owner, data)
    for data, words in (
        ("find:search:c0.-------.0.0", "⟦center⟧"), ("find:search:d0.-------.0.0", "⟦f⟧"),
        ("find:country:c0.-------.0.0", "zqx"), ("find:country:c0.-------.0.0", "Congo"),
        ("find:country:c0.-------.0.0", "Kenya"), ("find:search:c0.-------.0.0", "/cancel"),
    ):  # fmt: skip
        await replied(owner, data, words)
    found = await owner.ask("/centers ⟦old⟧")

    async def forget(tx: Transaction) -> int:
        return await searches.forget_old(tx, before=bot.now_us() + 1, at_most=100)

    await bot.database.write(forget)
    await owner.press(found, with_label(found, "Status")[1].replace("pick:state:", "list:"), forged=True)


COUNTRIES = (
    "KE CH FR DE AR BR CA CN EG ES GH IN IT JP MX NG NO PE PT RU RW SE TR UG".split()  # noqa: SIM905 - short
)


async def records(bot: Running, owner: Phone, phones: list[Phone], number: int) -> None:
    """Cards, forms and history."""
    waiting = await person(bot, number, writes=phones[2], state=DelegateState.PENDING, **PERSON)
    await person(bot, number, state=DelegateState.PENDING, **PERSON)
    await asked_to_join(bot, phones[2], number, waiting)
    await done_long_ago(bot, waiting)
    named = await person(bot, number, writes=phones[0], is_shown=True, **{**PERSON, "family_name": "⟦Focal⟧"})
    deputy = await person(bot, number, writes=phones[1], **{**PERSON, "family_name": "⟦Deputy⟧"})
    for key in (f"c{number}", f"d{waiting}", f"d{named}", f"d{deputy}"):
        await pressed(owner, f"card:{key}:c0.-------.0.0")
    await pressed(owner, "card:c9999")
    await pressed(owner, f"past:d{waiting}:0")
    for key in (f"c{number}", f"d{named}"):
        await pressed(owner, f"past:{key}:0")
        shown = await owner.ask("/help")
        await owner.press(shown, f"curate:edit:{key}", forged=True)
        summary = await owner.reply_after(shown["message_id"])
        await owner.press(summary, with_label(summary, "Save")[1])
        await owner.reply_after(summary["message_id"])
    await edited_by_two(bot, owner, number)
    await pressed(owner, f"past:c{number}:0")


async def asked_to_join(bot: Running, phone: Phone, number: int, waiting: int) -> None:
    """Somebody waits to be let into a Center."""

    async def work(tx: Transaction) -> None:
        post = partial(outbox.add, tx, now=bot.now_us())
        await requests.put(
            tx, Rights((OWNER,)), RequestKind.JOIN, by=phone.id, center=number, delegate=waiting, now=bot.now_us(),
            post=post,
        )  # fmt: skip

    await bot.database.write(work)


async def done_long_ago(bot: Running, delegate_id: int) -> None:
    """What is in the log of a record that others have written."""

    async def work(tx: Transaction) -> None:
        for act, before, after in (
            ("role.accept", None, {"role": "deputy"}), ("role.take", {"role": "host"}, None), ("⟦other⟧", None, None),
        ):  # fmt: skip
            await audit.add(tx, THE_BOT, act, f"delegate:{delegate_id}", now=bot.now_us(), before=before, after=after)

    await bot.database.write(work)


async def edited_by_two(bot: Running, owner: Phone, number: int) -> None:
    """Two who change the same, the second too late; and one whose Center is gone when they save."""
    other = await second_of(bot, owner)
    first, second = await changed_city(owner, number), await changed_city(other, number)
    await owner.press(first, with_label(first, "Save")[1])
    await by_bot(owner, "Saved. Changed in")
    await other.press(second, with_label(second, "Save")[1])
    again = await by_bot(other, "Somebody else has changed the same")

    async def leave(tx: Transaction) -> None:
        await roles.take(tx, other.id, Role.SECRETARIAT)

    await bot.database.write(leave)
    await other.press(again, with_label(again, "Save")[1])
    await by_bot(other, "This cannot be saved any more")


async def second_of(bot: Running, owner: Phone) -> Phone:
    """Somebody else of the Secretariat."""
    phone = await owner.people.person("⟦Second⟧")
    await phone.ask("/start")
    await staff(bot, phone)
    return phone


async def changed_city(phone: Phone, number: int) -> Json:
    """The form of a Center with another city, to be saved."""
    shown = await phone.ask("/help")
    await phone.press(shown, f"curate:edit:c{number}", forged=True)
    summary = await phone.reply_after(shown["message_id"])
    await phone.press(summary, with_label(summary, "City")[1])

    async def question() -> Json | None:
        return next((one for one in await phone.messages() if "What is to stand" in one.get("text", "")), None)

    await until(question)
    return await phone.ask(f"⟦City of {phone.id}⟧")


async def suspensions(bot: Running, owner: Phone, phones: list[Phone], number: int) -> None:
    """With a reason and without, of those who are told and those who are not."""
    await lead(bot, phones[2], number)
    alone, mine = await person(bot, None, **PERSON), await person_of(bot, phones[0])
    led_by_two = await center(bot, **{**CENTER, "name": "⟦Center E⟧"})
    await lead(bot, phones[0], led_by_two)
    await lead(bot, phones[1], led_by_two, Role.DEPUTY)
    unled = await center(bot, **{**CENTER, "name": "⟦Center D⟧"})
    for key in (f"c{number}", f"c{unled}", f"c{led_by_two}", f"d{alone}", f"d{mine}"):
        await replied(owner, f"curate:suspend:{key}", "x" * 1_001)
        voice = await owner.people.post(f"/persons/{owner.id}/voices", {})
        await owner.reply_after(voice["message_id"])
        await owner.ask("⟦Because.⟧")
        await pressed(owner, f"curate:bare:{key}")  # it is suspended already
        await pressed(owner, f"curate:lift:{key}")
        await pressed(owner, f"curate:suspend:{key}")
        await pressed(owner, f"curate:bare:{key}")
        await pressed(owner, f"curate:lift:{key}")
    await replied(owner, f"curate:suspend:c{number}", "/help")
    await too_late(bot, owner, number)
    await about_nobody(bot, owner)


async def about_nobody(bot: Running, owner: Phone) -> None:
    """A reason for a record that is gone by now."""
    number = await person(bot, None, **PERSON)
    shown = await owner.ask("/help")
    await owner.press(shown, f"curate:suspend:d{number}", forged=True)
    await owner.reply_after(shown["message_id"])
    await bot.database.write(lambda tx: delegates.erase(tx, number))
    await owner.ask("⟦Because.⟧")


async def too_late(bot: Running, owner: Phone, number: int) -> None:
    """A reason for what has been suspended meanwhile."""
    shown = await owner.ask("/help")
    await owner.press(shown, f"curate:suspend:c{number}", forged=True)
    await owner.reply_after(shown["message_id"])
    other = await second_of(bot, owner)
    await pressed(other, f"curate:bare:c{number}")
    await owner.ask("⟦Because.⟧")
    await pressed(owner, f"curate:lift:c{number}")
    await pressed(owner, f"curate:stop:c{number}")


async def person_of(bot: Running, phone: Phone) -> int:
    found = await delegates.of_person(bot.database.reader, phone.id)
    assert found is not None
    return found.id


async def letters(bot: Running, owner: Phone, phones: list[Phone], numbers: tuple[int, int]) -> None:
    """To a person, to those who lead a Center, and to nobody."""
    await phones[0].ask("/ask ⟦Hello⟧")
    shown = await owner.ask("/help")
    await owner.press(shown, f"curate:write:c{numbers[0]}", forged=True)
    await owner.reply_after(shown["message_id"])
    voice = await owner.people.post(f"/persons/{owner.id}/voices", {})
    await owner.reply_after(voice["message_id"])
    await owner.ask("⟦A letter⟧")
    await replied(owner, f"curate:write:c{numbers[1]}", "⟦A letter⟧")
    await replied(owner, f"curate:write:d{await person_of(bot, phones[0])}", "⟦A letter⟧")
    await pressed(owner, f"curate:write:d{await person(bot, None, **PERSON)}")


async def merging(bot: Running, owner: Phone, phones: list[Phone], numbers: tuple[int, int, int]) -> None:
    """Found and not found, possible and not."""
    first, second, third = numbers
    lone = await center(bot, **{**CENTER, "name": "⟦Zyx⟧", "country": "FJ", "short_name": None, "city": None})
    twice = [await center(bot, **{**CENTER, "name": "⟦Blue Lake Academy⟧"}) for _ in range(2)]
    for key in (f"c{twice[0]}", f"c{lone}"):
        await pressed(owner, f"merge:begin:{key}")
    await replied(owner, f"merge:search:c{first}", "⟦center⟧")
    ones = [await person_of(bot, phone) for phone in phones]
    alone = await person(bot, None, **PERSON)
    for data in (
        f"merge:with:c{first}:c{first}", f"merge:with:d{ones[0]}:d{ones[1]}", f"merge:with:d{ones[0]}:d{ones[2]}",
        f"merge:with:d{ones[0]}:d{alone}", f"merge:with:c{first}:c{second}", f"merge:with:c{second}:c{third}",
    ):  # fmt: skip
        await pressed(owner, data)
    await merged(owner, f"c{second}", f"c{third}")
    await merged(owner, f"c{first}", f"c{second}")
    await merged(owner, f"d{ones[0]}", f"d{alone}")
    await pressed(owner, f"merge:with:c{first}:c{second}")
    for key in (f"c{first}", f"c{second}", f"d{ones[0]}", f"d{alone}", f"c{third}"):
        await pressed(owner, f"card:{key}")
        await pressed(owner, f"past:{key}:0")
    for text in (f"/start directory_{lone}", f"/start directory_{first}"):
        await owner.ask(text)


async def merged(owner: Phone, first: str, second: str) -> None:
    help_text = await owner.ask("/help")
    await owner.press(help_text, f"merge:with:{first}:{second}", forged=True)

    async def side() -> Json | None:
        now = [one for one in await owner.messages() if one["message_id"] == help_text["message_id"]]
        return now[0] if "merge:do" in str(now[0].get("reply_markup")) else None

    shown = await until(side)
    await owner.press(shown, with_label(shown, "Merge", "merge:do")[1])


async def directory(bot: Running, people: People, stranger: Phone, number: int) -> None:
    """From everywhere to a Center, as a member and as a stranger."""
    other = await people.person("⟦Stranger⟧")
    for phone in (stranger, other):
        for text in ("/directory", "/directory ⟦center⟧", "/directory ⟦zqxv⟧", "/directory Kenya"):
            await phone.ask(text)
        for data in (
            "dir",
            "dir:r:africa:0",
            "dir:n:KE:0",
            "dir:n:--:0",
            "dir:n:--:1",
            f"dir:c:{number}:0",
            "dir:c:9999:0",
        ):
            await pressed(phone, data)
    await other.ask("/start directory_9999")
    for query in ("", "center", "zqxv"):
        asked = await people.post(f"/persons/{other.id}/inline", {"query": query})
        await people.get(f"/inline/{asked['inline_query_id']}?wait=10")
    group = other.within(await people.group(other, title="⟦Public⟧"))
    await group.ask("/directory@unigo_test_bot")
    for text in ("/centers", "/people"):
        await other.ask(text)
    await pressed(other, "list:c0.-------.0.0")


async def in_the_group(bot: Running, people: People, owner: Phone, number: int) -> None:
    """What is asked for in reply, and what leads to the private chat."""
    group = owner.within(await people.group(owner, title="⟦Secretariat⟧", is_forum=True))
    await group.ask("/bind")
    listing = await group.ask("/centers")
    for data in (
        "find:search:c0.-------.0.0", "find:country:c0.-------.0.0", f"curate:edit:c{number}",
        f"curate:suspend:c{number}", f"curate:write:c{number}", f"merge:search:c{number}",
    ):  # fmt: skip
        await group.press(listing, data, forged=True)
    await by_bot(group, "I will ask you for changes in the private chat.")
    asker = await people.person("⟦T⟧")
    await asker.ask("/ask ⟦Hello⟧")
    await by_bot(group, "⟦Hello⟧")
    theirs = await person(bot, None, writes=asker, **PERSON)
    await replied(owner, f"curate:write:d{theirs}", "⟦Good day⟧")
    await by_bot(group, "⟦Good day⟧")
