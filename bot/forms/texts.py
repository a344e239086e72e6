"""Texts as they are typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Wrong
from storage.records.drafts import Json

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"})
"""Categories of characters that show nothing on their own."""
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and symbols by their category, but nothing is to be seen."""
_NEWLINES = re.compile(r"[^\S\n]*(?:\n[^\S\n]*)+")


def tidy(typed: str, *, several_lines: bool = False) -> str:
    """The text trimmed and in NFC, without control characters and halves of surrogate pairs.

    What is invisible but has a meaning (joiners, marks of direction) stays; a text of nothing else is empty.
    """
    if typed.isascii() and typed.isprintable():
        return typed.strip()
    whole = typed.encode(errors="replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    whole = whole.replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    kept = "".join(one for one in whole if one == "\n" or unicodedata.category(one) != "Cc")
    kept = unicodedata.normalize("NFC", kept).strip()
    if not several_lines:
        kept = _NEWLINES.sub(" ", kept)
    return kept if is_visible(kept) else ""


def is_visible(text: str) -> bool:
    """Whether there is anything to be seen."""
    return any(unicodedata.category(one) not in INVISIBLE and one not in BLANK for one in text)


def bare(typed: str) -> str:
    """The text without what is invisible: it comes with what is copied, and belongs to no address."""
    return "".join(one for one in tidy(typed) if unicodedata.category(one) != "Cf")


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text, of at most so many characters.

    `may_ask`: it may well be a question, such as a title, or what others read and reply to; elsewhere, what ends as
    questions do is taken for an answer only once the person says so. `is_list`: each line stands for itself.
    """

    at_most: int = 200
    at_least: int = 1
    several_lines: bool = False
    may_ask: bool = False
    is_list: bool = False

    def read(self, typed: str, _at: Circumstances) -> Outcome:
        text = tidy(typed, several_lines=self.several_lines)
        if not text:
            return Wrong(Problem.EMPTY)
        if len(text) < self.at_least:
            return Wrong(Problem.TOO_SHORT, self.at_least)
        return Understood(text) if len(text) <= self.at_most else Wrong(Problem.TOO_LONG, self.at_most)

    def fits(self, value: Json) -> bool:
        return isinstance(value, str) and self.at_least <= len(value) <= self.at_most
