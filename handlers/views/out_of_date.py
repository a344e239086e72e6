"""What is said to whoever presses a button that shows what is no longer so."""

from __future__ import annotations

from bot.locales.catalogues import Translator


def changed_toast(_: Translator) -> str:
    """What the button was about has changed meanwhile; how it stands now is shown with this."""
    return _.plain("This has changed meanwhile. You see how it stands now.")


def gone_toast(_: Translator) -> str:
    """What the button was about is not there (any more)."""
    return _.plain("This is not there any more.")
