"""Everything that the sandbox knows, in one place."""

from __future__ import annotations

import asyncio
import random
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.runtime.clock import MovableClock
from bot.sandbox.accounts import Bot, Person
from bot.sandbox.background import Background
from bot.sandbox.call_log import CallLog
from bot.sandbox.chats import ADMINISTRATOR, Chat
from bot.sandbox.events import EventStream
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.limits import SendLimits
from bot.sandbox.queries import CallbackQuery, InlineQuery
from bot.sandbox.webhook import Webhook, WebhookSettings
from bot.sandbox.wire import ApiError, Json, PeopleError

TOKEN = re.compile(r"(\d{1,15}):[A-Za-z0-9_-]{3,}")
FIRST_PERSON_ID = 1001
FIRST_GROUP_ID = -5001
FIRST_SUPERGROUP_ID = -1_000_000_005_001
QUERIES_KEPT = 100_000


@dataclass(slots=True, eq=False)
class World:
    """Bots, persons, chats, files, and what is set to happen to them."""

    clock: MovableClock
    background: Background
    seed: int = 0
    bots: dict[int, Bot] = field(default_factory=dict)
    bots_by_token: dict[str, Bot] = field(default_factory=dict)
    persons: dict[int, Person] = field(default_factory=dict)
    usernames: dict[str, int] = field(default_factory=dict)
    """Bots and persons by lower-case username."""
    dialogs: dict[tuple[int, int], Chat] = field(default_factory=dict)
    """Private chats by bot and person."""
    groups: dict[int, Chat] = field(default_factory=dict)
    callback_queries: OrderedDict[str, CallbackQuery] = field(default_factory=OrderedDict)
    inline_queries: OrderedDict[str, InlineQuery] = field(default_factory=OrderedDict)
    events: EventStream = field(default_factory=EventStream)
    log: CallLog = field(default_factory=CallLog)
    limits: SendLimits = field(default_factory=SendLimits)
    is_stopping: asyncio.Event = field(default_factory=asyncio.Event)
    new_webhook: Callable[[Bot, WebhookSettings], Webhook] = field(init=False)
    """Makes the sender of a bot's updates; set by the server, which has the connections."""
    faults: Faults = field(init=False)
    files: FileStore = field(init=False)
    _ids: random.Random = field(init=False)
    _next_person_id: int = FIRST_PERSON_ID
    _next_group_id: int = FIRST_GROUP_ID
    _next_supergroup_id: int = FIRST_SUPERGROUP_ID

    def __post_init__(self) -> None:
        self.faults = Faults(self.seed)
        self.files = FileStore(self.seed)
        self._ids = random.Random(self.seed)  # noqa: S311 (identifiers that a rerun repeats)

    def unix_now(self) -> int:
        """The date that a message of this moment bears."""
        return int(self.clock.timestamp())

    def new_query_id(self) -> str:
        return str(self._ids.randrange(10**17, 10**18))

    def stop_waiting(self) -> None:
        """End every request that waits for something to happen."""
        self.is_stopping.set()
        self.events.wake()

    # Bots and persons

    def bot(self, bot_id: int | None) -> Bot:
        """The bot with that identifier; without one, the first bot that the sandbox was told of.

        Raises:
            PeopleError: there is no such bot.
        """
        if bot_id is None:
            if not self.bots:
                raise PeopleError(409, "The sandbox knows no bot yet: POST /sandbox/bots with its token.")
            return next(iter(self.bots.values()))
        if bot_id not in self.bots:
            raise PeopleError(404, f"There is no bot {bot_id}.")
        return self.bots[bot_id]

    def person(self, person_id: int) -> Person:
        """Raises PeopleError if there is no such person."""
        person = self.persons.get(person_id)
        if person is None:
            raise PeopleError(404, f"There is no person {person_id}.")
        return person

    def account(self, user_id: int) -> Bot | Person | None:
        return self.persons.get(user_id) or self.bots.get(user_id)

    def claim_username(self, username: str, user_id: int) -> None:
        """Raises PeopleError if somebody else has that username."""
        if not username:
            return
        if self.usernames.setdefault(username.lower(), user_id) != user_id:
            raise PeopleError(409, f"The username {username} is taken.")

    def release_username(self, username: str, kept: str) -> None:
        """Give up a username, unless it is the one that is kept."""
        if username.lower() != kept.lower():
            self.usernames.pop(username.lower(), None)

    def new_person_id(self) -> int:
        while self._next_person_id in self.persons or self._next_person_id in self.bots:
            self._next_person_id += 1
        return self._next_person_id

    # Chats

    def new_group_id(self, *, is_supergroup: bool) -> int:
        if is_supergroup:
            self._next_supergroup_id -= 1
            return self._next_supergroup_id
        self._next_group_id -= 1
        return self._next_group_id

    def dialog(self, bot: Bot, person: Person) -> Chat:
        """The private chat of these two."""
        key = (bot.id, person.id)
        if key not in self.dialogs:
            api: Json = {"id": person.id, **person.names(), "type": "private"}
            self.dialogs[key] = Chat(person.id, api, private_bot_id=bot.id)
        return self.dialogs[key]

    def chat_seen_by(self, bot: Bot, chat_id: int) -> Chat | None:
        """The chat that this bot means by `chat_id`, if it has ever come across it."""
        if chat_id > 0:
            return self.dialogs.get((bot.id, chat_id))
        chat = self.groups.get(chat_id)
        return chat if chat is not None and bot.id in chat.bots else None

    def chat_of_people(self, chat_id: int, bot_id: int | None) -> Chat:
        """The chat that the people's side means: a group, or somebody's private chat with a bot.

        Raises:
            PeopleError: there is no such chat.
        """
        if chat_id > 0:
            return self.dialog(self.bot(bot_id), self.person(chat_id))
        if chat_id not in self.groups:
            raise PeopleError(404, f"There is no chat {chat_id}.")
        return self.groups[chat_id]

    def bots_hearing_reactions(self, chat: Chat) -> list[Bot]:
        """The bots that get `message_reaction` updates: in groups only administrators."""
        if chat.private_bot_id is not None:
            return [self.bots[chat.private_bot_id]]
        return [self.bots[bot_id] for bot_id, status in chat.bots.items() if status == ADMINISTRATOR]

    # Queries

    def remember_callback(self, query: CallbackQuery) -> None:
        self.callback_queries[query.id] = query
        while len(self.callback_queries) > QUERIES_KEPT:
            self.callback_queries.popitem(last=False)

    def remember_inline(self, query: InlineQuery) -> None:
        self.inline_queries[query.id] = query
        while len(self.inline_queries) > QUERIES_KEPT:
            self.inline_queries.popitem(last=False)

    # Updates

    def send_update(self, bot: Bot, kind: str, payload: Json, chat_id: int) -> None:
        """Queue an update for the bot, in the order of that chat, with the faults that are set."""
        copies = 0
        if self.faults:
            if (delay := self.faults.strike_update("delay_update", chat_id)) and bot.updates.withhold(chat_id):
                self.background.spawn(self._release(bot, chat_id, delay.delay_s))
            copies = 1 if self.faults.strike_update("duplicate_update", chat_id) else 0
        bot.updates.put(kind, payload, chat_id, extra_copies=copies)

    async def _release(self, bot: Bot, chat_id: int, delay_s: float) -> None:
        await self.clock.sleep(delay_s)
        bot.updates.release(chat_id)


def authorize(world: World, token: str) -> Bot:
    """The bot with this token.

    Raises:
        ApiError: 401, as Telegram answers to a token that it does not know.
    """
    bot = world.bots_by_token.get(token)
    if bot is None:
        raise ApiError(401, "Unauthorized")
    return bot
