"""Two records of the same become one: which, what stays, and who is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members import merging
from bot.members.merging import CannotMergeError, CenterMerger, PersonMerger
from bot.places.countries import Countries
from handlers.views.center_details import labels, shortened, value
from handlers.views.locale import listed
from handlers.views.message import Button, Message, column
from handlers.views.record_names import center_states, people_of, person_states, record_key, record_label, record_name
from handlers.views.welcome import paragraphs
from storage.records.members import Center, Delegate

VALUE_AT_MOST = 120


def candidates(
    _: Translator, record: Center | Delegate, found: Sequence[Center | Delegate], *, words: str = ""
) -> Message:
    """Which other one is the same: those that may be, or those that were looked for."""
    key = record_key(record)
    others = [one for one in found if one.id != record.id]
    buttons = [Button(record_label(one), f"merge:with:{key}:{record_key(one)}") for one in others]
    if not others:
        text = _("I found none that may be the same. You can look for it yourself.")
    elif words:
        text = _("These were found. Which of them is the same?")
    else:
        text = _("These may be the same. Which of them is it?")
    lines = [Markup("• {} ({})").format(record_name(one), _state(_, one)) for one in others]
    parts = [_("Merge {name} with another.", name=record_name(record)), text]
    return Message(
        paragraphs(*parts, *([Markup("\n").join(lines)] if lines else [])),
        (
            *column(buttons),
            (Button(_.plain("Look for another"), f"merge:search:{key}"),),
            (Button(_.plain("Back"), f"card:{key}"),),
        ),
    )


def _state(_: Translator, record: Center | Delegate) -> str:
    return center_states(_)[record.state] if isinstance(record, Center) else person_states(_)[record.state]


def ask_words(_: Translator, record: Center | Delegate, *, in_group: bool) -> Message:
    """The name of the other one is what comes next."""
    how = _("Reply to this message with its name.") if in_group else _("Write its name now, in one message.")
    return Message(
        paragraphs(_("Which one is the same as {name}?", name=record_name(record)), how),
        ((Button(_.plain("Back"), f"card:{record_key(record)}"),),),
    )


def side_by_side(_: Translator, merger: CenterMerger | PersonMerger, countries: Countries) -> Message:
    """Both, what stays of each, and what moves."""
    stays, goes = merger.stays, merger.goes
    lines = _values(_, merger, countries)
    moves = (
        _.n("{count} delegate moves.", "{count} delegates move.", merger.people)
        if isinstance(merger, CenterMerger)
        else None
    )
    parts = [
        _("Stays: {name} (no. {number})", name=record_name(stays), number=stays.id),
        _("Goes: {name} (no. {number})", name=record_name(goes), number=goes.id),
        Markup("\n").join([_("What stays is marked:"), *lines]),
        *([moves] if moves is not None else []),
        *([_("Roles, invitations and requests move as well.")] if moves is not None else []),
        _("This cannot be undone."),
    ]
    first, second = record_key(stays), record_key(goes)
    do = f"merge:do:{first}:{stays.edition}:{second}:{goes.edition}"
    can_swap = isinstance(merger, CenterMerger) or merger.stays.person_id is None
    swap = ((Button(_.plain("The other one stays"), f"merge:with:{second}:{first}"),),) if can_swap else ()
    return Message(
        paragraphs(*parts),
        ((Button(_.plain("Merge"), do),), *swap, (Button(_.plain("Do not merge"), f"card:{first}"),)),
        shows=people_of(stays, goes),
    )


def _values(_: Translator, merger: CenterMerger | PersonMerger, countries: Countries) -> list[Markup]:
    called: Mapping[str, str] = labels(_)
    lines = []
    for one in fields(merger.details):
        name = one.name
        first, second = getattr(merger.stays.details, name), getattr(merger.goes.details, name)
        if not first and not second:
            continue
        kept = _value(_, countries, name, getattr(merger.details, name))
        lines.append(Markup("<b>{}</b>: ✓ {}").format(called[name], kept))
        if first and second and first != second:
            lines.append(Markup("<s>{}</s>").format(_value(_, countries, name, second)))
    return lines


def _value(_: Translator, countries: Countries, name: str, found: object) -> str:
    return shortened(value(_, countries, name, found), VALUE_AT_MOST)


def why_not_toast(_: Translator, why: CannotMergeError) -> str:
    """Why two cannot become one: one sentence each."""
    match why:
        case merging.SameRecordError():
            return _.plain("This is one record, not two.")
        case merging.UndecidedError():
            return _.plain("One of them waits for a decision. Please decide that first, in /pending.")
        case merging.BothWriteError():
            return _.plain(
                "Both write to this bot, with two accounts. Ask them which they use; the other is to leave with /me."
            )
        case _gone:
            return _.plain("One of them takes no part any more, or was merged already.")


def merged_toast(_: Translator) -> str:
    """It is done."""
    return _.plain("They are one record now.")


def now_leads(_: Translator, gone: Center, center: Center, *, is_deputy: bool) -> Message:
    """For whoever led the Center that went."""
    what = _(
        "{gone} was registered twice. The Secretariat has merged it with {name}.",
        gone=record_name(gone),
        name=record_name(center),
    )
    role = _("You are a deputy there now.") if is_deputy else _("You are the focal point there now.")
    return Message(paragraphs(what, role))


def has_absorbed(_: Translator, gone: Center, center: Center, deputies: Sequence[str]) -> Message:
    """For those who led the Center that stays; `deputies` came with the other one."""
    what = _(
        "{gone} was registered twice. The Secretariat has merged it with {name}.",
        gone=record_name(gone),
        name=record_name(center),
    )
    parts = [what, _("Its delegates, invitations and requests are with your Center now.")]
    if deputies:
        parts.append(_("New deputies: {names}", names=listed(_, list(deputies))))
    return Message(paragraphs(*parts), ((Button(_.plain("Open the Center"), f"center:show:{center.id}"),),))
