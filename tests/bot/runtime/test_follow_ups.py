"""What runs in the transaction that records a send, or gives it up; and what is kept of a message then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest

import storage.writer
from bot.app import Running
from bot.parts import Parts
from bot.runtime.attempt import FOLLOW_UP_TIMEOUTS
from storage import outbox
from storage.records import Call, Failure, FollowUp, NewMessage
from storage.session import Transaction
from tests.chat import People, until
from tests.conftest import StartBot
from tests.delivering import nothing_queued, queue


@dataclass
class Noted:
    """What the follow-ups were given."""

    seen: list[tuple[str, Any]] = field(default_factory=list)

    async def note(self, tx: Transaction, chat_id: int, args: Mapping[str, Any], result: Any) -> None:
        self.seen.append((args["name"], result))
        if args.get("then"):
            outbox.add(tx, NewMessage(chat_id, Call("sendMessage", {"text": args["then"]})), 1)

    async def fail(self, _tx: Transaction, _chat_id: int, _args: Mapping[str, Any], _result: Any) -> None:
        raise RuntimeError("A follow-up that fails, so that a test can see what happens then.")

    async def hang(self, _tx: Transaction, _chat_id: int, args: Mapping[str, Any], result: Any) -> None:
        self.seen.append((args["name"], result))
        await asyncio.Event().wait()


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
async def bot(start_bot: StartBot, parts: Parts, noted: Noted) -> AsyncIterator[Running]:
    follow_ups = {"note": noted.note, "fail": noted.fail, "hang": noted.hang}
    async with start_bot(replace(parts, follow_ups=follow_ups)) as running:
        yield running


def to(chat_id: int, text: str, follow_up: str = "note", **args: Any) -> NewMessage:
    def named(when: str) -> FollowUp:
        return FollowUp(follow_up, {"name": f"{text} {when}", **args})

    call = Call("sendMessage", {"text": text})
    return NewMessage(chat_id, call, follow_up=named("sent"), on_failure=named("failed"))


async def test_what_a_follow_up_queues_goes_out_at_once(bot: Running, people: People, noted: Noted) -> None:
    phone = await people.person()
    await phone.ask("/start")
    await queue(bot, to(phone.id, "one", then="two"))
    await until(lambda: _texts(phone, "two"))
    [(name, result)] = noted.seen
    assert name == "one sent"
    assert result["text"] == "one"


async def test_a_refused_message_runs_what_is_named_for_its_failure(bot: Running, people: People, noted: Noted) -> None:
    phone = await people.person()
    await phone.ask("/start")
    await queue(bot, to(phone.id, " ", then="Sorry."))
    await until(lambda: _texts(phone, "Sorry."))
    [(name, failure)] = noted.seen
    assert name == "  failed"
    assert isinstance(failure, Failure)
    assert not failure.is_unreachable


async def test_each_message_to_somebody_who_blocked_the_bot_fails_by_itself(
    bot: Running, people: People, noted: Noted
) -> None:
    phone = await people.person()
    await phone.ask("/start")
    await people.post(f"/persons/{phone.id}/block", {"blocked": True})
    await queue(bot, *(to(phone.id, text) for text in ("one", "two", "three")))
    await until(lambda: len(noted.seen) == 3)
    assert [name for name, _ in noted.seen] == ["one failed", "two failed", "three failed"]
    assert all(failure.is_unreachable for _, failure in noted.seen)


@pytest.mark.parametrize("text", ["one", " "])
async def test_a_follow_up_that_fails_changes_nothing_for_the_message(bot: Running, people: People, text: str) -> None:
    phone = await people.person()
    await phone.ask("/start")
    await queue(bot, to(phone.id, text, "fail"), NewMessage(phone.id, Call("sendMessage", {"text": "last"})))
    await until(lambda: _texts(phone, "last"))
    assert len([one for one in await phone.from_bot() if one == text]) == (text == "one")
    await until(lambda: nothing_queued(bot))  # what is seen is recorded a moment later


@pytest.mark.usefixtures("hastened")
@pytest.mark.parametrize("text", ["one", " "])
async def test_a_follow_up_that_always_takes_too_long_is_given_up(
    bot: Running, people: People, noted: Noted, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    phone = await people.person()
    await phone.ask("/start")
    monkeypatch.setattr(storage.writer, "WORK_TIMEOUT_S", 1.0)
    await queue(bot, to(phone.id, text, "hang"), NewMessage(phone.id, Call("sendMessage", {"text": "last"})))
    await until(lambda: _texts(phone, "last"))
    assert len(noted.seen) == FOLLOW_UP_TIMEOUTS
    assert len([one for one in await phone.from_bot() if one == text]) == (text == "one")


async def test_what_was_said_is_not_kept(bot: Running, people: People) -> None:
    """Whatever becomes of a message."""
    phone, gone = await people.person(), await people.person()
    for one in (phone, gone):
        await one.ask("/start")
    await people.post(f"/persons/{gone.id}/block", {"blocked": True})
    unheard_of = NewMessage(phone.id, Call("editMessageText", {"message_id": 7_000, "text": "secret"}))
    await queue(bot, to(gone.id, "secret"), to(gone.id, "secret"), unheard_of, to(phone.id, "secret"))

    async def all_ended() -> bool:
        return (await phone.from_bot())[-1] == "secret" and (await outbox.counts(bot.database.reader))[0] == 0

    await until(all_ended)
    rows = await bot.database.reader.all(SimpleNamespace(sql="SELECT * FROM outbox ORDER BY id"))
    assert [row["state"] for row in rows][-4:] == ["failed", "aborted", "failed", "sent"]
    assert not [row for row in rows if "secret" in str(dict(row))]


async def _texts(phone: Any, last: str) -> bool:
    return bool((await phone.from_bot())[-1] == last)
