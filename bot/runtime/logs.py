"""Structured logs, one event a line, in which the bot's token and other secrets never stand."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Literal, TextIO

import structlog

_TOKEN = re.compile(r"\d{3,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")  # also as part of a URL
_OURS = {"bot", "handlers", "storage"}
HIDDEN = "[hidden]"


class Redactor:
    """Takes secrets out of a log line: the ones it is told of, and whatever looks like a bot's token."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secret for secret in secrets if secret)

    def clean(self, line: str) -> str:
        """The line without secrets."""
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return _TOKEN.sub(HIDDEN, line)


class _CleanFormatter(structlog.stdlib.ProcessorFormatter):
    """Cleans the whole finished line, so that a traceback is cleaned too."""

    redactor: Redactor

    def format(self, record: logging.LogRecord) -> str:
        return self.redactor.clean(super().format(record))


class _CleanHandler(logging.StreamHandler[TextIO]):
    """Keeps back what may hold what people wrote: details of libraries, and a record that cannot be written.

    The standard library would print the arguments of such a record.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        is_ours = record.name.partition(".")[0] in _OURS
        return (is_ours or record.levelno > logging.DEBUG) and bool(super().filter(record))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        with contextlib.suppress(OSError, ValueError):  # the stream itself may be gone
            self.stream.write(
                f"A log record of {record.name} could not be written ({record.pathname}:{record.lineno}).\n"
            )


def configure_logs(
    *, level: str, style: Literal["json", "text"], secrets: Iterable[str], stream: TextIO | None = None
) -> None:
    """Send the logs of the bot and of its libraries to `stream` (standard error by default).

    A traceback that ends the program goes there too, cleaned of secrets like the rest.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if style == "json"
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = _CleanFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    formatter.redactor = Redactor(secrets)
    handler = _CleanHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # What ends the program unexpectedly is told as everything else is: cleaned.
    sys.excepthook = _log_uncaught
    for chatty in ("aiosqlite", "apscheduler", "telegram", "httpx", "asyncio", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    structlog.stdlib.get_logger(__name__).critical("failed_unexpectedly", exc_info=(kind, error, traceback))
