"""Failures as they may stand in a log: where and of what kind, but nothing that quotes what people wrote."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator

from storage.errors import StorageError

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|`[^`]*`|(?<!\w)'[^']*'(?!\w)")
_UNCLOSED = re.compile(r"[\"“«`].*|(?<!\w)'.*", re.DOTALL)


def trace(error: BaseException) -> str:
    """The traceback of an error and of what led to it, without their texts: these may quote a message or a name.

    Errors of the storage keep theirs, in which no values stand. What is lost here is in the database, where
    `unigo-bot aside` finds it.
    """
    return "\n".join(_one(link) for link in _chain(error))


def unquoted(reason: str) -> str:
    """What the Bot API says of a refused call, without the parts of the call that it quotes."""
    return _UNCLOSED.sub("[…]", _QUOTED.sub("[…]", reason))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """What led to an error, first cause first, and the error itself."""
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and all(link is not known for known in links):
        links.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    yield from reversed(links)


def _one(error: BaseException) -> str:
    kind = type(error).__name__
    told = f"{kind}: {error}" if isinstance(error, StorageError) else kind
    within = [trace(part) for part in error.exceptions] if isinstance(error, BaseExceptionGroup) else []
    return "\n".join(["".join(traceback.format_tb(error.__traceback__)) + told, *within])
