"""Lanes: what fails is tried again, set aside, and apologised for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.runtime.lanes import outline
from storage import inbox
from tests.chat import until
from tests.disks import full_disk
from tests.lanes import Clerk, Office, Open


async def test_a_failure_is_taken_back_and_tried_again_before_what_follows(office: Office, clerk: Clerk) -> None:
    clerk.failures["shaky"] = 2
    await office.give("shaky", "after it")
    await until(lambda: clerk.begun.count("shaky") == 1)
    assert not await office.kept("shaky")
    await office.past_pauses(lambda: "after it" in clerk.begun)
    await office.until_said("shaky", "after it")
    assert clerk.begun == ["shaky"] * 3 + ["after it"]
    assert await office.kept("shaky")


@pytest.mark.parametrize("text", ["hopeless", "against a rule"])
async def test_what_fails_too_often_is_set_aside_with_one_apology(
    office: Office, clerk: Clerk, text: str, logged: list[Any]
) -> None:
    clerk.failures["hopeless"] = 99
    await office.give(text, "after it")
    await office.past_pauses(lambda: "after it" in clerk.begun)
    await office.until_said("sorry", "after it")
    assert not await office.kept(text)
    (aside,) = await inbox.list_set_aside(office.database.reader)
    assert (aside.update_id, aside.tries, json.loads(aside.payload)["text"]) == (1, 3, text)
    assert aside.failure.startswith(("LookupError: hopeless", "StatementError: NOT NULL"))
    assert office.answers == ["sorry", "after it"]
    failures = [event for event in logged if event["event"] == "update_failed"]
    assert [event["tries"] for event in failures] == [1, 2, 3]
    assert failures[0]["update"] == {"text": f"<{len(text)} characters>", "lane": 1}


async def test_what_was_set_aside_is_taken_up_again_by_the_running_bot(office: Office, clerk: Clerk) -> None:
    clerk.failures["mended later"] = 3
    await office.give("mended later")
    await office.past_pauses(lambda: office.answers == ["sorry"])
    assert await office.database.write(lambda tx: inbox.retry(tx, 1))
    await office.past_pauses(lambda: office.answers == ["sorry", "mended later"])
    assert (await inbox.backlog(office.database.reader)).set_aside == 0


async def test_a_failing_apology_does_not_keep_an_update_from_being_set_aside(office: Office, clerk: Clerk) -> None:
    clerk.failures["hopeless"] = 99
    clerk.fails_at_apologies = True
    await office.give("hopeless", "after it")
    await office.past_pauses(lambda: "after it" in clerk.begun)
    await office.until_said("after it")
    assert [row.update_id for row in await inbox.list_set_aside(office.database.reader)] == [1]


async def test_tries_are_counted_over_restarts(open_office: Open, clerk: Clerk) -> None:
    clerk.failures["hopeless"] = 99
    async with open_office() as office:
        await office.give("hopeless")

        async def counted() -> bool:
            waiting = await inbox.waiting(office.database.reader, after=0, at_most=1)
            return waiting[0].tries == 1

        await until(counted)
    assert clerk.begun == ["hopeless"]
    async with open_office() as office:
        await office.past_pauses(lambda: office.answers == ["sorry"])
    assert clerk.begun == ["hopeless"] * 3


async def test_moving_the_clock_during_a_pause_does_not_stop_the_lanes(office: Office, clerk: Clerk) -> None:
    clerk.failures["shaky"] = 1
    await office.give("shaky")
    await until(lambda: clerk.failures["shaky"] == 0)
    await until(lambda: len(office.clock._sleepers) == 2)  # the lanes' own wait, and the pause
    office.clock.advance(100)
    await office.until_said("shaky")
    await office.give("later")
    await office.until_said("shaky", "later")


async def test_a_full_disk_is_waited_out_and_is_no_failure_of_the_update(office: Office, clerk: Clerk) -> None:
    texts = [f"{number} {'x' * 3000}" for number in range(12)]
    await office.give(*texts[:6])
    await office.until_said(*texts[:6])
    await office.give("slow", *texts[6:])
    await until(lambda: "slow" in clerk.begun)
    async with full_disk(office.database):
        clerk.gates["slow"].set()
        await office.past_pauses(lambda: max(clerk.begun.count(text) for text in texts) >= 5)
        assert all(row.tries == 0 for row in await inbox.waiting(office.database.reader, after=0, at_most=100))
    await office.past_pauses(lambda: len(office.answers) == 13)
    assert await office.said() == [*texts[:6], "slow", *texts[6:]]
    assert (await inbox.backlog(office.database.reader)).set_aside == 0


def test_an_outline_shows_the_shape_of_an_update_and_not_what_people_wrote() -> None:
    update = {"update_id": 5, "message": {"text": "private", "entities": [{"type": "url", "offset": 0}]}}
    assert outline(update) == {
        "update_id": 5,
        "message": {"text": "<7 characters>", "entities": [{"type": "<3 characters>", "offset": 0}]},
    }
