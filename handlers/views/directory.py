"""The directory of the association's Centers, as everybody sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.directory import Entry, PublicCenter
from bot.places.countries import Countries
from bot.places.regions import Region, load_regions, region_of
from handlers.views.center_details import NAME_AT_MOST, center_lines, country, shortened
from handlers.views.form_values import isolated
from handlers.views.lists import turning_by
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.record_names import center_label
from handlers.views.welcome import menu_button, paragraphs

LINK = "directory"
"""The payload of a link to the directory; with `_` and a number behind it, to a Center of it."""
COUNTRIES_OF_A_PAGE = 20
ANYWHERE = "--"
"""In the place of a country."""


def button(_: Translator) -> Button:
    """Opens the directory."""
    return Button(_.plain("The directory"), "dir")


def link_to(username: str, center_id: int) -> str:
    """A link to a Center in the directory."""
    return f"https://t.me/{username}?start={LINK}_{center_id}"


def regions(_: Translator, found: Mapping[Region | None, int]) -> Message:
    """The first page: the regions of the world."""
    total = sum(found.values())
    if not total:
        return Message(_("There is no Center in the directory yet."), ((menu_button(_),),))
    names = load_regions()
    buttons = [
        Button(f"{names.name_of(region, _.language)} ({found[region]})", f"dir:r:{region.value}:0")
        for region in Region
        if region in found
    ]
    return Message(
        paragraphs(
            _.n("<b>The directory</b>: {count} Center", "<b>The directory</b>: {count} Centers", total),
            _("Choose where, or write a name behind the command: /directory police"),
        ),
        (*pairs(buttons), (Button(_.plain("All by name"), f"dir:n:{ANYWHERE}:0"),)),
    )


def countries_of(
    _: Translator, region: Region, found: Mapping[str | None, int], countries: Countries, page: int
) -> Message:
    """The countries of a region."""
    known = sorted(
        ((countries.name_of(code, _.language), code) for code in found if code and countries.country(code)),
        key=lambda pair: pair[0].casefold(),
    )
    page = min(page, max(0, -(-len(known) // COUNTRIES_OF_A_PAGE) - 1))
    seen = known[page * COUNTRIES_OF_A_PAGE : (page + 1) * COUNTRIES_OF_A_PAGE]
    buttons = [Button(f"{country(_, countries, code)} ({found[code]})", f"dir:n:{code}:0") for _name, code in seen]
    return Message(
        bold(load_regions().name_of(region, _.language)),
        (
            *pairs(buttons),
            *turning_by(_, lambda to: f"dir:r:{region.value}:{to}", page, len(known), COUNTRIES_OF_A_PAGE),
            (Button(_.plain("All regions"), "dir"),),
        ),
    )


def centers_of(
    _: Translator, code: str, rows: Sequence[PublicCenter], total: int, countries: Countries, page: int
) -> Message:
    """The Centers of a country, or of all."""
    heading = bold(country(_, countries, code)) if code != ANYWHERE else _("<b>All Centers by name</b>")
    region = None if code == ANYWHERE else region_of(code)
    back = Button(_.plain("All regions"), "dir")
    if region is not None:
        back = Button(load_regions().name_of(Region(region), _.language), f"dir:r:{region}:0")
    turned = turning_by(_, lambda to: f"dir:n:{code}:{to}", page, total)
    return Message(paragraphs(heading, _lines(_, rows)), (*_opening(rows), *turned, (back,)))


def found(_: Translator, rows: Sequence[PublicCenter], total: int, words: str) -> Message:
    """What was looked for."""
    back = (button(_),)
    if not rows:
        text = _("I found no Center by “{words}”. You can write its name in any language.", words=isolated(words))
        return Message(text, (back,))
    parts = [_.n("{count} Center was found:", "{count} Centers were found:", total), _lines(_, rows)]
    if total > len(rows):
        parts.append(_("These fit best. Write more of the name to see others."))
    return Message(paragraphs(*parts), (*_opening(rows), back))


def center(_: Translator, entry: Entry, countries: Countries, *, page: int = 0) -> Message:
    """A Center, with those of its people whom the reader may see."""
    one = entry.center
    parts = [public_card(_, one, countries)]
    if entry.people:
        lines = [
            Markup("• {}").format(", ".join(shortened(text, NAME_AT_MOST) for text in (who.name, who.function) if text))
            for who in entry.people
        ]
        parts.append(Markup("\n").join([_("<b>Its people</b> who agreed to be shown"), *lines]))
    elif not entry.is_for_member:
        parts.append(_("Members of the association also see here those of its people who agreed to that."))
    turned = turning_by(_, lambda to: f"dir:c:{one.id}:{to}", page, entry.total)
    code = one.details.country
    back = Button(_.plain("All regions"), "dir")
    if code is not None and countries.country(code):
        back = Button(country(_, countries, code), f"dir:n:{code}:0")
    return Message(paragraphs(*parts), (*turned, (back,)))


def public_card(_: Translator, one: PublicCenter, countries: Countries) -> Markup:
    """What everybody may know of a Center."""
    return Markup("\n").join(center_lines(_, countries, one.details))


def _lines(_: Translator, rows: Sequence[PublicCenter]) -> Markup:
    lines = []
    for one in rows:
        told = [shortened(text, NAME_AT_MOST) for text in (one.details.name, one.details.city) if text]
        lines.append(Markup("• {}").format(", ".join(told)))
    return Markup("\n").join(lines)


def _opening(rows: Sequence[PublicCenter]) -> tuple[tuple[Button, ...], ...]:
    return column([Button(center_label(one.details), f"dir:c:{one.id}:0") for one in rows])


def in_private(_: Translator, username: str) -> Message:
    """In a group, the directory would be in everybody's way."""
    return Message(
        _("I show the directory in a private chat."),
        ((Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start={LINK}"),),),
    )


def gone_toast(_: Translator) -> str:
    """A Center that is not in the directory (any more)."""
    return _.plain("This Center is not in the directory any more.")


def gone(_: Translator) -> Message:
    """A link to a Center that is not in the directory (any more)."""
    return Message(_("This Center is not in the directory any more."), ((button(_),),))
