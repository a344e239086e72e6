"""The people of a Center: its delegates, who wants to join, and who leads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.leading import DEPUTIES_AT_MOST, Overview, Part
from bot.places.countries import Countries
from handlers.views.center import back_button, leader_name
from handlers.views.center_details import BUTTON_AT_MOST, NAME_AT_MOST, delegate_lines, name_of, shortened
from handlers.views.lists import turning
from handlers.views.message import Button, Message, column
from handlers.views.times import age, moment
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.members import Center, Delegate, Handover, Invitation, Request


@dataclass(frozen=True, slots=True)
class Shown:
    """A delegate as those see them who lead the Center. `link` is open for the record, or for its place."""

    delegate: Delegate
    leads_as_focal_point: bool
    leads_as_deputy: bool
    link: Invitation | None
    offered: Handover | None


def people(_: Translator, shown: Overview, found: Sequence[Delegate], page: int) -> Message:
    """A page of a Center's delegates, by family name."""
    center = shown.center
    turned = turning(_, f"center:people:{center.id}", page, shown.delegates)
    back = (back_button(_, center.id),)
    if not shown.part.leads:
        lines = [Markup("• {}").format(_named(one)) for one in found]
        heading = _("Delegates of “{name}” who agreed to be shown:", name=name_of(center))
        return Message(paragraphs(heading, Markup("\n").join(lines)), (*turned, back))
    if not found:
        invite = (Button(_.plain("Invite"), f"center:invite:{center.id}"),)
        return Message(_("“{name}” has no delegates here yet.", name=name_of(center)), (invite, back))
    rows = [
        Button(shortened(one.details.full_name, BUTTON_AT_MOST), f"center:person:{center.id}:{one.id}") for one in found
    ]
    heading = _.n("<b>{count} delegate</b> of “{name}”", "<b>{count} delegates</b> of “{name}”", shown.delegates,
                  name=name_of(center))  # fmt: skip
    return Message(paragraphs(heading, _("Press a name to see more.")), (*column(rows), *turned, back))


def _named(one: Delegate) -> str:
    function = one.details.function
    name = one.details.full_name if not function else f"{one.details.full_name}, {function}"
    return shortened(name, NAME_AT_MOST)


def person(_: Translator, shown: Shown, center: Center, part: Part, countries: Countries, zone: tzinfo) -> Message:
    """A delegate, with what a focal point may see of them and do."""
    details = replace(shown.delegate.details, nationality=None, time_zone=None)  # no business of the Center's
    lines = delegate_lines(_, countries, details)
    standing = [_delegate_since(_, shown, zone)]
    if shown.leads_as_focal_point:
        standing.append(_("Focal point of the Center"))
    if shown.leads_as_deputy:
        standing.append(_("Deputy focal point"))
    if shown.link is not None:
        until = moment(_, shown.link.expires_at, zone)
        standing.append(
            _("A link to take this place is open until {when}.", when=until)
            if shown.link.replaces
            else _("A link for this person is open until {when}.", when=until)
        )
    if shown.offered is not None:
        standing.append(_("The role of the focal point is offered to them until {when}.",
                          when=moment(_, shown.offered.expires_at, zone)))  # fmt: skip
    text = paragraphs(Markup("\n").join(lines), Markup("\n").join(standing))
    return Message(text, _actions(_, shown, center, part), shows=(shown.delegate.id,))


def _delegate_since(_: Translator, shown: Shown, zone: tzinfo) -> Markup:
    delegate = shown.delegate
    if delegate.person_id is None:
        return _("On the Center's list; has not joined here yet")
    return _("Joined: {when}", when=moment(_, delegate.joined_at or delegate.registered_at, zone))


def _actions(_: Translator, shown: Shown, center: Center, part: Part) -> tuple[tuple[Button, ...], ...]:
    about, delegate = f"{center.id}:{shown.delegate.id}", shown.delegate
    leads = shown.leads_as_focal_point or shown.leads_as_deputy
    rows: list[Button] = []
    if delegate.person_id is None:
        seen = 0 if shown.link is None else shown.link.id
        rows.append(Button(_.plain("Make a link for them"), f"center:for:{about}:{seen}"))
    if not shown.leads_as_focal_point:
        rows.append(Button(_.plain("Replace by somebody else"), f"center:replace:{about}"))
    if part.appoints and delegate.person_id is not None:
        if shown.leads_as_deputy:
            rows.append(Button(_.plain("No deputy any more"), f"center:dismiss:{center.id}:{delegate.person_id}"))
        elif not leads:
            rows.append(Button(_.plain("Make a deputy"), f"center:appoint:{about}"))
        if not shown.leads_as_focal_point and shown.offered is None:
            rows.append(Button(_.plain("Make the focal point"), f"center:handover:{about}"))
    if not leads:
        rows.append(Button(_.plain("Remove from the Center"), f"center:ask:{about}"))
    rows.append(Button(_.plain("All delegates"), f"center:people:{center.id}:0"))
    return (*column(rows), (back_button(_, center.id),))


def ask_removal(_: Translator, delegate: Delegate, center: Center) -> Message:
    """The step before somebody is removed."""
    about = f"{center.id}:{delegate.id}"
    return Message(
        _("Remove {name} from “{center}”? I will tell them.", name=_whole(delegate), center=name_of(center))
        if delegate.person_id is not None
        else _("Remove {name} from the list of “{center}”?", name=_whole(delegate), center=name_of(center)),
        (
            (
                Button(_.plain("Yes, remove"), f"center:remove:{about}"),
                Button(_.plain("No"), f"center:person:{about}"),
            ),
        ),
    )


def removed(_: Translator, delegate: Delegate, center: Center) -> Message:
    """Somebody was removed."""
    return Message(
        _("{name} is no longer with “{center}”.", name=_whole(delegate), center=name_of(center)),
        ((Button(_.plain("All delegates"), f"center:people:{center.id}:0"),), (back_button(_, center.id),)),
    )


def you_were_removed(_: Translator, center: Center) -> Message:
    """For whoever was removed."""
    return Message(
        paragraphs(
            _("You are no longer a delegate of “{name}”: those who look after it have removed you.",
              name=name_of(center)),
            _("If you think that this is a mistake, write to the Secretariat. /me shows what is kept about you."),
        ),
        ((desk_button(_),), (menu_button(_),)),
    )  # fmt: skip


# --- Who wants to join


def joining(_: Translator, center: Center, found: Sequence[tuple[Request, Delegate]], page: int, count: int,
            now: int) -> Message:  # fmt: skip
    """Who wants to join a Center, the oldest first."""
    back = (back_button(_, center.id),)
    if not found:
        return Message(_("Nobody waits to join “{name}”.", name=name_of(center)), (back,))
    lines = [Markup("• {}: {}").format(_whole(delegate), age(_, request.asked_at, now)) for request, delegate in found]
    rows = [
        Button(shortened(delegate.details.full_name, BUTTON_AT_MOST), f"request:show:{request.id}")
        for request, delegate in found
    ]
    return Message(
        paragraphs(
            _("They want to join “{name}”:", name=name_of(center)),
            Markup("\n").join(lines),
            _("Press a name to accept or decline."),
        ),
        (*column(rows), *turning(_, f"center:joining:{center.id}", page, count), back),
    )


# --- Who leads


def leaders(_: Translator, shown: Overview, zone: tzinfo, names: Sequence[str]) -> Message:
    """The focal point, the deputies and what is offered; `names` are those to whom it is."""
    parts = [
        _("Focal point: {name}", name=leader_name(shown.focal_point))
        if shown.focal_point is not None
        else _("This Center has no focal point at the moment.")
    ]
    if shown.deputies:
        parts.append(
            Markup("\n").join([_("Deputies:"), *[Markup("• {}").format(leader_name(one)) for one in shown.deputies]])
        )
    parts += [
        _("The role of the focal point is offered to {name} until {when}.", name=name,
          when=moment(_, one.expires_at, zone))
        for one, name in zip(shown.handovers, names, strict=True)
    ]  # fmt: skip
    if shown.part.appoints:
        parts.append(
            _("A Center can have up to {count} deputies. Open a delegate to make them a deputy, or the focal point.",
              count=DEPUTIES_AT_MOST)
        )  # fmt: skip
    return Message(paragraphs(*parts), _leaders_actions(_, shown, names))


def _leaders_actions(_: Translator, shown: Overview, names: Sequence[str]) -> tuple[tuple[Button, ...], ...]:
    number = shown.center.id
    rows: list[Button] = []
    if shown.part.appoints:
        rows += [
            Button(_.plain("No deputy any more: {name}", name=shortened(one.name, BUTTON_AT_MOST)),
                   f"center:dismiss:{number}:{one.person_id}")
            for one in shown.deputies
        ]  # fmt: skip
        rows += [
            Button(_.plain("Take the offer back: {name}", name=shortened(name, BUTTON_AT_MOST)),
                   f"center:withdraw:{number}:{one.id}")
            for one, name in zip(shown.handovers, names, strict=True)
        ]  # fmt: skip
    rows.append(Button(_.plain("All delegates"), f"center:people:{number}:0"))
    return (*column(rows), (back_button(_, number),))


def appointed_toast(_: Translator) -> str:
    """Somebody is a deputy."""
    return _.plain("They are a deputy now. I will tell them.")


def dismissed_toast(_: Translator) -> str:
    """Somebody is a deputy no longer."""
    return _.plain("They are no longer a deputy. I will tell them.")


def too_many_deputies_toast(_: Translator) -> str:
    """A fourth deputy."""
    return _.plain("A Center can have up to {count} deputies. Take one role back first.", count=DEPUTIES_AT_MOST)


def not_on_telegram_toast(_: Translator) -> str:
    """A role for somebody who has never written to the bot."""
    return _.plain("This person has not joined here yet. Invite them first.")


def leader_stays_toast(_: Translator) -> str:
    """Removing somebody who leads the Center."""
    return _.plain("They look after the Center. Their role has to go to somebody else, or be taken back, first.")


def gone_toast(_: Translator) -> str:
    """Somebody who is not in the Center any more."""
    return _.plain("This person is not with the Center any more.")


def you_are_deputy(_: Translator, center: Center) -> Message:
    """For whoever is a deputy from now on."""
    return Message(
        paragraphs(
            _("You are a deputy focal point of “{name}” now.", name=name_of(center)),
            _("With /center you keep its details, invite its delegates and decide who joins."),
        ),
        ((Button(_.plain("Open the Center"), f"center:show:{center.id}"),),),
    )


def you_are_no_deputy(_: Translator, center: Center) -> Message:
    """For whoever is a deputy no longer."""
    return Message(
        paragraphs(
            _("You are no longer a deputy focal point of “{name}”.", name=name_of(center)),
            _("Nothing else changes for you."),
        ),
        ((menu_button(_),),),
    )


def _whole(delegate: Delegate) -> str:
    return shortened(delegate.details.full_name, NAME_AT_MOST)
