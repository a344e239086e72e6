"""Details of a Center: what applies at once, what waits, and what happens when two change it at the same time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

import pytest

from bot.members import centers as written
from bot.members import editing, requests
from bot.members.centers import StaleCenterError
from bot.members.editing import Edited, NothingChangedError
from bot.members.leading import CenterNotActiveError
from bot.members.roles import NotAllowedError, Role
from storage import audit, centers, roles
from storage import requests as kept
from storage.database import Database
from storage.records import NewMessage
from storage.records.members import (
    CenterDetails,
    CenterKind,
    CenterState,
    Change,
    Request,
    RequestKind,
    RequestState,
)
from tests.leaders import DETAILS, FOCAL, NOW, OWNER, RIGHTS, STRANGER, center_of, delegate_in

DEPUTY = 11


def edit(
    database: Database, center: int, *, by: int = FOCAL, given: CenterDetails = DETAILS, **wanted: Any
) -> Awaitable[Edited]:
    def post(_message: NewMessage) -> None:
        """Nobody is shown anything here."""

    return database.write(
        lambda tx: editing.edit(tx, RIGHTS, center, given, replace(given, **wanted), by=by, now=NOW, post=post)
    )


async def waiting(database: Database, center: int) -> Request | None:
    return await kept.open_of_center(database.reader, center, RequestKind.CHANGE)


async def details(database: Database, center: int) -> CenterDetails:
    return (await written.find(database.reader, center)).details


async def deputy_of(database: Database, center: int) -> None:
    await delegate_in(database, center, DEPUTY)
    await database.write(lambda tx: roles.give(tx, DEPUTY, Role.DEPUTY, scope=str(center), given_by=FOCAL, now=NOW))


async def test_what_is_small_applies_at_once_and_nobody_is_asked(database: Database) -> None:
    center = await center_of(database)
    edited = await edit(database, center, city="Other City", head_name="Head B", website="https://a.example.org")
    assert (edited.applied["city"], edited.waiting) == (Change("Example City", "Other City"), {})
    after = await details(database, center)
    assert after == replace(DETAILS, city="Other City", head_name="Head B", website="https://a.example.org")
    assert await waiting(database, center) is None
    [entry] = await audit.latest(database.reader, at_most=1)
    assert (entry.act, entry.object, entry.actor_id) == ("center.edit", f"center:{center}", FOCAL)
    assert json.loads(entry.after or "") == {"city": "Other City", "website": "https://a.example.org", "head_name": "…"}
    [found] = await centers.same_domain(database.reader, "a.example.org", None, at_most=5)
    assert found.id == center, "what it is found by follows"


async def test_what_makes_the_member_waits_with_before_and_after(database: Database) -> None:
    center = await center_of(database)
    edited = await edit(database, center, name="Center B", kind=CenterKind.AGENCY, country="FR", city="Other City")
    assert dict(edited.applied) == {"city": Change("Example City", "Other City")}
    assert edited.is_new
    request = await waiting(database, center)
    assert request is not None
    assert (
        dict(request.changes)
        == dict(edited.waiting)
        == {
            "name": Change("Center A", "Center B"),
            "kind": Change("training_center", "agency"),
            "country": Change("CH", "FR"),
        }
    )
    assert (await details(database, center)).name == "Center A"


async def test_a_further_change_becomes_part_of_the_one_that_waits(database: Database) -> None:
    center = await center_of(database)
    await deputy_of(database, center)
    await edit(database, center, name="Center B")
    first = await waiting(database, center)
    given = await editing.as_asked(database.reader, await written.find(database.reader, center))
    assert given.name == "Center B", "those who edit see what they have asked for"
    edited = await edit(database, center, by=DEPUTY, given=given, country="FR")
    assert set(edited.waiting) == {"name", "country"}
    second = await waiting(database, center)
    assert first is not None
    assert second is not None
    assert (second.id, second.edition, second.person_id) == (first.id, first.edition + 1, DEPUTY)
    approved = await database.write(
        lambda tx: requests.decide(
            tx, RIGHTS, second.id, RequestState.APPROVED, edition=second.edition, by=OWNER, now=NOW,
            post=lambda _message: None,
        )
    )  # fmt: skip
    assert approved.state == RequestState.APPROVED
    assert await details(database, center) == replace(DETAILS, name="Center B", country="FR")
    assert (await written.find(database.reader, center)).region == "europe"


async def test_what_is_changed_back_is_withdrawn(database: Database) -> None:
    center = await center_of(database)
    await deputy_of(database, center)
    await edit(database, center, name="Center B")
    given = replace(DETAILS, name="Center B")
    edited = await edit(database, center, by=DEPUTY, given=given, name="Center A")
    assert (edited.is_withdrawn, edited.waiting, edited.applied) == (True, {}, {})
    assert await waiting(database, center) is None


async def test_a_small_change_leaves_what_waits_as_it_is(database: Database) -> None:
    center = await center_of(database)
    await edit(database, center, name="Center B")
    before = await waiting(database, center)
    edited = await edit(database, center, given=replace(DETAILS, name="Center B"), city="Other City")
    assert (set(edited.applied), set(edited.waiting), edited.is_new) == ({"city"}, {"name"}, False)
    assert await waiting(database, center) == before


async def test_two_at_once_lose_nothing_of_each_other(database: Database) -> None:
    center = await center_of(database)
    await deputy_of(database, center)
    await asyncio.gather(
        edit(database, center, city="Other City", name="Center B"),
        edit(database, center, by=DEPUTY, phone="+41446681800", country="FR"),
    )
    assert await details(database, center) == replace(DETAILS, city="Other City", phone="+41446681800")
    request = await waiting(database, center)
    assert request is not None
    assert set(request.changes) == {"name", "country"}


async def test_of_two_who_change_the_same_one_is_told(database: Database) -> None:
    center = await center_of(database)
    await deputy_of(database, center)
    outcomes = await asyncio.gather(
        edit(database, center, city="B City", head_title="Director"),
        edit(database, center, by=DEPUTY, city="C City", short_name="CA"),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Edited", "StaleCenterError"]
    after = await details(database, center)
    assert (after.city, after.head_title, after.short_name) in {("B City", "Director", None), ("C City", None, "CA")}


async def test_a_declined_change_does_not_come_back_by_an_old_form(database: Database) -> None:
    center = await center_of(database)
    await edit(database, center, name="Center B")
    request = await waiting(database, center)
    assert request is not None
    await database.write(
        lambda tx: requests.decide(
            tx, RIGHTS, request.id, RequestState.DECLINED, edition=request.edition, by=OWNER, now=NOW,
            post=lambda _message: None,
        )
    )  # fmt: skip
    given = replace(DETAILS, name="Center B")  # the form was opened before
    await edit(database, center, given=given, city="Other City")
    assert await waiting(database, center) is None
    with pytest.raises(StaleCenterError):
        await edit(database, center, given=given, name="Center C")


async def test_the_secretariat_changes_everything_at_once(database: Database) -> None:
    center = await center_of(database)
    edited = await edit(database, center, by=OWNER, name="Center B", city="Other City")
    assert (set(edited.applied), edited.waiting) == ({"name", "city"}, {})
    assert (await details(database, center)).name == "Center B"


async def test_who_may_not_and_when(database: Database) -> None:
    center = await center_of(database)
    with pytest.raises(NotAllowedError):
        await edit(database, center, by=STRANGER, city="Other City")
    with pytest.raises(NothingChangedError):
        await edit(database, center)
    await database.write(
        lambda tx: centers.set_state(tx, center, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=NOW)
    )
    with pytest.raises(CenterNotActiveError):
        await edit(database, center, city="Other City")
    assert await details(database, center) == DETAILS
