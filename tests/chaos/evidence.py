"""What was seen of a trial when it was over: by everybody in their chats, and by whoever looks into the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chaos.acts import answer_in
from tests.chaos.claims import Claims
from tests.chaos.lives import Place, rows
from tests.chat import Json
from tests.registrants import text_of


@dataclass(frozen=True, slots=True)
class Told:
    """A message of the bot's as it stands in a chat, apart from those that came twice.

    `answer`: which of the answers that are told apart it is, if it is one.
    """

    message_id: int
    text: str
    data: tuple[str, ...] = ()
    answer: str | None = None


Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """What is in the database, by what is asked of it."""

    found: Mapping[str, Sequence[Row]]

    def __getitem__(self, name: str) -> Sequence[Row]:
        return self.found[name]


QUERIES: Mapping[str, str] = {
    "stars": "SELECT person_id, session FROM session_stars ORDER BY 1, 2",
    "taking part": "SELECT delegates.person_id, participations.state, participations.attendance, "
    "participations.segment FROM participations JOIN delegates ON delegates.id = participations.delegate ORDER BY 1",
    "official only": "SELECT person_id FROM announcement_wishes ORDER BY 1",
    "questions": "SELECT person_id, question FROM open_questions ORDER BY id",
    "letters": "SELECT desk_threads.person_id, desk_letters.direction, desk_letters.plain FROM desk_letters "
    "JOIN desk_threads ON desk_threads.id = desk_letters.thread_id ORDER BY desk_letters.id",
    "announcements": "SELECT id, heading, state FROM announcements ORDER BY id",
    "recipients": "SELECT announcements.heading, announcement_recipients.person_id, announcement_recipients.state, "
    "announcement_recipients.read_at IS NOT NULL FROM announcement_recipients "
    "JOIN announcements ON announcements.id = announcement_recipients.announcement",
    "reminders": "SELECT person_id, count(*) FROM reminders WHERE state = 'sent' GROUP BY person_id",
    "places": "SELECT conferences.capacity, count(*) FROM participations "
    "JOIN conferences ON conferences.id = participations.conference "
    "WHERE (participations.state = 'registered' AND participations.attendance = 'in_person') "
    "OR participations.state = 'offered' GROUP BY conferences.id",
    "decided": "SELECT object, count(*) FROM audit WHERE act LIKE '%.approved' OR act LIKE '%.declined' "
    "GROUP BY object",
    "undecided": "SELECT id, kind, state FROM requests WHERE state NOT IN ('approved', 'declined')",
    "roles": "SELECT person_id, role FROM roles ORDER BY 1",
    "inbox left": "SELECT update_id, state, coalesce(failure, '') FROM inbox WHERE state <> 'done'",
    "outbox left": "SELECT id, state, coalesce(method, renderer), coalesce(failure, '') FROM outbox "
    "WHERE state = 'failed' OR state = 'queued' AND not_before <= {now_us}",
    "sent": "SELECT chat_id, message_class, id, message_id FROM outbox WHERE state = 'sent' ORDER BY id",
    "integrity": "PRAGMA integrity_check",
    "foreign keys": "PRAGMA foreign_key_check",
}


def tables(path: Path, now_us: int) -> Tables:
    """Ask the database everything."""
    return Tables({name: rows(path, query.replace("{now_us}", str(now_us))) for name, query in QUERIES.items()})


def told(messages: Sequence[Json], chat_id: int, twice: frozenset[Place], titles: Mapping[str, str]) -> list[Told]:
    """What the bot said in a chat, but for what came a second time."""
    return [
        Told(one["message_id"], text_of(one), data_of(one), answer_in(one, titles))
        for one in messages
        if one["from"]["is_bot"] and (chat_id, one["message_id"]) not in twice
    ]


def data_of(message: Json) -> tuple[str, ...]:
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(button.get("callback_data", "") for row in keyboard for button in row)


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody, what they claim, and what their chat shows."""

    claims: Claims
    told: Sequence[Told]
