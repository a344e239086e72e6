"""/stats: what the picture shows, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from babel.dates import format_skeleton
from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.chart import Chart, Key
from bot.members.statistics import Month, Share, Statistics
from bot.places.countries import Countries, flag
from handlers.views.center_details import focuses, kinds
from handlers.views.export_words import regions
from handlers.views.locale import locale_of, with_label
from handlers.views.message import Message
from handlers.views.numbers import number
from handlers.views.times import moment
from handlers.views.welcome import paragraphs


def caption(_: Translator, numbers: Statistics, chart: Chart, now: int) -> Message:
    """Under the picture: what its numbers stand for. Telegram has room for 1,024 characters there."""
    return Message(
        paragraphs(
            _("<b>The association in numbers</b>, {when}", when=moment(_, now)),
            Markup("\n").join(_totals(_, numbers)),
            *_legend(_, _("Centers by region"), chart.regions, regions(_)),
            *_legend(_, _("Centers by focus"), chart.focuses, focuses(_)),
            _("Below, month by month: Centers in blue, delegates and guests in orange."),
        )
    )


def details(_: Translator, numbers: Statistics, countries: Countries) -> Message:
    """What the picture does not show."""
    return Message(
        paragraphs(
            *_shares(_, _("<b>Centers by kind of member</b>"), numbers.by_kind, kinds(_)),
            *_shares(_, _("<b>Countries with most Centers</b>"), numbers.top_countries, _names(_, numbers, countries)),
            _("<b>Registered in each month</b> (Centers, then delegates and guests)"),
            Markup("\n").join(_months(_, numbers.centers_by_month, numbers.delegates_by_month)),
            Markup("\n").join(_waiting(_, numbers)),
        )
    )


def _totals(_: Translator, numbers: Statistics) -> list[Markup]:
    counted = number(_, numbers.countries)
    in_countries = _.n("in {shown} country", "in {shown} countries", numbers.countries, shown=counted)
    return [
        _("Centers: <b>{number}</b>, {countries}", number=number(_, numbers.centers), countries=in_countries),
        _("Delegates: <b>{number}</b>", number=number(_, numbers.delegates)),
        _("Guests: <b>{number}</b>", number=number(_, numbers.guests)),
        _("Of these people, in touch with the bot: <b>{number}</b>", number=number(_, numbers.linked)),
    ]


def _waiting(_: Translator, numbers: Statistics) -> list[Markup]:
    return [
        _("Centers that wait for approval: {number}", number=number(_, numbers.pending_centers)),
        _("People who wait for approval: {number}", number=number(_, numbers.pending_delegates)),
        _("Requests that wait for a decision: {number}", number=number(_, numbers.waiting)),
    ]


def _legend(_: Translator, title: Markup, keys: Sequence[Key], called: Mapping[str, str]) -> Iterable[Markup]:
    """The numbers before the bars of the picture, and what each is."""
    lines = [
        Markup("{} – {}: {}").format(number(_, key.number), _called(_, key.share, called), number(_, key.share.number))
        for key in keys
    ]
    return [Markup("\n").join([title, *lines])] if lines else []


def _shares(_: Translator, title: Markup, shares: Sequence[Share], called: Mapping[str, str]) -> Iterable[Markup]:
    lines = [with_label(_, _called(_, share, called), number(_, share.number)) for share in shares]
    return [Markup("\n").join([title, *lines])] if lines else []


def _called(_: Translator, share: Share, called: Mapping[str, str]) -> str:
    return _.plain("not known") if share.of is None else called.get(share.of, share.of)


def _names(_: Translator, numbers: Statistics, countries: Countries) -> Mapping[str, str]:
    codes = [share.of for share in numbers.top_countries if share.of and countries.country(share.of) is not None]
    return {code: f"{flag(code)} {countries.name_of(code, _.language)}" for code in codes}


def _months(_: Translator, centers: Sequence[Month], delegates: Sequence[Month]) -> list[Markup]:
    """The latest first; months in which nobody registered are left out."""
    pairs = reversed(list(zip(centers, delegates, strict=True)))
    return [
        with_label(_, _month(_, one), Markup("{}, {}").format(number(_, one.new), number(_, other.new)))
        for one, other in pairs
        if one.new or other.new
    ]


def _month(_: Translator, month: Month) -> str:
    return format_skeleton("yMMM", date(month.year, month.month, 1), locale=locale_of(_))
