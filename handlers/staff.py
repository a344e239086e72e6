"""/staff and its buttons; the links that make somebody a member of the Secretariat."""

from __future__ import annotations

import structlog
from telegram import Update

from bot.members import roles
from handlers.staff_menus import menu_for
from handlers.turn import Turn, match
from handlers.views import conference_hosts, out_of_date, staff
from handlers.views.message import Message
from storage import conferences, people
from storage import roles as kept_roles
from storage.records import Person, RoleLink

log = structlog.stdlib.get_logger(__name__)

LINK = "role_"
"""What the payload of a link that gives a role begins with."""


async def show(_update: Update, turn: Turn) -> None:
    """/staff: who has what."""
    if not turn.is_private:
        turn.say(staff.in_private(turn.t, turn.bot.username))
        return
    try:
        turn.say(await _as_it_stands(turn))
    except roles.NotAllowedError:
        await _refused(turn, "staff")
        turn.say(staff.only_staff(turn.t))
    else:
        await menu_for(turn)


async def show_again(_update: Update, turn: Turn) -> None:
    """The button that leads (back) to who has what."""
    try:
        turn.show(await _as_it_stands(turn))
    except roles.NotAllowedError:
        await refuse_press(turn, "staff", staff.only_staff_toast(turn.t))


async def invite(_update: Update, turn: Turn) -> None:
    """The button that makes a link."""
    try:
        token, link = await roles.invite(turn.tx, turn.desk.rights, turn.person.id, turn.now)
    except roles.NotAllowedError:
        await refuse_press(turn, "link.make", staff.only_owners_toast(turn.t))
        return
    except roles.TooManyLinksError:
        turn.answer_press(staff.too_many_links_toast(turn.t), alert=True)
        return
    url = f"https://t.me/{turn.bot.username}?start={LINK}{token}"
    # Into the private chat, wherever the button was: a message with it may have been forwarded.
    turn.tell(turn.person.id, staff.invitation(turn.t, link, url))


async def accept(turn: Turn, token: str) -> None:
    """A link was opened."""
    try:
        link = await roles.accept(turn.tx, turn.desk.rights, token, turn.person.id, turn.now)
    except roles.LinkError as why:
        turn.say(staff.link_refused(turn.t, why))
        return
    maker = await people.find(turn.tx, link.made_by)
    if link.role == roles.Role.HOST:
        await _is_host(turn, link, maker)
        return
    turn.say(staff.accepted(turn.t))
    await menu_for(turn)
    if maker is not None:
        turn.tell(maker.id, staff.has_joined(turn.translator(maker.language), turn.person))


async def _is_host(turn: Turn, link: RoleLink, maker: Person | None) -> None:
    """Somebody has become a host of a conference."""
    conference = await conferences.by_id(turn.tx, int(link.scope))
    assert conference is not None  # noqa: S101 - conferences are not deleted
    turn.say(conference_hosts.accepted(turn.t, conference))
    if maker is not None:
        joined = conference_hosts.has_joined(turn.translator(maker.language), conference, turn.person)
        turn.tell(maker.id, joined)


async def revoke(_update: Update, turn: Turn) -> None:
    """The button that makes a link useless."""
    link_id = int(match(turn)["link"])
    try:
        revoked = await roles.revoke_link(turn.tx, turn.desk.rights, link_id, turn.person.id, turn.now)
    except roles.NotAllowedError:
        await refuse_press(turn, f"link:{link_id}", staff.only_owners_toast(turn.t))
        return
    await _show_change(turn, done=revoked)


async def ask_removal(_update: Update, turn: Turn) -> None:
    """The button that begins to take a role back."""
    person_id = int(match(turn)["person"])
    try:
        turn.desk.rights.need_owner(turn.person.id)
    except roles.NotAllowedError:
        await refuse_press(turn, f"person:{person_id}", staff.only_owners_toast(turn.t))
        return
    holders = await kept_roles.holders(turn.tx, roles.Role.SECRETARIAT)
    holder = next((holder for holder in holders if holder.person_id == person_id), None)
    if holder is None:
        await _show_change(turn, done=False)
    else:
        turn.show(staff.confirm_removal(turn.t, holder))


async def remove(_update: Update, turn: Turn) -> None:
    """The button that takes a role back."""
    person_id = int(match(turn)["person"])
    try:
        removed = await roles.take_back(turn.tx, turn.desk.rights, person_id, turn.person.id, turn.now)
    except roles.NotAllowedError:
        await refuse_press(turn, f"person:{person_id}", staff.only_owners_toast(turn.t))
        return
    await _show_change(turn, done=removed)
    former = await people.find(turn.tx, person_id) if removed else None
    if former is not None:
        turn.tell(former.id, staff.removed(turn.translator(former.language)))
        await menu_for(turn, former)


async def refuse_press(turn: Turn, what: str, toast: str) -> None:
    """Somebody pressed what is not for them: most likely a forged press."""
    await _refused(turn, what)
    turn.answer_press(toast, alert=True)


async def _show_change(turn: Turn, *, done: bool) -> None:
    if not done:
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    turn.show(await _as_it_stands(turn))


async def _as_it_stands(turn: Turn) -> Message:
    rights = turn.desk.rights
    shown = await roles.staff(turn.tx, rights, turn.person.id, turn.now)
    owners = [(number, await people.find(turn.tx, number)) for number in rights.owners]
    return staff.staff(turn.t, shown, owners, is_owner=rights.is_owner(turn.person.id))


async def _refused(turn: Turn, what: str) -> None:
    await roles.refused(turn.tx, turn.person.id, what, turn.now)
    log.warning("refused", person_id=turn.person.id, what=what)
