from __future__ import annotations

import pytest

from bot.sandbox.entities import Entity, FormattingError, ParsedText, parse_html


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain", ParsedText("plain")),
        ("<b>a</b>", ParsedText("a", (Entity("bold", 0, 1),))),
        ("<STRONG>a</strong >", ParsedText("a", (Entity("bold", 0, 1),))),
        ("<em>a</>", ParsedText("a", (Entity("italic", 0, 1),))),
        ("<ins>a</ins><del>b</del>", ParsedText("ab", (Entity("underline", 0, 1), Entity("strikethrough", 1, 1)))),
        ("<tg-spoiler>a</tg-spoiler>", ParsedText("a", (Entity("spoiler", 0, 1),))),
        ('<span class="tg-spoiler">a</span>', ParsedText("a", (Entity("spoiler", 0, 1),))),
        ("x <b></b>y", ParsedText("x y")),
        ("😀<i>é😀</i>", ParsedText("😀é😀", (Entity("italic", 2, 3),))),
        ("<code>a&lt;b&gt;&amp;&quot;</code>", ParsedText('a<b>&"', (Entity("code", 0, 6),))),
        ("&#65;&#x1F600;&nbsp;&copy", ParsedText("A😀&nbsp;&copy")),
        ("<pre>a\nb</pre>", ParsedText("a\nb", (Entity("pre", 0, 3),))),
        (
            '<pre><code class="language-python">a</code></pre>',
            ParsedText("a", (Entity("pre", 0, 1, language="python"),)),
        ),
        ('<code class="language-python">a</code>', ParsedText("a", (Entity("code", 0, 1),))),
        ("<blockquote>a</blockquote>", ParsedText("a", (Entity("blockquote", 0, 1),))),
        ("<blockquote expandable>a</blockquote>", ParsedText("a", (Entity("expandable_blockquote", 0, 1),))),
        (
            "<a href='Example.ORG/A?b'>a</a>",
            ParsedText("a", (Entity("text_link", 0, 1, url="http://example.org/A?b"),)),
        ),
        ("<a href='tg://user?id=42'>a</a>", ParsedText("a", (Entity("text_mention", 0, 1, user_id=42),))),
        ("<a href='nowhere'>a</a>", ParsedText("a")),
        ("<a>t.me/x</a>", ParsedText("t.me/x", (Entity("text_link", 0, 6, url="http://t.me/x"),))),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            ParsedText("👍", (Entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286"),)),
        ),
        (
            '<tg-time unix="1700000000" format="TDw">soon</tg-time>',
            ParsedText("soon", (Entity("date_time", 0, 4, unix_time=1_700_000_000, date_time_format="wDT"),)),
        ),
    ],
)
def test_markup(markup: str, expected: ParsedText) -> None:
    assert parse_html(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<b>a<i>b</i>c</b>",
            (Entity("bold", 0, 1), Entity("bold", 1, 2), Entity("italic", 1, 1)),
        ),
        ("<b>a</b><b>b</b>", (Entity("bold", 0, 2),)),
        ("<b>a<b>b</b></b>", (Entity("bold", 0, 2),)),
        ("<b>a<code>b</code>c</b>", (Entity("bold", 0, 1), Entity("code", 1, 1), Entity("bold", 2, 1))),
        ("<code>a<b>b</b></code>", (Entity("code", 0, 2),)),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", (Entity("blockquote", 0, 2),)),
        (
            "<blockquote><pre>a</pre>b</blockquote>",
            (Entity("blockquote", 0, 2), Entity("pre", 0, 1)),
        ),
        (
            "<a href='a.b'>x<blockquote>y</blockquote></a>",
            (Entity("blockquote", 1, 1),),
        ),
        (
            "<b>go to example.org now</b>",
            (Entity("bold", 0, 6), Entity("url", 6, 11), Entity("bold", 6, 11), Entity("bold", 17, 4)),
        ),
        ("<code>/start</code> /stop", (Entity("code", 0, 6), Entity("bot_command", 7, 5))),
        ("<a href='a.b'>@user1</a>", (Entity("text_link", 0, 6, url="http://a.b/"),)),
    ],
)
def test_nesting(markup: str, expected: tuple[Entity, ...]) -> None:
    assert parse_html(markup).entities == expected


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ("a <x>b", 'Unsupported start tag "x" at byte offset 2'),
        ("é😀<br/>", 'Unsupported start tag "br/" at byte offset 6'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x>y</a>", "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
        ("<b><i>a</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time unix=1 format=q>a</tg-time>", "Invalid date format used"),
        (
            "&#xd83d;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_errors(markup: str, description: str) -> None:
    with pytest.raises(FormattingError) as caught:
        parse_html(markup)
    assert caught.value.description == f"can't parse entities: {description}"


def test_link_that_is_no_unicode() -> None:
    with pytest.raises(FormattingError) as caught:
        parse_html("<a href='a.b/&#xd83d;'>x</a>")
    assert caught.value.description == "messageEntityTextUrl.url must be encoded in UTF-8"
