"""Inviting to a Center: links for one person, the link to share, and what is open."""

from __future__ import annotations

from collections.abc import Awaitable

from telegram import Update

from bot.members import invitations, leading
from bot.members.centers import NoSuchCenterError
from bot.members.delegates import NoSuchDelegateError
from bot.members.invitation_form import INVITATION
from bot.members.invitations import (
    OPEN_AT_MOST,
    CenterClosedError,
    Made,
    StaleInvitationError,
    TooManyInvitationsError,
)
from bot.members.roles import NotAllowedError
from handlers import forms
from handlers.center import center_in, for_leaders, number_in, show_change, zone_of
from handlers.invitation_links import give, worked_out
from handlers.turn import Refused, Turn
from handlers.views import center_invitations as views
from handlers.views.lists import PAGE, page_within
from handlers.views.message import Message
from storage import delegates
from storage import invitations as kept
from storage.records.drafts import Draft
from storage.records.members import Center, Delegate


@for_leaders
async def show(_update: Update, turn: Turn) -> None:
    """The kinds of links."""
    center = await _active(turn)
    listed = await delegates.count_without_telegram(turn.tx, center.id)
    turn.show(views.invite(turn.t, center, listed=listed))


@for_leaders
async def for_one(_update: Update, turn: Turn) -> None:
    """A link for one person: asks for whom."""
    center = await _active(turn)
    await forms.begin(turn, INVITATION.id, subject=str(center.id), context={views.CENTER_NAME: center.details.name})


@for_leaders
async def replace(_update: Update, turn: Turn) -> None:
    """A link for whoever takes a delegate's place: asks for whom."""
    center = await _active(turn)
    delegate = await leading.delegate_of(turn.tx, center.id, number_in(turn, "delegate"))
    link = await kept.of_delegate(turn.tx, delegate.id)
    seen = 0 if link is None else link.id
    await forms.begin(turn, INVITATION.id, subject=f"{center.id}:{delegate.id}", context={views.SEEN: seen})


async def confirm(turn: Turn, draft: Draft) -> Message | Refused:
    """The form was confirmed that says whom a link is for."""
    center_id, _, delegate_id = draft.subject.partition(":")
    try:
        center, _part = await leading.need_active(turn.tx, turn.desk.rights, turn.person.id, int(center_id))
        replaced = await leading.delegate_of(turn.tx, center.id, int(delegate_id)) if delegate_id else None
        link = worked_out(turn)
        made = await _made(turn, draft, center, replaced, link.token)
    except (NotAllowedError, NoSuchCenterError, leading.CenterNotActiveError, CenterClosedError):
        return views.not_possible(turn.t)
    except NoSuchDelegateError:
        return views.not_there_any_more(turn.t, int(center_id))
    except StaleInvitationError:
        return views.has_link_already(turn.t, int(center_id))
    except TooManyInvitationsError:
        return Refused(views.too_many_sentence(turn.t, OPEN_AT_MOST))
    await give(turn, made, center, link)
    return views.next_step(turn.t, center, replaced=replaced)


def _made(turn: Turn, draft: Draft, center: Center, replaced: Delegate | None, token: str) -> Awaitable[Made]:
    return invitations.invite(
        turn.tx, turn.desk.rights, center.id,
        by=turn.person.id, label=draft.answers["label"], delegate=None if replaced is None else replaced.id,
        replaces=replaced is not None, seen=draft.context.get(views.SEEN), token=token, now=turn.now,
    )  # fmt: skip


@for_leaders
async def show_listed(_update: Update, turn: Turn) -> None:
    """Who is on the Center's list and has never written to the bot."""
    center = await _active(turn)
    count = await delegates.count_without_telegram(turn.tx, center.id)
    page = page_within(number_in(turn, "page"), count)
    found = await delegates.without_telegram(turn.tx, center.id, at_most=PAGE, skipped=page * PAGE)
    links = [await kept.of_delegate(turn.tx, one.id) for one in found]
    seen = [0 if link is None else link.id for link in links]
    turn.show(views.listed(turn.t, center, found, seen, page, count))


@for_leaders
async def for_listed(_update: Update, turn: Turn) -> None:
    """A link for somebody on the list."""
    center = await _active(turn)
    delegate = await leading.delegate_of(turn.tx, center.id, number_in(turn, "delegate"))
    if delegate.person_id is not None:
        await show_change(turn, center.id)
        return
    link = worked_out(turn)
    try:
        made = await invitations.invite(
            turn.tx, turn.desk.rights, center.id,
            by=turn.person.id, label=delegate.details.full_name[: invitations.LABEL_AT_MOST], delegate=delegate.id,
            seen=number_in(turn, "seen"), token=link.token, now=turn.now,
        )  # fmt: skip
    except TooManyInvitationsError:
        turn.answer_press(views.too_many(turn.t, OPEN_AT_MOST), alert=True)
        return
    await give(turn, made, center, link)
    turn.say(views.next_step(turn.t, center))


@for_leaders
async def show_shared(_update: Update, turn: Turn) -> None:
    """The link to share, if there is one."""
    center = await _active(turn)
    present = await kept.shared_of(turn.tx, center.id)
    turn.show(views.shared(turn.t, center, present, turn.now, await zone_of(turn, turn.person.id, center)))


@for_leaders
async def share(_update: Update, turn: Turn) -> None:
    """Make the link to share, or another one."""
    center = await _active(turn)
    link = worked_out(turn)
    made = await invitations.share(
        turn.tx, turn.desk.rights, center.id,
        by=turn.person.id, seen=number_in(turn, "seen"), token=link.token, now=turn.now,
    )  # fmt: skip
    await give(turn, made, center, link)
    turn.say(views.next_step(turn.t, center))


@for_leaders
async def show_open(_update: Update, turn: Turn) -> None:
    """The links that can still be used."""
    await _show_open(turn)


@for_leaders
async def revoke(_update: Update, turn: Turn) -> None:
    """Make a link useless."""
    invitation = await kept.by_id(turn.tx, number_in(turn, "invitation"))
    if invitation is None or invitation.center != center_in(turn):
        raise NotAllowedError
    revoked = await invitations.revoke(turn.tx, turn.desk.rights, invitation.id, by=turn.person.id, now=turn.now)
    turn.answer_press(views.revoked_toast(turn.t) if revoked else views.was_over_toast(turn.t), alert=not revoked)
    await _show_open(turn)


async def _show_open(turn: Turn) -> None:
    center, _part = await leading.need_leader(turn.tx, turn.desk.rights, turn.person.id, center_in(turn))
    found = await kept.of_center(turn.tx, center.id, turn.now)
    page = page_within(number_in(turn, "page"), len(found))
    turn.show(
        views.open_links(turn.t, center, found, page, turn.now, await zone_of(turn, turn.person.id, center)),
    )


async def _active(turn: Turn) -> Center:
    center, _part = await leading.need_active(turn.tx, turn.desk.rights, turn.person.id, center_in(turn))
    return center
