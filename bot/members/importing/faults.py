"""What may be wrong with a file that is to be read in. The views have a sentence for each."""

from __future__ import annotations

from enum import StrEnum


class FileFault(StrEnum):
    """Why a file cannot be read in at all."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    """The file itself."""
    UNPACKS_TOO_LARGE = "unpacks-too-large"
    """A small file that becomes a huge one: a zip bomb, or pictures in it."""
    NOT_A_TABLE = "not-a-table"
    """Neither a spreadsheet nor a text."""
    OLD_EXCEL = "old-excel"
    """An .xls of before 2007: to be saved as .xlsx."""
    OTHER_SPREADSHEET = "other-spreadsheet"
    """Such as .ods or .xlsb: to be saved as .xlsx."""
    PASSWORD = "password"  # noqa: S105 - what is wrong, not a password
    DAMAGED = "damaged"
    ONE_COLUMN = "one-column"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_ROWS = "too-many-rows"
    CELL_TOO_LONG = "cell-too-long"
    NO_HEADINGS = "no-headings"
    """No row in which headings are recognised."""
    NO_SESSIONS = "no-sessions"
    """An agenda without any session, or without the columns of one."""


class UnreadableError(Exception):
    """A file cannot be read in."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault)
        self.fault = fault
