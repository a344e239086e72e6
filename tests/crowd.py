"""Everybody who registers at the same time: founders of Centers, delegates and guests; and who decides on them."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.chat import Json, People, buttons
from tests.registrants import Answer, Registrant, Tally, data_of, text_of

INTO_A_CENTER = 4
"""Delegates: one by a link of their own, two by the link to share, one by asking."""
COUNTRIES = (("Switzerland", "CH"), ("kenya", "KE"), ("Brasil", "BR"), ("Côte d'Ivoire", "CI"), ("JP", "JP"))
KINDS = (("Training Center", "training_center"), ("University", "university"), ("Agency", "agency"))
FOCUSES = (("Police", "police"), ("Mixed", "mixed"), ("Civilian", "civilian"))
ODD = ("", " “A” & <b>B</b>", " =1+1", " 🕊 é", " مركز")
"""What also stands in names."""
NEWS = re.compile(
    "“.*” is approved, and registered|The Secretariat has declined|You are registered as a guest|"
    "You are a delegate of “",
    re.DOTALL,
)
"""What became of a registration."""


@dataclass
class Applicant:
    """Somebody who registers a Center, themselves, or both; what they type and what is to come of it."""

    who: Registrant
    answers: Mapping[str, Answer]
    stored: Mapping[str, Any]
    told: str = ""
    """What they were told last."""
    decisions: list[str] = field(default_factory=list)


@dataclass
class Crowd:
    """Everybody."""

    people: People
    chance: random.Random
    tally: Tally
    founders: list[Applicant] = field(default_factory=list)
    delegates: list[Applicant] = field(default_factory=list)
    guests: list[Applicant] = field(default_factory=list)
    ways: asyncio.Queue[tuple[str, str]] = field(default_factory=asyncio.Queue)
    """Links into Centers, and names of Centers to be asked."""
    places_left: int = 0
    moment: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while something is awaited that is forgotten after a day: whoever moves a clock takes it, too."""

    async def gather(self, *, founders: int, delegates: int, guests: int) -> None:
        """So many of each; none of them has met the bot yet."""
        self.places_left = delegates
        for number in range(founders):
            self.founders.append(Applicant(await self._person(f"Founder {number}"), *center(number, self.chance)))
        for number in range(delegates):
            self.delegates.append(Applicant(await self._person(f"Person {number}"), *delegate(number)))
        for number in range(delegates, delegates + guests):
            self.guests.append(Applicant(await self._person(f"Guest {number}"), *guest(number)))

    async def _person(self, name: str) -> Registrant:
        return Registrant(await self.people.person(name), self.chance, self.tally)


def center(number: int, chance: random.Random) -> tuple[dict[str, Answer], dict[str, Any]]:
    """What is typed for a Center, and what is stored then."""
    (country, code), (kind, kind_stored) = COUNTRIES[number % len(COUNTRIES)], KINDS[number % len(KINDS)]
    focus, focus_stored = FOCUSES[number % len(FOCUSES)]
    word = "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(5)).title()
    name = f"{word} {number}{ODD[number % len(ODD)]}"
    typed = {
        "name": Answer(name),
        "short_name": Answer("-", ("Skip",)),
        "kind": Answer(kind.lower(), (kind,)),
        "focus": Answer(focus.lower(), (focus,)),
        "country": Answer(country),
        "city": Answer(f" City {number} "),
        "website": Answer(f"www.{word}.example".lower()),
        "email": Answer(f"office@{word}.example".lower()),
        "phone": Answer("skip", ("Skip",)),
        "head_name": Answer(f"Head {number}"),
        "head_title": Answer(f"Colonel {number}"),
    }
    stored = {
        "name": name, "short_name": None, "kind": kind_stored, "focus": focus_stored, "country": code,
        "city": f"City {number}", "website": f"https://www.{word}.example".lower(),
        "email": f"office@{word}.example".lower(), "phone": None, "head_name": f"Head {number}",
        "head_title": f"Colonel {number}",
    }  # fmt: skip
    return typed, stored


def delegate(number: int) -> tuple[dict[str, Answer], dict[str, Any]]:
    """What is typed for a delegate, and what is stored then."""
    country, code = COUNTRIES[number % len(COUNTRIES)]
    family = f"Family {number}{ODD[number % len(ODD)]}"
    typed = {
        "given_name": Answer(f"Given {number}"),
        "family_name": Answer(family),
        "title": Answer("-", ("Skip",)),
        "function": Answer(f"Function {number}"),
        "nationality": Answer(country),
        "email": Answer(f"P{number}@People.example"),
        "phone": Answer("+41 44 668 18 00"),
        "languages": Answer("English, French", ("English", "French", "Done")),
        "time_zone": Answer("Zurich"),
        "privacy": Answer("yes", ("Yes, I agree",)),
        "shown": Answer("no", ("No",)),
    }
    stored = {
        "given_name": f"Given {number}", "family_name": family, "title": None, "organization": None,
        "function": f"Function {number}", "nationality": code, "email": f"p{number}@people.example",
        "phone": "+41446681800", "languages": "en fr", "time_zone": "Europe/Zurich", "shown_since": None,
    }  # fmt: skip
    return typed, stored


def guest(number: int) -> tuple[dict[str, Answer], dict[str, Any]]:
    """What is typed for a guest, and what is stored then."""
    typed, stored = delegate(number)
    organization = f"Organization {number}"
    return {**typed, "organization": Answer(organization)}, {**stored, "organization": organization}


async def found(crowd: Crowd, one: Applicant) -> None:
    """Register a Center; once it is approved, invite delegates and decide who joins."""
    who = one.who
    await who.phone.write("/register")
    menu = await who.hears("What would you like to register?")
    await who.press(menu, "A Center")
    sent = await who.fill_in(one.answers, "I have sent the registration of")
    one.told = text_of(sent)
    news = await who.hears("is approved, and registered", "has declined the registration of")
    who.notes(news)
    if "is approved" not in text_of(news) or crowd.places_left <= 0:
        return
    crowd.places_left -= INTO_A_CENTER
    async with crowd.moment:  # its picture is a file, which would be a day old before it is queued
        crowd.ways.put_nowait(("link", await personal_link(who)))
        shared = await shared_link(who)
    for _ in range(INTO_A_CENTER - 2):
        crowd.ways.put_nowait(("link", shared))
    crowd.ways.put_nowait(("ask", str(one.stored["name"])))
    card = await who.hears("Wants to join a Center")
    data = await data_of(who.phone, card, "Approve")
    await who.tap(card, data)
    await who.tap(card, data, again=True)


async def personal_link(who: Registrant) -> str:
    await who.phone.write("/center")
    card = await who.hears("You are its focal point.")
    await who.press(card, "Invite")
    await who.press(card, "For one person")
    await who.fill_in({"label": Answer("Somebody")}, "This link is for Somebody")
    return link_in(await who.hears("You are invited to join"))


async def shared_link(who: Registrant) -> str:
    await who.phone.write("/center")
    while True:  # the words that are passed on may come twice
        card = await who.read()
        if "You are its focal point." in text_of(card):
            break
    await who.press(card, "Invite")
    await who.press(card, "A link to share")
    await who.press(card, "Make a link to share")
    await who.hears("With this link, anybody can join")
    return link_in(await who.hears("You are invited to join"))


def link_in(message: Json) -> str:
    found_link = re.search(r"\?start=(join_[\w-]+)", text_of(message))
    assert found_link is not None
    return found_link[1]


async def join(crowd: Crowd, one: Applicant) -> None:
    """Join a Center as soon as there is a way into one."""
    how, where = await crowd.ways.get()
    who = one.who
    if how == "link":
        await who.phone.start(where)
        offer = await who.hears("You are invited to join")
        await who.press(offer, "Join")
    else:
        async with crowd.moment:
            await who.phone.write("/join")
            await who.hears("Which Center do you belong to?")
            await who.phone.write(where)
            offer = await who.hears("Is it one of these?")
        await who.press(offer, where[:20])
        one.told = text_of(await who.fill_in(one.answers, "I have sent your request to the focal point of"))
    one.told = text_of(await who.fill_in(one.answers, "You are a delegate of"))
    if how == "ask":
        one.decisions.append(one.told)


async def register_as_guest(one: Applicant) -> None:
    who = one.who
    await who.phone.write("/register")
    menu = await who.hears("What would you like to register?")
    await who.press(menu, "guest")
    one.told = text_of(await who.fill_in(one.answers, "I have sent your registration to the Secretariat"))
    who.notes(await who.hears("You are registered as a guest", "has declined your registration"))


async def decide(first: Registrant, second: Registrant, chance: random.Random) -> None:
    """Two members of the Secretariat decide on the same cards at the same time, and do not always agree."""
    cards: dict[str, Json] = {}
    prompts: set[str] = set()
    while True:
        message = await first.read()
        about = {data.split(":")[1]: data.split(":")[2] for data in buttons(message).values() if "request" in data}
        number = about.get("approve") or about.get("bare")
        if number is None:
            continue
        data = next(data for data in buttons(message).values() if ":approve:" in data or ":bare:" in data)
        if "approve" in about and number not in cards:
            cards[number] = message
            if len(cards) % 3:  # of three, two are approved by both
                await asyncio.gather(first.tap(message, data, again=True), second.tap(message, data, again=True))
            else:
                await second.press(message, "Decline")
        elif "bare" in about and number not in prompts:
            prompts.add(number)
            card = cards[number]
            approve = next(data for data in buttons(card).values() if ":approve:" in data)
            presses = [first.tap(card, approve, again=True), second.tap(message, data, again=True)]
            chance.shuffle(presses)
            await asyncio.gather(*presses)


async def all_of(crowd: Crowd) -> None:
    async with asyncio.TaskGroup() as tasks:
        for one in crowd.founders:
            tasks.create_task(found(crowd, one))
        for one in crowd.delegates:
            tasks.create_task(join(crowd, one))
        for one in crowd.guests:
            tasks.create_task(register_as_guest(one))


async def read_news(crowd: Crowd) -> None:
    """Everybody looks once more at what they were told of decisions."""
    for one in (*crowd.founders, *crowd.delegates, *crowd.guests):
        told = dict.fromkeys(await one.who.phone.from_bot())
        one.decisions = [text for text in told if NEWS.match(text)]


def joined(one: Applicant) -> str:
    """The Center that somebody was told to be a delegate of."""
    told = re.match("You are a delegate of “(.*)” now", re.sub("[\u2068\u2069]", "", one.decisions[0]))
    assert told is not None
    return told[1]
