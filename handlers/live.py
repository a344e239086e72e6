"""The questions that are answered from the database."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.turn import LiveTopic

LIVE: Mapping[str, LiveTopic] = {}
"""By id."""
