"""Plain texts, with and without entities over them, for comparison with the reference."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.sandbox.entities import Entity

ODD_CHARACTERS = (
    "\0\t\n\r\v\x1b\x7f \u00a0\u00ab\u00bb\u00b7\u030a\u0333\u033f\u0301\u0600\u200b\u200c\u200d\u200e\u200f"
    "\u2010\u2028\u202a\u202e\u2060\u2800\u3000\ufe0f\ufeff\ufffc\uffff\U000e0001"
)
LETTERS = "aZ09_éßжЯمرحבא中あ한😀👩🇺𝒳\U0010fffe"

_ENTITY_TYPES = [
    *["bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote"],
    *["expandable_blockquote", "text_link", "text_mention", "custom_emoji", "date_time"],
    *["mention", "hashtag", "url"],
]
_DETAILS: dict[str, dict[str, Any]] = {
    "text_link": {"url": "http://example.org/"},
    "text_mention": {"user_id": 5},
    "custom_emoji": {"custom_emoji_id": "7"},
    "date_time": {"unix_time": 9, "date_time_format": ""},
}
_places = st.integers(0, 14)


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    kind = draw(st.sampled_from(_ENTITY_TYPES))
    details = _DETAILS.get(kind, {})
    if kind == "pre" and draw(st.booleans()):
        details = {"language": "c"}
    return Entity(kind, draw(_places), draw(_places), **details)


texts_with_entities = st.tuples(
    st.text(alphabet=LETTERS.replace("_", "") + ODD_CHARACTERS.replace("\0", ""), min_size=8, max_size=24),
    st.lists(entities(), max_size=8),
)

_bits = st.sampled_from(
    [
        "example",
        "Example",
        "com",
        "Com",
        "COM",
        "org",
        "museum",
        "рф",
        "xn--p1ai",
        "xn--",
        "notatld",
        "t.me",
        "teiegram.org",
        "http://",
        "https://",
        "HTTP://",
        "xhttp://",
        "shttp://",
        "ftp://",
        "sftp://",
        "tg://",
        "tg://resolve?domain=a",
        "ton://",
        "tonsite://",
        "mailto:",
        "://",
        "user",
        "user.name+tag",
        "/start",
        "/start@some_bot",
        "/start@",
        "/1",
        "@user",
        "@us",
        "@gif",
        "@GIF",
        "#tag",
        "#123",
        "#тег",
        "#tag@chan",
        "$USD",
        "$usd",
        "$1INCH",
        "$TOOLONGTAG",
        "$USD@chan",
        "1.2.3.4",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3",
        "80",
        "00080",
        "a" * 33,
        "b" * 64,
        *"/@#$:.,-_~?!()[]{}'\"`<>«»;&=+% \n",
        " ",
        " ",
        ".",
        ".",
    ]
)
plain_texts = st.lists(
    st.one_of(_bits, _bits, _bits, st.text(alphabet=LETTERS + ODD_CHARACTERS, min_size=1, max_size=2)), max_size=9
).map("".join)
