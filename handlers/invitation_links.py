"""Links into a Center: made with their picture before the transaction, and given to whoever has asked for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

import segno
from telegram import Update

from bot.members import invitations
from bot.members.invitations import Made
from bot.members.roles import NotAllowedError
from handlers.center import zone_of
from handlers.turn import Desk, Turn
from handlers.views import center_invitations as views
from handlers.views.joining import LINK
from storage import about
from storage.records import NewMessage, Upload
from storage.records.drafts import Draft
from storage.records.members import Center

PIXELS = 10
"""Of a picture, the width of the smallest square: it is read from another phone's screen, or from paper."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that nothing is kept of yet."""

    token: str
    url: str
    picture: Upload


async def for_press(update: Update, desk: Desk) -> NewLink | None:
    """Before a button makes a link; None for whoever does not lead the Center."""
    query, user = update.callback_query, update.effective_user
    number = re.match(r"center:[a-z]+:([0-9]{1,12}):", (query.data if query else None) or "")
    if number is None or user is None:
        return None
    return await _for_leader(desk, user.id, int(number[1]))


async def for_form(desk: Desk, draft: Draft) -> NewLink | None:
    """Before the form is confirmed that says whom a link is for."""
    return await _for_leader(desk, draft.person_id, int(draft.subject.partition(":")[0]))


def worked_out(turn: Turn) -> NewLink:
    """The link that was made before. Raises NotAllowedError if that was not for this person."""
    link: NewLink | None = turn.worked_out
    if link is None:
        raise NotAllowedError
    return link


async def give(turn: Turn, made: Made, center: Center, link: NewLink) -> None:
    """Give a new link to whoever has asked for it."""
    zone = await zone_of(turn, turn.person.id, center)
    turn.tell(turn.person.id, views.made(turn.t, made.invitation, center, link.url, zone))
    words = views.passed_on(turn.t, made.invitation, center, link.url, zone)
    turn.post(NewMessage(turn.person.id, link.picture.as_call(words.as_caption())))


async def _for_leader(desk: Desk, person_id: int, center_id: int) -> NewLink | None:
    reader = desk.shelf.reader
    try:
        await desk.rights.need_lead(reader, person_id, center_id)
    except NotAllowedError:
        return None
    owner = await about.owner(reader)
    assert owner is not None  # noqa: S101 - it is written before anything is handled
    token = invitations.new_token()
    url = f"https://t.me/{owner[1]}?start={LINK}{token}"
    return NewLink(token, url, await desk.spool.keep(partial(_draw, url), "invitation.png", kind="photo"))


def _draw(url: str, file: BinaryIO) -> None:
    segno.make(url, error="m", micro=False).save(file, kind="png", scale=PIXELS)
