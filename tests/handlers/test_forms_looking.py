"""What is typed while a form is filled in is looked up only where it may be a question: it takes a second or two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.deciding import Finding
from bot.parts import Parts
from storage.database import Database
from storage.records.drafts import Draft
from tests.example_form import conversations
from tests.straight import Pocket, straight_to


@pytest.mark.parametrize("question", ["What is the AGM?", "ما هي الجمعية العامة؟", "年度大会是什么？ "])
async def test_a_free_text_is_no_question_unless_it_says_so(
    database: Database, parts: Parts, tmp_path: Path, question: str
) -> None:
    async with straight_to(database, replace(parts, conversations=conversations()), tmp_path) as straight:
        pocket = straight.pocket()
        assert isinstance(await looked_up(pocket, "Center A"), Finding), "no form asks for anything"
        await pocket.write("/start form_example")
        assert isinstance(await looked_up(pocket, "Center A"), Draft)
        assert isinstance(await looked_up(pocket, question), Finding)
        await pocket.write("Center A")
        assert isinstance(await looked_up(pocket, "what is the agm"), Finding), "a choice can be mistaken for nothing"


async def looked_up(pocket: Pocket, text: str) -> Any:
    """What is worked out of a message before it is handled; it is not handled."""
    person = {"id": pocket.person.id, "first_name": "Person", "is_bot": False, "language_code": "en"}
    chat = {"id": pocket.person.id, "type": "private"}
    message = {"message_id": 9_000, "date": 1_800_000_000, "chat": chat, "from": person, "text": text}
    return (await pocket.straight.dispatcher.prepare({"update_id": 9_000, "message": message})).worked_out
