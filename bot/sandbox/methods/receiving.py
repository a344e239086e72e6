"""How a bot gets its updates: by asking (`getUpdates`) or by webhook."""

from __future__ import annotations

import asyncio
import json

from bot.sandbox.methods.call import Call, Method, RawJson
from bot.sandbox.wire import ApiError

MAX_TIMEOUT_S = 50
MAX_LIMIT = 100
PAUSE_BETWEEN_CONFLICTS_S = 3.0
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def get_updates(call: Call) -> RawJson:
    """Updates from `offset` on, waiting up to `timeout` real seconds for the first.

    A newer call for the same bot ends this one.
    """
    bot = call.bot
    if bot.webhook is not None:
        raise ApiError(409, WEBHOOK_IS_SET)
    offset = call.args.integer("offset")
    limit = call.args.integer("limit", MAX_LIMIT, 1, MAX_LIMIT)
    timeout_s = call.args.integer("timeout", 0, 0, MAX_TIMEOUT_S)
    if call.args.has("allowed_updates"):
        allow(call)
    if bot.poll is not None and not bot.poll.done():
        bot.poll.set_result(OTHER_POLL)
    if offset < 0:
        bot.updates.keep_last(-offset)
    elif offset > 0:
        bot.updates.confirm(offset)
    texts = bot.updates.take(limit)
    if not texts and timeout_s:
        await _wait(call, timeout_s)
        texts = bot.updates.take(limit)
    return RawJson(f"[{','.join(texts)}]")


async def _wait(call: Call, timeout_s: float) -> None:
    """Return when there is an update or time is up; raise when another request takes this one's place."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[str] = loop.create_future()
    call.bot.poll = ended
    either: set[asyncio.Future[str] | asyncio.Future[None]] = {ended, call.bot.updates.arrival()}
    try:
        await asyncio.wait(either, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if call.bot.poll is ended:
            call.bot.poll = None
    if ended.done():
        await _pause_between_conflicts(call)
        raise ApiError(409, ended.result())


async def _pause_between_conflicts(call: Call) -> None:
    """Let two rivals not chase each other: Telegram delays a conflict that follows another within 3 s."""
    now = asyncio.get_running_loop().time()
    if now < call.bot.next_conflict_at:
        await asyncio.sleep(PAUSE_BETWEEN_CONFLICTS_S)
    else:
        call.bot.next_conflict_at = now + PAUSE_BETWEEN_CONFLICTS_S


def allow(call: Call) -> None:
    """Take over `allowed_updates`; what is not a list of strings means the default, as with Telegram."""
    value = call.args.values.get("allowed_updates")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = []
    kinds = value if isinstance(value, list) else []
    all_texts = all(isinstance(kind, str) for kind in kinds)
    call.bot.updates.allow([kind.lower() for kind in kinds] if all_texts else [])


METHODS: dict[str, Method] = {"getUpdates": get_updates}
