"""What waits for a decision, as those see it who decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.requests import CORRECTABLE
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
from handlers.views.message import Button, Message, bold
from handlers.views.staff import who
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records import Person
from storage.records.members import Center, CenterState, Delegate, Request, RequestKind, RequestState

WHO_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class Card:
    """A request with what one has to know to decide it.

    `likely` are Centers that may be the same; `may_be_known`: there may be a record of the person already.
    """

    request: Request
    asker: Person | None
    decider: Person | None
    center: Center | None
    delegate: Delegate | None
    likely: Sequence[Center] = ()
    may_be_known: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where cards are read: the names of countries, and the office's time."""

    countries: Countries
    zone: tzinfo


def card(_: Translator, shown: Card, at: Place) -> Message:
    """What is asked for, by whom, and how it stands, with what can be done."""
    request = shown.request
    parts = [
        bold(title(_, request)),
        Markup("\n").join(_content(_, shown, at)),
        *([_changes(_, request, at)] if request.changes else []),
        *([_likely(_, shown.likely)] if shown.likely and request.is_undecided else []),
        *([may_be_known(_)] if shown.may_be_known and request.is_undecided else []),
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


def may_be_known(_: Translator) -> Markup:
    """Not whose it is: a card in a group stays when somebody else is erased."""
    return _(
        "There may be a record of this person already. If you approve this one, compare them: /people finds it, and "
        "“Merge with another” is under it."
    )


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
        _("Asked by {name}", name=person_name(shown.asker, request.person_id)),
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
        lines.append(
            _("They could not be told yet: they have blocked the bot. I will tell them as soon as they come back.")
        )
    return lines


def decision(_: Translator, request: Request, decider: Person | None, zone: tzinfo) -> Markup | None:
    """Who decided what, and when; None as long as nobody has."""
    name, when = person_name(decider, request.decided_by), moment(_, request.decided_at or 0, zone)
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


def person_name(person: Person | None, number: int | None) -> str:
    """Somebody as Telegram shows them; the number where they are not known (any more)."""
    if person is None:
        return str(number or "–")
    return shortened(who(person.name, person.id), WHO_AT_MOST)


def _controls(_: Translator, request: Request) -> tuple[tuple[Button, ...], ...]:
    if not request.is_undecided:
        return ()
    about = f"{request.id}:{request.edition}"
    approve = Button(_.plain("Approve"), f"request:approve:{about}")
    decline = Button(_.plain("Decline"), f"request:decline:{about}")
    if request.kind not in CORRECTABLE or request.state == RequestState.CORRECTION:
        return ((approve, decline),)
    return ((approve, decline), (Button(_.plain("Ask for a correction"), f"request:fields:{about}"),))


def not_for_you_toast(_: Translator) -> str:
    """A press by somebody who does not decide this."""
    return _.plain("This is for the Secretariat, or the Center's focal point, to decide.")


def does_not_fit_toast(_: Translator) -> str:
    """What is to be approved cannot be done as things stand."""
    return _.plain("This has changed otherwise since it was asked, so it cannot be approved. You can still decline it.")


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
    name, when = person_name(decider, request.decided_by), moment(_, request.decided_at or 0, zone)
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
