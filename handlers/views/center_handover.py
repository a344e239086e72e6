"""The role of a focal point goes to somebody else: asked, offered, accepted or not."""

from __future__ import annotations

from datetime import tzinfo

from bot.locales.catalogues import Translator
from bot.members.handing_over import LASTS_DAYS, HandedOver
from handlers.views.center import back_button
from handlers.views.center_details import NAME_AT_MOST, name_of, shortened
from handlers.views.message import Button, Message, column
from handlers.views.times import moment
from handlers.views.welcome import menu_button, paragraphs
from storage.records.members import Center, Delegate, Handover


def ask(_: Translator, delegate: Delegate, center: Center, *, is_own: bool, has_focal_point: bool) -> Message:
    """The step before the role is offered: what becomes of whoever has it."""
    about, name = f"{center.id}:{delegate.id}", shortened(delegate.details.full_name, NAME_AT_MOST)
    stop = Button(_.plain("No"), f"center:person:{about}")
    offer = _("Offer {name} the role of the focal point of “{center}”?", name=name, center=name_of(center))
    lasts = _.n("They have {count} day to accept. Until then nothing changes.",
                "They have {count} days to accept. Until then nothing changes.", LASTS_DAYS)  # fmt: skip
    if not has_focal_point:
        return Message(
            paragraphs(offer, lasts), ((Button(_.plain("Yes, offer it"), f"center:offer:{about}:0"),), (stop,))
        )
    after = (
        _("What would you like to be afterwards?") if is_own else _("What will the present focal point be afterwards?")
    )
    rows = (
        Button(_.plain("A deputy"), f"center:offer:{about}:1"),
        Button(_.plain("No role any more"), f"center:offer:{about}:0"),
    )
    return Message(paragraphs(offer, lasts, after), column([*rows, stop]))


def offered(_: Translator, delegate: Delegate, handover: Handover, zone: tzinfo) -> Message:
    """The role is offered."""
    return Message(
        paragraphs(
            _("I have offered {name} the role of the focal point.",
              name=shortened(delegate.details.full_name, NAME_AT_MOST)),
            _("They can accept it until {when}. I will tell you what they say.",
              when=moment(_, handover.expires_at, zone)),
        ),
        (
            (Button(_.plain("Take the offer back"), f"center:withdraw:{handover.center}:{handover.id}"),),
            (back_button(_, handover.center),),
        ),
    )  # fmt: skip


def offered_to_you(_: Translator, center: Center, handover: Handover, zone: tzinfo) -> Message:
    """For whoever is to be the focal point."""
    return Message(
        paragraphs(
            _("You are asked to become the focal point of “{name}”.", name=name_of(center)),
            _("The focal point keeps the details of the Center, invites its delegates and decides who joins."),
            _("You can accept until {when}.", when=moment(_, handover.expires_at, zone)),
        ),
        (
            (
                Button(_.plain("Accept"), f"handover:accept:{handover.id}"),
                Button(_.plain("Decline"), f"handover:decline:{handover.id}"),
            ),
        ),
    )


def accepted(_: Translator, center: Center) -> Message:
    """For the new focal point."""
    return Message(
        _("You are the focal point of “{name}” now. With /center you look after it.", name=name_of(center)),
        ((Button(_.plain("Open the Center"), f"center:show:{center.id}"),),),
    )


def was_handed_over(_: Translator, done: HandedOver, center: Center, name: str) -> Message:
    """For whoever was the focal point."""
    first = _("{person} has accepted, and is the focal point of “{name}” now.", person=name, name=name_of(center))
    if done.is_deputy:
        return Message(
            paragraphs(first, _("You are its deputy focal point from now on.")),
            ((Button(_.plain("Open the Center"), f"center:show:{center.id}"),),),
        )
    if done.handover.becomes_deputy:
        return Message(
            paragraphs(first, _("It has as many deputies as it can have, so you have no role in it any more.")),
            ((menu_button(_),),),
        )
    return Message(paragraphs(first, _("You have no role in it any more.")), ((menu_button(_),),))


def was_accepted(_: Translator, center: Center, name: str) -> Message:
    """For somebody of the Secretariat who has offered the role."""
    return Message(
        _("{person} has accepted, and is the focal point of “{name}” now.", person=name, name=name_of(center)),
        ((Button(_.plain("Open the Center"), f"center:show:{center.id}"),),),
    )


def declined(_: Translator, center: Center) -> Message:
    """For whoever does not want the role."""
    return Message(
        _("You have declined. The focal point of “{name}” stays the same, and I will tell them.", name=name_of(center)),
        ((menu_button(_),),),
    )


def was_declined(_: Translator, center: Center, name: str) -> Message:
    """For whoever has offered the role."""
    return Message(
        _("{person} does not want to become the focal point of “{name}”.", person=name, name=name_of(center)),
        ((Button(_.plain("Open the Center"), f"center:show:{center.id}"),),),
    )


def over(_: Translator, center: Center) -> Message:
    """In the place of an offer that is over."""
    return Message(
        _("This offer of the role of the focal point of “{name}” is over.", name=name_of(center)), ((menu_button(_),),)
    )


def over_toast(_: Translator) -> str:
    """A press on an offer that is over."""
    return _.plain("This offer is over: its time has passed, it was taken back, or somebody else has accepted first.")


def not_for_you_toast(_: Translator) -> str:
    """A press on somebody else's offer."""
    return _.plain("This offer is for somebody else.")


def offered_already_toast(_: Translator) -> str:
    """A second offer to the same person."""
    return _.plain("The role is offered to this person already.")


def withdrawn_toast(_: Translator) -> str:
    """An offer was taken back."""
    return _.plain("The offer is taken back.")


def was_withdrawn(_: Translator, center: Center) -> Message:
    """For whoever was asked to become the focal point."""
    return Message(
        _("You are no longer asked to become the focal point of “{name}”.", name=name_of(center)), ((menu_button(_),),)
    )
