"""The published answers at hand, always as the database has them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.knowledge.answering import Answerer
from bot.knowledge.deciding import Finding
from bot.knowledge.learned import NOTHING_LEARNED, LearnedIndex
from storage import learned
from storage.database import Database
from storage.records import Gist
from storage.records.learned import LearnedPhrasing
from storage.session import Session, Transaction


class LearnedShelf:
    """Reads the published answers anew as soon as one was changed, by whichever process."""

    def __init__(self, database: Database, answerer: Answerer) -> None:
        self._database = database
        self._answerer = answerer
        self._index = NOTHING_LEARNED
        self._edition = 0
        self._reading = asyncio.Lock()
        self._looking: asyncio.Task[int] | None = None

    @property
    def reader(self) -> Session:
        """For what is worked out before a transaction begins."""
        return self._database.reader

    @property
    def counter(self) -> Session:
        """For what may read everybody meanwhile."""
        return self._database.counter

    def language_of(self, text: str) -> str | None:
        """As `Answerer.language_of`."""
        return self._answerer.language_of(text)

    async def find(self, question: str, language: str) -> Finding:
        """As `Answerer.find`, what takes time off the event loop, with what is published now."""
        published = await self._current()
        if not published and (known := self._answerer.known(question, language)) is not None:
            return known
        return await asyncio.to_thread(self._answerer.find, question, language, published)

    async def gist(self, question: str, language: str) -> Gist:
        """As `Answerer.gist`, off the event loop."""
        return await asyncio.to_thread(self._answerer.gist, question, language)

    async def _current(self) -> LearnedIndex:
        if await self._latest_edition() != self._edition:
            async with self._reading:
                # Before the phrasings: what is changed in between is read again with the next question.
                edition = await learned.edition_of_all(self._database.reader)
                if edition != self._edition:
                    phrasings = await learned.phrasings_published(self._database.reader)
                    self._index = LearnedIndex([await self._with_gist(one) for one in phrasings])
                    self._edition = edition
        return self._index

    async def _latest_edition(self) -> int:
        """Of many who ask at the same moment, one looks for all."""
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(self._looking)

    async def _look(self) -> int:
        self._looking = None  # whoever asks from now on may have to see what is not there yet
        return await learned.edition_of_all(self._database.reader)

    async def _with_gist(self, phrasing: LearnedPhrasing) -> LearnedPhrasing:
        """Work out what it comes to, once for all time, unless the engine is a new one."""
        engine = self._answerer.engine
        if phrasing.gist is not None and phrasing.gist.engine == engine:
            return phrasing
        gist = await self.gist(phrasing.question, phrasing.language)

        async def keep(tx: Transaction) -> None:
            await learned.set_gist(tx, phrasing, gist)

        await self._database.write(keep)
        return replace(phrasing, gist=gist)
