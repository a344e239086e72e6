"""Whom an announcement is for, as whoever composes it sees and chooses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.announcements.audience import Audience, TakesPart, Who
from bot.announcements.reaching import Reach
from bot.locales.catalogues import LANGUAGES, Translator
from bot.places.countries import Countries
from bot.places.regions import Region, load_regions
from handlers.views.center_details import country, focuses, kinds, shortened
from handlers.views.conference_names import conference_name
from handlers.views.form_values import isolated
from handlers.views.lists import page_within, turning_by
from handlers.views.locale import language_name, listed, with_label
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.numbers import number
from handlers.views.participation_words import attendances, states
from handlers.views.welcome import paragraphs
from storage.records.participations import Attendance, ParticipationState

NAME_ON_BUTTON = 40
CENTERS_NAMED = 10
OFFERED_ON_A_PAGE = 24


def block_names(_: Translator) -> Mapping[str, str]:
    """What the building blocks are called, in the order of their buttons."""
    return {
        "who": _.plain("Who"),
        "focus": _.plain("Focus"),
        "kind": _.plain("Kind of member"),
        "region": _.plain("Region"),
        "country": _.plain("Country"),
        "language": _.plain("Language"),
        "conference": _.plain("Conference"),
        "takes_part": _.plain("Taking part"),
        "session": _.plain("Session"),
        "unread": _.plain("Has not read"),
    }


def options(_: Translator, block: str) -> Mapping[str, str]:
    """What can be chosen in a building block, apart from what stands in the database."""
    came, ways = states(_), attendances(_)
    known: Mapping[str, Mapping[str, str]] = {
        "who": {
            Who.LEADS: _.plain("Focal points and deputies"),
            Who.DELEGATES: _.plain("Delegates"),
            Who.GUESTS: _.plain("Guests"),
            Who.HOSTS: _.plain("Hosts"),
            Who.SECRETARIAT: _.plain("Secretariat"),
        },
        "focus": focuses(_),
        "kind": kinds(_),
        "region": {region: load_regions().name_of(region, _.language) for region in Region},
        "language": {code: language_name(_, code) for code in LANGUAGES},
        "takes_part": {
            TakesPart.REGISTERED: came[ParticipationState.REGISTERED],
            TakesPart.NOT_YET: _.plain("Has not answered"),
            TakesPart.DECLINED: came[ParticipationState.DECLINED],
            TakesPart.WAIT_LISTED: came[ParticipationState.WAITING],
            TakesPart.IN_PERSON: ways[Attendance.IN_PERSON],
            TakesPart.ONLINE: ways[Attendance.ONLINE],
        },
    }
    return known.get(block, {})


def lines(_: Translator, reach: Reach, countries: Countries) -> list[Markup]:
    """The building blocks that are chosen, a line each."""
    told: list[Markup] = []
    for block, name in block_names(_).items():
        chosen = getattr(reach.audience, block)
        if not chosen:
            continue
        if isinstance(chosen, tuple):
            value = listed(_, [_value(_, block, one, countries) for one in chosen])
        else:
            value = _called(_, block, reach)
        told.append(with_label(_, name, value))
    if reach.audience.is_everybody:
        told.insert(0, with_label(_, block_names(_)["who"], _("everybody who has written to the bot")))
    return told


def people(_: Translator, count: int) -> Markup:
    """How many."""
    return _.n("{count} person", "{count} people", count)


def screen(_: Translator, announcement: int, reach: Reach, countries: Countries) -> Message:
    """What is chosen, whom that comes to, and what else can be chosen."""
    parts = [_("<b>Audience</b>"), Markup("\n").join(lines(_, reach, countries)), _counted(_, reach)]
    if reach.audience.conference and reach.audience.is_everybody:
        block = block_names(_)["takes_part"]
        parts.append(
            _("A conference alone leaves nobody out. Press “{block}” to say whom of it you mean.", block=block)
        )
    if reach.centers:
        parts.append(unreachable(_, reach))
    blocks = [
        Button(_ticked(name, is_on=bool(getattr(reach.audience, block))), f"ann:block:{announcement}:{block}")
        for block, name in block_names(_).items()
        if block not in {"takes_part", "session"} or reach.audience.conference
    ]
    rows = [*pairs(blocks)]
    if reach.audience != Audience():
        rows.append((Button(_.plain("Everybody"), f"ann:everybody:{announcement}"),))
    return Message(paragraphs(*parts), (*rows, (back(_, announcement),)))


def choose(
    _: Translator, announcement: int, block: str, reach: Reach, offers: Mapping[str, str], *, is_one: bool, page: int
) -> Message:
    """A page of what can be chosen in a building block; `is_one`: only one at a time."""
    chosen = getattr(reach.audience, block)
    values = chosen if isinstance(chosen, tuple) else (str(chosen),) if chosen else ()
    page = page_within(page, len(offers), OFFERED_ON_A_PAGE)
    behind = f":{page}" if page else ""
    rows = [
        Button(
            _ticked(shortened(label, NAME_ON_BUTTON), is_on=value in values),
            f"ann:pick:{announcement}:{block}:{value}:{int(value not in values)}{behind}",
        )
        for value, label in list(offers.items())[page * OFFERED_ON_A_PAGE : (page + 1) * OFFERED_ON_A_PAGE]
    ]
    turning = turning_by(
        _, lambda to: f"ann:block:{announcement}:{block}:{to}", page, len(offers), OFFERED_ON_A_PAGE
    )  # fmt: skip
    written = [(Button(_.plain("Write a country"), f"ann:land:{announcement}"),)] * (block == "country")
    text = paragraphs(bold(block_names(_)[block]), _counted(_, reach))
    if not offers and not written:
        text = paragraphs(text, _("There is nothing to choose yet."))
    to_audience = Button(_.plain("Back"), f"ann:audience:{announcement}")
    return Message(text, (*(column(rows) if is_one else pairs(rows)), *turning, *written, (to_audience,)))


def ask_country(_: Translator, announcement: int) -> Message:
    """A country is written."""
    return Message(
        paragraphs(_("Which country? Its name in any language."), _("Write it now, in one message.")),
        ((Button(_.plain("Back"), f"ann:audience:{announcement}"),),),
    )


def not_a_country(_: Translator, announcement: int, likely: Sequence[str], countries: Countries) -> Message:
    """What was written is no country, or not clearly one."""
    offers = [Button(country(_, countries, code), f"ann:pick:{announcement}:country:{code}:1") for code in likely]
    text = (
        _("Which of these do you mean? You can also write it in another way.")
        if offers
        else _("I do not know this country. Please write its name in another way.")
    )
    return Message(text, (*pairs(offers), (Button(_.plain("Back"), f"ann:audience:{announcement}"),)))


def unreachable(_: Translator, reach: Reach) -> Markup:
    """The Centers that are meant and of which nobody can be reached."""
    named = [shortened(name, NAME_ON_BUTTON) for name in reach.centers[:CENTERS_NAMED]]
    lines = [Markup("• {}").format(name) for name in named]
    count = len(reach.centers)
    heading = _.n(
        "At {count} Center nobody can be reached here:", "At {count} Centers nobody can be reached here:", count
    )
    more = [Markup("…")] if count > CENTERS_NAMED else []
    return Markup("\n").join([heading, *lines, *more])


def back(_: Translator, announcement: int) -> Button:
    """Leads to the announcement."""
    return Button(_.plain("Back"), f"ann:show:{announcement}")


def missing(_: Translator, languages: Sequence[str], readers: Mapping[str, int]) -> list[str]:
    """The languages of readers in which there is no version, and how many people that touches."""
    touched = [(count, code) for code, count in readers.items() if code not in languages and count]
    return [f"{language_name(_, code)} ({number(_, count)})" for count, code in sorted(touched, reverse=True)]


def _counted(_: Translator, reach: Reach) -> Markup:
    count = with_label(_, _("As things stand"), people(_, reach.people))
    if not reach.names:
        return count
    names = listed(_, [shortened(name.full, NAME_ON_BUTTON) for name in reach.names])
    return Markup("{}\n{}").format(count, with_label(_, _("Among them"), names))


def _called(_: Translator, block: str, reach: Reach) -> str:
    """What stands in the database and is chosen."""
    if block == "conference" and reach.conference is not None:
        return conference_name(_, reach.conference)
    if block == "session" and reach.session is not None:
        return shortened(reach.session.title, NAME_ON_BUTTON)
    if block == "unread" and reach.former is not None:
        return isolated(reach.former.heading)
    return "–"


def _value(_: Translator, block: str, value: str, countries: Countries) -> str:
    if block == "country":
        return country(_, countries, value)
    return options(_, block).get(value, value)


def _ticked(name: str, *, is_on: bool) -> str:
    return f"✓ {name}" if is_on else name
