"""parse_mode "HTML": the Bot API's subset of HTML, read with its own leniencies and errors.

Works on UTF-8 bytes because the positions in Telegram's error texts count bytes. A NUL ends a tag as the end
of the text does. What the markup may hold: https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .dates import format_from_markup
from .links import link_or_none, linked_user_id
from .model import Entity, FormattingError
from .numbers import exact_integer, leading_int32
from .output import TextOutput, readable

_MARK = re.compile(rb"[<&]")
_SPACES = re.compile(rb"[ \t\r\n\v]*")
_TAG_NAME = re.compile(rb"[^ \t\r\n\v\0>]*")
_ATTRIBUTE_NAME = re.compile(rb"[^ \t\r\n\v\0=>/\"']*")
_NAME_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")
_REFERENCE = re.compile(rb"&(?:#[xX]([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]*));?")
_NAMED = {b"lt": ord("<"), b"gt": ord(">"), b"amp": ord("&"), b"quot": ord('"')}
_MAX_REFERENCE = 10  # bytes, without the semicolon
_END_OF_UNICODE = 0x10FFFF
_ENDS_TOKEN = frozenset(b" \t\r\n\v\0>")

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_SIMPLE) | {"a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}


@dataclass(slots=True)
class _OpenTag:
    name: str
    offset: int
    """Where its content begins, in UTF-16 code units."""
    begin: int
    """The same in bytes of the output."""
    argument: str = ""
    unix_time: int = 0


def read_html(source: str) -> tuple[str, list[Entity]]:
    """Give the text without its tags, and the entities that they stand for, in the order in which they end.

    Raises:
        FormattingError: as Telegram words it, with positions in bytes of UTF-8.
    """
    return _HtmlReader(source.encode("utf-8")).read()


class _HtmlReader:
    def __init__(self, source: bytes) -> None:
        self._size = len(source)
        self._source = source + b"\0"
        self._position = 0
        self._output = TextOutput()
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self._position < self._size:
            mark = _MARK.search(self._source, self._position)
            end = mark.start() if mark else self._size
            self._output.write(self._source[self._position : end])
            self._position = end
            if mark is None:
                break
            if mark.group() == b"&":
                self._read_reference()
            elif self._source.startswith(b"</", end):
                self._read_end_tag()
            else:
                self._read_start_tag()
        if self._open:
            raise _error(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        if self._output.has_surrogate:
            raise _error(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        entities = [replace(e, language=None) if e.type == "code" else e for e in self._entities]
        return self._output.text(), entities

    def _read_reference(self) -> None:
        code, self._position = self._decode_reference(self._position)
        if code:
            self._output.write_code_point(code)
        else:
            self._output.write(b"&")
            self._position += 1

    def _decode_reference(self, begin: int) -> tuple[int, int]:
        """Give the character that a reference stands for and where the reference ends; 0 if it is none."""
        match = _REFERENCE.match(self._source, begin)
        if match is None:
            return 0, begin
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            code = _NAMED.get(name, 0)
        elif len(match.group().rstrip(b";")) >= _MAX_REFERENCE:
            code = 0
        else:
            code = int(hexadecimal or b"0", 16) if hexadecimal is not None else int(decimal or b"0")
        return (code, match.end()) if 0 < code < _END_OF_UNICODE else (0, begin)

    def _read_start_tag(self) -> None:
        begin = self._position
        self._position += 1
        name = self._take(_TAG_NAME).lower().decode("utf-8")
        if self._at(b"\0"):
            raise _error(f"Unclosed start tag at byte offset {begin}")
        if name not in _TAGS:
            raise _error(f'Unsupported start tag "{name}" at byte offset {begin}')
        tag = _OpenTag(name, self._output.utf16, self._output.size)
        while not self._at(b">"):
            self._take(_SPACES)
            if self._at(b">"):
                break
            self._read_attribute(tag, begin)
        self._position += 1
        if name == "span" and tag.argument != "spoiler":
            raise _error(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._open.append(tag)

    def _read_attribute(self, tag: _OpenTag, begin: int) -> None:
        name = self._take(_ATTRIBUTE_NAME)
        if not name:
            raise _error(f'Empty attribute name in the tag "{tag.name}" at byte offset {begin}')
        self._take(_SPACES)
        if not self._at(b"="):
            self._refuse_end(tag, begin)
            if tag.name == "blockquote" and name == b"expandable":
                tag.argument = "1"
            return
        self._position += 1
        self._take(_SPACES)
        self._refuse_end(tag, begin)
        value = self._read_value()
        if self._at(b"\0"):
            raise _error(f"Unclosed start tag at byte offset {begin}")
        _set_attribute(tag, name, value)

    def _read_value(self) -> str:
        begin = self._position
        quote = self._source[begin : begin + 1]
        if quote in {b"'", b'"'}:
            self._position += 1
            return self._read_quoted(quote)
        value = self._take(_NAME_TOKEN).lower().decode("ascii")
        if self._source[self._position] not in _ENDS_TOKEN:
            raise _error(f"Unexpected end of name token at byte offset {begin}")
        return value

    def _read_quoted(self, quote: bytes) -> str:
        value = bytearray()
        while not self._at(quote) and not self._at(b"\0"):
            code = 0
            if self._at(b"&"):
                code, self._position = self._decode_reference(self._position)
            if code:
                value += chr(code).encode("utf-8", "surrogatepass")
            else:
                value.append(self._source[self._position])
                self._position += 1
        if self._at(quote):
            self._position += 1
        return readable(value)

    def _read_end_tag(self) -> None:
        begin = self._position
        if not self._open:
            raise _error(f"Unexpected end tag at byte offset {begin}")
        self._position += 2
        name = self._take(_TAG_NAME).lower().decode("utf-8")
        self._take(_SPACES)
        if not self._at(b">"):
            raise _error(f"Unclosed end tag at byte offset {begin}")
        tag = self._open[-1]
        if name and name != tag.name:
            expected = f'expected "</{tag.name}>", found "</{name}>"'
            raise _error(f"Unmatched end tag at byte offset {begin}, {expected}")
        self._position += 1
        if self._output.utf16 > tag.offset:
            self._close(tag)
        self._open.pop()

    def _close(self, tag: _OpenTag) -> None:
        place = Entity("", tag.offset, self._output.utf16 - tag.offset)
        if tag.name in _SIMPLE:
            self._entities.append(replace(place, type=_SIMPLE[tag.name]))
        elif tag.name == "a":
            self._entities += link_entity(place, tag.argument or self._output.text(tag.begin))
        elif tag.name == "blockquote":
            kind = "expandable_blockquote" if tag.argument else "blockquote"
            self._entities.append(replace(place, type=kind))
        elif tag.name == "tg-emoji":
            self._entities.append(_emoji(place, tag.argument))
        elif tag.name == "tg-time":
            self._entities += _time(place, tag)
        else:
            self._close_code(place, tag)

    def _close_code(self, place: Entity, tag: _OpenTag) -> None:
        """Add code or pre; the two around the very same text are one pre with the code's language."""
        language = tag.argument or None
        last = self._entities[-1] if self._entities else None
        if last is not None and (last.offset, last.length) == (place.offset, place.length):
            if tag.name == "pre" and last.type == "code" and last.language:
                self._entities[-1] = replace(last, type="pre")
                return
            if tag.name == "code" and last.type == "pre" and not last.language and language:
                self._entities[-1] = replace(last, language=language)
                return
        self._entities.append(replace(place, type=tag.name, language=language))

    def _refuse_end(self, tag: _OpenTag, begin: int) -> None:
        if self._at(b"\0"):
            raise _error(f'Unclosed start tag "{tag.name}" at byte offset {begin}')

    def _at(self, character: bytes) -> bool:
        return self._source.startswith(character, self._position)

    def _take(self, pattern: re.Pattern[bytes]) -> bytes:
        match = pattern.match(self._source, self._position)
        taken = match.group() if match else b""
        self._position += len(taken)
        return taken


def link_entity(place: Entity, url: str) -> list[Entity]:
    """Give the text_mention or text_link for a link at that place; nothing if Telegram would not take it."""
    user_id = linked_user_id(url)
    if user_id is not None:
        return [replace(place, type="text_mention", user_id=user_id)]
    checked = link_or_none(url)
    return [replace(place, type="text_link", url=checked)] if checked else []


def _set_attribute(tag: _OpenTag, name: bytes, value: str) -> None:
    match tag.name, name:
        case ("a", b"href") | ("tg-emoji", b"emoji-id") | ("tg-time", b"format"):
            tag.argument = value
        case "code", b"class":
            if value.startswith("language-"):
                tag.argument = value.removeprefix("language-")
        case "span", b"class":
            if value.startswith("tg-"):
                tag.argument = value.removeprefix("tg-")
        case "blockquote", b"expandable":
            tag.argument = "1"
        case "tg-time", b"unix":
            tag.unix_time = leading_int32(value)


def _emoji(place: Entity, argument: str) -> Entity:
    if not exact_integer(argument, 64):
        raise _error("Invalid custom emoji identifier specified")
    return replace(place, type="custom_emoji", custom_emoji_id=argument)


def _time(place: Entity, tag: _OpenTag) -> list[Entity]:
    shown = format_from_markup(tag.argument)
    if shown is None:
        raise _error("Invalid date format used")
    if tag.unix_time <= 0:
        return []
    return [replace(place, type="date_time", unix_time=tag.unix_time, date_time_format=shown)]


def _error(message: str) -> FormattingError:
    return FormattingError(f"Can't parse entities: {message}")
