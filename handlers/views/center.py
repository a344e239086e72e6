"""A Center as those see it who have to do with it: its card, and the way to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.leading import Leader, Overview
from bot.places.countries import Countries
from handlers.views.center_details import button_name, center_lines, labels, name_of, shortened, value
from handlers.views.conference_names import conference_name
from handlers.views.locale import listed
from handlers.views.message import Button, Message, column, pairs
from handlers.views.registering import delegate_button, register_button
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.conferences import Conference
from storage.records.members import Center, CenterState, Change

PAYLOAD = "center"
"""Of the link that leads here from a group; with "_" and a number behind it, to that Center."""
LEADER_AT_MOST = 80


def back_button(_: Translator, center_id: int) -> Button:
    """Leads to a Center's card."""
    return Button(_.plain("Back to the Center"), f"center:show:{center_id}")


def card(_: Translator, shown: Overview, countries: Countries, conference: Conference | None = None) -> Message:
    """A Center, and what its reader can do in it; those who lead it, also for the next conference."""
    parts = [Markup("\n").join(center_lines(_, countries, shown.center.details)), _leaders(_, shown)]
    if shown.center.state == CenterState.SUSPENDED:
        parts.append(_("The Secretariat has suspended this Center. Until it is active again, nothing changes here."))
    if not shown.part.leads:
        return Message(paragraphs(*parts), _for_delegates(_, shown))
    if shown.change is not None:
        parts.append(Markup("\n").join([_("Waits for the Secretariat's approval:"),
                                        *changes(_, countries, shown.change.changes)]))  # fmt: skip
    return Message(paragraphs(*parts), _for_leaders(_, shown, conference))


def changes(_: Translator, countries: Countries, found: Mapping[str, Change]) -> list[Markup]:
    """What was and what is to be, a line each."""
    called = labels(_)
    return [
        Markup("• {}: {} → {}").format(
            called[name], value(_, countries, name, change.before), value(_, countries, name, change.after)
        )
        for name, change in found.items()
    ]


def leader_name(leader: Leader) -> str:
    """Somebody who leads a Center, in a sentence."""
    return shortened(leader.name, LEADER_AT_MOST)


def _leaders(_: Translator, shown: Overview) -> Markup:
    lines = [
        _("Focal point: {name}", name=leader_name(shown.focal_point))
        if shown.focal_point is not None
        else _("This Center has no focal point at the moment.")
    ]
    if shown.deputies:
        lines.append(_("Deputies: {names}", names=listed(_, [leader_name(one) for one in shown.deputies])))
    if shown.part.is_focal_point:
        lines.append(_("You are its focal point."))
    elif shown.part.is_deputy:
        lines.append(_("You are its deputy focal point."))
    elif shown.part.is_delegate:
        lines.append(_("You are one of its delegates."))
    return Markup("\n").join(lines)


def _for_leaders(_: Translator, shown: Overview, conference: Conference | None) -> tuple[tuple[Button, ...], ...]:
    number = shown.center.id
    is_active = shown.center.state == CenterState.APPROVED
    doing = [
        Button(_.plain("Edit"), f"center:edit:{number}"),
        Button(_.plain("Invite"), f"center:invite:{number}"),
    ]
    looking = [Button(_.plain("Delegates ({count})", count=shown.delegates), f"center:people:{number}:0")]
    if shown.joining:
        looking.append(Button(_.plain("Want to join ({count})", count=shown.joining), f"center:joining:{number}:0"))
    if shown.invitations:
        looking.append(Button(_.plain("Invitations ({count})", count=shown.invitations), f"center:links:{number}:0"))
    looking.append(Button(_.plain("Focal point, deputies"), f"center:leaders:{number}"))
    if conference is not None and is_active:
        looking.append(Button(conference_name(_, conference), f"part:center:{conference.id}:{number}"))
    if shown.part.is_staff:
        looking.append(Button(_.plain("Show the record"), f"card:c{number}"))
    return (*([tuple(doing)] if is_active or shown.part.is_staff else []), *pairs(looking))


def _for_delegates(_: Translator, shown: Overview) -> tuple[tuple[Button, ...], ...]:
    rows = []
    if shown.delegates:
        rows.append(Button(_.plain("Delegates ({count})", count=shown.delegates), f"center:people:{shown.center.id}:0"))
    return column([*rows, desk_button(_)])


def choose(_: Translator, centers: Sequence[Center]) -> Message:
    """Which of several Centers is meant."""
    return Message(
        _("You have to do with several Centers. Which one do you mean?"),
        column([Button(button_name(center), f"center:show:{center.id}") for center in centers]),
    )


def none(_: Translator) -> Message:
    """Somebody who has no Center: the two ways to one."""
    return Message(
        paragraphs(
            _("You have no Center here yet."),
            _("If somebody gave you a link, open it. Else register your Center, or yourself as one of its delegates."),
        ),
        column([register_button(_), delegate_button(_), menu_button(_)]),
    )


def joining(_: Translator, center: Center) -> Message:
    """Somebody whose request to join a Center is not decided yet."""
    return Message(
        paragraphs(
            _("You have asked to join “{name}”.", name=name_of(center)),
            _("Its focal point or the Secretariat decides. I will write to you here as soon as they have."),
        ),
        column([desk_button(_)]),
    )


def link(username: str, center_id: int | None) -> str:
    """Leads from a group to a Center in the private chat, or to one's own."""
    return f"https://t.me/{username}?start={PAYLOAD if center_id is None else f'{PAYLOAD}_{center_id}'}"


def in_private(_: Translator, username: str, center_id: int | None) -> Message:
    """In a group, nothing of a Center is shown."""
    return Message(
        _("I show this in a private chat only."),
        ((Button(_.plain("Open a private chat"), url=link(username, center_id)),),),
    )


def not_yours(_: Translator) -> Message:
    """A link to a Center that somebody has nothing to do with."""
    return Message(
        _("This is for those who look after this Center, and you do not, or no longer."), ((menu_button(_),),)
    )


def not_yours_toast(_: Translator) -> str:
    """A press by somebody who does not lead the Center, or not any more."""
    return _.plain("This is for those who look after this Center, and you do not, or no longer.")


def appointer_toast(_: Translator) -> str:
    """A press by a deputy on what is the focal point's."""
    return _.plain("Only the focal point and the Secretariat can do that.")


def not_active_toast(_: Translator) -> str:
    """What cannot be done in a Center that is suspended."""
    return _.plain("The Secretariat has suspended this Center, so this is not possible now.")
