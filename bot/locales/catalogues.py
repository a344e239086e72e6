"""Sentences in the reader's language, from gettext catalogues; English is the language of the sources.

Catalogues are `<language>/LC_MESSAGES/unigo.po` beside this module. They are read as they are: nothing is compiled
and committed that could be out of step with its source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from string import Formatter
from types import MappingProxyType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

DEFAULT_LANGUAGE = "en"

# The six official languages of the United Nations, by their own names.
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "العربية",
        "zh": "中文",
        "en": "English",
        "fr": "Français",
        "ru": "Русский",
        "es": "Español",
    }
)


def known_language(code: str | None) -> str | None:
    """The language of the bot's that a code such as "fr-CA" or "zh-hans" stands for; None if there is none."""
    primary = (code or "").replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else None


class Translator:
    """Gives sentences in one language.

    A sentence is a template with named `{fields}`. Called, it is Telegram's HTML: what is put into the fields is
    escaped unless it is `Markup`. `plain` is for where Telegram shows no formatting: buttons, commands, descriptions.

    `now_us` asks the clock, so that days of this year can be said without their year; without it, all have theirs.
    """

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self.now_us: Callable[[], int] | None = None
        self._translations = translations
        # What has no fields is always the same; there are no more of them than there are in the source.
        self._said: dict[str, Markup] = {}
        self._said_plainly: dict[str, str] = {}

    def by(self, now_us: Callable[[], int]) -> Translator:
        """The same, by a clock."""
        by_clock = copy(self)  # with all that it has said already
        by_clock.now_us = now_us
        return by_clock

    def __call__(self, sentence: str, **fields: object) -> Markup:
        if not fields:
            said = self._said.get(sentence)
            if said is None:
                said = self._said[sentence] = Markup(self._translations.gettext(sentence)).format()  # noqa: S704
            return said
        return _filled_in(self._translations.gettext(sentence), fields)

    def plain(self, sentence: str, **fields: object) -> str:
        """The sentence as plain text."""
        if not fields:
            said = self._said_plainly.get(sentence)
            if said is None:
                said = self._said_plainly[sentence] = self._translations.gettext(sentence).format()
            return said
        return self._translations.gettext(sentence).format(**fields)

    def n(self, one: str, many: str, count: int, **fields: object) -> Markup:
        """The sentence for a number, in the plural form that the language has for it; `{count}` is the number."""
        template = self._translations.ngettext(one, many, count)
        shown = format_decimal(count, locale=self.language)
        return _filled_in(template, {"count": shown, **fields})


def _filled_in(template: str, fields: Mapping[str, object]) -> Markup:
    """As `Markup(template).format`, several times as fast: what a template consists of is found once."""
    pieces: list[str] = []
    for text, name in _pieces(template):
        pieces.append(text)
        if name is not None:
            pieces.append(escape(fields[name]))
    return Markup("".join(pieces))  # noqa: S704 - templates of our own, and what is escaped


@cache  # there are no more of them than there are in the source
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    """The texts of a template, each with the name of the field behind it."""
    return tuple((text, name) for text, name, _spec, _conversion in Formatter().parse(template))


class Catalogues:
    """The translators of all languages; what a catalogue lacks is said in English."""

    def __init__(self, translations: Mapping[str, NullTranslations]) -> None:
        self._translators = {
            language: Translator(language, translations.get(language, NullTranslations())) for language in LANGUAGES
        }
        self.translated = frozenset(translations) | {DEFAULT_LANGUAGE}

    def by(self, now_us: Callable[[], int]) -> Catalogues:
        """The same, by a clock."""
        by_clock = copy(self)
        translators = {language: one.by(now_us) for language, one in self._translators.items()}
        by_clock._translators = translators  # noqa: SLF001 - its own
        return by_clock

    def translator(self, language: str) -> Translator:
        """The translator of a language of the bot's, of English for any other."""
        return self._translators.get(language, self._translators[DEFAULT_LANGUAGE])


def load_catalogues() -> Catalogues:
    """Read the catalogues that the package carries."""
    found: dict[str, NullTranslations] = {}
    for language in LANGUAGES:
        source = files("bot.locales") / language / "LC_MESSAGES" / "unigo.po"
        if source.is_file():
            compiled = BytesIO()
            write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=language))
            compiled.seek(0)
            found[language] = GNUTranslations(compiled)
    return Catalogues(found)
