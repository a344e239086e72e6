"""Centers and delegates found by what somebody types: nearly right, in any script, the best first."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.members import naming
from bot.members.center_likeness import comparable, marks
from bot.members.closeness import Form, closeness, form
from bot.members.vocabulary import vocabulary
from storage import centers, delegates, pieces
from storage.centers import CenterFilter
from storage.delegates import DelegateFilter
from storage.records.members import Center, CenterDetails, Delegate
from storage.session import Session

TEXT_AT_MOST = 200
"""Characters of a text that are looked at."""
LOOKED_AT = 100
"""Rows that are compared with a text, each of those found by letters, by meaning and by their beginning."""
ROWS_AT_MOST = 20_000
"""Rows of pieces that are gone through."""
_SAME_MEANING = 0.5
"""What a name counts for that has all the words in other languages."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A page of what was found. `total` counts all pages; with a text, only the best, a few hundred at most."""

    rows: tuple[T, ...]
    total: int


async def search_centers(
    session: Session, text: str, wanted: CenterFilter, *, at_most: int, skipped: int = 0
) -> Found[Center]:
    """Centers by name in any language, short name, city or e-mail address; without a text, all of them by name."""
    if not text.strip():
        rows = await centers.page(session, wanted, at_most=at_most, skipped=skipped)
        return Found(tuple(rows), await centers.count(session, wanted))
    text = text[:TEXT_AT_MOST]
    sought = form(text)
    found = await centers.beginning(session, wanted, sought.folded, at_most=LOOKED_AT) if sought.folded else []
    found += await centers.nearest(session, wanted, [*naming.whole_address(text)], at_most=LOOKED_AT)
    for looked_for in (naming.pieces([text]), marks(comparable(CenterDetails(text)))):
        rare = await pieces.rarest(session, "center", sorted(looked_for), rows_at_most=ROWS_AT_MOST)
        found += await centers.nearest(session, wanted, rare, at_most=LOOKED_AT)
    best = await asyncio.to_thread(_best_centers, text, sought, {one.id: one for one in found}.values())
    return Found(tuple(best[skipped : skipped + at_most]), len(best))


async def search_delegates(
    session: Session, text: str, wanted: DelegateFilter, *, at_most: int, skipped: int = 0
) -> Found[Delegate]:
    """Delegates by their names in any order, organization or e-mail address; without a text, by family name."""
    if not text.strip():
        rows = await delegates.page(session, wanted, at_most=at_most, skipped=skipped)
        return Found(tuple(rows), await delegates.count(session, wanted))
    text = text[:TEXT_AT_MOST]
    sought = form(text)
    found = await delegates.beginning(session, wanted, sought.folded, at_most=LOOKED_AT) if sought.folded else []
    found += await delegates.nearest(session, wanted, [*naming.whole_address(text)], at_most=LOOKED_AT)
    rare = await pieces.rarest(session, "delegate", sorted(naming.pieces([text])), rows_at_most=ROWS_AT_MOST)
    found += await delegates.nearest(session, wanted, rare, at_most=LOOKED_AT)
    best = await asyncio.to_thread(_best_delegates, sought, {one.id: one for one in found}.values())
    return Found(tuple(best[skipped : skipped + at_most]), len(best))


def _best_centers(text: str, sought: Form, candidates: Iterable[Center]) -> list[Center]:
    meant = {word.text for word in vocabulary().words(text)}
    scored = []
    for one in candidates:
        details = one.details
        names = [form(name) for name in (details.name, details.short_name) if name]
        others = [form(details.city)] if details.city else []
        close = closeness(sought, names, others=others, address=details.email)
        if not close and meant and _has_all(meant, _meant_by(one)):
            close = _SAME_MEANING
        scored.append((close, names[0].folded, one))
    return _best(scored)


def _best_delegates(sought: Form, candidates: Iterable[Delegate]) -> list[Delegate]:
    scored = []
    for one in candidates:
        details = one.details
        given, family = details.given_name, details.family_name
        names = [form(f"{given} {family}"), form(f"{family} {given}"), form(given), form(family)]
        others = [form(details.organization)] if details.organization else []
        scored.append((closeness(sought, names, others=others, address=details.email), names[1].folded, one))
    return _best(scored)


def _meant_by(center: Center) -> set[str]:
    country = {center.details.country} if center.details.country else set()
    return {word.text for word in vocabulary().words(center.details.name)} | country


def _has_all(meant: Iterable[str], there: Collection[str]) -> bool:
    return all(one in there or any(vocabulary().are_near(one, other) for other in there) for one in meant)


def _best(scored: Iterable[tuple[float, str, T]]) -> list[T]:
    close = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], one[1]))
    return [found for _, _, found in close]
