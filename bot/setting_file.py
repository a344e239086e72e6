"""The file that the settings stand in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from bot.setting_faults import SettingsError

DEFAULT_FILE = Path("config.toml")
_BROKEN_TABLE = r"(?ms)^[ \t]*\[{name}\].*?(?=^[ \t]*\[|\Z)"


def tables_in(file: Path | None) -> dict[str, Any]:
    """What `file` says, or `config.toml` here if it is there.

    Raises:
        SettingsError: it is not there, or cannot be read.
    """
    path = file or DEFAULT_FILE
    try:
        return tomllib.loads(_text_of(path))
    except FileNotFoundError:
        if file is None:
            return {}
        raise SettingsError([f"{path}: there is no such file; copy config.example.toml."]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{path}: is not valid TOML: {error}."]) from None


def table_in(file: Path | None, name: str) -> Any:
    """What one table says, also where the rest of the file is no TOML. Raises SettingsError as `tables_in` does."""
    try:
        return tables_in(file).get(name, {})
    except SettingsError:
        try:
            written = re.search(_BROKEN_TABLE.format(name=re.escape(name)), _text_of(file or DEFAULT_FILE))
            return tomllib.loads(written[0])[name] if written else {}
        except (FileNotFoundError, tomllib.TOMLDecodeError):
            pass
        raise


def _text_of(path: Path) -> str:
    """Some editors put a mark at the beginning, which is no part of the text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise
    except IsADirectoryError:
        raise SettingsError([f"{path}: is a folder; name the file with the settings in it."]) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{path}: is not a text file."]) from None
    except OSError as error:
        raise SettingsError([f"{path}: cannot be read ({error.strerror})."]) from None
