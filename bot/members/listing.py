"""The Secretariat's lists of people and Centers: what is to be seen of them, and what that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.members.roles import Rights
from bot.members.search import Found, search_centers, search_delegates
from bot.members.where import country_in, whole_country
from bot.places.countries import Countries
from bot.places.regions import Region
from storage import centers, delegates, searches
from storage.centers import CenterFilter
from storage.delegates import DelegateFilter
from storage.records.members import Center, CenterKind, CenterState, Delegate, DelegateState, Focus
from storage.session import Session, Transaction

WORDS_AT_MOST = 200
"""Characters that are looked for."""


class OldSearchError(Exception):
    """What was looked for is not kept any more."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to be seen of the Centers, or of the people; what is empty lets everything pass.

    Attributes:
        search: the number of what is looked for; 0: nothing.
        center: whose people; 0: everybody.
        page: the first is 0.
    """

    is_centers: bool
    search: int = 0
    state: CenterState | DelegateState | None = None
    kind: CenterKind | None = None
    focus: Focus | None = None
    region: Region | None = None
    is_guest: bool | None = None
    country: str | None = None
    center: int = 0
    page: int = 0

    @property
    def states(self) -> tuple[CenterState | DelegateState, ...]:
        """The states that there are."""
        return tuple(CenterState) if self.is_centers else tuple(DelegateState)

    def as_center_filter(self) -> CenterFilter:
        state = self.state if isinstance(self.state, CenterState) else None
        return CenterFilter(state, self.kind, self.focus, self.country, self.region)

    def as_delegate_filter(self) -> DelegateFilter:
        state = self.state if isinstance(self.state, DelegateState) else None
        center = self.center or None
        return DelegateFilter(state, center, self.is_guest, self.kind, self.focus, self.country, self.region)


EVERY_MEMBER = Listing(is_centers=True, state=CenterState.APPROVED)
EVERYBODY_ACTIVE = Listing(is_centers=False, state=DelegateState.ACTIVE)
Records: TypeAlias = Found[Center] | Found[Delegate]


async def look_for(
    tx: Transaction, rights: Rights, listing: Listing, words: str, countries: Countries, *, language: str, by: int,
    now: int,
) -> Listing:  # fmt: skip
    """The list with what somebody looks for in it, in whatever state it is; the name of a country filters by it.

    Raises NotAllowedError.
    """
    await rights.need_staff(tx, by)
    words = " ".join(words.split())[:WORDS_AT_MOST]
    anew = replace(listing, search=0, state=None, page=0)
    country = whole_country(words, countries, language)
    if country is not None:
        return replace(anew, country=country, state=listing.state)
    return anew if not words else replace(anew, search=await searches.add(tx, by, words, now))


async def words_of(session: Session, listing: Listing) -> str:
    """What is looked for; empty if that is nothing. Raises OldSearchError."""
    if not listing.search:
        return ""
    words = await searches.words(session, listing.search)
    if words is None:
        raise OldSearchError
    return words


async def find(
    session: Session, rights: Rights, listing: Listing, countries: Countries, *, language: str, by: int, at_most: int
) -> Records:
    """The page of a list. Not in a transaction: it may take a while.

    Where nothing is found, a country among the words is taken for where, and the rest for what. Raises
    NotAllowedError, OldSearchError.
    """
    await rights.need_staff(session, by)
    words = await words_of(session, listing)
    return await find_words(session, listing, words, countries, language=language, at_most=at_most)


async def find_words(
    session: Session, listing: Listing, words: str, countries: Countries, *, language: str, at_most: int
) -> Records:
    """As `find`, of words that stand nowhere; for who may see the list."""
    found = await _page(session, listing, words, at_most)
    if found.total or not words:
        return found
    rest, country = country_in(words, countries, language)
    return found if country is None else await _page(session, replace(listing, country=country), rest, at_most)


async def countries_of(session: Session, rights: Rights, listing: Listing, *, by: int) -> Mapping[str | None, int]:
    """The countries that there are in a list, whichever it is filtered by. Raises NotAllowedError."""
    await rights.need_staff(session, by)
    if listing.is_centers:
        return await centers.countries(session, listing.as_center_filter())
    return await delegates.countries(session, listing.as_delegate_filter())


async def _page(session: Session, listing: Listing, words: str, at_most: int) -> Records:
    skipped = listing.page * at_most
    if listing.is_centers:
        wanted = listing.as_center_filter()
        return await search_centers(session, words, wanted, at_most=at_most, skipped=skipped)
    return await search_delegates(session, words, listing.as_delegate_filter(), at_most=at_most, skipped=skipped)
