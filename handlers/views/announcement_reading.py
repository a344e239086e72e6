"""What people read and press under an announcement besides its own words."""

from __future__ import annotations

from bot.locales.catalogues import Translator


def noted_toast(_: Translator) -> str:
    """The button "I have read it" was pressed."""
    return _.plain("Thank you: it is noted that you have read this.")
