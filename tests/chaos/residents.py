"""People who go on writing to the bot once they have come: one thing after the other, at random."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from storage.records.conferences import Conference
from tests.chaos.claims import Claims, answered
from tests.chaos.plan import Plan
from tests.chat import Json, People, buttons
from tests.registrants import Registrant, text_of

Act = Callable[["Resident"], Awaitable[None]]
LOOK_AGAIN_S = 0.1


@dataclass
class Town:
    """What all of them have in common. `over` is set when they are to come to an end."""

    people: People
    plan: Plan
    titles: Mapping[str, str]
    """Topics by the first lines of their answers."""
    conference: Conference
    over: asyncio.Event = field(default_factory=asyncio.Event)
    acts: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    """Who waited in vain for what."""

    async def rest(self, seconds: float) -> None:
        """Do nothing for a while, or until it is over."""
        try:
            async with asyncio.timeout(seconds):
                await self.over.wait()
        except TimeoutError:
            return


@dataclass
class Resident:
    """One person with their phone, and what they claim."""

    who: Registrant
    town: Town
    chance: random.Random
    claims: Claims
    can_take_part: bool = False
    looked_at_answer: int = 0
    """The message that has shown them in the end how they take part."""
    doing: str = "coming"
    """The act that is under way, by its name."""
    _looked_at: int = 0

    async def live(self, acts: Mapping[Act, int]) -> None:
        """One act after the other until it is over."""
        rest_s = self.town.plan.people / self.town.plan.acts_per_second
        while True:
            await self.town.rest(self.chance.expovariate(1 / rest_s))
            if self.town.over.is_set():
                return
            [act] = self.chance.choices(list(acts), list(acts.values()))
            async with asyncio.timeout(self.town.plan.patience_s):
                self.doing = "look_around"
                await self.look_around()
                self.doing = getattr(act, "__name__", "act")
                await act(self)
            self.claims.acts += 1
            self.town.acts[self.doing] += 1

    async def hears(self, is_it: Callable[[Json], bool]) -> Json:
        """The next message of the bot's that is it."""
        while True:
            message = await self.who.read()
            if is_it(message):
                return message

    async def now(self, message: Json) -> Json:
        """A message as it stands now."""
        path = f"/chats/{self.who.phone.chat_id}?after={message['message_id'] - 1}&limit=1"
        [found] = (await self.town.people.get(path))["messages"]
        return dict(found)

    async def becomes(self, message: Json, is_so: Callable[[Json], bool]) -> Json:
        """A message, once it is so."""
        while True:
            found = await self.now(message)
            if is_so(found):
                return found
            await asyncio.sleep(LOOK_AGAIN_S)

    async def button(self, message: Json, *beginnings: str) -> str:
        """The data of a button, as soon as the message has one whose data begin so."""
        found = await self.becomes(message, lambda one: data_in(one, *beginnings) is not None)
        return str(data_in(found, *beginnings))

    async def look_around(self) -> None:
        """See to what has come meanwhile: places that are offered, and announcements."""
        path = f"/chats/{self.who.phone.chat_id}?after={self._looked_at}&limit=1000"
        for message in (await self.town.people.get(path))["messages"]:
            self._looked_at = message["message_id"]
            if data := data_in(message, "part:accept:"):
                await self._accept(message, data)
            elif (data := data_in(message, "ann:read:")) and self.chance.random() < 0.8:
                await self.who.tap(message, data)
                await self.becomes(message, lambda one: "✓ You have read it" in buttons(one))
                self.claims.read.add(text_of(message))

    async def _accept(self, offer: Json, data: str) -> None:
        await self.who.tap(offer, data, again=True)
        shown = await self.becomes(offer, lambda one: data_in(one, "part:accept:") is None)
        self.notes(shown)

    def notes(self, message: Json) -> None:
        """Keep in mind what is told of taking part."""
        if what := answered(text_of(message)):
            self.claims.notes_answer(what)


def data_in(message: Json, *beginnings: str) -> str | None:
    """The data of the first button whose data begin so."""
    return next((data for data in buttons(message).values() if data.startswith(beginnings)), None)
