"""/reminders: which, how early, and when not; and the job that finds what is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.reminders import queueing, wishing
from bot.runtime.clock import Clock
from handlers.turn import Turn, match
from handlers.views import reminder_wishes as views
from handlers.views.message import Message
from storage import announcement_wishes, reminders
from storage.database import Database
from storage.records.reminders import Anchor
from storage.session import Transaction


async def command(_update: Update, turn: Turn) -> None:
    """/reminders, and the button under each reminder, which stays as it is."""
    turn.say(await screen(turn) if turn.is_private else views.in_private(turn.t, turn.bot.username))


async def screen(turn: Turn) -> Message:
    """What they want, of announcements too."""
    wanted, person = await reminders.wishes(turn.tx, turn.person.id), turn.person.id
    return views.wishes(turn.t, wanted, official_only=await announcement_wishes.wants_official_only(turn.tx, person))


async def mute(_update: Update, turn: Turn) -> None:
    """A kind is wanted no more, or again."""
    await wishing.mute(turn.tx, turn.person.id, Anchor(match(turn)["anchor"]))
    await _show(turn)


async def be_earlier(_update: Update, turn: Turn) -> None:
    """Reminders come so many days earlier."""
    days = int(match(turn)["days"])
    await wishing.be_earlier(turn.tx, turn.person.id, days, turn.now)
    await _show(turn)


async def set_night(_update: Update, turn: Turn) -> None:
    """The night begins or ends at another time."""
    minutes, is_from = int(match(turn)["minutes"]), match(turn)["edge"] == "from"
    wanted = await reminders.wishes(turn.tx, turn.person.id)
    night = (minutes, wanted.night_to) if is_from else (wanted.night_from, minutes)
    await wishing.set_night(turn.tx, turn.person.id, *night, turn.now)
    await _show(turn)


def finding_due(database: Database, clock: Clock, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """A job that queues what is due; `wake` is called when there is something to send."""

    async def work(tx: Transaction) -> int:
        return await queueing.queue_due(tx, clock.now_us())

    async def queue_due() -> None:
        if await database.write(work):
            wake()

    return queue_due


async def _show(turn: Turn) -> None:
    turn.answer_press(views.kept_toast(turn.t))
    if turn.is_private:  # elsewhere nobody sees what somebody else wants
        turn.show(await screen(turn))
