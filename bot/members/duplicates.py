"""Who may be registered already: shown before anything is registered twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from bot.members import center_likeness, naming, person_likeness
from bot.members.center_likeness import comparable, marks
from bot.members.person_likeness import person_name
from storage import centers, delegates, pieces
from storage.centers import CenterFilter
from storage.delegates import DelegateFilter
from storage.records.members import Center, CenterDetails, Delegate, DelegateDetails, DelegateState
from storage.session import Session

SHOWN_AT_MOST = 5
LOOKED_AT = 60
"""Candidates of each sort: by meaning, by letters, by domain."""
ROWS_AT_MOST = 20_000
"""Rows of pieces that are gone through for each sort."""


async def likely_same(session: Session, details: CenterDetails, *, but: int | None = None) -> tuple[Center, ...]:
    """Centers that may be this one, the likeliest first: approved, suspended, and those that still wait."""
    this = await asyncio.to_thread(comparable, details)
    letters = naming.pieces((details.name, details.short_name))
    found: dict[int, Center] = {}
    for looked_for in (marks(this), letters):
        rare = await pieces.rarest(session, "center", sorted(looked_for), rows_at_most=ROWS_AT_MOST)
        near = await centers.nearest(session, CenterFilter(), rare, gone_too=False, at_most=LOOKED_AT)
        found |= {center.id: center for center in near}
    web, mail = naming.web_domain(details.website), naming.mail_domain(details.email)
    found |= {center.id: center for center in await centers.same_domain(session, web, mail, at_most=LOOKED_AT)}
    return await asyncio.to_thread(_likeliest, this, [one for one in found.values() if one.id != but])


async def likely_same_person(
    session: Session, details: DelegateDetails, center: Center | None, *, but: int | None = None
) -> tuple[Delegate, ...]:
    """Records that may be about this person, the likeliest first.

    That is the same e-mail address, or the same names in the Center, in the Center's country, or of the same
    nationality.
    """
    known = await _with_same_email(session, details.email)
    letters = sorted(naming.pieces((details.given_name, details.family_name)))
    rare = await pieces.rarest(session, "delegate", letters, rows_at_most=ROWS_AT_MOST)
    places = [DelegateFilter(center=center.id), DelegateFilter(country=center.details.country)] if center else []
    around: dict[int, Delegate] = {}
    for place in places:
        if place != DelegateFilter():
            near = await delegates.nearest(session, place, rare, gone_too=False, at_most=LOOKED_AT)
            around |= {one.id: one for one in near}
    if details.nationality:
        near = await delegates.nearest(session, DelegateFilter(), rare, gone_too=False, at_most=LOOKED_AT)
        around |= {one.id: one for one in near if one.details.nationality == details.nationality}
    namesakes = await asyncio.to_thread(_namesakes, details, list(around.values()))
    likely = {one.id: one for one in (*known, *namesakes) if one.id != but}
    return tuple(likely.values())[:SHOWN_AT_MOST]


async def _with_same_email(session: Session, email: str | None) -> list[Delegate]:
    address = naming.fold_address(email)
    found = [] if address is None else await delegates.same_email(session, address)
    return [one for one in found if one.state != DelegateState.DECLINED]


def _likeliest(this: center_likeness.Comparable, candidates: Iterable[Center]) -> tuple[Center, ...]:
    scored = [(center_likeness.score(this, comparable(one.details)), one) for one in candidates]
    likely = [(score, one) for score, one in scored if score >= center_likeness.LIKELY]
    likely.sort(key=lambda pair: (-pair[0], pair[1].id))
    return tuple(one for _, one in likely[:SHOWN_AT_MOST])


def _namesakes(details: DelegateDetails, candidates: Sequence[Delegate]) -> list[Delegate]:
    this = person_name(details)
    scored = [(person_likeness.score(this, person_name(one.details)), one) for one in candidates]
    likely = [(score, one) for score, one in scored if score >= person_likeness.LIKELY]
    likely.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [one for _, one in likely]
