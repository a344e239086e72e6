"""The Secretariat's lists of people and Centers, with their filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.listing import Listing
from bot.places.countries import Countries
from bot.places.regions import Region, load_regions
from handlers.views.center_details import country, focuses, kinds, shortened
from handlers.views.form_values import isolated
from handlers.views.list_state import packed
from handlers.views.lists import PAGE, turning_by
from handlers.views.message import Button, Message, column, pairs
from handlers.views.record_names import center_states, person_states, record_key, record_label, record_name
from handlers.views.welcome import paragraphs
from storage.records.members import Center, CenterKind, Delegate, Focus

COUNTRIES_OF_A_PAGE = 20
PLACE_AT_MOST = 60
DIMENSIONS = ("state", "kind", "focus", "region", "is_guest")
"""By what a list can be filtered, beside the country."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list: its records, how many there are in all, and the Center whose people they are."""

    listing: Listing
    rows: Sequence[Center | Delegate]
    total: int
    words: str = ""
    center: Center | None = None


def listing(_: Translator, shown: Shown, countries: Countries) -> Message:
    """A page of a list: what there is, and what leads on."""
    one, state = shown.listing, packed(shown.listing)
    heading = _heading(_, shown)
    filters = _filters(_, shown, countries)
    lines = [_line(_, row, one) for row in shown.rows]
    entries = [Button(record_label(row), f"card:{record_key(row)}:{state}") for row in shown.rows]
    parts = [Markup("\n").join([heading, *filters]), *([Markup("\n").join(lines)] if lines else [_nothing(_)])]
    return Message(
        paragraphs(*parts),
        (
            *column(entries),
            *turning_by(_, lambda page: f"list:{packed(replace(one, page=page))}", one.page, shown.total),
            *pairs(_controls(_, one)),
        ),
    )


def _heading(_: Translator, shown: Shown) -> Markup:
    pages = -(-shown.total // PAGE)
    count = (
        _.n("<b>{count} Center</b>", "<b>{count} Centers</b>", shown.total)
        if shown.listing.is_centers
        else _.n("<b>{count} person</b>", "<b>{count} people</b>", shown.total)
    )
    if pages <= 1:
        return count
    return Markup("{}, {}").format(count, _("page {page} of {pages}", page=shown.listing.page + 1, pages=pages))


def _filters(_: Translator, shown: Shown, countries: Countries) -> list[Markup]:
    one = shown.listing
    lines = []
    if shown.words:
        lines.append(_("Looked for: “{words}”", words=isolated(shown.words)))
    if shown.center is not None:
        lines.append(_("Center: {name}", name=record_name(shown.center)))
    chosen = [_chosen(_, one, name) for name in DIMENSIONS if getattr(one, name) is not None]
    if one.country is not None:
        chosen.append(country(_, countries, one.country))
    if chosen:
        lines.append(_("Only: {filters}", filters=", ".join(chosen)))
    return lines


def _chosen(_: Translator, one: Listing, name: str) -> str:
    """A filter that is set, behind "Only"."""
    return _.plain("Guests") if name == "is_guest" and one.is_guest else _option(_, one, name, getattr(one, name))


def _line(_: Translator, row: Center | Delegate, one: Listing) -> Markup:
    """A record in a line, with what distinguishes it, and its state where those of all states are listed."""
    if isinstance(row, Center):
        more = [row.details.city, None if one.state else center_states(_)[row.state]]
    else:
        as_guest = [row.details.organization, _.plain("guest")] if row.is_guest else []
        more = [row.details.function, *as_guest, None if one.state else person_states(_)[row.state]]
    told = [shortened(text, PLACE_AT_MOST) for text in more if text]
    return Markup("• {}").format(", ".join([record_name(row), *told]))


def _nothing(_: Translator) -> Markup:
    return _("Nothing was found. You can write other words, or choose fewer filters.")


def _controls(_: Translator, one: Listing) -> list[Button]:
    state = packed(one)
    names = filter_names(_)
    shown = [name for name in DIMENSIONS if name != "is_guest" or not one.is_centers]
    filters = [
        Button(f"✓ {names[name]}" if getattr(one, name) is not None else names[name], f"pick:{name}:{state}")
        for name in shown
    ]
    country_name = _.plain("Country")
    filters.append(Button(f"✓ {country_name}" if one.country else country_name, f"land:0:{state}"))
    filters.append(Button(_.plain("Search"), f"find:search:{state}"))
    if one.search or one.country or any(getattr(one, name) is not None for name in DIMENSIONS):
        filters.append(Button(_.plain("Show all"), f"list:{packed(Listing(one.is_centers, center=one.center))}"))
    return filters


def filter_names(_: Translator) -> Mapping[str, str]:
    """What the filters are called."""
    return {
        "state": _.plain("Status"),
        "kind": _.plain("Kind of member"),
        "focus": _.plain("Focus"),
        "region": _.plain("Region"),
        "is_guest": _.plain("Guests"),
    }


def choose(_: Translator, one: Listing, dimension: str) -> Message:
    """What a list can be filtered by, in one respect."""
    first = replace(one, page=0)
    options = [
        Button(_option(_, one, dimension, value), f"list:{packed(_with(first, dimension, value))}")
        for value in _values(one, dimension)
    ]
    everything = Button(_.plain("Any"), f"list:{packed(_with(first, dimension, None))}")
    back = Button(_.plain("Back to the list"), f"list:{packed(one)}")
    return Message(
        _("Show only: {filter}", filter=filter_names(_)[dimension]), (*pairs([*options, everything]), (back,))
    )


def choose_country(
    _: Translator, one: Listing, found: Mapping[str | None, int], countries: Countries, page: int
) -> Message:
    """The countries that there are in a list."""
    first = replace(one, page=0)
    known = sorted(
        ((countries.name_of(code, _.language), code) for code in found if code and countries.country(code)),
        key=lambda pair: pair[0].casefold(),
    )
    pages = max(1, -(-len(known) // COUNTRIES_OF_A_PAGE))
    page = min(page, pages - 1)
    seen = known[page * COUNTRIES_OF_A_PAGE : (page + 1) * COUNTRIES_OF_A_PAGE]
    options = [
        Button(f"{country(_, countries, code)} ({found[code]})", f"list:{packed(replace(first, country=code))}")
        for _name, code in seen
    ]
    state = packed(one)
    last = (
        (Button(_.plain("Write a country"), f"find:country:{state}"),),
        (Button(_.plain("Any"), f"list:{packed(replace(first, country=None))}"),),
        (Button(_.plain("Back to the list"), f"list:{state}"),),
    )
    turned = turning_by(_, lambda to: f"land:{to}:{state}", page, len(known), COUNTRIES_OF_A_PAGE)
    return Message(_("Show only one country:"), (*pairs(options), *turned, *last))


def _values(one: Listing, dimension: str) -> Sequence[Any]:
    match dimension:
        case "state":
            return one.states
        case "kind" | "focus":
            return tuple(CenterKind) if dimension == "kind" else tuple(Focus)
        case "region":
            return tuple(Region)
        case _guests:
            return (True, False)


def _option(_: Translator, one: Listing, dimension: str, value: Any) -> str:
    match dimension:
        case "state":
            return (center_states(_) if one.is_centers else person_states(_))[value]
        case "kind":
            return kinds(_)[value]
        case "focus":
            return focuses(_)[value]
        case "region":
            return load_regions().name_of(value, _.language)
        case _guests:
            return _.plain("Only guests") if value else _.plain("Without guests")


def _with(one: Listing, dimension: str, value: Any) -> Listing:
    return replace(one, **{dimension: value})


def ask_words(_: Translator, one: Listing, *, in_group: bool) -> Message:
    """What is to be looked for is what comes next."""
    how = _("Reply to this message with it.") if in_group else _("Write it now, in one message.")
    what = (
        _("Which Center are you looking for? Its name in any language, its short name, its city or its e-mail address.")
        if one.is_centers
        else _("Whom are you looking for? A name, an organization or an e-mail address.")
    )
    return Message(paragraphs(what, how), _stop(_, one))


def ask_country(_: Translator, one: Listing, *, in_group: bool) -> Message:
    """The country of a filter is what comes next."""
    how = _("Reply to this message with it.") if in_group else _("Write it now, in one message.")
    return Message(paragraphs(_("Which country? Its name in any language."), how), _stop(_, one))


def not_a_country(_: Translator, one: Listing, likely: Sequence[str], countries: Countries) -> Message:
    """What was written is no country, or not clearly one."""
    first = replace(one, page=0)
    options = [Button(country(_, countries, code), f"list:{packed(replace(first, country=code))}") for code in likely]
    text = (
        _("Which of these do you mean? You can also write it in another way.")
        if options
        else _("I do not know this country. Please write its name in another way.")
    )
    return Message(text, (*pairs(options), *_stop(_, one)))


def _stop(_: Translator, one: Listing) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_.plain("Back to the list"), f"list:{packed(one)}"),),)


def search_is_old_toast(_: Translator) -> str:
    """A button of a list of what was looked for long ago."""
    return _.plain("This list is out of date. Please look for it again.")


def cancelled(_: Translator) -> Message:
    """/cancel instead of words for a list or a record."""
    return Message(_("All right. Nothing was changed."))
