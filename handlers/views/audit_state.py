"""What is looked for in the audit log, as its buttons know it: in Telegram, a button has room for 64 bytes."""

from __future__ import annotations

import re
from types import MappingProxyType

from bot.members.audit_search import ActGroup, AuditChoice, Span

CHOICE = r"(?P<choice>\d{0,16}\.(?:[cdptalrg]-?\d{1,16})?\.[a-z-][0-9-])"
"""At most 38 characters."""
_PARTS = re.compile(r"(\d*)\.([cdptalrg]-?\d+)?\.(.)(.)")
_KINDS = MappingProxyType(
    {"c": "center", "d": "delegate", "p": "person", "t": "thread", "a": "answer", "l": "link", "r": "request",
     "g": "chat"}
)  # fmt: skip
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}


def packed(choice: AuditChoice) -> str:
    """The choice as a part of a button's data."""
    kind, _, number = (choice.object or "").partition(":")
    thing = f"{_LETTERS[kind]}{number}" if kind in _LETTERS else ""
    group = "-" if choice.group is None else chr(ord("a") + tuple(ActGroup).index(choice.group))
    span = "-" if choice.span is None else str(tuple(Span).index(choice.span))
    return f"{choice.actor_id or ''}.{thing}.{group}{span}"


def unpacked(text: str) -> AuditChoice | None:
    """The reverse of `packed`; None if it is of another version of the bot, or forged."""
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    actor, thing, group, span = parts.groups()
    try:
        return AuditChoice(
            actor_id=int(actor) if actor else None,
            object=f"{_KINDS[thing[0]]}:{thing[1:]}" if thing else None,
            group=None if group == "-" else tuple(ActGroup)[ord(group) - ord("a")],
            span=None if span == "-" else tuple(Span)[int(span)],
        )
    except (IndexError, ValueError):
        return None
