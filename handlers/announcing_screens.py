"""Screens that say whom an announcement comes to: counted as they are delivered, lest a transaction waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.announcements import board, composing
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.composed import Composed
from bot.announcements.reaching import reach_of
from bot.locales.catalogues import Translator
from bot.members.roles import NotAllowedError
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.rendering import placed, translator_in
from handlers.turn import Desk, Turn
from handlers.views import announce as menu_views
from handlers.views import announce_audience, announce_lists, announce_options
from handlers.views.center_details import country
from handlers.views.conference_names import conference_name
from handlers.views.message import Message
from storage import agenda, announcements, conferences
from storage.records import Call, NewMessage, Rendered
from storage.records.announcements import Action
from storage.session import Session

Args = Mapping[str, Any]
SCREEN = "announcement_screen"
PAST_AT_MOST = 60
"""So many of the latest conferences and announcements can be chosen."""
ONE_OF = ("conference", "session", "unread")
"""Blocks in which one thing is chosen, by its number."""


def show_menu(turn: Turn, announcement: int) -> None:
    """The announcement in the place of what was pressed."""
    turn.show_later(SCREEN, {"announcement": announcement, "screen": "menu"})


def show_texts(turn: Turn, announcement: int) -> None:
    """Its versions in the place of what was pressed."""
    turn.show_later(SCREEN, {"announcement": announcement, "screen": "texts"})


def show_speed(turn: Turn, announcement: int) -> None:
    """What paid speed is and costs."""
    turn.show_later(SCREEN, {"announcement": announcement, "screen": "speed"})


def show_audience(turn: Turn, announcement: int, block: str = "", page: int = 0) -> None:
    """Whom it is for, or a page of what can be chosen in one building block."""
    turn.show_later(SCREEN, {"announcement": announcement, "screen": "audience", "block": block, "page": page})


def say_audience(turn: Turn, announcement: int) -> None:
    """Whom it is for, in a new message."""
    turn.say_later(SCREEN, {"announcement": announcement, "screen": "audience", "block": ""})


def menu_behind(chat_id: int, announcement: int) -> NewMessage:
    """The announcement, in a new message."""
    return NewMessage(chat_id, Rendered(SCREEN, {"announcement": announcement, "screen": "menu", "place": {}}))


class ScreensDelivery:
    """Renders the screens."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def renderers(self) -> Mapping[str, Renderer]:
        return {SCREEN: self._screen}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {}

    async def _screen(self, session: Session, chat_id: int, args: Args) -> Call | None:
        try:
            shown = await composing.find(session, self._desk.rights, args["announcement"], by=chat_id)
        except (NoSuchAnnouncementError, NotAllowedError):
            return None
        t = await translator_in(session, self._desk, chat_id)
        is_audience = shown.is_open and args["screen"] == "audience"
        message = await (self._audience(session, t, shown, args) if is_audience else self._of(session, t, shown, args))
        return placed(message, args)

    async def _of(self, session: Session, t: Translator, shown: Composed, args: Args) -> Message:
        countries, zones = self._desk.places.countries, self._desk.places.zones
        reach = await reach_of(session, shown)
        if not shown.is_open:
            stands = await board.shown(session, shown.announcement.id)
            return announce_lists.card(t, shown, stands, reach, countries, zones)
        if args["screen"] == "texts":
            return menu_views.texts(t, shown, reach.readers)
        if args["screen"] == "speed":
            return announce_options.speed(t, shown, reach.people, self._desk.announcements)
        return menu_views.menu(t, shown, reach, countries, zones)

    async def _audience(self, session: Session, t: Translator, shown: Composed, args: Args) -> Message:
        number, block = shown.announcement.id, args["block"]
        reach = await reach_of(session, shown, in_detail=True)
        if not block:
            return announce_audience.screen(t, number, reach, self._desk.places.countries)
        offers = await offers_of(session, self._desk, t, shown, block)
        is_one = block in ONE_OF
        return announce_audience.choose(t, number, block, reach, offers, is_one=is_one, page=args.get("page", 0))


async def offers_of(session: Session, desk: Desk, t: Translator, shown: Composed, block: str) -> Mapping[str, str]:
    """What can be chosen in a building block, by its value."""
    chosen = shown.audience
    if block == "conference":
        known = await conferences.latest(session, at_most=PAST_AT_MOST)
        return {str(one.id): conference_name(t, one) for one in known}
    if block == "session":
        planned = [] if chosen.conference is None else await agenda.of_conference(session, chosen.conference)
        return {str(one.id): one.title for one in planned}
    if block == "unread":
        past = await announcements.list_page(session, at_most=PAST_AT_MOST)
        return {str(one.id): one.heading for one in past if await _asks_to_be_read(session, one.id)}
    if block == "country":
        return {code: country(t, desk.places.countries, code) for code in chosen.country}
    return announce_audience.options(t, block)


async def _asks_to_be_read(session: Session, number: int) -> bool:
    return any(button.action == Action.READ for button in await announcements.buttons(session, number))
