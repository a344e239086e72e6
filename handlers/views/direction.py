"""Latin words in a text that is written from right to left keep the signs that belong to them.

A phone puts a sign between words of both directions where the text goes on: "/register" becomes "register/". A mark
that is not seen tells it otherwise. Telegram finds commands, names and links beside such a mark as well as beside a
space (`match_bot_commands`, `match_mentions` and the links' pattern in TDLib's `MessageEntity.cpp`).
"""

from __future__ import annotations

import re

from markupsafe import Markup

LEFT_TO_RIGHT, RIGHT_TO_LEFT, ISOLATE, END_OF_ISOLATE = "\u200e", "\u200f", "\u2068", "\u2069"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_AS_IT_IS = rf"<(?P<code>code|pre)\b.*?</(?P=code)>|<[^>]*>|{ISOLATE}[^{END_OF_ISOLATE}\n]*"
_COMMAND_OR_NAME = rf"(?<![\w/@:.;{LEFT_TO_RIGHT}])(?P<sign>[/@](?=[A-Za-z0-9_]))"
_LATIN_LETTER = re.compile("[A-Za-z]")
_LINK = r"(?P<link>\bhttps?://[^\s<\u200e]*/)(?=[\s<]|$)"
_LATIN = re.compile(f"{_AS_IT_IS}|{_LINK}|{_COMMAND_OR_NAME}", re.DOTALL)


def marked(html: str) -> str:
    """Telegram's HTML with marks of direction in lines that are written from right to left; code stays as it is.

    So does what is kept apart already.
    """
    return html if html.isascii() or not _RIGHT_TO_LEFT.search(html) else _LATIN.sub(_mark, html)


def kept_apart(value: object) -> object:
    """A value in a line that is written from right to left: one in Latin letters keeps what it begins and ends with."""
    text = str(value)
    is_latin = _LATIN_LETTER.search(text) is not None and not _RIGHT_TO_LEFT.search(text)
    if not is_latin or "\n" in text or text[0] == ISOLATE or (text[0].isalnum() and text[-1].isalnum()):
        return value
    return Markup("{}{}{}").format(ISOLATE, value, END_OF_ISOLATE)


def _mark(found: re.Match[str]) -> str:
    ends = found.string.find("\n", found.end())
    begins = found.string.rfind("\n", 0, found.start()) + 1
    if not _RIGHT_TO_LEFT.search(found.string, begins, ends if ends >= 0 else len(found.string)):
        return found[0]
    if found["sign"]:
        return LEFT_TO_RIGHT + found[0]
    return found[0] + LEFT_TO_RIGHT if found["link"] else found[0]
