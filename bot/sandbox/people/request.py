"""What a request of the people's side holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from aiohttp import web

from bot.sandbox.accounts import Bot, Person
from bot.sandbox.chats import Chat, Message
from bot.sandbox.wire import Json, PeopleError, dumps, loads
from bot.sandbox.world import World

WORLD = web.AppKey("world", World)
MAX_WAIT_S = 600.0

_T = TypeVar("_T")


def answer(value: object, status: int = 200) -> web.Response:
    return web.Response(text=dumps(value), status=status, content_type="application/json")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the world, the fields of its body, and who and where it is about."""

    world: World
    fields: Json
    request: web.Request

    def path_number(self, name: str) -> int:
        return whole_number(self.request.match_info[name], name)

    def number(self, name: str) -> int | None:
        """A whole number from the body or the query; None if it is absent."""
        value = self.fields.get(name, self.request.query.get(name))
        return None if value is None or value == "" else whole_number(value, name)

    def required_number(self, name: str) -> int:
        value = self.number(name)
        if value is None:
            raise PeopleError(400, f"“{name}” is missing.")
        return value

    def seconds(self, name: str) -> float:
        """A length of time from the query; 0 if it is absent."""
        try:
            return min(MAX_WAIT_S, max(0.0, float(self.request.query.get(name, 0))))
        except ValueError:
            raise PeopleError(400, f"“{name}” must be a number of seconds.") from None

    def string(self, name: str, default: str | None = None) -> str:
        value = self.fields.get(name, default)
        if value is None:
            raise PeopleError(400, f"“{name}” is missing.")
        if not isinstance(value, str):
            raise PeopleError(400, f"“{name}” must be a string.")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise PeopleError(400, f"“{name}” must be true or false.")
        return value

    def person(self) -> Person:
        """The person whom the path names."""
        return self.world.person(self.path_number("person_id"))

    def bot(self) -> Bot:
        """The bot that is meant: `bot_id`, or the first one."""
        return self.world.bot(self.number("bot_id"))

    def chat(self, person: Person) -> Chat:
        """Where the person acts: `chat_id`, or their private chat with the bot.

        Raises:
            PeopleError: there is no such chat, or they are not in it.
        """
        chat_id = self.number("chat_id")
        if chat_id is None or chat_id == person.id:
            return self.world.dialog(self.bot(), person)
        chat = self.world.groups.get(chat_id)
        if chat is None:
            raise PeopleError(404, f"There is no chat {chat_id} for person {person.id}.")
        if chat.migrated_to is not None:
            raise PeopleError(409, f"The group was upgraded; it is chat {chat.migrated_to} now.")
        if person.id not in chat.members:
            raise PeopleError(409, f"Person {person.id} is not in chat {chat_id}.")
        return chat

    def group(self) -> Chat:
        """The group that the path names."""
        chat_id = self.path_number("chat_id")
        chat = self.world.groups.get(chat_id)
        if chat is None:
            raise PeopleError(404, f"There is no group {chat_id}.")
        if chat.migrated_to is not None:
            raise PeopleError(409, f"The group was upgraded; it is chat {chat.migrated_to} now.")
        return chat

    def message(self, chat: Chat, name: str = "message_id") -> Message:
        message_id = self.required_number(name)
        message = chat.message(message_id)
        if message is None:
            raise PeopleError(404, f"There is no message {message_id} in chat {chat.id}.")
        return message


async def asked(request: web.Request) -> Asked:
    """Read a request whose body, if it has one, is a JSON object."""
    fields: Any = {}
    if request.can_read_body and (body := await request.read()):
        try:
            fields = loads(body)
        except ValueError:
            raise PeopleError(400, "The body is not JSON.") from None
        if not isinstance(fields, dict):
            raise PeopleError(400, "The body must be a JSON object.")
    return Asked(request.app[WORLD], fields, request)


def whole_number(value: object, name: str) -> int:
    """Raises PeopleError unless it is a whole number, or the text of one."""
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        try:
            return int(value)
        except ValueError:
            pass
    raise PeopleError(400, f"“{name}” must be a whole number.")


def found(value: _T | None, sentence: str) -> _T:
    """Raises PeopleError with that sentence if there is nothing."""
    if value is None:
        raise PeopleError(404, sentence)
    return value
