"""The gate: whose account an update counts for, and that what is counted is what was kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest
import structlog

from bot.runtime.aftermath import Aftermath, Answer, CallbackAnswer
from bot.runtime.clock import MovableClock
from bot.runtime.floods import REMEMBERED, FloodGate, sender_of
from bot.runtime.intake import Intake
from bot.runtime.metrics import Metrics
from bot.settings import Floods
from storage import floods, inbox, outbox
from storage.database import Database
from storage.errors import StatementError, StorageError
from storage.records import Call, MessageClass, NewMessage
from storage.records.durations import HOUR_US, SECOND_US
from storage.records.floods import Account, Kind, Pause
from storage.session import Transaction
from tests.disks import full_disk

AT_ONCE = 20
LIMITS = Floods(messages_at_once=AT_ONCE, messages_per_minute=6).limits()
MESSAGE: dict[str, Any] = {"message_id": 1, "from": {"id": 7}, "chat": {"id": 7}, "date": 1_000_000}
COMMAND: dict[str, Any] = {"entities": [{"type": "bot_command", "offset": 0, "length": 5}]}


@dataclass
class Porter:
    """Tells whoever is slowed so in a message and over the chat."""

    exempt_chat: int = 0
    fails_with: Exception | None = None
    answers: list[str] = field(default_factory=list)

    async def is_exempt(self, _tx: Transaction, chat_id: int) -> bool:
        return chat_id == self.exempt_chat

    async def slowed(self, _tx: Transaction, update: Mapping[str, Any], _pause: Pause) -> Aftermath:
        if self.fails_with is not None:
            raise self.fails_with
        message = NewMessage(7, Call("sendMessage", {"text": "slowed"}))
        return Aftermath((message,), (CallbackAnswer(str(update["update_id"])),))

    def on_commit(self, answers: Iterable[Answer], _classes: set[MessageClass]) -> None:
        self.answers += [answer.query_id for answer in answers]


@dataclass
class Door:
    """An intake with its gate; opened again, it knows what the database knows."""

    database: Database
    clock: MovableClock
    porter: Porter
    last_update: int = 0

    def __post_init__(self) -> None:
        self.began_s = int(self.clock.timestamp())
        self.open()

    def open(self) -> None:
        self.metrics = Metrics()
        self.gate = FloodGate(LIMITS, self.porter, self.metrics, on_commit=self.porter.on_commit)
        self.intake = Intake(
            self.database, self.clock, self.metrics, gate=self.gate, on_new=lambda: None, on_heard=lambda: None
        )

    def updates(self, count: int, person: int = 7, **more: Any) -> list[dict[str, Any]]:
        made = []
        for _ in range(count):
            self.last_update += 1
            message = {**MESSAGE, "from": {"id": person}, "chat": {"id": person}, "date": self.now_s(), **more}
            made.append({"update_id": self.last_update, "message": message})
        return made

    def now_s(self) -> int:
        """Only when the clock is moved does time pass for what is sent, however long the test takes."""
        return self.began_s + int(self.clock.offset_s)

    async def waiting(self) -> list[int]:
        return [row.update_id for row in await inbox.waiting(self.database.reader, after=0, at_most=1_000)]

    async def said(self) -> int:
        return len(await outbox.queued(self.database.reader, MessageClass.REPLY, after=0, at_most=100))

    async def account(self) -> Account:
        (account,) = await floods.kept(self.database.reader)
        return account


@pytest.fixture
def door(database: Database, clock: MovableClock) -> Door:
    return Door(database, clock, Porter())


async def test_a_flood_in_many_batches_is_told_of_once(door: Door) -> None:
    for _ in range(10):
        await door.intake.keep(door.updates(15))
    assert len(await door.waiting()) == AT_ONCE
    assert (await door.said(), len(door.porter.answers)) == (1, 1)
    assert (await door.account()).unread_count == 150 - AT_ONCE
    await door.intake.keep(door.updates(5, person=8))
    assert len(await door.waiting()) == AT_ONCE + 5


async def test_what_telegram_brings_again_counts_once(door: Door) -> None:
    updates = door.updates(AT_ONCE)
    for _ in range(5):
        await door.intake.keep(updates)
    await door.intake.keep(door.updates(1))
    assert (await door.account()).unread_count == 1
    assert len(await door.waiting()) == AT_ONCE


async def test_what_was_not_read_is_not_read_either_when_it_comes_again_later(door: Door) -> None:
    updates = door.updates(AT_ONCE + 1)
    await door.intake.keep(updates)
    door.clock.advance(600)
    await door.intake.keep(updates)
    assert len(await door.waiting()) == AT_ONCE


async def test_what_could_not_be_kept_does_not_count(door: Door) -> None:
    updates = door.updates(AT_ONCE, text="x" * 10_000)
    async with full_disk(door.database):
        for _ in range(3):
            with pytest.raises(StorageError):
                await door.intake.keep(updates)
    await door.intake.keep(updates)
    assert len(await door.waiting()) == AT_ONCE
    assert await door.said() == 0


async def test_what_came_at_the_same_moment_and_could_not_be_kept_does_not_count(door: Door) -> None:
    """As a webhook brings it: each update by itself."""
    updates = door.updates(AT_ONCE, text="x" * 10_000)
    async with full_disk(door.database):
        for _ in range(2):
            each = (door.intake.keep([update]) for update in updates)
            outcomes = await asyncio.gather(*each, return_exceptions=True)
            assert all(isinstance(outcome, StorageError) for outcome in outcomes)
    await asyncio.gather(*(door.intake.keep([update]) for update in updates))
    assert len(await door.waiting()) == AT_ONCE
    assert await door.said() == 0
    await door.intake.keep(door.updates(1))
    assert (await door.account()).unread_count == 1


async def test_a_pause_stands_whatever_could_not_be_kept_beside_it(door: Door) -> None:
    await door.intake.keep(door.updates(AT_ONCE + 1))
    updates = door.updates(1, person=8, text="x" * 10_000) + door.updates(2)
    async with full_disk(door.database):
        outcomes = await asyncio.gather(*(door.intake.keep([update]) for update in updates), return_exceptions=True)
        assert all(isinstance(outcome, StorageError) for outcome in outcomes)
    await door.intake.keep(updates)
    assert len(await door.waiting()) == AT_ONCE + 1
    assert (await door.said(), (await door.account()).unread_count) == (1, 3)


async def test_what_is_run_again_for_anothers_fault_counts_once(door: Door) -> None:
    async def at_fault(tx: Transaction) -> None:
        tx.run_later(tx.sql.floods.put, **{**asdict(Account(1, 1, Kind.PRESS)), "kind": "of no kind"})

    kept, failed = await asyncio.gather(
        door.intake.keep(door.updates(AT_ONCE)), door.database.write(at_fault), return_exceptions=True
    )
    assert (kept, type(failed)) == (None, StatementError)
    await door.intake.keep(door.updates(1))
    assert len(await door.waiting()) == AT_ONCE
    assert (await door.account()).unread_count == 1


async def test_a_restart_forgets_neither_a_pause_nor_what_was_nearly_too_much(door: Door) -> None:
    await door.intake.keep(door.updates(AT_ONCE - 1))
    door.open()
    await door.intake.keep(door.updates(3))
    assert len(await door.waiting()) == AT_ONCE
    door.open()
    await door.intake.keep(door.updates(3))
    assert len(await door.waiting()) == AT_ONCE
    assert (await door.said(), (await door.account()).unread_count) == (1, 5)


async def test_where_nobody_is_slowed_everything_is_read(door: Door) -> None:
    door.porter.exempt_chat = -5
    await door.intake.keep(door.updates(500, chat={"id": -5}, **COMMAND))
    assert len(await door.waiting()) == 500
    assert await door.said() == 0


@pytest.mark.parametrize("error", [LookupError("no"), StatementError("no")])
async def test_what_cannot_be_said_keeps_nothing_from_coming_in(door: Door, error: Exception) -> None:
    door.porter.fails_with = error
    with structlog.testing.capture_logs() as logged:
        await door.intake.keep([*door.updates(AT_ONCE + 5), *door.updates(1, person=8)])
    assert len(await door.waiting()) == AT_ONCE + 1
    assert [event["event"] for event in logged] == ["not_told", "not_read_for_now"]


async def test_who_no_longer_counts_is_forgotten(door: Door) -> None:
    for start in range(0, REMEMBERED, 500):
        await door.intake.keep([update for person in range(500) for update in door.updates(1, person=start + person)])
    assert door.gate.get((7, 7, Kind.MESSAGE)) is not None
    door.clock.advance(3600)
    await door.intake.keep(door.updates(1, person=REMEMBERED + 1))
    assert door.gate.get((7, 7, Kind.MESSAGE)) is None


async def test_old_accounts_are_deleted(door: Door) -> None:
    await door.intake.keep(door.updates(AT_ONCE + 1))
    now = door.clock.now_us()
    assert await door.database.write(lambda tx: floods.forget_old(tx, before=now, at_most=1)) == 0
    later = now + HOUR_US
    assert await door.database.write(lambda tx: floods.forget_old(tx, before=later, at_most=1)) == 1
    assert await floods.kept(door.database.reader) == []


NOW = 2_000_000 * SECOND_US
SENT = 1_000_000 * SECOND_US
IN_GROUP = {**MESSAGE, "chat": {"id": -5}}


@pytest.mark.parametrize(
    ("update", "key", "chat_id", "sent_at"),
    [
        ({"message": MESSAGE}, (7, 7, Kind.MESSAGE), 7, SENT),
        ({"edited_message": {**MESSAGE, "edit_date": 1_000_005}}, (7, 7, Kind.MESSAGE), 7, SENT + 5 * SECOND_US),
        ({"message": {**MESSAGE, "date": 3_000_000}}, (7, 7, Kind.MESSAGE), 7, NOW),
        ({"message": {**MESSAGE, "date": "soon"}}, (7, 7, Kind.MESSAGE), 7, NOW),
        ({"message": {**IN_GROUP, **COMMAND}}, (-5, 7, Kind.IN_GROUP), -5, SENT),
        ({"message": {**IN_GROUP, "caption_entities": [{"type": "mention"}]}}, (-5, 7, Kind.IN_GROUP), -5, SENT),
        ({"callback_query": {"from": {"id": 7}, "message": IN_GROUP}}, (7, 7, Kind.PRESS), -5, NOW),
        ({"callback_query": {"from": {"id": 7}, "inline_message_id": "1"}}, (7, 7, Kind.PRESS), 7, NOW),
        ({"inline_query": {"from": {"id": 7}}}, (7, 7, Kind.QUERY), 7, NOW),
    ],
)
def test_the_account_of_an_update(update: dict[str, Any], key: object, chat_id: int, sent_at: int) -> None:
    sender = sender_of({"update_id": 1, **update}, NOW)
    assert sender is not None
    assert (sender.key, sender.chat_id, sender.sent_at) == (key, chat_id, sent_at)


@pytest.mark.parametrize(
    "update",
    [
        {"message": IN_GROUP},
        {"message": {**IN_GROUP, "entities": [{"type": "bold"}, 5]}},
        {"message": {**IN_GROUP, "entities": "all"}},
        {"edited_message": {**MESSAGE, "location": {"live_period": 60}}},
        {"my_chat_member": {"from": {"id": 7}, "chat": {"id": 7}}},
        {"message": {**MESSAGE, "from": {"id": 2**70}}},
        {"message": {"chat": {"id": 7}}},
        {"message": None},
        {"callback_query": {"from": []}},
        {},
    ],
)
def test_what_does_not_count(update: dict[str, Any]) -> None:
    assert sender_of({"update_id": 1, **update}, NOW) is None
