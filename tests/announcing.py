"""Announcements to test with, as if they had been composed and confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.announcements import sending
from bot.announcements.content import Content
from bot.app import Running
from bot.members.roles import Rights
from storage import announcements
from storage.records.announcements import Action, Announcement, AnnouncementButton, AnnouncementState, Outcome
from storage.session import Transaction
from tests.chat import Phone, until
from tests.desk import OWNER

RIGHTS = Rights((OWNER,))
READ = AnnouncementButton(Action.READ)


async def announced(
    bot: Running,
    by: Phone,
    text: str = "The office moves on Friday.",
    *,
    content: Content | None = None,
    buttons: Sequence[AnnouncementButton] = (READ,),
    send_at: int | None = None,
) -> int:
    """An announcement to everybody that `by` has confirmed, and that is being sent, or at a time; its number."""

    async def work(tx: Transaction) -> int:
        now = bot.now_us()
        number = await announcements.add(tx, made_by=by.id, now=now)
        made = await announcements.find(tx, number)
        assert made is not None
        whole = content or Content(text)
        state = AnnouncementState.DRAFT if send_at is None else AnnouncementState.SCHEDULED
        confirmed = replace(made, heading=whole.text, confirmed_by=by.id, send_at=send_at, state=state)
        assert await announcements.change(tx, confirmed)
        await announcements.set_text(tx, number, "en", whole.as_json())
        await announcements.accept_text(tx, number, "en", now)
        await announcements.set_buttons(tx, number, buttons)
        if send_at is None:
            await sending.begin(tx, RIGHTS, by.id, number, now)
        return number

    number = await bot.database.write(work)
    bot.wake_delivery()
    return number


async def announcement_now(bot: Running, number: int) -> Announcement:
    """How it stands."""
    found = await announcements.find(bot.database.reader, number)
    assert found is not None
    return found


async def outcomes(bot: Running, number: int) -> dict[Outcome, int]:
    """How many recipients have which outcome, once there are some and nothing is left to do."""

    async def done() -> dict[Outcome, int] | None:
        left = (await announcements.tally(bot.database.reader, number)).left
        # Counted after it was seen that nothing is left: the two are not read at the same moment.
        return None if left else (await announcements.tally(bot.database.reader, number)).by_outcome or None

    return dict(await until(done))
