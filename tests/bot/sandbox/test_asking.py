"""Pressed buttons and inline queries."""

from __future__ import annotations

import asyncio

import pytest
import telegram

from bot.runtime.clock import MovableClock
from bot.sandbox.queries import CALLBACK_LIFETIME_S

from .conftest import Calls, Json, People

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def asked(bot: Calls, person: int) -> Json:
    """A message with a button."""
    return await bot.say(person, "Sure?", reply_markup=KEYBOARD)


async def press(people: People, person: int, asked: Json, **more: object) -> str:
    fields = {"message_id": asked["message_id"], "data": "yes", **more}
    pressed = await people.post(f"/persons/{person}/presses", **fields)
    query_id: str = pressed["callback_query_id"]
    return query_id


async def test_a_press_and_its_answer(people: People, bot: Calls, person: int, asked: Json) -> None:
    query_id = await press(people, person, asked)
    query = await bot.taken("callback_query")
    assert (query["id"], query["data"], query["message"]) == (query_id, "yes", asked)
    assert query["from"]["id"] == person
    assert await people.get(f"/presses/{query_id}") == {"answered": False}
    async with asyncio.timeout(15), asyncio.TaskGroup() as group:
        waiting = group.create_task(people.get(f"/presses/{query_id}", wait=10))
        answer = {"callback_query_id": query_id, "text": "Done", "show_alert": True}
        assert await bot.call("answerCallbackQuery", **answer) is True
    assert waiting.result() == {"answered": True, "text": "Done", "show_alert": True}


async def test_an_answer_is_taken_once(people: People, bot: Calls, person: int, asked: Json) -> None:
    query_id = await press(people, person, asked)
    await bot.call("answerCallbackQuery", callback_query_id=query_id)
    refusal = await bot.refused("answerCallbackQuery", callback_query_id=query_id)
    assert (refusal.status, refusal.description) == (400, TOO_OLD)


async def test_an_answer_can_come_too_late(
    people: People, bot: Calls, person: int, asked: Json, clock: MovableClock
) -> None:
    query_id = await press(people, person, asked)
    clock.advance(CALLBACK_LIFETIME_S + 1)
    refusal = await bot.refused("answerCallbackQuery", callback_query_id=query_id)
    assert refusal.description == TOO_OLD


async def test_only_buttons_that_are_there_can_be_pressed(people: People, bot: Calls, person: int, asked: Json) -> None:
    where = {"message_id": asked["message_id"]}
    status, _ = await people.refused("POST", f"/persons/{person}/presses", **where, data="no")
    assert status == 409
    await bot.call("editMessageReplyMarkup", chat_id=person, **where)
    status, _ = await people.refused("POST", f"/persons/{person}/presses", **where, data="yes")
    assert status == 409
    await press(people, person, asked, forged=True, data="forged")
    assert (await bot.taken("callback_query"))["data"] == "forged"
    own = await people.say(person, "mine")
    status, sentence = await people.refused(
        "POST", f"/persons/{person}/presses", message_id=own["message_id"], data="yes"
    )
    assert (status, sentence) == (409, "This message is not a bot's.")


async def test_messages_and_presses_of_a_chat_keep_their_order(
    people: People, bot: Calls, person: int, asked: Json
) -> None:
    await people.say(person, "before")
    await press(people, person, asked)
    await people.say(person, "after")
    kinds = [kind for update in await bot.take() for kind in update if kind != "update_id"]
    assert kinds == ["message", "callback_query", "message"]


async def test_inline_queries(client: telegram.Bot, people: People, person: int) -> None:
    asked = await people.post(f"/persons/{person}/inline", query="visa")
    query_id = asked["inline_query_id"]
    (update,) = await client.get_updates(timeout=5)
    assert update.inline_query is not None
    assert (update.inline_query.id, update.inline_query.query) == (query_id, "visa")
    result = telegram.InlineQueryResultArticle(
        "1",
        "Visas",
        telegram.InputTextMessageContent("<b>Visas</b>", parse_mode="HTML"),
        reply_markup=telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("More", callback_data="m")]]),
    )
    await client.answer_inline_query(query_id, [result])
    shown = await people.get(f"/inline/{query_id}", wait=5)
    assert [one["title"] for one in shown["results"]] == ["Visas"]
    with pytest.raises(telegram.error.BadRequest, match="too old"):
        await client.answer_inline_query(query_id, [result])
    sent = await people.post(f"/persons/{person}/inline/{query_id}/choose", result_id="1")
    assert (sent["text"], sent["entities"][0]["type"]) == ("Visas", "bold")
    assert sent["via_bot"]["username"] == "unigo_test_bot"
    *_, chosen = await client.get_updates(offset=update.update_id + 1)
    assert chosen.chosen_inline_result is not None
    assert chosen.chosen_inline_result.result_id == "1"
    pressed = await people.post(f"/persons/{person}/presses", message_id=sent["message_id"], data="m")
    assert pressed["callback_query_id"]


async def test_inline_results_are_checked(people: People, bot: Calls, person: int) -> None:
    query_id = (await people.post(f"/persons/{person}/inline", query=""))["inline_query_id"]
    result = {"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "x"}}
    cases = [
        ([result, result], "Bad Request: RESULT_ID_DUPLICATE"),
        ([result | {"id": "x" * 65}], "Bad Request: RESULT_ID_INVALID"),
        ([result | {"id": str(number)} for number in range(51)], "Bad Request: RESULTS_TOO_MUCH"),
        ([result | {"input_message_content": {"message_text": ""}}], "Bad Request: message text is empty"),
    ]
    for results, description in cases:
        refusal = await bot.refused("answerInlineQuery", inline_query_id=query_id, results=results)
        assert (refusal.status, refusal.description) == (400, description)
