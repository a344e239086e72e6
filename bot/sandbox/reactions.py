"""The emoji with which one can react, as the Bot API lists them for `ReactionTypeEmoji`."""

from __future__ import annotations

_LISTED = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 "
    "🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 "
    "🤷‍♂ 🤷 🤷‍♀ 😡"
)
EMOJI = frozenset(_LISTED.split())
_PRESENTATION = "\ufe0f"


def plain(emoji: str) -> str:
    """The emoji without the selectors that only say “as a picture”: Telegram does not mind them."""
    return emoji.replace(_PRESENTATION, "")
