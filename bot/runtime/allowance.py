"""How much one person may send before the bot stops reading for a while. Nothing here knows where that is kept.

What counts is when something was sent, by Telegram's date: what was sent over hours while the bot was down is no
flood although it arrives at once. How much may arrive at once is bounded too, far above what a person writes.
All times are microseconds since 1970-01-01 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from storage.records.durations import HOUR_US, MINUTE_US, SECOND_US
from storage.records.floods import Account, Kind, Pause

ARRIVE_AT_ONCE = 1_000
"""How many may arrive at once, over whatever time they were sent."""
LONGEST_PAUSE_US = HOUR_US
OUT_OF_ORDER_US = MINUTE_US
"""What comes behind what was sent so much later did not change places on the way: the clock was set back."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once, and as many again as time passes."""

    at_once: int
    per_minute: float

    @property
    def interval_us(self) -> int:
        """How long it takes until one more may be sent."""
        return int(MINUTE_US / self.per_minute)


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """What a person may send. `pause_s` is for how long nothing is read after more; twice as long each time again."""

    messages: Allowance
    in_groups: Allowance
    presses: Allowance
    queries: Allowance
    pause_s: float

    def of(self, kind: Kind) -> Allowance:
        """The allowance for one kind."""
        return {
            Kind.MESSAGE: self.messages,
            Kind.IN_GROUP: self.in_groups,
            Kind.PRESS: self.presses,
            Kind.QUERY: self.queries,
        }[kind]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is read, and what is remembered then. With what is not read first, a pause begins."""

    account: Account
    is_read: bool = True
    pause: Pause | None = None


def judge(account: Account, limits: FloodLimits, *, sent_at: int, now: int) -> Verdict:
    """Whether what was sent at a time, and arrives now, is read (the generic cell rate algorithm, twice)."""
    allowance = limits.of(account.kind)
    step = allowance.interval_us
    last_sent_at = max(account.free_at - allowance.at_once * step, account.paused_from)  # or later
    if last_sent_at - sent_at > OUT_OF_ORDER_US:
        account = replace(account, free_at=0, paused_from=0, paused_until=0)
    if sent_at < account.paused_until:
        return Verdict(replace(account, unread_count=account.unread_count + 1), is_read=False)
    free_at = max(account.free_at, sent_at) + step
    most = max(ARRIVE_AT_ONCE, allowance.at_once) * step
    # More than that lies ahead only where the clock was set back since.
    before = account.arrivals_free_at if account.arrivals_free_at - now <= most else now
    arrivals_free_at = max(before, now) + step
    arrive_too_many = arrivals_free_at - now > most
    if arrive_too_many or free_at - sent_at > allowance.at_once * step:
        # Where too many arrived, all of those that still come are too many.
        return _pause(account, limits, sent_at=sent_at, since=now if arrive_too_many else sent_at)
    read_count = account.read_count + 1 if account.free_at > sent_at else 1
    return Verdict(replace(account, free_at=free_at, arrivals_free_at=arrivals_free_at, read_count=read_count))


def is_notable(account: Account, limits: FloodLimits, now: int) -> bool:
    """Whether an account is to be kept: it is past half of what is allowed, or was paused."""
    allowance = limits.of(account.kind)
    return account.paused_until > 0 or account.free_at - now > allowance.at_once * allowance.interval_us // 2


def _pause(account: Account, limits: FloodLimits, *, sent_at: int, since: int) -> Verdict:
    allowance = limits.of(account.kind)
    before_us = account.paused_until - account.paused_from
    goes_on = before_us > 0 and sent_at - account.paused_until < allowance.at_once * allowance.interval_us
    length_us = min(2 * before_us, LONGEST_PAUSE_US) if goes_on else int(limits.pause_s * SECOND_US)
    ends_at = since + length_us
    paused = replace(account, paused_from=sent_at, paused_until=ends_at, unread_count=account.unread_count + 1)
    return Verdict(paused, is_read=False, pause=Pause(account.read_count, sent_at, ends_at))
