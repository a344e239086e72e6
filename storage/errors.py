"""What can go wrong with the database, as errors that say what to do. No driver error leaves `storage`."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager


class StorageError(Exception):
    """The database could not do what it was asked. What was committed before stands."""


class StatementError(StorageError):
    """A statement was at fault: it broke a rule of the schema, or was malformed. Trying again does not help."""


class StorageFullError(StorageError):
    """There is no room left on the disk."""


class StorageLockedError(StorageError):
    """Another program holds the database."""


class StorageReadOnlyError(StorageError):
    """The file or its folder cannot be written."""


class NotADatabaseError(StorageError):
    """The file is something else, or damaged."""


class SchemaTooNewError(StorageError):
    """The database was made by a newer version of this program."""


class SchemaChangedError(StorageError):
    """A migration that was applied is no longer the one that this program has."""


class ForeignDatabaseError(StorageError):
    """The database belongs to another bot."""


_OF_THE_STATEMENT = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_RANGE}

_BY_CODE: dict[int, tuple[type[StorageError], str]] = {
    sqlite3.SQLITE_FULL: (StorageFullError, "The disk is full. Free some space; the bot goes on by itself."),
    sqlite3.SQLITE_BUSY: (StorageLockedError, "Another program holds the database. Close it and try again."),
    sqlite3.SQLITE_LOCKED: (StorageLockedError, "Another program holds the database. Close it and try again."),
    sqlite3.SQLITE_READONLY: (
        StorageReadOnlyError,
        "The database cannot be written. Give the bot's user the right to write the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StorageReadOnlyError,
        "The database cannot be opened. Its folder must exist, and the bot's user must be able to write there.",
    ),
    sqlite3.SQLITE_PERM: (
        StorageReadOnlyError,
        "The database cannot be written. Give the bot's user the right to write the file and its folder.",
    ),
    sqlite3.SQLITE_IOERR: (
        StorageFullError,
        "The disk cannot be written: it, or what this user may use of it, is full, or it fails.",
    ),
    sqlite3.SQLITE_NOTADB: (NotADatabaseError, "The file is not a database of this bot. Check `database.path`."),
    sqlite3.SQLITE_CORRUPT: (NotADatabaseError, "The database is damaged. Restore it from a backup."),
}


def explain(error: sqlite3.Error) -> StorageError:
    """The error of ours that a driver's error stands for, with a sentence that says what to do."""
    # The low byte is the primary code: https://www.sqlite.org/rescode.html
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _OF_THE_STATEMENT:
        return StatementError(str(error))
    kind, sentence = _BY_CODE.get(code, (StorageError, "The database failed."))
    return kind(f"{sentence} ({error})")


class _Explained:
    """Each query is run within it, so that it costs less than a generator."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise explain(error) from error
        if isinstance(error, OverflowError | UnicodeEncodeError):  # the driver's, of a value that SQLite cannot hold
            raise StatementError(str(error)) from error


_EXPLAINED = _Explained()


def explained() -> AbstractContextManager[None]:
    """Turn what the driver raises inside into errors of ours."""
    return _EXPLAINED
