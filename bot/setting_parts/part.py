"""What every table of settings is, and how a secret is read from a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from bot.setting_faults import allowed


class Part(BaseModel):
    """A table of the file; a key that it does not know is a fault, most likely a slip of the pen."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _true_is_no_number(cls, value: Any, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        if isinstance(value, bool) and field.annotation is not bool:
            raise ValueError(allowed(field))
        return value


def with_secrets(values: Any, *names: str) -> Any:
    """The values of a table as they were given, and each secret that is not among them from its `…_file`."""
    if isinstance(values, dict):
        values = dict(values)
        for name in names:
            path = values.get(f"{name}_file")
            if isinstance(path, str | Path) and str(path) and not values.get(name):
                values[name] = _read_secret(f"{name}_file", Path(path))
    return values


def _read_secret(key: str, path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8-sig").strip()  # some editors put a mark before the text
    except OSError as error:
        raise ValueError(f"{key}: the file {path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError(f"{key}: the file {path} is not a text file") from None
    if not secret:
        raise ValueError(f"{key}: the file {path} is empty")
    return secret
