"""Screens that count everybody, at delivery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TypeAlias

from bot.conferences.opening import NoSuchConferenceError
from bot.locales.catalogues import Translator
from bot.members.roles import NotAllowedError
from bot.reminders.scheduling import NoSuchRungError
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers import audit, export, participation_turnout, schedule
from handlers.counted import Args
from handlers.rendering import placed
from handlers.turn import Desk
from handlers.views.message import Message
from storage import people
from storage.records import Call
from storage.session import Session

Screen: TypeAlias = Callable[[Session, Desk, Translator, Args], Awaitable[Message]]
"""Raises NotAllowedError if who has asked for it may not see it any more; NoSuchConferenceError or NoSuchRungError if
what it is about is gone meanwhile."""
SCREENS: Mapping[str, Screen] = {
    audit.PAGE_OF_LOG: audit.page_screen,
    export.CHOICE: export.choice_screen,
    participation_turnout.NUMBERS: participation_turnout.numbers_screen,
    participation_turnout.CENTERS: participation_turnout.centers_screen,
    schedule.SCHEDULE: schedule.schedule_screen,
    schedule.RUNG: schedule.rung_screen,
    schedule.SENDING: schedule.sending_screen,
}


class CountedDelivery:
    """Renders the screens, in the language of whoever has asked for them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def renderers(self) -> Mapping[str, Renderer]:
        return {name: partial(self._render, screen) for name, screen in SCREENS.items()}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {}

    async def _render(self, screen: Screen, session: Session, _chat_id: int, args: Args) -> Call | None:
        reader = await people.find(session, args["by"])
        if reader is None:
            return None
        t = self._desk.catalogues.translator(reader.language)
        try:
            return placed(await screen(session, self._desk, t, args), args)
        except (NotAllowedError, NoSuchConferenceError, NoSuchRungError):
            return None
