"""The agenda by days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from markupsafe import Markup

from bot.conferences.agenda_view import Day, Look, room_key
from bot.locales.catalogues import Translator
from handlers.views.agenda_words import LABEL_AT_MOST, button, cancelled_notice, line, whose_times
from handlers.views.center_details import shortened
from handlers.views.conference import heading as conference_heading
from handlers.views.conference import show_button
from handlers.views.conference_names import conference_name, segments
from handlers.views.conference_times import Clocks, day_heading, short_day
from handlers.views.lists import PAGE, of_page, page_within, turning_by
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, column, pairs
from handlers.views.welcome import menu_button, paragraphs
from storage.records.conferences import Conference, Segment

ROOMS_A_PAGE = 20


def packed(conference: Conference, look: Look) -> str:
    """A choice as buttons carry it."""
    return f"{conference.id}:{tail(look)}"


def tail(look: Look) -> str:
    """A choice of what is seen of a conference that the buttons have already."""
    day = look.day.strftime("%Y%m%d") if look.day else "-"
    return f"{day}:{look.segment or '-'}:{look.room or '-'}:{look.page}"


def no_conference(_: Translator, cancelled: Conference | None, last: Conference | None) -> Message:
    """None is planned; the next one may have been `cancelled`. `last` is the latest that is over."""
    if cancelled is not None:
        return Message(conference_heading(_, cancelled), column([show_button(_, cancelled.id), menu_button(_)]))
    rows = () if last is None else (_conference_button(_, last),)
    return Message(_("No Annual Conference is planned at the moment."), column([*rows, menu_button(_)]))


def no_agenda(_: Translator, conference: Conference) -> Message:
    """It has no sessions yet."""
    return Message(
        paragraphs(
            *cancelled_notice(_, conference),
            _("{conference} has no agenda yet.", conference=conference_name(_, conference)),
        ),
        ((_conference_button(_, conference),),),
    )


def agenda(_: Translator, conference: Conference, shown: Day, clocks: Clocks) -> Message:
    """A day of the agenda."""
    look, count = shown.look, len(shown.sessions)
    page = page_within(look.page, count)
    seen = shown.sessions[page * PAGE : (page + 1) * PAGE]
    assert look.day is not None  # noqa: S101 - `look_at` has chosen one
    heading = Markup("<b>{}</b>\n{}").format(conference_name(_, conference), day_heading(_, look.day))
    chosen = _chosen(_, shown)
    lines = [line(_, one, clocks) for one in seen] or [_("Nothing is planned here on this day.")]
    times = [whose_times(_, clocks, seen[0].starts_at)] if seen else []
    return Message(
        paragraphs(Markup("\n").join([heading, *chosen]), *cancelled_notice(_, conference), *lines, *times),
        (
            *column([button(_, one, clocks, tail(replace(look, page=page))) for one in seen]),
            *turning_by(_, lambda to: f"agenda:at:{packed(conference, replace(look, page=to))}", page, count),
            *pairs([_day_button(_, conference, look, day) for day in shown.days if day != look.day]),
            tuple(_filters(_, conference, shown)),
            (Button(_.plain("My programme"), f"programme:show:{conference.id}"),),
        ),
    )


def choose(_: Translator, conference: Conference, shown: Day, *, by_room: bool) -> Message:
    """By which segment or room the agenda is filtered."""
    look = replace(shown.look, page=0)
    if by_room:
        options = [(shortened(room, LABEL_AT_MOST), replace(look, room=room_key(room))) for room in shown.rooms]
        everything = replace(look, room=None)
    else:
        options = [(segments(_)[segment], replace(look, segment=segment)) for segment in Segment]
        everything = replace(look, segment=None)
    rows = [Button(label, f"agenda:at:{packed(conference, one)}") for label, one in options]
    text = _("Which room?") if by_room else _("Which segment?")
    page = page_within(shown.look.page, len(rows), ROOMS_A_PAGE)
    anything = Button(_.plain("Any"), f"agenda:at:{packed(conference, everything)}")

    def leads_to(page: int) -> str:
        return f"agenda:pick:room:{packed(conference, replace(look, page=page))}"

    return Message(
        text,
        (
            *pairs([*of_page(rows, page, ROOMS_A_PAGE), anything]),
            *turning_by(_, leads_to, page, len(rows), ROOMS_A_PAGE),
        ),
    )


def _chosen(_: Translator, shown: Day) -> list[Markup]:
    look = shown.look
    chosen = []
    if look.segment is not None:
        chosen.append(with_label(_, _.plain("Segment"), segments(_)[look.segment]))
    if look.room is not None:
        room = next(one for one in shown.rooms if room_key(one) == look.room)
        chosen.append(with_label(_, _.plain("Room"), shortened(room, LABEL_AT_MOST)))
    return chosen


def _filters(_: Translator, conference: Conference, shown: Day) -> list[Button]:
    state = packed(conference, replace(shown.look, page=0))  # of what can be chosen
    filters = [Button(_.plain("Segment"), f"agenda:pick:segment:{state}")]
    if shown.rooms:
        filters.append(Button(_.plain("Room"), f"agenda:pick:room:{state}"))
    return filters


def _day_button(_: Translator, conference: Conference, look: Look, day: date) -> Button:
    return Button(short_day(_, day), f"agenda:at:{packed(conference, replace(look, day=day, page=0))}")


def _conference_button(_: Translator, conference: Conference) -> Button:
    return Button(conference_name(_, conference), f"conf:show:{conference.id}")
