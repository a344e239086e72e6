"""Bots as aiogram's users write them: `python -m benchmarks.sides.aiogram_bots KIND BASE_URL TOKEN FOLDER`.

KIND is echo or form. The form shows the same as ours: what was asked becomes a line with the answer, and the next
question has its buttons. aiogram has no storage in SQLite of its own; `SqliteStorage` is written like those that its
users share, with the durability that our bot has: what is committed outlasts a loss of power.
"""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aiosqlite
from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message

from benchmarks.sides import questions

NAME_AT_MOST = 500


class SqliteStorage(BaseStorage):
    """States and data of conversations, each write committed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._conn: aiosqlite.Connection | None = None

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._set(key, "state", state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        return await self._get(key, "state")

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._set(key, "data", json.dumps(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        found = await self._get(key, "data")
        return json.loads(found) if found else {}

    async def close(self) -> None:
        if self._conn is not None:
            await self._conn.close()

    async def _set(self, key: StorageKey, column: str, value: str | None) -> None:
        conn = await self._connected()
        await conn.execute(
            f"INSERT INTO fsm (chat, person, {column}) VALUES (?, ?, ?) "  # noqa: S608 - one of two names
            f"ON CONFLICT (chat, person) DO UPDATE SET {column} = excluded.{column}",
            (key.chat_id, key.user_id, value),
        )
        await conn.commit()

    async def _get(self, key: StorageKey, column: str) -> str | None:
        conn = await self._connected()
        query = f"SELECT {column} FROM fsm WHERE chat = ? AND person = ?"  # noqa: S608 - one of two names
        async with conn.execute(query, (key.chat_id, key.user_id)) as cursor:
            row = await cursor.fetchone()
        return row[0] if row else None

    async def _connected(self) -> aiosqlite.Connection:
        if self._conn is None:
            self._conn = await aiosqlite.connect(self._path)
        return self._conn

    async def prepare(self) -> None:
        """Make the table."""
        conn = await self._connected()
        await conn.execute("PRAGMA journal_mode = WAL")
        await conn.execute("PRAGMA synchronous = FULL")
        await conn.execute(
            "CREATE TABLE fsm (chat INTEGER, person INTEGER, state TEXT, data TEXT, PRIMARY KEY (chat, person))"
        )
        await conn.commit()


class CenterForm(StatesGroup):
    name = State()
    short_name = State()


echoing, filling = Router(), Router()


@echoing.message()
async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def ask(message: Message, question: str, buttons: Sequence[str]) -> int:
    row = [InlineKeyboardButton(text=label, callback_data=label.lower()) for label in buttons]
    sent = await message.answer(
        question,
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]),
    )
    number: int = sent.message_id
    return number


@filling.message(CommandStart())
async def begin(message: Message, state: FSMContext) -> None:
    asked = await ask(message, questions.NAME, questions.NAME_BUTTONS)
    await state.set_data({"asked": asked})
    await state.set_state(CenterForm.name)


@filling.message(CenterForm.name)
async def take_name(message: Message, state: FSMContext, bot: Bot) -> None:
    if not message.text or len(message.text) > NAME_AT_MOST:
        await message.answer("Please write the name of your Center.")
        return
    data = await state.get_data()
    await bot.edit_message_text(
        questions.NAME_TAKEN.format(html.escape(message.text)),
        chat_id=message.chat.id,
        message_id=data["asked"],
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    asked = await ask(message, questions.SHORT_NAME, questions.SHORT_NAME_BUTTONS)
    await state.set_data({**data, "name": message.text, "asked": asked})
    await state.set_state(CenterForm.short_name)


def main() -> None:
    what, base_url, token, folder = sys.argv[1:]
    session = AiohttpSession(api=TelegramAPIServer.from_base(base_url))
    bot = Bot(token, session=session)
    if what == "echo":
        dispatcher = Dispatcher()
        dispatcher.include_router(echoing)
    else:
        storage = SqliteStorage(Path(folder) / "aiogram.db")
        dispatcher = Dispatcher(storage=storage)
        dispatcher.startup.register(storage.prepare)
        dispatcher.include_router(filling)
    dispatcher.run_polling(bot)


if __name__ == "__main__":
    main()
