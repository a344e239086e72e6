"""A Bot API server that does nothing but answer at once and count: a process of its own, for benchmarks.

`python -m benchmarks.sides.bot_api PORT PER_SECOND PAID_PER_SECOND TEXT`. It answers 429 to what comes faster, as
Telegram does; 0 is no limit. TEXT is what is announced.
`/ask?times=N` has people ask the bot, one after the other, and tells how many milliseconds each answer took; without
`times` they ask until `/enough` is called.
`/heard` tells when it was first asked for updates, in seconds since 1970, or 0.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import deque
from typing import Any

import uvloop
from aiohttp import web

POLL_S = 20.0
ASKERS_FROM = 900_000_000
ASKERS = 40
QUESTIONS = ("When was UNIGO founded?", "What is the AGM?", "Who can become a member?")
ME = {"id": 1234567890, "is_bot": True, "first_name": "UNIGO", "username": "unigo_bench_bot"}


class Server:
    """Counts what is sent, and times what is sent to those who ask."""

    def __init__(self, per_s: int, paid_per_s: int, announced: str) -> None:
        self._per_s = {False: per_s, True: paid_per_s}  # by whether it is paid; 0: as fast as one likes
        self._announced = announced
        self._sent_at: dict[bool, deque[float]] = {False: deque(), True: deque()}
        self._updates: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._answered: dict[int, asyncio.Event] = {}
        self._last = 0
        self._counts = {"sent": 0, "announced": 0, "floods": 0}
        self._heard_at = 0.0
        self._is_enough = False

    async def call(self, request: web.Request) -> web.Response:
        """Any method of the Bot API."""
        method = request.match_info["method"]
        fields = await (request.json() if request.content_type == "application/json" else request.post())
        if method == "getUpdates":
            self._heard_at = self._heard_at or time.time()
            return _ok(await self._poll())
        if method == "getMe":
            return _ok(ME)
        if not method.startswith("send"):
            return _ok({})
        if self._is_flood(is_paid=bool(fields.get("allow_paid_broadcast"))):
            self._counts["floods"] += 1
            answer = {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": {"retry_after": 1},
            }
            return web.json_response(answer, status=429)
        self._last += 1
        chat_id = int(str(fields["chat_id"]))
        self._counts["sent"] += 1
        if fields.get("text") == self._announced:
            self._counts["announced"] += 1
        elif chat_id in self._answered:
            self._answered[chat_id].set()
        return _ok({"message_id": self._last, "date": 0, "chat": {"id": chat_id, "type": "private"}})

    async def ask(self, request: web.Request) -> web.Response:
        """Ask so many times, or until it is enough, and tell how long the answers took."""
        taken: list[float] = []
        times = int(request.query.get("times", sys.maxsize))
        self._is_enough = False
        while (turn := len(taken)) < times and not self._is_enough:
            person = ASKERS_FROM + turn % ASKERS
            self._answered[person] = asyncio.Event()
            started = time.perf_counter()
            self._updates.put_nowait(self._update(person, QUESTIONS[turn % len(QUESTIONS)]))
            await self._answered[person].wait()
            taken.append(1000 * (time.perf_counter() - started))
            await asyncio.sleep(0.03)  # a person's own pace is not what is measured
        return web.json_response(taken)

    async def enough(self, _request: web.Request) -> web.Response:
        """Nobody asks any more."""
        self._is_enough = True
        return web.json_response({})

    async def counts(self, _request: web.Request) -> web.Response:
        """How much was sent in all, how much of it was announced, and how often 429 was answered."""
        return web.json_response(self._counts)

    async def heard(self, _request: web.Request) -> web.Response:
        """When it was first asked for updates."""
        return web.json_response(self._heard_at)

    async def _poll(self) -> list[dict[str, Any]]:
        try:
            async with asyncio.timeout(POLL_S):
                return [await self._updates.get()]
        except TimeoutError:
            return []

    def _update(self, person: int, text: str) -> dict[str, Any]:
        self._last += 1
        sender = {"id": person, "is_bot": False, "first_name": "Delegate", "language_code": "en"}
        chat = {"id": person, "type": "private", "first_name": "Delegate"}
        message = {"message_id": self._last, "date": int(time.time()), "chat": chat, "from": sender, "text": text}
        return {"update_id": self._last, "message": message}

    def _is_flood(self, *, is_paid: bool) -> bool:
        per_s, sent_at = self._per_s[is_paid], self._sent_at[is_paid]
        if not per_s:
            return False
        now = time.perf_counter()
        while sent_at and sent_at[0] <= now - 1.0:
            sent_at.popleft()
        if len(sent_at) >= per_s:
            return True
        sent_at.append(now)
        return False


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def main() -> None:
    port, per_s, paid_per_s = (int(argument) for argument in sys.argv[1:4])
    server = Server(per_s, paid_per_s, sys.argv[4])
    application = web.Application()
    application.router.add_post("/bot{token}/{method}", server.call)
    application.router.add_get("/ask", server.ask)
    application.router.add_get("/enough", server.enough)
    application.router.add_get("/counts", server.counts)
    application.router.add_get("/heard", server.heard)
    web.run_app(application, host="127.0.0.1", port=port, access_log=None, print=None, loop=uvloop.new_event_loop())


if __name__ == "__main__":
    main()
