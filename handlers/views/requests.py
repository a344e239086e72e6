"""What waits for a decision, as those see it who decide: cards, reasons, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.requests import CORRECTABLE, REASON_AT_MOST
from bot.places.countries import Countries
from handlers.views.center_details import (
    button_name,
    center_lines,
    delegate_lines,
    labels,
    name_of,
    shortened,
    value,
)
from handlers.views.form_values import isolated
from handlers.views.message import Button, Message, pairs
from handlers.views.numbers import number
from handlers.views.staff import who
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records import Person
from storage.records.members import Center, CenterState, Delegate, Request, RequestKind, RequestState

WHO_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class Card:
    """A request with what one has to know to decide it. `likely` are Centers that may be the same."""

    request: Request
    asker: Person | None
    decider: Person | None
    center: Center | None
    delegate: Delegate | None
    likely: Sequence[Center] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where cards are read: the names of countries, and the office's time."""

    countries: Countries
    zone: tzinfo


def card(_: Translator, shown: Card, at: Place) -> Message:
    """What is asked for, by whom, and how it stands, with what can be done."""
    request = shown.request
    parts = [
        Markup("<b>{}</b>").format(title(_, request)),
        Markup("\n").join(_content(_, shown, at)),
        *([_changes(_, request, at)] if request.changes else []),
        *([_likely(_, shown.likely)] if shown.likely and request.is_undecided else []),
        Markup("\n").join(_standing(_, shown, at)),
    ]
    return Message(paragraphs(*[part for part in parts if part]), _controls(_, request))


def title(_: Translator, request: Request) -> Markup:
    """What sort of request it is."""
    match request.kind:
        case RequestKind.CENTER:
            return _("Registration of a Center")
        case RequestKind.CHANGE:
            return _("Change of a Center")
        case RequestKind.JOIN:
            return _("Wants to join a Center")
        case RequestKind.GUEST:
            return _("Wants to be a guest of the association")


def subject(_: Translator, shown: Card) -> str:
    """Whom or what it is about, in a list or on a button."""
    if shown.delegate is not None and shown.request.kind in {RequestKind.JOIN, RequestKind.GUEST}:
        return shortened(shown.delegate.details.full_name, WHO_AT_MOST)
    return "" if shown.center is None else button_name(shown.center)


def _content(_: Translator, shown: Card, at: Place) -> list[Markup]:
    lines: list[Markup] = []
    if shown.center is not None:
        if shown.request.kind == RequestKind.CENTER:
            lines += center_lines(_, at.countries, shown.center.details)
        else:
            lines.append(_("Center: {name}", name=name_of(shown.center)))
    if shown.delegate is not None:
        lines += delegate_lines(_, at.countries, shown.delegate.details)
    return lines


def _changes(_: Translator, request: Request, at: Place) -> Markup:
    called = labels(_)
    heading = _("To change:") if request.kind == RequestKind.CHANGE else _("Changed since it was last put:")
    lines = [
        Markup("• {}: {} → {}").format(
            called[name], value(_, at.countries, name, change.before), value(_, at.countries, name, change.after)
        )
        for name, change in request.changes.items()
    ]
    return Markup("\n").join([heading, *lines])


def _likely(_: Translator, found: Sequence[Center]) -> Markup:
    lines = [Markup("• {} ({})").format(button_name(center), _state(_, center)) for center in found]
    return Markup("\n").join([_("<b>May be the same as</b>"), *lines])


def _state(_: Translator, center: Center) -> Markup:
    match center.state:
        case CenterState.APPROVED:
            return _("approved")
        case CenterState.SUSPENDED:
            return _("suspended")
        case _pending:
            return _("waits for approval")


def _standing(_: Translator, shown: Card, at: Place) -> list[Markup]:
    request = shown.request
    lines = [
        _("Asked by {name}", name=_person(shown.asker, request.person_id)),
        _("No. {number}, since {when}", number=request.id, when=moment(_, request.asked_at, at.zone)),
    ]
    decided = decision(_, request, shown.decider, at.zone)
    if decided is not None:
        lines.append(decided)
    if request.fields:
        called = labels(_)
        lines.append(_("To correct: {fields}", fields=", ".join(called[name] for name in request.fields)))
    if request.reason:
        lines.append(_("Written to them: “{reason}”", reason=isolated(request.reason)))
    if request.is_untold:
        lines.append(_("They could not be told yet: they have blocked the bot. I tell them as soon as they come back."))
    return lines


def decision(_: Translator, request: Request, decider: Person | None, zone: tzinfo) -> Markup | None:
    """Who decided what, and when; None as long as nobody has."""
    name, when = _person(decider, request.decided_by), moment(_, request.decided_at or 0, zone)
    match request.state:
        case RequestState.APPROVED:
            return _("✓ Approved by {name}, {when}", name=name, when=when)
        case RequestState.DECLINED:
            return _("Declined by {name}, {when}", name=name, when=when)
        case RequestState.CORRECTION:
            return _("{name} has asked for a correction, {when}", name=name, when=when)
        case RequestState.WITHDRAWN:
            return _("Withdrawn by who asked, {when}", when=when)
        case RequestState.OPEN:
            return None


def _person(person: Person | None, number: int | None) -> str:
    """Somebody as Telegram shows them; the number where they are not known (any more)."""
    if person is None:
        return str(number or "–")
    return shortened(who(person.name, person.id), WHO_AT_MOST)


def _controls(_: Translator, request: Request) -> tuple[tuple[Button, ...], ...]:
    if request.state != RequestState.OPEN:
        return ()
    about = f"{request.id}:{request.edition}"
    approve = Button(_.plain("Approve"), f"request:approve:{about}")
    decline = Button(_.plain("Decline"), f"request:decline:{about}")
    if request.kind not in CORRECTABLE:
        return ((approve, decline),)
    return ((approve, decline), (Button(_.plain("Ask for a correction"), f"request:fields:{about}"),))


# --- Reasons and corrections


def ask_reason(_: Translator, shown: Card, *, in_group: bool) -> Message:
    """Why something is declined is what comes next."""
    request = shown.request
    how = _("Reply to this message with the reason.") if in_group else _("Write the reason now, in one message.")
    return Message(
        paragraphs(
            _("Decline “{name}”?", name=subject(_, shown)),
            Markup(" ").join([how, _("{name} reads it.", name=_person(shown.asker, request.person_id))]),
        ),
        (
            (Button(_.plain("Decline without a reason"), f"request:bare:{request.id}:{request.edition}"),),
            (Button(_.plain("Do not decline"), f"request:stop:{request.id}"),),
        ),
    )


def choose_fields(_: Translator, shown: Card, chosen: Sequence[str], mask: int) -> Message:
    """What is to be corrected, to be ticked."""
    request, called = shown.request, labels(_)
    names = CORRECTABLE[request.kind]
    about = f"{request.id}:{request.edition}"
    ticks = [
        Button(f"✓ {called[name]}" if name in chosen else called[name], f"request:fields:{about}:{mask ^ 1 << bit:x}")
        for bit, name in enumerate(names)
    ]
    send = (
        (Button(_.plain("Send"), f"request:correct:{about}:{mask:x}"),),
        (Button(_.plain("Add a remark and send"), f"request:remark:{about}:{mask:x}"),),
    )
    stop = (Button(_.plain("Do not ask"), f"request:stop:{request.id}"),)
    return Message(
        paragraphs(
            _("What is to be corrected in “{name}”?", name=subject(_, shown)),
            _("Press what {name} is to correct, then send it.", name=_person(shown.asker, request.person_id)),
        ),
        (*pairs(ticks), *(send if chosen else ()), stop),
    )


def ask_remark(_: Translator, shown: Card, chosen: Sequence[str], mask: int, *, in_group: bool) -> Message:
    """What whoever is to correct something should know is what comes next."""
    request, called = shown.request, labels(_)
    about = f"{request.id}:{request.edition}"
    how = _("Reply to this message with your remark.") if in_group else _("Write your remark now, in one message.")
    return Message(
        paragraphs(
            _("To correct: {fields}", fields=", ".join(called[name] for name in chosen)),
            Markup(" ").join([how, _("{name} reads it.", name=_person(shown.asker, request.person_id))]),
        ),
        (
            (Button(_.plain("Send without a remark"), f"request:correct:{about}:{mask:x}"),),
            (Button(_.plain("Do not ask"), f"request:stop:{request.id}"),),
        ),
    )


def not_decided(_: Translator, shown: Card) -> Message:
    """Whoever was about to decide does not."""
    return Message(_("Nothing was decided on “{name}”. Its card above stays as it is.", name=subject(_, shown)))


def cancelled(_: Translator) -> Message:
    """/cancel instead of a reason."""
    return Message(_("Nothing was decided. /pending shows what waits."))


def not_awaited(_: Translator) -> Message:
    """A reply to a question for words that waits for somebody else's, or for none any more."""
    return Message(
        _(
            "I did not wait for these words of yours, so nothing was decided. To decide, press the button on the card "
            "again."
        )
    )


def words_only(_: Translator) -> Message:
    """A reason that is no text."""
    return Message(_("Please write it in words, in one message. /cancel if you have changed your mind."))


def too_long(_: Translator) -> Message:
    """A reason that is too long."""
    return Message(_("That is too long: please write at most {count} characters.", count=number(_, REASON_AT_MOST)))


def not_for_you_toast(_: Translator) -> str:
    """A press by somebody who does not decide this."""
    return _.plain("This is for the Secretariat, or the Center's focal point, to decide.")


def does_not_fit_toast(_: Translator) -> str:
    """What is to be approved cannot be done as things stand."""
    return _.plain("This has changed otherwise since it was asked, so it cannot be approved. You can still decline it.")


def decided(_: Translator, request: Request) -> Message:
    """For whoever has just decided with words of their own."""
    if request.state == RequestState.CORRECTION:
        return Message(_("I have asked for the correction. The card comes back here when it is made."))
    return Message(_("It is declined, and I tell them so with your words."))


def decided_toast(_: Translator, request: Request) -> str:
    """For whoever has just decided by a press."""
    match request.state:
        case RequestState.APPROVED:
            return _.plain("Approved. They are told.")
        case RequestState.CORRECTION:
            return _.plain("I have asked for the correction.")
        case _other:
            return _.plain("Declined. They are told.")


def too_late(_: Translator, request: Request, decider: Person | None, zone: tzinfo) -> str:
    """Somebody else was first: who, and when."""
    name, when = _person(decider, request.decided_by), moment(_, request.decided_at or 0, zone)
    match request.state:
        case RequestState.APPROVED:
            return _.plain("{name} has approved this already, {when}.", name=name, when=when)
        case RequestState.DECLINED:
            return _.plain("{name} has declined this already, {when}.", name=name, when=when)
        case RequestState.CORRECTION:
            return _.plain("{name} has asked for a correction already, {when}.", name=name, when=when)
        case RequestState.WITHDRAWN:
            return _.plain("Whoever asked has withdrawn this, {when}.", when=when)
        case RequestState.OPEN:
            return _.plain("This has been changed since. Please look at how it stands now.")
