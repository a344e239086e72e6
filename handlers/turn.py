"""One update's turn: whom it is from, the transaction that it runs in, and what is to be said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from markupsafe import Markup
from telegram import Message as TelegramMessage
from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext

from bot.announcements.limits import Limits
from bot.desk.hours import Office
from bot.forms.form import Form
from bot.forms.places import Places
from bot.knowledge.deciding import Finding
from bot.knowledge.following import Lately
from bot.knowledge.library import Library
from bot.learning.shelf import LearnedShelf
from bot.locales.catalogues import Catalogues, Translator
from bot.members.erasing import SHOWN
from bot.members.importing.headings import ListWords
from bot.members.roles import Rights
from bot.runtime.aftermath import Aftermath, CallbackAnswer
from bot.runtime.api import ApiBot
from bot.runtime.clock import Clock
from bot.runtime.downloads import Downloads
from bot.runtime.housekeeping import Retention
from bot.runtime.metrics import Metrics
from bot.runtime.spool import Spool
from handlers.views.forms import FormWords
from handlers.views.message import Message
from storage import shown_records
from storage.records import Call, FollowUp, NewMessage, Person, Rendered, Upload
from storage.records.drafts import Draft
from storage.session import Transaction

State: TypeAlias = dict[Any, Any]
BotApplication: TypeAlias = Application[ApiBot, "Turn", State, State, State, None]


@dataclass(frozen=True, slots=True)
class LiveTopic:
    """A question whose answer stands in the database.

    Attributes:
        id: that of a file in ``content/<language>/unknown/``, whose phrasings it has.
        title: for a button; short.
        answer: what whoever's turn it is is told now, in this language; None where nothing has been entered that
            would answer it: then it is a question without an answer, as others in ``unknown/``.
        look_up: works out of the question what `answer` wants to know, before the transaction; `answer` finds it as
            the turn's `looked_up`. For what is slow.
        to_anybody: what is said where nobody is asking, on the command line, if anything can be said there.
    """

    id: str
    title: Callable[[Translator], str]
    answer: Callable[[Turn, Translator], Awaitable[Message | None]]
    look_up: Callable[[Desk, str], Awaitable[Any]] | None = None
    to_anybody: Callable[[Translator], Message] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a form that was confirmed is not taken; with a `field`, that one is asked for again."""

    sentence: Markup
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was confirmed is not done yet: it stays as it is, and this is asked first."""

    message: Message


@dataclass(frozen=True, slots=True)
class Conversation:
    """A form as it is filled in here.

    Attributes:
        words: what is said for it; may depend on what the draft is about.
        confirm: does what the form is for, in the transaction in which the draft ends, and says what comes next; to
            another form by a button.
        open: begins it for whoever comes from a group by a link, after it has checked what is to be checked; without
            one, there is no such link.
        shows: whose records its answers are of, for what a message `shows`.
        prepare: works out what `confirm` wants to know, before the transaction; `confirm` finds it as the turn's
            `worked_out`. For what is slow.
        closed: why nobody goes on with it any more; None as long as they can.
    """

    form: Form
    words: Callable[[Translator, Draft], FormWords]
    confirm: Callable[[Turn, Draft], Awaitable[Message | Refused | Kept]]
    open: Callable[[Turn], Awaitable[None]] | None = None
    prepare: Callable[[Desk, Draft], Awaitable[Any]] | None = None
    shows: Callable[[Draft], tuple[int, ...]] | None = None
    closed: Callable[[Turn, Draft], Awaitable[Message | None]] | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What every handler has at hand."""

    library: Library
    shelf: LearnedShelf
    lately: Lately
    live: Mapping[str, LiveTopic]
    conversations: Mapping[str, Conversation]
    places: Places
    catalogues: Catalogues
    clock: Clock
    metrics: Metrics
    default_language: str
    retention: Retention
    rights: Rights
    office: Office
    spool: Spool
    downloads: Downloads
    lists: ListWords
    announcements: Limits


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
        is_second_tap: bool = False,
    ) -> None:
        super().__init__(application)
        self.desk = desk
        self.tx = tx
        self.incoming = incoming
        self.person = person
        self.worked_out = worked_out
        self.is_second_tap = is_second_tap
        self.t: Translator = desk.catalogues.translator(person.language)
        self.now = desk.clock.now_us()
        self._messages: list[NewMessage] = []
        self._answers: list[CallbackAnswer] = []

    @property
    def looked_up(self) -> Any:
        """What a live topic has worked out of the question; None if it was opened without one."""
        return self.worked_out.looked_up if isinstance(self.worked_out, Finding) else self.worked_out

    @property
    def is_private(self) -> bool:
        """Whether this goes on between the person and the bot alone."""
        chat = self.incoming.effective_chat
        return chat is None or chat.type == ChatType.PRIVATE

    @property
    def chat_id(self) -> int:
        """The chat that this turn is in; where there is none, the person's private one."""
        chat = self.incoming.effective_chat
        return chat.id if chat else self.person.id

    @property
    def message(self) -> TelegramMessage | None:
        """The message that this turn is about: the one written, or the one whose button was pressed."""
        found = self.incoming.effective_message
        return found if isinstance(found, TelegramMessage) else None

    def say(
        self,
        message: Message,
        *,
        in_reply: bool = False,
        follow_up: FollowUp | None = None,
    ) -> None:
        """Say something in the chat that this turn is in; in a group always in reply."""
        call = Call("sendMessage", {**message.as_params(), **self._place(in_reply=in_reply)})
        self.post(NewMessage(self.chat_id, call, follow_up=follow_up or _noting(message)))

    def send(self, upload: Upload, message: Message) -> None:
        """Send a file in the chat that this turn is in, with the message as its caption; in a group in reply.

        The file was kept with `desk.spool` before the transaction, in the route's `prepare`.
        """
        call = upload.as_call({**message.as_caption(), **self._place()})
        self.post(NewMessage(self.chat_id, call))

    def send_known(self, file_id: str, title: str) -> None:
        """Send a file that Telegram has, in the chat that this turn is in; in a group in reply."""
        params = {"document": file_id, "caption": title, **self._place()}
        self.post(NewMessage(self.chat_id, Call("sendDocument", params)))

    def show(self, message: Message) -> None:
        """Put something in the place of the message whose button was pressed."""
        pressed = self._replaceable
        if pressed is None:
            self.say(message)
        else:
            call = Call("editMessageText", {"message_id": pressed.message_id, **message.as_params()})
            self.post(NewMessage(pressed.chat.id, call))
            for record in message.shows:
                shown_records.shows(self.tx, pressed.chat.id, pressed.message_id, record)

    def say_later(self, renderer: str, args: Mapping[str, Any], *, follow_up: FollowUp | None = None) -> None:
        """As `say`, what is worked out when it is delivered; `handlers.rendering.placed` puts it where it belongs."""
        placed = Rendered(renderer, {**args, "place": self._place()})
        self.post(NewMessage(self.chat_id, placed, follow_up=follow_up))

    def show_later(self, renderer: str, args: Mapping[str, Any]) -> None:
        """As `show`, what is worked out when it is delivered."""
        pressed = self._replaceable
        if pressed is None:
            self.say_later(renderer, args)
        else:
            self.post(NewMessage(pressed.chat.id, Rendered(renderer, {**args, "message": pressed.message_id})))

    def tell(self, chat_id: int, message: Message) -> None:
        """Say something in another chat."""
        self.post(NewMessage(chat_id, Call("sendMessage", message.as_params()), follow_up=_noting(message)))

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
        """Answer the press of a button with a short note; the second tap of a double one raises no alarm."""
        if self.incoming.callback_query is not None:
            self._answers.append(
                CallbackAnswer(self.incoming.callback_query.id, text, alert and not self.is_second_tap)
            )

    def aftermath(self) -> Aftermath:
        """What this turn leads to. A press that was not answered is answered without a word."""
        if self.incoming.callback_query is not None and not self._answers:
            self.answer_press()
        return Aftermath(tuple(self._messages), tuple(self._answers))

    @property
    def _replaceable(self) -> TelegramMessage | None:
        """The message whose button was pressed, if a text can be put in its place: in that of a file, none can."""
        pressed = self.message if self.incoming.callback_query else None
        return None if pressed is None or pressed.text is None else pressed

    def _place(self, *, in_reply: bool = False) -> dict[str, Any]:
        """Where in the chat: the topic, and what it replies to."""
        heard, params = self.message, dict[str, Any]()
        if heard is not None and heard.is_topic_message:
            params["message_thread_id"] = heard.message_thread_id
        if heard is not None and (in_reply or not self.is_private):
            params["reply_parameters"] = {"message_id": heard.message_id, "allow_sending_without_reply": True}
        return params

    def _queue(self, method: str, params: Mapping[str, Any], chat_id: int) -> None:
        self._messages.append(NewMessage(chat_id, Call(method, params)))


def match(turn: Turn) -> Any:
    """What the pattern of the route has found in what was pressed."""
    assert turn.matches  # noqa: S101 - only handlers that are routed by a pattern ask for it
    return turn.matches[0]


def _noting(message: Message) -> FollowUp | None:
    """What notes, as soon as a message is out, whose records it shows."""
    return FollowUp(SHOWN, {"records": list(message.shows)}) if message.shows else None
