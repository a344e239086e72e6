"""Asking those again who have not pressed "I have read it"."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bot.announcements.chasing import EVERY_DAYS
from bot.locales.catalogues import Translator
from handlers.views.announcement_board import back_button, heading
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, pairs
from handlers.views.numbers import number
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records.announcements import Announcement


@dataclass(frozen=True, slots=True)
class Chased:
    """So many people would be asked again, and were `asked` so often so far.

    `only_centers`: only those of Centers of which nobody has read it.
    """

    announcement: Announcement
    only_centers: bool
    people: int
    asked: int


def chase(_: Translator, shown: Chased) -> Message:
    """Whom it concerns, what goes on, and what can be chosen."""
    announcement = shown.announcement
    parts = _whom(_, shown)
    about, flag = announcement.id, int(shown.only_centers)
    mark = "✓ " if shown.only_centers else ""
    buttons = [Button(_.plain("Once, now"), f"ann:sure:{about}:{flag}:0")] if shown.people else []
    if announcement.chase_at is not None:
        parts.append(
            Markup("{}\n{}").format(
                every(_, announcement.chase_every_days or 0),
                _("The next time is {when}.", when=moment(_, announcement.chase_at)),
            )
        )
        buttons.append(Button(_.plain("Ask no more"), f"ann:every:{about}:{flag}:0"))
    elif shown.people:
        buttons += [_every_button(_, shown, days) for days in EVERY_DAYS]
    silent = Button(mark + _.plain("Only Centers where nobody has"), f"ann:chase:{about}:{1 - flag}")
    return Message(paragraphs(*parts), ((silent,), *pairs(buttons), (back_button(_, about),)))


def ask_whether(_: Translator, shown: Chased, days: int) -> Message:
    """Before they are asked, every so many days or, if these are 0, once: their phones ring at once."""
    about, flag = shown.announcement.id, int(shown.only_centers)
    data = f"ann:every:{about}:{flag}:{days}" if days else f"ann:again:{about}:{flag}:{shown.asked}"
    yes, back = Button(_.plain("Yes, ask again"), data), Button(_.plain("Back"), f"ann:chase:{about}:{flag}")
    told = [*_whom(_, shown), *([every(_, days)] if days else [])]
    return Message(paragraphs(*told), ((yes, back),) if shown.people else ((back,),))


def _whom(_: Translator, shown: Chased) -> list[Markup]:
    people = number(_, shown.people)
    told = _.n(
        "{shown} person who has not pressed “I have read it” would get the announcement once more.",
        "{shown} people who have not pressed “I have read it” would get the announcement once more.",
        shown.people,
        shown=people,
    )
    asked = [with_label(_, _("How often they were asked so far"), number(_, shown.asked))] if shown.asked else []
    return [heading(_, shown.announcement), told, *asked]


def every(_: Translator, days: int) -> Markup:
    """How often they are asked."""
    return _.n("They are asked every day until all have.", "They are asked every {count} days until all have.", days)


def _every_button(_: Translator, shown: Chased, days: int) -> Button:
    label = str(_.n("Every day", "Every {count} days", days))
    return Button(label, f"ann:sure:{shown.announcement.id}:{int(shown.only_centers)}:{days}")
