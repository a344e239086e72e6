"""Everything that the bot says to those who make an agenda by chat."""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from tests import conferences
from tests.chat import People, Phone
from tests.desk import OWNER
from tests.office import now_reads, says_after

TOLD_OF_AN_AGENDA = r"\b[A-Z][a-z]+day, \d{1,2} \w+ \d{4}|PDF, DOC, [A-Z, ]+ or PNG"
"""Days and kinds of files."""
PAUSE_S = 30
"""After which nobody has pressed too much."""


async def converse_about_making_an_agenda(bot: Running, people: People, clock: MovableClock) -> None:
    """The screen of the agenda, the form for a session with what can be wrong, and a document."""
    owner = Phone(people, OWNER, OWNER)
    held = await conferences.opened(bot.database, bot.now_us())
    number = await conferences.with_session(bot.database, held, bot.now_us(), "⟦A⟧", room="⟦R⟧")
    await conferences.with_session(bot.database, held, bot.now_us(), "⟦B⟧", room="⟦R⟧")
    screen = await owner.ask("/agenda")
    clock.advance(PAUSE_S)
    await owner.press(screen, f"agenda:manage:{held.id}", forged=True)
    await now_reads(owner, screen, "At the same time")
    await owner.press(screen, f"agenda:add:{held.id}", forged=True)
    await says_after(owner, screen, "Title")
    day = held.details.starts_on
    for answer in ("⟦C⟧", "1", "2001-01-01", day.isoformat(), "9:00", "8:00", "9:30"):
        asked = await owner.ask(answer)
    draft = next(row[0]["callback_data"] for row in asked["reply_markup"]["inline_keyboard"])
    clock.advance(PAUSE_S)
    await owner.press(asked, draft)
    await says_after(owner, asked, "Saved.")
    await owner.press(screen, f"agenda:edit:{held.id}:{number}", forged=True)
    await says_after(owner, asked, "Press the line that you want to change")
    await owner.press(screen, f"agenda:doc:{held.id}:{number}", forged=True)
    await says_after(owner, asked, "Which file?")
    await owner.press(screen, f"agenda:docs:{held.id}:{number}", forged=True)
    await now_reads(owner, screen, "Which document do you want to remove?")
    await owner.ask("/cancel")
