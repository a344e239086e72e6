"""People who register on their phones while the bot is killed: they answer what they are asked, and go on from there.

None of them knows what the bot knows. They read their chat from the top, answer each question once, and note it if they
are asked again what they have answered.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.chat import Json, Phone, buttons, until

QUESTIONS: Mapping[str, str] = {
    "What is the official name of your Center?": "name",
    "Does it have a short name or an abbreviation?": "short_name",
    "What kind of member is it?": "kind",
    "Whom does it train, or work for?": "focus",
    "In which country is it?": "country",
    "In which city or town is it?": "city",
    "What is the address of its web site?": "website",
    "At which e-mail address can the Center be reached?": "email",
    "What is its phone number?": "phone",
    "What is the name of its head?": "head_name",
    "What is their title or rank?": "head_title",
    "What is your given name?": "given_name",
    "What is your family name?": "family_name",
    "What is your title or rank?": "title",
    "Which organization or group are you from?": "organization",
    "What is your function there?": "function",
    "Of which country are you a citizen?": "nationality",
    "At which e-mail address can you be reached?": "email",
    "What is your phone number?": "phone",
    "Which languages can you work in?": "languages",
    "Which time zone do you live in?": "time_zone",
    "Do you agree that the association keeps this about you?": "privacy",
    "May other members see you in the directory?": "shown",
    "Who is to join ": "label",
    "How will you take part?": "attendance",
    "On which day do you arrive?": "arrives_on",
    "On which day do you leave?": "departs_on",
    "Is there anything that you do not eat or drink?": "diet",
    "Is there anything that you need so that you can take part": "accessibility",
    "Do you need a letter of invitation for your visa?": "visa_letter",
    "Which part of the agenda interests you most?": "segment",
}
"""What is asked for, by the words in which it is asked."""
READ_FOR_S = 30
"""How long one look at the chat waits for something new."""


@dataclass
class Tally:
    """What is counted, of everybody."""

    is_down: bool = False
    """Whether the bot has just been killed."""
    typed: int = 0
    looked_again: int = 0
    asked_again: list[tuple[int, str]] = field(default_factory=list)
    """Who was asked what they had answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answers: typed, or where there are labels, perhaps by pressing these buttons."""

    typed: str
    labels: tuple[str, ...] = ()


@dataclass
class Registrant:
    """One person with their phone."""

    phone: Phone
    chance: random.Random
    tally: Tally
    told: list[str] = field(default_factory=list)
    """What they were told that asks nothing, each once: a message may come twice after a kill."""
    _unread: deque[Json] = field(default_factory=deque)
    _read_up_to: int = 0
    _done: dict[str, str] = field(default_factory=dict)
    _answered: set[tuple[str, str]] = field(default_factory=set)
    _looks_again: bool = False

    async def read(self) -> Json:
        """The next message of the bot's."""
        while not self._unread:
            path = f"/chats/{self.phone.chat_id}?after={self._read_up_to}&wait={READ_FOR_S}"
            for message in (await self.phone.people.get(path))["messages"]:
                self._read_up_to = message["message_id"]
                if message["from"]["is_bot"]:
                    self._unread.append(message)
        return self._unread.popleft()

    async def hears(self, *words: str) -> Json:
        """The next message that says one of these; what has come twice does no harm."""
        while True:
            message = await self.read()
            if any(one in text_of(message) for one in words):
                return message

    async def press(self, message: Json, label: str) -> None:
        """Press a button, as soon as the message has it, and do not wait for what comes of it."""
        await self.tap(message, await data_of(self.phone, message, label))

    async def tap(self, message: Json, data: str, *, again: bool = False) -> None:
        """`again`: by a finger that is as fast as the bot."""
        await self.phone.people.post(
            f"/persons/{self.phone.id}/presses",
            {"chat_id": self.phone.chat_id, "message_id": message["message_id"], "data": data, "forged": again},
        )

    async def fill_in(self, answers: Mapping[str, Answer], *until_told: str) -> Json:
        """Answer what is asked until something is told; that."""
        while True:
            message = await self.read()
            if any(one in text_of(message) for one in until_told):
                return message
            await self._answer(message, answers)

    async def _answer(self, message: Json, answers: Mapping[str, Answer]) -> None:
        text, step = text_of(message), step_of(message)
        if step is not None and "You have not finished" in text:
            step = f"{step}:rested"  # the step may be the one that was answered, after a day or more
        if step is None or step in self._done:
            # It came twice, or asks nothing; with another text, the answer was not taken.
            assert step is None or self._done[step].endswith(text), (self._done[step], text)
            return
        if "You have not finished" in text:
            self._looks_again = False
            self._done[step] = text
            await self.press(message, "Continue")
        elif self._looks_again:
            return  # they have asked for what comes behind this
        elif "Before I send it: is your Center one of these?" in text:
            self._done[step] = text
            await self.press(message, "None of these")
        elif "Is this right?" in text:
            self._done[step] = text
            await self._confirm(message)
        else:
            self._done[step] = text
            await self._answer_question(message, answers)

    async def _answer_question(self, message: Json, answers: Mapping[str, Answer]) -> None:
        name = next(name for words, name in QUESTIONS.items() if words in text_of(message))
        asked = (step_of(message) or "").partition(":")[0], name
        if asked in self._answered:
            self.tally.asked_again.append((self.phone.id, name))
        self._answered.add(asked)
        answer = answers[name]
        if answer.labels and self.chance.random() < 0.5:
            for label in answer.labels:
                await self.tap(message, next(data for shown, data in buttons(message).items() if label in shown))
            return
        await self.phone.write(answer.typed)
        self.tally.typed += 1
        if self.chance.random() < (0.2 if self.tally.is_down else 0.02):  # nothing comes: is anybody there?
            self._looks_again = True
            self.tally.looked_again += 1
            await self.phone.write("/start")

    async def _confirm(self, summary: Json) -> None:
        data = next(data for data in buttons(summary).values() if data.endswith(":confirm"))
        await self.tap(summary, data)
        if self.chance.random() < 0.3:
            await self.tap(summary, data, again=True)

    def unread(self, message: Json) -> None:
        """Read a message once more."""
        self._unread.appendleft(message)

    def has_seen(self, message: Json) -> None:
        """Something was done with a message already: if it comes twice, nothing is to be done with it."""
        self._done[step_of(message) or ""] = text_of(message)

    def notes(self, message: Json) -> None:
        """Keep in mind what was told."""
        if text_of(message) not in self.told:
            self.told.append(text_of(message))


def text_of(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def step_of(message: Json) -> str | None:
    """The step that the buttons of a message are for: draft and revision. A message sent twice has the same."""
    for data in buttons(message).values():
        found = re.match(r"(?:form|center:new):([0-9]+:[0-9]+)", data)
        if found:
            return f"{found[1]}:{'sure' if data.startswith('center') else ''}"
    return None


async def data_of(phone: Phone, message: Json, label: str) -> str:
    """The data of a button, as soon as the message has it."""

    async def found() -> str | None:
        after = message["message_id"] - 1
        [now] = (await phone.people.get(f"/chats/{phone.chat_id}?after={after}&limit=1"))["messages"]
        data = next((data for name, data in buttons(now).items() if label in name), None)
        if data is None:
            await asyncio.sleep(0.1)  # hundreds look at their phones at the same time
        return data

    return str(await until(found, within_s=120))
