"""Letters that people wrote to the Secretariat, by what became of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedLetter:
    """A letter of a person's; `settled_as` is answered or closed, and None while it waits."""

    id: int
    content: str
    plain: str
    album: str | None
    is_question: bool
    written_at: int
    settled_as: str | None
    settled_at: int | None
