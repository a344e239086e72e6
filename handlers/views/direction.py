"""Latin words in a text that is written from right to left keep the signs that belong to them.

A phone puts a sign between words of both directions where the text goes on: "/register" becomes "register/". A mark
that is not seen tells it otherwise. Telegram finds commands, names and links beside such a mark as well as beside a
space (`match_bot_commands`, `match_mentions` and the links' pattern in TDLib's `MessageEntity.cpp`).
"""

from __future__ import annotations

import re

LEFT_TO_RIGHT = "\u200e"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_AS_IT_IS = r"<(?P<code>code|pre)\b.*?</(?P=code)>|<[^>]*>"
_COMMAND_OR_NAME = rf"(?<![\w/@:.{LEFT_TO_RIGHT}])(?P<sign>[/@](?=[A-Za-z0-9_]))"
_LINK = r"(?P<link>\bhttps?://[^\s<\u200e]*/)(?=[\s<]|$)"
_LATIN = re.compile(f"{_AS_IT_IS}|{_LINK}|{_COMMAND_OR_NAME}", re.DOTALL)


def marked(html: str) -> str:
    """Telegram's HTML with marks of direction in lines that are written from right to left; code stays as it is."""
    return html if html.isascii() or not _RIGHT_TO_LEFT.search(html) else _LATIN.sub(_mark, html)


def _mark(found: re.Match[str]) -> str:
    ends = found.string.find("\n", found.end())
    begins = found.string.rfind("\n", 0, found.start()) + 1
    if not _RIGHT_TO_LEFT.search(found.string, begins, ends if ends >= 0 else len(found.string)):
        return found[0]
    if found["sign"]:
        return LEFT_TO_RIGHT + found[0]
    return found[0] + LEFT_TO_RIGHT if found["link"] else found[0]
