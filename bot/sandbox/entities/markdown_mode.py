"""parse_mode "Markdown", the legacy one: nothing nests, and inside an entity nothing is escaped.

https://core.telegram.org/bots/api#markdown-style
"""

from __future__ import annotations

import re
from dataclasses import replace

from .html_mode import link_entity
from .model import Entity, FormattingError
from .output import TextOutput

_MARK = re.compile(rb"\\([_*`\[])|[_*`\[]")
_LANGUAGE = re.compile(rb"([^ \t\r\n\v\0`]+)(?=[ \t\r\n\v\0])")
_LINE_BREAK = re.compile(rb"\r\n|\n\r|\r|\n")
_URL = re.compile(rb"\(([^)]*)\)?")
_BLOCK = b"```"
_STYLES = {b"_": "italic", b"*": "bold", b"`": "code", _BLOCK: "pre"}


def read_markdown(source: str) -> tuple[str, list[Entity]]:
    """Give the text without its markup, and the entities in order.

    Raises:
        FormattingError: as Telegram words it, with positions in bytes of UTF-8.
    """
    data = source.encode()
    output = TextOutput()
    entities: list[Entity] = []
    position = 0
    while mark := _MARK.search(data, position):
        output.write(data[position : mark.start()])
        if mark.group(1):
            output.write(mark.group(1))
            position = mark.end()
        else:
            position = _read_entity(data, mark.start(), output, entities)
    output.write(data[position:])
    return output.text(), entities


def _read_entity(data: bytes, begin: int, output: TextOutput, entities: list[Entity]) -> int:
    """Read the entity that begins there; give the position behind it."""
    opening = _BLOCK if data.startswith(_BLOCK, begin) else data[begin : begin + 1]
    position = begin + len(opening)
    language: str | None = None
    if opening == _BLOCK:
        language, position = _read_language(data, position)
    closing = b"]" if opening == b"[" else opening
    end = data.find(closing, position)
    if end < 0:
        message = f"Can't find end of the entity starting at byte offset {begin}"
        raise FormattingError(f"Can't parse entities: {message}")
    offset = output.utf16
    output.write(data[position:end])
    behind = end + len(closing)
    place = Entity("", offset, output.utf16 - offset)
    if not place.length:
        return behind
    if opening != b"[":
        entities.append(replace(place, type=_STYLES[opening], language=language))
        return behind
    url = _URL.match(data, behind)
    entities += link_entity(place, (url.group(1) if url else data[position:end]).decode())
    return url.end() if url else behind


def _read_language(data: bytes, position: int) -> tuple[str | None, int]:
    language = _LANGUAGE.match(data, position)
    if language:
        position = language.end()
    line_break = _LINE_BREAK.match(data, position)
    return language.group(1).decode() if language else None, line_break.end() if line_break else position
