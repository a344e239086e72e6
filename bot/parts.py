"""What the bot is made of, and what every handler has at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot.forms.places import Places, load_places
from bot.knowledge.answering import Answerer
from bot.knowledge.following import Lately
from bot.knowledge.library import Library
from bot.knowledge.loading import load_library
from bot.knowledge.meaning import load_meaning
from bot.learning.shelf import LearnedShelf
from bot.locales.catalogues import Catalogues, load_catalogues
from bot.members.importing.headings import ListWords
from bot.members.roles import Rights
from bot.runtime.api import ApiBot
from bot.runtime.clock import Clock
from bot.runtime.downloads import Downloads
from bot.runtime.metrics import Metrics
from bot.runtime.rendering import FollowUpWork, Renderer
from bot.runtime.spool import Spool
from bot.settings import Settings
from handlers.conversations import CONVERSATIONS
from handlers.dispatch import Route
from handlers.live import LIVE, WITHOUT_QUESTIONS
from handlers.routes import routes
from handlers.turn import BotApplication, Conversation, Desk, Turn
from handlers.views.import_fields import list_words
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot is made of beside its settings; tests and tools may bring their own.

    What never changes and takes a while to read is read once for all bots of a process.
    """

    clock: Clock = field(default_factory=Clock)
    library: Library = field(default_factory=cache(load_library))
    answerer: Answerer | None = None
    """Built from the library if it is not given."""
    catalogues: Catalogues = field(default_factory=cache(load_catalogues))
    lists: ListWords | None = None
    """Made of the catalogues if they are not given."""
    renderers: Mapping[str, Renderer] = field(default_factory=dict)
    follow_ups: Mapping[str, FollowUpWork] = field(default_factory=dict)
    conversations: Mapping[str, Conversation] = field(default_factory=lambda: CONVERSATIONS)
    places: Places = field(default_factory=cache(load_places))
    routes: Sequence[Route] = field(default_factory=routes)


def make_application(bot: ApiBot) -> BotApplication:
    """python-telegram-bot's application, for what its handlers ask of it; it neither fetches nor keeps anything."""
    builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None)
    application: Application[Any, Any, Any, Any, Any, Any] = builder.context_types(
        ContextTypes(context=Turn)  # only ever made by the dispatcher
    ).build()
    return application


def make_desk(
    settings: Settings, parts: Parts, database: Database, metrics: Metrics, *, spool: Spool, downloads: Downloads
) -> Desk:
    """What every handler has at hand."""
    return Desk(
        library=parts.library,
        shelf=LearnedShelf(database, parts.answerer or Answerer(parts.library, LIVE, meaning=load_meaning())),
        lately=Lately(parts.library),
        live={**LIVE, **WITHOUT_QUESTIONS},
        conversations=parts.conversations,
        places=parts.places,
        catalogues=parts.catalogues.by(parts.clock.now_us),
        clock=parts.clock,
        metrics=metrics,
        default_language=settings.people.default_language,
        retention=settings.database.retention(),
        rights=Rights(settings.people.owners),
        office=settings.desk.office(),
        spool=spool,
        downloads=downloads,
        lists=parts.lists or list_words(parts.catalogues),
        announcements=settings.announcements.limits(settings.delivery.per_second),
    )


def own_version() -> str:
    """This program's version; "-" where it runs without being installed."""
    try:
        return version("unigo-bot")
    except PackageNotFoundError:
        return "-"
