"""/schedule: the ladder of reminders of a conference, as the Secretariat sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.locales.catalogues import LANGUAGES, Translator
from bot.places.zones import Zones
from bot.reminders.scheduling import WORDS_AT_MOST, Coming, RungSeen, RungShown, Schedule
from handlers.views.center_details import shortened
from handlers.views.conference_names import conference_name
from handlers.views.conference_times import Clocks, moment
from handlers.views.locale import language_name, listed, with_label
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.numbers import number
from handlers.views.welcome import menu_button, paragraphs
from storage.records.reminders import Anchor, Audience, NewRung, ReminderState, Rung

TITLE_AT_MOST = 60
MINUTES_AN_HOUR = 60
ENDED_AT_MOST = 15
"""Longer, and it might be more than a message takes; a rung's own screen has it, too."""


def schedule(_: Translator, shown: Schedule, zones: Zones) -> Message:
    """What comes next, and what went out."""
    clocks = Clocks(zones, shown.conference.details.time_zone)
    coming = [_coming(_, clocks, one) for one in shown.coming]
    ended = [
        Markup("• {}").format(with_label(_, _name(_, rung), _counts(_, shown.ended[rung.id])))
        for rung in shown.rungs
        if rung.id in shown.ended
    ][:ENDED_AT_MOST]
    parts = [bold(conference_name(_, shown.conference))]
    parts.append(Markup("\n").join([_("<b>Next</b>"), *(coming or [_("Nothing.")])]))
    if ended:
        parts.append(Markup("\n").join([_("<b>So far</b>"), *ended]))
    rungs = [Button(_button(_, rung), f"schedule:rung:{rung.id}") for rung in shown.rungs]
    adding = Button(_.plain("Add a reminder"), f"schedule:add:{shown.conference.id}")
    managing = Button(_.plain("Manage"), f"conf:manage:{shown.conference.id}")
    return Message(paragraphs(*parts), (*pairs(rungs), (adding,), (managing,)))


def rung(_: Translator, shown: RungShown, zones: Zones) -> Message:
    """A rung, and what can be done with it."""
    seen = shown.seen
    one, clocks = seen.rung, Clocks(zones, seen.conference.details.time_zone)
    lines = [
        with_label(_, _("To"), audiences(_)[one.audience]),
        with_label(_, _("As things stand"), _people(_, shown.people)),
        with_label(_, _("Next time"), moment(_, shown.at, clocks) if shown.at is not None else "–"),
    ]
    if shown.ended:
        lines.append(with_label(_, _("So far"), _counts(_, shown.ended)))
    if seen.words:
        lines.append(with_label(_, _("Own words"), listed(_, [language_name(_, code) for code in seen.words])))
    parts = [bold(_name(_, one, seen.days)), Markup("\n").join(lines)]
    if one.is_held:
        parts.append(_("It is held: nothing goes out until you release it."))
    if one.is_formal:
        parts.append(_("This notice goes to everybody entitled. How many days before, is set with the AGM."))
    return Message(
        paragraphs(*parts), (*_acts(_, one, can_send=shown.can_send), *_moves(_, one), _back(_, one.conference))
    )


def choose_kind(_: Translator, conference_id: int, kinds: Sequence[NewRung]) -> Message:
    """Of what a reminder is to be."""
    about = f"schedule:add:{conference_id}"
    rows = [
        Button(_button(_, one), f"{about}:{one.anchor}:{one.audience}:{'days' if one.days else 'minutes'}")
        for one in kinds
    ]
    text = _("Which reminder do you want to add? It is held at first: you set when it comes, then release it.")
    return Message(text, (*column(rows), _back(_, conference_id)))


def ask_removing(_: Translator, seen: RungSeen) -> Message:
    """A rung is not removed by one press."""
    one = seen.rung
    name = bold(_name(_, one, seen.days))
    yes = Button(_.plain("Yes, remove"), f"schedule:remove:{one.id}:{one.edition}")
    text = paragraphs(name, _("Remove this reminder? Nothing more of it goes out."))
    return Message(text, ((yes,), (_to_rung(_, one.id),)))


def too_many_toast(_: Translator) -> str:
    """No more can be added."""
    return _.plain("There are as many reminders as there can be. Please remove one first.")


def ask_sending(_: Translator, shown: RungShown) -> Message:
    """Nothing is sent by one press."""
    people = _people(_, shown.people)
    text = _(
        "Send it now? It goes to those who have not had it yet; as things stand, it means: {people}.", people=people
    )
    about = shown.seen.rung.id
    return Message(
        text,
        ((Button(_.plain("Yes, send it"), f"schedule:send:{about}"),), (_to_rung(_, about),)),
    )


def choose_language(_: Translator, seen: RungSeen) -> Message:
    """In which language the words are to be seen."""
    about = seen.rung.id
    languages = [
        Button(f"✓ {name}" if code in seen.words else name, f"schedule:words:{about}:{code}")
        for code, name in LANGUAGES.items()
    ]
    text = _("Choose a language to see the reminder as its readers do. Ticked ones have words of your own.")
    return Message(text, (*pairs(languages), (_to_rung(_, about),)))


def preview(_: Translator, as_read: Message, rung_id: int, language: str, *, is_own: bool) -> Message:
    """The reminder as whoever looks at it would get it, with what can be done about its words."""
    own = [Button(_.plain("Write own words"), f"schedule:write:{rung_id}:{language}")]
    if is_own:
        own.append(Button(_.plain("Use the usual words"), f"schedule:usual:{rung_id}:{language}"))
    return Message(as_read.text, (*as_read.buttons, *pairs(own), (_to_rung(_, rung_id),)))


def ask_words(_: Translator, rung_id: int, language: str) -> Message:
    """Asks for words."""
    text = _(
        "Please write the words in this language: {language}. At most {count} characters. "
        "What is still to do and the buttons stay below them.",
        language=language_name(_, language),
        count=number(_, WORDS_AT_MOST),
    )
    return Message(text, ((_to_rung(_, rung_id),),))


def too_long(_: Translator) -> Message:
    """Words that were too many."""
    return Message(_("That is too long: at most {count} characters, please.", count=number(_, WORDS_AT_MOST)))


def gone(_: Translator) -> Message:
    """Words were written for a reminder that was removed meanwhile."""
    return Message(_("There is no such record any more."))


def no_conference(_: Translator) -> Message:
    """There is nothing to remind anybody of."""
    return Message(_("The next Annual Conference has not been announced here yet."), ((menu_button(_),),))


def sent_toast(_: Translator, people: int) -> str:
    """To how many it goes."""
    return str(_.n("It goes to {count} person.", "It goes to {count} people.", people))


def name(_: Translator, one: Rung | NewRung) -> str:
    """What a rung is of, and when."""
    return str(_name(_, one).unescape())


def anchors(_: Translator) -> Mapping[Anchor, str]:
    """What reminders are of, in the order of a conference."""
    return {
        Anchor.REGISTRATION: _.plain("Registration"),
        Anchor.PAPERS: _.plain("Papers"),
        Anchor.VISA: _.plain("Visa"),
        Anchor.HOTEL: _.plain("Hotel"),
        Anchor.CONFERENCE: _.plain("Conference"),
        Anchor.AGM: _.plain("AGM"),
        Anchor.SESSION: _.plain("My sessions"),
        Anchor.FEEDBACK: _.plain("Feedback"),
    }


def audiences(_: Translator) -> Mapping[Audience, str]:
    """To whom reminders go."""
    return {
        Audience.UNANSWERED_CENTERS: _.plain("those who lead Centers that have not answered"),
        Audience.UNFINISHED: _.plain("those who have not finished registering"),
        Audience.REGISTERED: _.plain("all who are registered"),
        Audience.IN_PERSON: _.plain("those who come in person"),
        Audience.ENTITLED: _.plain("those entitled to attend the AGM"),
        Audience.VISA: _.plain("those who asked for a visa letter"),
        Audience.STARRED: _.plain("those who starred the session"),
        Audience.CAME: _.plain("those who took part"),
    }


def _coming(_: Translator, clocks: Clocks, one: Coming) -> Markup:
    what = shortened(one.session.title, TITLE_AT_MOST) if one.session else _name(_, one.rung)
    return Markup("• {} – {} – {}").format(moment(_, one.at, clocks), what, _people(_, one.people))


def _name(_: Translator, one: Rung | NewRung, days: int | None = None) -> Markup:
    """What a rung is of, and when: "Registration: 7 days before"."""
    called = anchors(_)[one.anchor]
    if one.audience == Audience.UNFINISHED:
        called = _.plain("Unfinished registration")
    if one.is_formal and days is None:
        return with_label(_, called, _("formal notice"))
    return with_label(_, called, _when(_, one, one.days if days is None else days))


def _when(_: Translator, one: Rung | NewRung, days: int) -> Markup:
    if one.anchor == Anchor.FEEDBACK:
        return _.n("{count} day after", "{count} days after", days)
    if days:
        return _.n("{count} day before", "{count} days before", days)
    hours, minutes = divmod(one.minutes, MINUTES_AN_HOUR)
    if hours and not minutes:
        return _.n("{count} hour before", "{count} hours before", hours)
    return _.n("{count} minute before", "{count} minutes before", one.minutes)


def _button(_: Translator, one: Rung | NewRung) -> str:
    return f"‖ {name(_, one)}" if isinstance(one, Rung) and one.is_held else name(_, one)


def _people(_: Translator, count: int) -> Markup:
    return _.n("{count} person", "{count} people", count)


def _counts(_: Translator, ended: Mapping[ReminderState, int]) -> str:
    under_way = ended.get(ReminderState.WAITING, 0) + ended.get(ReminderState.QUEUED, 0)
    shown = {**ended, ReminderState.QUEUED: under_way}
    called = {
        ReminderState.QUEUED: _("on their way"),
        ReminderState.SENT: _("sent"),
        ReminderState.FAILED: _("failed"),
        ReminderState.DROPPED: _("no longer needed"),
        ReminderState.MISSED: _("missed"),
    }
    return ", ".join(with_label(_, name, number(_, shown[state])) for state, name in called.items() if shown.get(state))


def _acts(_: Translator, one: Rung, *, can_send: bool) -> tuple[tuple[Button, ...], ...]:
    held = _.plain("Release") if one.is_held else _.plain("Hold")
    acts = [Button(held, f"schedule:hold:{one.id}:{one.edition}")]
    if can_send:
        acts.append(Button(_.plain("Send now"), f"schedule:ask:{one.id}"))
    words = Button(_.plain("See and change the words"), f"schedule:words:{one.id}")
    removing = Button(_.plain("Remove this reminder"), f"schedule:unask:{one.id}")
    return (tuple(acts), (words,), *[(removing,)] * (not one.is_formal))


def _moves(_: Translator, one: Rung) -> Sequence[tuple[Button, ...]]:
    """Earlier and later: of days and of minutes before, earlier is more of them; of a time of day, it is less."""
    at, is_after, has_time = f"{one.id}:{one.edition}", one.anchor == Anchor.FEEDBACK, one.days > 0
    more, less = ("-", "+") if is_after else ("+", "-")
    weeks = (
        Button(_.plain("1 week earlier"), f"schedule:days:{at}:{more}7"),
        Button(_.plain("1 week later"), f"schedule:days:{at}:{less}7"),
    )
    days = (
        Button(_.plain("1 day earlier"), f"schedule:days:{at}:{more}1"),
        Button(_.plain("1 day later"), f"schedule:days:{at}:{less}1"),
    )
    sooner, later = ("-", "+") if has_time else ("+", "-")
    hours = (
        Button(_.plain("1 hour earlier"), f"schedule:minutes:{at}:{sooner}60"),
        Button(_.plain("1 hour later"), f"schedule:minutes:{at}:{later}60"),
    )
    minutes = (
        Button(_.plain("5 minutes earlier"), f"schedule:minutes:{at}:{sooner}5"),
        Button(_.plain("5 minutes later"), f"schedule:minutes:{at}:{later}5"),
    )
    if one.is_formal:
        return (hours,)
    return (weeks, days, hours) if has_time else (hours, minutes)


def _to_rung(_: Translator, rung_id: int) -> Button:
    return Button(_.plain("Back"), f"schedule:rung:{rung_id}")


def _back(_: Translator, conference_id: int) -> tuple[Button, ...]:
    return (Button(_.plain("Back"), f"schedule:show:{conference_id}"),)
