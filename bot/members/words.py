"""What a member of the Secretariat writes next: words to look for, a reason, a letter, the words of a reminder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from bot.members.roles import Rights
from storage import plain_json
from storage import requests as kept
from storage.records.durations import DAY_US
from storage.records.members import Awaited
from storage.session import Session, Transaction

LASTS_US = DAY_US
"""What is written a day later is an ordinary message."""


class Purpose(StrEnum):
    """What the words are for."""

    SEARCH = "search"
    COUNTRY = "country"
    MERGE = "merge"
    SUSPEND = "suspend"
    LETTER = "letter"
    REMINDER = "reminder"
    ANNOUNCEMENT = "announcement"
    AUDIENCE_COUNTRY = "audience_country"
    ANNOUNCEMENT_SEARCH = "announcement_search"
    CORRECTION = "correction"


ABOUT_RECORDS = frozenset({Purpose.MERGE, Purpose.SUSPEND, Purpose.LETTER})


@dataclass(frozen=True, slots=True)
class AwaitedWords:
    """Words that somebody was asked for.

    `about` is a record, `is_center` which sort; or a rung of reminders, or an announcement. `state` is the list that
    the button was under, as the buttons know it; or the language of the words, and the album that they came with.
    `chat_id` is where they are to be written; in a group, in reply to the message `prompt_id`, or to one of those that
    asked again (`also`). `hinted`: it was said that only replies count.
    """

    person_id: int
    purpose: Purpose
    is_center: bool
    about: int
    chat_id: int
    since: int
    state: str = ""
    prompt_id: int | None = None
    also: tuple[int, ...] = ()
    hinted: bool = False

    def is_asked_in(self, message_id: int) -> bool:
        """Whether a message is the question, or asked again."""
        return message_id == self.prompt_id or message_id in self.also

    @property
    def person_record(self) -> int | None:
        """The person's record that the words are about, if they are about one."""
        return self.about if self.purpose in ABOUT_RECORDS and not self.is_center else None

    def as_args(self) -> dict[str, Any]:
        """As the arguments of a follow-up."""
        return asdict(self)

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> AwaitedWords:
        """The reverse of `as_args`."""
        return cls(**{**args, "purpose": Purpose(args["purpose"]), "also": tuple(args.get("also", ()))})


async def ask(tx: Transaction, rights: Rights, words: AwaitedWords) -> None:
    """What they write next in this chat is meant for this. Raises NotAllowedError."""
    await rights.need_staff(tx, words.person_id)
    await kept.await_answer(tx, _row(words))


async def go_on(tx: Transaction, words: AwaitedWords, state: str, now: int) -> None:
    """Something came, and more of it is to come by itself."""
    await kept.await_answer(tx, _row(replace(words, state=state, since=now)))


async def prompted(tx: Transaction, words: AwaitedWords, message_id: int) -> None:
    """The question was sent as this message, or was asked again in it."""
    if words.prompt_id is None:
        asked = replace(words, prompt_id=message_id)
    else:
        asked = replace(words, also=(*words.also, message_id))
    await kept.prompted(tx, _row(asked))


async def awaited(session: Session, person_id: int, chat_id: int, now: int) -> AwaitedWords | None:
    """What somebody is to write in a chat; None if it is nothing, or for something else."""
    row = await kept.awaited(session, person_id, chat_id)
    if row is None or row.what not in set(Purpose) or now - row.since > LASTS_US:
        return None
    return AwaitedWords.from_args(plain_json.read(row.details or "{}") | _columns(row))


async def stop(tx: Transaction, person_id: int, chat_id: int) -> bool:
    """They write nothing of the kind in this chat, after all; False if nothing was awaited."""
    row = await kept.awaited(tx, person_id, chat_id)
    return row is not None and row.what in set(Purpose) and await kept.stop_awaiting(tx, person_id, chat_id)


def _row(words: AwaitedWords) -> Awaited:
    row = Awaited(words.person_id, words.chat_id, words.purpose, words.about, None, words.since)
    beside = {name: value for name, value in words.as_args().items() if name not in _columns(row)}
    return replace(row, details=plain_json.written(beside))


def _columns(row: Awaited) -> dict[str, Any]:
    """What does not stand in the details, by the names of `AwaitedWords`."""
    return {
        "person_id": row.person_id, "chat_id": row.chat_id, "purpose": row.what, "about": row.about,
        "since": row.since,
    }  # fmt: skip
