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


KINDS = (
    NewRung(Anchor.REGISTRATION, 3, NINE, Audience.UNANSWERED_CENTERS),
    NewRung(Anchor.REGISTRATION, 3, NINE, Audience.UNFINISHED),
    NewRung(Anchor.PAPERS, 3, NINE, Audience.REGISTERED),
    NewRung(Anchor.VISA, 1, NINE, Audience.VISA),
    NewRung(Anchor.HOTEL, 3, NINE, Audience.IN_PERSON),
    NewRung(Anchor.CONFERENCE, 3, NINE, Audience.REGISTERED),
    NewRung(Anchor.AGM, 3, NINE, Audience.ENTITLED),
    NewRung(Anchor.AGM, 0, 60, Audience.ENTITLED),
    NewRung(Anchor.SESSION, 0, 60, Audience.STARRED),
    NewRung(Anchor.FEEDBACK, 7, TEN, Audience.CAME),
)
"""What can be added, as it is at first."""


def kind(anchor: Anchor, audience: Audience, *, by_days: bool) -> NewRung | None:
    """What can be added of this; None if nothing can."""
    wanted = (anchor, audience, by_days)
    return next((one for one in KINDS if (one.anchor, one.audience, one.days > 0) == wanted), None)


async def ladder_of(tx: Transaction, conference_id: int) -> list[Rung]:
    """The rungs of a conference; the first time that anybody asks, they are made."""
    rungs = await reminders.ladder(tx, conference_id)
    if not rungs and not await reminders.has_had_rungs(tx, conference_id):
        for one in DEFAULTS:
            await reminders.add_rung(tx, conference_id, one)
        rungs = await reminders.ladder(tx, conference_id)
    return rungs
