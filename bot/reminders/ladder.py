"""The ladder of a conference: with which it begins, and that it has one."""

from __future__ import annotations

from storage import reminders
from storage.records.reminders import Anchor, Audience, NewRung, Rung
from storage.session import Transaction

NINE = 9 * 60
TEN = 10 * 60
TWO_HOURS = 120

DEFAULTS = (
    *(NewRung(Anchor.REGISTRATION, days, NINE, Audience.UNANSWERED_CENTERS) for days in (30, 14, 7, 1)),
    *(NewRung(Anchor.REGISTRATION, days, NINE, Audience.UNFINISHED) for days in (7, 1)),
    *(NewRung(Anchor.VISA, days, NINE, Audience.VISA) for days in (14, 3)),
    NewRung(Anchor.PAPERS, 14, NINE, Audience.REGISTERED),
    NewRung(Anchor.HOTEL, 14, NINE, Audience.IN_PERSON),
    NewRung(Anchor.AGM, 30, NINE, Audience.ENTITLED, is_formal=True),  # the AGM says how many days before
    *(NewRung(Anchor.AGM, days, NINE, Audience.ENTITLED) for days in (7, 1)),
    NewRung(Anchor.AGM, 0, TWO_HOURS, Audience.ENTITLED),
    *(NewRung(Anchor.CONFERENCE, days, NINE, Audience.REGISTERED) for days in (30, 7, 1)),
    NewRung(Anchor.SESSION, 0, 15, Audience.STARRED),
    NewRung(Anchor.FEEDBACK, 1, TEN, Audience.CAME),
)
"""What is good for most; the Secretariat changes it in /schedule."""


async def ladder_of(tx: Transaction, conference_id: int) -> list[Rung]:
    """The rungs of a conference; the first time that anybody asks, they are made."""
    rungs = await reminders.ladder(tx, conference_id)
    if not rungs:
        await reminders.add_rungs(tx, conference_id, DEFAULTS)
        rungs = await reminders.ladder(tx, conference_id)
    return rungs
