"""What is wrong with a setting, in one sentence for whoever runs the bot: which key, what it has, what is allowed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

ENVIRONMENT_PREFIX = "UNIGO_"
_TOKEN_LIKE = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")


def sentences(error: ValidationError, settings: type[BaseModel]) -> list[str]:
    """One sentence for each fault. No secret is repeated, nor anything that looks like a token."""
    told = [_sentence(fault, settings) for fault in error.errors()]
    return [_TOKEN_LIKE.sub("(a token)", sentence) for sentence in dict.fromkeys(told)]


def misnamed_variables(settings: type[BaseModel]) -> list[str]:
    """Environment variables that look like settings and are none; their values are not told."""
    tables = {name.upper() for name in settings.model_fields}
    faults = []
    for name in sorted(os.environ):
        table, _, key = name.upper().removeprefix(ENVIRONMENT_PREFIX).partition("__")
        if name.upper().startswith(ENVIRONMENT_PREFIX) and not (table in tables and key):
            faults.append(f"{name}: there is no such setting; its name must be like {_variable('logs', 'level')}.")
    return faults


def allowed(field: FieldInfo) -> str:
    """What a setting may be, to complete "It …"."""
    kind = field.annotation
    if get_origin(kind) is Literal:
        return f"must be one of: {', '.join(map(str, get_args(kind)))}"
    if get_origin(kind) is tuple:
        return "must be a list of whole numbers such as [12345678, 23456789]"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "must be a table with settings of its own"
    if kind in {int, float}:
        return " ".join(["must be", "a whole number" if kind is int else "a number", *_bounds(field)])
    if kind is Path or Path in get_args(kind):
        return "must be the path of a file, in quotes"
    return "must be text in quotes"


def _sentence(fault: Any, settings: type[BaseModel]) -> str:
    path = [part for part in fault["loc"] if isinstance(part, str)]
    key = ".".join(path)
    field, siblings = _find(path, settings)
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(path[-1], siblings, n=1)
        meant = f"did you mean {near[0]}?" if near else "config.example.toml has them all."
        return f"{_named(path)}: there is no such setting; {meant}"
    rule = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] != "value_error":
        rule = allowed(field) if field else rule
    elif isinstance(fault["input"], dict):  # of a whole table: the rule itself begins with the key
        return f"{key}.{rule}."
    is_secret = field is None or field.annotation is SecretStr
    has = "" if is_secret else f"has {json.dumps(fault['input'], ensure_ascii=False, default=str)}; "
    return f"{_named(path)}: {has}{rule}."


def _find(path: list[str], model: type[BaseModel]) -> tuple[FieldInfo | None, Iterable[str]]:
    """The setting that a path leads to, if there is one, and the names of those beside it."""
    field = model.model_fields.get(path[0])
    table = field.annotation if field else None
    if len(path) > 1 and isinstance(table, type) and issubclass(table, BaseModel):
        return _find(path[1:], table)
    return field, model.model_fields


def _named(path: list[str]) -> str:
    """The key, and the environment variable if it is that which was read."""
    variable = _variable(*path)
    is_set = any(name.upper() == variable for name in os.environ)
    return f"{variable} ({'.'.join(path)})" if is_set else ".".join(path)


def _variable(*path: str) -> str:
    return ENVIRONMENT_PREFIX + "__".join(part.upper() for part in path)


def _bounds(field: FieldInfo) -> Iterable[str]:
    names = ("ge", "gt", "le")
    bounds = {name: getattr(rule, name) for rule in field.metadata for name in names if hasattr(rule, name)}
    if "ge" in bounds and "le" in bounds:
        yield f"from {bounds['ge']} to {bounds['le']}"
    elif bounds:
        words = {"ge": "at least {}", "gt": "above {}", "le": "at most {}"}
        yield " and ".join(words[name].format(bound) for name, bound in bounds.items())
