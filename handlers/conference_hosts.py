"""Who hosts a conference: links, and taking the role back."""

from __future__ import annotations

from telegram import Update

from bot.conferences import hosting
from bot.conferences.opening import found
from bot.members import roles
from handlers.center import number_in
from handlers.conference_guard import conference_in, for_hosts
from handlers.staff import LINK
from handlers.turn import Turn
from handlers.views import conference_hosts as views
from handlers.views import out_of_date, staff
from storage import people


@for_hosts
async def show(_update: Update, turn: Turn) -> None:
    """The hosts of a conference."""
    await _show(turn)


@for_hosts
async def invite(_update: Update, turn: Turn) -> None:
    """Make a link for a host."""
    conference = await found(turn.tx, conference_in(turn))
    try:
        token, link = await hosting.invite(turn.tx, turn.desk.rights, conference.id, by=turn.person.id, now=turn.now)
    except roles.TooManyLinksError:
        turn.answer_press(staff.too_many_links_toast(turn.t), alert=True)
        return
    url = f"https://t.me/{turn.bot.username}?start={LINK}{token}"
    turn.say(views.invitation(turn.t, conference, link, url))


@for_hosts
async def revoke(_update: Update, turn: Turn) -> None:
    """Make a link useless."""
    done = await roles.revoke_link(turn.tx, turn.desk.rights, number_in(turn, "link"), turn.person.id, turn.now)
    await _show_change(turn, done=done)


@for_hosts
async def ask_removal(_update: Update, turn: Turn) -> None:
    """The step before the role is taken back."""
    shown = await hosting.hosting(turn.tx, turn.desk.rights, conference_in(turn), by=turn.person.id, now=turn.now)
    holder = next((one for one in shown.hosts if one.person_id == number_in(turn, "person")), None)
    if holder is None:
        await _show_change(turn, done=False)
    else:
        turn.show(views.confirm_removal(turn.t, shown.conference, holder))


@for_hosts
async def remove(_update: Update, turn: Turn) -> None:
    """Take the role back."""
    conference, person = await found(turn.tx, conference_in(turn)), number_in(turn, "person")
    done = await hosting.take_back(turn.tx, turn.desk.rights, conference.id, person, by=turn.person.id, now=turn.now)
    await _show_change(turn, done=done)
    former = await people.find(turn.tx, person) if done else None
    if former is not None:
        turn.tell(former.id, views.removed(turn.translator(former.language), conference))


async def _show_change(turn: Turn, *, done: bool) -> None:
    if not done:
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    await _show(turn)


async def _show(turn: Turn) -> None:
    shown = await hosting.hosting(turn.tx, turn.desk.rights, conference_in(turn), by=turn.person.id, now=turn.now)
    turn.show(views.hosts(turn.t, shown))
