"""The people's side where it is asked for what cannot be."""

from __future__ import annotations

import aiohttp
import pytest

from .conftest import Json, People

REFUSED: list[tuple[str, str, Json, int]] = [
    ("POST", "/bots", {"token": "no token"}, 400),
    ("POST", "/bots", {}, 400),
    ("POST", "/bots", {"token": "4343:another-bot", "username": "unigo_test_bot"}, 409),
    ("POST", "/bots", {"token": "1001:number-of-a-person"}, 409),
    ("POST", "/persons", {}, 400),
    ("POST", "/persons", {"first_name": " "}, 400),
    ("POST", "/persons", {"first_name": 5}, 400),
    ("POST", "/persons", {"first_name": "Delegate B", "id": 1001}, 409),
    ("POST", "/persons", {"first_name": "Delegate B", "id": -5}, 409),
    ("POST", "/persons", {"first_name": "Delegate B", "username": "Unigo_Test_Bot"}, 409),
    ("POST", "/persons", {"first_name": "Delegate B", "started": "yes"}, 400),
    ("POST", "/groups", {"title": "x", "members": []}, 400),
    ("POST", "/groups", {"title": "", "members": [1001]}, 400),
    ("POST", "/groups", {"title": "x", "members": [987654]}, 404),
    ("POST", "/groups", {"title": "x", "members": [1001], "type": "channel"}, 400),
    ("POST", "/groups", {"title": "x", "members": [1001], "type": "group", "is_forum": True}, 400),
    ("POST", "/groups/-1/upgrade", {}, 404),
    ("POST", "/persons/987654/messages", {"text": "x"}, 404),
    ("POST", "/persons/somebody/messages", {"text": "x"}, 400),
    ("POST", "/persons/1001/messages", {}, 400),
    ("POST", "/persons/1001/start", {"payload": "has space!"}, 400),
    ("POST", "/persons/1001/start", {"payload": "a" * 65}, 400),
    ("POST", "/faults", {"kind": "500", "probability": 7}, 400),
    ("POST", "/persons/1001/messages", {"text": ""}, 400),
    ("POST", "/persons/1001/messages", {"text": " \n"}, 400),
    ("POST", "/persons/1001/messages", {"text": "x" * 4097}, 400),
    ("POST", "/persons/1001/messages", {"text": "x", "chat_id": -1}, 404),
    ("POST", "/persons/1001/messages", {"text": "x", "reply_to_message_id": 99}, 404),
    ("POST", "/persons/1001/messages", {"text": "x", "bot_id": 99}, 404),
    ("POST", "/persons/1001/messages", {"forward_from": {"chat_id": 1001, "message_id": 99}}, 404),
    ("POST", "/persons/1001/messages", {"forward_from": 5}, 400),
    ("POST", "/persons/1001/edits", {"message_id": 99, "text": "x"}, 404),
    ("POST", "/persons/1001/presses", {"message_id": 99, "data": "x"}, 404),
    ("POST", "/persons/1001/presses", {"data": "x"}, 400),
    ("POST", "/persons/1001/files", {}, 400),
    ("POST", "/persons/1001/paintings", {}, 404),
    ("POST", "/persons/1001/locations", {"latitude": "north"}, 400),
    ("GET", "/presses/99", {}, 404),
    ("GET", "/inline/99", {}, 404),
    ("GET", "/chats/987654", {}, 404),
    ("GET", "/chats/-1", {}, 404),
    ("GET", "/chats/1001?wait=long", {}, 400),
    ("GET", "/commands", {}, 400),
    ("GET", "/events?since=now", {}, 400),
    ("GET", "/nowhere", {}, 404),
    ("DELETE", "/state", {}, 405),
    ("POST", "/limits", {"chat_per_s": "one"}, 400),
]


@pytest.mark.parametrize(("method", "path", "fields", "status"), REFUSED)
async def test_refused_with_one_sentence(
    people: People, person: int, *, method: str, path: str, fields: Json, status: int
) -> None:
    assert person == 1001
    before = await people.get("/state")
    answer = await people.refused(method, path, **fields)
    assert answer[0] == status, answer
    assert answer[1].endswith(".")
    assert (await people.get("/state"))["last_event"] == before["last_event"], "a refused request does nothing"


async def test_bodies_that_are_no_json_objects(people: People, http: aiohttp.ClientSession) -> None:
    for body in (b"{", b"[]", b"\xff", b'{"first_name": "\\ud83d"}'):
        async with http.post("/sandbox/persons", data=body) as response:
            assert response.status == 400, body
            assert (await response.json())["error"].endswith(".")


async def test_without_a_bot_nothing_can_be_said(http: aiohttp.ClientSession) -> None:
    people = People(http)
    person = await people.person(started=False)
    status, sentence = await people.refused("POST", f"/persons/{person}/messages", text="x")
    assert (status, sentence) == (409, "The sandbox knows no bot yet: POST /sandbox/bots with its token.")


async def test_people_and_bots(people: People) -> None:
    person = await people.post(
        "/persons", first_name="Delegate A", last_name="Center 1", username="@delegate_a", language_code="ar", id=77
    )
    assert person == {
        "id": 77,
        "first_name": "Delegate A",
        "last_name": "Center 1",
        "username": "delegate_a",
        "language_code": "ar",
        "blocked": [],
    }
    again = await people.post("/bots", token="4242:sandbox-tests-only", first_name="Renamed")
    assert (again["username"], again["first_name"]) == ("unigo_test_bot", "Renamed")
    state = await people.get("/state")
    assert (state["persons"], [bot["id"] for bot in state["bots"]], state["chats"]) == ([person], [4242], [])
