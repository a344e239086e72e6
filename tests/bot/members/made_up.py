"""Pairs of made-up Centers: the same one, or two."""

from __future__ import annotations

from pathlib import Path

from storage.records.members import CenterDetails

_FIELDS = 5


def pairs(table: str) -> list[tuple[CenterDetails, CenterDetails]]:
    """The pairs of a table in `pairs/`."""
    lines = (Path(__file__).parent / "pairs" / f"{table}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" = ") for line in lines if line and not line.startswith("#")]
    return [(_details(one), _details(other)) for one, other in rows]


def _details(written: str) -> CenterDetails:
    fields = [field.strip() or None for field in written.split("|")]
    name, short_name, country, website, email = [*fields, *([None] * _FIELDS)][:_FIELDS]
    assert name
    return CenterDetails(name, short_name=short_name, country=country, website=website, email=email)
