"""Bots as python-telegram-bot's users write them: `python -m benchmarks.sides.ptb_bots KIND BASE_URL TOKEN FOLDER`.

KIND is echo or form. The form shows the same as ours: what was asked becomes a line with the answer, and the next
question has its buttons. The library's own `PicklePersistence` writes everybody's state anew with each update;
`SqlitePersistence` writes what has changed, with the durability that our bot has. Conversations do not go with
`concurrent_updates`, as the library's documentation says; the echo has it.
"""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiosqlite
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BasePersistence,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PersistenceInput,
    filters,
)

from benchmarks.sides import questions

NAME_AT_MOST = 500
NAME, SHORT_NAME = range(2)
AT_ONCE = 64
"""Updates that are handled at once, and connections: with more, httpx spends its time on those that wait for one."""
Context = ContextTypes.DEFAULT_TYPE


class SqlitePersistence(BasePersistence[dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """Conversations and what people have said in them, each write committed."""

    def __init__(self, path: Path) -> None:
        kept = PersistenceInput(bot_data=False, chat_data=False, user_data=True, callback_data=False)
        super().__init__(store_data=kept, update_interval=3600)
        self._path = path
        self._conn: aiosqlite.Connection | None = None

    async def get_user_data(self) -> dict[int, dict[Any, Any]]:
        conn = await self._connected()
        async with conn.execute("SELECT person, data FROM people") as cursor:
            return {person: json.loads(data) async for person, data in cursor}

    async def update_user_data(self, user_id: int, data: dict[Any, Any]) -> None:
        await self._write("INSERT OR REPLACE INTO people VALUES (?, ?)", user_id, json.dumps(data))

    async def get_conversations(self, name: str) -> dict[Any, object]:
        conn = await self._connected()
        async with conn.execute("SELECT key, state FROM conversations WHERE name = ?", (name,)) as cursor:
            return {tuple(json.loads(key)): state async for key, state in cursor}

    async def update_conversation(self, name: str, key: Any, new_state: object | None) -> None:
        await self._write("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?)", name, json.dumps(key), new_state)

    async def flush(self) -> None:
        if self._conn is not None:
            await self._conn.close()

    async def _write(self, statement: str, *values: object) -> None:
        conn = await self._connected()
        await conn.execute(statement, values)
        await conn.commit()

    async def _connected(self) -> aiosqlite.Connection:
        if self._conn is None:
            self._conn = await aiosqlite.connect(self._path)
            await self._conn.execute("PRAGMA journal_mode = WAL")
            await self._conn.execute("PRAGMA synchronous = FULL")
            await self._conn.executescript(
                "CREATE TABLE people (person INTEGER PRIMARY KEY, data TEXT);"
                "CREATE TABLE conversations (name TEXT, key TEXT, state INTEGER, PRIMARY KEY (name, key));"
            )
        return self._conn

    # What this bot does not keep.
    async def get_chat_data(self) -> dict[int, dict[Any, Any]]:
        return {}

    async def get_bot_data(self) -> dict[Any, Any]:
        return {}

    async def get_callback_data(self) -> None:
        return None

    async def update_chat_data(self, chat_id: int, data: dict[Any, Any]) -> None: ...

    async def update_bot_data(self, data: dict[Any, Any]) -> None: ...

    async def update_callback_data(self, data: object) -> None: ...

    async def drop_chat_data(self, chat_id: int) -> None: ...

    async def drop_user_data(self, user_id: int) -> None: ...

    async def refresh_user_data(self, user_id: int, user_data: dict[Any, Any]) -> None: ...

    async def refresh_chat_data(self, chat_id: int, chat_data: dict[Any, Any]) -> None: ...

    async def refresh_bot_data(self, bot_data: dict[Any, Any]) -> None: ...


class FlushingApplication(Application[Any, Any, Any, Any, Any, Any]):
    """Keeps what has changed after every update, rather than once a minute."""

    async def process_update(self, update: object) -> None:
        await super().process_update(update)
        await self.update_persistence()


async def echo(update: Update, _context: Context) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


async def ask(message: Message, question: str, buttons: Sequence[str]) -> int:
    row = [InlineKeyboardButton(label, callback_data=label.lower()) for label in buttons]
    sent = await message.reply_text(
        question,
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=InlineKeyboardMarkup([row]),
    )
    return sent.message_id


async def begin(update: Update, context: Context) -> int:
    if update.message is not None and context.user_data is not None:
        context.user_data["asked"] = await ask(update.message, questions.NAME, questions.NAME_BUTTONS)
    return NAME


async def take_name(update: Update, context: Context) -> int:
    message = update.message
    if message is None or context.user_data is None:
        return NAME
    if not message.text or len(message.text) > NAME_AT_MOST:
        await message.reply_text("Please write the name of your Center.")
        return NAME
    context.user_data["name"] = message.text
    await context.bot.edit_message_text(
        questions.NAME_TAKEN.format(html.escape(message.text)),
        chat_id=message.chat_id,
        message_id=context.user_data["asked"],
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    context.user_data["asked"] = await ask(message, questions.SHORT_NAME, questions.SHORT_NAME_BUTTONS)
    return SHORT_NAME


def main() -> None:
    what, base_url, token, folder = sys.argv[1:]
    builder: Any = ApplicationBuilder().base_url(f"{base_url}/bot").token(token)
    builder = builder.connection_pool_size(AT_ONCE).pool_timeout(60)
    if what == "echo":
        application = builder.concurrent_updates(AT_ONCE).build()
        application.add_handler(MessageHandler(filters.TEXT, echo))
    else:
        builder = builder.application_class(FlushingApplication)
        application = builder.persistence(SqlitePersistence(Path(folder) / "ptb.db")).build()
        text = filters.TEXT & ~filters.COMMAND
        states: Any = {NAME: [MessageHandler(text, take_name)], SHORT_NAME: [MessageHandler(text, take_name)]}
        entry: Any = [CommandHandler("start", begin)]
        application.add_handler(ConversationHandler(entry, states, [], name="center", persistent=True))
    application.run_polling()


if __name__ == "__main__":
    main()
