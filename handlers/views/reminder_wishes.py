"""/reminders: what somebody wants of them."""

from __future__ import annotations

from datetime import time

from babel.dates import format_time

from bot.locales.catalogues import Translator
from bot.reminders.timing import EARLIER_DAYS
from handlers.views.desk import private_button
from handlers.views.locale import locale_of
from handlers.views.message import Button, Message, pairs
from handlers.views.schedule import anchors
from handlers.views.welcome import paragraphs
from storage.records.durations import DAY_MINUTES
from storage.records.reminders import Wishes

PAYLOAD = "reminders"
"""Of the link that leads here from a group."""
NIGHT_STEP_MINUTES = 60


def wishes(_: Translator, wanted: Wishes, *, official_only: bool) -> Message:
    """Which they get, how early, and when not."""
    night = _(
        "At night, from {begins} to {ends} in your time zone, I wait until the morning, "
        "unless what it is about begins before that.",
        begins=clock_time(_, wanted.night_from),
        ends=clock_time(_, wanted.night_to),
    )
    text = paragraphs(
        _("<b>Your reminders</b>"),
        _("You get those that are ticked. The formal notice of the AGM is always sent."),
        *[night] * (wanted.night_from != wanted.night_to),
    )
    kinds = [
        Button(_ticked(name, is_on=anchor not in wanted.muted), f"reminders:mute:{anchor}")
        for anchor, name in anchors(_).items()
    ]
    early = [
        Button(_ticked(_early(_, days), is_on=days == wanted.earlier_days), f"reminders:early:{days}")
        for days in EARLIER_DAYS
    ]
    announcements = [
        Button(_ticked(_.plain("All announcements"), is_on=not official_only), "ann:wish:all"),
        Button(_ticked(_.plain("Official notices only"), is_on=official_only), "ann:wish:official"),
    ]
    return Message(text, (*pairs(kinds), *pairs(early), *_night(_, wanted), *pairs(announcements)))


def in_private(_: Translator, username: str) -> Message:
    """/reminders in a group."""
    return Message(_("I show this in a private chat only."), ((private_button(_, username, PAYLOAD),),))


def kept_toast(_: Translator) -> str:
    """What they want was noted."""
    return _.plain("Noted.")


def clock_time(_: Translator, minutes: int) -> str:
    """A time of day."""
    return format_time(time(minutes // 60 % 24, minutes % 60), "HH:mm", locale=locale_of(_))


def _early(_: Translator, days: int) -> str:
    return str(_.n("{count} day earlier", "{count} days earlier", days)) if days else _.plain("On the usual day")


def _night(_: Translator, wanted: Wishes) -> tuple[tuple[Button, ...], ...]:
    rows = []
    for edge, minutes in (("from", wanted.night_from), ("to", wanted.night_to)):
        row = []
        for other in ((minutes - NIGHT_STEP_MINUTES) % DAY_MINUTES, (minutes + NIGHT_STEP_MINUTES) % DAY_MINUTES):
            shown = clock_time(_, other)
            label = _.plain("Night from {time}", time=shown) if edge == "from" else _.plain("Until {time}", time=shown)
            row.append(Button(label, f"reminders:night:{edge}:{other}"))
        rows.append(tuple(row))
    return tuple(rows)


def _ticked(name: str, *, is_on: bool) -> str:
    return f"✓ {name}" if is_on else name
