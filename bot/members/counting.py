"""How many Centers are registered, and which: those that the association's Secretariat has approved."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.members.asking import EVERYTHING, AskedFor, read
from bot.members.directory import PublicCenter, public
from bot.members.naming import fold
from bot.members.search import search_centers
from bot.places.countries import Countries
from storage import centers
from storage.centers import CenterFilter
from storage.records.members import CenterState
from storage.session import Session

LISTED_AT_MOST = 5
NAMED_AT_MOST = 3
SENTENCES_AT_MOST = 8
_APPROVED = CenterFilter(state=CenterState.APPROVED)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question is about, and the Centers that are called as it says."""

    asked: AskedFor = EVERYTHING
    named: tuple[PublicCenter, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """The Centers that are meant: how many, and the first by name. `countries` is how many countries have any."""

    total: int
    first: tuple[PublicCenter, ...]
    countries: int


async def seek(session: Session, sentences: Sequence[str], countries: Countries) -> Sought:
    """Which Centers a message is about. Not in a transaction: it takes a while."""
    asked = await asyncio.to_thread(_read_all, sentences, countries)
    if not asked.name:
        return Sought(asked)
    found = await search_centers(session, asked.name, _APPROVED, at_most=NAMED_AT_MOST)
    named = [center for center in found.rows if asked.is_named or fold(asked.name) in fold(center.details.name)]
    return Sought(asked, tuple(public(center) for center in named))


async def count(session: Session, asked: AskedFor) -> Counted:
    """Count the approved Centers that are meant."""
    total, first = 0, list[PublicCenter]()
    for wanted in _filters(asked):
        number = await centers.count(session, wanted)
        if number and len(first) < LISTED_AT_MOST:
            page = await centers.page(session, wanted, at_most=LISTED_AT_MOST - len(first))
            first += [public(center) for center in page]
        total += number
    by_country = await centers.counts(session, "country")
    return Counted(total, tuple(first), len(by_country.keys() - {None}))


def _read_all(sentences: Sequence[str], countries: Countries) -> AskedFor:
    """Of several sentences, the first that says which ones, or what one is called."""
    found = [read(sentence, countries) for sentence in sentences[:SENTENCES_AT_MOST]]
    telling = [one for one in found if not one.is_everything] or [one for one in found if one.is_named] or found
    return telling[0] if telling else EVERYTHING


def _filters(asked: AskedFor) -> Sequence[CenterFilter]:
    wanted = replace(_APPROVED, kind=asked.kind, focus=asked.focus)
    if asked.countries:
        return [replace(wanted, country=country) for country in asked.countries]
    return [replace(wanted, region=region) for region in asked.regions] or [wanted]
