"""Owners are told when no daily backup is made."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bot.runtime.clock import MovableClock
from bot.settings import BackupsPart
from bot.settings import People as PeopleSettings
from tests.chat import People, Phone, until
from tests.conftest import StartBot
from tests.desk import OWNER, SECOND_OWNER

DAY_S = 86_400.0
A_LOOK_S = 60.0
MISSING = "The daily backup does not work: none from the last two days can be found."
MADE_AGAIN = "The daily backup is made again."


async def of_backups(phone: Phone) -> list[str]:
    """What the bot said of backups: the first paragraph of each message."""
    return [text.split("\n")[0] for text in await phone.from_bot() if "unigo-bot check" in text or text == MADE_AGAIN]


async def until_told(clock: MovableClock, phone: Phone, *what: str) -> None:
    """Let time go by until the bot has said this of backups, and nothing else."""

    async def is_told() -> bool:
        clock.advance(A_LOOK_S)
        return await of_backups(phone) == list(what)

    await until(is_told)


async def test_owners_are_told_once_a_week_and_when_it_is_over(
    start_bot: StartBot, people: People, clock: MovableClock, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    folder.touch()  # a file, in which nothing can be made
    tables = {"backups": BackupsPart(folder=folder), "people": PeopleSettings(owners=(OWNER, SECOND_OWNER))}
    owner, somebody = await people.person(id=OWNER), await people.person()
    async with start_bot(**tables):
        for phone in (owner, somebody):
            await phone.start()
        await until_told(clock, owner, MISSING)
    async with start_bot(**tables):  # it is not told anew by whoever starts the bot again
        for _ in range(5):
            clock.advance(DAY_S)
            await owner.ask("/help")
        assert await of_backups(owner) == [MISSING]
        clock.advance(2 * DAY_S)
        await until_told(clock, owner, MISSING, MISSING)
        folder.unlink()
        await until_told(clock, owner, MISSING, MISSING, MADE_AGAIN)
        assert await of_backups(somebody) == []


def _are_made(folder: Path, count: int) -> bool:
    return len(list(folder.glob("*.zip"))) == count


async def test_nothing_is_told_where_all_is_well(
    start_bot: StartBot, people: People, clock: MovableClock, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    owner = await people.person(id=OWNER)
    async with start_bot(backups=BackupsPart(folder=folder), people=PeopleSettings(owners=(OWNER,))):
        await owner.start()
        for days in range(1, 5):
            await until(partial(_are_made, folder, days))
            clock.advance(DAY_S)
        await owner.ask("/help")
        assert await of_backups(owner) == []
