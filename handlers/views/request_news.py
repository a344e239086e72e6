"""What became of something, for whoever asked for it."""

from __future__ import annotations

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.center_details import name_of
from handlers.views.conference import part_button
from handlers.views.joining import me_button
from handlers.views.message import Button, Message
from handlers.views.registering import center_button, correct_button, delegate_button, reason, see_button, to_correct
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.conferences import Conference
from storage.records.members import Center, Request, RequestKind, RequestState


def news(
    _: Translator, request: Request, center: Center | None, conference: Conference | None = None
) -> Message | None:
    """What was decided; None where there is nothing to tell. `conference` is one to register for."""
    name = "" if center is None else name_of(center)
    match request.state:
        case RequestState.APPROVED:
            return _approved(_, request, name, conference)
        case RequestState.DECLINED:
            return _declined(_, request, name)
        case RequestState.CORRECTION:
            return _correction(_, request, name)
        case _other:
            return None


def _approved(_: Translator, request: Request, name: str, conference: Conference | None) -> Message:
    rows = (*(() if conference is None else ((part_button(_, conference, is_named=True),),)), (menu_button(_),))
    match request.kind:
        case RequestKind.CENTER:
            return Message(
                paragraphs(
                    _("“{name}” is approved, and registered with the association now.", name=name),
                    _("You are its focal point: with /center you keep its details and invite its delegates."),
                    _("If you take part yourself, register as a delegate, too."),
                ),
                ((center_button(_),), (delegate_button(_),)),
            )
        case RequestKind.CHANGE:
            return Message(
                _("The change of “{name}” is approved. It is shown so from now on.", name=name), ((center_button(_),),)
            )
        case RequestKind.JOIN:
            return Message(
                paragraphs(
                    _("You are a delegate of “{name}” now.", name=name),
                    _("/me shows what is kept about you, and lets you change it."),
                ),
                rows,
            )
        case RequestKind.GUEST:
            return Message(
                paragraphs(
                    _("You are registered as a guest of the association now."),
                    _("/me shows what is kept about you, and lets you change it."),
                ),
                rows,
            )


def _declined(_: Translator, request: Request, name: str) -> Message:
    match request.kind:
        case RequestKind.CENTER:
            text = _("The Secretariat has declined the registration of “{name}”.", name=name)
        case RequestKind.CHANGE:
            text = _("The Secretariat has declined the change of “{name}”. It stays as it was.", name=name)
        case RequestKind.JOIN:
            text = _("Your request to join “{name}” was declined.", name=name)
        case RequestKind.GUEST:
            text = _("The Secretariat has declined your registration as a guest.")
    why = _reason(_, request) if request.reason else _("No reason was given.")
    next_step = _("If you have a question about this, or think that it is a mistake, write to the Secretariat.")
    rows: tuple[tuple[Button, ...], ...] = ((desk_button(_),), (Button(_.plain("Register"), "register"),))
    return Message(paragraphs(text, why, next_step), rows)


def _correction(_: Translator, request: Request, name: str) -> Message:
    text = (
        _("The Secretariat asks you to correct the registration of “{name}”.", name=name)
        if request.kind == RequestKind.CENTER
        else _("The Secretariat asks you to correct your registration.")
    )
    return Message(
        paragraphs(
            text,
            to_correct(_, request),
            *([reason(_, request)] if request.reason else []),
            _("Press the button, answer only that, and send it back to the Secretariat."),
        ),
        ((correct_button(_, request),),),
    )


def still_to_correct(_: Translator, request: Request, center: Center | None) -> Message:
    """What whoever asked is to correct, a few days after they were asked to."""
    text = (
        _("The registration of “{name}” still waits for your correction.", name=name_of(center))
        if center is not None
        else _("Your registration still waits for your correction.")
    )
    see = me_button(_) if center is None else see_button(_, request)
    return Message(
        paragraphs(
            text,
            to_correct(_, request),
            *([reason(_, request)] if request.reason else []),
            _("Press the button, answer only that, and send it back to the Secretariat."),
        ),
        ((correct_button(_, request),), (see,), (Button(_.plain("Reminders"), "reminders:show"),)),
    )


def _reason(_: Translator, request: Request) -> Markup:
    """The focal point of a Center decides who joins it, so the reason is not always the Secretariat's."""
    if request.kind == RequestKind.JOIN:
        return _("The reason: “{reason}”", reason=request.reason)
    return reason(_, request)
