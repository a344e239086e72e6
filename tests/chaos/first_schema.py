"""A database as the first version of the bot left it when it was killed: something in it is not handled yet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from storage.database import connect
from storage.migrate import known_migrations, migrate
from tests.chat import Phone

QUEUED = "A message that was queued by the first version"
UPDATE_IDS_FROM = 1_000
"""Far below those of the sandbox."""


def old_question(elder: Phone) -> str:
    """What somebody asked the first version, which could not answer it."""
    return f"zqx 1 of {elder.id} wvy"


def waiting_question(elder: Phone) -> str:
    """What somebody asked the first version just before it was killed."""
    return f"zqx 2 of {elder.id} wvy"


async def write_first_schema(path: Path, elders: Sequence[Phone], now_us: int) -> None:
    """The tables of migration 0001, with a row in each for everybody."""
    async with connect(path) as conn:
        await migrate(conn, now_us, known_migrations()[:1])
        for number, elder in enumerate(elders):
            await conn.execute(
                "INSERT INTO people (id, language, first_seen_at) VALUES (?, 'en', ?)", (elder.id, now_us)
            )
            await conn.execute(
                "INSERT INTO open_questions (person_id, chat_id, message_id, language, question, asked_at) "
                "VALUES (?, ?, ?, 'en', ?, ?)",
                (elder.id, elder.id, 900_000 + number, old_question(elder), now_us),
            )
            await conn.execute(
                "INSERT INTO outbox (chat_id, message_class, method, params, queued_at) VALUES (?, 0, ?, ?, ?)",
                (elder.id, "sendMessage", json.dumps({"text": QUEUED}), now_us),
            )
            update = _update(UPDATE_IDS_FROM + number, elder, now_us)
            await conn.execute(
                "INSERT INTO inbox (update_id, lane, payload, received_at) VALUES (?, ?, ?, ?)",
                (update["update_id"], elder.id, json.dumps(update), now_us),
            )
        await conn.commit()


def _update(update_id: int, elder: Phone, now_us: int) -> dict[str, object]:
    person = {"id": elder.id, "is_bot": False, "first_name": f"Elder {elder.id}", "language_code": "en"}
    message = {
        "message_id": 910_000 + update_id, "date": now_us // 1_000_000, "chat": {"id": elder.id, "type": "private"},
        "from": person, "text": waiting_question(elder),
    }  # fmt: skip
    return {"update_id": update_id, "message": message}
