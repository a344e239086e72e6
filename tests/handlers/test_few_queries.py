"""What a message costs the database: most people have nothing open, and nothing is looked for in vain."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import Running
from storage.session import load_sql
from tests.chat import People, Phone
from tests.conftest import StartBot
from tests.counted import Counted


async def statements(bot: Running, asker: Phone, text: str) -> list[str]:
    """What the writing connection was asked until there was a reply, beside who writes."""
    real = bot.database.writer._conn
    counted: Any = Counted(real)
    bot.database.writer._conn = counted
    try:
        await asker.ask(text)
    finally:
        bot.database.writer._conn = real
    meets = load_sql().people.find.sql
    assert meets in counted.statements
    return [one for one in counted.statements if one != meets]


@pytest.mark.parametrize("text", ["What is the AGM?", "zqx wvy", "Thank you!"])
async def test_for_a_question_nothing_is_looked_for_that_nobody_has_begun(
    start_bot: StartBot, people: People, text: str
) -> None:
    async with start_bot() as bot:
        asker = await people.person("Delegate A")
        await asker.ask("/privacy")
        found = await statements(bot, asker, text)
    assert [one for one in found if "INTO people" in one] == []
    for table in ("answers_awaited", "learned_edits", "drafts"):
        assert [one for one in found if one.startswith("SELECT") and f"FROM {table}\n" in one] == []


@pytest.mark.parametrize(("text", "is_looked_for"), [("Example Training Center", False), ("What is the AGM?", True)])
async def test_what_is_open_is_looked_for_unless_it_was_seen_before_as_it_is(
    start_bot: StartBot, people: People, text: str, *, is_looked_for: bool
) -> None:
    async with start_bot() as bot:
        asker = await people.person("Delegate A")
        await asker.ask("/start form_center")
        found = await statements(bot, asker, text)
    reads = [one for one in found if one.startswith("SELECT") and "FROM drafts\n" in one]
    assert bool(reads) == is_looked_for
