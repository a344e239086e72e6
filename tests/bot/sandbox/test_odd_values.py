"""Whatever a bot sends, it gets an answer of Telegram's kind, never a fault of the sandbox."""

from __future__ import annotations

import json

import pytest

from bot.sandbox.methods.table import MODELLED
from bot.sandbox.schema import Schema

from .conftest import Calls, Json, People

ODD = [
    "x",
    "-1",
    "0",
    "1.5",
    "9" * 25,
    "null",
    "true",
    '"x"',
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[[{}]]",
    "[{}]",
    '[{"type": "photo"}]',
    '{"type": "chat"}',
    '{"type": "chat", "chat_id": {}}',
    '{"type": "chat_member", "chat_id": 1001, "user_id": []}',
    '{"inline_keyboard": {}}',
    '{"inline_keyboard": [[null]]}',
    '{"inline_keyboard": [[{"text": "x", "url": "http://[:"}]]}',
    '{"keyboard": [["x", 5]]}',
    '{"message_id": 1e400}',
    '{"message_id": 1, "quote": 5}',
    '[{"type": "bold", "offset": -1, "length": 1}]',
    '[{"type": "bold", "offset": 99999999999, "length": 99999999999}]',
    '[{"type": "emoji", "emoji": null}]',
    "\x00\ud83d",
    '["\\ud83d"]',
    '[{"command": "x", "description": "\\ud83d"}]',
]


@pytest.mark.parametrize("method", sorted(set(MODELLED) - {"getUpdates"}))
async def test_odd_values(people: People, bot: Calls, person: int, method: str) -> None:
    group = (await people.post("/groups", title="Group", is_forum=True, members=[person]))["id"]
    topic = await people.post(f"/groups/{group}/topics", name="Topic", person_id=person)
    is_about_topics = "ForumTopic" in method
    usual: Json = {
        "chat_id": group if is_about_topics else person,
        "from_chat_id": person,
        "message_id": 1,
        "user_id": person,
        "text": "x",
        "action": "typing",
        "message_thread_id": topic["message_thread_id"] if is_about_topics else None,
        "name": "x",
        "media": [{"type": "photo", "media": "x"}] * 2,
        "commands": [{"command": "x", "description": "x"}],
        "results": [],
    }
    parameters = Schema.load().methods[method]
    base = {name: value for name, value in usual.items() if name in parameters and value is not None}
    for name in parameters:
        for odd in ODD:
            for value in (odd, _parsed(odd)):
                if method == "leaveChat":
                    await people.post(f"/groups/{group}/bot")
                status, body = await bot.raw(method, **{**base, name: value})
                assert status in {200, 400, 403, 501}, (name, value, body)
                assert body["ok"] is (status == 200)


def _parsed(odd: str) -> object:
    """The value as JSON, or the text again."""
    try:
        return json.loads(odd)
    except ValueError:
        return odd


FIELDS = {
    "/bots": ["token", "username", "first_name", "can_read_all_group_messages"],
    "/persons": ["first_name", "last_name", "username", "language_code", "id", "started"],
    "/persons/1001/start": ["payload", "bot_id"],
    "/persons/1001/block": ["blocked", "bot_id"],
    "/persons/1001/messages": ["text", "chat_id", "reply_to_message_id", "message_thread_id", "forward_from"],
    "/persons/1001/edits": ["text", "chat_id", "message_id"],
    "/persons/1001/deletions": ["chat_id", "message_id"],
    "/persons/1001/reactions": ["emoji", "message_id"],
    "/persons/1001/presses": ["data", "message_id", "forged"],
    "/persons/1001/inline": ["query", "offset"],
    "/persons/1001/locations": ["latitude", "longitude"],
    "/persons/1001/contacts": ["phone_number", "first_name", "last_name", "user_id"],
    "/persons/1001/voices": ["duration"],
    "/persons/1001/stickers": ["emoji"],
    "/groups": ["title", "type", "is_forum", "members", "with_bot", "bot_is_admin"],
    "/clock": ["advance_s", "set"],
    "/faults": ["kind", "method", "chat_id", "probability", "times", "retry_after", "delay_s"],
    "/limits": ["overall_per_s", "chat_per_s", "group_per_minute"],
}


@pytest.mark.parametrize("path", sorted(FIELDS))
async def test_odd_requests_of_the_peoples_side(people: People, person: int, path: str) -> None:
    assert person == 1001
    usual: Json = {"first_name": "x", "text": "x", "message_id": 1, "title": "x", "members": [person], "kind": "500"}
    base = {name: usual[name] for name in FIELDS[path] if name in usual}
    for name in FIELDS[path]:
        for odd in [*ODD, "1e400", "1e18"]:
            for value in (odd, _parsed(odd)):
                async with people.http.post(f"/sandbox{path}", json={**base, name: value}) as response:
                    assert response.status in {200, 400, 404, 409}, (name, value, await response.text())
    assert (await people.get("/clock"))["now"] < "2200"
