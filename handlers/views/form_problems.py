"""Why something cannot be taken as an answer, each in one sentence, and what is expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time

from babel.dates import format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup

from bot.forms.choices import Choice, Choices, YesNo
from bot.forms.contacts import Email, Phone, WebSite
from bot.forms.dates import Date
from bot.forms.files import File
from bot.forms.form import Field
from bot.forms.numbers import Number
from bot.forms.reading import Kind, Moment, Problem, Wrong
from bot.forms.texts import Text
from bot.forms.times import TimeOfDay
from bot.forms.whereabouts import Country, TimeZone
from bot.locales.catalogues import Translator
from bot.places.zones import Zones
from handlers.views.conference_times import Clocks, moment
from handlers.views.form_values import in_order
from handlers.views.forms import Shown
from handlers.views.locale import day_in_words

EXAMPLE_DAY = date(2027, 3, 12)
EXAMPLE_TIME = time(14, 30)
EXAMPLE_EMAIL = Markup("<code>name@example.org</code>")
EXAMPLE_WEB_SITE = Markup("<code>www.example.org</code>")
EXAMPLE_PHONE = "+1 202 555 0123"
"""As code, so that nobody's app makes a link of them."""


def problem(_: Translator, wrong: Wrong, field: Field, shown: Shown) -> Markup:
    """The sentence for what is wrong."""
    if own := shown.words.problems.get(wrong.problem):
        return own
    if wrong.problem == Problem.WRONG_FILE:
        return _("This file is of another kind. I can take {types}.", types=_types(_, field))
    if wrong.now is not None:
        return past(_, wrong.now, shown.places.zones)
    if with_limit := _WITH_LIMIT.get(wrong.problem):
        return with_limit(_, wrong.limit)
    return _SENTENCES.get(wrong.problem, _not_the_answer)(_)


def limited(_: Translator, what: Problem, limit: int) -> Markup:
    """The sentence for what is beyond a limit, where that is found only when the form is confirmed."""
    return _WITH_LIMIT[what](_, limit)


def past(_: Translator, now: Moment, zones: Zones) -> Markup:
    """The sentence for a day or a time that is past, with what clocks show there."""
    return _("This is past. It is now {now}.", now=moment(_, now.at_us, Clocks(zones, now.time_zone)))


def expected(_: Translator, field: Field, offers: Sequence[str] = ()) -> Markup | None:
    """What is expected of an answer, in one line; None where the question says it all. `offers` have a button each."""
    if isinstance(field.kind, Date) and offers:
        return _("Press one, or write it.")
    line = _EXPECTED.get(type(field.kind))
    return None if line is None else line(_, field)


def _not_the_answer(_: Translator) -> Markup:
    """For a check that has no sentence."""
    return _("This cannot be the answer. Please look at it again.")


_SENTENCES: Mapping[str, Callable[[Translator], Markup]] = {
    Problem.EMPTY: lambda _: _("There is nothing to read in this. Please write it in words."),
    Problem.NOT_OFFERED: lambda _: _("I do not find this among the choices. Please press one of them, or write it."),
    Problem.NOT_YES_OR_NO: lambda _: _("Please answer with yes or no."),
    Problem.NOT_A_NUMBER: lambda _: _("This is not a whole number. Please write it in figures."),
    Problem.NOT_A_DATE: lambda _: _(
        "I cannot read this as a date. Please write it like this: {example}.", example=_example_day(_)
    ),
    Problem.NO_SUCH_DAY: lambda _: _("There is no such day. Please look at the date again."),
    Problem.NOT_A_TIME: lambda _: _(
        "I cannot read this as a time. Please write it like this: {example}.", example=_example_time(_)
    ),
    Problem.NOT_AN_EMAIL: lambda _: _(
        "This is not a complete e-mail address. It should look like {example}.", example=EXAMPLE_EMAIL
    ),
    Problem.NOT_A_WEB_SITE: lambda _: _(
        "This is not the address of a web site. It should look like {example}.", example=EXAMPLE_WEB_SITE
    ),
    Problem.NOT_A_PHONE: lambda _: _(
        "I cannot read this as a phone number. Please write it with the country’s code, as in {example}.",
        example=_example_phone(_),
    ),
    Problem.PHONE_TOO_SHORT: lambda _: _("Digits seem to be missing in this phone number."),
    Problem.PHONE_TOO_LONG: lambda _: _("This phone number has more digits than there can be."),
    Problem.NOT_A_COUNTRY: lambda _: _("I do not know this country. Please write its usual name."),
    Problem.NOT_A_TIME_ZONE: lambda _: _(
        "I do not know this time zone. Please write the name of a large city near you."
    ),
    Problem.FILE_EXPECTED: lambda _: _("Here I need a file. Please send it as a document."),
    Problem.WORDS_EXPECTED: lambda _: _("I cannot read this. Please write the answer in words."),
}

_WITH_LIMIT: Mapping[str, Callable[[Translator, int], Markup]] = {
    Problem.TOO_SHORT: lambda _, limit: _.n(
        "This is too short: it needs at least {count} character.",
        "This is too short: it needs at least {count} characters.",
        limit,
    ),
    Problem.TOO_LONG: lambda _, limit: _.n(
        "This is too long: there is room for {count} character.",
        "This is too long: there is room for {count} characters.",
        limit,
    ),
    Problem.TOO_FEW: lambda _, limit: _.n("Please choose at least {count}.", "Please choose at least {count}.", limit),
    Problem.TOO_SMALL: lambda _, limit: _(
        "This is too little: it has to be at least {limit}.", limit=_number(_, limit)
    ),
    Problem.TOO_LARGE: lambda _, limit: _("This is too much: it can be at most {limit}.", limit=_number(_, limit)),
    Problem.FILE_TOO_LARGE: lambda _, limit: _(
        "This file is too large: it may have {limit} MB at most.", limit=_number(_, limit)
    ),
}


def _expected_number(_: Translator, field: Field) -> Markup | None:
    assert isinstance(field.kind, Number)  # noqa: S101 - so says the table
    return _(
        "A number from {least} to {most}.", least=_number(_, field.kind.at_least), most=_number(_, field.kind.at_most)
    )


def _expected_file(_: Translator, field: Field) -> Markup | None:
    assert isinstance(field.kind, File)  # noqa: S101 - so says the table
    return _(
        "Send it as a file: {types}, {limit} MB at most.",
        types=_types(_, field),
        limit=_number(_, field.kind.at_most_megabytes),
    )


def _expected_text(_: Translator, field: Field) -> Markup | None:
    assert isinstance(field.kind, Text)  # noqa: S101 - so says the table
    if not field.kind.several_lines:
        return None
    return _.n("Up to {count} character.", "Up to {count} characters.", field.kind.at_most)


_EXPECTED: Mapping[type[Kind], Callable[[Translator, Field], Markup | None]] = {
    Text: _expected_text,
    Choice: lambda _, _field: _("Press one, or write it."),
    Choices: lambda _, _field: _("Press all that apply, then “Done”; or write them."),
    YesNo: lambda _, _field: _("Press one, or write it."),
    Country: lambda _, _field: _("Write its name in any language."),
    TimeZone: lambda _, _field: _("Press one, or write a city or a country."),
    Phone: lambda _, _field: _("With the country’s code, as in {example}.", example=_example_phone(_)),
    Email: lambda _, _field: _("It looks like {example}.", example=EXAMPLE_EMAIL),
    WebSite: lambda _, _field: _("It looks like {example}.", example=EXAMPLE_WEB_SITE),
    Date: lambda _, _field: _("Write it like this: {example}.", example=_example_day(_)),
    TimeOfDay: lambda _, _field: _("Write it like this: {example}.", example=_example_time(_)),
    Number: _expected_number,
    File: _expected_file,
}


def _types(_: Translator, field: Field) -> str:
    """The kinds of files, "PDF, JPG and PNG"."""
    if not isinstance(field.kind, File):
        return ""
    names = dict.fromkeys(end.removeprefix(".").upper() for end in field.kind.types)
    return format_list(list(names), style="or", locale="en_GB" if _.language == "en" else _.language)


def _example_phone(_: Translator) -> Markup:
    return Markup("<code>{}</code>").format(in_order(_, EXAMPLE_PHONE))


def _example_day(_: Translator) -> str:
    return day_in_words(_, EXAMPLE_DAY)


def _example_time(_: Translator) -> str:
    return format_time(EXAMPLE_TIME, "short", locale="en_GB" if _.language == "en" else _.language)


def _number(_: Translator, number: int) -> str:
    return format_decimal(number, locale=_.language)
