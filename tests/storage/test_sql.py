"""The SQL is one that PostgreSQL understands too: its own parser reads every query and migration.

What the parser cannot know is checked beside it: functions that only one of the two has, and column types that
mean something else in the other. The one difference that is left is the key that counts by itself, see
docs/decisions/0005-one-sql-for-two-databases.md.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pglast
import pytest
from aiosql.types import SQLOperationType as Operation
from pglast import ast
from pglast.visitors import Visitor

from storage.migrate import known_migrations
from storage.session import Sql, load_sql

ASKED = re.compile(r"\.(all|one|value|run|run_many|run_later)\(\s*\w+\.sql\.(\w+)\.(\w+)")
PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")
TYPES_OF_BOTH = {"int4", "int8", "text"}
FUNCTIONS_OF_BOTH = {"count", "max", "min", "sum"}  # coalesce and the like are no functions to the parser
FUNCTIONS_OF_BOTH |= {"length", "ltrim", "substr"}
FUNCTIONS_OF_BOTH |= {"like_escape"}  # LIKE … ESCAPE, as PostgreSQL calls it inside

ONLY_SQLITE = 20
"""A migration after which SQLite gives no number twice, as PostgreSQL never does."""

MIGRATIONS = {
    f"{migration.version:04}": migration.sql.replace(" PRIMARY KEY AUTOINCREMENT", " PRIMARY KEY")
    for migration in known_migrations()
    if migration.version != ONLY_SQLITE
}


def every_query() -> dict[str, str]:
    sql = load_sql()
    return {
        f"{module}.{name}": getattr(getattr(sql, module), name).sql
        for module in Sql.__dataclass_fields__
        for name in getattr(sql, module).available_queries
        if not name.endswith("_cursor")  # aiosql's second form of the same query
    }


QUERIES = every_query()


def as_postgresql(query: str) -> str:
    """The query with PostgreSQL's numbered parameters in the place of the named ones."""
    names: list[str] = []

    def numbered(match: re.Match[str]) -> str:
        if match[1] not in names:
            names.append(match[1])
        return f"${names.index(match[1]) + 1}"

    return PARAMETER.sub(numbered, query)


def test_no_query_file_is_left_out() -> None:
    there = {entry.name for entry in (files("storage") / "queries").iterdir() if entry.name.endswith(".sql")}
    assert there == {f"{module}.sql" for module in Sql.__dataclass_fields__}


def test_queries_are_asked_for_what_they_are_declared_to_give() -> None:
    wanted = {
        "all": {Operation.SELECT},
        "one": {Operation.SELECT_ONE, Operation.INSERT_RETURNING},
        "value": {Operation.SELECT_VALUE},
        "run": {Operation.INSERT_UPDATE_DELETE},
        "run_many": {Operation.INSERT_UPDATE_DELETE_MANY},
        "run_later": {Operation.INSERT_UPDATE_DELETE, Operation.INSERT_UPDATE_DELETE_MANY},
    }
    sql = load_sql()
    asked = [
        found for file in Path(str(files("storage"))).glob("*.py") for found in ASKED.findall(file.read_text("utf-8"))
    ]
    wrong = {
        (how, module, name)
        for how, module, name in asked
        if getattr(getattr(sql, module), name).operation not in wanted[how]
    }

    assert len(asked) > len(QUERIES) // 2
    assert wrong == set()


@pytest.mark.parametrize("name", QUERIES)
def test_postgresql_reads_the_query(name: str) -> None:
    (statement,) = pglast.parse_sql(as_postgresql(QUERIES[name]))
    assert Found(statement).functions <= FUNCTIONS_OF_BOTH
    assert "?" not in QUERIES[name], "parameters have names"


@pytest.mark.parametrize("version", MIGRATIONS)
def test_postgresql_reads_the_migration(version: str) -> None:
    statements = pglast.parse_sql(MIGRATIONS[version])
    assert statements
    for statement in statements:
        found = Found(statement)
        assert found.functions <= FUNCTIONS_OF_BOTH
        assert {kind for _, kind in found.columns} <= TYPES_OF_BOTH


@pytest.mark.parametrize("version", MIGRATIONS)
def test_ids_of_telegram_and_times_have_room(version: str) -> None:
    """PostgreSQL's INTEGER ends at 2,147,483,647: many of Telegram's ids, and every time in microseconds, do not."""
    columns = {column for statement in pglast.parse_sql(MIGRATIONS[version]) for column in Found(statement).columns}
    narrow = {name for name, kind in columns if kind == "int4"}
    wide_by_nature = re.compile(r"(^|_)(at|since|before|until)$|(chat|person|user|message|update)_id$|^lane$")
    assert {name for name in narrow if wide_by_nature.search(name)} == set()


@pytest.mark.parametrize(
    "foreign",
    [
        "INSERT OR REPLACE INTO about (name, value) VALUES ($1, $2)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "SELECT name FROM about WHERE value IS NOT 3",
        "SELECT [name] FROM about",
    ],
)
def test_the_parser_refuses_what_only_sqlite_has(foreign: str) -> None:
    with pytest.raises(pglast.parser.ParseError):
        pglast.parse_sql(foreign)


class Found(Visitor):
    """What a statement calls and creates, by PostgreSQL's names."""

    def __init__(self, statement: ast.RawStmt) -> None:
        self.functions: set[str] = set()
        self.columns: set[tuple[str, str]] = set()
        self(statement)

    def visit_FuncCall(self, _ancestors: Any, node: Any) -> None:  # noqa: N802 - pglast's names
        self.functions.add(node.funcname[-1].sval)

    def visit_ColumnDef(self, _ancestors: Any, node: Any) -> None:  # noqa: N802
        self.columns.add((node.colname, node.typeName.names[-1].sval))
