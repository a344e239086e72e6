"""Long texts become several messages: nothing is lost, nothing is too long, and the formatting goes on."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from bot.runtime.split import TEXT_AT_MOST, split_html, utf16_length
from bot.sandbox.entities import Entity, parse_html

TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code", "blockquote": "blockquote"}
FORMATS = {*TAGS.values(), "text_link", "pre"}
"""The formats that a text asks for; links, mentions and the like are found by Telegram by itself."""

WORDS = st.text(
    st.sampled_from("aé語😀𝄞<>&\"'.") | st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd")),
    min_size=1,
    max_size=12,
)
SPACES = st.sampled_from([" ", " ", " ", ". ", "\n", "\n\n"])
SENTENCES = st.lists(st.tuples(WORDS, SPACES), min_size=1, max_size=8).map(
    lambda pairs: str(escape("".join(word + space for word, space in pairs)))
)


def tagged(tag: str, inside: str) -> str:
    if tag == "a":
        return f'<a href="https://example.org/?a=1&amp;b=2">{inside}</a>'
    return f"<{tag}>{inside}</{tag}>"


INLINE = st.recursive(
    SENTENCES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.tuples(st.sampled_from(["b", "i", "u", "s", "a"]), inner).map(lambda pair: tagged(*pair)),
    ),
    max_leaves=25,
)
BLOCKS = st.one_of(  # Telegram nests nothing in code, and code in nothing
    INLINE,
    st.tuples(st.sampled_from(["code", "pre"]), SENTENCES).map(lambda pair: tagged(*pair)),
    INLINE.map(lambda inside: tagged("blockquote", inside)),
)
MARKUP = st.lists(BLOCKS, min_size=1, max_size=4).map("\n".join)


def formatted(text: str) -> list[tuple[str, frozenset[str]]]:
    """Each visible character that is no space, with its formats."""
    parsed = parse_html(text)
    units = parsed.text.encode("utf-16-le")
    return [(character, formats) for character, formats in _characters(units, parsed.entities) if character.strip()]


def _characters(units: bytes, entities: tuple[Entity, ...]) -> list[tuple[str, frozenset[str]]]:
    found, at = [], 0
    for character in units.decode("utf-16-le"):
        kinds = frozenset(e.type for e in entities if e.type in FORMATS and e.offset <= at < e.end)
        found.append((character, kinds))
        at += utf16_length(character)
    return found


def visible(text: str) -> bool:
    try:
        return bool(parse_html(text).text)
    except ValueError:
        return False


@settings(max_examples=250, deadline=None)
@given(MARKUP.filter(visible), st.integers(24, 120))
@example("<b>" + "word " * 30 + "</b>", 40)
@example("😀" * 50, 25)
def test_nothing_is_lost_nothing_too_long_and_formats_go_on(text: str, at_most: int) -> None:
    parts = split_html(text, at_most)
    for part in parts:
        assert utf16_length(parse_html(part).text) <= at_most
    assert [character for part in parts for character in formatted(part)] == formatted(text)


@settings(max_examples=20, deadline=None)
@given(MARKUP.filter(visible))
def test_whatever_the_bot_says_fits_telegram(text: str) -> None:
    long = (text + "\n\n") * (1 + 9000 // max(1, utf16_length(text)))
    parts = split_html(long)
    assert all(utf16_length(parse_html(part).text) <= TEXT_AT_MOST for part in parts)
    assert "".join(c for part in parts for c in parse_html(part).text.split()) == "".join(
        c for paragraph in [text] * (long.count(text + "\n\n")) for c in parse_html(paragraph).text.split()
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("short", ["short"]),
        ("a" * 10, ["a" * 10]),
        ("One two.\n\nThree four five", ["One two.", "Three four five"]),
        ("one two three\nfour five", ["one two three", "four five"]),
        ("One two three. Four five", ["One two three.", "Four five"]),
        ("one two three four five", ["one two three", "four five"]),
        ("abcdefghijklmnopqrstuvwxyz", ["abcdefghijklmnop", "qrstuvwxyz"]),
        ("<b>one two three four</b>", ["<b>one two three</b>", "<b>four</b>"]),
        ("&lt;" * 8 + "&amp;" * 8, ["&lt;" * 8 + "&amp;" * 8]),
        ("&#39;" * 17, ["&#39;" * 16, "&#39;"]),
        ("😀" * 9, ["😀" * 8, "😀"]),
        ("a b\n\n" + " " * 40 + "\n\nc d e f", ["a b", "c d e f"]),
    ],
)  # fmt: skip
def test_where_it_is_cut(text: str, parts: list[str]) -> None:
    assert split_html(text, 16) == parts


def test_what_looks_like_a_reference_but_is_none_of_telegrams_counts_as_it_is_shown() -> None:
    text = "&nbsp;&eacute;" * 20  # Telegram knows lt, gt, amp, quot and numbers, and shows others as they are
    parts = split_html(text, 50)
    assert all(utf16_length(parse_html(part).text) <= 50 for part in parts)
    assert "".join(parse_html(part).text for part in parts) == text
