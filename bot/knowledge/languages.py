"""In which of the bot's languages a question is written."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.knowledge.words import tidy

SURE_FROM = 0.8
"""The probability from which a guess is taken."""
LEAST_WORDS = 3
"""In the Latin script; of fewer words ("liaison") most are at home in several languages."""
_OF_SCRIPT = {"ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh"}
_SCRIPTED = frozenset(_OF_SCRIPT.values())


class LanguageGuesser:
    """Guesses by script where that decides, else by the words. Threads may share it."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._languages = frozenset(languages)
        self._identifier = _identifier(self._languages)

    def guess(self, question: str) -> str | None:
        """The language of a question; None where it does not tell, such as "AGM?"."""
        text = tidy(question)
        by_script = _by_script(text)
        if by_script is not None:
            return by_script if by_script in self._languages else None
        if not _has_words(text):
            return None
        guessed, probability = self._identifier.classify(text)
        return str(guessed) if probability >= SURE_FROM and guessed in self._languages else None

    def fits(self, question: str, language: str) -> bool:
        """Whether a question is in the script of a language, and long enough to be told from others in it."""
        text = tidy(question)
        by_script = _by_script(text)
        return by_script == language or (by_script is None and language not in _SCRIPTED and _has_words(text))


@cache
def _identifier(languages: frozenset[str]) -> LanguageIdentifier:
    """One that knows these languages alone: what py3langid keeps of a hundred others takes 25 MB, and a second."""
    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages(sorted(languages))
    return LanguageIdentifier(
        whole.nb_ptc, whole.nb_pc, whole.nb_classes, whole.tk_nextmove, whole.tk_output,
        norm_probs=True, tk_row=whole.tk_row,
    )  # fmt: skip


def _has_words(text: str) -> bool:
    return len(text.split()) >= LEAST_WORDS and any(map(str.isalpha, text))


def _by_script(text: str) -> str | None:
    """The language that most letters of a text belong to, if their script is that of one alone."""
    if text.isascii():
        return None
    scripts = Counter(_script(character) for character in text if character.isalpha())
    return _OF_SCRIPT.get(scripts.most_common(1)[0][0]) if scripts else None


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]
