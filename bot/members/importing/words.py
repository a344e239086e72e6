"""Words that stand in the cells of lists."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale

from bot.forms.choices import Choice, Option, folded
from bot.locales.catalogues import LANGUAGES

_CODE_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Words:
    """What lists have in their cells beside values.

    Attributes:
        nothing: what stands for an empty cell; `nothing_but_names` where it is no name.
        titles: what may stand before a name, folded.
        languages: ISO 639-1 codes by name, folded.
    """

    nothing: frozenset[str]
    nothing_but_names: frozenset[str]
    titles: frozenset[str]
    kind: Choice
    focus: Choice
    languages: Mapping[str, str]


@cache
def load_words() -> Words:
    """Read the words that the package carries, once."""
    table = tomllib.loads((files("bot.members.importing") / "data" / "words.toml").read_text(encoding="utf-8"))
    return Words(
        nothing=frozenset(_listed(table["nothing"])),
        nothing_but_names=frozenset(_listed(table["nothing_but_names"])),
        titles=frozenset(table["titles"].split()),
        kind=_choice(table["kinds"]),
        focus=_choice(table["focuses"]),
        languages=_languages(),
    )


def _choice(options: Mapping[str, str]) -> Choice:
    return Choice(tuple(Option(value, tuple(_listed(words))) for value, words in options.items()))


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(";")]


def _languages() -> dict[str, str]:
    """Every language by its code, and by its name in each of the bot's languages."""
    names: dict[str, str] = {}
    for locale in LANGUAGES:
        for code, name in Locale.parse(locale).languages.items():
            if isinstance(code, str) and isinstance(name, str) and len(code) == _CODE_LETTERS:
                names[code] = code
                names.setdefault(folded(name), code)
    return names
