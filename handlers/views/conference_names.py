"""What a conference, its days and the parts of its agenda are called, wherever they are spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.locales.catalogues import Translator
from handlers.views.center_details import focuses
from handlers.views.locale import day_in_words
from storage.records.conferences import Conference, Segment
from storage.records.members import Focus


def conference_name(_: Translator, conference: Conference) -> str:
    """A conference, in a sentence, in a heading and on a button: "Annual Conference 2027"."""
    return _.plain("Annual Conference {year}", year=conference.year)


def long_day(_: Translator, when: date) -> str:
    """A day: "12 March 2027"."""
    return day_in_words(_, when)


def segments(_: Translator) -> Mapping[str, str]:
    """The parts of the agenda, by whom they are for."""
    called = focuses(_)
    return {
        Segment.PLENARY: _.plain("Plenary"),
        Segment.MILITARY: called[Focus.MILITARY],
        Segment.CIVILIAN: called[Focus.CIVILIAN],
        Segment.POLICE: called[Focus.POLICE],
    }
