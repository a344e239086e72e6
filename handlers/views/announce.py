"""Composing an announcement: what it says, in which languages, with which buttons, and what is set of it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.announcements.composed import LINKS_AT_MOST, Composed
from bot.announcements.content import ALBUM_LIMIT
from bot.announcements.reaching import Reach
from bot.locales.catalogues import LANGUAGES, Translator
from bot.places.countries import Countries
from bot.places.zones import Zones
from handlers.views import announce_audience as audience
from handlers.views.announce_audience import back
from handlers.views.announce_options import joins_line
from handlers.views.center_details import shortened
from handlers.views.conference_times import Clocks, moment
from handlers.views.desk import private_button
from handlers.views.form_values import isolated
from handlers.views.locale import language_name, listed, with_label
from handlers.views.message import Button, Message, bold, pairs
from handlers.views.numbers import number
from handlers.views.welcome import paragraphs
from storage.records.announcements import Action, AnnouncementButton, AnnouncementState

PLACE_AT_MOST = 60
COMING = frozenset(
    {AnnouncementState.DRAFT, AnnouncementState.TEMPLATE, AnnouncementState.WAITING, AnnouncementState.SCHEDULED}
)
"""States in which nobody has got it yet."""
GOING = frozenset({AnnouncementState.RUNNING, AnnouncementState.PAUSED})
"""Those in which some have, and others may get it yet."""


def in_private(_: Translator, username: str) -> Message:
    """/announce in a group."""
    text = _("Announcements are written in a private chat with me.")
    return Message(text, ((private_button(_, username, "announce"),),))


def ask_content(_: Translator, announcement: int, language: str) -> Message:
    """What it says in a language is what comes next."""
    text = paragraphs(
        _(
            "Please write or forward what I am to announce, as people will see it: a text, a photo, an album or a "
            "document."
        ),
        with_label(_, _("Language"), language_name(_, language)),
        _("/cancel if you have changed your mind."),
    )
    others = [Button(name, f"ann:write:{announcement}:{code}") for code, name in LANGUAGES.items() if code != language]
    return Message(text, (*pairs(others), (back(_, announcement),)))


def too_long(_: Translator, written: int, at_most: int) -> Message:
    """More than Telegram takes."""
    return Message(
        _(
            "This has {written} characters, and Telegram takes {limit} here. Please send a shorter one.",
            written=number(_, written),
            limit=number(_, at_most),
        )
    )


def not_taken(_: Translator) -> Message:
    """What cannot be announced."""
    return Message(_("This cannot be announced. Please send a text, photos, documents, a video or an audio file."))


def album_too_long(_: Translator) -> Message:
    """More pictures than an album has."""
    return Message(_.n("An album has at most {count} item.", "An album has at most {count} items.", ALBUM_LIMIT))


def refused(_: Translator, language: str, reason: str, place: str) -> Message:
    """Telegram does not take the preview; `place` is where, as far as it says."""
    parts = [
        _("Telegram does not take this version, so it cannot be sent. Please change it."),
        with_label(_, _("Language"), language_name(_, language)),
        with_label(_, _("Its reason"), isolated(reason)),
    ]
    if place:
        parts.append(with_label(_, _("The place"), isolated(place)))
    return Message(paragraphs(*parts))


def menu(_: Translator, shown: Composed, reach: Reach, countries: Countries, zones: Zones) -> Message:
    """What is set of it, and what can be set."""
    one, about = shown.announcement, shown.announcement.id
    is_template = one.state == AnnouncementState.TEMPLATE
    heading = _("<b>Template</b>") if is_template else _("<b>Announcement</b>")
    parts = [heading, *summary(_, shown, reach, countries, zones)]
    tick = "✓ " if one.is_official else ""
    rows: list[tuple[Button, ...]] = [
        (Button(_.plain("Texts"), f"ann:texts:{about}"), Button(_.plain("Buttons"), f"ann:buttons:{about}")),
        (
            Button(_.plain("Audience"), f"ann:audience:{about}"),
            Button(f"{tick}{_.plain('Official notice')}", f"ann:official:{about}:{int(not one.is_official)}"),
        ),
    ]
    if is_template:
        rows.append((Button(_.plain("Use it"), f"ann:again:{about}"),))
    else:
        rows += _sending(_, shown)
    rows.append((Button(_.plain("Discard"), f"ann:drop:{about}"), Button(_.plain("All announcements"), "ann:list")))
    return Message(paragraphs(*parts), tuple(rows))


def summary(_: Translator, shown: Composed, reach: Reach, countries: Countries, zones: Zones) -> list[Markup]:
    """What is set of it, in paragraphs; of one that was sent, what holds of that."""
    one = shown.announcement
    is_coming = one.state in COMING
    written = listed(_, [language_name(_, code) for code in shown.languages]) if shown.texts else "–"
    says = [with_label(_, _("Written in"), written)]
    missing = audience.missing(_, shown.languages, reach.readers) if shown.texts and is_coming else []
    if missing:
        says.append(with_label(_, _("No version in"), ", ".join(missing)))
    if shown.buttons:
        says.append(with_label(_, _.plain("Buttons"), listed(_, [_label(_, button) for button in shown.buttons])))
    for_whom = audience.lines(_, reach, countries)
    if is_coming:
        for_whom.append(with_label(_, _("As things stand"), audience.people(_, reach.people)))
    how = []
    if one.is_official and (is_coming or one.state in GOING):
        how.append(_("It is an official notice: also those get it who want no announcements."))
    elif one.is_official:
        how.append(_("It was an official notice: it also went to those who want no announcements."))
    if one.send_at is not None and is_coming:
        if one.state == AnnouncementState.DRAFT:  # the time alone sends nothing
            how.append(_("It is a draft."))
        how.append(with_label(_, _("To be sent"), moment(_, one.send_at, Clocks(zones, one.time_zone or "UTC"))))
    if joins := joins_line(_, one, zones, is_over=not is_coming and one.state not in GOING):
        how.append(joins)
    if one.is_paid:
        how.append(with_label(_, _.plain("Paid speed"), _.plain("Yes")))
    return [Markup("\n").join(part) for part in (says, for_whom, how) if part]


def ask_discarding(_: Translator, about: int) -> Message:
    """The step before it is thrown away."""
    return Message(
        _("Throw this announcement away?"),
        ((Button(_.plain("Yes, throw it away"), f"ann:dropped:{about}"), Button(_.plain("No"), f"ann:show:{about}")),),
    )


def texts(_: Translator, shown: Composed, readers: Mapping[str, int]) -> Message:
    """Its versions by language."""
    about = shown.announcement.id
    lines = []
    for code in LANGUAGES:
        state = _("written") if code in shown.languages else _("missing")
        affected = f" ({audience.people(_, readers[code])})" if readers.get(code) else ""
        lines.append(with_label(_, language_name(_, code), f"{state}{affected}"))
    rows = [
        Button(f"✓ {name}" if code in shown.languages else name, f"ann:text:{about}:{code}")
        for code, name in LANGUAGES.items()
    ]
    note = _("Who has no version in their language gets the English one, or the one there is.")
    return Message(
        paragraphs(bold(_.plain("Texts")), Markup("\n").join(lines), note),
        (*pairs(rows), (back(_, about),)),
    )


def text(_: Translator, shown: Composed, language: str) -> Message:
    """One version."""
    about, content = shown.announcement.id, shown.content(language)
    said = shortened(content.text, PLACE_AT_MOST) if content is not None else "–"
    return Message(
        with_label(_, language_name(_, language), said),
        (
            (Button(_.plain("Show"), f"ann:look:{about}:{language}"),),
            (Button(_.plain("Replace"), f"ann:write:{about}:{language}"),),
            (Button(_.plain("Remove"), f"ann:untext:{about}:{language}"),),
            (Button(_.plain("Back"), f"ann:texts:{about}"),),
        ),
    )


def buttons(_: Translator, shown: Composed) -> Message:
    """Its buttons."""
    about = shown.announcement.id
    actions = {button.action for button in shown.buttons}
    rows = [
        (
            Button(
                f"✓ {_label(_, AnnouncementButton(action))}" if action in actions else _label(_, button_of(action)),
                f"ann:button:{about}:{action}:{int(action not in actions)}",
            ),
        )
        for action in (Action.READ, Action.REGISTRATION, Action.AGENDA)
    ]
    is_full = not shown.has_room_for_link
    if not is_full:
        rows.append((Button(_.plain("Add a link"), f"ann:link:{about}"),))
    if Action.LINK in actions:
        rows.append((Button(_.plain("Remove the links"), f"ann:unlink:{about}"),))
    lines = [Markup("• {}").format(_label(_, button)) for button in shown.buttons] or [_("None yet.")]
    parts = [bold(_.plain("Buttons")), Markup("\n").join(lines), *([links_at_most(_)] if is_full else [])]
    return Message(paragraphs(*parts), (*rows, (back(_, about),)))


def links_at_most(_: Translator) -> Markup:
    """It has as many links as it can have."""
    return _.n("It can have {count} link at most.", "It can have {count} links at most.", LINKS_AT_MOST)


def button_of(action: Action) -> AnnouncementButton:
    """A button that has nothing of its own."""
    return AnnouncementButton(action)


def not_open_toast(_: Translator) -> str:
    """A press on one that is not being composed any more."""
    return _.plain("It was confirmed or sent meanwhile. You see how it stands now.")


def not_open(_: Translator) -> Message:
    """Something was written for one that is not being composed any more."""
    return Message(
        _("This announcement is not being written any more."),
        ((Button(_.plain("All announcements"), "ann:list"),),),
    )


def _sending(_: Translator, shown: Composed) -> list[tuple[Button, ...]]:
    about, is_paid = shown.announcement.id, shown.announcement.is_paid
    return [
        (Button(_.plain("When"), f"ann:when:{about}"), Button(_.plain("Who joins later"), f"ann:joins:{about}")),
        (
            Button(f"✓ {_.plain('Paid speed')}" if is_paid else _.plain("Paid speed"), f"ann:speed:{about}"),
            Button(_.plain("Send a test to me"), f"ann:test:{about}"),
        ),
        (Button(_.plain("Send…"), f"ann:ask:{about}"),),
        (Button(_.plain("Save as a template"), f"ann:keep:{about}"),),
    ]


def _label(_: Translator, button: AnnouncementButton) -> str:
    match button.action:
        case Action.READ:
            return _.plain("I have read it")
        case Action.REGISTRATION:
            return _.plain("Take part")
        case Action.AGENDA:
            return _.plain("Agenda")
        case Action.LINK:
            return shortened(f"{button.label} ({button.url})", PLACE_AT_MOST)
