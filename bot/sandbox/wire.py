"""What travels over HTTP: JSON objects, and the refusals of the two sides."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""An object of the Bot API, or of the people's side, as it goes over the wire.

Such an object is never changed once it has been handed out: it is replaced.
"""


class ApiError(Exception):
    """A call of the bot's that Telegram would refuse: status, description and parameters as it words them."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def to_json(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(description: str) -> ApiError:
    """A 400 in the form in which Telegram gives them: in small letters, unless it is a name in capitals."""
    if not description[1:2].isupper() and description[1:2] != "_":
        description = description[:1].lower() + description[1:]
    return ApiError(400, f"Bad Request: {description}")


def not_implemented(what: str) -> ApiError:
    """A 501: Telegram has it, the sandbox does not. Nothing is answered as if it had been done."""
    return ApiError(501, f"Not Implemented: the sandbox does not model {what}")


def forbidden(description: str) -> ApiError:
    return ApiError(403, f"Forbidden: {description}")


def too_many_requests(retry_after_s: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after_s}", {"retry_after": retry_after_s})


class PeopleError(Exception):
    """A request of the people's side that cannot be met: an HTTP status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def dumps(value: object) -> str:
    """Compact JSON, with letters of every script as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def loads(text: str | bytes) -> Any:
    """Read JSON that came from outside.

    Raises:
        ValueError: it is not JSON in UTF-8, or a text in it has half of a surrogate pair.
    """
    value = json.loads(text, parse_constant=_refuse_constant)
    if "\\u" in text if isinstance(text, str) else b"\\u" in text:
        dumps(value).encode()
    return value


def iso(timestamp: float) -> str:
    """A moment in ISO 8601, UTC, to the millisecond."""
    return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
