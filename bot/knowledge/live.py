"""Live topics: questions whose answer stands in the database, not in a content file.

A feature (conferences, registration) brings an object that follows `LiveTopic`, and app.py hands it to
`bot.knowledge.answering.Answerer`. A live topic whose id is that of a file in ``content/<language>/unknown/``
takes that file's place and inherits its phrasings: the day the conference's date can be entered, the
questions about it are recognised already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Reader:
    """Who asks; ``person_id`` is None on the command line. ``time_zone`` is an IANA name."""

    language: str
    person_id: int | None = None
    time_zone: str = "UTC"


class LiveTopic(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def questions(self) -> Mapping[str, tuple[str, ...]]:
        """Phrasings by language code, added to those inherited."""

    async def answer(self, reader: Reader) -> str:
        """What ``reader`` is told now, in the Markdown of `bot.knowledge.markup`.

        Where nothing has been entered yet, this says so.
        """
