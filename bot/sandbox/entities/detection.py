"""What Telegram finds in plain text by itself: commands, mentions, hashtags, cashtags, links, addresses.

Not from the reference: phone numbers, which only Telegram's servers find. Here: "+" and 7 to 15 digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from unicodedata import category

from .arrange import in_order, with_found, without_overlaps
from .model import Entity, utf16_length
from .urls import Span, own_urls, urls

_MENTION = re.compile(r"(?<!\w)@([A-Za-z0-9_]{2,32})(?!\w)")
_SHORT_NAMES = frozenset({"gif", "nft", "pic", "ufc", "vid"})
_MIN_NAME = 4
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32}|(?!@))(?![\w/<>])")
_CASHTAG = re.compile(r"\$(?:1INCH|[A-Z]+)")
_AT_NAME = re.compile(r"@([A-Za-z0-9_]*)")
_LONG_CASHTAG = 8
_MAX_HASHTAG = 256
_NAME_LENGTHS = range(3, 33)
_PHONE = re.compile(r"(?<![\w+])\+\d(?:[ \-]?\(?\d\)?){6,14}(?![\w-])", re.ASCII)
_TAG_EXTRAS = frozenset("_\u200c\u00b7")
_SINHALA_THAI = range(0x0D80, 0x0E00)


def detect_entities(text: str) -> tuple[Entity, ...]:
    """Find what Telegram would mark in a text by itself; none of it overlaps.

    The text is taken as it is: clean it first where the positions matter.
    """
    found = chain(mentions(text), commands(text), hashtags(text), cashtags(text), own_urls(text), urls(text))
    sure = without_overlaps(in_order(_entities(text, found)))
    return tuple(with_found(sure, without_overlaps(_entities(text, phone_numbers(text)))))


def _entities(text: str, spans: Iterator[Span]) -> Iterator[Entity]:
    for kind, begin, end in spans:
        yield Entity(kind, utf16_length(text[:begin]), utf16_length(text[begin:end]))


def mentions(text: str) -> Iterator[Span]:
    for match in _MENTION.finditer(text):
        name = match.group(1)
        if len(name) >= _MIN_NAME or name.lower() in _SHORT_NAMES:
            yield "mention", match.start(), match.end()


def commands(text: str) -> Iterator[Span]:
    for match in _COMMAND.finditer(text):
        yield "bot_command", match.start(), match.end()


def phone_numbers(text: str) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        yield "phone_number", match.start(), match.end()


def hashtags(text: str) -> Iterator[Span]:
    position = 0
    while (begin := text.find("#", position)) >= 0:
        position = begin + 1
        if begin and _in_tag(text[begin - 1]):
            continue
        while position < len(text) and _in_tag(text[position]):
            position += 1
        end = min(position, begin + 1 + _MAX_HASHTAG)
        name = text[begin + 1 : end]
        if not name:
            continue
        if end == position:
            end = position = _after_name(text, end, cut=True)
        if not text.startswith("#", position) and any(map(_is_letter, name)):
            yield "hashtag", begin, end


def cashtags(text: str) -> Iterator[Span]:
    position = 0
    while match := _CASHTAG.search(text, position):
        begin, end = match.span()
        position = end
        if begin and (_in_tag(text[begin - 1]) or text[begin - 1] == "$"):
            position = begin + 1
            continue
        if end - begin - 1 > _LONG_CASHTAG:
            continue
        end = position = _after_name(text, end, cut=False)
        if end == len(text) or not (_in_tag(text[end]) or text[end] == "$"):
            yield "cashtag", begin, end


def _after_name(text: str, position: int, *, cut: bool) -> int:
    """Go past "@" and a user's or channel's name, if there is one; a longer one is cut, or not taken."""
    match = _AT_NAME.match(text, position)
    if match is None:
        return position
    length = len(match.group(1))
    if cut:
        length = min(length, _NAME_LENGTHS[-1])
    return position + 1 + length if length in _NAME_LENGTHS else position


def _in_tag(character: str) -> bool:
    return (
        _is_letter(character)
        or character in _TAG_EXTRAS
        or ord(character) in _SINHALA_THAI
        or category(character) == "Nd"
    )


def _is_letter(character: str) -> bool:
    return category(character)[0] == "L"
