"""Pieces of names, by which what was typed nearly right is found without looking at everything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from storage.session import Session, Transaction

Subject = Literal["center", "delegate"]
LOOKED_FOR_AT_MOST = 16
"""Pieces in one query."""
SORTED_TOGETHER = 500
"""Things whose pieces are written in their order, which takes a third less time than one thing after the other."""
WEIGHED_AT_MOST = 64
COUNTED_TO = 2_000
"""A piece that so many have is common: how many more does not matter."""
WHERE_ALL_ARE_COMMON = 2
LAST = "\U0010ffff"
"""Sorts after every letter."""


async def put(tx: Transaction, subject: Subject, subject_id: int, pieces: Collection[str]) -> None:
    """Set the pieces by which something is found."""
    await tx.run(tx.sql.pieces.remove, subject=subject, id=subject_id)
    for piece in sorted(pieces):
        tx.run_later(tx.sql.pieces.add, piece=piece, subject=subject, id=subject_id)


async def add_many(tx: Transaction, subject: Subject, pieces: Sequence[tuple[int, Collection[str]]]) -> None:
    """Set the pieces by which things that are new are found, by their ids."""
    for start in range(0, len(pieces), SORTED_TOGETHER):
        together = pieces[start : start + SORTED_TOGETHER]
        pairs = sorted((piece, subject_id) for subject_id, those in together for piece in those)
        rows = ({"piece": piece, "subject": subject, "id": subject_id} for piece, subject_id in pairs)
        await tx.run_many(tx.sql.pieces.add, rows)


async def change_many(tx: Transaction, subject: Subject, pieces: Sequence[tuple[int, Collection[str]]]) -> None:
    """Set the pieces by which things are found that had others."""
    await tx.run_many(tx.sql.pieces.remove_many, [{"subject": subject, "id": subject_id} for subject_id, _ in pieces])
    await add_many(tx, subject, pieces)


async def remove(tx: Transaction, subject: Subject, subject_id: int) -> None:
    """Something is not found any more."""
    await tx.run(tx.sql.pieces.remove, subject=subject, id=subject_id)


async def rarest(session: Session, subject: Subject, pieces: Sequence[str], *, rows_at_most: int) -> tuple[str, ...]:
    """Those of the pieces that something is found by, the rarest first, to look for: they have so few rows together.

    Sixty-four are weighed, evenly spread where there are more. Pieces that are all in very many names are cut to two.
    """
    distinct = list(dict.fromkeys(pieces))
    weighed = distinct[:: -(-len(distinct) // WEIGHED_AT_MOST) or 1]
    padded = [*weighed, *([None] * (WEIGHED_AT_MOST - len(weighed)))]
    params = {f"p{number}": piece for number, piece in enumerate(padded)}
    rows = await session.all(session.sql.pieces.counts, subject=subject, counted_to=COUNTED_TO, **params)
    counts = {row["piece"]: row["number"] for row in rows if row["number"]}
    chosen: list[str] = []
    left = rows_at_most
    for piece in sorted(counts, key=lambda piece: (counts[piece], weighed.index(piece)))[:LOOKED_FOR_AT_MOST]:
        left -= counts[piece]
        if counts[piece] < COUNTED_TO and left >= 0:
            chosen.append(piece)
    return tuple(chosen) or tuple(piece for piece in weighed if piece in counts)[:WHERE_ALL_ARE_COMMON]


def looked_for(pieces: Sequence[str]) -> dict[str, str | None]:
    """Pieces as parameters of a query; the first sixteen count."""
    padded = [*pieces[:LOOKED_FOR_AT_MOST], *([None] * LOOKED_FOR_AT_MOST)]
    return {f"p{number}": padded[number] for number in range(LOOKED_FOR_AT_MOST)}
