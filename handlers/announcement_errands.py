"""Reads what is to be done at the recipients of announcements: at those that come up together, in one look."""

from __future__ import annotations

import asyncio
from itertools import islice

from storage import announcement_recipients as recipients
from storage.errors import StorageError
from storage.records.announcements import Errand
from storage.session import Session

_Asked = dict[int, asyncio.Future[Errand | None]]


class Errands:
    """Whoever asks first reads for all who ask until then."""

    def __init__(self) -> None:
        self._asked: dict[int, _Asked] = {}

    async def find(self, session: Session, announcement: int, person_id: int) -> Errand | None:
        """What is to be done at somebody; None if they are no recipient.

        Raises:
            StorageError: it could not be read.
        """
        is_first = announcement not in self._asked
        asked = self._asked.setdefault(announcement, {})
        found = asked.setdefault(person_id, asyncio.get_running_loop().create_future())
        if is_first:
            await self._read(session, announcement, asked)
        return await found

    async def _read(self, session: Session, announcement: int, asked: _Asked) -> None:
        try:
            try:
                await asyncio.sleep(0)  # the others that begin now ask now
            finally:
                del self._asked[announcement]
            left = iter(asked)
            while people := list(islice(left, recipients.ERRANDS_AT_MOST)):
                await self._look(session, announcement, {person: asked[person] for person in people})
        except StorageError as error:
            for waiting in asked.values():
                _fail(waiting, error)
        finally:
            for waiting in asked.values():
                waiting.cancel()  # of no effect on what is known

    async def _look(self, session: Session, announcement: int, asked: _Asked) -> None:
        try:
            found = await recipients.errands(session, announcement, list(asked))
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - what cannot be read of one recipient
            if len(asked) == 1:
                for waiting in asked.values():
                    _fail(waiting, error)
                return
            for person, waiting in asked.items():  # alone, each answers for their own
                await self._look(session, announcement, {person: waiting})
        else:
            for person, waiting in asked.items():
                if not waiting.done():  # whoever asked may have stopped waiting
                    waiting.set_result(found.get(person))


def _fail(waiting: asyncio.Future[Errand | None], error: Exception) -> None:
    if not waiting.done():
        waiting.set_exception(error)
