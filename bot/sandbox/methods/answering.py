"""Answers to what persons asked: pressed buttons and inline queries."""

from __future__ import annotations

from bot.sandbox.inline import MAX_RESULTS, check_result
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.queries import CALLBACK_LIFETIME_S, INLINE_LIFETIME_S
from bot.sandbox.wire import Json, bad_request

MAX_NOTIFICATION = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(call: Call) -> bool:
    text = call.args.text("text")
    if len(text) > MAX_NOTIFICATION:
        raise bad_request("MESSAGE_TOO_LONG")
    query = call.world.callback_queries.get(call.args.text("callback_query_id"))
    now = call.world.clock.timestamp()
    if (
        query is None
        or query.bot_id != call.bot.id
        or query.answer is not None
        or now - query.asked_at > CALLBACK_LIFETIME_S
    ):
        raise bad_request(TOO_OLD)
    answer: Json = {"show_alert": call.args.flag("show_alert")}
    answer |= {name: call.args.text(name) for name in ("text", "url") if call.args.has(name)}
    query.answer = answer
    query.answered.set()
    data = {"callback_query_id": query.id, "person_id": query.person_id, "bot_id": query.bot_id}
    call.world.events.add(
        "callback_answer",
        {"chat_id": query.chat_id, "message_id": query.message_id, **data, **answer},
    )
    return True


def answer_inline_query(call: Call) -> bool:
    results: list[Json] = call.args.json("results", "inline query results")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    seen = set()
    for result in results:
        if result["id"] in seen:
            raise bad_request("RESULT_ID_DUPLICATE")
        seen.add(result["id"])
    checked = [check_result(call.world, result) for result in results]
    query = call.world.inline_queries.get(call.args.text("inline_query_id"))
    now = call.world.clock.timestamp()
    if (
        query is None
        or query.bot_id != call.bot.id
        or query.answer is not None
        or now - query.asked_at > INLINE_LIFETIME_S
    ):
        raise bad_request(TOO_OLD)
    answer: Json = {"results": checked, "next_offset": call.args.text("next_offset")}
    if button := call.args.json("button", "inline query results button"):
        answer["button"] = button
    query.answer = answer
    query.answered.set()
    return True


METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
