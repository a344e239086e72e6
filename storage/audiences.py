"""Whom an announcement is meant for, as things stand: how many, who for instance, and which Centers it cannot reach."""

from __future__ import annotations

from collections.abc import Mapping

from storage.records import Name
from storage.session import Session


async def languages(session: Session, announcement: int) -> Mapping[str, int]:
    """How many of them read which language."""
    rows = await session.all(session.sql.audiences.languages, id=announcement)
    return {row["language"]: row["how_many"] for row in rows}


async def sample(session: Session, announcement: int, *, at_most: int) -> list[Name]:
    """Some of them."""
    rows = await session.all(session.sql.audiences.sample, id=announcement, at_most=at_most)
    return [Name(row["first_name"], row["last_name"], row["username"]) for row in rows]


async def unreachable_centers(session: Session, announcement: int, *, at_most: int) -> list[str]:
    """The names of Centers that are meant and of which nobody can be reached."""
    rows = await session.all(session.sql.audiences.unreachable_centers, id=announcement, at_most=at_most)
    return [row["name"] for row in rows]
