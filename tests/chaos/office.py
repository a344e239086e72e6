"""The Secretariat of a trial: it answers what is written to its desk, and announces."""

from __future__ import annotations

import asyncio
import random
import re
from dataclasses import dataclass, field

from tests.chaos.claims import want_official
from tests.chaos.residents import LOOK_AGAIN_S, Resident, Town, data_in
from tests.chat import Json, Phone
from tests.registrants import Registrant, Tally, text_of

WRITTEN = re.compile(r"(?:Letter|zqx) \d+ of (\d+)\b[^\n]*")
"""What people of a trial write to the desk."""


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement that was confirmed, and who wanted none but official ones all the while."""

    text: str
    not_for: frozenset[int]


@dataclass
class Office:
    """Two members of the Secretariat, in its group and each in private."""

    group: Registrant
    writer: Registrant
    town: Town
    chance: random.Random
    moment: asyncio.Lock
    """While it is held the clock stands: a text that is awaited is so for a day."""
    replies: list[tuple[int, str]] = field(default_factory=list)
    """To whom what was answered, in this order."""
    announced: list[Announced] = field(default_factory=list)
    _answered: set[str] = field(default_factory=set)

    async def answer_letters(self) -> None:
        """Answer what comes to the desk, each letter once, until this is cancelled."""
        while True:
            message = await self.group.read()
            found = WRITTEN.search(text_of(message))
            if found is None or "message_thread_id" not in message or found[0] in self._answered:
                continue
            self._answered.add(found[0])
            if self.chance.random() < 0.7:
                reply = f"Reply {len(self.replies) + 10} to {found[1]}: thank you for writing."
                self.replies.append((int(found[1]), reply))
                await self.group.phone.write(reply, message_thread_id=message["message_thread_id"])

    async def announce_now_and_then(self, residents: list[Resident]) -> None:
        """As many as the plan says, evenly over the trial."""
        plan = self.town.plan
        for number in range(plan.announcements):
            await self.town.rest(plan.seconds * 0.8 / plan.announcements)
            text = f"Announcement {number + 10} of this trial, to everybody."
            try:
                async with asyncio.timeout(plan.patience_s):
                    await self._announce(text, residents)
            except TimeoutError:
                said = (await self.writer.phone.from_bot())[-2:]
                self.town.troubles.append(f"“{text}” is not out after {plan.patience_s:.0f} s; told last: {said}")

    async def _announce(self, text: str, residents: list[Resident]) -> None:
        claims = [one.claims for one in residents]
        before = want_official(claims)
        async with self.moment:
            board = await self._compose(text)
        await self._is_sent(board)
        not_for = before & want_official(claims)
        self.announced.append(Announced(text, frozenset(person for person, _choices in not_for)))

    async def _compose(self, text: str) -> Json:
        await self.writer.phone.write("/announce")
        await self._press(await self._shows("ann:new"), "ann:new")
        await self.writer.hears("Please write or forward what I am to announce")
        await self.writer.phone.write(text)
        menu = await self._shows("ann:ask:")
        await self.writer.press(menu, "Buttons")
        await self.writer.press(menu, "I have read it")
        await self.writer.press(menu, "Back")
        await self.writer.press(menu, "Send…")  # it looks different now: it is shown before it is sent
        menu = await self._shows("ann:ask:")
        await self.writer.press(menu, "Send…")
        await self.writer.press(menu, "Yes, send it")
        return menu

    async def _shows(self, beginning: str) -> Json:
        while True:
            message = await self.writer.read()
            if data_in(message, beginning):
                return message

    async def _press(self, message: Json, beginning: str) -> None:
        await self.writer.tap(message, str(data_in(message, beginning)))

    async def _is_sent(self, board: Json) -> None:
        path = f"/chats/{self.writer.phone.chat_id}?after={board['message_id'] - 1}&limit=1"
        while True:
            [now] = (await self.town.people.get(path))["messages"]
            if "It is sent." in text_of(now):
                return
            await asyncio.sleep(LOOK_AGAIN_S)


def in_chat(phone: Phone, chance: random.Random, tally: Tally, chat_id: int) -> Registrant:
    """A person with their own view of a chat."""
    return Registrant(phone.within(chat_id), chance, tally)
