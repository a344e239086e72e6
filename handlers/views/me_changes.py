"""What people change of their own data, and how they leave."""

from __future__ import annotations

from collections.abc import Sequence

from bot.locales.catalogues import Translator
from handlers.views.center_details import name_of
from handlers.views.joining import me_button
from handlers.views.message import Button, Message, column
from handlers.views.welcome import menu_button, paragraphs
from storage.records.members import Center


def zones(_: Translator, current: str | None, offers: Sequence[tuple[str, str]]) -> Message:
    """Time zones to choose from, each with what it is called."""
    now = _("Your time zone is {zone}.", zone=current) if current else _("I do not know your time zone yet.")
    buttons = [Button(name, f"me:zone:{zone}") for zone, name in offers]
    return Message(
        paragraphs(now, _("Choose another, or write a city after pressing “Another”.")),
        column([*buttons, Button(_.plain("Another"), "me:zone:other"), me_button(_)]),
    )


def changed(_: Translator) -> Message:
    """Details were changed."""
    return Message(_("I have changed it. /me shows what is kept about you."), ((me_button(_),),))


def sent_again(_: Translator) -> Message:
    """A registration was corrected."""
    return Message(
        _("I have sent your correction to the Secretariat. I will write to you here as soon as it has decided."),
        ((me_button(_),),),
    )


def changed_toast(_: Translator) -> str:
    """A small thing was changed at once."""
    return _.plain("Changed.")


def not_registered(_: Translator) -> Message:
    """A change of what is not there."""
    return Message(
        _("You are not registered, so there is nothing to change. /me shows what is kept about you."),
        ((Button(_.plain("Register"), "register"),), (menu_button(_),)),
    )


def taken_back(_: Translator) -> Message:
    """A request was withdrawn."""
    return Message(
        _("I have taken your request back. You can register anew whenever you like."),
        ((Button(_.plain("Register"), "register"),), (me_button(_),)),
    )


# --- Leaving


def ask_leave(_: Translator, center: Center | None) -> Message:
    """The step before somebody leaves."""
    if center is None:
        text = _("End your registration as a guest? Your details stay until you erase them; you can register anew.")
        yes, data = Button(_.plain("Yes, end it"), "me:left:0"), "me"
    else:
        text = _(
            "Leave “{name}”? Those who look after it are told. Your details stay until you erase them; "
            "you can join a Center again.",
            name=name_of(center),
        )
        yes, data = Button(_.plain("Yes, leave"), f"me:left:{center.id}"), "me"
    return Message(text, ((yes, Button(_.plain("No"), data)),))


def ask_leave_alone(_: Translator, center: Center) -> Message:
    """The step before a focal point leaves a Center without one."""
    return Message(
        paragraphs(
            _("You are the focal point of “{name}”.", name=name_of(center)),
            _("Hand that over to somebody else first, or leave it without one: then the Secretariat is told."),
        ),
        column(
            [
                Button(_.plain("Hand it over"), "center"),
                Button(_.plain("Leave all the same"), f"me:left:{center.id}:alone"),
                Button(_.plain("Stay"), "me"),
            ]
        ),
    )


def left(_: Translator, center: Center | None) -> Message:
    """Somebody has left."""
    text = (
        _("You are no longer a guest of the association.")
        if center is None
        else _("You have left “{name}”.", name=name_of(center))
    )
    return Message(text, ((Button(_.plain("Register"), "register"),), (me_button(_),)))


def without_focal_point(_: Translator, center: Center, person: str | None, link: str | None) -> Message:
    """For deputies, and by its `link` for the Secretariat: nobody leads a Center. Whoever is erased is not named."""
    text = (
        _("“{name}” has no focal point any more: whoever it was has left.", name=name_of(center))
        if person is None
        else _("“{name}” has no focal point any more: {person} has left.", name=name_of(center), person=person)
    )
    to_center = _.plain("Open the Center")
    button = Button(to_center, f"center:show:{center.id}") if link is None else Button(to_center, url=link)
    return Message(text, ((button,),))
