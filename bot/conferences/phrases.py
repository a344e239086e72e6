"""Patterns that find any of many words, as each of the languages writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.forms.choices import folded

_ARABIC_BEFORE = "[وفبك]?(?:ال|لل|ل)?"
"""Arabic writes "and", "in", "with", "as", "for" and "the" in one with the word behind."""


def any_of(whole: Iterable[str] = (), beginnings: Iterable[str] = (), *, behind: str = "") -> re.Pattern[str]:
    """A pattern for a folded text in which any of the phrases stands: whole, or as the beginning of a word.

    `behind` is a pattern of what has to stand right before the phrase.
    """
    ends = [(folded(one), r"\b") for one in whole] + [(folded(one), "") for one in beginnings]
    chinese = [re.escape(one) for one, _ in ends if _is_chinese(one)]
    arabic = [re.escape(one) + end for one, end in ends if _is_arabic(one)]
    others = [re.escape(one) + end for one, end in ends if not _is_chinese(one) and not _is_arabic(one)]
    words = others + ([f"{_ARABIC_BEFORE}(?:{'|'.join(arabic)})"] if arabic else [])
    # The edge of a word stands once before all of them: so most of a text is passed over without trying each.
    spaced = [rf"\b(?:{'|'.join(words)})"] if words else []
    found = "|".join(spaced + chinese)  # Chinese has no spaces
    return re.compile(f"{behind}(?:{found})" if behind else found)


def _is_chinese(phrase: str) -> bool:
    return "\u4e00" <= phrase[0] <= "\u9fff"


def _is_arabic(phrase: str) -> bool:
    return "\u0600" <= phrase[0] <= "\u06ff"
