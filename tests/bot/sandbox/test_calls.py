"""Which methods there are, and in which forms a call of them may come."""

from __future__ import annotations

import json

import aiohttp
import pytest

from bot.sandbox.schema import Schema

from .conftest import TOKEN, Calls, People


async def test_unknown_methods_are_not_found(bot: Calls) -> None:
    assert await bot.raw("sendTelepathy") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_known_methods_that_are_not_modelled_say_so(bot: Calls, person: int) -> None:
    refusal = await bot.refused("sendPoll", chat_id=person, question="?", options=[])
    assert refusal.status == 501
    assert refusal.description == "Not Implemented: the sandbox does not model the method sendPoll"


@pytest.mark.parametrize("parameter", ["business_connection_id", "message_effect_id"])
async def test_parameters_that_are_not_modelled_say_so(bot: Calls, person: int, parameter: str) -> None:
    refusal = await bot.refused("sendMessage", chat_id=person, text="x", **{parameter: "1"})
    assert refusal.status == 501
    assert refusal.description == f"Not Implemented: the sandbox does not model the parameter {parameter}"


async def test_every_method_answers_without_parameters(bot: Calls) -> None:
    """Nothing fails inside, and what is not modelled is not answered as if it had been done."""
    from bot.sandbox.methods.table import MODELLED  # noqa: PLC0415

    for method in Schema.load().methods:
        if method in MODELLED:
            status, _ = await bot.raw(method)
            assert status in {200, 400}, method
        else:
            assert (await bot.refused(method)).status == 501


async def test_method_names_do_not_mind_their_case(bot: Calls) -> None:
    assert (await bot.call("GETME"))["username"] == "unigo_test_bot"


async def test_unknown_tokens(http: aiohttp.ClientSession, people: People) -> None:
    for path in ("/bot1:unknown-token/getMe", "/botnonsense/getMe", "/file/bot1:unknown-token/photos/file_1.jpg"):
        async with http.get(path) as response:
            assert response.status == 401
            assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_parameters_come_by_query_form_multipart_or_json(
    http: aiohttp.ClientSession, people: People, person: int
) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    fields = {"chat_id": str(person), "text": "hi", "reply_markup": json.dumps(markup)}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        multipart.add_field(name, value)
    requests = [
        http.get(path, params=fields),
        http.post(path, params=fields),
        http.post(path, data=fields),
        http.post(path, data=multipart),
        http.post(path, json=fields),
        http.post(path, json={"chat_id": person, "text": "hi", "reply_markup": markup}),
    ]
    for request in requests:
        async with request as response:
            body = await response.json()
            assert body["result"]["text"] == "hi", body
            assert body["result"]["reply_markup"] == markup


async def test_broken_bodies(http: aiohttp.ClientSession, people: People) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    json_type = {"Content-Type": "application/json"}
    form_type = {"Content-Type": "multipart/form-data"}
    for body, headers in ((b"{", json_type), (b"[]", json_type), (b"x", form_type), (b"\xff\xfe{", json_type)):
        async with http.post(path, data=body, headers=headers) as response:
            assert response.status == 400, await response.text()
            assert (await response.json())["error_code"] == 400
