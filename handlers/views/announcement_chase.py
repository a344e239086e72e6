"""Asking those again who have not pressed "I have read it"."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bot.announcements.chasing import EVERY_DAYS, Wanted
from bot.announcements.limits import Limits
from bot.locales.catalogues import Translator
from handlers.views.announce_options import takes
from handlers.views.announcement_board import back_button, heading
from handlers.views.form_values import isolated
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, pairs
from handlers.views.numbers import number
from handlers.views.staff import who
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records import Person
from storage.records.announcements import Announcement


@dataclass(frozen=True, slots=True)
class Chased:
    """So many people would be asked again by so many `messages` each, and were `asked` so often so far.

    `only_centers`: only those of Centers of which nobody has read it.
    """

    announcement: Announcement
    only_centers: bool
    people: int
    asked: int
    messages: int
    limits: Limits


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
    yes = _yes(_, about, Wanted(days, shown.only_centers, 0 if days else shown.asked))
    back = Button(_.plain("Back"), f"ann:chase:{about}:{flag}")
    told = [*_whom(_, shown), *([every(_, days)] if days else [])]
    if shown.people:
        told.append(_takes(_, shown))
    if shown.limits.needs_second(shown.people):
        told.append(_("Because it goes to so many, a second member of the Secretariat has to confirm it as well."))
    return Message(paragraphs(*told), ((yes, back),) if shown.people else ((back,),))


def waits(_: Translator, announcement: Announcement) -> Message:
    """The first of two has confirmed it."""
    text = _("It is not sent yet. I have asked the other members of the Secretariat: one of them has to confirm it.")
    return Message(paragraphs(heading(_, announcement), text), ((back_button(_, announcement.id),),))


def ask_second(_: Translator, shown: Chased, wanted: Wanted, first: Person) -> Message:
    """What waits for a second member of the Secretariat: for them, and wherever it is looked for."""
    about = shown.announcement.id
    whose = _(
        "<b>{name} wants to ask those again who have not read this announcement.</b>",
        name=isolated(who(first.name, first.id)),
    )
    when = [every(_, wanted.days)] if wanted.days else []
    then = _("It is sent when a second member of the Secretariat confirms it.")
    undo = Button(_.plain("Take it back"), f"ann:every:{about}:{int(wanted.only_centers)}:0")
    return Message(
        paragraphs(*_whom(_, shown), whose, *when, _takes(_, shown), then),
        (
            (_yes(_, about, wanted), Button(_.plain("Show"), f"ann:all:{about}")),
            (undo, back_button(_, about)),
        ),
    )


def seconded(_: Translator, announcement: Announcement, second: Person) -> Message:
    """For whoever confirmed it first: it is done."""
    return Message(
        _("{name} has confirmed it: those who have not read “{heading}” are asked again.",
          name=isolated(who(second.name, second.id)), heading=isolated(announcement.heading)),
        ((Button(_.plain("Progress"), f"ann:board:{announcement.id}"),),),
    )  # fmt: skip


def _yes(_: Translator, about: int, wanted: Wanted) -> Button:
    flag = int(wanted.only_centers)
    once, often = f"ann:again:{about}:{flag}:{wanted.asked}", f"ann:every:{about}:{flag}:{wanted.days}"
    return Button(_.plain("Yes, ask again"), often if wanted.days else once)


def _takes(_: Translator, shown: Chased) -> Markup:
    seconds = shown.limits.takes_s(shown.people * shown.messages, is_paid=False)
    return _("It takes about {time}.", time=takes(_, seconds))


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
