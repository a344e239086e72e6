"""People who write to the bot through the sandbox's own HTTP API, as anyone could script them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

Json = dict[str, Any]

WAIT_S = 30.0
"""The longest that anything may take, on a machine that has much else to do."""
PAGE = 10_000
"""So many messages the sandbox gives at once."""


class People:
    """The people's side of a sandbox."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str) -> Any:
        async with self.session.get(f"/sandbox{path}") as response:
            response.raise_for_status()
            return await response.json()

    async def post(self, path: str, body: Json | None = None) -> Any:
        async with self.session.post(f"/sandbox{path}", json=body or {}) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def document(self, phone: Phone, **fields: str) -> Json:
        """Send a small document."""
        return await self.upload(phone, b"text", "a.txt", **fields)

    async def upload(self, phone: Phone, content: bytes, filename: str, /, **fields: str) -> Json:
        """Send a document."""
        form = aiohttp.FormData({"kind": "document", "chat_id": str(phone.chat_id), **fields})
        form.add_field("file", io.BytesIO(content), filename=filename)
        async with self.session.post(f"/sandbox/persons/{phone.id}/files", data=form) as response:
            assert response.status == 200, await response.text()
            message: Json = await response.json()
            return message

    async def file(self, file_id: str) -> bytes:
        """The content of a file that anybody has sent."""
        async with self.session.get(f"/sandbox/files/{file_id}") as response:
            assert response.status == 200, await response.text()
            return await response.read()

    async def delete(self, path: str) -> None:
        async with self.session.delete(f"/sandbox{path}") as response:
            response.raise_for_status()

    async def person(self, name: str = "Delegate", language: str | None = "en", **more: Any) -> Phone:
        """A new person with a private chat."""
        body = {"first_name": name, **({"language_code": language} if language else {}), **more}
        made = await self.post("/persons", body)
        return Phone(self, made["id"], made["id"])

    async def group(self, *members: Phone, **more: Any) -> int:
        """A new supergroup with the bot in it; its id."""
        body = {"title": "A group", "type": "supergroup", "members": [member.id for member in members], **more}
        chat = await self.post("/groups", body)
        return int(chat["id"])

    async def fault(self, kind: str, **more: Any) -> int:
        """Switch a fault on; its id."""
        made = await self.post("/faults", {"kind": kind, **more})
        return int(made["id"])

    async def calls(self, method: str | None = None) -> list[Json]:
        """The Bot API calls that were received."""
        calls = (await self.get("/log"))["calls"]
        return [call for call in calls if method in {None, call["method"]}]


@dataclass(frozen=True)
class Phone:
    """One person's view of one chat."""

    people: People
    id: int
    chat_id: int

    def within(self, chat_id: int) -> Phone:
        """The same person in another chat."""
        return Phone(self.people, self.id, chat_id)

    async def start(self, payload: str = "") -> Json:
        message: Json = await self.people.post(f"/persons/{self.id}/start", {"payload": payload} if payload else {})
        return message

    async def write(self, text: str, **more: Any) -> Json:
        message: Json = await self.people.post(
            f"/persons/{self.id}/messages", {"chat_id": self.chat_id, "text": text, **more}
        )
        return message

    async def ask(self, text: str, **more: Any) -> Json:
        """Write, and wait for the bot's next message."""
        message = await self.write(text, **more)
        return await self.reply_after(message["message_id"])

    async def reply_after(self, message_id: int) -> Json:
        """The bot's next message behind one."""
        seen = await self.people.get(f"/chats/{self.chat_id}?after={message_id}&wait={WAIT_S}")
        replies = [message for message in seen["messages"] if message["from"]["is_bot"]]
        assert replies, f"The bot said nothing after message {message_id} in chat {self.chat_id}."
        return dict(replies[0])

    async def press(self, message: Json, data: str, *, forged: bool = False) -> Json:
        """Press a button and wait until the press is answered; what the person sees of the answer.

        `forged`: as a changed app would, also where there is no such button.
        """
        pressed = await self.people.post(
            f"/persons/{self.id}/presses",
            {"chat_id": self.chat_id, "message_id": message["message_id"], "data": data, "forged": forged},
        )
        return dict(await self.people.get(f"/presses/{pressed['callback_query_id']}?wait={WAIT_S}"))

    async def now(self, message: Json) -> Json:
        """A message as it is now."""
        before = message["message_id"] - 1
        [found] = (await self.people.get(f"/chats/{self.chat_id}?after={before}&limit=1"))["messages"]
        return dict(found)

    async def messages(self, *, after: int = 0) -> list[Json]:
        """All of this chat behind a message, or from the first."""
        found: list[Json] = []
        while True:
            after = found[-1]["message_id"] if found else after
            page = (await self.people.get(f"/chats/{self.chat_id}?after={after}&limit={PAGE}"))["messages"]
            found += page
            if len(page) < PAGE:
                return found

    async def from_bot(self) -> list[str]:
        """The texts that the bot has written here."""
        return [message.get("text", "") for message in await self.messages() if message["from"]["is_bot"]]


def buttons(message: Json) -> dict[str, str]:
    """The buttons under a message: label -> data (or URL)."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button.get("callback_data") or button.get("url", "") for row in rows for button in row}


async def met(people: People, name: str = "Delegate", **more: Any) -> Phone:
    """Somebody who has written to the bot, and has its welcome."""
    phone = await people.person(name, **more)
    await phone.ask("/start")
    return phone


async def has_replies(phone: Phone, count: int) -> bool:
    """Whether the bot has written so many messages, or more."""
    return len(await phone.from_bot()) >= count


async def until(condition: Callable[[], Any], *, within_s: float = WAIT_S) -> Any:
    """Wait until `condition()` (or what it awaits to) is true, and return it."""
    pause_s = 0.01
    async with asyncio.timeout(within_s):
        while True:
            found = condition()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 1.5, 0.05)  # whoever looks all the time keeps the bot from what they wait for
