"""XLSX files, from anybody: nothing in them is run, and none is unpacked without knowing how large it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from bot.members.importing.faults import FileFault, UnreadableError
from bot.members.importing.limits import PARTS_AT_MOST, UNPACKED_BYTES_AT_MOST
from bot.members.importing.raw import RawSheet, Row, rows_of

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of .xls, and of files with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_OTHERS = frozenset({"mimetype", "xl/workbook.bin", "Index/Document.iwa"})
_NO_VALUES = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


def read_ole(content: bytes) -> UnreadableError:
    """What to say of a file in the old container."""
    return UnreadableError(FileFault.PASSWORD if _ENCRYPTED in content else FileFault.OLD_EXCEL)


def read_xlsx(content: bytes) -> list[RawSheet]:
    """The visible sheets. Values are those that were last worked out; formulas are not. Raises UnreadableError."""
    _check(content)
    from openpyxl import load_workbook  # noqa: PLC0415 - needed once in a while, and slow to load

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets: list[RawSheet] = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()  # what a file says of its own size is often wrong
            kept = sum(len(one.rows) for one in sheets)
            sheets.append(RawSheet(sheet.title, tuple(_rows(sheet.iter_rows(values_only=True), kept))))
        book.close()
    except UnreadableError:
        raise
    except Exception as error:  # what a damaged file makes the library raise may be anything
        raise UnreadableError(FileFault.DAMAGED) from error
    return sheets


def _check(content: bytes) -> None:
    """Raises UnreadableError unless it is a workbook of a size that can be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(FileFault.DAMAGED) from error
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError(FileFault.PASSWORD)
    # A part is never unpacked further than it says here, so what it says can be relied on.
    if len(parts) > PARTS_AT_MOST or sum(part.file_size for part in parts) > UNPACKED_BYTES_AT_MOST:
        raise UnreadableError(FileFault.UNPACKS_TOO_LARGE)
    if _WORKBOOK not in names:
        raise UnreadableError(FileFault.OTHER_SPREADSHEET if names & _OTHERS else FileFault.NOT_A_TABLE)


def _rows(lines: Iterator[Sequence[Any]], rows_before: int) -> Iterator[Row]:
    return rows_of(([_text(value) for value in line] for line in lines), rows_before=rows_before)


def _text(value: Any) -> str:
    """A cell as somebody would type it."""
    if value is None or value in _NO_VALUES:
        return ""
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case str():
            from openpyxl.utils.escape import unescape  # noqa: PLC0415 - as above

            return unescape(value)
    return str(value)
