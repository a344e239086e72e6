"""Words of whoever decides that whoever asked reads: they are asked for first, and written next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.members import requests
from bot.members.requests import REASON_AT_MOST, DecidedError
from bot.members.roles import Rights
from storage import plain_json
from storage import requests as kept
from storage.outbox import Post
from storage.records.durations import DAY_US
from storage.records.members import Awaited, Request, RequestState
from storage.session import Session, Transaction

DECISION = "decision"
"""What is awaited, in `answers_awaited`."""
REMARK = "remark"
"""There, of whoever has written a remark and not sent it yet."""
LASTS_US = DAY_US
"""What is written a day later is an ordinary message."""


class ReasonTooLongError(Exception):
    """The words are more than `REASON_AT_MOST` characters."""


@dataclass(frozen=True, slots=True)
class AwaitedReason:
    """The reason why something is declined or, with `correct`, a remark on what is to be corrected.

    `chat_id` is where it is to be written; in a group, in reply to the message `prompt_id`, once that is known, or to
    one of those that asked again (`also`). `hinted`: it was said that only replies count.
    """

    person_id: int
    request: int
    edition: int
    chat_id: int
    since: int
    correct: tuple[str, ...] = ()
    prompt_id: int | None = None
    also: tuple[int, ...] = ()
    hinted: bool = False

    def is_asked_in(self, message_id: int) -> bool:
        """Whether a message is the question, or asked again."""
        return message_id == self.prompt_id or message_id in self.also

    def as_args(self) -> dict[str, Any]:
        """As the arguments of a follow-up."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> AwaitedReason:
        """The reverse of `as_args`."""
        return cls(**{**args, "correct": tuple(args["correct"]), "also": tuple(args.get("also", ()))})


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark that is to be sent with a correction, once it is picked what is to be corrected.

    `message_id` is where it was written in the chat; nobody has two there.
    """

    person_id: int
    chat_id: int
    request: int
    message_id: int
    words: str


async def ask(
    tx: Transaction,
    rights: Rights,
    request: Request,
    *,
    by: int,
    chat_id: int,
    correct: Sequence[str] = (),
    now: int,
) -> AwaitedReason:
    """What somebody writes next in this chat is meant for this. Raises NotAllowedError, DecidedError."""
    await requests.need_decider(tx, rights, by, request)
    if not request.is_undecided:
        raise DecidedError(request)
    reason = AwaitedReason(by, request.id, request.edition, chat_id, now, tuple(correct))
    await kept.await_answer(tx, _row(reason))
    return reason


async def prompted(tx: Transaction, reason: AwaitedReason, message_id: int) -> None:
    """The question was sent as this message, or was asked again in it."""
    if reason.prompt_id is None:
        asked = replace(reason, prompt_id=message_id)
    else:
        asked = replace(reason, also=(*reason.also, message_id))
    await kept.prompted(tx, _row(asked))


async def awaited(session: Session, person_id: int, chat_id: int, now: int) -> AwaitedReason | None:
    """What somebody is to write in a chat for a decision; None if it is nothing, or for something else."""
    row = await kept.awaited(session, person_id, chat_id)
    if row is None or row.what != DECISION or now - row.since > LASTS_US:
        return None
    return AwaitedReason.from_args(plain_json.read(row.details or "{}") | _columns(row))


async def give(tx: Transaction, rights: Rights, reason: AwaitedReason, words: str, *, now: int, post: Post) -> Request:
    """Decide with these words.

    Raises ReasonTooLongError, which leaves everything as it is, and what `requests.decide` raises.
    """
    if len(words) > REASON_AT_MOST:
        raise ReasonTooLongError
    await ask_no_more(tx, reason.person_id, reason.request)
    verdict = RequestState.CORRECTION if reason.correct else RequestState.DECLINED
    return await requests.decide(
        tx, rights, reason.request, verdict,
        edition=reason.edition, by=reason.person_id, correct=reason.correct, reason=words, now=now, post=post,
    )  # fmt: skip


async def keep_remark(
    tx: Transaction, rights: Rights, request: Request, remark: Remark, *, edition: int, now: int
) -> None:
    """Keep a remark until its correction is sent, in the place of one that was written before.

    Raises NotAllowedError, DecidedError, ReasonTooLongError.
    """
    await requests.need_decider(tx, rights, remark.person_id, request)
    if request.state != RequestState.OPEN or request.edition != edition:
        raise DecidedError(request)
    if len(remark.words) > REASON_AT_MOST:
        raise ReasonTooLongError
    details = plain_json.written({"message_id": remark.message_id, "words": remark.words})
    await kept.await_answer(tx, Awaited(remark.person_id, remark.chat_id, REMARK, remark.request, details, now))


async def remark_of(session: Session, person_id: int, chat_id: int, request: int) -> Remark | None:
    """The remark that somebody has written in a chat for a correction; None if it is not kept any more."""
    row = await kept.awaited(session, person_id, chat_id)
    if row is None or row.what != REMARK or row.about != request:
        return None
    return Remark(person_id, chat_id, request, **plain_json.read(row.details or "{}"))


async def ask_no_more(tx: Transaction, person_id: int, request: int) -> None:
    """They have decided this: no words are awaited of them for it, in whatever chat they were asked."""
    for what in (DECISION, REMARK):
        await kept.stop_awaiting_about(tx, person_id, what, request)


async def stop(tx: Transaction, person_id: int, chat_id: int) -> bool:
    """They decide nothing with words in this chat, after all; False if nothing was awaited for a decision."""
    row = await kept.awaited(tx, person_id, chat_id)
    return row is not None and row.what in {DECISION, REMARK} and await kept.stop_awaiting(tx, person_id, chat_id)


def _row(reason: AwaitedReason) -> Awaited:
    row = Awaited(reason.person_id, reason.chat_id, DECISION, reason.request, None, reason.since)
    beside = {name: value for name, value in reason.as_args().items() if name not in _columns(row)}
    return replace(row, details=plain_json.written(beside))


def _columns(row: Awaited) -> dict[str, Any]:
    """What does not stand in the details, by the names of `AwaitedReason`."""
    return {"person_id": row.person_id, "chat_id": row.chat_id, "request": row.about, "since": row.since}
