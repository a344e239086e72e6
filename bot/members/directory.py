"""The directory: approved Centers for everybody, and for members those of their people who agreed to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.members.centers import NoSuchCenterError
from bot.members.centers import find as find_center
from bot.members.roles import Rights
from bot.members.search import Found, search_centers
from bot.members.standing import standing
from bot.members.where import country_in, whole_country
from bot.places.countries import Countries
from bot.places.regions import Region, region_of
from storage import centers, delegates
from storage.centers import CenterFilter
from storage.records.members import Center, CenterDetails, CenterState
from storage.session import Session


@dataclass(frozen=True, slots=True)
class PublicCenter:
    """What everybody may know of a Center. `edition` changes whenever that does."""

    id: int
    details: CenterDetails
    edition: int


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """What members may know of somebody who agreed to that."""

    name: str
    function: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A Center of the directory, with a page of those of its people whom the reader may see; `total` counts them."""

    center: PublicCenter
    people: tuple[PublicPerson, ...]
    total: int
    is_for_member: bool


async def is_for_members(session: Session, rights: Rights, person_id: int) -> bool:
    """Whether somebody may see people: delegates, guests, those who lead a Center, and the Secretariat."""
    if await rights.is_staff(session, person_id):
        return True
    own = await standing(session, person_id)
    return own.is_active or (bool(own.led) and not own.is_suspended)


async def by_region(session: Session) -> Mapping[Region | None, int]:
    """How many Centers there are in each region; None: their country is not known."""
    found: Counter[Region | None] = Counter()
    for country, number in (await by_country(session)).items():
        found[_region(country)] += number
    return found


async def by_country(session: Session, region: Region | None = None) -> Mapping[str | None, int]:
    """How many Centers there are in each country, of one region if it is given; None: the country is not known."""
    found = await centers.countries(session, CenterFilter(state=CenterState.APPROVED))
    return {country: number for country, number in found.items() if region is None or _region(country) == region}


async def page(session: Session, country: str | None, *, at_most: int, skipped: int = 0) -> Found[PublicCenter]:
    """The Centers of a country, by name; without one, all of them."""
    return await _found(session, "", country, at_most, skipped)


async def search(
    session: Session, words: str, countries: Countries, language: str, *, at_most: int, skipped: int = 0
) -> Found[PublicCenter]:
    """Centers that somebody looks for, by name or country, the best first. Not in a transaction: it takes a while."""
    words = " ".join(words.split())
    country = whole_country(words, countries, language)
    if country is not None:
        return await _found(session, "", country, at_most, skipped)
    found = await _found(session, words, None, at_most, skipped)
    if found.total or not words:
        return found
    rest, country = country_in(words, countries, language)
    return found if country is None else await _found(session, rest, country, at_most, skipped)


async def entry(
    session: Session, rights: Rights, center_id: int, *, reader: int | None, at_most: int = 0, page: int = 0
) -> Entry:
    """A Center, or the one that it was merged into. Raises NoSuchCenterError unless it is approved."""
    center = await find_center(session, center_id)
    if center.state != CenterState.APPROVED:
        raise NoSuchCenterError
    if reader is None or not await is_for_members(session, rights, reader):
        return Entry(public(center), (), 0, is_for_member=False)
    shown = await delegates.shown_of(session, center.id, at_most=at_most, skipped=page * at_most)
    people = tuple(PublicPerson(one.details.full_name, one.details.function) for one in shown)
    return Entry(public(center), people, await delegates.count_shown_of(session, center.id), is_for_member=True)


async def _found(session: Session, words: str, country: str | None, at_most: int, skipped: int) -> Found[PublicCenter]:
    wanted = CenterFilter(state=CenterState.APPROVED, country=country)
    found = await search_centers(session, words, wanted, at_most=at_most, skipped=skipped)
    return Found(tuple(public(center) for center in found.rows), found.total)


def public(center: Center) -> PublicCenter:
    """Of a Center, what everybody may know."""
    return PublicCenter(center.id, center.details, center.edition)


def _region(country: str | None) -> Region | None:
    region = None if country is None else region_of(country)
    return None if region is None else Region(region)
