"""People who ask, in private or in a group, and what is kept of it."""

from __future__ import annotations

from bot.app import Running
from storage import questions
from tests.chat import People, Phone


async def kept(bot: Running) -> list[str]:
    """The questions that wait for the Secretariat."""
    return [question.question for question in await questions.waiting(bot.database.reader)]


async def in_group(people: People, **more: object) -> Phone:
    """Somebody in a group with the bot; what they see of it."""
    phone = await people.person()
    return phone.within(await people.group(phone, **more))


async def shows(phone: Phone, words: str) -> bool:
    """Whether the last message of a chat has these words."""
    return words in (await phone.messages())[-1]["text"]
