"""What features hand to delivery: what is worded only when it is sent, and what follows when it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from storage.records import Call
from storage.session import Session, Transaction

Renderer = Callable[[Session, int, Mapping[str, Any]], Awaitable[Call | None]]
"""Makes the call for a chat (an id) from its arguments, as things stand now; None if it is no longer needed."""

FollowUpWork = Callable[[Transaction, int, Mapping[str, Any], Any], Awaitable[None]]
"""Runs in the transaction that records a send: the chat, its arguments, and the Bot API's result.

Where a row names one for its failure, that is given a `Failure` in the place of the result. It may queue messages. It
runs again if the transaction could not be committed, so nothing outside of that may be used up by it.
"""
