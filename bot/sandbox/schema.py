"""Which parameters the Bot API's methods take, and of which types: read from bot_api.json."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.wire import Json, bad_request, not_implemented

_PRIMITIVES = frozenset({"Integer", "String", "Boolean", "Float", "InputFile", "True"})
_ARRAY = "Array of "
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "file_id": "file_id not specified",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
    "name": "name must be non-empty",
    "commands": "can't parse commands JSON object",
    "action": "wrong parameter action in request",
}
"""What Telegram says when a required parameter is absent; for others there is one sentence."""
_NOT_MODELLED = frozenset(
    {
        "business_connection_id",
        "inline_message_id",
        "direct_messages_topic_id",
        "suggested_post_parameters",
        "message_effect_id",
        "video_start_timestamp",
    }
)
"""Parameters that would change what happens in ways that the sandbox knows nothing of."""
_MAY_BE_EMPTY = frozenset({("setWebhook", "url"), ("setMyCommands", "commands")})
"""Parameters that are required, and for which “nothing” means: take it away."""
_JSON_NAMES = {
    "reply_markup": "reply keyboard markup",
    "media": "media",
    "reaction": "reaction types",
    "scope": "BotCommandScope",
    "results": "inline query results",
    "button": "inline query results button",
}
_TYPE_NAMES = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "MenuButton": "menu button",
    "InlineQueryResult": "inline query result",
}
_MEASURED_ELSEWHERE = frozenset(
    {
        "text",
        "caption",
        "message_text",
        "callback_data",
        "command",
        "description",
        "short_description",
        "name",
        "secret_token",
    }
)
"""Strings whose length counts after parsing, or in bytes, or with wording of its own."""
_NUMBERED = re.compile(r"(?<!^)(?=[A-Z])")


class _MismatchError(Exception):
    """A value is not of its type; the text says how, as Telegram's parser would."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The methods and types of the Bot API, as far as calls need them."""

    methods: dict[str, dict[str, Json]]
    types: dict[str, Json]
    names: dict[str, str]
    """The spelling of each method, by its name in lower case: Telegram does not mind the case."""

    @classmethod
    @cache  # it never changes
    def load(cls) -> Schema:
        data = json.loads(resources.files("bot.sandbox").joinpath("bot_api.json").read_text("utf-8"))
        # The documentation lists the kinds of media that an album takes; read them as the union that they are.
        data["methods"]["sendMediaGroup"]["media"]["types"] = [f"{_ARRAY}InputMedia"]
        return cls(data["methods"], data["types"], {name.lower(): name for name in data["methods"]})

    def check(self, method: str, arguments: Arguments) -> None:
        """Refuse a call that lacks a required parameter, or has one of a wrong type.

        Unknown parameters are let pass, as Telegram does.

        Raises:
            ApiError: as Telegram answers.
        """
        for name in arguments.values.keys() & _NOT_MODELLED:
            if arguments.has(name):
                raise not_implemented(f"the parameter {name}")
        for name, spec in self.methods[method].items():
            if not arguments.has(name):
                if spec.get("required") and (method, name) not in _MAY_BE_EMPTY:
                    raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
                continue
            if any(kind in _PRIMITIVES for kind in spec["types"]):
                self._check_plain(name, spec, arguments)
            else:
                self._check_json(name, spec, arguments)

    def _check_plain(self, name: str, spec: Json, arguments: Arguments) -> None:
        kinds = spec["types"]
        if kinds == ["String"] and name not in _MEASURED_ELSEWHERE:
            try:
                _check_length(arguments.text(name), spec, name)
            except _MismatchError as problem:
                raise bad_request(str(problem)) from None
        elif kinds == ["Float"]:
            try:
                float(arguments.text(name))
            except ValueError:
                raise bad_request(f'parameter "{name}" must be a number') from None

    def _check_json(self, name: str, spec: Json, arguments: Arguments) -> None:
        label = _JSON_NAMES.get(name, name.replace("_", " "))
        value = arguments.json(name, label)
        if name == "reply_markup":
            if not value:
                return
            if not isinstance(value, dict):
                raise bad_request("object expected as reply markup")
        try:
            self._check(value, spec, name)
        except _MismatchError as problem:
            raise bad_request(str(problem)) from None

    def _check(self, value: Any, spec: Json, name: str) -> None:
        """Raises _MismatchError unless the value is of one of the types of `spec`."""
        problems: list[_MismatchError] = []
        for kind in self._likely(spec["types"], value):
            try:
                self._check_kind(value, kind, spec, name)
                return
            except _MismatchError as problem:
                problems.append(problem)
        raise problems[0]

    def _likely(self, kinds: list[str], value: Any) -> list[str]:
        """Of several object types those of which the value has a required field; the first to blame first."""
        if len(kinds) == 1 or not isinstance(value, dict):
            return kinds
        likely = [
            kind
            for kind in kinds
            if any(field in value for field, spec in self._fields(kind).items() if spec.get("required"))
        ]
        return likely or kinds

    def _fields(self, kind: str) -> dict[str, Json]:
        fields: dict[str, Json] = self.types.get(kind, {}).get("fields", {})
        return fields

    def _check_kind(self, value: Any, kind: str, spec: Json, name: str) -> None:
        if kind.startswith(_ARRAY):
            if not isinstance(value, list):
                is_row = spec.get("is_item") is not None
                raise _MismatchError(_must(name, "Array") if is_row else f"Expected an Array of {_base(kind)}")
            item = {**spec, "types": [kind.removeprefix(_ARRAY)], "is_item": True}
            for one in value:
                self._check(one, item, name)
        elif kind in _PRIMITIVES:
            _check_primitive(value, kind, spec, name)
        else:
            self._check_object(value, kind)

    def _check_object(self, value: Any, kind: str, label: str = "") -> None:
        label = label or _TYPE_NAMES.get(kind, kind)
        if kind == "KeyboardButton" and isinstance(value, str):
            return
        if not isinstance(value, dict):
            raise _MismatchError(f"can't parse {label}: Expected an Object")
        if "subtypes" in self.types[kind]:
            self._check_union(value, kind, label)
            return
        for field, spec in self._fields(kind).items():
            if value.get(field) is None:
                if spec.get("required"):
                    raise _MismatchError(f"can't parse {label}: Can't find field \"{field}\"")
                continue
            try:
                self._check(value[field], spec, field)
            except _MismatchError as problem:
                text = str(problem)
                raise _MismatchError(
                    text if text.startswith("can't parse") else f"can't parse {label}: {text}"
                ) from None

    def _check_union(self, value: Json, kind: str, label: str) -> None:
        subtypes: list[str] = self.types[kind]["subtypes"]
        if any("type" in self._fields(subtype) for subtype in subtypes):
            tag = value.get("type")
            if tag is None:
                raise _MismatchError(f"can't parse {label}: Can't find field \"type\"")
            subtypes = [subtype for subtype in subtypes if _tag(subtype, kind) == tag]
            if not subtypes:
                raise _MismatchError(f"can't parse {label}: Unsupported type specified")
        problems: list[_MismatchError] = []
        for subtype in subtypes:
            try:
                self._check_object(value, subtype, label)
                return
            except _MismatchError as problem:
                problems.append(problem)
        raise problems[0]


def _must(name: str, kind: str) -> str:
    return f'Field "{name}" must be of type {kind}'


def _base(kind: str) -> str:
    return kind.replace(_ARRAY, "")


def _tag(subtype: str, union: str) -> str:
    """The value of `type` that names a subtype: InlineQueryResultCachedPhoto is a "photo"."""
    return _NUMBERED.sub("_", subtype.removeprefix(union).removeprefix("Cached")).lower()


def _check_primitive(value: Any, kind: str, spec: Json, name: str) -> None:
    if kind == "String":
        if not isinstance(value, str):
            raise _MismatchError(_must(name, "String"))
        if name not in _MEASURED_ELSEWHERE:
            _check_length(value, spec, name)
    elif kind in {"Boolean", "True"}:
        if not isinstance(value, bool):
            raise _MismatchError(_must(name, "Boolean"))
    elif isinstance(value, bool) or not _is_number(value, kind):
        raise _MismatchError(_must(name, "Number"))


def _is_number(value: Any, kind: str) -> bool:
    """Telegram takes numbers in strings too."""
    if kind == "Integer" and isinstance(value, float):
        return False
    try:
        return math.isfinite(int(value) if kind == "Integer" else float(value))
    except (TypeError, ValueError, OverflowError):
        return False


def _check_length(value: str, spec: Json, name: str) -> None:
    if "max" not in spec:
        return
    in_bytes = spec.get("unit") == "bytes"
    length = len(value.encode()) if in_bytes else len(value)
    if not spec.get("min", 0) <= length <= spec["max"]:
        unit = "bytes" if in_bytes else "characters"
        raise _MismatchError(f'"{name}" must have {spec.get("min", 0)} to {spec["max"]} {unit}')
