"""From a raw update to the one handler that is for it, and from what went wrong to an apology."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.locales.catalogues import known_language
from bot.runtime.aftermath import Aftermath
from handlers.incoming import update_of
from handlers.second_taps import SecondTaps
from handlers.turn import BotApplication, Desk, Turn
from handlers.views import floods, welcome
from storage import people, secretariat
from storage.records import Name, NewMessage
from storage.records.floods import Pause
from storage.session import Opening, Session, Transaction, load_sql

Prepare = Callable[[Update, Desk], Awaitable[Any]]
Concerns = Callable[[Session, Update], Awaitable[bool]]
Unmet = Callable[[Any], Aftermath]
Unseen = Callable[[Session, Update, Desk], Awaitable[tuple[NewMessage, ...]]]


@dataclass(frozen=True, slots=True)
class Route:
    """A handler of python-telegram-bot's.

    Attributes:
        prepare: works out what the handler wants before its transaction begins.
        concerns: whether an update is the bot's business at all; where it is not, nothing is kept of anybody.
        unmet: what is answered to what was worked out, instead of the handler: nobody is met, and nothing kept of them.
        unseen: what is said to somebody whom Telegram does not name: an administrator who remains anonymous.
    """

    handler: BaseHandler[Any, Turn, None]
    prepare: Prepare | None = None
    concerns: Concerns | None = None
    unseen: Unseen | None = None
    unmet: Unmet | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An update that has found its handler; `route` is None if there is none for it."""

    update: Update
    route: Route | None = None
    check: object = None
    worked_out: Any = None
    meeting: people.Meeting | None = None


class Dispatcher:
    """What the lanes do with an update: the first route whose handler accepts it handles it."""

    def __init__(self, application: BotApplication, desk: Desk, routes: Sequence[Route]) -> None:
        self._application = application
        self._desk = desk
        self._sql = load_sql()
        self._second_taps = SecondTaps()
        # There are hundreds of routes, and most need not be asked.
        self._for_presses = tuple(one for one in routes if isinstance(one.handler, CallbackQueryHandler))
        self._for_the_rest = tuple(one for one in routes if not isinstance(one.handler, CallbackQueryHandler))
        self._for_words = tuple(one for one in self._for_the_rest if not isinstance(one.handler, CommandHandler))

    async def prepare(self, raw: Mapping[str, Any]) -> Prepared:
        update = update_of(raw, self._application.bot)
        for route in self._routes_for(update):
            check = route.handler.check_update(update)
            if check is not None and check is not False:
                worked_out = await route.prepare(update, self._desk) if route.prepare else None
                return Prepared(update, route, check, worked_out, self._meeting(update))
        return Prepared(update)

    def opening(self, prepared: Prepared) -> Opening | None:
        route = prepared.route
        if route is None or route.unmet is not None or route.concerns is not None or prepared.meeting is None:
            return None
        return prepared.meeting.opening

    def _routes_for(self, update: Update) -> tuple[Route, ...]:
        if update.callback_query is not None:
            return self._for_presses
        message = update.effective_message
        is_command = message is not None and message.text is not None and message.text.startswith("/")
        return self._for_the_rest if is_command else self._for_words

    async def handle(self, tx: Transaction, prepared: Prepared) -> Aftermath:
        if prepared.route is None:
            return Aftermath()
        if prepared.route.unmet is not None:
            return prepared.route.unmet(prepared.worked_out)
        if prepared.route.concerns is not None and not await prepared.route.concerns(tx, prepared.update):
            return Aftermath()
        if prepared.meeting is None:
            unseen = prepared.route.unseen
            return Aftermath(await unseen(tx, prepared.update, self._desk)) if unseen else Aftermath()
        person = await people.meet(tx, prepared.meeting)
        turn = Turn(
            self._application, self._desk, tx, incoming=prepared.update, person=person, worked_out=prepared.worked_out,
            is_second_tap=self._second_taps.is_one(prepared.update, self._desk.clock.now_us()),
        )  # fmt: skip
        await prepared.route.handler.handle_update(
            prepared.update,
            self._application,
            prepared.check,
            turn,
        )
        return turn.aftermath()

    async def apologise(self, tx: Transaction, raw: Mapping[str, Any]) -> Aftermath:
        turn = await self._turn_of(tx, raw)
        if turn is None:
            return Aftermath()
        if turn.incoming.callback_query is not None:
            turn.answer_press(welcome.apology_toast(turn.t), alert=True)
        else:
            turn.say(welcome.apology(turn.t))
        return turn.aftermath()

    async def is_exempt(self, tx: Transaction, chat_id: int) -> bool:
        """Nobody is slowed in the Secretariat's group."""
        group = await secretariat.bound(tx)
        return group is not None and group.chat_id == chat_id

    async def slowed(self, tx: Transaction, raw: Mapping[str, Any], pause: Pause) -> Aftermath:
        """Tell somebody that nothing of theirs is read for a while."""
        turn = await self._turn_of(tx, raw)
        if turn is None:
            return Aftermath()
        if turn.incoming.callback_query is not None:
            turn.answer_press(floods.too_many_presses(turn.t, pause), alert=True)
        else:
            turn.say(floods.too_many_messages(turn.t, pause, turn.now))
        return turn.aftermath()

    async def _turn_of(self, tx: Transaction, raw: Mapping[str, Any]) -> Turn | None:
        """A turn outside of any handler, to say something of an update; None if it names nobody to say it to."""
        try:
            update = update_of(raw, self._application.bot)
        except Exception:  # noqa: BLE001 - what cannot be read names nobody
            return None
        if update.inline_query is not None:
            return None  # nothing is said there, and nobody is met
        meeting = self._meeting(update)
        if meeting is None or update.my_chat_member is not None:
            return None
        return Turn(self._application, self._desk, tx, incoming=update, person=await people.meet(tx, meeting))

    def _meeting(self, update: Update) -> people.Meeting | None:
        """With whoever the update is from; None for a channel, or another bot."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or user.is_bot:
            return None
        language = known_language(user.language_code)
        return people.meeting(
            self._sql,
            user.id,
            language=language or self._desk.default_language,
            guessed=language is not None,
            reachable=chat is not None and chat.type == ChatType.PRIVATE and update.my_chat_member is None,
            now=self._desk.clock.now_us(),
            name=Name(user.first_name, user.last_name, user.username),
        )
