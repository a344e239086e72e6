"""The parameters of a call, however they came: query, form, multipart, or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.forms import Upload, read_form
from bot.sandbox.wire import bad_request, loads

_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """Parameters by name: texts, values that came as JSON, and uploaded files."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the parameter is there and not empty."""
        return self.values.get(name) not in (None, "") or name in self.uploads

    def text(self, name: str) -> str:
        """The parameter as text; empty if it is absent."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        return "" if value is None else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0, least: int | None = None, most: int | None = None) -> int:
        """A whole number. As with Telegram what is none counts as 0, and what is out of range is cut to it."""
        if not self.has(name):
            return default
        try:
            number = int(self.text(name))
        except ValueError:
            number = 0
        if least is not None:
            number = max(least, number)
        return number if most is None else min(most, number)

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in _TRUE

    def json(self, name: str, label: str) -> Any:
        """A parameter that is JSON; None if it is absent.

        Raises:
            ApiError: it is not JSON. `label` is what Telegram calls it then.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return loads(value)
        except ValueError:
            raise bad_request(f"can't parse {label} JSON object") from None


async def read_arguments(request: web.Request) -> Arguments:
    """Read the parameters of a call.

    Raises:
        ApiError: the body is not what its content type says.
        web.HTTPRequestEntityTooLarge: it is too long.
    """
    values: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return Arguments(values)
    kind = request.content_type
    if kind == "application/json":
        try:
            fields = loads(await request.read() or b"{}")
        except ValueError:
            raise bad_request("can't parse JSON in the body of the request") from None
        if not isinstance(fields, dict):
            raise bad_request("object expected as the body of the request")
        return Arguments({**values, **fields})
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return Arguments(values)
    try:
        form, uploads = await read_form(request)
    except ValueError:
        raise bad_request("can't parse the form in the body of the request") from None
    return Arguments({**values, **form}, uploads)
