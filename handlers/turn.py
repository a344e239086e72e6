"""One update's turn: whom it is from, the transaction that it runs in, and what is to be said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import MaybeInaccessibleMessage, Update
from telegram import Message as TelegramMessage
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext

from bot.desk.hours import Office
from bot.knowledge.library import Library
from bot.learning.shelf import LearnedShelf
from bot.locales.catalogues import Catalogues, Translator
from bot.members.roles import Rights
from bot.runtime.api import ApiBot
from bot.runtime.clock import Clock
from bot.runtime.housekeeping import Retention
from bot.runtime.lanes import Aftermath, CallbackAnswer
from bot.runtime.metrics import Metrics
from handlers.views.message import Message
from storage.records import Call, NewMessage, Person
from storage.session import Transaction

State: TypeAlias = dict[Any, Any]
BotApplication: TypeAlias = Application[ApiBot, "Turn", State, State, State, None]


@dataclass(frozen=True, slots=True)
class LiveTopic:
    """A question whose answer stands in the database.

    Attributes:
        id: that of a file in ``content/<language>/unknown/``, whose phrasings it has.
        title: for a button; short.
        answer: what whoever's turn it is is told now, in this language. Where nothing has been entered, it says so.
    """

    id: str
    title: Callable[[Translator], str]
    answer: Callable[[Turn, Translator], Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What every handler has at hand."""

    library: Library
    shelf: LearnedShelf
    live: Mapping[str, LiveTopic]
    catalogues: Catalogues
    clock: Clock
    metrics: Metrics
    default_language: str
    retention: Retention
    rights: Rights
    office: Office


class Turn(CallbackContext[ApiBot, State, State, State]):
    """python-telegram-bot's context of a handler, with what a handler of this bot works with.

    A handler never sends: what it says is queued in its transaction and delivered after the commit.
    """

    def __init__(
        self,
        application: BotApplication,
        desk: Desk,
        tx: Transaction,
        *,
        incoming: Update,
        person: Person,
        worked_out: Any = None,
    ) -> None:
        super().__init__(application)
        self.desk = desk
        self.tx = tx
        self.incoming = incoming
        self.person = person
        self.worked_out = worked_out
        self.t: Translator = desk.catalogues.translator(person.language)
        self.now = desk.clock.now_us()
        self._messages: list[NewMessage] = []
        self._answers: list[CallbackAnswer] = []

    @property
    def is_private(self) -> bool:
        """Whether this goes on between the person and the bot alone."""
        chat = self.incoming.effective_chat
        return chat is None or chat.type == ChatType.PRIVATE

    @property
    def message(self) -> TelegramMessage | None:
        """The message that this turn is about: the one written, or the one whose button was pressed."""
        found = self.incoming.effective_message
        return found if isinstance(found, TelegramMessage) else None

    def say(self, message: Message, *, in_reply: bool = False) -> None:
        """Say something in the chat that this turn is in; in a group always in reply."""
        chat = self.incoming.effective_chat
        heard = self.message
        params: dict[str, Any] = message.as_params()
        if heard is not None and heard.is_topic_message:
            params["message_thread_id"] = heard.message_thread_id
        if heard is not None and (in_reply or not self.is_private):
            params["reply_parameters"] = {"message_id": heard.message_id, "allow_sending_without_reply": True}
        self._queue("sendMessage", params, chat.id if chat else self.person.id)

    def show(self, message: Message) -> None:
        """Put something in the place of the message whose button was pressed."""
        pressed: MaybeInaccessibleMessage | None = (
            self.incoming.callback_query.message if self.incoming.callback_query else None
        )
        if pressed is None or not pressed.is_accessible:
            self.say(message)
        else:
            self._queue("editMessageText", {"message_id": pressed.message_id, **message.as_params()}, pressed.chat.id)

    def tell(self, chat_id: int, message: Message, *, confidential: bool = False) -> None:
        """Say something in another chat. What is confidential is not kept once it is delivered."""
        self.post(NewMessage(chat_id, Call("sendMessage", message.as_params()), confidential=confidential))

    def call(self, chat_id: int, method: str, params: Mapping[str, Any]) -> None:
        """Queue any other call, behind what is said in that chat."""
        self._queue(method, params, chat_id)

    def post(self, message: NewMessage) -> None:
        """Queue a message that a feature has made."""
        self._messages.append(message)

    def translator(self, language: str) -> Translator:
        """Sentences for somebody else."""
        return self.desk.catalogues.translator(language)

    def answer_press(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the press of a button with a short note."""
        if self.incoming.callback_query is not None:
            self._answers.append(CallbackAnswer(self.incoming.callback_query.id, text, alert))

    def aftermath(self) -> Aftermath:
        """What this turn leads to. A press that was not answered is answered without a word."""
        if self.incoming.callback_query is not None and not self._answers:
            self.answer_press()
        return Aftermath(tuple(self._messages), tuple(self._answers))

    def _queue(self, method: str, params: Mapping[str, Any], chat_id: int) -> None:
        self._messages.append(NewMessage(chat_id, Call(method, params)))
