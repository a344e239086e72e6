from __future__ import annotations

import pytest

from bot.sandbox.entities import Entity, FormattingError, ParsedText, parse_markdown, parse_markdown_v2


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (r"1\. plain\!", ParsedText("1. plain!")),
        (
            "*a* _b_ __c__",
            ParsedText("a b c", (Entity("bold", 0, 1), Entity("italic", 2, 1), Entity("underline", 4, 1))),
        ),
        ("~a~||b||", ParsedText("ab", (Entity("strikethrough", 0, 1), Entity("spoiler", 1, 1)))),
        ("`a.b!`", ParsedText("a.b!", (Entity("code", 0, 4),))),
        ("```py\na*b\n```", ParsedText("a*b", (Entity("pre", 0, 3, language="py"),))),
        ("```\na```", ParsedText("a", (Entity("pre", 0, 1),))),
        ("[a](http://example.org/\\))", ParsedText("a", (Entity("text_link", 0, 1, url="http://example.org/)"),))),
        ("[a](tg://user?id=42)", ParsedText("a", (Entity("text_mention", 0, 1, user_id=42),))),
        ("![👍](tg://emoji?id=7)", ParsedText("👍", (Entity("custom_emoji", 0, 2, custom_emoji_id="7"),))),
        (
            "![soon](tg://time?unix=9&format=r)",
            ParsedText("soon", (Entity("date_time", 0, 4, unix_time=9, date_time_format="r"),)),
        ),
        (">a\n>b\nc", ParsedText("a\nb\nc", (Entity("blockquote", 0, 4),))),
        (">a\n>b||", ParsedText("a\nb", (Entity("expandable_blockquote", 0, 3),))),
        ("**", None),
    ],
)
def test_markdown_v2(markup: str, expected: ParsedText | None) -> None:
    if expected is None:
        with pytest.raises(FormattingError, match="text must be non-empty"):
            parse_markdown_v2(markup)
    else:
        assert parse_markdown_v2(markup) == expected


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ("1. a", r"Character '.' is reserved and must be escaped with the preceding '\'"),
        ("a!", r"Character '!' is reserved and must be escaped with the preceding '\'"),
        ("a > b", r"Character '>' is reserved and must be escaped with the preceding '\'"),
        ("a | b", r"Character '|' is reserved and must be escaped with the preceding '\'"),
        ("é *a", "Can't find end of Bold entity at byte offset 3"),
        ("_a", "Can't find end of Italic entity at byte offset 0"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
        ("```py\na", "Can't find end of PreCode entity at byte offset 0"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](b)", "Invalid tg://emoji or tg://time URL specified"),
    ],
)
def test_markdown_v2_errors(markup: str, description: str) -> None:
    with pytest.raises(FormattingError) as caught:
        parse_markdown_v2(markup)
    assert caught.value.description == f"can't parse entities: {description}"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("*a* _b_ `c`", ParsedText("a b c", (Entity("bold", 0, 1), Entity("italic", 2, 1), Entity("code", 4, 1)))),
        (r"1. \*a\*!", ParsedText("1. *a*!")),
        ("```py\na```", ParsedText("a", (Entity("pre", 0, 1, language="py"),))),
        ("[a](example.org)", ParsedText("a", (Entity("text_link", 0, 1, url="http://example.org/"),))),
        ("x [a.b]", ParsedText("x a.b", (Entity("text_link", 2, 3, url="http://a.b/"),))),
    ],
)
def test_legacy_markdown(markup: str, expected: ParsedText) -> None:
    assert parse_markdown(markup) == expected


def test_legacy_markdown_error() -> None:
    with pytest.raises(FormattingError) as caught:
        parse_markdown("é *a")
    expected = "can't parse entities: Can't find end of the entity starting at byte offset 3"
    assert caught.value.description == expected
