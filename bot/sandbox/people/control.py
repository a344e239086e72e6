"""The clock, the faults, the limits, and the log of calls."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from bot.sandbox.people.reading import clock_json
from bot.sandbox.people.request import WORLD, Asked, answer, asked
from bot.sandbox.wire import PeopleError

LOG_PAGE = 10_000
MAX_AHEAD_S = 100 * 366 * 86_400.0


async def get_clock(request: web.Request) -> web.Response:
    return answer(clock_json(request.app[WORLD]))


async def post_clock(request: web.Request) -> web.Response:
    """Move the clock forward, by `advance_s` or to `set`."""
    call = await asked(request)
    clock = call.world.clock
    try:
        clock.advance(_seconds_ahead(call))
    except (TypeError, ValueError, OverflowError):
        raise PeopleError(400, "The clock only moves forward, by a number of seconds or to a moment.") from None
    shown = clock_json(call.world)
    call.world.events.add("clock", shown)
    return answer(shown)


def _seconds_ahead(call: Asked) -> float:
    """By how much the clock is to be moved. Raises PeopleError or ValueError if that cannot be."""
    clock = call.world.clock
    if "set" in call.fields:
        moment = datetime.fromisoformat(call.string("set"))
        if moment.tzinfo is None:
            raise PeopleError(400, "“set” must say its zone, as in 2031-05-01T08:00:00Z.")
        seconds = (moment - clock.now()).total_seconds()
    elif "advance_s" in call.fields:
        seconds = float(call.fields["advance_s"])
    else:
        raise PeopleError(400, "Give “advance_s” or “set”.")
    if not clock.offset_s + seconds <= MAX_AHEAD_S:
        raise PeopleError(400, "The clock can be moved a hundred years ahead at most.")
    return seconds


async def get_faults(request: web.Request) -> web.Response:
    return answer({"faults": [fault.to_json() for fault in request.app[WORLD].faults.all()]})


async def post_fault(request: web.Request) -> web.Response:
    call = await asked(request)
    return answer(call.world.faults.add(call.fields).to_json())


async def delete_faults(request: web.Request) -> web.Response:
    call = await asked(request)
    fault_id = call.path_number("fault_id") if "fault_id" in request.match_info else None
    if not call.world.faults.remove(fault_id):
        raise PeopleError(404, f"There is no fault {fault_id}.")
    return answer({})


async def get_limits(request: web.Request) -> web.Response:
    return answer(request.app[WORLD].limits.to_json())


async def post_limits(request: web.Request) -> web.Response:
    call = await asked(request)
    try:
        call.world.limits.configure(call.fields)
    except (TypeError, ValueError, OverflowError):
        raise PeopleError(400, "“overall_per_s”, “chat_per_s” and “group_per_minute” must be numbers from 0.") from None
    return answer(call.world.limits.to_json())


async def get_log(request: web.Request) -> web.Response:
    """The calls after `since`, oldest first, at most `limit`."""
    call = await asked(request)
    limit = call.number("limit") or LOG_PAGE
    calls = call.world.log.after(call.number("since") or 0)[:limit]
    return answer({"calls": [one.to_json() for one in calls], "last_seq": call.world.log.last_seq})
