"""parse_mode "MarkdownV2", with its errors.

Works on UTF-8 bytes because the positions in Telegram's error texts count bytes. What the markup may hold:
https://core.telegram.org/bots/api#markdownv2-style
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .html_mode import link_entity
from .links import linked_emoji_id, linked_time
from .model import Entity, FormattingError
from .output import TextOutput, readable

_RESERVED = re.compile(rb"[\\_*\[\]()~`>#+\-=|{}.!\n]")
_RESERVED_IN_CODE = re.compile(rb"[\\`]")
_LANGUAGE = re.compile(rb"([^ \t\r\n\v\0`]+)(?=[ \t\r\n\v\0])")
_LINE_BREAK = re.compile(rb"\r\n|\n\r|\r|\n")
_ESCAPABLE = range(1, 127)

_CODE = frozenset({"Code", "Pre", "PreCode"})
_OPENING = (
    (b"__", "Underline"),
    (b"_", "Italic"),
    (b"*", "Bold"),
    (b"~", "Strikethrough"),
    (b"||", "Spoiler"),
    (b"![", "CustomEmoji"),
    (b"[", "TextUrl"),
    (b"```", "Pre"),
    (b"`", "Code"),
)
_CLOSING = {
    "Underline": b"__",
    "Italic": b"_",
    "Bold": b"*",
    "Strikethrough": b"~",
    "Spoiler": b"||",
    "CustomEmoji": b"]",
    "TextUrl": b"]",
    "Pre": b"```",
    "PreCode": b"```",
    "Code": b"`",
}
_API_TYPE = {"Pre": "pre", "PreCode": "pre"}


@dataclass(slots=True)
class _Open:
    kind: str
    """As Telegram's errors name it."""
    place: int
    """Of its markup, in bytes of the source."""
    offset: int
    """Where its content begins, in UTF-16 code units."""
    begin: int
    """The same in bytes of the output."""
    language: str | None = None


def read_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """Give the text without its markup, and the entities, in the order in which they end.

    Raises:
        FormattingError: as Telegram words it, with positions in bytes of UTF-8.
    """
    return _MarkdownReader(source.encode()).read()


class _MarkdownReader:
    def __init__(self, source: bytes) -> None:
        self._size = len(source)
        self._source = source + b"\0"
        self._position = 0
        self._output = TextOutput()
        self._open: list[_Open] = []
        self._entities: list[Entity] = []
        self._in_quote = False
        self._quote_may_start = True

    def read(self) -> tuple[str, list[Entity]]:
        while self._position < self._size:
            self._copy_plain()
            if self._position >= self._size:
                break
            if self._at(b"\\"):
                self._read_escape()
            elif self._in_quote and self._at(b"\n") and not self._at(b"\n>"):
                self._end_quote_line()
            elif self._ends_innermost():
                self._end_innermost()
            else:
                self._begin()
        self._end_of_text()
        return self._output.text(), self._entities

    def _copy_plain(self) -> None:
        reserved = _RESERVED_IN_CODE if self._innermost() in _CODE else _RESERVED
        mark = reserved.search(self._source, self._position, self._size)
        end = mark.start() if mark else self._size
        plain = self._source[self._position : end]
        self._output.write(plain)
        if plain.strip(b"\r"):
            self._quote_may_start = False
        self._position = end

    def _read_escape(self) -> None:
        escaped = self._escaped()
        if escaped is None:
            self._output.write(b"\\")
            self._quote_may_start = False
            self._position += 1
            return
        self._output.write(escaped)
        if escaped != b"\r":
            self._quote_may_start = escaped == b"\n"
        self._position += 2

    def _escaped(self) -> bytes | None:
        """Give the ASCII character that a backslash here makes literal."""
        following = self._source[self._position + 1 : self._position + 2]
        if self._at(b"\\") and following and following[0] in _ESCAPABLE:
            return following
        return None

    def _innermost(self) -> str | None:
        return self._open[-1].kind if self._open else None

    def _ends_innermost(self) -> bool:
        innermost = self._innermost()
        if innermost is None or innermost == "BlockQuote" or not self._at(_CLOSING[innermost]):
            return False
        return innermost != "Italic" or not self._at(b"__")

    def _begin(self) -> None:
        if self._at(b"\n"):
            self._output.write(b"\n")
            self._quote_may_start = True
            self._position += 1
            return
        if self._at(b">") and self._quote_may_start:
            if not self._in_quote:
                self._in_quote = True
                self._push("BlockQuote", b">")
            else:
                self._position += 1
            return
        for markup, kind in _OPENING:
            if self._at(markup):
                self._push(kind, markup)
                if kind == "Pre":
                    self._read_language()
                return
        character = self._source[self._position : self._position + 1].decode()
        raise _error(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")

    def _push(self, kind: str, markup: bytes) -> None:
        self._open.append(_Open(kind, self._position, self._output.utf16, self._output.size))
        self._position += len(markup)

    def _read_language(self) -> None:
        """Take the language after the opening of a block of code, then at most one line break."""
        language = _LANGUAGE.match(self._source, self._position, self._size)
        if language:
            self._open[-1].kind = "PreCode"
            self._open[-1].language = language.group(1).decode()
            self._position = language.end()
        line_break = _LINE_BREAK.match(self._source, self._position)
        if line_break:
            self._position = line_break.end()

    def _end_innermost(self) -> None:
        innermost = self._open.pop()
        self._position += len(_CLOSING[innermost.kind])
        place = self._placed(innermost)
        match innermost.kind:
            case "TextUrl":
                url = self._read_url()
                if url is None:
                    url = self._output.text(innermost.begin)
                added = link_entity(place, url)
            case "CustomEmoji":
                added = [self._special(place)]
            case kind:
                named = _API_TYPE.get(kind, kind.lower())
                added = [replace(place, type=named, language=innermost.language)]
        if place.length:
            self._entities += added

    def _placed(self, opened: _Open) -> Entity:
        return Entity("", opened.offset, self._output.utf16 - opened.offset)

    def _special(self, place: Entity) -> Entity:
        url = self._read_url()
        if url is None:
            raise _error("The entity must contain a tg://emoji or tg://time URL")
        emoji_id = linked_emoji_id(url)
        if emoji_id is not None:
            return replace(place, type="custom_emoji", custom_emoji_id=emoji_id)
        moment = linked_time(url)
        if moment is None:
            raise _error("Invalid tg://emoji or tg://time URL specified")
        return replace(place, type="date_time", unix_time=moment[0], date_time_format=moment[1])

    def _read_url(self) -> str | None:
        """Take the address in parentheses that stands here; None if there is none."""
        if not self._at(b"("):
            return None
        self._position += 1
        begin = self._position
        url = bytearray()
        while self._position < self._size and not self._at(b")"):
            escaped = self._escaped()
            if escaped is not None:
                self._position += 1
            url += self._source[self._position : self._position + 1]
            self._position += 1
        if not self._at(b")"):
            raise _error(f"Can't find end of a URL at byte offset {begin}")
        self._position += 1
        return readable(url)

    def _end_quote_line(self) -> None:
        """End the quotation at the end of its last line; "||" just before makes it expandable."""
        kind = "blockquote"
        innermost = self._open[-1]
        if innermost.kind == "Spoiler" and self._just_opened(innermost):
            self._open.pop()
            kind = "expandable_blockquote"
        self._refuse_unclosed_in_quote()
        self._output.write(b"\n")
        self._quote_may_start = True
        self._in_quote = False
        self._position += 1
        self._entities.append(replace(self._placed(self._open.pop()), type=kind))

    def _just_opened(self, opened: _Open) -> bool:
        distance = self._position - opened.place
        begins_text = len(b"||")
        return distance == begins_text or (
            distance == begins_text + 1 and self._source[self._position - 1 : self._position] == b"\r"
        )

    def _end_of_text(self) -> None:
        if self._in_quote:
            kind = "blockquote"
            if self._innermost() == "Spoiler" and self._open[-1].place == self._size - len(b"||"):
                self._open.pop()
                kind = "expandable_blockquote"
            if self._innermost() == "BlockQuote":
                place = self._placed(self._open.pop())
                if place.length:
                    self._entities.append(replace(place, type=kind))
        if self._open:
            raise self._unclosed()

    def _refuse_unclosed_in_quote(self) -> None:
        if self._open[-1].kind != "BlockQuote":
            raise self._unclosed()

    def _unclosed(self) -> FormattingError:
        innermost = self._open[-1]
        return _error(f"Can't find end of {innermost.kind} entity at byte offset {innermost.place}")

    def _at(self, characters: bytes) -> bool:
        return self._source.startswith(characters, self._position)


def _error(message: str) -> FormattingError:
    return FormattingError(f"Can't parse entities: {message}")
