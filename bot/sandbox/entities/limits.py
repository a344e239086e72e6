"""How many entities of a message Telegram keeps."""

from __future__ import annotations

from .arrange import STYLES, nested_properly
from .model import Entity

_MAX_ENTITIES = 100


def within_limits(entities: list[Entity]) -> list[Entity]:
    """Keep the first hundred: of links, code, quotations and dates first, of styles with what room is left.

    Custom emoji do not count. Styles are counted joined, not as the pieces that other entities cut them into.
    """
    if len(entities) <= _MAX_ENTITIES:
        return entities
    counted = [e for e in entities if e.type not in STYLES and e.type != "custom_emoji"][:_MAX_ENTITIES]
    emoji = [e for e in entities if e.type == "custom_emoji"]
    styles = nested_properly(e for e in entities if e.type in STYLES)
    return nested_properly(counted + emoji + styles[: _MAX_ENTITIES - len(counted)])
