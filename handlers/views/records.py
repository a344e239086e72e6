"""A Center's or a person's record, as the Secretariat sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.curating import CenterRecord, PersonRecord
from bot.members.leading import LIVE
from bot.members.listing import Listing
from bot.members.roles import Role
from bot.places.countries import Countries
from handlers.views.center_details import center_lines, delegate_lines, shortened
from handlers.views.list_state import packed
from handlers.views.message import Button, Message, column, pairs
from handlers.views.record_names import (
    center_label,
    center_states,
    person_states,
    record_key,
    record_name,
)
from handlers.views.staff import who
from handlers.views.times import moment, notice_day
from handlers.views.welcome import paragraphs
from storage.records import RoleHolder
from storage.records.members import Center, CenterState, Delegate, DelegateState

WHO_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where records are read: the names of countries, the office's time, and the list that one came from."""

    countries: Countries
    zone: tzinfo
    origin: Listing | None = None


def center_card(_: Translator, record: CenterRecord, at: Place) -> Message:
    """A Center with all that is known of it, and what can be done."""
    center = record.center
    parts = [
        Markup("\n").join(center_lines(_, at.countries, center.details)),
        Markup("\n").join(_center_standing(_, record, at)),
    ]
    return Message(paragraphs(*parts), (*_of_center(_, record), *_actions(_, center, at.origin)))


def person_card(_: Translator, record: PersonRecord, at: Place) -> Message:
    """A delegate or guest with all that is known of them, and what can be done."""
    delegate = record.delegate
    parts = [
        Markup("\n").join(delegate_lines(_, at.countries, delegate.details)),
        Markup("\n").join(_person_standing(_, record, at)),
    ]
    buttons = (*_of_person(_, record), *_actions(_, delegate, at.origin))
    return Message(paragraphs(*parts), buttons, shows=(delegate.id,))


def _center_standing(_: Translator, record: CenterRecord, at: Place) -> list[Markup]:
    center = record.center
    lines = [
        _("Status: {status}", status=center_states(_)[center.state]),
        _("No. {number}, since {when}", number=center.id, when=moment(_, center.registered_at, at.zone)),
    ]
    if center.approved_at is not None:
        lines.append(_("Approved: {when}", when=moment(_, center.approved_at, at.zone)))
    if record.focal_point is not None:
        lines.append(_("Focal point: {name}", name=_holder(record.focal_point)))
    elif center.state in LIVE:
        lines.append(_("It has no focal point."))
    if record.deputies:
        lines.append(_("Deputies: {names}", names=", ".join(map(_holder, record.deputies))))
    waiting = record.people[DelegateState.PENDING]
    if waiting:
        lines.append(_.n("{count} person wants to join.", "{count} people want to join.", waiting))
    return lines


def _person_standing(_: Translator, record: PersonRecord, at: Place) -> list[Markup]:
    delegate = record.delegate
    lines = [_("Status: {status}", status=person_states(_)[delegate.state])]
    if record.center is not None:
        lines.append(_("Center: {name}", name=record_name(record.center)))
    elif delegate.is_guest:
        lines.append(_("Guest of the association"))
    lines += [_role(_, holder) for holder in record.leads]
    lines.append(_("No. {number}, since {when}", number=delegate.id, when=moment(_, delegate.registered_at, at.zone)))
    if delegate.privacy_at is not None:
        version, when = notice_day(_, delegate.privacy_version or ""), moment(_, delegate.privacy_at, at.zone)
        lines.append(_("Agreed to the privacy notice of {version}: {when}", version=version, when=when))
    else:
        lines.append(_("Has not agreed to the privacy notice yet."))
    shown = delegate.shown_since is not None
    lines.append(_("Is shown to other members.") if shown else _("Is not shown to other members."))
    if delegate.person_id is None:
        lines.append(_("Has never written to this bot."))
    return lines


def _role(_: Translator, holder: RoleHolder) -> Markup:
    if holder.role == Role.FOCAL_POINT:
        return _("Focal point of Center no. {number}", number=holder.scope)
    return _("Deputy in Center no. {number}", number=holder.scope)


def _holder(holder: RoleHolder) -> str:
    return shortened(who(holder.name, holder.person_id), WHO_AT_MOST)


def _of_center(_: Translator, record: CenterRecord) -> tuple[tuple[Button, ...], ...]:
    """What leads to its people and to what waits."""
    center = record.center
    if center.merged_into is not None:
        return ((Button(_.plain("The Center that it was merged with"), f"card:c{center.merged_into}"),),)
    people = Listing(is_centers=False, center=center.id, state=DelegateState.ACTIVE)
    count = record.people[DelegateState.ACTIVE]
    buttons = [Button(_.plain("Delegates ({count})", count=count), f"list:{packed(people)}")]
    if center.state in LIVE:
        buttons.append(Button(_.plain("Focal point, invitations"), f"center:show:{center.id}"))
    buttons += [
        Button(_.plain("Request no. {number}", number=request.id), f"request:show:{request.id}")
        for request in record.requests
    ]
    return pairs(buttons)


def _of_person(_: Translator, record: PersonRecord) -> tuple[tuple[Button, ...], ...]:
    """What leads to their Center and to what waits."""
    merged_into = record.delegate.merged_into
    if merged_into is not None:
        return ((Button(_.plain("The record that it was merged with"), f"card:d{merged_into}"),),)
    buttons = []
    if record.center is not None:
        buttons.append(Button(center_label(record.center.details), f"card:c{record.center.id}"))
    if record.request is not None:
        number = record.request.id
        buttons.append(Button(_.plain("Request no. {number}", number=number), f"request:show:{number}"))
    if record.can_become_focal_point and record.center is not None:
        about = f"{record.center.id}:{record.delegate.id}"
        buttons.append(Button(_.plain("Make the focal point"), f"center:handover:{about}"))
    return column(buttons)


def _actions(_: Translator, record: Center | Delegate, origin: Listing | None) -> tuple[tuple[Button, ...], ...]:
    key = record_key(record)
    history = Button(_.plain("History"), f"past:{key}:0")
    buttons = [history]
    if record.state not in {CenterState.MERGED, DelegateState.MERGED}:
        buttons = [
            Button(_.plain("Edit"), f"curate:edit:{key}"),
            Button(_.plain("Write to them"), f"curate:write:{key}"),
        ]
        if record.state in {CenterState.APPROVED, DelegateState.ACTIVE}:
            buttons.append(Button(_.plain("Suspend"), f"curate:suspend:{key}"))
        elif record.state in {CenterState.SUSPENDED, DelegateState.SUSPENDED}:
            buttons.append(Button(_.plain("End the suspension"), f"curate:lift:{key}"))
        buttons += [Button(_.plain("Merge with another"), f"merge:begin:{key}"), history]
    back = () if origin is None else ((Button(_.plain("Back to the list"), f"list:{packed(origin)}"),),)
    return (*pairs(buttons), *back)


def gone_toast(_: Translator) -> str:
    """A record that is not there (any more)."""
    return _.plain("There is no such record any more.")


def gone(_: Translator) -> Message:
    """What was written is about a record that is not there any more."""
    return Message(
        _(
            "Nothing was done with what you wrote: the record that it was about is gone, "
            "as when somebody has had their data erased."
        )
    )


def changed(_: Translator) -> Message:
    """What was written comes too late; the card follows."""
    return Message(_("This has changed meanwhile. You see how it stands now."))
