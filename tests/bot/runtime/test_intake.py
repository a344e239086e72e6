"""What arrives goes into a lane, in which it keeps its order."""

from __future__ import annotations

from typing import Any

import pytest

from bot.runtime.intake import lane_of
from tests.chat import People, buttons, has_replies, until
from tests.conftest import StartBot

MESSAGE = {"message_id": 1, "from": {"id": 7}, "chat": {"id": -5}}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {**MESSAGE, "chat": {"id": 7}}}, 7),
        ({"message": MESSAGE}, -5),
        ({"edited_message": MESSAGE}, -5),
        ({"my_chat_member": {"from": {"id": 7}, "chat": {"id": -5}}}, -5),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "message": MESSAGE}}, 7),
        ({"inline_query": {"id": "1", "from": {"id": 7}}}, -(2**63) + 7),
        ({"message_reaction": {"chat": {"id": -5}, "user": {"id": 7}}}, -5),
        ({"poll_answer": {"poll_id": "1", "user": {"id": 7}}}, 7),
        ({"poll": {"id": "1"}}, 0),
        ({"message": {"chat": 5}}, 0),
        ({"message": {"chat": {"id": "five"}}}, 0),
        ({"message": {"chat": {"id": 2**70}}}, 0),
        ({"callback_query": {"from": []}}, 0),
        ({"message": None}, 0),
        ({}, 0),
    ],
)
def test_the_lane_of_an_update(update: dict[str, Any], lane: int) -> None:
    assert lane_of({"update_id": 1, **update}) == lane


async def test_presses_and_messages_of_a_person_keep_their_order(start_bot: StartBot, people: People) -> None:
    phone = await people.person()
    async with start_bot():
        offer = await phone.ask("/language")
    for language in ("fr", "es", "ru", "zh"):  # all of it waits when the bot comes back
        await people.post(
            f"/persons/{phone.id}/presses", {"message_id": offer["message_id"], "data": f"language:{language}"}
        )
        await phone.write("/language")
    async with start_bot():
        await until(lambda: has_replies(phone, 5))
    offers = [message for message in await phone.messages() if message["from"]["is_bot"]][1:]
    chosen = [label for offer in offers for label in buttons(offer) if label.startswith("✓")]
    assert chosen == ["✓ Français", "✓ Español", "✓ Русский", "✓ 中文"]
