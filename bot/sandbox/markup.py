"""Reply markup: inline keyboards, reply keyboards, and what Telegram refuses of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.arguments import Arguments
from bot.sandbox.wire import Json, bad_request

MAX_INLINE_BUTTONS = 100
MAX_REPLY_BUTTONS = 300
MAX_CALLBACK_DATA_BYTES = 64
_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
"""What an inline button may do; Telegram takes the first of these that it finds."""
_URL_SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})


@dataclass(frozen=True, slots=True)
class Markup:
    """What the markup of a call amounts to: at most one of these is set."""

    inline: Json | None = None
    """An inline keyboard: part of the message."""
    reply: Json | None = None
    """A reply keyboard, or a forced reply: shown below the chat."""
    removes: bool = False
    """Whether a reply keyboard is taken away."""
    is_selective: bool = False


def read_markup(args: Arguments) -> Markup:
    """The `reply_markup` of a call whose types were checked already.

    Raises:
        ApiError: a button is not as it must be, or there are too many.
    """
    given: Json | None = args.json("reply_markup", "reply keyboard markup")
    return markup_of(given)


def markup_of(given: Json | None) -> Markup:
    if not given:
        return Markup()
    is_selective = bool(given.get("selective"))
    if rows := _rows(given.get("keyboard"), _reply_button, MAX_REPLY_BUTTONS):
        return Markup(reply={**given, "keyboard": rows}, is_selective=is_selective)
    if rows := _rows(given.get("inline_keyboard"), _inline_button, MAX_INLINE_BUTTONS):
        return Markup(inline={"inline_keyboard": rows})
    if given.get("remove_keyboard"):
        return Markup(removes=True, is_selective=is_selective)
    if given.get("force_reply"):
        return Markup(reply=given, is_selective=is_selective)
    return Markup()


def _rows(given: Any, read: Any, most: int) -> list[list[Json]]:
    rows = [[read(button) for button in row] for row in given or () if row]
    if sum(len(row) for row in rows) > most:
        raise bad_request("reply markup is too long")
    return rows


def _reply_button(button: str | Json) -> Json:
    read: Json = {"text": button} if isinstance(button, str) else button
    if not read["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return read


def _inline_button(button: Json) -> Json:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((name for name in _ACTIONS if button.get(name) or _may_be_empty(button, name)), None)
    if action is None:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if action == "callback_data" and len(button[action].encode()) > MAX_CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        _check_url(button["url"])
    kept = ("text", "icon_custom_emoji_id", "style", action)
    return {name: button[name] for name in kept if name in button}


def _may_be_empty(button: Json, name: str) -> bool:
    """An empty inline query, an empty `CallbackGame`: being there is enough."""
    return name in button and (name.startswith("switch_inline_query") or name == "callback_game")


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url if "://" in url or url.startswith("tg:") else f"http://{url}")
        has_place = bool(parts.scheme == "tg" or (parts.hostname and "." in parts.hostname))
    except ValueError:
        has_place = False
        parts = None
    if parts is None or parts.scheme not in _URL_SCHEMES or not has_place:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
