"""Lanes: order within a chat, chats side by side, and what fails is tried, set aside, and apologised for."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import structlog

from bot.runtime.aftermath import Aftermath, Answer, CallbackAnswer
from bot.runtime.clock import MovableClock
from bot.runtime.lanes import COUNT_AGAIN_S, COUNT_REPLIES_EVERY, REPLIES_AT_MOST, Lanes, outline
from bot.runtime.metrics import Metrics
from bot.runtime.waiting import LANE_WINDOW, WINDOW
from storage import inbox, outbox
from storage.database import Database
from storage.records import Call, MessageClass, NewMessage, NewUpdate
from storage.session import Transaction
from tests.chat import until
from tests.inbox import take_in

Update = Mapping[str, Any]
GROUP = -1
"""A lane without end: of persons, no more is handled than replies reach them."""


@dataclass
class Clerk:
    """Handles updates as their texts ask for, and says what it has done."""

    gates: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    failures: dict[str, int] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    fails_at_apologies: bool = False

    async def prepare(self, update: Update) -> Update:
        self.begun.append(update["text"])
        if "slow" in update["text"]:
            await self.gates[update["text"]].wait()
        return update

    def opening(self, _prepared: Update) -> None:
        """It opens with nothing in particular."""

    async def handle(self, tx: Transaction, prepared: Update) -> Aftermath:
        text = prepared["text"]
        await tx.run(tx.sql.about.put, name=text, value="of an update")
        if self.failures.get(text, 0) > 0:
            self.failures[text] -= 1
            raise LookupError(f"{text}, with half a pair: \ud83d")
        if "rule" in text:
            await tx.run(tx.sql.about.put, name=None, value=None)
        return self._says(prepared, text)

    async def apologise(self, tx: Transaction, update: Update) -> Aftermath:
        await tx.run(tx.sql.about.put, name="apology", value=update["text"])
        if self.fails_at_apologies:
            raise LookupError("not even that")
        return self._says(update, "sorry")

    def _says(self, update: Update, text: str) -> Aftermath:
        message = NewMessage(update["lane"], Call("sendMessage", {"text": text}))
        return Aftermath((message,), (CallbackAnswer(text),))


@dataclass
class Office:
    """Lanes at work, and what came of it."""

    database: Database
    clock: MovableClock
    lanes: Lanes
    answers: list[str]
    metrics: Metrics
    last_update: int = 0

    async def give(self, *texts: str, lane: int = 1) -> None:
        rows = []
        for text in texts:
            self.last_update += 1
            rows.append(NewUpdate(self.last_update, lane, json.dumps({"text": text, "lane": lane})))
        await self.database.write(lambda tx: take_in(tx, rows, self.clock.now_us()))
        self.lanes.wake()

    async def said(self, lane: int = 1) -> list[Any]:
        rows = await outbox.queued(self.database.reader, MessageClass.REPLY, after=0, at_most=10_000)
        return [row.content.params["text"] for row in rows if row.chat_id == lane and isinstance(row.content, Call)]

    async def until_said(self, *texts: str, lane: int = 1) -> None:
        async def told() -> bool:
            return len(await self.said(lane)) >= len(texts)

        await until(told)
        assert await self.said(lane) == list(texts)

    async def kept(self, name: str) -> bool:
        return await self.database.reader.value(self.database.reader.sql.about.get, name=name) is not None

    async def past_pauses(self, condition: Callable[[], Any]) -> None:
        """Wait for something that comes after pauses between tries, without waiting for these."""

        async def reached() -> bool:
            self.clock.advance(100)
            found = condition()
            return bool(await found if asyncio.iscoroutine(found) else found)

        await until(reached)


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


Open = Callable[[], AbstractAsyncContextManager[Office]]


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """What is logged."""
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.fixture
def open_office(database: Database, clock: MovableClock, clerk: Clerk, logged: list[Any]) -> Open:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Office]:
        answers: list[str] = []

        def on_commit(given: Iterable[Answer], _classes: set[MessageClass]) -> None:
            answers.extend(answer.query_id for answer in given)

        metrics = Metrics()
        lanes = Lanes(database, clerk, clock, metrics, on_commit=on_commit, tries_at_most=3)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(lanes.run())
            yield Office(database, clock, lanes, answers, metrics)
            lanes.stop()

    return opened


@pytest.fixture
async def office(open_office: Open) -> AsyncIterator[Office]:
    async with open_office() as opened:
        yield opened


async def test_a_chat_is_handled_in_order(office: Office) -> None:
    texts = [f"text {number}" for number in range(60)]
    await office.give(*texts[:30], lane=GROUP)
    await office.give(*texts[30:], lane=GROUP)
    await office.until_said(*texts, lane=GROUP)
    assert office.answers == texts
    assert (await inbox.backlog(office.database.reader)).waiting == 0


async def test_a_slow_chat_holds_up_itself_and_no_other(office: Office, clerk: Clerk) -> None:
    await office.give("slow", "after it")
    await until(lambda: "slow" in clerk.begun)
    for lane in range(2, 12):
        await office.give("quick", lane=lane)
    for lane in range(2, 12):
        await office.until_said("quick", lane=lane)
    assert await office.said() == []
    clerk.gates["slow"].set()
    await office.until_said("slow", "after it")


async def test_slow_work_of_many_chats_goes_on_at_once(office: Office, clerk: Clerk) -> None:
    for lane in range(1, 21):
        await office.give("slow", lane=lane)
    await until(lambda: clerk.begun.count("slow") == 20)
    clerk.gates["slow"].set()
    for lane in range(1, 21):
        await office.until_said("slow", lane=lane)


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
    conn = office.database.writer._conn
    texts = [f"{number} {'x' * 3000}" for number in range(12)]
    await office.give(*texts[:6])
    await office.until_said(*texts[:6])
    await office.give("slow", *texts[6:])
    await until(lambda: "slow" in clerk.begun)
    (pages,) = [row[0] for row in await conn.execute_fetchall("PRAGMA page_count")]
    await conn.execute(f"PRAGMA max_page_count = {pages}")
    clerk.gates["slow"].set()
    await office.past_pauses(lambda: max(clerk.begun.count(text) for text in texts) >= 5)
    assert all(row.tries == 0 for row in await inbox.waiting(office.database.reader, after=0, at_most=100))
    await conn.execute("PRAGMA max_page_count = 100000")
    await office.past_pauses(lambda: len(office.answers) == 13)
    assert await office.said() == [*texts[:6], "slow", *texts[6:]]
    assert (await inbox.backlog(office.database.reader)).set_aside == 0


async def test_stopping_ends_what_is_under_way_and_leaves_the_rest(open_office: Open, clerk: Clerk) -> None:
    async with open_office() as office:
        await office.give("slow", "after it")
        await until(lambda: "slow" in clerk.begun)
        office.lanes.stop()
        clerk.gates["slow"].set()
    assert await office.said() == ["slow"]
    async with open_office() as again:
        await again.until_said("slow", "after it")
    assert clerk.begun == ["slow", "after it"]


async def test_more_updates_than_are_held_in_memory_are_all_handled(office: Office) -> None:
    texts = [f"text {number}" for number in range(1_100)]
    await office.give(*texts, lane=GROUP)
    await until(lambda: len(office.answers) == len(texts))
    assert await office.said(GROUP) == texts


async def test_a_lane_in_which_much_waits_leaves_room_for_others(office: Office, clerk: Clerk) -> None:
    texts = [f"text {number}" for number in range(3 * WINDOW)]
    await office.give("slow", *texts, lane=GROUP)
    await until(lambda: "slow" in clerk.begun)
    for lane in range(2, 52):
        await office.give("quick", lane=lane)
    for lane in range(2, 52):
        await office.until_said("quick", lane=lane)
    assert await office.said(GROUP) == []
    clerk.gates["slow"].set()
    await until(lambda: len(office.answers) == len(texts) + 51)
    assert await office.said(GROUP) == ["slow", *texts]


async def test_what_comes_while_a_lane_works_off_what_waits_keeps_its_place(office: Office, clerk: Clerk) -> None:
    texts = [f"text {number}" for number in range(10 * LANE_WINDOW)]
    giving = [office.give(*texts[start : start + 7], lane=GROUP) for start in range(0, len(texts), 7)]
    for part in giving:
        await part
    await until(lambda: len(office.answers) == len(texts))
    assert await office.said(GROUP) == texts


async def test_a_person_is_handled_no_faster_than_the_replies_reach_them(office: Office) -> None:
    texts = [f"text {number}" for number in range(4 * REPLIES_AT_MOST)]
    await office.give(*texts)
    bound = REPLIES_AT_MOST + COUNT_REPLIES_EVERY
    await until(lambda: len(office.answers) == bound)
    await office.give("quick", lane=2)
    await office.until_said("quick", lane=2)
    assert await office.said() == texts[:bound]

    async def deliver() -> bool:
        """The oldest reply goes out, and the clock moves on."""
        reader = office.database.reader
        waiting = await outbox.queued(reader, MessageClass.REPLY, after=0, at_most=1)

        async def sent(tx: Transaction) -> None:
            for row in waiting:
                outbox.sent(tx, row.id, row.id, office.clock.now_us())

        await office.database.write(sent)
        office.clock.advance(COUNT_AGAIN_S)
        assert await outbox.replies_to(reader, 1) <= bound
        return len(office.answers) == len(texts) + 1

    await until(deliver)
    assert office.answers == [*texts[:bound], "quick", *texts[bound:]]


def test_an_outline_shows_the_shape_of_an_update_and_not_what_people_wrote() -> None:
    update = {"update_id": 5, "message": {"text": "private", "entities": [{"type": "url", "offset": 0}]}}
    assert outline(update) == {
        "update_id": 5,
        "message": {"text": "<7 characters>", "entities": [{"type": "<3 characters>", "offset": 0}]},
    }
