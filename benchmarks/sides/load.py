"""A Bot API server for many bots at once that puts load on each and times its replies: a process of its own.

`python -m benchmarks.sides.load`. It prints the port that it listens on. Each bot is known by its token. A bot fetches
its updates in batches of 100, as from Telegram, and whatever it calls is answered at once. `POST /run/TOKEN` with a
`Load` as JSON has people write to the bot, and answers when each has got a reply: with a `Taken` as JSON.

It speaks just enough of HTTP/1.1 for clients that keep their connections: the server must not be what is measured.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import uvloop

BATCH = 100
_CHAT = re.compile(rb'chat_id[":=\s]+(-?\d+)')
_OFFSET = re.compile(rb'offset[":=\s]+(\d+)')
_TIMEOUT = re.compile(rb'timeout[":=\s]+(\d+)')
_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_TOKEN = re.compile(rb"/bot([^/]+)/(\w+)")


@dataclass(frozen=True, slots=True)
class Load:
    """People of consecutive numbers, each of whom writes one message; `at_once` of them wait for a reply at a time."""

    first_person: int
    people: int
    at_once: int
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """From the first message to the last reply, and for each reply from when its message waited to be fetched."""

    seconds: float
    latencies_ms: list[float]
    calls: int


@dataclass(slots=True)
class Running:
    """A load as far as it has come."""

    load: Load
    finish: Callable[[Taken], None]
    started_at: float
    begun: int = 0
    asked_at: dict[int, float] = field(default_factory=dict)
    latencies_ms: list[float] = field(default_factory=list)
    calls: int = 0


class Bot:
    """What the server knows of one bot."""

    def __init__(self, number: int) -> None:
        self.me = {"id": number, "is_bot": True, "first_name": "UNIGO", "username": f"bench_{number}_bot"}
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._poll: Callable[[bytes], None] | None = None
        self._last_update = 0
        self._last_message = 0
        self._running: Running | None = None

    def run(self, load: Load, finish: Callable[[Taken], None]) -> None:
        """Have people write; `finish` is called when all have got their reply."""
        self._running = Running(load, finish, time.perf_counter())
        for _ in range(load.at_once):
            self._write(self._running)
        self._hand_out()

    def updates(self, body: bytes, answer: Callable[[bytes], None]) -> None:
        """A call of getUpdates: answered as soon as there is something."""
        found = _OFFSET.search(body)
        offset = int(found[1]) if found else 0
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()
        self._poll = answer
        self._hand_out()
        if self._poll is answer:
            found = _TIMEOUT.search(body)
            asyncio.get_running_loop().call_later(int(found[1]) if found else 0, self._give_up, answer)

    def call(self, method: str, body: bytes) -> bytes:
        """Any other call. What is sent is the reply to whoever waits in that chat."""
        if method == "getMe":
            return json.dumps({"ok": True, "result": self.me}).encode()
        if not method.startswith(("send", "edit")):
            return b'{"ok":true,"result":{}}' if method.startswith("get") else b'{"ok":true,"result":true}'
        found = _CHAT.search(body)
        chat = int(found[1]) if found else 0
        self._last_message += 1
        if self._running is not None:
            self._running.calls += 1
            if method.startswith("send"):
                self._replied(self._running, chat)
        return (
            b'{"ok":true,"result":{"message_id":%d,"date":1790000000,"chat":{"id":%d,"type":"private",'
            b'"first_name":"Delegate"},"text":"Sent"}}'
        ) % (self._last_message, chat)

    def _replied(self, running: Running, chat: int) -> None:
        asked_at = running.asked_at.pop(chat, None)
        if asked_at is None:
            return
        now = time.perf_counter()
        running.latencies_ms.append(1000 * (now - asked_at))
        self._write(running)
        self._hand_out()
        if len(running.latencies_ms) == running.load.people:
            self._running = None
            running.finish(Taken(now - running.started_at, running.latencies_ms, running.calls))

    def _write(self, running: Running) -> None:
        if running.begun == running.load.people:
            return
        person = running.load.first_person + running.begun
        running.begun += 1
        self._last_update += 1
        self._last_message += 1
        running.asked_at[person] = time.perf_counter()
        update = _update(self._last_update, self._last_message, person, running.load.text)
        self._waiting.append((self._last_update, update))

    def _hand_out(self) -> None:
        if self._poll is not None and self._waiting:
            answer, self._poll = self._poll, None
            batch = [self._waiting[at][1] for at in range(min(BATCH, len(self._waiting)))]
            answer(b'{"ok":true,"result":[%b]}' % b",".join(batch))

    def _give_up(self, answer: Callable[[bytes], None]) -> None:
        if self._poll is answer:
            self._poll = None
            answer(b'{"ok":true,"result":[]}')


class Connection(asyncio.Protocol):
    """Reads requests that follow each other on one connection."""

    def __init__(self, bots: dict[str, Bot]) -> None:
        self._bots = bots
        self._read = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end]
            found = _LENGTH.search(head)
            until = end + 4 + (int(found[1]) if found else 0)
            if len(self._read) < until:
                return
            body, self._read = self._read[end + 4 : until], self._read[until:]
            self._handle(head.partition(b"\r\n")[0].split()[1], body)

    def _handle(self, path: bytes, body: bytes) -> None:
        if path.startswith(b"/run/"):
            bot = self._bot(path.removeprefix(b"/run/").decode())
            bot.run(Load(**json.loads(body)), lambda taken: self._answer(json.dumps(asdict(taken)).encode()))
            return
        found = _TOKEN.match(path)
        assert found is not None, path  # noqa: S101 - the benchmark's own clients call here
        bot, method = self._bot(found[1].decode()), found[2].decode()
        if method.lower() == "getupdates":
            bot.updates(body, self._answer)
        else:
            self._answer(bot.call(method, body))

    def _bot(self, token: str) -> Bot:
        return self._bots.setdefault(token, Bot(int(token.partition(":")[0])))

    def _answer(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        if not self._transport.is_closing():  # a bot that is ended stops listening
            self._transport.write(head + body)


def _update(number: int, message_id: int, person: int, text: str) -> bytes:
    message: dict[str, Any] = {
        "message_id": message_id,
        "date": int(time.time()),
        "chat": {"id": person, "type": "private", "first_name": "Delegate"},
        "from": {"id": person, "is_bot": False, "first_name": "Delegate", "language_code": "en"},
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return json.dumps({"update_id": number, "message": message}, separators=(",", ":")).encode()


async def main() -> None:
    bots: dict[str, Bot] = {}
    server = await asyncio.get_running_loop().create_server(lambda: Connection(bots), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
