"""Raw updates of every kind that the Bot API knows, right by its types or damaged, made up from a seed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

Json = dict[str, Any]

_NOW = 1_790_000_000
"""A date near those that tests run at, in seconds since 1970."""
_DEEPEST = 6
_TEXTS = (
    "", "yes", "/start", "/cancel", "/help@unigo_test_bot", "What is the AGM?", "private", "member", "bot_command",
    "mention", "text_link", "x" * 5000, "\ud800", "\u202eabc", "\x00", "🇨🇭" * 300, "<b>", "form:1:0:confirm", "menu",
    "join:link:", "-1", "9" * 400, "http://[::1", "{}", "%s", "é" * 64,
)  # fmt: skip
_NUMBERS = (0, 1, -1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**30, _NOW)
_WRONG: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, 2**64, -(10**25), "", "x", "\udfff", [], {}, [None], [[]], {"id": None},
    {"id": "1"}, {"": {}}, "x" * 100_000, [0] * 500,
)  # fmt: skip
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "Chat.type": ("private", "group", "supergroup", "channel"),
    "MessageEntity.type": ("mention", "bot_command", "text_link", "text_mention", "bold", "url", "date_time"),
}


def load_types() -> Mapping[str, Json]:
    """The types of which an update can consist."""
    known: Mapping[str, Json] = json.loads((Path(__file__).parent / "update_types.json").read_bytes())["types"]
    return known


class Updates:
    """Makes up updates; the same seed makes up the same."""

    def __init__(self, seed: int, *, people: tuple[int, ...], types: Mapping[str, Json] | None = None) -> None:
        self._random = Random(seed)
        self._types = types or load_types()
        self._people = people
        self._kinds = [name for name in self._types["Update"]["fields"] if name != "update_id"]

    def right(self, number: int) -> Json:
        """An update whose types are right, of any kind."""
        kind = self._random.choice([*self._kinds, "message", "edited_message", "callback_query", "inline_query"])
        content = self._value(self._types["Update"]["fields"][kind]["types"][0], kind, 0)
        return {"update_id": number, kind: content}

    def damaged(self, number: int) -> bytes:
        """The body of an update in which something is not as it should be; its number stays."""
        while True:
            update = self.right(number)
            try:
                for _ in range(self._random.randint(1, 4)):
                    self._random.choice((self._wrong, self._wrong, self._missing, self._deep, self._swapped))(update)
                update["update_id"] = number
                text = json.dumps(update)
                break
            except RecursionError:  # what was nested was nested again: too deep to be written down here
                continue
        if self._random.random() < 0.1:  # a field twice: the last one counts
            twice = json.dumps(self._random.choice(_WRONG))
            text = f'{text[:-1]}, "message": {twice}}}' if "message" in update else text
        return text.encode()

    def _value(self, kind: str, name: str, depth: int) -> Any:
        chance = self._random
        if kind.startswith("Array of "):
            inner = kind.removeprefix("Array of ")
            return [self._value(inner, name, depth + 1) for _ in range(chance.choice((0, 1, 1, 2, 5)))]
        if kind in self._types:
            subtypes = self._types[kind].get("subtypes")
            if subtypes is None:
                return self._object(kind, depth)
            return self._value(chance.choice(subtypes) if depth < _DEEPEST else subtypes[0], name, depth)
        simple: Mapping[str, Callable[[], Any]] = {
            "Integer": lambda: self._number(name),
            "Float": lambda: chance.choice((0.0, 1.5, -90.0, 180.0)),
            "Boolean": lambda: True,
            "String": lambda: chance.choice(_TEXTS),
        }
        return simple[kind]()

    def _object(self, kind: str, depth: int) -> Json:
        made: Json = {}
        likelihood = 0.35 if depth <= 1 else 0.12
        for name, field in self._types[kind].get("fields", {}).items():
            if field.get("required") or (depth < _DEEPEST and self._random.random() < likelihood):
                choices = _CHOICES.get(f"{kind}.{name}")
                made[name] = (
                    self._random.choice(choices) if choices else self._value(field["types"][0], name, depth + 1)
                )
        if kind in {"User", "Chat"}:
            made["id"] = self._random.choice(self._people)
        return made

    def _number(self, name: str) -> int:
        if name in {"date", "edit_date"}:
            return _NOW
        return self._random.choice((0, 1, 2, 5, 17, 1000))

    def _wrong(self, update: Json) -> None:
        holder, key = self._somewhere(update)
        holder[key] = self._random.choice((*_WRONG, *_NUMBERS, *_TEXTS))

    def _missing(self, update: Json) -> None:
        holder, key = self._somewhere(update)
        holder.pop(key)

    def _deep(self, update: Json) -> None:
        holder, key = self._somewhere(update)
        value: Any = holder[key]
        for _ in range(self._random.choice((3, 50, 300))):
            value = {key: value} if self._random.random() < 0.5 else [value]
        holder[key] = value

    def _swapped(self, update: Json) -> None:
        (one, here), (other, there) = self._somewhere(update), self._somewhere(update)
        one[here] = json.loads(json.dumps(other.get(there)))

    def _somewhere(self, update: Json) -> tuple[Json, str]:
        """An object anywhere in an update, and a field of it."""
        found: list[tuple[Json, str]] = []
        waiting: list[Any] = [update]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                found += [(value, key) for key in value if key != "update_id"]
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value
        return self._random.choice(found or [({"x": None}, "x")])
