"""A list that is being read in, as a value. Times are in microseconds since 1970-01-01 UTC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ImportState(StrEnum):
    """How far it is. A worker takes what is `CHECKING` or `APPLYING`; in the others, a person has the word."""

    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = frozenset({ImportState.MAPPING, ImportState.CHECKING, ImportState.CHECKED, ImportState.APPLYING})


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A sheet as somebody is shown it.

    Attributes:
        headings: what stands above each column.
        rows: how many there are below.
        mapping: what each column is read into, as `ColumnMapping.as_text` has it.
        is_read: whether anything of it is read at all.
    """

    name: str
    headings: tuple[str, ...]
    rows: int
    mapping: str
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One list of one person. Nobody has two that are open."""

    id: int
    person_id: int
    state: ImportState
    file_id: str
    filename: str
    sheets: tuple[SeenSheet, ...]
    outcome: str | None
    message_id: int | None
    edition: int
    begun_at: int
    touched_at: int
