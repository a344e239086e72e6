"""The worker behind /import: it looks through lists and reads them in, one after the other, holding nobody up.

What it has to do stands in rows, and whatever it says is queued in the transaction that leads a row on. A process that
is killed begins the step anew after its start, and does nothing twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from bot.locales.catalogues import Translator
from bot.members.importing import runs
from bot.members.importing.applying import StalePlanError, apply, make_ready
from bot.members.importing.faults import UnreadableError
from bot.members.importing.limits import FILE_BYTES_AT_MOST
from bot.members.importing.plan import Plan, outcome
from bot.members.importing.planning import dry_run
from bot.members.importing.reading import read_content
from bot.members.importing.report import write_report
from bot.members.importing.runs import StaleImportError
from bot.members.importing.values import ReadingOf
from bot.members.roles import NotAllowedError
from bot.runtime.downloads import GoneError, NotReachedError, TooBigError
from bot.runtime.trace import trace
from handlers.turn import Desk
from handlers.views import import_result as views
from handlers.views.message import Message
from storage import imports, outbox, people
from storage.database import Database
from storage.errors import StorageError
from storage.records import Call, NewMessage
from storage.records.durations import HOUR_US
from storage.records.imports import ImportRun, ImportState
from storage.session import Transaction
from storage.watch import WorkTimeoutError

log = structlog.stdlib.get_logger(__name__)

LOOK_EVERY_S = 1.0
TROUBLE_S = 15.0
"""How long it waits where Telegram or the database is not to be reached."""
GIVE_UP_AFTER_US = HOUR_US
"""How long Telegram may not give a file."""
EDIT_EVERY_S = 2.0
"""How often the person is told how far it is."""
TRIES = 3
"""On a busy database, the dry run that comes before."""
REPORT = "rows.xlsx"


class ImportWork:
    """Goes on with whatever list waits for it."""

    def __init__(self, database: Database, desk: Desk, wake: Callable[[], None]) -> None:
        self._database = database
        self._desk = desk
        self._wake = wake

    async def run(self) -> None:
        """Work until it is cancelled."""
        while True:
            is_well = await self._look()
            await self._desk.clock.sleep(LOOK_EVERY_S if is_well else TROUBLE_S)

    async def _look(self) -> bool:
        """Go on with all that waits; False if something has to be tried again."""
        is_well = True
        try:
            for run in await imports.at_work(self._database.reader):
                is_well &= await self._go_on(run)
        except StorageError as error:
            log.warning("imports_wait_for_storage", reason=str(error))
            return False
        return is_well

    async def _go_on(self, run: ImportRun) -> bool:
        """Lead it on; False if Telegram does not give the file at the moment."""
        person = await people.find(self._database.reader, run.person_id)
        t = self._desk.catalogues.translator(self._desk.default_language if person is None else person.language)
        try:
            await (self._check(run, t) if run.state == ImportState.CHECKING else self._apply(run, t))
        except StorageError:
            raise
        except NotReachedError as error:
            log.warning("import_waits_for_telegram", import_id=run.id, reason=str(error))
            if self._desk.clock.now_us() - run.touched_at < GIVE_UP_AFTER_US:
                return False
            await self._give_up(run, views.gone(t))
        except (GoneError, TooBigError, UnreadableError, StaleImportError):
            await self._give_up(run, views.gone(t))
        except NotAllowedError:
            await self._give_up(run, views.not_any_more(t))
        except Exception as error:  # noqa: BLE001 - somebody's list must not stop the bot
            log.error("import_failed", import_id=run.id, exception=trace(error))
            await self._give_up(run, views.failed(t))
        return True

    async def _check(self, run: ImportRun, t: Translator) -> None:
        progress = _Progress(self, run, t)
        plan = await self._planned(run, t, progress)
        await self._show_result(run, plan, t)

    async def _apply(self, run: ImportRun, t: Translator) -> None:
        """Do what was confirmed, if that is still what would happen; otherwise, show what would."""
        for _time in range(TRIES):
            plan = await self._planned(run, t)
            if await asyncio.to_thread(outcome, plan) != run.outcome:
                await self._show_result(run, plan, t, was_stale=True)
                return
            ready = await make_ready(plan)

            async def work(tx: Transaction) -> None:
                now = self._desk.clock.now_us()
                await apply(tx, self._desk.rights, run.person_id, ready, now=now)  # noqa: B023 - awaited below
                await runs.done(tx, run, now=now)
                self._say(tx, run, views.done(t, ready.plan))  # noqa: B023 - awaited below

            try:
                await self._database.write(work)
            except StalePlanError:
                continue  # somebody was registered since: what would happen may be the same, nevertheless
            except WorkTimeoutError:
                await self._back_to_result(run, t)
            self._wake()
            return

    async def _planned(self, run: ImportRun, t: Translator, progress: _Progress | None = None) -> Plan:
        desk = self._desk
        content = await desk.downloads.fetch(run.file_id, at_most=FILE_BYTES_AT_MOST)
        sheets = await asyncio.to_thread(read_content, content, desk.lists.headings)
        today = datetime.fromtimestamp(desk.clock.timestamp(), UTC).date()
        reading = ReadingOf(t.language, today, desk.places, desk.lists.labels)
        return await dry_run(
            self._database.reader, desk.rights, run.person_id, runs.mapped(run, sheets),
            reading=reading, progress=progress,
        )  # fmt: skip

    async def _show_result(self, run: ImportRun, plan: Plan, t: Translator, *, was_stale: bool = False) -> None:
        """The rows as a file, and below it what would happen, with the decision."""
        now = self._desk.clock.now_us()
        which = await asyncio.to_thread(outcome, plan)
        async with self._desk.spool.workshop() as folder:
            path = folder / REPORT
            await asyncio.to_thread(write_report, plan, views.report_words(t), path, now)
            upload = await self._desk.spool.keep_file(path, REPORT)

        async def work(tx: Transaction) -> None:
            if not await runs.checked(tx, run, None if plan.changes_nothing else which, now=now):
                return  # given up meanwhile; the file is deleted with those that nothing names
            self._edit(tx, run, views.was_checked(t, len(plan.rows)))
            call = upload.as_call(views.report_caption(t, run).as_caption())
            outbox.add(tx, NewMessage(run.person_id, call), now)
            after = replace(run, edition=run.edition + 1)
            self._say(tx, run, views.result(t, after, plan, was_stale=was_stale))

        await self._database.write(work)
        self._wake()

    async def _back_to_result(self, run: ImportRun, t: Translator) -> None:
        async def work(tx: Transaction) -> None:
            if await runs.checked(tx, run, run.outcome, now=self._desk.clock.now_us()):
                self._say(tx, run, views.took_too_long(t, replace(run, edition=run.edition + 1)))

        log.warning("import_took_too_long", import_id=run.id)
        await self._database.write(work)

    async def _give_up(self, run: ImportRun, message: Message) -> None:
        async def work(tx: Transaction) -> None:
            if await runs.failed(tx, run, now=self._desk.clock.now_us()):
                self._say(tx, run, message)

        await self._database.write(work)
        self._wake()

    async def tell_progress(self, run: ImportRun, message: Message) -> None:
        """Say how far it is, in the place where that was said before.

        Raises:
            StaleImportError: the list was given up.
        """

        async def work(tx: Transaction) -> None:
            now = await imports.by_id(tx, run.id)
            if now is None or (now.state, now.edition) != (run.state, run.edition):
                raise StaleImportError
            self._edit(tx, run, message)

        await self._database.write(work)
        self._wake()

    def timestamp(self) -> float:
        """The time, in seconds."""
        return self._desk.clock.timestamp()

    def _say(self, tx: Transaction, run: ImportRun, message: Message) -> None:
        call = Call("sendMessage", message.as_params())
        outbox.add(tx, NewMessage(run.person_id, call), self._desk.clock.now_us())

    def _edit(self, tx: Transaction, run: ImportRun, message: Message) -> None:
        if run.message_id is not None:
            call = Call("editMessageText", {"message_id": run.message_id, **message.as_params()})
            outbox.add(tx, NewMessage(run.person_id, call), self._desk.clock.now_us())


class _Progress:
    """Is told of every piece of a dry run, and tells the person of some."""

    def __init__(self, work: ImportWork, run: ImportRun, t: Translator) -> None:
        self._work, self._run, self._t = work, run, t
        self._told_at = work.timestamp()

    async def __call__(self, done: int, rows: int) -> None:
        now = self._work.timestamp()
        if now - self._told_at >= EDIT_EVERY_S:
            self._told_at = now
            await self._work.tell_progress(self._run, views.checking(self._t, self._run, done, rows))
