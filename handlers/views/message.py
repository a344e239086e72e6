"""What a person reads and presses, before it becomes a call of the Bot API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from handlers.views.direction import marked


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: either `data` for the bot (1 to 64 bytes) or a `url` to open."""

    label: str
    data: str | None = None
    url: str | None = None

    def as_json(self) -> dict[str, str]:
        return (
            {"text": self.label, "url": self.url}
            if self.url
            else {"text": self.label, "callback_data": self.data or ""}
        )


@dataclass(frozen=True, slots=True)
class Message:
    """A text in Telegram's HTML with rows of buttons under it.

    `shows` are the numbers of the delegates whose records it shows: should they be erased, it is replaced. Set where
    their details are put into it.
    """

    text: Markup
    buttons: tuple[tuple[Button, ...], ...] = ()
    shows: tuple[int, ...] = ()

    def as_params(self) -> dict[str, Any]:
        """Its part of the parameters of `sendMessage` and `editMessageText`."""
        return {
            "text": marked(str(self.text)),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            **self._keyboard(),
        }

    def as_caption(self) -> dict[str, Any]:
        """Its part of the parameters of `sendDocument` and `sendPhoto`; Telegram takes 1,024 characters there."""
        return {"caption": marked(str(self.text)), "parse_mode": "HTML", **self._keyboard()}

    def _keyboard(self) -> dict[str, Any]:
        if not self.buttons:
            return {}
        return {"reply_markup": {"inline_keyboard": [[button.as_json() for button in row] for row in self.buttons]}}


def bold(text: object) -> Markup:
    """A text in bold; what is no `Markup` is escaped."""
    return Markup(f"<b>{escape(text)}</b>")  # noqa: S704 - it is escaped


def italic(text: object) -> Markup:
    """A text in italics, as `bold`."""
    return Markup(f"<i>{escape(text)}</i>")  # noqa: S704 - it is escaped


def column(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """One button a row: long labels stay readable on a phone."""
    return tuple((button,) for button in buttons)


SHORT = 18
"""Characters of a label of which two fit side by side on a phone."""


def pairs(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Two buttons a row where both labels are short, else one."""
    rows: list[tuple[Button, ...]] = []
    waiting = list(buttons)
    while waiting:
        width = 2 if all(len(button.label) <= SHORT for button in waiting[:2]) else 1
        rows.append(tuple(waiting[:width]))
        del waiting[:width]
    return tuple(rows)
