"""What Telegram shows of the bot before one writes to it."""

from __future__ import annotations

from typing import Any

from bot.locales.catalogues import LANGUAGES
from bot.sandbox.server import Sandbox
from tests.chat import People, until
from tests.conftest import StartBot, telegram_for

EACH = 4 * len(LANGUAGES)
"""A description, a short one, and the commands of private chats and of groups, in each language."""
COMMANDS = [
    "start", "ask", "register", "center", "join", "participate", "me", "directory",
    "agenda", "calendar", "conference", "conferences", "reminders", "language", "help", "privacy",
]  # fmt: skip


async def test_the_profile_is_set_at_start_and_not_again(start_bot: StartBot, sandbox: Sandbox, people: People) -> None:
    phone = await people.person()

    async def menu() -> Any:
        return await people.get(f"/commands?person_id={phone.id}")

    async def is_set() -> bool:
        return len([call for call in await people.calls() if call["method"].startswith("setMy")]) == EACH

    async with start_bot(telegram=telegram_for(sandbox, set_profile=True)):
        await until(is_set)
        shown = await menu()
    assert [command["command"] for command in shown["commands"]] == COMMANDS
    assert "UN Peacekeeping Forces Mission International" in shown["description"]
    assert "UNIGO" in shown["short_description"]

    async def was_looked_at_again() -> bool:
        return len(await people.calls("getMyCommands")) == EACH

    async with start_bot(telegram=telegram_for(sandbox, set_profile=True)):
        await until(was_looked_at_again)
        assert await is_set()


async def test_what_was_written_at_botfather_stays_where_that_is_wanted(
    start_bot: StartBot, sandbox: Sandbox, people: People
) -> None:
    phone = await people.person()
    async with start_bot(telegram=telegram_for(sandbox, set_profile=False)):
        await phone.ask("/help")
    assert not [call["method"] for call in await people.calls() if call["method"].startswith(("setMy", "getMy"))]


async def test_groups_have_a_menu_of_their_own(start_bot: StartBot, sandbox: Sandbox, people: People) -> None:
    phone = await people.person()
    group = await people.group(phone)

    async def commands() -> list[str]:
        shown = await people.get(f"/commands?person_id={phone.id}&chat_id={group}")
        return [command["command"] for command in shown["commands"]]

    async with start_bot(telegram=telegram_for(sandbox, set_profile=True)):

        async def is_there() -> bool:
            return await commands() == ["help", "privacy"]

        await until(is_there)
