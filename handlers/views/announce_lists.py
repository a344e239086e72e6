"""The announcements that there are: drafts, templates and what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.announcements.board import BoardShown
from bot.announcements.composed import Composed
from bot.announcements.reaching import Reach
from bot.locales.catalogues import Translator
from bot.places.countries import Countries
from bot.places.zones import Zones
from handlers.views import announce
from handlers.views.announce_audience import people
from handlers.views.form_values import isolated
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, bold, column
from handlers.views.times import day, moment
from handlers.views.welcome import paragraphs
from storage.records.announcements import Announcement, AnnouncementState

LINK = "announcement_"
"""Before the number of an announcement in a deep link."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some announcements of a kind, latest first; `next_after` leads to the next ones. `words`: looked for."""

    kind: str
    found: Sequence[Announcement]
    next_after: int | None
    words: str = ""


def kinds(_: Translator) -> Mapping[str, str]:
    """The lists that there are."""
    return {"sent": _.plain("Sent"), "drafts": _.plain("Drafts"), "templates": _.plain("Templates")}


def states(_: Translator) -> Mapping[str, str]:
    """How far an announcement has come."""
    return {
        AnnouncementState.DRAFT: _.plain("draft"),
        AnnouncementState.TEMPLATE: _.plain("template"),
        AnnouncementState.WAITING: _.plain("waits for a second confirmation"),
        AnnouncementState.SCHEDULED: _.plain("waits for its time"),
        AnnouncementState.RUNNING: _.plain("is being sent"),
        AnnouncementState.PAUSED: _.plain("paused"),
        AnnouncementState.ENDED: _.plain("sent"),
        AnnouncementState.STOPPED: _.plain("stopped"),
    }


def state(_: Translator, one: Announcement) -> str:
    """How far it has come; whether it was taken out of people's chats, or asked those who had not read another."""
    if one.recalled_at is not None:
        return _.plain("recalled")
    if one.chases is not None and one.state == AnnouncementState.ENDED:
        return _.plain("asked again")
    return states(_)[one.state]


def listing(_: Translator, page: Page) -> Message:
    """Announcements of a kind."""
    parts = [_("<b>Announcements</b>")]
    if page.words:
        parts.append(_("Looked for: “{words}”", words=isolated(page.words)))
    if not page.found:
        parts.append(_("There is nothing here yet.") if not page.words else _("Nothing was found."))
    rows = [Button(_entry(_, one), f"ann:show:{one.id}") for one in page.found]
    others = [Button(f"✓ {name}" if kind == page.kind else name, f"ann:list:{kind}") for kind, name in kinds(_).items()]
    more = []
    if page.next_after is not None and not page.words:
        more.append((Button(_.plain("Next"), f"ann:list:{page.kind}:{page.next_after}"),))
    last = ((Button(_.plain("New announcement"), "ann:new"), Button(_.plain("Search"), "ann:find")),)
    return Message(paragraphs(*parts), (*column(rows), *more, tuple(others), *last))


def card(
    _: Translator, shown: Composed, stands: BoardShown, reach: Reach, countries: Countries, zones: Zones
) -> Message:
    """One that is not being composed any more."""
    one = shown.announcement
    lines = [with_label(_, _("Status"), _state_now(_, stands)), *_went(_, stands)]
    summary = announce.summary(_, shown, reach, countries, zones)
    heading = bold(isolated(one.heading or "–"))
    rows = [Button(_.plain("Show"), f"ann:all:{one.id}")]
    match one.state:
        case AnnouncementState.WAITING:
            rows.append(Button(_.plain("Yes, send it"), f"ann:second:{one.id}:{one.edition}"))
            rows.append(Button(_.plain("It has to be changed first"), f"ann:return:{one.id}:{one.edition}"))
        case AnnouncementState.SCHEDULED:
            rows.append(Button(_.plain("Take it back"), f"ann:back:{one.id}"))
        case _sent:
            label = _.plain("Progress") if one.state in announce.GOING else _.plain("Report")
            rows.append(Button(label, f"ann:board:{one.id}"))
    rows.append(Button(_.plain("Use again"), f"ann:again:{one.id}"))
    rows.append(Button(_.plain("Save as a template"), f"ann:keep:{one.id}"))
    rows.append(Button(_.plain("All announcements"), "ann:list"))
    return Message(paragraphs(heading, Markup("\n").join(lines), *summary), column(rows))


def _state_now(_: Translator, stands: BoardShown) -> str:
    """As `state`, and whether anything is under way."""
    one = stands.announcement
    if one.recalled_at is not None and stands.is_under_way:
        return _.plain("is being recalled")
    if one.state == AnnouncementState.RUNNING and not stands.is_under_way:  # it waits for those who join later
        return states(_)[AnnouncementState.ENDED]
    return state(_, one)


def _went(_: Translator, stands: BoardShown) -> list[Markup]:
    """Since when and to how many it was sent; nothing where that was not begun."""
    one = stands.announcement
    if one.started_at is None:
        return []
    is_going = one.state in announce.GOING
    when = moment(_, one.started_at)
    lines = [
        _("Being sent since {when}.", when=when) if is_going else _("Sent on {when}.", when=when),
        with_label(_, _("Sent to"), people(_, stands.reached)),
    ]
    if is_going and stands.tally.left:
        lines.append(with_label(_, _("Left"), people(_, stands.tally.left)))
    return lines


def ask_words(_: Translator) -> Message:
    """What is to be looked for is what comes next."""
    text = paragraphs(_("Which words are in the announcement?"), _("Write it now, in one message."))
    return Message(text, ((Button(_.plain("All announcements"), "ann:list"),),))


def kept_toast(_: Translator) -> str:
    """It was saved as a template."""
    return _.plain("Saved as a template.")


def _entry(_: Translator, one: Announcement) -> str:
    """The day and the state stand first: a phone cuts off what is too long for a button."""
    waits_until = one.send_at if one.state == AnnouncementState.SCHEDULED else None
    return f"{day(_, one.started_at or waits_until or one.made_at)} · {state(_, one)} · {one.heading or '–'}"
