"""The screen of a conference, for everybody, and the list of all conferences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import itemgetter

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.places.countries import Countries, flag
from handlers.views.conference_names import conference_name, long_day
from handlers.views.conference_times import days
from handlers.views.desk import private_button
from handlers.views.direction import RIGHT_TO_LEFT
from handlers.views.form_values import in_order
from handlers.views.lists import turning
from handlers.views.locale import beside, language_name, listed, with_label
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.numbers import number
from handlers.views.welcome import menu_button, paragraphs
from storage.records.conferences import Conference, ConferenceDetails, Deadline, NoteTopic

LINK = "conference_"
"""Before the number of a conference in a deep link."""


def labels(_: Translator) -> Mapping[str, str]:
    """What is set for a conference, by the names of its details."""
    return {
        "host_country": _.plain("Host country"),
        "starts_on": _.plain("First day"),
        "ends_on": _.plain("Last day"),
        "time_zone": _.plain("Time zone"),
        "city": _.plain("City"),
        "theme": _.plain("Theme"),
        "edition_number": _.plain("Edition"),
        "host_organization": _.plain("Host organization"),
        "venue": _.plain("Venue"),
        Deadline.REGISTER: _.plain("Last day to register"),
        Deadline.PAPERS: _.plain("Last day for papers"),
        Deadline.VISA: _.plain("Last day for visa requests"),
        Deadline.HOTEL: _.plain("Last day to book the hotel"),
        "languages": _.plain("Languages"),
        "capacity": _.plain("Places"),
        "online_link": _.plain("Online"),
        "contact": _.plain("Contact"),
    }


def part_button(_: Translator, conference: Conference, *, is_named: bool = False) -> Button:
    """Begins to register for it, or shows the answer. `is_named`: where nothing else says what one takes part in."""
    label = _.plain("Take part in the conference") if is_named else _.plain("Take part")
    return Button(label, f"part:show:{conference.id}")


def notes(_: Translator) -> Mapping[NoteTopic, str]:
    """What practical notes are about."""
    return {
        NoteTopic.TRAVEL: _.plain("Travel"),
        NoteTopic.VISA: _.plain("Visa"),
        NoteTopic.HOTEL: _.plain("Hotel"),
        NoteTopic.DRESS: _.plain("Dress"),
        NoteTopic.SECURITY: _.plain("Security"),
    }


def heading(_: Translator, conference: Conference) -> Markup:
    """What a conference is called, and its days."""
    lines = [bold(conference_name(_, conference))]
    lines += [_("It was cancelled.")] * (not conference.is_on)
    lines.append(Markup("{}").format(days(_, conference.details.starts_on, conference.details.ends_on)))
    return Markup("\n").join(lines)


def place(_: Translator, countries: Countries, details: ConferenceDetails) -> str:
    """Where it is: "Nairobi, Kenya", with the country's flag.

    The letters of a flag go from left to right, as those of a city may: in Arabic, the line would with them.
    """
    country = f"{flag(details.host_country)} {countries.name_of(details.host_country, _.language)}"
    shown = country if details.city is None else beside(_, [in_order(_, details.city), country])
    return f"{RIGHT_TO_LEFT}{shown}" if _.language == "ar" else shown


def deadlines(_: Translator, details: ConferenceDetails, today: date) -> list[Markup]:
    """The last days for something, the next first; of those that are past, the one to register while it matters."""
    called = labels(_)
    ahead = {Deadline.REGISTER} if details.ends_on >= today else set()
    known = [(day, what) for what in Deadline if (day := details.deadline(what)) is not None]
    told = sorted([(day, what) for day, what in known if day >= today or what in ahead], key=itemgetter(0))
    return [with_label(_, called[what], _last_day(_, day, today)) for day, what in told]


def _last_day(_: Translator, day: date, today: date) -> str:
    told = long_day(_, day)
    return told if day >= today else _.plain("{day} (past)", day=told)


def card(
    _: Translator,
    conference: Conference,
    countries: Countries,
    *,
    noted: Collection[NoteTopic],
    today: date,
    is_full: bool,
    has_agm: bool,
    is_manager: bool,
) -> Message:
    """The screen of a conference: what is known of it."""
    is_ahead = today <= conference.details.ends_on
    rows = [part_button(_, conference)] * (conference.is_on and is_ahead)
    rows.append(Button(_.plain("Agenda"), f"agenda:show:{conference.id}"))
    rows.append(Button(_.plain("My programme"), f"programme:show:{conference.id}"))
    rows += [Button(_.plain("AGM"), f"agm:show:{conference.id}")] * has_agm
    rows += [calendar_button(_, conference.id)] * is_ahead  # also when it was cancelled: it clears calendars
    rows += [Button(name, f"conf:note:{conference.id}:{topic}") for topic, name in notes(_).items() if topic in noted]
    managing = [(Button(_.plain("Manage"), f"conf:manage:{conference.id}"),)] * is_manager
    return Message(text(_, conference, countries, today, is_full=is_full), (*pairs(rows), *managing, (list_button(_),)))


def calendar_button(_: Translator, conference_id: int) -> Button:
    """Gives the calendar file of a conference."""
    return Button(_.plain("Calendar file"), f"calendar:get:{conference_id}")


def text(_: Translator, conference: Conference, countries: Countries, today: date, *, is_full: bool) -> Markup:
    """All that is set for a conference; what is not known is left out."""
    details, called = conference.details, labels(_)
    told = {
        "theme": details.theme,
        "edition_number": details.edition_number,
        "host_organization": details.host_organization,
        "venue": details.venue,
        "languages": listed(_, [language_name(_, code) for code in details.languages]),
        "capacity": None if details.capacity is None else places(_, details.capacity, is_full=is_full),
        "online_link": details.online_link,
        "contact": details.contact,
    }
    lines = [with_label(_, called[name], value) for name, value in told.items() if value]
    where = Markup("{}").format(place(_, countries, details))
    parts = [Markup("\n").join([heading(_, conference), where]), Markup("\n").join(lines)]
    parts.append(Markup("\n").join(deadlines(_, details, today)))
    return paragraphs(*[part for part in parts if part])


def places(_: Translator, capacity: int, *, is_full: bool) -> str:
    """For how many there is room, and whether there still is."""
    count = number(_, capacity)
    return _.plain("{count} (all taken)", count=count) if is_full else count


def none(_: Translator, cancelled: Conference | None, *, is_staff: bool, has_others: bool) -> Message:
    """No conference is to come; the next one may have been `cancelled`."""
    rows = [Button(_.plain("Open a conference"), "conf:open")] * is_staff
    if cancelled is not None:
        rows.append(show_button(_, cancelled.id))
    rows += [list_button(_)] * has_others
    return Message(not_to_come(_, cancelled), column([*rows, menu_button(_)]))


def not_to_come(_: Translator, cancelled: Conference | None) -> Markup:
    """Why there is no next conference: the one that there was is `cancelled`, or none was announced."""
    return not_announced(_) if cancelled is None else paragraphs(heading(_, cancelled), not_announced(_))


def was_cancelled(_: Translator, conference: Conference) -> Markup:
    """A conference does not take place."""
    return _("The {conference} was cancelled.", conference=conference_name(_, conference))


def not_announced(_: Translator) -> Markup:
    """No conference is to come, as far as is known."""
    return _("The next Annual Conference has not been announced here yet.")


def all_of_them(
    _: Translator, found: Sequence[Conference], countries: Countries, *, page: int, count: int, is_staff: bool
) -> Message:
    """A page of all conferences, the latest first."""
    rows = [Button(_listed(_, one, countries), f"conf:show:{one.id}") for one in found]
    opening = [(Button(_.plain("Open a conference"), "conf:open"),)] * is_staff
    words = _("<b>Annual Conferences</b>") if found else not_announced(_)
    return Message(words, (*column(rows), *turning(_, "conf:list", page, count), *opening, (menu_button(_),)))


def note(_: Translator, conference: Conference, topic: NoteTopic, content: str) -> Message:
    """A practical note."""
    head = Markup("<b>{}</b>\n{}").format(notes(_)[topic], conference_name(_, conference))
    return Message(paragraphs(head, Markup("{}").format(content)), ((show_button(_, conference.id),),))


def show_button(_: Translator, conference_id: int) -> Button:
    """Leads to the screen of a conference."""
    return Button(_.plain("The conference"), f"conf:show:{conference_id}")


def list_button(_: Translator) -> Button:
    """Leads to all conferences."""
    return Button(_.plain("All conferences"), "conf:list:0")


def in_private(_: Translator, username: str, conference_id: int) -> Message:
    """In a group, nothing is managed."""
    return Message(
        _("I show this in a private chat only."), ((private_button(_, username, f"{LINK}{conference_id}"),),)
    )


def _listed(_: Translator, conference: Conference, countries: Countries) -> str:
    details = conference.details
    where = details.city or countries.name_of(details.host_country, _.language)
    name = f"{conference.year} · {flag(details.host_country)} {where}"
    return name if conference.is_on else _.plain("{name} (cancelled)", name=name)
