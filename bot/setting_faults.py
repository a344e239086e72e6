"""What is wrong with a setting, in one sentence for whoever runs the bot: which key, what it has, what is allowed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

ENVIRONMENT_PREFIX = "UNIGO_"
CONFIG_VARIABLE = "UNIGO_CONFIG"
"""Names the file that the settings are read from; it is no setting itself."""
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LOCAL = {"127.0.0.1", "localhost", "::1"}
_MAIL_ADDRESSES = 'e-mail addresses such as ["owner@example.org"]'
_TOKEN_LIKE = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")


class SettingsError(Exception):
    """The settings are wrong; `faults` has one sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


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
        is_meant = name.upper().startswith(ENVIRONMENT_PREFIX) and name != CONFIG_VARIABLE
        if is_meant and not (table in tables and key):
            faults.append(f"{name}: there is no such setting; its name must be like {_variable('logs', 'level')}.")
    return faults


def allowed(field: FieldInfo) -> str:  # noqa: PLR0911 - one for each kind of setting
    """What a setting may be, to complete "It …"."""
    kind = field.annotation
    if get_origin(kind) is Literal:
        return f"must be one of: {', '.join(map(str, get_args(kind)))}"
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        if get_origin(item) is Literal:
            return f"must be a list with at least one of: {', '.join(get_args(item))}"
        example = "whole numbers such as [12345678, 23456789]"
        return f"must be a list of {example if item is int else _MAIL_ADDRESSES}"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "must be a table with settings of its own"
    if kind in {int, float}:
        return " ".join(["must be", "a whole number" if kind is int else "a number", *_bounds(field)])
    if kind is Path or Path in get_args(kind):
        return "must be a path, in quotes"
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


def a_token(value: SecretStr) -> SecretStr:
    number, _, secret = value.get_secret_value().partition(":")
    if value.get_secret_value() and not (number.isdigit() and len(secret) >= 20 and secret.isascii()):  # noqa: PLR2004
        raise ValueError("must look like 123456:ABC… (a number, a colon, and letters), as @BotFather gives it")
    return value


def a_webhook_url(value: str) -> str:
    if value and not is_address(value, "https") and not (is_address(value, "http") and is_local(host(value))):
        raise ValueError("must be an address that starts with https://")
    return value


def a_file(value: Path) -> Path:
    try:
        is_folder = value.is_dir()  # so is the empty path
    except OSError as error:
        raise ValueError(f"must be in a folder that the bot's user may enter ({error.strerror})") from None
    if is_folder:
        raise ValueError("must be the path of a file, not of a folder")
    return value


def a_host(value: str) -> str:
    if not value or any(map(str.isspace, value)):  # nothing at all would listen to the whole network
        raise ValueError("must be an address of this machine, such as 127.0.0.1")
    return value


def a_time(value: str) -> str:
    if not _TIME.fullmatch(value):
        raise ValueError('must be a time of day such as "09:00"')
    return value


def a_time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError('must be the name of a time zone, such as "Europe/Zurich" or "UTC"')
    return value


def a_mail_address(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized if value else value
    except EmailNotValidError:
        raise ValueError('must be an e-mail address such as "owner@example.org"') from None


def a_list(value: Any) -> Any:
    """Environment variables hold lists as text: "123, 456", or with brackets as in the file."""
    if not isinstance(value, str):
        return value
    return [item.strip() for item in value.strip().removeprefix("[").removesuffix("]").split(",") if item.strip()]


def persons(numbers: tuple[int, ...]) -> tuple[int, ...]:
    if any(number <= 0 for number in numbers):  # as those of groups are
        raise ValueError("must be a list of the numbers of persons, which are above 0; the bot tells yours at /me")
    return numbers


def is_address(value: str, *schemes: str) -> bool:
    try:
        return urlsplit(value).scheme in schemes and bool(host(value)) and not any(map(str.isspace, value))
    except ValueError:
        return False


def is_local(machine: str) -> bool:
    return machine in _LOCAL


def host(address: str) -> str:
    return urlsplit(address).hostname or ""
