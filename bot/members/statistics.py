"""Numbers of the association: its Centers and delegates, and how they grew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.members.roles import Rights
from storage import centers, delegates, requests
from storage.centers import CenterFilter
from storage.delegates import DelegateFilter
from storage.records.durations import SECOND_US
from storage.records.members import CenterState, DelegateState
from storage.session import Session

TOP_COUNTRIES = 10
MONTHS = 12
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Share:
    """How many there are of something; `of` is its value, a region say, and None where it is not known."""

    of: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Month:
    """How many were registered in a month (UTC), and how many there are at its end, of those that are there today."""

    year: int
    month: int
    new: int
    total: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Centers are the approved ones, delegates and guests the active ones.

    Attributes:
        top_countries: those with most Centers, then by code; `countries` is how many have any.
        linked: of the delegates and guests, those who write to the bot.
        waiting: requests that wait for a decision.
    """

    centers: int
    pending_centers: int
    countries: int
    by_region: tuple[Share, ...]
    by_focus: tuple[Share, ...]
    by_kind: tuple[Share, ...]
    top_countries: tuple[Share, ...]
    delegates: int
    guests: int
    linked: int
    pending_delegates: int
    waiting: int
    centers_by_month: tuple[Month, ...]
    delegates_by_month: tuple[Month, ...]


async def statistics(session: Session, rights: Rights, by: int, now: int) -> Statistics:
    """The numbers as they are now, and of the last twelve months. Raises NotAllowedError: it is for the Secretariat."""
    await rights.need_staff(session, by)
    by_country = await centers.counts(session, "country")
    active = await delegates.counts(session)
    return Statistics(
        centers=sum(by_country.values()),
        pending_centers=await centers.count(session, CenterFilter(state=CenterState.PENDING)),
        countries=len([country for country in by_country if country is not None]),
        by_region=_shares(await centers.counts(session, "region")),
        by_focus=_shares(await centers.counts(session, "focus")),
        by_kind=_shares(await centers.counts(session, "kind")),
        top_countries=_shares({code: number for code, number in by_country.items() if code})[:TOP_COUNTRIES],
        delegates=active.active - active.guests,
        guests=active.guests,
        linked=active.linked,
        pending_delegates=await delegates.count(session, DelegateFilter(state=DelegateState.PENDING)),
        waiting=await requests.count_waiting(session),
        centers_by_month=by_month(await centers.registered_at(session), now),
        delegates_by_month=by_month(await delegates.registered_at(session), now),
    )


def by_month(times: Iterable[int], now: int) -> tuple[Month, ...]:
    """The last twelve months, the present one among them, also those in which nobody was registered."""
    numbers = Counter(map(_month_of, times))
    last = _month_of(now)
    total = sum(number for month, number in numbers.items() if month <= last - MONTHS)
    months = []
    for month in range(last - MONTHS + 1, last + 1):
        total += numbers[month]
        year, index = divmod(month, _MONTHS_OF_A_YEAR)
        months.append(Month(year, index + 1, numbers[month], total))
    return tuple(months)


def _month_of(at_us: int) -> int:
    at = datetime.fromtimestamp(at_us // SECOND_US, UTC)
    return at.year * _MONTHS_OF_A_YEAR + at.month - 1


def _shares(counts: Mapping[str | None, int]) -> tuple[Share, ...]:
    """The largest first; what is not known last."""
    shares = [Share(of, number) for of, number in counts.items()]
    return tuple(sorted(shares, key=lambda share: (share.of is None, -share.number, share.of or "")))
