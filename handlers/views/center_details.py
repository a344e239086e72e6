"""What a Center or a delegate says of itself, line by line, harmless whatever was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.requests import CENTER_FIELDS, DELEGATE_FIELDS
from bot.places import zones
from bot.places.countries import Countries, flag
from handlers.views.form_values import NOTHING, isolated, phone
from handlers.views.learned import shortened as in_one_line
from handlers.views.locale import language_name, listed, with_label
from handlers.views.message import bold
from storage.records.members import Center, CenterDetails, CenterKind, DelegateDetails, Focus

BUTTON_AT_MOST = 40
"""Characters of a name on a button: more are cut off on a phone anyway."""
NAME_AT_MOST = 120
"""Characters of a name in a sentence or a list."""


def labels(_: Translator) -> Mapping[str, str]:
    """What each field of a Center and of a delegate is called."""
    return {
        "name": _.plain("Official name"),
        "short_name": _.plain("Short name"),
        "kind": _.plain("Kind of member"),
        "focus": _.plain("Focus"),
        "country": _.plain("Country"),
        "city": _.plain("City"),
        "website": _.plain("Web site"),
        "email": _.plain("E-mail"),
        "phone": _.plain("Phone"),
        "head_name": _.plain("Name of the head"),
        "head_title": _.plain("Title of the head"),
        "given_name": _.plain("Given name"),
        "family_name": _.plain("Family name"),
        "title": _.plain("Title or rank"),
        "function": _.plain("Function"),
        "organization": _.plain("Organization"),
        "nationality": _.plain("Nationality"),
        "languages": _.plain("Working languages"),
        "other_languages": _.plain("Other languages"),
        "time_zone": _.plain("Time zone"),
        "privacy": _.plain("Privacy notice"),
        "shown": _.plain("Shown to other members"),
    }


def kinds(_: Translator) -> Mapping[str, str]:
    """What the kinds of members are called."""
    return {
        CenterKind.TRAINING_CENTER: _.plain("Training Center"),
        CenterKind.INSTITUTION: _.plain("Institution"),
        CenterKind.UNIVERSITY: _.plain("University"),
        CenterKind.ORGANIZATION: _.plain("Organization"),
        CenterKind.AGENCY: _.plain("Agency"),
        CenterKind.PROGRAM: _.plain("Program"),
    }


def focuses(_: Translator) -> Mapping[str, str]:
    """What the aspects of peace operations are called."""
    return {
        Focus.MILITARY: _.plain("Military"),
        Focus.CIVILIAN: _.plain("Civilian"),
        Focus.POLICE: _.plain("Police"),
        Focus.MIXED: _.plain("Mixed"),
    }


def center_lines(_: Translator, countries: Countries, details: CenterDetails) -> list[Markup]:
    """All that a Center says of itself, a line each; what is empty is left out."""
    return _lines(_, countries, ((name, getattr(details, name)) for name in CENTER_FIELDS))


def delegate_lines(_: Translator, countries: Countries, details: DelegateDetails) -> list[Markup]:
    """All that a delegate says of themselves, a line each; what is empty is left out."""
    return _lines(_, countries, ((name, getattr(details, name)) for name in DELEGATE_FIELDS))


def _lines(_: Translator, countries: Countries, fields: Iterable[tuple[str, object]]) -> list[Markup]:
    called = labels(_)
    return [with_label(_, bold(called[name]), value(_, countries, name, found)) for name, found in fields if found]


def value(_: Translator, countries: Countries, name: str, found: object) -> str:
    """The value of one field, in the reader's language."""
    if not found:
        return NOTHING
    text = str(found)
    match name:
        case "languages" if isinstance(found, tuple):
            return listed(_, [language_name(_, code) for code in found])
        case "kind" | "focus":
            return {**kinds(_), **focuses(_)}.get(text, text)
        case "country" | "nationality":
            return country(_, countries, text)
        case "phone" | "time_zone":
            return phone(_, text) if name == "phone" else zones.name_of(text, _.language)
        case _typed:
            return isolated(text)


def country(_: Translator, countries: Countries, code: str) -> str:
    """A country's flag and name."""
    return f"{flag(code)} {countries.name_of(code, _.language)}" if countries.country(code) else code


def name_of(center: Center) -> str:
    """A Center's name in a sentence."""
    return shortened(center.details.name, NAME_AT_MOST)


def button_name(center: Center) -> str:
    """A Center's flag and name on a button."""
    code = center.details.country
    name = shortened(center.details.name, BUTTON_AT_MOST)
    return f"{flag(code)} {name}" if code else name


def shortened(text: str, at_most: int) -> str:
    """A text in one line, cut off where it is long, which turns nothing around it."""
    return isolated(in_one_line(text, at_most))
