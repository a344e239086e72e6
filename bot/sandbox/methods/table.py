"""All modelled methods by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.sandbox.methods import (
    answering,
    editing,
    groups,
    media,
    profile,
    receiving,
    sending,
    topics,
    webhooks,
)
from bot.sandbox.methods.call import Method

MODELLED: Mapping[str, Method] = MappingProxyType(
    {
        **receiving.METHODS,
        **webhooks.METHODS,
        **profile.METHODS,
        **sending.METHODS,
        **media.METHODS,
        **editing.METHODS,
        **answering.METHODS,
        **groups.METHODS,
        **topics.METHODS,
    }
)
