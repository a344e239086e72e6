"""Requests to test with: a Center that is registered, and what the Secretariat decides about it."""

from __future__ import annotations

from collections.abc import Awaitable

from bot.members import registering, requests
from bot.members.roles import Rights
from storage.database import Database
from storage.records import NewMessage, Rendered
from storage.records.members import Change, Request, RequestState
from tests.leaders import DETAILS

OWNER, MEMBER, APPLICANT, FOCAL, STRANGER = 1, 2, 7, 8, 9
RIGHTS = Rights((OWNER,))


async def registered(database: Database, posted: list[NewMessage], by: int = APPLICANT) -> Request:
    """A Center that waits for a decision; what is queued for others goes into `posted`."""
    return await database.write(lambda tx: registering.register(tx, RIGHTS, DETAILS, by=by, now=10, post=posted.append))


def decide(
    database: Database,
    posted: list[NewMessage],
    request: Request,
    verdict: RequestState,
    by: int = MEMBER,
    **more: object,
) -> Awaitable[Request]:
    """Decide about a request as it stands; `more` replaces arguments of `requests.decide`."""
    arguments = {"edition": request.edition, "now": 20, "post": posted.append, **more}
    return database.write(lambda tx: requests.decide(tx, RIGHTS, request.id, verdict, by=by, **arguments))  # type: ignore[arg-type]


def shown_to(posted: list[NewMessage], renderer: str) -> list[int]:
    """Whose chats get what this renders."""
    return [one.chat_id for one in posted if isinstance(one.content, Rendered) and one.content.renderer == renderer]


def corrected(
    database: Database, posted: list[NewMessage], request: Request, changes: dict[str, Change], by: int = APPLICANT
) -> Awaitable[Request]:
    """The applicant sends what was to be corrected."""
    return database.write(
        lambda tx: registering.correct(tx, RIGHTS, request.id, changes, by=by, now=30, post=posted.append)
    )


async def approved(database: Database, posted: list[NewMessage]) -> int:
    """A Center that FOCAL leads."""
    request = await registered(database, posted, by=FOCAL)
    await decide(database, posted, request, RequestState.APPROVED)
    posted.clear()
    return request.center or 0
