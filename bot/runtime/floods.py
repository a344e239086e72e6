"""Who writes too much is not read for a while, and is told so once: decided where updates come in.

So a flood costs next to nothing: what is not read is known by its number alone, and neither a lane, nor an answer,
nor the delivery ever sees it. See docs/decisions/0012-who-writes-too-much.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from bot.runtime.aftermath import Aftermath, Answer
from bot.runtime.allowance import FloodLimits, Verdict, is_notable, judge
from bot.runtime.metrics import Metrics
from bot.runtime.trace import trace
from storage import floods, outbox
from storage.errors import StatementError, StorageError
from storage.records import MessageClass
from storage.records.durations import SECOND_US
from storage.records.floods import Account, Kind, Pause
from storage.session import Transaction

log = structlog.stdlib.get_logger(__name__)

REMEMBERED = 10_000
"""Accounts beyond which those are forgotten that no longer count."""
_IDS = 2**63
_ADDRESS_THE_BOT = {"bot_command", "mention", "text_mention"}

Key = tuple[int, int, Kind]
OnCommit = Callable[[Iterable[Answer], set[MessageClass]], None]


class Porter(Protocol):
    """What is said at the gate; the runtime knows no more of it."""

    async def is_exempt(self, tx: Transaction, chat_id: int, /) -> bool:
        """Whether nobody is slowed in a chat."""

    async def slowed(self, tx: Transaction, update: Mapping[str, Any], pause: Pause, /) -> Aftermath:
        """Tell somebody that nothing of theirs is read for a while."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose account an update counts for, where it was sent, and when."""

    key: Key
    chat_id: int
    sent_at: int


def sender_of(update: Mapping[str, Any], now: int) -> Sender | None:
    """Who is to answer for a raw update; None where it does not count.

    In groups only what may be addressed to the bot counts: it is nobody's business how much people say to each other.
    A live location changes by itself.
    """
    query = _dict(update.get("callback_query")) or _dict(update.get("inline_query"))
    if query:
        person = _id(query.get("from"))
        kind = Kind.PRESS if "callback_query" in update else Kind.QUERY
        chat = _id(_dict(query.get("message")).get("chat"))
        return None if person is None else Sender((person, person, kind), chat or person, now)
    message = _dict(update.get("message")) or _dict(update.get("edited_message"))
    person, chat = _id(message.get("from")), _id(message.get("chat"))
    if person is None or chat is None or ("edited_message" in update and "location" in message):
        return None
    if chat != person and not _may_address_the_bot(message):
        return None
    kind = Kind.MESSAGE if chat == person else Kind.IN_GROUP
    return Sender((chat, person, kind), chat, _sent_at(message, now))


class FloodGate:
    """Remembers who sent how much, and lets what is within the limits through.

    Args:
        on_commit: told after each commit which answers to give, and of which classes messages were queued.
    """

    def __init__(self, limits: FloodLimits, porter: Porter, metrics: Metrics, *, on_commit: OnCommit) -> None:
        self.limits = limits
        self.porter = porter
        self.metrics = metrics
        self.on_commit = on_commit
        self._accounts: dict[Key, Account] = {}
        self._is_loaded = False
        self.turn = 0
        """Goes up with each batch that counts something, or takes it back."""

    def batch(self) -> Batch:
        """For the updates of one transaction."""
        return Batch(self)

    async def load(self, tx: Transaction) -> None:
        """Take up what was known before a restart."""
        if not self._is_loaded:
            known = {(one.chat_id, one.person_id, one.kind): one for one in await floods.kept(tx)}
            self._accounts = {**known, **self._accounts}
            self._is_loaded = True

    def get(self, key: Key) -> Account | None:
        return self._accounts.get(key)

    def put(self, key: Key, account: Account | None) -> None:
        """Remember an account, or None that there is nothing to be remembered."""
        if account is None:
            self._accounts.pop(key, None)
        else:
            self._accounts[key] = account

    def forget(self, keys: Iterable[Key]) -> None:
        """Know of these accounts, from now on, what the database knows."""
        for key in keys:
            self.put(key, None)
        self._is_loaded = False

    def sweep(self, now: int) -> None:
        """Forget whoever does not count any more, once there are many."""
        if len(self._accounts) > REMEMBERED:
            self._accounts = {
                key: one
                for key, one in self._accounts.items()
                if max(one.free_at, one.arrivals_free_at, one.paused_until) > now
            }


class Batch:
    """The updates of one transaction, which may be run again, or come to nothing."""

    def __init__(self, gate: FloodGate) -> None:
        self._gate = gate
        self._before: dict[Key, Account | None] = {}
        self._turn = 0
        self._unread = 0
        self._paused: list[tuple[Key, Pause]] = []
        self._aftermaths: list[Aftermath] = []

    def take_back(self) -> None:
        """As if none of it had come.

        Where another batch has counted since, it may have done so on top of this one, or this one on top of it: what
        was before tells nothing then.
        """
        if not self._before:
            return
        if self._turn == self._gate.turn:
            for key, account in self._before.items():
                self._gate.put(key, account)
        else:
            self._gate.forget(self._before)
            self._gate.turn += 1
        self._before.clear()
        self._unread = 0
        self._paused.clear()
        self._aftermaths.clear()

    async def judge(self, tx: Transaction, sender: Sender | None, now: int) -> Verdict | None:
        """What is to become of an update; None if it does not count."""
        if sender is None:
            return None
        await self._gate.load(tx)
        account = self._gate.get(sender.key) or Account(*sender.key)
        verdict = judge(account, self._gate.limits, sent_at=sender.sent_at, now=now)
        if verdict.pause is not None and await self._gate.porter.is_exempt(tx, sender.chat_id):
            return Verdict(Account(*sender.key, unread_count=account.unread_count))
        return verdict

    async def count(self, tx: Transaction, update: Mapping[str, Any], sender: Sender, verdict: Verdict) -> None:
        """Remember a verdict on an update that is new, and tell whoever it slows."""
        if not self._before:
            self._gate.turn += 1
            self._turn = self._gate.turn
        self._before.setdefault(sender.key, self._gate.get(sender.key))
        self._gate.put(sender.key, verdict.account)
        self._unread += not verdict.is_read
        if verdict.pause is not None:
            self._paused.append((sender.key, verdict.pause))
            self._aftermaths.append(await self._tell(tx, update, verdict.pause))

    def keep(self, tx: Transaction, now: int) -> None:
        """Keep what a restart must not forget, and queue what is said."""
        for key in self._before:
            account = self._gate.get(key)
            if account is not None and is_notable(account, self._gate.limits, now):
                floods.put(tx, account)
        for message in self._messages():
            outbox.add(tx, message, now)
        self._gate.sweep(now)

    def committed(self) -> None:
        """It is so: count it, and let out what is said."""
        self._gate.metrics.updates.labels("not_read").inc(self._unread)
        for (chat_id, person_id, kind), pause in self._paused:
            seconds = round((pause.ends_at - pause.starts_at) / SECOND_US)
            log.warning("not_read_for_now", chat_id=chat_id, person_id=person_id, kind=kind, for_s=seconds)
        if self._aftermaths:
            answers = [answer for aftermath in self._aftermaths for answer in aftermath.answers]
            self._gate.on_commit(answers, {message.message_class for message in self._messages()})

    def _messages(self) -> list[Any]:
        return [message for aftermath in self._aftermaths for message in aftermath.messages]

    async def _tell(self, tx: Transaction, update: Mapping[str, Any], pause: Pause) -> Aftermath:
        try:
            return await self._gate.porter.slowed(tx, update, pause)
        except Exception as error:
            if isinstance(error, StorageError) and not isinstance(error, StatementError):
                raise
            # Whatever cannot be said, the updates of everybody come in.
            log.error("not_told", update_id=update.get("update_id"), exception=trace(error))
            return Aftermath()


def _may_address_the_bot(message: Mapping[str, Any]) -> bool:
    entities = message.get("entities") or message.get("caption_entities")
    kinds = [_dict(entity).get("type") for entity in entities] if isinstance(entities, list) else []
    return any(isinstance(kind, str) and kind in _ADDRESS_THE_BOT for kind in kinds)


def _sent_at(message: Mapping[str, Any], now: int) -> int:
    date = message.get("edit_date") or message.get("date")
    return min(date * SECOND_US, now) if isinstance(date, int) and date > 0 else now


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(of: object) -> int | None:
    number = _dict(of).get("id")
    return number if isinstance(number, int) and -_IDS <= number < _IDS else None
