"""What has changed of a conference, for whom it concerns: what it was, and what it is now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from bot.conferences.news import News
from bot.locales.catalogues import Translator
from bot.places.countries import Countries
from handlers.views.center_details import shortened
from handlers.views.conference import calendar_button, labels, place, show_button, was_cancelled
from handlers.views.conference_names import conference_name, long_day
from handlers.views.conference_times import Clocks, days, span
from handlers.views.locale import in_a_row, with_label
from handlers.views.message import Button, Message, bold, column
from handlers.views.participation_words import answer_is_kept, change_your_days, told_if_after_all
from handlers.views.participation_words import show_button as answer_button
from handlers.views.welcome import paragraphs
from storage.records.conferences import AgendaSession, Agm, Conference, Deadline, Planned

VALUE_AT_MOST = 300
NOTHING = "–"
Difference = tuple[object, str | None, str | None]
"""What something is called, what it was, and what it is now."""


def news(_: Translator, told: News, countries: Countries, clocks: Clocks) -> Message:
    """All that has changed and concerns the reader."""
    number = told.named.id
    parts, buttons = [_heading(_, told)], []
    if told.conference is not None:
        parts.append(_lines(_conference(_, *told.conference, countries, clocks)))
        parts += _what_becomes(_, *told.conference, keeps_answer=told.keeps_answer and told.days_fit)
        buttons.append(show_button(_, number))
    if not told.days_fit:
        parts.append(change_your_days(_))
        buttons.append(answer_button(_.plain("My answer"), number))
    if told.agm is not None:
        parts.append(_lines(_agm(_, *told.agm, clocks)))
        buttons.append(Button(_.plain("AGM"), f"agm:show:{number}"))
    parts += [_lines(_session(_, before, after, clocks)) for before, after in told.sessions]
    if told.sessions:
        buttons.append(Button(_.plain("My programme"), f"programme:show:{number}"))
    buttons.append(
        calendar_button(_, number)
    )  # whoever has it in a calendar has the old times there, or what is cancelled
    return Message(paragraphs(*parts), column(buttons))


def _heading(_: Translator, told: News) -> Markup:
    if told.conference is not None:
        before, conference = told.conference
        if before.is_on and not conference.is_on:
            return was_cancelled(_, told.named)
    return _("{conference}: this has changed.", conference=conference_name(_, told.named))


def _what_becomes(_: Translator, before: Conference, conference: Conference, *, keeps_answer: bool) -> Iterator[Markup]:
    """What becomes of answers, and of the conference, when it is cancelled or takes place after all."""
    if before.state == conference.state:
        return
    sentences = [answer_is_kept(_)] * keeps_answer
    if not conference.is_on:
        sentences.append(told_if_after_all(_))
    if sentences:
        yield in_a_row(_, *sentences)


def _conference(
    _: Translator, before: Conference, conference: Conference, countries: Countries, clocks: Clocks
) -> Iterator[Markup]:
    then, now, called, is_other = before.details, conference.details, labels(_), before.state != conference.state
    if is_other and conference.is_on:
        yield _state(_, is_on=True)
    zones = clocks.zones
    known: list[Difference] = [
        (_("When"), days(_, then.starts_on, then.ends_on), days(_, now.starts_on, now.ends_on)),
        (_("Place"), place(_, countries, then), place(_, countries, now)),
    ]
    yield from _differences(_, known, shows_all=is_other)
    pairs: list[Difference] = [
        (called["time_zone"], zones.name_of(then.time_zone, _.language), zones.name_of(now.time_zone, _.language)),
        (called["venue"], then.venue, now.venue),
        (called["online_link"], then.online_link, now.online_link),
    ]
    for what in Deadline:
        was, day = then.deadline(what), now.deadline(what)
        pairs.append((called[what], _day(_, was), _day(_, day)))
    yield from _differences(_, pairs)


def _agm(_: Translator, before: Agm, agm: Agm, clocks: Clocks) -> Iterator[Markup]:
    yield bold(_.plain("Annual General Meeting"))
    yield from _planned(_, before, agm, clocks)
    yield from _differences(
        _,
        [
            (_("Place"), before.place, agm.place),
            (_.plain("Online"), before.online_link, agm.online_link),
        ],
    )


def _session(_: Translator, before: AgendaSession, planned: AgendaSession, clocks: Clocks) -> Iterator[Markup]:
    yield bold(shortened(planned.title, VALUE_AT_MOST))
    yield from _planned(_, before, planned, clocks)
    rooms = before.room, planned.room
    yield from _differences(_, [(_.plain("Title"), before.title, planned.title), (_.plain("Room"), *rooms)])


def _planned(
    _: Translator, before: Agm | AgendaSession, after: Agm | AgendaSession, clocks: Clocks
) -> Iterator[Markup]:
    """Whether it takes place, and when; its time also where that is as it was, lest two be mistaken for each other."""
    if before.state != after.state:
        yield _state(_, is_on=after.state == Planned.PLANNED)
    then, now = (span(_, one.starts_at, one.ends_at, clocks) for one in (before, after))
    yield with_label(_, _("When"), now if then == now else _change(_, then, now))


def _state(_: Translator, *, is_on: bool) -> Markup:
    return _("It takes place after all") if is_on else _("Cancelled")


def _differences(_: Translator, pairs: Sequence[Difference], *, shows_all: bool = False) -> Iterator[Markup]:
    for label, before, after in pairs:
        if before != after:
            yield with_label(_, label, _change(_, before, after))
        elif shows_all:
            yield with_label(_, label, _value(after))


def _change(_: Translator, before: str | None, after: str | None) -> Markup:
    return _("{before} → {after}", before=_value(before), after=_value(after))


def _value(text: str | None) -> str:
    return shortened(text, VALUE_AT_MOST) if text else NOTHING


def _day(_: Translator, day: date | None) -> str | None:
    return None if day is None else long_day(_, day)


def _lines(lines: Iterator[Markup]) -> Markup:
    return Markup("\n").join(lines)
