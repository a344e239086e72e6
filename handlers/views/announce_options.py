"""When an announcement is sent, who joins later, and what paid speed costs."""

from __future__ import annotations

from markupsafe import Markup

from bot.announcements.composed import Composed
from bot.announcements.limits import PAID_PER_S, READERS_NEEDED, STARS_NEEDED, Limits, stars
from bot.locales.catalogues import Translator
from bot.places.zones import Zones
from handlers.views.announce_audience import back
from handlers.views.conference_times import Clocks, moment
from handlers.views.forms import FieldWords, FormWords
from handlers.views.locale import in_a_row, with_label
from handlers.views.message import Button, Message, column
from handlers.views.numbers import number
from handlers.views.times import age
from handlers.views.welcome import paragraphs
from storage.records.announcements import Announcement, AnnouncementState
from storage.records.drafts import Draft
from storage.records.durations import MINUTE_US, SECOND_US


def when(_: Translator, shown: Composed, zones: Zones) -> Message:
    """When it is sent."""
    one = shown.announcement
    at = None if one.send_at is None else moment(_, one.send_at, Clocks(zones, one.time_zone or "UTC"))
    text = _("It is sent as soon as it is confirmed.") if at is None else with_label(_, _("To be sent"), at)
    rows = [Button(_.plain("Choose a time"), f"ann:time:{one.id}")]
    if at is not None:
        rows.append(Button(_.plain("As soon as it is confirmed"), f"ann:now:{one.id}"))
    return Message(text, column([*rows, back(_, one.id)]))


def joins(_: Translator, shown: Composed, zones: Zones) -> Message:
    """Whether those get it who come to belong to the audience later."""
    one = shown.announcement
    if one.joins_until is None:
        text = _("It goes to those who belong to the audience when it is sent, and to nobody later.")
    else:
        text = joins_line(_, one, zones) or Markup()
    rows = [Button(_.plain("Until a day"), f"ann:until:{one.id}")]
    if one.joins_until is not None:
        rows.append(Button(_.plain("Nobody later"), f"ann:alone:{one.id}"))
    return Message(text, column([*rows, back(_, one.id)]))


def joins_line(_: Translator, one: Announcement, zones: Zones, *, is_over: bool = False) -> Markup | None:
    """Until when: the last minute of the day that was said, since midnight would read as the next one.

    Nothing of one that was stopped or recalled before that, or where nobody joins later.
    """
    is_cut_short = one.recalled_at is not None or one.state == AnnouncementState.STOPPED
    if one.joins_until is None or is_cut_short:
        return None
    until = moment(_, one.joins_until - MINUTE_US, Clocks(zones, one.time_zone or "UTC"))
    if is_over:
        return _("Those who joined later got it until {when}.", when=until)
    return _("Those who join later get it until {when}.", when=until)


def speed(_: Translator, shown: Composed, people: int, limits: Limits) -> Message:
    """What paid speed is and costs."""
    one, messages = shown.announcement, people * shown.messages
    free, paid = (takes(_, limits.takes_s(messages, is_paid=is_paid)) for is_paid in (False, True))
    terms = _(
        "Telegram sends up to {pace} messages a second if it is paid 0.1 Stars for each message beyond the 30 a second "
        "that are free. The bot needs {stars} Stars and {people} people who use it within a month, and paid broadcasts "
        "have to be switched on with @BotFather.",
        pace=number(_, PAID_PER_S),
        stars=number(_, STARS_NEEDED),
        people=number(_, READERS_NEEDED),
    )
    lines = [
        with_label(_, _("Without paying"), free),
        with_label(_, _("With paid speed"), paid),
        _("It costs at most {stars}.", stars=cost(_, messages)),
    ]
    row = (
        Button(_.plain("Do not pay"), f"ann:pace:{one.id}:0")
        if one.is_paid
        else Button(_.plain("Yes, pay for speed"), f"ann:pace:{one.id}:1")
    )
    return Message(paragraphs(terms, Markup("\n").join(lines)), column([row, back(_, one.id)]))


def cost(_: Translator, messages: int) -> Markup:
    """What paid speed costs at most for so many messages."""
    return _.n("{count} Star", "{count} Stars", stars(messages))


def takes(_: Translator, seconds: int) -> Markup:
    """About how long it takes: a minute where it is less."""
    return age(_, 0, max(MINUTE_US, -(-seconds * SECOND_US // MINUTE_US) * MINUTE_US))


def saved(_: Translator, one: Announcement) -> Message:
    """What a form was filled in for is kept."""
    return Message(_("Saved."), ((back(_, one.id),),))


def time_saved(_: Translator, one: Announcement) -> Message:
    """The time is kept: of a draft, which does not go out by that."""
    if one.state != AnnouncementState.DRAFT:
        return saved(_, one)
    text = in_a_row(
        _,
        _("Saved."),
        _(
            "It is still a draft: it goes out at this time once you press “{button}” and confirm it.",
            button=send_label(_),
        ),
    )
    return Message(text, ((Button(send_label(_), f"ann:ask:{one.id}"),), (back(_, one.id),)))


def send_label(_: Translator) -> str:
    """For the button that leads to sending."""
    return _.plain("Send…")


def link_words(_: Translator, _draft: Draft) -> FormWords:
    """Of the form in which a link is added."""
    return FormWords(
        title=_.plain("Add a link"),
        confirm=_.plain("Save"),
        fields={
            "label": FieldWords(_.plain("Words on the button"), _("What stands on the button?")),
            "url": FieldWords(_.plain("Web site"), _("Which address does it open?")),
        },
    )


def time_words(_: Translator, _draft: Draft) -> FormWords:
    """Of the form in which the time of sending is said."""
    return FormWords(
        title=_.plain("Choose a time"),
        confirm=_.plain("Save"),
        fields={
            "day": FieldWords(_.plain("Day"), _("On which day?")),
            "begins": FieldWords(_.plain("Time of day"), _("At what time?")),
            **_zone(_),
        },
    )


def joins_words(_: Translator, _draft: Draft) -> FormWords:
    """Of the form in which the last day for those who join later is said."""
    return FormWords(
        title=_.plain("Who joins later"),
        confirm=_.plain("Save"),
        fields={"day": FieldWords(_.plain("Last day"), _("What is the last day on which they get it?")), **_zone(_)},
    )


def _zone(_: Translator) -> dict[str, FieldWords]:
    return {"time_zone": FieldWords(_.plain("Time zone"), _("In which time zone? Write a city."))}
