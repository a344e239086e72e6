"""What became of somebody's registration, how one registers, and where a link into a Center comes from."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.registration import Refusal, Registration
from bot.members.roles import Role
from bot.members.standing import Led, Standing
from handlers.views import directory, joining, registering
from handlers.views.answers import source
from handlers.views.center_details import name_of
from handlers.views.desk import private_button
from handlers.views.form_offers import not_finished
from handlers.views.form_values import isolated
from handlers.views.forms import Shown
from handlers.views.message import Button, Message, column
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.members import Center, CenterState, Delegate, DelegateState, RequestState


def status_title(_: Translator) -> str:
    """For a button."""
    return _.plain("My registration")


def how_title(_: Translator) -> str:
    """For a button."""
    return _.plain("How to register")


def links_title(_: Translator) -> str:
    """For a button."""
    return _.plain("Invitation links")


def in_private(_: Translator, username: str, payload: str) -> Message:
    """In a group: whether somebody is registered is nobody else's."""
    return Message(
        _("I tell you in a private chat how your registration stands."), ((private_button(_, username, payload),),)
    )


def status(_: Translator, now: Registration, drafts: Sequence[Shown]) -> Message:
    """How somebody stands, with the likely next step; `drafts` are the forms that they have not finished."""
    own = now.standing
    parts = [*_themselves(_, own), *_centers(_, now)]
    if now.refusal is not None:
        parts.append(_refused(_, now.refusal))
    parts += [not_finished(_, shown) for shown in drafts]
    if now.is_nothing:
        parts.insert(0, _("You are not registered here, and you have sent no registration."))
        parts.append(_("Whether your Center is registered, you see in the directory of Centers."))
    return Message(paragraphs(*parts), column([*_next_steps(_, now, drafts), menu_button(_)]))


def how(_: Translator, username: str | None = None) -> Message:
    """How one registers here; with the bot's `username`, it is said in a group."""
    begin = registering.register_button(_) if username is None else private_button(_, username, registering.PAYLOAD)
    return Message(
        paragraphs(
            _(
                "You register your Center here, with /register: you fill in a form, the Secretariat looks at it, "
                "and I tell you what it decides."
            ),
            _("Delegates then join their Center. Whoever belongs to no Center can register as a guest."),
            _("How one becomes a member formally is not stated on the association's web page."),
            source(_, _("the way this bot works")),
        ),
        column([begin, desk_button(_), menu_button(_)] if username is None else [begin]),
    )


def links(_: Translator, username: str | None = None) -> Message:
    """Where a link into a Center comes from; with the bot's `username`, it is said in a group."""
    find = joining.join_button(_) if username is None else private_button(_, username, joining.PAYLOAD)
    return Message(
        paragraphs(
            _(
                "A link that invites you comes from your Center. If it is lost, or does not work any more, ask your "
                "Center for a new one."
            ),
            _("Without a link, look for your Center here, with /join, and ask whether you may join it."),
            _("A Center’s focal point and deputies make such links with /center."),
            source(_, _("the way this bot works")),
        ),
        column([find, desk_button(_), menu_button(_)] if username is None else [find]),
    )


def _themselves(_: Translator, own: Standing) -> list[Markup]:
    if own.delegate is None:
        return []
    match own.delegate.state:
        case DelegateState.ACTIVE:
            return _active(_, own.center)
        case DelegateState.PENDING:
            return [_pending(_, own, own.delegate)]
        case DelegateState.SUSPENDED:
            return [_("The Secretariat has suspended your registration.")]
        case DelegateState.LEFT:
            return [_("You have left, and are not registered now. You can register anew.")]
        case _declined:  # told with the reason
            return []


def _active(_: Translator, center: Center | None) -> list[Markup]:
    if center is None:
        return [_("You are registered as a guest of the association.")]
    return [_("You are registered as a delegate of “{name}”.", name=name_of(center)), *_state(_, center)]


def _pending(_: Translator, own: Standing, delegate: Delegate) -> Markup:
    if own.request is not None and own.request.state == RequestState.CORRECTION:
        return joining.asked_to_correct(_)
    if delegate.is_guest or own.center is None:
        return _("Your registration as a guest is with the Secretariat, and waits for its decision.")
    return _("You have asked to join “{name}”. That waits for a decision.", name=name_of(own.center))


def _centers(_: Translator, now: Registration) -> list[Markup]:
    """The Center that they register, and those that they lead."""
    own = now.own
    if own is not None and own.request is not None:
        lines = [registering.has_already(_, own)]
        if own.request.reason:
            lines.append(registering.reason(_, own.request))
        return lines
    return [line for led in now.standing.led for line in (_leads(_, led), *_state(_, led.center))]


def _leads(_: Translator, led: Led) -> Markup:
    if led.role == Role.FOCAL_POINT:
        return _("You are the focal point of “{name}”.", name=name_of(led.center))
    return _("You are a deputy of the focal point of “{name}”.", name=name_of(led.center))


def _state(_: Translator, center: Center) -> list[Markup]:
    match center.state:
        case CenterState.APPROVED:
            return [_("The Center is registered and approved.")]
        case CenterState.SUSPENDED:
            return [_("The Secretariat has suspended the Center.")]
        case _other:
            return []


def _refused(_: Translator, refusal: Refusal) -> Markup:
    if refusal.center is not None:
        told = _("The registration of “{name}” was declined. You can register it anew.", name=name_of(refusal.center))
    else:
        told = _("Your registration was declined. You can register anew.")
    if not refusal.reason:
        return told
    return paragraphs(told, _("The Secretariat writes: “{remark}”", remark=isolated(refusal.reason)))


def _next_steps(_: Translator, now: Registration, drafts: Sequence[Shown]) -> list[Button]:
    """The likeliest first."""
    delegate, request = now.standing.delegate, now.standing.request
    steps = [shown.button(_.plain("Continue"), "resume") for shown in drafts if shown.draft.state == "paused"]
    if request is not None and request.state == RequestState.CORRECTION:
        steps.append(registering.correct_button(_, request))
    if now.own is not None:
        steps.append(registering.own_button(_, now.own))
    if delegate is not None and delegate.state == DelegateState.SUSPENDED:
        return [*steps, desk_button(_)]
    if delegate is not None and delegate.state in {DelegateState.ACTIVE, DelegateState.PENDING}:
        return [*steps, joining.me_button(_)]
    if now.own is None:
        steps.append(registering.register_button(_))
    if now.is_nothing:
        steps.append(directory.button(_))
    return [*steps, desk_button(_)] if now.refusal is not None else steps
