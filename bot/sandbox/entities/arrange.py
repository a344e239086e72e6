"""How entities may lie over and in each other: Telegram's rules, and how it mends what breaks them.

- Bold, italic, underline, strikethrough and spoiler may overlap anything; they are cut where other entities
  begin or end, joined where two of a kind touch, and dropped inside code, pre and dates.
- Quotations do not overlap each other; what crosses their border is dropped.
- All others do not overlap each other: the one that begins first stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .model import Entity

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
VERBATIM = frozenset({"code", "pre", "date_time"})
"""No style may stand inside these."""

_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_FOUND_PRIORITY = 50
"""Of what is found in plain text: mentions, commands, links and the like."""


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Sort: what begins first, then what is longer, then the outer by kind."""
    return sorted(entities, key=_rank)


def _rank(entity: Entity) -> tuple[int, int, int]:
    if entity.type == "pre":
        priority = 10 if entity.language is not None else 11
    else:
        priority = _PRIORITY.get(entity.type, _FOUND_PRIORITY)
    return entity.offset, -entity.length, priority


def nested_properly(entities: Iterable[Entity]) -> list[Entity]:
    """Mend entities (none empty) so that they obey the rules above."""
    styles, quotes, others = _sorted_apart(entities)
    others = without_overlaps(others)
    quotes = without_overlaps(quotes)
    others = _within_quotes(others, quotes)
    return _with_styles(styles, in_order(others + quotes))


def with_found(entities: Iterable[Entity], found: list[Entity]) -> list[Entity]:
    """Add what was found in the text (without overlaps) wherever the given entities leave room for it."""
    if not found:
        return list(entities)
    styles, quotes, others = _sorted_apart(entities)
    room = _within_quotes(found, quotes)
    added = [new for new in room if not any(_overlap(new, other) for other in others)]
    return _with_styles(styles, in_order(others + added + quotes))


def without_overlaps(entities: Iterable[Entity]) -> list[Entity]:
    """Keep of entities in order each that begins where the last one kept has ended."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _sorted_apart(entities: Iterable[Entity]) -> tuple[list[Entity], list[Entity], list[Entity]]:
    styles: list[Entity] = []
    quotes: list[Entity] = []
    others: list[Entity] = []
    for entity in in_order(entities):
        if entity.type in STYLES:
            styles.append(entity)
        elif entity.type in QUOTES:
            quotes.append(entity)
        else:
            others.append(entity)
    return styles, quotes, others


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _within_quotes(entities: Iterable[Entity], quotes: list[Entity]) -> list[Entity]:
    """Drop what crosses the border of a quotation or holds one."""
    return [
        entity
        for entity in entities
        if all(quote.offset <= entity.offset and entity.end <= quote.end for quote in quotes if _overlap(entity, quote))
    ]


def _with_styles(styles: list[Entity], others: list[Entity]) -> list[Entity]:
    if not styles:
        return others
    return in_order(others + _cut_styles(styles, others))


def _cut_styles(styles: list[Entity], others: list[Entity]) -> list[Entity]:
    """Cut styles (in order) at the borders of the other entities (in order, properly nested)."""
    cutter = _StyleCutter(styles)
    holders: list[Entity] = []
    for other in others:
        cutter.leave(holders, other.offset)
        cutter.cut(other.offset)
        holders.append(other)
    cutter.leave(holders, None)
    cutter.cut(None)
    return cutter.pieces


class _StyleCutter:
    """Walks along the text with at most one open run of each style."""

    def __init__(self, styles: list[Entity]) -> None:
        self._waiting = styles[::-1]
        self._runs: dict[str, tuple[int, int]] = {}
        self.pieces: list[Entity] = []

    def leave(self, holders: list[Entity], offset: int | None) -> None:
        """Pass the ends of the entities that end before or at an offset (None: all)."""
        while holders and (offset is None or offset >= holders[-1].end):
            holder = holders.pop()
            written = len(self.pieces)
            self.cut(holder.end)
            if holder.type in VERBATIM:
                del self.pieces[written:]

    def cut(self, offset: int | None) -> None:
        """Go on to an offset (None: past the end); every run that is open there is cut."""
        while self._waiting and (offset is None or self._waiting[-1].offset < offset):
            style = self._waiting.pop()
            begin, end = self._runs.get(style.type, (0, 0))
            if end and style.offset <= end:
                self._runs[style.type] = (begin, max(end, style.end))
            else:
                self._flush(style.offset)
                self._runs[style.type] = (style.offset, style.end)
        self._flush(offset)

    def _flush(self, offset: int | None) -> None:
        for kind, (begin, end) in list(self._runs.items()):
            if offset is None or end <= offset:
                self.pieces.append(_piece(kind, begin, end))
                del self._runs[kind]
            elif begin < offset:
                self.pieces.append(_piece(kind, begin, offset))
                self._runs[kind] = (offset, end)


def _piece(kind: str, begin: int, end: int) -> Entity:
    return Entity(kind, begin, end - begin)


def moved(entity: Entity, offset: int, length: int) -> Entity:
    if (offset, length) == (entity.offset, entity.length):
        return entity
    return replace(entity, offset=offset, length=length)
