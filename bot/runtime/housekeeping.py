"""Forgets what need not be kept: handled updates, messages that have gone out, old questions, letters and forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.runtime.clock import Clock
from storage import (
    announcements,
    changes,
    desk,
    drafts,
    floods,
    imports,
    inbox,
    marks,
    outbox,
    questions,
    requests,
    searches,
)
from storage.database import Database
from storage.records.durations import DAY_US
from storage.session import Transaction

BATCH = 500
"""Rows that are deleted in one go, so that nobody waits for it."""
UPDATES_KEPT_DAYS = 8
"""Longer than the week after which Telegram may begin to number updates anew."""
UNSAID_KEPT_DAYS = 30
"""Whoever has not said by then whether an answer helped will not say it any more."""
DRAFTS_KEPT_DAYS = 180
"""Whoever has not gone on with a form by then has forgotten it."""
SEARCHES_KEPT_DAYS = 30
"""For so long the buttons under a list of what was looked for work."""
AWAITED_KEPT_DAYS = 30
"""Words that were asked for are awaited for a day; a remark that was written and not sent can be sent for so long."""
IMPORTS_KEPT_DAYS = 30
"""What a list had for headings, and how it was read in; the audit log keeps what came of it."""
CHANGES_KEPT_DAYS = 30
"""What was changed of a conference and told; what could not be delivered by then is no news."""
EMPTY_ANNOUNCEMENTS_KEPT_DAYS = 7
"""Whoever has begun one and written nothing by then has thought better of it."""

Forget = Callable[..., Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days things are kept: messages that have gone out; questions, marks and letters."""

    messages_days: int
    letters_days: int


async def forget_old(database: Database, clock: Clock, retention: Retention) -> int:
    """Delete what is past its time; returns how many rows that were."""
    # Questions before the letters that they became: what is left of a question would look as if it had not been sent.
    kept: list[tuple[Forget, int]] = [
        (inbox.forget_done, UPDATES_KEPT_DAYS),
        (floods.forget_old, UPDATES_KEPT_DAYS),
        (outbox.forget_ended, retention.messages_days),
        (marks.forget_unsaid, UNSAID_KEPT_DAYS),
        (marks.forget_old, retention.letters_days),
        (questions.forget_old, retention.letters_days),
        (desk.forget_old, retention.letters_days),
        (drafts.forget_old, DRAFTS_KEPT_DAYS),
        (searches.forget_old, SEARCHES_KEPT_DAYS),
        (requests.forget_awaited, AWAITED_KEPT_DAYS),
        (imports.forget_old, IMPORTS_KEPT_DAYS),
        (changes.forget_told, CHANGES_KEPT_DAYS),
        (announcements.forget_empty, EMPTY_ANNOUNCEMENTS_KEPT_DAYS),
    ]
    return sum([await _forget(database, forget, clock.now_us() - days * DAY_US) for forget, days in kept])


async def _forget(database: Database, forget: Forget, before: int) -> int:
    async def batch(tx: Transaction) -> int:
        return await forget(tx, before=before, at_most=BATCH)

    total = 0
    while forgotten := await database.write(batch):
        total += forgotten
    return total
