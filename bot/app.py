"""The one place where everything is put together, started and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from telegram.error import TelegramError

from bot.members.vocabulary import vocabulary
from bot.parts import Parts, make_application, make_desk, own_version
from bot.runtime.aftermath import Answer
from bot.runtime.api import ApiBot, make_bot
from bot.runtime.backups import schedule_backups
from bot.runtime.clock import Clock
from bot.runtime.delivery import Delivery
from bot.runtime.downloads import Downloads, open_downloads
from bot.runtime.floods import FloodGate
from bot.runtime.health import Health
from bot.runtime.housekeeping import forget_old
from bot.runtime.intake import Intake
from bot.runtime.lanes import Lanes
from bot.runtime.metrics import Metrics
from bot.runtime.pacing import Pace
from bot.runtime.receiving import Receiving, Webhook, listen, persist, poll
from bot.runtime.scheduler import Scheduler
from bot.runtime.spool import Spool, spool_folder
from bot.runtime.trace import unquoted
from bot.runtime.uploads import ORPHANED_AFTER_S, Uploads
from bot.runtime.watching import Watched, watched
from bot.settings import Settings, require_token
from handlers import form_steps
from handlers.announcement_board_delivery import BoardDelivery
from handlers.announcement_correct import CorrectionDelivery
from handlers.announcement_preview import PreviewDelivery
from handlers.announcements_delivery import AnnouncementsDelivery
from handlers.announcing_screens import ScreensDelivery
from handlers.counted_delivery import CountedDelivery
from handlers.desk_delivery import DeskDelivery
from handlers.dispatch import Dispatcher
from handlers.import_work import ImportWork
from handlers.jobs import schedule_looks
from handlers.learning_delivery import LearningDelivery
from handlers.lists_delivery import ListsDelivery
from handlers.me_erase import ErasingDelivery
from handlers.news_delivery import NewsDelivery
from handlers.participation_delivery import ParticipationDelivery
from handlers.profile import set_profile
from handlers.reminders_delivery import RemindersDelivery
from handlers.requests_delivery import RequestsDelivery
from handlers.routes import ALLOWED_UPDATES
from handlers.turn import Desk
from storage import about
from storage.before_migrating import copy_of, forget_copies
from storage.database import Database, open_database
from storage.lock import held
from storage.records import MessageClass
from storage.session import Transaction

log = structlog.stdlib.get_logger(__name__)

HOUSEKEEPING_EVERY_S = 3600.0
COPIES_KEPT_S = 30 * 86_400.0
"""For how long the copy from before an upgrade is kept."""
OTHER_CONNECTIONS = 20
"""Connections for what is not counted as a send in flight: answers to button presses."""


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that runs."""

    bot: ApiBot
    database: Database
    metrics: Metrics
    health: Health
    watch_port: int
    webhook_port: int | None
    wake_delivery: Callable[[], None]
    now_us: Callable[[], int]
    spool: Spool
    downloads: Downloads


@asynccontextmanager
async def running_bot(settings: Settings, parts: Parts) -> AsyncIterator[Running]:
    """Run the bot until the block is left; then it finishes what is under way, within a few seconds.

    Raises:
        SettingsError: there is no token.
        InvalidToken: Telegram does not accept the token.
        StorageError: the database cannot be used; the text says what to do.
        OSError: an address to listen on is taken.
    """
    require_token(settings)
    clock = parts.clock
    path = settings.database.path
    if not settings.people.owners:
        log.warning("no_owner", advice="Nobody can make anybody the Secretariat. Set people.owners.")
    await asyncio.to_thread(vocabulary)  # read now, lest somebody's transaction waits for it
    with held(path):
        spool = Spool(spool_folder(path), clock)
        await spool.prepare()
        async with _watched(settings, clock) as (database, watch), _introduced(settings, clock) as bot:

            async def belong(tx: Transaction) -> None:
                await about.belong_to(tx, bot.id, bot.username)

            await database.write(belong)
            log.info("started", bot=bot.username, version=own_version(), database=str(path.absolute()))
            async with open_downloads(bot) as downloads:
                desk = make_desk(settings, parts, database, watch.metrics, spool=spool, downloads=downloads)
                async with _machinery(settings, parts, database, bot, desk, watch=watch) as running:
                    yield running
    log.info("stopped")


@asynccontextmanager
async def _watched(settings: Settings, clock: Clock) -> AsyncIterator[tuple[Database, Watched]]:
    """The database, open, and what watches over the bot: also while Telegram cannot be reached yet."""
    async with (
        open_database(settings.database.path, now_us=clock.now_us()) as database,
        watched(database, clock, settings.watch_rules()) as watch,
    ):
        if database.applied:
            first, last = database.applied[0].version, database.applied[-1].version
            former = str(copy_of(settings.database.path, first)) if first > 1 else None
            log.info("database_changed", to_version=last, steps=len(database.applied), former=former)
        yield database, watch


@asynccontextmanager
async def _introduced(settings: Settings, clock: Clock) -> AsyncIterator[ApiBot]:
    """The bot, knowing who it is; while Telegram cannot be reached, this waits for it."""
    bot = make_bot(
        settings.telegram.token.get_secret_value(),
        settings.telegram.base_url,
        connections=settings.delivery.in_flight + settings.delivery.paid_in_flight + OTHER_CONNECTIONS,
    )
    try:
        await persist(bot.initialize, clock, bot.server)
        yield bot
    finally:
        await bot.shutdown()


@asynccontextmanager
async def _machinery(
    settings: Settings, parts: Parts, database: Database, bot: ApiBot, desk: Desk, *, watch: Watched
) -> AsyncIterator[Running]:
    clock, metrics = desk.clock, desk.metrics
    uploads = Uploads(database, desk.spool, clock)
    await uploads.sweep()
    renderers = dict(parts.renderers)
    follow_ups = {**parts.follow_ups, form_steps.ASKED: form_steps.asked}
    features = (
        DeskDelivery, LearningDelivery, RequestsDelivery, ListsDelivery, ErasingDelivery, ParticipationDelivery,
        NewsDelivery, BoardDelivery, CorrectionDelivery, PreviewDelivery, ScreensDelivery, CountedDelivery,
    )  # fmt: skip
    beside = (RemindersDelivery(desk, database), AnnouncementsDelivery(desk, database))
    for at_delivery in (*(feature(desk) for feature in features), *beside):
        renderers |= at_delivery.renderers()
        follow_ups |= at_delivery.follow_ups()
    health = watch.health
    delivery = Delivery(
        database,
        bot,
        clock,
        metrics,
        pace=Pace(
            overall_per_s=settings.delivery.per_second,
            private_per_s=settings.delivery.private_per_second,
            private_burst=settings.delivery.private_burst,
            group_per_minute=settings.delivery.group_per_minute,
            paid_per_s=settings.delivery.paid_per_second,
        ),
        in_flight=settings.delivery.in_flight,
        paid_in_flight=settings.delivery.paid_in_flight,
        renderers=renderers,
        follow_ups=follow_ups,
        uploads=uploads,
        is_talking=lambda: intake.is_busy or lanes.are_busy,
    )
    scheduler = Scheduler()
    async with asyncio.TaskGroup() as tasks:
        answering: set[asyncio.Task[None]] = set()

        def on_commit(answers: Iterable[Answer], classes: set[MessageClass]) -> None:
            if classes:
                delivery.wake(classes)
            for answer in answers:
                task = tasks.create_task(_answer(bot, answer), name="answer to a press or a query")
                answering.add(task)
                task.add_done_callback(answering.discard)

        dispatcher = Dispatcher(make_application(bot), desk, parts.routes)
        lanes = Lanes(
            database,
            dispatcher,
            clock,
            metrics,
            on_commit=on_commit,
            tries_at_most=settings.handling.tries,
        )
        gate = FloodGate(settings.floods.limits(), dispatcher, metrics, on_commit=on_commit)
        intake = Intake(
            database, clock, metrics,
            gate=gate, on_new=lanes.wake, on_heard=health.heard, on_contested=health.contested,
        )  # fmt: skip
        receiving = await _receive(settings, intake, bot, clock, scheduler=scheduler, health=health)
        for name, job in _housekeeping(settings, database, clock, uploads).items():
            scheduler.every(HOUSEKEEPING_EVERY_S, name, job)
        backups = settings.backups.rules(database.path)
        schedule_backups(scheduler, database.path, backups, clock, metrics)
        schedule_looks(scheduler, database, desk, delivery.wake, backups=backups)
        scheduler.start()
        following = tasks.create_task(scheduler.follow(clock), name="scheduler follows the clock")
        working = [
            tasks.create_task(lanes.run(), name="lanes"),
            tasks.create_task(delivery.run(), name="delivery"),
        ]
        if receiving.polling is not None:
            working.append(tasks.create_task(receiving.polling.run(), name="polling"))
        # What a stop ends as a kill would: it goes on, or is done again, after the next start.
        aside = [tasks.create_task(ImportWork(database, desk, delivery.wake).run(), name="lists are read in")]
        if settings.telegram.set_profile:
            aside.append(tasks.create_task(set_profile(bot, parts.catalogues, clock), name="profile"))
        try:
            yield Running(
                bot,
                database,
                metrics,
                health,
                watch_port=watch.port,
                webhook_port=receiving.runner.addresses[0][1] if receiving.runner else None,
                wake_delivery=delivery.wake,
                now_us=clock.now_us,
                spool=desk.spool,
                downloads=desk.downloads,
            )
        finally:
            # In this order: nothing new comes in, then what is under way ends, then what it says goes out.
            for task in aside:
                task.cancel()
            scheduler.stop()
            await receiving.stop()
            lanes.stop()
            await asyncio.wait(working[:1])
            delivery.stop()
            await asyncio.wait([*working, following])
            for task in answering:
                task.cancel()


async def _receive(
    settings: Settings, intake: Intake, bot: ApiBot, clock: Clock, *, scheduler: Scheduler, health: Health
) -> Receiving:
    telegram = settings.telegram
    allowed = [str(kind) for kind in ALLOWED_UPDATES]
    if telegram.mode == "polling":
        return await poll(intake, bot, clock, allowed=allowed)
    secret = telegram.webhook_secret.get_secret_value()
    webhook = Webhook(telegram.webhook_url, secret, telegram.webhook_host, telegram.webhook_port)
    return await listen(webhook, intake, bot, clock, allowed=allowed, scheduler=scheduler, health=health)


def _housekeeping(
    settings: Settings, database: Database, clock: Clock, uploads: Uploads
) -> Mapping[str, Callable[[], Awaitable[None]]]:
    """What is deleted by and by; jobs of their own, so that one that fails keeps no other from its work."""

    async def rows() -> None:
        if forgotten := await forget_old(database, clock, settings.database.retention()):
            log.info("forgotten", rows=forgotten)

    async def copies() -> None:
        old = clock.timestamp() - COPIES_KEPT_S
        await asyncio.to_thread(forget_copies, settings.database.path, made_before=old)

    async def files() -> None:
        if orphans := await uploads.sweep(older_than_s=ORPHANED_AFTER_S):
            log.info("forgotten", files=orphans)

    return {"housekeeping": rows, "old copies": copies, "orphaned files": files}


async def _answer(bot: ApiBot, answer: Answer) -> None:
    call = answer.as_call()
    try:
        await bot.call(call.method, call.params)
    except TelegramError as error:
        # Too late, most likely: nobody waits any more.
        log.info("not_answered", method=call.method, reason=unquoted(str(error)))
