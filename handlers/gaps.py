"""/gaps: what was asked and not answered, for the Secretariat."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.learning import gaps
from bot.learning.gaps import Gap
from handlers import topics
from handlers.staff import refuse_press
from handlers.turn import Desk, Turn, match
from handlers.views import gaps as views
from handlers.views import staff
from handlers.views.lists import page_within


async def look(update: Update, desk: Desk) -> list[Gap]:
    """Find the gaps; nothing for strangers, whom they would cost the bot's time."""
    user = update.effective_user
    if user is None or not await desk.rights.is_staff(desk.shelf.reader, user.id):
        return []
    return await gaps.find(desk.shelf, desk.library, desk.clock.now_us())


async def show(_update: Update, turn: Turn) -> None:
    """/gaps."""
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        turn.say(staff.only_staff(turn.t))
    else:
        turn.say(views.listing(turn.t, _found(turn), 0))


async def show_page(_update: Update, turn: Turn) -> None:
    """A page of the list."""
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        await refuse_press(turn, "gaps", staff.only_staff_toast(turn.t))
    else:
        await _show_listing(turn, int(match(turn)["page"]))


async def open_gap(_update: Update, turn: Turn) -> None:
    """One of them."""
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        await refuse_press(turn, "gaps", staff.only_staff_toast(turn.t))
        return
    found = match(turn)
    wanted, page = (found["kind"], int(found["number"])), int(found["page"])
    gap = next((gap for gap in _found(turn) if any((one.kind, one.id) == wanted for one in gap.asked)), None)
    if gap is None:
        turn.answer_press(views.filled(turn.t), alert=True)
        await _show_listing(turn, page)
        return
    titles = {one.topic: await topics.title(turn, one.topic, turn.t) for one in gap.asked if one.topic is not None}
    known = {topic: title for topic, title in titles.items() if title is not None}
    turn.show(views.opened(turn.t, gap, known, page))


async def _show_listing(turn: Turn, page: int) -> None:
    found = _found(turn)
    turn.show(views.listing(turn.t, found, page_within(page, len(found))))


def _found(turn: Turn) -> Sequence[Gap]:
    found: Sequence[Gap] = turn.worked_out
    return found
