"""Somebody looks for their Center: its name is what they write next."""

from __future__ import annotations

from bot.members.search import search_centers
from storage import requests
from storage.centers import CenterFilter
from storage.records.durations import HOUR_US
from storage.records.members import Awaited, Center, CenterState
from storage.session import Session, Transaction

CENTER = "center"
"""What is awaited, in `answers_awaited`."""
LASTS_US = HOUR_US
"""What is written an hour later is a question again."""
FOUND_AT_MOST = 5


async def begin(tx: Transaction, person_id: int, now: int) -> None:
    """The name of a Center is what somebody writes next in private."""
    await requests.await_answer(tx, Awaited(person_id, person_id, CENTER, 0, None, now))


async def is_sought(session: Session, person_id: int, now: int) -> bool:
    """Whether what somebody writes in private is the name of their Center."""
    row = await requests.awaited(session, person_id, person_id)
    return row is not None and row.what == CENTER and now - row.since <= LASTS_US


async def stop(tx: Transaction, person_id: int, chat_id: int) -> bool:
    """What somebody writes next in a chat is an ordinary message; False if it was before."""
    row = await requests.awaited(tx, person_id, chat_id)
    return row is not None and row.what == CENTER and await requests.stop_awaiting(tx, person_id, chat_id)


async def found(session: Session, name: str) -> tuple[Center, ...]:
    """Centers that can be joined and are called nearly so, the nearest first."""
    return (await search_centers(session, name, CenterFilter(state=CenterState.APPROVED), at_most=FOUND_AT_MOST)).rows
