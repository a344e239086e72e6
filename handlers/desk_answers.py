"""What an answer of the Secretariat's counts for: shown under it where several messages waited, and changed there."""

from __future__ import annotations

from telegram import Update

from bot.desk import settling
from bot.members.roles import NotAllowedError
from handlers.staff import refuse_press
from handlers.turn import Turn, match
from handlers.views import desk_answers as views
from handlers.views import out_of_date, staff
from storage import asked_letters, desk


async def press(_update: Update, turn: Turn) -> None:
    """A message is, or is not, what an answer was to; or all of them are."""
    found = match(turn)
    answer_id = int(found["answer"])
    try:
        await settling.count(
            turn.tx, turn.desk.rights, turn.desk.office, answer_id, int(found["letter"]) or None,
            is_answered=found["answered"] == "1", by=turn.person.id, now=turn.now, post=turn.post,
        )  # fmt: skip
    except NotAllowedError:
        await refuse_press(turn, f"letter:{answer_id}", staff.only_staff_toast(turn.t))
        return
    except settling.ChangedMeanwhileError:
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    answer = await desk.letter(turn.tx, answer_id)
    thread = None if answer is None else await desk.thread(turn.tx, answer.thread_id)
    if thread is not None:
        letters = await asked_letters.around(turn.tx, thread.id, answer_id)
        turn.show(views.counted(turn.t, thread, answer_id, letters))
