"""Joining a Center: links, the search for one's Center, what became of it, and why something cannot be done now."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.desk.hours import Office
from bot.locales.catalogues import Translator
from bot.members import invitations as links
from bot.members.invitations import InvitationError
from bot.members.joining import Asked, CenterNotOpenError, Joined, Offer
from bot.members.standing import (
    AskedAlreadyError,
    InAnotherCenterError,
    InThisCenterError,
    IsGuestError,
    StandingError,
)
from handlers.views.center_details import button_name, name_of, shortened
from handlers.views.conference import part_button
from handlers.views.desk import expectation
from handlers.views.locale import in_a_row
from handlers.views.message import Button, Message, column
from handlers.views.registering import correct_button
from handlers.views.times import moment
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.conferences import Conference
from storage.records.members import Center, Delegate, RequestState

PAYLOAD = "join"
"""Of the link that leads here from a group."""
LINK = "join_"
"""What the payload of a link into a Center begins with."""
NAME_AT_MOST = 80


def me_button(_: Translator) -> Button:
    """Shows what is kept about somebody."""
    return Button(_.plain("What is kept about me"), "me")


def join_button(_: Translator) -> Button:
    """Looks for one's Center."""
    return Button(_.plain("Find my Center"), "register:delegate")


def guest_button(_: Translator) -> Button:
    """Begins to register oneself as a guest."""
    return Button(_.plain("I belong to no Center"), "register:guest")


# --- Links


def invitation(_: Translator, offer: Offer, token: str) -> Message:
    """What a link offers, and to whom."""
    parts = [_("You are invited to join “{name}” as a delegate.", name=name_of(offer.center))]
    if offer.invitation.label:
        parts.append(_("The invitation is for: {label}", label=shortened(offer.invitation.label, NAME_AT_MOST)))
    if offer.invitation.replaces:
        parts.append(_("You take the place of another delegate, who is told."))
    if offer.own.is_active and offer.own.center is not None:
        parts.append(
            _("You are a delegate of “{name}” now. If you join, you leave it.", name=name_of(offer.own.center))
        )
    elif offer.own.is_active:
        parts.append(_("You are a guest of the association now. If you join, you are a delegate instead."))
    elif offer.own.request is not None:
        parts.append(_("If you join, what you have asked for before is taken back."))
    parts.append(_("The link works until {when}.", when=moment(_, offer.invitation.expires_at)))
    return Message(paragraphs(*parts), ((Button(_.plain("Join"), f"join:link:{token}"),), (menu_button(_),)))


def link_refused(_: Translator, why: InvitationError) -> Message:
    """Why a link does not work, and what to do."""
    return Message(_why_not(_, why), ((join_button(_),), (menu_button(_),)))


def link_lost(_: Translator, why: InvitationError, center_name: str, draft_id: int, revision: int) -> Message:
    """The link stopped working while the form was filled in; nothing of that is lost."""
    return Message(
        paragraphs(
            _why_not(_, why),
            _("Your answers are kept. Shall I ask “{name}” whether you may join?", name=center_name),
        ),
        (
            (Button(_.plain("Ask to join"), f"join:ask:{draft_id}:{revision}"),),
            (desk_button(_),),
        ),
    )


def _why_not(_: Translator, why: InvitationError) -> Markup:
    match why:
        case links.InvitationUsedError():
            return _("Somebody has used this link already, and it works only once. Ask your Center for a new one.")
        case links.InvitationRevokedError():
            return _("Your Center has revoked this link. Ask it for a new one.")
        case links.InvitationExpiredError():
            return _("The time of this link is over. Ask your Center for a new one.")
        case links.CenterClosedError():
            return _("The Center of this link takes no delegates at present. If you think that it should, write to us.")
        case _unknown:
            return _("I do not know this link. Check that it is complete, or ask your Center for a new one.")


# --- Without a link


def which_center(_: Translator, led: Sequence[Center]) -> Message:
    """The name of a Center is what comes next; `led` are those that somebody leads."""
    own = [Button(button_name(center), f"join:{center.id}") for center in led]
    return Message(
        paragraphs(
            _("Which Center do you belong to?"),
            _("Write its name, or a part of it. If you have an invitation link from your Center, open that instead."),
        ),
        column([*own, guest_button(_)]),
    )


def found(_: Translator, centers: Sequence[Center]) -> Message:
    """Centers that are called nearly so."""
    lines = [
        Markup("• {}").format(
            name_of(center)
            if not center.details.city
            else Markup("{}, {}").format(name_of(center), shortened(center.details.city, NAME_AT_MOST))
        )
        for center in centers
    ]
    return Message(
        paragraphs(
            _("Is it one of these? Press it. If not, write the name differently."),
            Markup("\n").join(lines),
        ),
        column(
            [
                *(Button(button_name(center), f"join:{center.id}") for center in centers),
                _new_center_button(_),
                guest_button(_),
            ]
        ),
    )


def nothing_found(_: Translator, typed: str) -> Message:
    """No Center is called anything like that."""
    return Message(
        paragraphs(
            _("I find no member Center called “{name}”.", name=shortened(typed, NAME_AT_MOST)),
            _("Write its name differently, or in English. If it is not a member yet, it is registered first."),
        ),
        column([_new_center_button(_), guest_button(_), desk_button(_)]),
    )


def not_sought_any_more(_: Translator) -> Message:
    """/cancel instead of the name of a Center."""
    return Message(_("I have stopped looking for a Center. /join begins again."), ((menu_button(_),),))


def in_private(_: Translator, username: str) -> Message:
    """/join in a group."""
    return Message(
        _("You join a Center in a private chat with me."),
        ((Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start={PAYLOAD}"),),),
    )


# --- What became of it


def joined(_: Translator, done: Joined, conference: Conference | None = None) -> Message:
    """Somebody is a delegate now, and can register for a conference, if there is one to register for."""
    parts = [_("You are a delegate of “{name}” now.", name=name_of(done.center))]
    if done.was_in is not None:
        parts.append(_("You have left “{name}”.", name=name_of(done.was_in)))
    parts.append(_("/me shows what is kept about you, and lets you change it."))
    rows = () if conference is None else ((part_button(_, conference, is_named=True),),)
    return Message(paragraphs(*parts), (*rows, (me_button(_),), (menu_button(_),)))


def asked(_: Translator, request: Asked, office: Office, now: int) -> Message:
    """Somebody has asked to join a Center, or to be a guest."""
    if request.center is None:
        sent = _("I have sent your registration to the Secretariat.")
    elif request.leaders:
        sent = _("I have sent your request to the focal point of “{name}”.", name=name_of(request.center))
    else:
        sent = _("I have sent your request to join “{name}” to the Secretariat.", name=name_of(request.center))
    told = [_("I will write to you here as soon as it is decided.")]
    if not request.leaders:
        told += expectation(_, office, now)
    return Message(paragraphs(sent, in_a_row(_, *told)), ((me_button(_),), (menu_button(_),)))


def has_joined(_: Translator, delegate: Delegate, center: Center, replaced: Delegate | None) -> Message:
    """For those who lead a Center: who is in it from now on."""
    name, where = _person(delegate), name_of(center)
    if replaced is None:
        return Message(_("{name} has joined “{center}” as a delegate.", name=name, center=where))
    return Message(
        _("{name} has joined “{center}” in the place of {former}.", name=name, center=where, former=_person(replaced))
    )


def has_left(_: Translator, delegate: Delegate, center: Center) -> Message:
    """For those who lead a Center: who is not in it any more."""
    return Message(_("{name} has left “{center}”.", name=_person(delegate), center=name_of(center)))


def replaced(_: Translator, center: Center) -> Message:
    """For a delegate whose place somebody else has."""
    return Message(
        paragraphs(
            _("Somebody else has your place as a delegate of “{name}” now.", name=name_of(center)),
            _("If you think that this is a mistake, write to the Secretariat. /me shows what is kept about you."),
        ),
        ((desk_button(_),), (me_button(_),)),
    )


def _person(delegate: Delegate) -> str:
    return shortened(delegate.details.full_name, NAME_AT_MOST)


# --- Why it cannot be done now


def not_now(_: Translator, why: StandingError | CenterNotOpenError) -> Message:
    """Why somebody cannot register as they stand, and what they can do."""
    me, menu = (me_button(_),), (menu_button(_),)
    match why:
        case InThisCenterError():
            text = _("You are a delegate of “{name}” already. There is nothing more to do.", name=name_of(why.center))
            return Message(text, (me, menu))
        case InAnotherCenterError():
            text = _(
                "You are a delegate of “{name}”. To move, ask the other Center for an invitation link, "
                "or leave “{name}” first.",
                name=name_of(why.center),
            )
            return Message(text, (me, menu))
        case IsGuestError():
            text = _(
                "You are registered as a guest of the association. To join a Center, ask it for an invitation link, "
                "or end your registration as a guest first."
            )
            return Message(text, (me, menu))
        case AskedAlreadyError():
            return _waits(_, why)
        case CenterNotOpenError():
            return _not_open(_, why)
        case _suspended:
            text = _("Your registration is suspended. Only the Secretariat can change that: write to it.")
            return Message(text, ((desk_button(_),), me))


def asked_to_correct(_: Translator) -> Markup:
    """How a registration stands that was sent back."""
    return _("Your registration waits for you: the Secretariat asks you to correct something.")


def _waits(_: Translator, why: AskedAlreadyError) -> Message:
    take_back = Button(_.plain("Take it back"), f"me:withdraw:{why.request.id}")
    ways = ((me_button(_),), (take_back,))
    if why.request.state == RequestState.CORRECTION:
        return Message(asked_to_correct(_), ((correct_button(_, why.request),), *ways))
    if why.center is None:
        text = _("Your registration as a guest waits for a decision. I will write to you as soon as there is one.")
    else:
        text = _(
            "Your request to join “{name}” waits for a decision. I will write to you as soon as there is one.",
            name=name_of(why.center),
        )
    return Message(text, ways)


def _not_open(_: Translator, why: CenterNotOpenError) -> Message:
    if why.center is None:
        text = _("This Center does not exist any more. Look for yours by its name.")
    else:
        text = _(
            "“{name}” is not approved, so nobody can join it at present. Try again later, or write to the Secretariat.",
            name=name_of(why.center),
        )
    return Message(text, ((join_button(_),), (desk_button(_),)))


def _new_center_button(_: Translator) -> Button:
    return Button(_.plain("Register a Center"), "register:center")
