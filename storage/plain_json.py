"""JSON as it is kept and sent, by orjson; what orjson will not have, by the standard library.

That is half of a surrogate pair, which Telegram may send escaped and UTF-8 cannot hold, a whole number of more than 64
bits, and what is nested deeply.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

# What is neither text, number, list nor mapping is refused, as the standard library does.
_PLAIN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def written(value: object) -> str:
    """A value as JSON that can be stored as UTF-8: half of a surrogate pair is escaped.

    Raises:
        TypeError: it is not of JSON's kinds.
        RecursionError: it is nested too deeply.
    """
    try:
        return orjson.dumps(value, option=_PLAIN).decode()
    except orjson.JSONEncodeError:
        return json.dumps(value, separators=(",", ":"))


def sent(value: object) -> bytes:
    """A value as JSON to send: half of a surrogate pair becomes a question mark. Raises as `written` does."""
    try:
        return orjson.dumps(value, option=_PLAIN)
    except orjson.JSONEncodeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def read(text: str | bytes) -> Any:
    """What JSON says; bytes that are no UTF-8 are read as the character that stands for such.

    A whole number of more than 64 bits, which Telegram never sends, becomes the nearest float.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text.decode(errors="replace") if isinstance(text, bytes) else text)
