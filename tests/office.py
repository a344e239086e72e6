"""A Secretariat's database to export and to read lists into, and files as people send them."""

from __future__ import annotations

import asyncio
import io
import re
from typing import Any

from openpyxl import Workbook, load_workbook

from bot.app import Running
from bot.members import centers, delegates
from storage import centers as kept_centers
from storage import delegates as kept_delegates
from storage.centers import EVERY_CENTER
from storage.delegates import EVERY_DELEGATE
from storage.records.members import CenterDetails, CenterKind, CenterState, DelegateDetails, DelegateState, Focus
from storage.session import Transaction
from tests.chat import Json, People, Phone, until

Rows = list[list[Any]]
HEADINGS = "Center;Country;Given name;Family name;E-mail"
LIST = f"{HEADINGS}\nCenter A;Kenya;Delegate;Alpha;a@example.org\nCenter A;Kenya;Delegate;;b@example.org\n"


async def filled(bot: Running) -> None:
    """Two Centers, two delegates and a guest, all examples."""

    async def work(tx: Transaction) -> None:
        now = bot.now_us()
        first = CenterDetails(
            "=Center A", kind=CenterKind.TRAINING_CENTER, focus=Focus.POLICE, country="KE", phone="+254202710000"
        )
        a = await centers.add(tx, first, state=CenterState.APPROVED, by=None, now=now)
        b = await centers.add(tx, CenterDetails("Center B", country="CH"), state=CenterState.PENDING, by=None, now=now)
        for number, center, state in ((1, a, DelegateState.ACTIVE), (2, b, DelegateState.PENDING)):
            person = DelegateDetails("Delegate", f"Family{number}", email=f"d{number}@example.org")
            await delegates.add(tx, person, person_id=None, center=center, state=state, now=now)
        guest = DelegateDetails("Guest", "Family3", organization="Organization A")
        await delegates.add(tx, guest, person_id=None, center=None, state=DelegateState.ACTIVE, is_guest=True, now=now)

    await bot.database.write(work)


async def document_of(people: People, message: Json) -> bytes:
    """What came as a document."""
    return await people.file(message["document"]["file_id"])


async def next_document(people: People, phone: Phone, after: Json) -> Json:
    """The next file that the bot sends behind a message."""

    async def found() -> Json | None:
        later = await phone.messages(after=after["message_id"])
        return next((one for one in later if "document" in one and one["from"]["is_bot"]), None)

    return dict(await until(found, within_s=60))


def sheets_of(content: bytes) -> dict[str, Rows]:
    """The sheets of an XLSX file, by name."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


async def as_xlsx(sheets: dict[str, Rows]) -> bytes:
    """An XLSX file with these sheets."""

    def made() -> bytes:
        book = Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return await asyncio.to_thread(made)


async def now_reads(phone: Phone, message: Json, words: str, *, within_s: float = 60) -> Json:
    """A message of the bot's, as soon as it has been edited to have these words."""

    async def found() -> Json | None:
        shown = await phone.now(message)
        return shown if _bare(words) in _bare(shown.get("text", "")) else None

    return dict(await until(found, within_s=within_s))


async def reads_no_more(phone: Phone, message: Json, words: str) -> Json:
    """A message of the bot's, as soon as it has been edited not to have these words."""

    async def found() -> Json | None:
        shown = await phone.now(message)
        return None if _bare(words) in _bare(shown.get("text", "")) else shown

    return dict(await until(found, within_s=60))


async def says_after(phone: Phone, after: Json, words: str, *, within_s: float = 60) -> Json:
    """The next message of the bot's behind one that has these words."""

    async def found() -> Json | None:
        later = await phone.messages(after=after["message_id"])
        return next((one for one in later if one["from"]["is_bot"] and _bare(words) in _bare(_text(one))), None)

    return dict(await until(found, within_s=within_s))


def data_of(message: Json, label: str) -> str:
    """The data of the first button whose label has these words."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return next(str(one["callback_data"]) for row in rows for one in row if label in _bare(one["text"]))


async def sent(people: People, phone: Phone, content: bytes | str, name: str = "list.csv") -> Json:
    """Send a list when asked for it; what the bot says to it."""
    await phone.ask("/import")
    body = content.encode() if isinstance(content, str) else content
    message = await people.upload(phone, body, name)
    return await says_after(phone, message, "")


async def checked(phone: Phone, screen: Json) -> Json:
    """Have it checked; what would happen."""
    await phone.press(screen, data_of(screen, "Check the list"))
    return await says_after(phone, screen, "What would happen")


async def numbers(bot: Running) -> tuple[int, int]:
    """How many Centers and people there are."""
    reader = bot.database.reader
    return await kept_centers.count(reader, EVERY_CENTER), await kept_delegates.count(reader, EVERY_DELEGATE)


def _text(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _bare(text: str) -> str:
    return re.sub("[⟦⟧]", "", text)
