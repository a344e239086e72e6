"""Long texts become several messages, cut where a reader would pause, with their formatting whole."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from storage.records import Call

TEXT_AT_MOST = 4096
"""UTF-16 code units of a message's text after its formatting was parsed, by the Bot API."""

_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>[^>]*)>"
    # Telegram shows any other reference as it is written: https://core.telegram.org/bots/api#html-style
    r"|(?P<entity>&(?:lt|gt|amp|quot|#[0-9]+|#[xX][0-9a-fA-F]+);)|.",
    re.DOTALL,
)
_WITH_TEXT = frozenset({"sendMessage", "editMessageText"})
_OF_THE_FIRST = frozenset({"reply_parameters", "message_id"})
_BREAKS = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A visible character (or a tag, with no width) of a text."""

    source: str
    visible: str
    tag: str = ""
    closes: bool = False


def utf16_length(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_html(text: str, at_most: int = TEXT_AT_MOST) -> list[str]:
    """Cut a text in Telegram's HTML into messages of at most `at_most` UTF-16 code units each.

    The cut is at the end of a paragraph where there is one in the second half of what fits, else of a line, a
    sentence, a word; tags that are open there are closed and opened again behind it.
    """
    if utf16_length(text) <= at_most:  # what is visible of it is no longer than all of it
        return [text]
    pieces = [_piece(match) for match in _TOKEN.finditer(text)]
    parts: list[str] = []
    start = 0
    open_tags: list[_Piece] = []
    while start < len(pieces):
        end = _fitting(pieces, start, at_most)
        if end < len(pieces):
            end = _cut(pieces, start, end)
        before = "".join(tag.source for tag in open_tags)
        for piece in pieces[start:end]:
            _follow(open_tags, piece)
        after = "".join(f"</{tag.tag}>" for tag in reversed(open_tags))
        body = "".join(piece.source for piece in pieces[start:end])
        if any(not piece.visible.isspace() for piece in pieces[start:end] if piece.visible):
            parts.append(f"{before}{body.strip()}{after}")
        start = end
    return parts or [text]


def _piece(match: re.Match[str]) -> _Piece:
    if match["tag"]:
        return _Piece(match[0], "", match["tag"].lower(), bool(match["close"]))
    if match["entity"]:
        return _Piece(match[0], html.unescape(match[0]))
    return _Piece(match[0], match[0])


def _follow(open_tags: list[_Piece], piece: _Piece) -> None:
    if not piece.tag:
        return
    if not piece.closes:
        open_tags.append(piece)
    elif open_tags and open_tags[-1].tag == piece.tag:
        open_tags.pop()


def _fitting(pieces: list[_Piece], start: int, at_most: int) -> int:
    length = 0
    for index in range(start, len(pieces)):
        length += utf16_length(pieces[index].visible)
        if length > at_most:
            return index
    return len(pieces)


def _cut(pieces: list[_Piece], start: int, end: int) -> int:
    """The best place for a cut in the second half of what fits; `end` if there is none."""
    visible = "".join(piece.visible or "\0" for piece in pieces[start:end])
    if len(visible) != end - start:  # a character reference that stands for two: count pieces instead
        visible = "".join((piece.visible or "\0")[0] for piece in pieces[start:end])
    for mark in _BREAKS:
        found = visible.rfind(mark, len(visible) // 2)
        if found >= 0:
            return start + found + len(mark)
    return end


def split_call(call: Call) -> list[Call]:
    """The calls for a call whose text may be too long for one message; its buttons go to the last.

    What has no place in a message that is edited follows in messages of its own.
    """
    text = call.params.get("text")
    if call.method not in _WITH_TEXT or not isinstance(text, str):
        return [call]
    texts = split_html(text)
    if len(texts) == 1:
        return [call]
    first = {name: value for name, value in call.params.items() if name != "reply_markup"}
    last = {name: value for name, value in call.params.items() if name not in _OF_THE_FIRST}
    between = {name: value for name, value in last.items() if name != "reply_markup"}
    return [
        Call(call.method, {**first, "text": texts[0]}),
        *(Call("sendMessage", {**between, "text": part}) for part in texts[1:-1]),
        Call("sendMessage", {**last, "text": texts[-1]}),
    ]
