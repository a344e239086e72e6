"""The bot's side over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.accounts import Bot
from bot.sandbox.arguments import Arguments, read_arguments
from bot.sandbox.faults import Fault
from bot.sandbox.methods.call import Call, Described, RawJson
from bot.sandbox.methods.table import MODELLED
from bot.sandbox.schema import Schema
from bot.sandbox.wire import ApiError, Json, dumps, not_implemented, too_many_requests
from bot.sandbox.world import World, authorize

OK = 200
POLL = "getUpdates"
FILE = "file"
"""What a fault calls the download of a file, which is no method."""
_PATH = re.compile(r"/bot([^/]+)/(?:([^/]+)/?)?")
_FILE_PATH = re.compile(r"/file/bot([^/]+)/(.+)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call."""

    status: int
    text: str
    message_id: int | None = None


class BotSide:
    """Answers bots' calls."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._schema = Schema.load()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one HTTP request of a bot's, with the faults that are set."""
        match = _PATH.fullmatch(request.path)
        if match is None:
            return _refuse(ApiError(404, "Not Found"))
        try:
            bot = authorize(self._world, match[1])
            name = self._schema.names.get((match[2] or "").lower())
            if name is None:
                return _refuse(ApiError(404, "Not Found"))
            arguments = await read_arguments(request)
        except ApiError as error:
            return _refuse(error)
        except web.HTTPRequestEntityTooLarge:
            return _refuse(ApiError(413, "Request Entity Too Large"))
        return await self._handle_call(request, bot, name, arguments)

    async def _handle_call(self, request: web.Request, bot: Bot, name: str, arguments: Arguments) -> web.StreamResponse:
        world = self._world
        chat_id = _chat_id(arguments)
        fault = None
        if world.faults:
            fault = world.faults.strike_call(name.lower(), chat_id if isinstance(chat_id, int) else None)
        refusal = _refusal(fault)
        if refusal is None and (fault is None or fault.kind != "drop"):
            outcome = await self.perform(bot, name, arguments)
            is_done = outcome.status == OK
        else:
            refusal = refusal or ApiError(0, "")
            outcome = Outcome(refusal.code, dumps(refusal.to_json()))
            is_done = False
        if name != POLL:
            world.log.add(
                at=world.clock.timestamp(),
                bot_id=bot.id,
                method=name,
                chat_id=chat_id,
                status=outcome.status,
                is_done=is_done,
                fault=fault.kind if fault else None,
                message_id=outcome.message_id,
                is_silent=arguments.flag("disable_notification"),
            )
        if fault is not None and fault.kind == "slow":
            await world.clock.sleep(fault.delay_s)
        if fault is not None and fault.kind in {"drop", "drop_after"} and request.transport is not None:
            request.transport.abort()
        return _answer(outcome.status, outcome.text)

    async def perform(self, bot: Bot, name: str, arguments: Arguments) -> Outcome:
        """Do a call of the Bot API. `name` is spelt as in its documentation."""
        try:
            result = await self._result(bot, name, arguments)
        except ApiError as error:
            return Outcome(error.code, dumps(error.to_json()))
        message_id = None
        if isinstance(result, RawJson):
            return Outcome(OK, f'{{"ok":true,"result":{result.text}}}')
        body: Json = {"ok": True, "result": result}
        if isinstance(result, Described):
            body = {"ok": True, "result": result.result, "description": result.description}
        elif isinstance(result, dict):
            message_id = result.get("message_id")
        return Outcome(OK, dumps(body), message_id)

    async def _result(self, bot: Bot, name: str, arguments: Arguments) -> Any:
        method = MODELLED.get(name)
        if method is None:
            raise not_implemented(f"the method {name}")
        self._schema.check(name, arguments)
        result = method(Call(self._world, bot, name, arguments))
        return await result if inspect.isawaitable(result) else result

    async def perform_answer(self, bot: Bot, answer: Json) -> None:
        """Do the call that a webhook answered with, if it is one that may be made so."""
        values = dict(answer)
        name = self._schema.names.get(str(values.pop("method")).lower(), "")
        if name and not name.startswith("get") and name not in {"setWebhook", "deleteWebhook", "close", "logOut"}:
            await self.perform(bot, name, Arguments(values))

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer `/file/bot<token>/<path>` with the bytes of the file."""
        match = _FILE_PATH.fullmatch(request.path)
        if match is None:
            return _refuse(ApiError(404, "Not Found"))
        try:
            authorize(self._world, match[1])
        except ApiError as error:
            return _refuse(error)
        stored = self._world.files.at_path(match[2])
        if stored is None:
            return _refuse(ApiError(404, "Not Found"))
        fault = self._world.faults.strike_call(FILE, None)
        refusal = _refusal(fault)
        if refusal is not None:
            return _refuse(refusal)
        if fault is not None and fault.kind == "slow":
            await self._world.clock.sleep(fault.delay_s)
        if fault is not None and fault.kind in {"drop", "drop_after"} and request.transport is not None:
            request.transport.abort()
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _chat_id(arguments: Arguments) -> int | str | None:
    text = arguments.text("chat_id")
    try:
        return int(text)
    except ValueError:
        return text or None


def _refusal(fault: Fault | None) -> ApiError | None:
    """The answer that a fault gives in the place of the real one."""
    if fault is None:
        return None
    if fault.kind == "429":
        return too_many_requests(fault.retry_after_s)
    if fault.kind == "500":
        return ApiError(500, "Internal Server Error")
    if fault.kind == "502":
        return ApiError(502, "Bad Gateway")
    return None


def _refuse(error: ApiError) -> web.Response:
    return _answer(error.code, dumps(error.to_json()))


def _answer(status: int, text: str) -> web.Response:
    return web.Response(body=text.encode(), status=status, content_type="application/json")
