"""The alarm: an e-mail to the owners when the bot has not been well for a while, and one when it is well again.

It needs neither Telegram nor the database: it runs by itself, and what it has told stands in a small file.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import structlog

from bot.runtime.alarm_mail import Notice, bad_mail, well_mail
from bot.runtime.clock import Clock
from bot.runtime.health import Verdict
from bot.runtime.mailing import MailError, MailServer
from bot.runtime.metrics import Metrics

log = structlog.stdlib.get_logger(__name__)

LOOK_EVERY_S = 30.0
VERDICT_TIMEOUT_S = 15.0
RETRY_FIRST_S = 60.0
RETRY_AT_MOST_S = 3600.0


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """When the owners are told."""

    after_s: float
    """For how long the bot must have been unwell; and well, before the trouble counts as over."""
    again_after_s: float


@dataclass(frozen=True, slots=True)
class Trouble:
    """A time in which the bot is not well, in seconds since 1970. `well_at`: since when it seems to be over."""

    since: float
    well_at: float | None = None
    told_at: float | None = None


def observed(trouble: Trouble | None, *, is_well: bool, now: float) -> Trouble | None:
    """What is known after one more look."""
    if is_well:
        return replace(trouble, well_at=now) if trouble and trouble.well_at is None else trouble
    return replace(trouble, well_at=None) if trouble else Trouble(since=now)


def due(trouble: Trouble | None, rules: AlarmRules, now: float) -> Literal["bad", "well", "over"] | None:
    """What is to be told now; "over": nothing, the trouble was short and can be forgotten."""
    if trouble is None:
        return None
    if trouble.well_at is not None:
        if now - trouble.well_at < rules.after_s:
            return None
        return "over" if trouble.told_at is None else "well"
    if now - trouble.since < rules.after_s:
        return None
    if trouble.told_at is None or now - trouble.told_at >= rules.again_after_s:
        return "bad"
    return None


class Alarm:
    """Looks whether something is well, such as the bot's health, and mails.

    Args:
        judge: finds out how it is.
        state: the file for what was told, so that a bot that is started again and again does not tell it each time.
        machine: what the mails call the machine.
    """

    def __init__(
        self, judge: Callable[[], Awaitable[Verdict]], server: MailServer, clock: Clock, metrics: Metrics,
        *, rules: AlarmRules, state: Path, machine: str,
    ) -> None:  # fmt: skip
        self._judge = judge
        self._server = server
        self._clock = clock
        self._metrics = metrics
        self._rules = rules
        self._state = state
        self._machine = machine
        self._trouble: Trouble | None = None
        self._failed_tries = 0
        self._not_before = 0.0

    async def run(self) -> None:
        """Look again and again, until this is cancelled."""
        await asyncio.to_thread(self.recall)
        never, task = asyncio.Event(), asyncio.current_task()
        while True:
            await self.look()
            if task is not None and task.cancelling():
                # `asyncio.wait_for`, with which the mail is sent, forgets that before Python 3.12, if an answer comes
                # at the same moment.
                raise asyncio.CancelledError
            await self._clock.wait(never, LOOK_EVERY_S)

    def recall(self) -> None:
        """Take up what was known when the bot ran last."""
        self._trouble = _read(self._state, self._clock.timestamp())

    async def look(self) -> None:
        """Look once, and mail if it is time to."""
        verdict = await self._verdict()
        now = self._clock.timestamp()
        await self._note(observed(self._trouble, is_well=verdict.is_well, now=now))
        what = due(self._trouble, self._rules, now)
        trouble = self._trouble
        if trouble is None or what is None:
            return
        if what == "over":
            await self._note(None)
        elif now >= self._not_before and await self._send(self._worded(what, trouble, verdict)):
            await self._note(None if what == "well" else replace(trouble, told_at=now))

    async def _verdict(self) -> Verdict:
        """The health's, or that the database has stopped to answer; whatever happens, the alarm goes on."""
        try:
            async with asyncio.timeout(VERDICT_TIMEOUT_S):
                return await self._judge()
        except TimeoutError:
            return Verdict({"storage": f"The database did not answer within {VERDICT_TIMEOUT_S:.0f} seconds."})
        except Exception as error:  # noqa: BLE001 - an alarm that fails with what it watches is none
            log.error("health_unknown", reason=type(error).__name__)
            return Verdict({"storage": "Whether the bot is well could not be found out."})

    def _worded(self, what: Literal["bad", "well"], trouble: Trouble, verdict: Verdict) -> Notice:
        since = datetime.fromtimestamp(trouble.since, UTC)
        if what == "well":
            over = datetime.fromtimestamp(trouble.well_at or trouble.since, UTC)
            return well_mail(self._machine, since, over)
        return bad_mail(
            self._machine, since, verdict.faults,
            is_reminder=trouble.told_at is not None, again_after_s=self._rules.again_after_s,
        )  # fmt: skip

    async def _send(self, notice: Notice) -> bool:
        try:
            await self._server.send(notice.subject, notice.text, self._clock.now())
        except MailError as error:
            wait_s = min(RETRY_FIRST_S * 2**self._failed_tries, RETRY_AT_MOST_S)
            self._failed_tries += 1
            self._not_before = self._clock.timestamp() + wait_s
            self._metrics.alarm_mails.labels("failed").inc()
            log.error("alarm_not_sent", reason=str(error), retry_in_s=wait_s)
            return False
        self._failed_tries, self._not_before = 0, 0.0
        self._metrics.alarm_mails.labels("sent").inc()
        log.warning("alarm_sent", subject=notice.subject)
        return True

    async def _note(self, trouble: Trouble | None) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            try:
                await asyncio.to_thread(_write, self._state, trouble)
            except OSError as error:  # then it stands in memory alone, and the owners are told all the same
                log.warning("alarm_state_not_written", reason=error.strerror)


def alarm_file(database: Path, *, of: str = "") -> Path:
    """Where an alarm keeps what it has told: beside the database, and not in it, which may be what fails."""
    return database.with_name(f"{database.name}.alarm{of and '-'}{of}")


def _read(file: Path, now: float) -> Trouble | None:
    """What was noted; nothing that cannot be read or lies in the future, as after a clock was set back."""
    try:
        trouble = Trouble(**json.loads(file.read_text(encoding="utf-8")))
        times = [moment for moment in (trouble.since, trouble.well_at, trouble.told_at) if moment is not None]
        return trouble if max(times) <= now else None
    except (OSError, ValueError, TypeError):
        return None


def _write(file: Path, trouble: Trouble | None) -> None:
    if trouble is None:
        file.unlink(missing_ok=True)
        return
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(json.dumps(asdict(trouble)), encoding="utf-8")
    beside.replace(file)
