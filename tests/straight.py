"""People who write to the real handlers without a network in between: as fast as generated input needs it.

Updates, handlers, the database and what the Bot API refuses are the real ones; only the way between them is short.
Whatever a handler raises comes out here, and so does whatever Telegram would refuse.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.parts import Parts, make_application, make_desk
from bot.runtime.api import ApiBot
from bot.runtime.clock import MovableClock
from bot.runtime.downloads import open_downloads
from bot.runtime.metrics import Metrics
from bot.runtime.split import split_call
from bot.runtime.spool import Spool
from bot.sandbox.accounts import Bot, Person
from bot.sandbox.arguments import Arguments
from bot.sandbox.background import Background
from bot.sandbox.bot_side import BotSide
from bot.sandbox.chats import Chat, Message
from bot.sandbox.posting import edit, post
from bot.sandbox.texts import typed
from bot.sandbox.wire import PeopleError
from bot.sandbox.world import World
from bot.settings import Settings
from handlers import form_steps
from handlers.dispatch import Dispatcher
from storage import about, outbox
from storage.database import Database
from storage.records import Call, MessageClass, QueuedMessage
from storage.session import Transaction
from tests.chat import Json
from tests.conftest import TOKEN

NOT_CHANGED = "message is not modified"


class ShortWay(BaseRequest):
    """Takes calls of the Bot API to the sandbox in the same process."""

    __slots__ = ("_bot", "_side")

    def __init__(self, side: BotSide, bot: Bot) -> None:
        self._side = side
        self._bot = bot

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing is to be opened."""

    async def shutdown(self) -> None:
        """Nothing is to be closed."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the signature is python-telegram-bot's
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        values = json.loads(request_data.json_payload) if request_data else {}
        outcome = await self._side.perform(self._bot, url.rpartition("/")[2], Arguments(values))
        return outcome.status, outcome.text.encode()


@dataclass(eq=False, repr=False)
class Pocket:
    """One person's phone: what they do, and what has become of it when they look again."""

    straight: Straight
    person: Person
    chat: Chat
    pressed: list[tuple[int, str]] = field(default_factory=list)
    """Every button that they ever saw: message and data."""

    async def write(self, text: str) -> Message:
        """Write a text, whatever is in it."""
        return await self.send(self._text(text))

    async def send(self, content: Json) -> Message:
        """Send any message."""
        self.chat.is_open = True
        message = post(self.straight.world, self.chat, self.person, content)
        await self.straight.handle_all()
        self._look()
        return message

    async def edit(self, message: Message, text: str) -> None:
        """Change a message of one's own."""
        body = {key: value for key, value in message.body.items() if key not in {"text", "entities", "edit_date"}}
        body |= {**self._text(text), "edit_date": self.straight.world.unix_now()}
        edit(self.straight.world, self.chat, message, body)
        await self.straight.handle_all()
        self._look()

    async def press(self, message_id: int, data: str) -> None:
        """Press a button, also one that is not there any more."""
        world = self.straight.world
        message = self.chat.message(message_id)
        assert message is not None
        payload: Json = {
            "id": world.new_query_id(), "from": self.person.user, "message": message.body, "chat_instance": "1",
            "data": data,
        }  # fmt: skip
        world.send_update(self.straight.bot_account, "callback_query", payload, self.chat.id)
        await self.straight.handle_all()
        self._look()

    @property
    def own(self) -> list[Message]:
        return [one for one in self.chat.messages if one.person_id == self.person.id and "text" in one.body]

    @property
    def last(self) -> Message:
        """What the bot said last."""
        return next(one for one in reversed(self.chat.messages) if one.bot_id is not None)

    def buttons(self) -> list[tuple[int, str, str]]:
        """All that can be pressed now: message, label and data; the newest message first."""
        return [
            (one.message_id, button["text"], button["callback_data"])
            for one in reversed(self.chat.messages)
            for row in one.body.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if "callback_data" in button
        ]

    def _text(self, text: str) -> Json:
        try:
            return typed(self.straight.world, text)
        except PeopleError:  # Telegram would not take it; whoever sends updates instead of Telegram would
            return {"text": text}

    def _look(self) -> None:
        known = set(self.pressed)
        self.pressed += [(number, data) for number, _, data in self.buttons() if (number, data) not in known]


@dataclass(eq=False, repr=False)
class Straight:
    """The handlers with a database behind them, and a sandbox before them."""

    world: World
    bot_account: Bot
    api: ApiBot
    dispatcher: Dispatcher
    database: Database
    clock: MovableClock
    _delivered: int = 0

    def pocket(self, name: Mapping[str, str] | None = None) -> Pocket:
        """A new person."""
        names = {"first_name": "Person", "language_code": "en", **(name or {})}
        person = Person(self.world.new_person_id(), **names)
        self.world.persons[person.id] = person
        return Pocket(self, person, self.world.dialog(self.bot_account, person))

    async def handle_all(self) -> None:
        """Handle what has come, and deliver what is said to it."""
        updates = self.bot_account.updates
        for text in updates.take(1000):
            raw = json.loads(json.dumps(json.loads(text)))
            await self._handle(raw)
            updates.confirm(raw["update_id"] + 1)
            while rows := await outbox.queued(
                self.database.reader, MessageClass.REPLY, after=self._delivered, at_most=1000
            ):
                for row in rows:
                    await self._deliver(row)
                    self._delivered = row.id

    async def _handle(self, raw: Json) -> None:
        prepared = await self.dispatcher.prepare(raw)

        async def work(tx: Transaction) -> None:
            aftermath = await self.dispatcher.handle(tx, prepared)
            for message in aftermath.messages:
                outbox.add(tx, message, self.clock.now_us())

        await self.database.write(work)

    async def _deliver(self, row: QueuedMessage) -> None:
        assert isinstance(row.content, Call), row.content
        result = None
        for call in split_call(row.content):
            try:
                result = await self.api.call(call.method, {"chat_id": row.chat_id, **call.params})
            except Exception as error:
                if NOT_CHANGED not in str(error).lower():
                    error.add_note(str(call))
                    raise

        async def record(tx: Transaction) -> None:
            outbox.sent(tx, row.id, result["message_id"] if result else None, self.clock.now_us())
            if row.follow_up is not None:
                assert row.follow_up.name == form_steps.ASKED, row.follow_up
                await form_steps.asked(tx, row.chat_id, row.follow_up.args, result)

        await self.database.write(record)


@asynccontextmanager
async def straight_to(database: Database, parts: Parts, folder: Path) -> AsyncIterator[Straight]:
    """The handlers on this database, ready."""
    assert isinstance(parts.clock, MovableClock)
    world = World(parts.clock, Background())
    account = Bot(int(TOKEN.partition(":")[0]), TOKEN, "unigo_test_bot", "UNIGO")
    world.bots[account.id] = account
    way = ShortWay(BotSide(world), account)
    api = ApiBot(TOKEN, request=way, get_updates_request=way)
    await api.initialize()
    await database.write(lambda tx: about.belong_to(tx, api.id, api.username))
    async with open_downloads(api) as downloads:
        spool = Spool(folder / "spool", parts.clock)
        await spool.prepare()
        desk = make_desk(Settings(), parts, database, Metrics(), spool=spool, downloads=downloads)
        dispatcher = Dispatcher(make_application(api), desk, parts.routes)
        yield Straight(world, account, api, dispatcher, database, parts.clock)
