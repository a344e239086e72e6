"""/export: what is to be in the file, and what comes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.export_choice import Counted, ExportChoice, Sort
from bot.members.tables import FileForm
from bot.places.countries import Countries, flag
from handlers.views.center_details import focuses, kinds
from handlers.views.export_state import OPTIONS, packed
from handlers.views.export_words import filter_lines, filter_names, guests, regions, sorts, standings
from handlers.views.lists import page_within, turning_by
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.numbers import number
from handlers.views.times import moment
from handlers.views.welcome import paragraphs

COUNTRIES_A_PAGE = 16


def export(_: Translator, choice: ExportChoice, counted: Counted, countries: Countries) -> Message:
    """What is chosen so far, how many records that are, and what can be changed."""
    lines = [with_label(_, name, bold(what)) for name, what in filter_lines(_, choice, countries)]
    has_any = bool(counted.centers or counted.delegates)
    return Message(
        paragraphs(
            _("<b>Export of the database</b>"),
            Markup("\n").join(_counts(_, counted)),
            Markup("\n").join(lines) or _("Everything: nothing is filtered."),
            _("Choose what is to be in the file, then its form.")
            if has_any
            else _("There is nothing to export with this choice."),
        ),
        (
            *pairs([_sort(_, choice, sort) for sort in Sort]),
            *pairs([_filter(_, choice, name) for name in _filters_of(choice)]),
            *([_forms(_, choice)] if has_any else []),
        ),
    )


def options(_: Translator, choice: ExportChoice, name: str) -> Message:
    """What can be chosen in one respect."""
    called: Mapping[str, Mapping[Any, str]] = {
        "standing": standings(_), "kind": kinds(_), "focus": focuses(_), "region": regions(_), "is_guest": guests(_),
    }  # fmt: skip
    chosen = getattr(choice, name)
    buttons = [
        _ticked(called[name][option], _with(choice, name, option), is_chosen=option == chosen)
        for option in OPTIONS[name]
    ]
    return _choosing(_, choice, name, pairs(buttons))


def choose_country(
    _: Translator, choice: ExportChoice, codes: Sequence[str], page: int, countries: Countries
) -> Message:
    """The countries that there are Centers in, by name."""
    known = [code for code in codes if countries.country(code) is not None]
    named = sorted((countries.name_of(code, _.language), code) for code in known)
    page = page_within(page, len(named), COUNTRIES_A_PAGE)
    shown = named[page * COUNTRIES_A_PAGE : (page + 1) * COUNTRIES_A_PAGE]
    buttons = [
        _ticked(f"{flag(code)} {name}", replace(choice, country=code), is_chosen=code == choice.country)
        for name, code in shown
    ]
    turned = turning_by(_, lambda to: f"export:country:{to}:{packed(choice)}", page, len(named), COUNTRIES_A_PAGE)
    return _choosing(_, choice, "country", (*pairs(buttons), *turned))


def caption(_: Translator, choice: ExportChoice, counted: Counted, countries: Countries, now: int) -> Message:
    """With a file: what it holds, by which filter, and when it was made."""
    what = [*_counts(_, counted), *(with_label(_, *line) for line in filter_lines(_, choice, countries))]
    return Message(
        paragraphs(
            Markup("\n").join(what),
            _("As of {when}.", when=moment(_, now)),
            keep_safe(_),
        )
    )


def keep_safe(_: Translator) -> Markup:
    """With every file that holds what people said of themselves."""
    return _(
        "This file holds personal data: keep it safe, give it to nobody who does not need it, delete it in the end."
    )


def one_moment(_: Translator) -> str:
    """The file is made and comes."""
    return _.plain("The file comes in a moment.")


def _counts(_: Translator, counted: Counted) -> list[Markup]:
    lines = []
    if counted.centers is not None:
        centers = number(_, counted.centers)
        lines.append(_.n("{shown} Center", "{shown} Centers", counted.centers, shown=centers))
    if counted.delegates is not None:
        people = number(_, counted.delegates)
        lines.append(_.n("{shown} delegate or guest", "{shown} delegates and guests", counted.delegates, shown=people))
    return lines


def _filters_of(choice: ExportChoice) -> list[str]:
    return [name for name in ("standing", "region", "country", "focus", "kind", "is_guest")
            if name != "is_guest" or choice.sort != Sort.CENTERS]  # fmt: skip


def _sort(_: Translator, choice: ExportChoice, sort: Sort) -> Button:
    return _ticked(sorts(_)[sort], replace(choice, sort=sort), is_chosen=sort == choice.sort)


def _filter(_: Translator, choice: ExportChoice, name: str) -> Button:
    label = filter_names(_)[name]
    data = f"export:country:0:{packed(choice)}" if name == "country" else f"export:pick:{name}:{packed(choice)}"
    return Button(f"✓ {label}" if getattr(choice, name) is not None else label, data)


def _forms(_: Translator, choice: ExportChoice) -> tuple[Button, ...]:
    return (
        Button(_.plain("As XLSX"), f"export:file:{FileForm.XLSX}:{packed(choice)}"),
        Button(_.plain("As CSV"), f"export:file:{FileForm.CSV}:{packed(choice)}"),
    )


def _choosing(_: Translator, choice: ExportChoice, name: str, rows: tuple[tuple[Button, ...], ...]) -> Message:
    any_ = _ticked(_.plain("All"), _with(choice, name, None), is_chosen=getattr(choice, name) is None)
    back = Button(_.plain("Back"), f"export:show:{packed(choice)}")
    return Message(
        paragraphs(_("<b>Export of the database</b>"), _("Only: {filter}", filter=filter_names(_)[name])),
        (*column([any_]), *rows, (back,)),
    )


def _with(choice: ExportChoice, name: str, value: object) -> ExportChoice:
    changes: dict[str, Any] = {name: value}
    return replace(choice, **changes)


def _ticked(label: str, choice: ExportChoice, *, is_chosen: bool) -> Button:
    return Button(f"✓ {label}" if is_chosen else label, f"export:show:{packed(choice)}")
