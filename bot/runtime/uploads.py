"""What becomes of files in the spool: they go out with their message, and are deleted when nothing names them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

import structlog
from telegram import InputFile

from bot.runtime.clock import Clock
from bot.runtime.spool import Spool
from storage import outbox
from storage.database import Database
from storage.errors import StorageError
from storage.records import Call, QueuedMessage, Rendered, Upload

NOTHING: Mapping[str, InputFile] = {}

log = structlog.stdlib.get_logger(__name__)

ORPHANED_AFTER_S = 24 * 3600.0
"""How old a file is that no row will name any more: between the two there is one try of a handler."""


class Uploads:
    """Takes files out of the spool for delivery, and deletes them."""

    def __init__(self, database: Database, spool: Spool, clock: Clock) -> None:
        self._database = database
        self._spool = spool
        self._clock = clock

    def opened(self, row: QueuedMessage, call: Call) -> AbstractAsyncContextManager[Mapping[str, InputFile]]:
        """The file that goes out with a call, by the name of its parameter; nothing, if there is none.

        It is read in a thread, piece by piece, while it is sent. A file that a renderer has made is deleted at the
        end, whatever came of the call: for another try it is made anew.

        Raises:
            NotSpooledError: it is not there.
            StorageError: it cannot be read.
        """
        return nullcontext(NOTHING) if call.upload is None else self._opened(row, call.upload)

    @asynccontextmanager
    async def _opened(self, row: QueuedMessage, upload: Upload) -> AsyncIterator[Mapping[str, InputFile]]:
        try:
            with await self._spool.open(upload.spooled) as content:
                yield {upload.kind: InputFile(content, filename=upload.filename, read_file_handle=False)}
        finally:
            if isinstance(row.content, Rendered):
                await self.discard([upload.spooled])

    async def discard(self, spooled: Iterable[str]) -> int:
        """Delete files which no row names that is yet to be delivered; returns how many."""
        deleted = 0
        for name in spooled:
            try:
                if not await outbox.is_upload_queued(self._database.reader, name):
                    await self._spool.discard(name)
                    deleted += 1
            except StorageError as error:  # housekeeping tries again
                log.warning("file_not_deleted", reason=str(error))
        return deleted

    async def sweep(self, *, older_than_s: float = 0.0) -> int:
        """Delete the files that no row names, which a kill or a handler that failed has left; returns how many.

        While handlers are at work, only of those that are older than `ORPHANED_AFTER_S` it is sure that no row will
        name them.

        Raises:
            StorageError: the folder cannot be read.
        """
        kept_before = self._clock.timestamp() - older_than_s if older_than_s else None
        names = await self._spool.names(kept_before=kept_before)
        return await self.discard(names)
