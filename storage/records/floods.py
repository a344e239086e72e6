"""How much somebody has sent lately. Times are in microseconds since 1970-01-01 UTC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is counted apart."""

    MESSAGE = "message"
    IN_GROUP = "in_group"
    PRESS = "press"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Account:
    """What is remembered of what one person sends in one chat; presses and queries count for the person's own chat.

    Attributes:
        free_at: when nothing that was sent counts any more.
        arrivals_free_at: the same, by when it arrived.
        read_count: how many were read since nothing counted.
        paused_from: when the last pause began, in which nothing is read; 0 if there was none.
        unread_count: how many were not read, in all.
    """

    chat_id: int
    person_id: int
    kind: Kind
    free_at: int = 0
    arrivals_free_at: int = 0
    read_count: int = 0
    paused_from: int = 0
    paused_until: int = 0
    unread_count: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """For how long nothing is read, and how many were read before."""

    read_count: int
    starts_at: int
    ends_at: int
