"""Forward-only migrations: numbered SQL files, each applied once, each in a transaction of its own."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import aiosqlite

from storage.before_migrating import keep_copy
from storage.errors import NotADatabaseError, SchemaChangedError, SchemaTooNewError, explained

_JOURNAL = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    applied_at BIGINT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema. `version` counts from 1 without gaps."""

    version: int
    name: str
    sql: str

    @property
    def fingerprint(self) -> str:
        """Tells whether the text of the migration is still the one that was applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()[:16]


@cache
def known_migrations() -> tuple[Migration, ...]:
    """The migrations that this program carries, in order."""
    folder = files("storage") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    found = tuple(
        Migration(int(name[:4]), name[5:-4].replace("_", " "), (folder / name).read_text(encoding="utf-8"))
        for name in names
    )
    if [migration.version for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"Migrations must be numbered from 0001 without gaps, but are {names}.")
    return found


async def pending(conn: aiosqlite.Connection, migrations: tuple[Migration, ...] | None = None) -> tuple[Migration, ...]:
    """The migrations that the database does not have yet; it is only read.

    Raises:
        NotADatabaseError: it is another program's.
        SchemaTooNewError: the database has migrations that this program does not know.
        SchemaChangedError: one that it has differs from this program's.
    """
    migrations = known_migrations() if migrations is None else migrations
    with explained():
        tables = {row[0] for row in await conn.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "schema_migrations" not in tables:
            raise NotADatabaseError("The file is the database of another program. Check `database.path`.")
        applied = (
            list(await conn.execute_fetchall("SELECT version, fingerprint FROM schema_migrations ORDER BY version"))
            if tables
            else []
        )
    if len(applied) > len(migrations):
        raise SchemaTooNewError(
            f"The database is at version {len(applied)}, but this program knows only {len(migrations)}. "
            "It was used by a newer version of the bot: install that version again."
        )
    for (_, fingerprint), migration in zip(applied, migrations, strict=False):
        if fingerprint != migration.fingerprint:
            raise SchemaChangedError(
                f"Step {migration.version} of the database ({migration.name}) is not the one that this program has. "
                "Use the version of the bot that made this database, or restore a backup."
            )
    return migrations[len(applied) :]


async def made_at(conn: aiosqlite.Connection) -> int:
    """When a database that has its schema was made, in microseconds since 1970."""
    with explained():
        [[at]] = await conn.execute_fetchall("SELECT min(applied_at) FROM schema_migrations")
    return int(at)


async def migrate(
    conn: aiosqlite.Connection, now_us: int, migrations: tuple[Migration, ...] | None = None
) -> tuple[Migration, ...]:
    """Bring the database to this program's version and return what was applied.

    Each migration is applied whole or not at all; two programs that start together apply it once.
    A copy of a database that is in use is made first, beside it. `conn` must be in autocommit mode
    (`isolation_level=None`). Raises as `pending` does.
    """
    done: list[Migration] = []
    while todo := await pending(conn, migrations):
        step = todo[0]
        if not done and step.version > 1:
            await keep_copy(conn, step.version)
        with explained():
            await conn.execute("BEGIN IMMEDIATE")
            try:
                if step.version == 1:
                    await conn.execute(_JOURNAL)
                at_version = await conn.execute_fetchall("SELECT coalesce(max(version), 0) FROM schema_migrations")
                if next(iter(at_version))[0] >= step.version:  # another program was quicker
                    await conn.rollback()
                    continue
                for statement in _statements(step.sql):
                    await conn.execute(statement)
                await conn.execute(
                    "INSERT INTO schema_migrations (version, name, fingerprint, applied_at) VALUES (?, ?, ?, ?)",
                    (step.version, step.name, step.fingerprint, now_us),
                )
                await conn.commit()
            except BaseException:
                await conn.rollback()
                raise
        done.append(step)
    return tuple(done)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: sqlite3's `executescript` would commit before it starts."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
