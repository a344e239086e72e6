"""The name of a command without its slash does what the command does, in private and outside of forms."""

from __future__ import annotations

import pytest

from bot.app import Running
from tests.chat import People
from tests.forms import asks

NAMES = ("agenda", "center", "directory", "join", "language", "me", "participate", "privacy", "programme", "reminders")


@pytest.mark.parametrize("name", [*NAMES, "register"])
async def test_the_slash_may_be_left_out(bot: Running, people: People, name: str) -> None:
    phone = await people.person()
    meant, asked = await phone.ask(f"{name.capitalize()}."), await phone.ask(f"/{name}")
    assert (meant["text"], meant.get("reply_markup")) == (asked["text"], asked.get("reply_markup"))


async def test_in_a_form_it_is_the_answer(bot: Running, people: People) -> None:
    phone = await people.person()
    choice = await phone.ask("/register")
    await phone.press(choice, "register:center")
    await asks(phone, "What is the official name of your Center?")
    await phone.write("Agenda")
    await asks(phone, "Does it have a short name")


async def test_a_group_is_not_answered(bot: Running, people: People) -> None:
    member = await people.person()
    group = member.within(await people.group(member))
    await group.write("register")
    await group.ask("@unigo_test_bot register")  # a question, as everything that mentions the bot there
    assert "What would you like to register?" not in "".join(await group.from_bot())
    assert len(await group.from_bot()) == 1
