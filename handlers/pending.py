"""/pending: what waits for a decision, for the Secretariat."""

from __future__ import annotations

from telegram import Update

from handlers.requests_delivery import as_card
from handlers.staff import refuse_press
from handlers.turn import Turn, match
from handlers.views import pending as views
from handlers.views import staff
from handlers.views.lists import PAGE, page_within
from handlers.views.message import Message
from storage import requests
from storage.records.members import RequestKind


async def show(_update: Update, turn: Turn) -> None:
    """/pending."""
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        turn.say(staff.only_staff(turn.t))
    else:
        turn.say(await _listing(turn, None, 0))


async def show_page(_update: Update, turn: Turn) -> None:
    """A page of the list, or one kind alone."""
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        await refuse_press(turn, "pending", staff.only_staff_toast(turn.t))
        return
    found = match(turn)
    kind = None if found["kind"] == views.ALL else RequestKind(found["kind"])
    turn.show(await _listing(turn, kind, int(found["page"])))


async def _listing(turn: Turn, kind: RequestKind | None, page: int) -> Message:
    """First what the Secretariat is to decide, then what others are to correct."""
    waiting = {one: await requests.count_waiting(turn.tx, one) for one in RequestKind}
    correcting = {one: await requests.count_to_correct(turn.tx, one) for one in RequestKind}
    counts = views.Counts(waiting, correcting)
    page = page_within(page, counts.of(kind))
    found = await requests.waiting(turn.tx, kind, at_most=PAGE, skipped=page * PAGE)
    skipped = max(0, page * PAGE - counts.to_decide(kind))
    found += await requests.to_correct(turn.tx, kind, at_most=PAGE - len(found), skipped=skipped)
    cards = [await as_card(turn.tx, request) for request in found]
    return views.pending(turn.t, cards, counts, kind=kind, page=page, now=turn.now)
