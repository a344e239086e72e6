"""Everything that the bot says of an agenda that is read in from a file."""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from tests import conferences
from tests.chat import People, Phone
from tests.desk import OWNER
from tests.office import data_of, now_reads, says_after

HEADINGS = "day,begins,ends,title,room,speakers"
PAUSE_S = 30
"""After which nobody has pressed too much."""


async def converse_about_reading_an_agenda_in(bot: Running, people: People, clock: MovableClock) -> None:
    """Asked for, wrong files, what would happen, confirmed, left, and pressed by others."""
    owner, stranger = Phone(people, OWNER, OWNER), await people.person("⟦Delegate A⟧")
    held = await conferences.opened(bot.database, bot.now_us())
    screen = await owner.ask("/agenda")
    clock.advance(PAUSE_S)
    await stranger.press(await stranger.ask("/agenda"), f"agenda:import:{held.id}", forged=True)
    await owner.press(screen, f"agenda:import:{held.id}", forged=True)
    await says_after(owner, screen, "Send me the agenda as a file")
    sticker = await people.post(f"/persons/{owner.id}/stickers", {})
    await says_after(owner, sticker, "I am waiting for the agenda")
    left = await owner.ask("/cancel")
    clock.advance(PAUSE_S)
    await owner.press(screen, f"agenda:import:{held.id}", forged=True)
    await says_after(owner, left, "Send me the agenda as a file")
    day = held.details.starts_on
    rows = [
        f"{day},9:00,10:00,⟦A⟧,⟦R⟧,⟦S⟧", f"{day},9:30,10:00,⟦B⟧,⟦R⟧,⟦S⟧", f"{day},9:00,10:00,,,", "?,9:00,10:00,⟦C⟧,,",
    ]  # fmt: skip
    kept = "\n".join([HEADINGS, *rows])
    for content in ("1,2", "room,title\n⟦R⟧,⟦A⟧", kept):
        sent = await people.upload(owner, content.encode(), "⟦agenda⟧.csv")
        shown = await says_after(owner, sent, "")
    edition = data_of(shown, "Read it in")
    await conferences.with_session(bot.database, held, bot.now_us(), "⟦D⟧", room="⟦R⟧", hour=8, lasts_hours=2)
    clock.advance(PAUSE_S)
    await owner.press(shown, f"agenda:read:{held.id}:{'0' * 12}", forged=True)
    await now_reads(owner, shown, "Please look again")
    await owner.press(shown, edition, forged=True)
    await now_reads(owner, shown, "The agenda is read in.")
    await owner.press(shown, f"agenda:unread:{held.id}", forged=True)
    await owner.press(shown, f"agenda:import:{held.id}", forged=True)
    await says_after(owner, shown, "Send me the agenda as a file")
    for content in (kept, kept.replace("⟦S⟧", "⟦T⟧")):
        sent = await people.upload(owner, content.encode(), "⟦agenda⟧.csv")
        shown = await says_after(owner, sent, "")
    clock.advance(PAUSE_S)
    await owner.press(shown, f"agenda:unread:{held.id}", forged=True)
    await now_reads(owner, shown, "was not read in")
