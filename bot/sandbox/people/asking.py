"""Presses of buttons and inline queries: what a person asks a bot and waits for."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.sandbox.chats import Chat, Message
from bot.sandbox.inline import message_content
from bot.sandbox.people.request import Asked, answer, asked, found
from bot.sandbox.people.writing import say
from bot.sandbox.queries import CallbackQuery, InlineQuery
from bot.sandbox.wire import Json, PeopleError


async def post_press(request: web.Request) -> web.Response:
    """Press an inline button. With `forged` any data goes, as from a client that lies."""
    call = await asked(request)
    person = call.person()
    chat = call.chat(person)
    message = call.message(chat)
    data = call.string("data")
    bot_id = message.bot_id or message.body.get("via_bot", {}).get("id")
    if bot_id is None:
        raise PeopleError(409, "This message is not a bot's.")
    if not call.flag("forged") and data not in button_data(message):
        raise PeopleError(409, f"Message {message.message_id} has no button with this data now.")
    if chat.is_blocked:
        raise PeopleError(409, f"Person {person.id} has blocked the bot.")
    world = call.world
    query = CallbackQuery(world.new_query_id(), bot_id, person.id, world.clock.timestamp(), chat.id, message.message_id)
    world.remember_callback(query)
    payload: Json = {
        "id": query.id,
        "from": person.user,
        "message": message.body,
        "chat_instance": chat_instance(chat),
        "data": data,
    }
    world.send_update(world.bots[bot_id], "callback_query", payload, chat.id)
    return answer({"callback_query_id": query.id})


def button_data(message: Message) -> set[str]:
    """The callback data of the buttons that the message has now."""
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


def chat_instance(chat: Chat) -> str:
    """A stable number for the chat, as in the Bot API's `CallbackQuery`."""
    return str((chat.private_bot_id or 0) * 1_000_003 + chat.id)


async def get_press(request: web.Request) -> web.Response:
    call = await asked(request)
    query_id = request.match_info["query_id"]
    query = found(call.world.callback_queries.get(query_id), f"There is no press {query_id}.")
    await _wait(query.answered, call)
    return answer(query.to_json())


async def post_inline(request: web.Request) -> web.Response:
    """Type a query behind the bot's username."""
    call = await asked(request)
    person = call.person()
    bot = call.bot()
    if not bot.supports_inline:
        raise PeopleError(409, f"@{bot.username} takes no inline queries.")
    world = call.world
    text = call.string("query", "")
    query = InlineQuery(world.new_query_id(), bot.id, person.id, world.clock.timestamp(), text)
    world.remember_inline(query)
    payload: Json = {
        "id": query.id,
        "from": person.user,
        "query": text,
        "offset": call.string("offset", ""),
        "chat_type": "sender",
    }
    world.send_update(bot, "inline_query", payload, person.id)
    return answer({"inline_query_id": query.id})


async def get_inline(request: web.Request) -> web.Response:
    call = await asked(request)
    query = _inline_query(call)
    await _wait(query.answered, call)
    return answer(query.to_json())


async def choose_inline(request: web.Request) -> web.Response:
    """Send one of the results into a chat."""
    call = await asked(request)
    query = _inline_query(call)
    person = call.person()
    result_id = call.string("result_id")
    results = (query.answer or {}).get("results", [])
    result = next((one for one in results if one.get("id") == result_id), None)
    if query.person_id != person.id or result is None:
        raise PeopleError(404, f"Query {query.id} of person {person.id} has no result {result_id}.")
    world = call.world
    bot = world.bots[query.bot_id]
    content: Json = {"via_bot": bot.user, **message_content(world, result)}
    if "reply_markup" in result:
        content["reply_markup"] = result["reply_markup"]
    message = say(call, content)
    chosen: Json = {"result_id": result_id, "from": person.user, "query": query.text}
    world.send_update(bot, "chosen_inline_result", chosen, person.id)
    return answer(message.body)


def _inline_query(call: Asked) -> InlineQuery:
    query_id = call.request.match_info["query_id"]
    return found(call.world.inline_queries.get(query_id), f"There is no inline query {query_id}.")


async def _wait(answered: asyncio.Event, call: Asked) -> None:
    seconds = call.seconds("wait")
    if seconds and not answered.is_set():
        try:
            async with asyncio.timeout(seconds):
                await answered.wait()
        except TimeoutError:
            return
