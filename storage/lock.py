"""One bot at a time on one database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StorageLockedError, StorageReadOnlyError


def lock_file(database: Path) -> Path:
    """The file beside a database that whoever runs on it holds."""
    return database.with_name(f"{database.name}.lock")


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Hold the right to run on a database, in a file beside it. It ends with the process, however that ends.

    Two bots on one database would handle the same updates, and send the same messages.

    Raises:
        StorageLockedError: another bot runs on it.
        StorageReadOnlyError: the file cannot be made.
    """
    file = lock_file(database)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = file.open("w", encoding="utf-8")
    except OSError as error:
        what = "it: `sudo chown` does that" if os.access(file, os.F_OK) else "its folder"
        raise StorageReadOnlyError(
            f"{file} cannot be written ({error.strerror}). Give the bot's user the right to write {what}."
        ) from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StorageLockedError(
                f"A bot is running with {database} already. Stop that one first, or use another database.path."
            ) from None
        yield
