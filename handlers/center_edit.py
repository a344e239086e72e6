"""Editing a Center: its form, prefilled, and what is done when it is confirmed."""

from __future__ import annotations

from telegram import Update

from bot.members import editing, leading
from bot.members.center_form import CENTER, answers_of, details_of
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.editing import NothingChangedError
from bot.members.leading import CenterNotActiveError
from bot.members.roles import NotAllowedError
from handlers import forms, registering
from handlers.center import center_in, for_leaders
from handlers.turn import Kept, Refused, Turn
from handlers.views import center_edit as views
from handlers.views import registering as registering_views
from handlers.views.message import Message
from storage.records.drafts import Answers, Draft
from storage.records.members import CenterDetails


@for_leaders
async def begin(_update: Update, turn: Turn) -> None:
    """The button that opens the form, at its summary."""
    number = center_in(turn)
    center, part = await leading.need_leader(turn.tx, turn.desk.rights, turn.person.id, number)
    if not part.is_staff:
        await leading.need_active(turn.tx, turn.desk.rights, turn.person.id, number)
    known = _known(center.details if part.is_staff else await editing.as_asked(turn.tx, center))
    await forms.begin(
        turn, CENTER.id,
        subject=f"{views.EDIT}{number}", prefill=known, context={views.AT_ONCE: part.is_staff},
        only=[field.name for field in CENTER.fields if field.name not in known],
    )  # fmt: skip


async def confirm(turn: Turn, draft: Draft) -> Message | Refused | Kept:
    """The form of a Center was confirmed, for whatever it was filled in."""
    if not draft.subject.startswith(views.EDIT):
        return await registering.confirm(turn, draft)
    number = int(draft.subject.removeprefix(views.EDIT))
    try:
        edited = await editing.edit(
            turn.tx, turn.desk.rights, number, details_of(draft.given), details_of(CENTER.visible(draft).answers),
            by=turn.person.id, now=turn.now, post=turn.post,
        )  # fmt: skip
    except NothingChangedError:
        return Refused(registering_views.nothing_to_change(turn.t))
    except StaleCenterError:
        return Refused(views.stale(turn.t))
    except (NotAllowedError, NoSuchCenterError, CenterNotActiveError):
        return views.not_possible(turn.t)
    return views.saved(turn.t, edited, turn.desk.places.countries)


def _known(details: CenterDetails) -> Answers:
    """The answers that there are: what has to be answered and is not known is asked for."""
    optional = {field.name for field in CENTER.fields if field.optional}
    return {name: value for name, value in answers_of(details).items() if value is not None or name in optional}
