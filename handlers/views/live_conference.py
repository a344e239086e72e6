"""What is told of the next conference and of past ones to whoever asks in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.places.countries import Countries
from handlers.views import agm as agm_views
from handlers.views import conference as views
from handlers.views import out_of_date
from handlers.views.conference_names import long_day
from handlers.views.conference_times import Clocks
from handlers.views.locale import language_name, listed, with_label
from handlers.views.message import Button, Message, column
from handlers.views.welcome import desk_button, paragraphs
from storage.records.conferences import AgendaSession, Agm, Conference, Deadline, NoteTopic, Segment


def date_title(_: Translator) -> str:
    """For a button."""
    return _.plain("When the conference is")


def place_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Where the conference is")


def host_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Who hosts the conference")


def theme_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Theme of the conference")


def practical_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Practical information")


def programme_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Agenda of the conference")


def registration_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Taking part in the conference")


def agm_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Annual General Meeting")


def past_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Past conferences")


def session_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Session")


def session_gone(_: Translator) -> Message:
    """What was shown just before was removed."""
    return Message(Markup("{}").format(out_of_date.gone_toast(_)), column([desk_button(_)]))


def dates(_: Translator, conference: Conference, countries: Countries) -> Message:
    """When it is."""
    return _about(_, conference, Markup("{}").format(views.place(_, countries, conference.details)))


def place(_: Translator, conference: Conference, countries: Countries) -> Message:
    """Where it is, and whether one can follow it online."""
    details, called = conference.details, views.labels(_)
    lines = [Markup("{}").format(views.place(_, countries, details))]
    told = {"venue": details.venue, "online_link": details.online_link}
    lines += [with_label(_, called[name], value) for name, value in told.items() if value]
    return _about(_, conference, *lines)


def host(_: Translator, conference: Conference, countries: Countries) -> Message:
    """Who hosts it."""
    details, called = conference.details, views.labels(_)
    country = countries.name_of(details.host_country, _.language)
    told = {"host_country": country, "host_organization": details.host_organization}
    return _about(_, conference, *[with_label(_, called[name], value) for name, value in told.items() if value])


def theme(_: Translator, conference: Conference) -> Message:
    """What it is about."""
    return _about(_, conference, with_label(_, views.labels(_)["theme"], conference.details.theme))


def note(_: Translator, conference: Conference, topic: NoteTopic, content: str | None, today: date) -> Message | None:
    """A practical note, with the last day for it; None if neither is known."""
    what = {NoteTopic.VISA: Deadline.VISA, NoteTopic.HOTEL: Deadline.HOTEL}.get(topic)
    day = None if what is None else conference.details.deadline(what)
    lines = [] if what is None or day is None or day < today else [_by(_, what, day)]
    if content is None and not lines:
        return None
    noted = [Markup("<b>{}</b>\n{}").format(views.notes(_)[topic], content)] if content else []
    return Message(paragraphs(views.heading(_, conference), *noted, *lines), _rows(_, conference))


def practical(_: Translator, conference: Conference, noted: Mapping[NoteTopic, str], today: date) -> Message | None:
    """Which notes there are, with the languages and the last days; None if nothing of it is known."""
    details, called = conference.details, views.labels(_)
    spoken = listed(_, [language_name(_, code) for code in details.languages])
    lines = [with_label(_, called["languages"], spoken)] if spoken else []
    known = {what: details.deadline(what) for what in (Deadline.VISA, Deadline.HOTEL)}
    lines += [_by(_, what, day) for what, day in known.items() if day is not None and day >= today]
    if not lines and not noted:
        return None
    buttons = [Button(name, f"conf:note:{conference.id}:{topic}") for topic, name in views.notes(_).items()
               if topic in noted]  # fmt: skip
    return _about(_, conference, *lines, first=buttons)


def programme(_: Translator, conference: Conference, sessions: Sequence[AgendaSession]) -> Message:
    """How many sessions there are, and for whom."""
    called = {
        Segment.PLENARY: _.plain("For everybody"),
        Segment.MILITARY: _.plain("Military"),
        Segment.CIVILIAN: _.plain("Civilian"),
        Segment.POLICE: _.plain("Police"),
    }
    counted = Counter(one.segment for one in sessions)
    lines = [
        with_label(_, name, _.n("{count} session", "{count} sessions", counted[segment]))
        for segment, name in called.items()
        if counted[segment]
    ]
    return _about(_, conference, *lines, first=[Button(_.plain("Agenda"), f"agenda:show:{conference.id}")])


def registration(
    _: Translator, conference: Conference, *, is_in_time: bool, is_full: bool, own: Markup | None
) -> Message:
    """How it stands with the reader (`own`), until when one registers, and for how many there is room."""
    details, called = conference.details, views.labels(_)
    day = details.register_by
    lines = [own] if own is not None else []
    if day is not None:
        lines.append(_by(_, Deadline.REGISTER, day))
    if day is not None and not is_in_time:
        lines.append(_("This day is past."))
    if details.capacity is not None:
        lines.append(with_label(_, called["capacity"], views.places(_, details.capacity, is_full=is_full)))
    return _about(_, conference, *lines, first=[views.part_button(_, conference)])


def agm(_: Translator, conference: Conference, meeting: Agm, items: Sequence[str], clocks: Clocks) -> Message:
    """When and where the AGM is, who may attend, and what is on its agenda."""
    words = agm_views.text(_, conference, meeting, items, clocks, with_link=False)
    return Message(words, column([Button(_.plain("AGM"), f"agm:show:{conference.id}"), desk_button(_)]))


def cancelled(_: Translator, conference: Conference, *, is_next: bool) -> Message:
    """It does not take place; `is_next`: nor is another one known."""
    others = [views.not_announced(_)] * is_next
    return Message(paragraphs(views.heading(_, conference), *others), _rows(_, conference))


def of_the_next_instead(_: Translator, year: int, told: Message) -> Message:
    """What is told of the next conference, where that of another year was asked about."""
    lead = _("No Annual Conference {year} is entered here. This is the next one:", year=str(year))
    return Message(paragraphs(lead, told.text), told.buttons)


def past(_: Translator, over: Sequence[Conference], countries: Countries) -> Message:
    """The conferences that are over."""
    told = [_over(_, one, countries) for one in over]
    return Message(paragraphs(*told), column([views.list_button(_), desk_button(_)]))


def _over(_: Translator, conference: Conference, countries: Countries) -> Markup:
    details = conference.details
    lines = [views.heading(_, conference), Markup("{}").format(views.place(_, countries, details))]
    lines += [with_label(_, views.labels(_)["theme"], details.theme)] * (details.theme is not None)
    return Markup("\n").join(lines)


def _by(_: Translator, what: Deadline, day: date) -> Markup:
    return with_label(_, views.labels(_)[what], long_day(_, day))


def _about(_: Translator, conference: Conference, *lines: Markup, first: Sequence[Button] = ()) -> Message:
    told = [Markup("\n").join(lines)] if lines else []
    return Message(paragraphs(views.heading(_, conference), *told), _rows(_, conference, first))


def _rows(_: Translator, conference: Conference, first: Sequence[Button] = ()) -> tuple[tuple[Button, ...], ...]:
    return column([*first, views.show_button(_, conference.id), desk_button(_)])
