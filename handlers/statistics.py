"""/stats: the association in numbers, for the Secretariat."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Update

from bot.members.chart import Chart, chart
from bot.members.statistics import Statistics, statistics
from handlers.desk_staff import in_private_or_group
from handlers.turn import Desk, Turn
from handlers.views import staff
from handlers.views import statistics as views
from storage.records import Upload


@dataclass(frozen=True, slots=True)
class Drawn:
    """The numbers as they were, and their picture."""

    numbers: Statistics
    chart: Chart
    picture: Upload
    at: int


async def draw(update: Update, desk: Desk) -> Drawn | None:
    """Before the transaction: count and draw. Nothing for strangers."""
    user, reader, now = update.effective_user, desk.shelf.counter, desk.clock.now_us()
    if user is None or not await in_private_or_group(reader, update) or not await desk.rights.is_staff(reader, user.id):
        return None
    numbers = await statistics(reader, desk.rights, user.id, now)
    drawn = await chart(numbers)
    return Drawn(numbers, drawn, await desk.spool.keep(drawn.png, "unigo.png", kind="photo"), now)


async def show(_update: Update, turn: Turn) -> None:
    """/stats."""
    drawn: Drawn | None = turn.worked_out
    if drawn is None or not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        turn.say(staff.only_staff(turn.t))
        return
    turn.send(drawn.picture, views.caption(turn.t, drawn.numbers, drawn.chart, drawn.at))
    turn.say(views.details(turn.t, drawn.numbers, turn.desk.places.countries))
