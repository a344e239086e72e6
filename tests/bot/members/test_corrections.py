"""What the Secretariat asks to be corrected comes back as a new edition."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.members import centers as written
from bot.members import requests
from bot.members.centers import StaleCenterError
from bot.members.requests import DecidedError
from bot.members.roles import NotAllowedError
from storage.database import Database
from storage.records import NewMessage
from storage.records.members import Change, RequestState
from tests.leaders import DETAILS
from tests.requested import STRANGER, corrected, decide, registered


@pytest.mark.parametrize("correct", [(), ("nothing",), ("name", "given_name")])
async def test_only_fields_that_there_are_can_be_corrected(
    database: Database, posted: list[NewMessage], correct: tuple[str, ...]
) -> None:
    request = await registered(database, posted)
    with pytest.raises(NotAllowedError):
        await decide(database, posted, request, RequestState.CORRECTION, correct=correct)


async def test_a_correction_comes_back_and_is_decided_by_its_new_edition(
    database: Database, posted: list[NewMessage]
) -> None:
    request = await registered(database, posted)
    asked = await decide(
        database, posted, request, RequestState.CORRECTION, correct=("name", "city"), reason="In full, please."
    )
    assert (asked.state, asked.fields, asked.reason) == ("correction", ("name", "city"), "In full, please.")
    changes = {"name": Change("Center A", "Center A of Example City")}
    again = await corrected(database, posted, request, changes)
    assert (again.state, again.fields, again.reason, again.decided_by) == ("open", (), None, None)
    assert (again.changes, again.asked_at) == (changes, 30)
    center = await written.find(database.reader, request.center or 0)
    assert center.details == replace(DETAILS, name="Center A of Example City")
    with pytest.raises(DecidedError):  # whoever has seen what it was before
        await decide(database, posted, request, RequestState.APPROVED)
    assert (await decide(database, posted, again, RequestState.APPROVED)).state == "approved"


async def test_a_change_after_the_decision_changes_nothing(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    await decide(database, posted, request, RequestState.APPROVED)
    with pytest.raises(DecidedError):
        await corrected(database, posted, request, {"name": Change("Center A", "Center B")})
    assert (await written.find(database.reader, request.center or 0)).details == DETAILS


async def test_a_change_of_what_has_changed_otherwise_changes_nothing(
    database: Database, posted: list[NewMessage]
) -> None:
    request = await registered(database, posted)
    with pytest.raises(StaleCenterError):
        await corrected(database, posted, request, {"name": Change("Center Z", "Center B")})
    assert await requests.find(database.reader, request.id) == request


async def test_nobody_corrects_what_is_somebody_elses(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    with pytest.raises(NotAllowedError):
        await corrected(database, posted, request, {"name": Change("Center A", "Center B")}, by=STRANGER)
