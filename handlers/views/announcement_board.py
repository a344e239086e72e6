"""How far an announcement has come: while it runs with a bar, afterwards as a report."""

from __future__ import annotations

import math
from zoneinfo import ZoneInfo

from babel.numbers import format_percent
from markupsafe import Markup

from bot.announcements.board import BoardShown
from bot.locales.catalogues import Translator
from handlers.views.locale import locale_of, with_label
from handlers.views.message import Button, Message, bold, pairs
from handlers.views.numbers import number
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records.announcements import Announcement, AnnouncementState, Outcome
from storage.records.durations import MINUTE_US

CELLS = 10
MINUTE_S, HOUR_S = 60, 3600
HEADING_AT_MOST = 60


def board(_: Translator, shown: BoardShown, now: int) -> Message:
    """Progress and what can be done about it; when nothing is under way, what became of it."""
    has_bar = shown.tally.left > 0
    parts = [
        Markup("\n").join([heading(_, shown.announcement), _state(_, shown)]),
        *([bar(_, shown.done, shown.whole)] if has_bar else []),
        Markup("\n").join(_numbers(_, shown)),
        *([Markup("\n").join(_reasons(_, shown))] if shown.reasons else []),
        _("As of {when}.", when=moment(_, now)),
    ]
    return Message(paragraphs(*(part for part in parts if part)), _buttons(_, shown))


def heading(_: Translator, announcement: Announcement) -> Markup:
    """Which announcement it is."""
    return bold(named(announcement))


def named(announcement: Announcement) -> str:
    """An announcement by its first words."""
    words = announcement.heading
    return words if len(words) <= HEADING_AT_MOST else f"{words[: HEADING_AT_MOST - 1].rstrip()}…"


def bar(_: Translator, done: int, whole: int) -> Markup:
    """How much is done, as a bar and a share. What is not quite all is not shown as all."""
    share = done / whole if whole else 0.0
    full = min(int(share * CELLS), CELLS)
    percent = format_percent(int(share * 100) / 100, locale=locale_of(_))
    return Markup("{}{} {}").format("█" * full, "░" * (CELLS - full), percent)


def _state(_: Translator, shown: BoardShown) -> Markup:
    state, zone = shown.announcement.state, ZoneInfo(shown.announcement.time_zone or "UTC")
    if shown.announcement.recalled_at is not None:
        return _("It is being recalled.") if shown.is_under_way else _("It was recalled.")
    if shown.is_under_way and state == AnnouncementState.RUNNING:
        return _("It is being sent.")
    if shown.is_under_way and state == AnnouncementState.ENDED:
        return _("What was sent is being changed.")
    if state == AnnouncementState.SCHEDULED:
        return _(
            "It is confirmed, and goes out at this time: {when}.", when=moment(_, shown.announcement.send_at or 0, zone)
        )
    joins_until = shown.announcement.joins_until
    if state == AnnouncementState.RUNNING and joins_until is not None:
        return _("It is sent. Who joins until {when} gets it too.", when=moment(_, joins_until - MINUTE_US, zone))
    told = {
        AnnouncementState.DRAFT: _("It is a draft."),
        AnnouncementState.TEMPLATE: _("It is a template."),
        AnnouncementState.WAITING: _("It waits for a second member of the Secretariat."),
        AnnouncementState.PAUSED: _("It is paused."),
        AnnouncementState.STOPPED: _("It was stopped."),
    }
    return told.get(state) or _("It is sent.")


def _numbers(_: Translator, shown: BoardShown) -> list[Markup]:
    by = shown.tally.by_outcome
    lines = [
        with_label(_, _("Sent"), number(_, shown.reached)),
        with_label(_, _("Failed"), number(_, by.get(Outcome.FAILED, 0))),
    ]
    if by.get(Outcome.BLOCKED):
        lines.append(with_label(_, _("Have blocked the bot"), number(_, by[Outcome.BLOCKED])))
    if shown.tally.left:
        lines.append(with_label(_, _("Left"), number(_, shown.tally.left)))
    if shown.is_under_way and shown.pace.per_s is not None:
        lines.append(with_label(_, _("Pace"), _("{number} a second", number=number(_, round(shown.pace.per_s)))))
        seconds = shown.pace.seconds_for(shown.tally.left)
        if seconds is not None:
            lines.append(with_label(_, _("Time left"), time_left(_, seconds)))
    if by.get(Outcome.SKIPPED):
        lines.append(with_label(_, _("Not sent"), number(_, by[Outcome.SKIPPED])))
    if by.get(Outcome.RECALLED) or by.get(Outcome.STAYS):
        lines.append(with_label(_, _("Recalled"), number(_, by.get(Outcome.RECALLED, 0))))
        lines.append(with_label(_, _("Could not be recalled"), number(_, by.get(Outcome.STAYS, 0))))
    if shown.asks_to_read:
        have, of = number(_, shown.tally.read), number(_, shown.reached)
        lines.append(with_label(_, _("Have read it"), _("{number} of {all}", number=have, all=of)))
    return lines


def time_left(_: Translator, seconds: float) -> Markup:
    """About how long it takes, rounded up."""
    if seconds < MINUTE_S:
        return _.n("{count} second", "{count} seconds", max(1, round(seconds)))
    if seconds < HOUR_S:
        return _.n("{count} minute", "{count} minutes", math.ceil(seconds / MINUTE_S))
    return _.n("{count} hour", "{count} hours", math.ceil(seconds / HOUR_S))


def _reasons(_: Translator, shown: BoardShown) -> list[Markup]:
    """Why it failed, in Telegram's own words."""
    lines = [Markup("• {}: {}").format(reason or "?", number(_, count)) for reason, count in shown.reasons]
    return [_("Why it failed, as Telegram says it:"), *lines]


def _buttons(_: Translator, shown: BoardShown) -> tuple[tuple[Button, ...], ...]:
    about, state = shown.announcement.id, shown.announcement.state
    row: list[Button] = []
    if state == AnnouncementState.RUNNING and shown.is_under_way:
        row.append(Button(_.plain("Pause"), f"ann:pause:{about}"))
    if state == AnnouncementState.PAUSED:
        row.append(Button(_.plain("Resume"), f"ann:resume:{about}"))
    if state in {AnnouncementState.RUNNING, AnnouncementState.PAUSED, AnnouncementState.SCHEDULED}:
        row.append(Button(_.plain("Stop"), f"ann:stop:{about}"))
    refresh = Button(_.plain("Refresh"), f"ann:board:{about}")
    return (*((tuple(row),) if row else ()), *pairs(_afterwards(_, shown)), (refresh,))


def _afterwards(_: Translator, shown: BoardShown) -> list[Button]:
    """What can be done with what was sent; nothing while it is being recalled."""
    about, found = shown.announcement.id, list[Button]()
    if shown.is_under_way and shown.announcement.recalled_at is not None:
        return found
    if shown.asks_to_read and shown.reached and not shown.is_under_way:
        found.append(Button(_.plain("By Center"), f"ann:centers:{about}:0"))
    if shown.whole and not shown.is_under_way:
        found.append(Button(_.plain("As XLSX"), f"ann:file:{about}"))
    if shown.tally.by_outcome.get(Outcome.SENT):
        found.append(Button(_.plain("Correct it"), f"ann:correct:{about}"))
        found.append(Button(_.plain("Recall it"), f"ann:recall:{about}"))
    if shown.asks_to_read and (shown.unread or shown.announcement.chase_at is not None):
        found.append(Button(_.plain("Ask again"), f"ann:chase:{about}:0"))
    return found


def ask_stop(_: Translator, shown: BoardShown) -> Message:
    """Before it is stopped."""
    about = shown.announcement.id
    return Message(
        paragraphs(
            heading(_, shown.announcement),
            _.n(
                "Stop it for good? {count} person does not get it.",
                "Stop it for good? {count} people do not get it.",
                shown.tally.left,
            ),
        ),
        ((Button(_.plain("Yes, stop it"), f"ann:stopped:{about}"), back_button(_, about)),),
    )


def back_button(_: Translator, announcement: int) -> Button:
    """Back to the board."""
    return Button(_.plain("Back"), f"ann:board:{announcement}")
