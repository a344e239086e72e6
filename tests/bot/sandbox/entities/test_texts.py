from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.entities import (
    Entity,
    FormattingError,
    ParsedText,
    apply_entities,
    parse_html,
    parse_markdown,
    parse_markdown_v2,
    parse_plain,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a \n\n", "a"),
        ("a\r\nb", "a\nb"),
        ("a\tb\x00c", "a b c"),
        ("a\u202eb\u2028c", "abc"),
        ("a\u030ab", "ab"),
        ("\u200e\u200f\u200ea", "\u200c\u200c\u200ea"),
        ("\u00a0a\u00a0", "\u00a0a\u00a0"),
        ("a  b", "a  b"),
    ],
)
def test_cleaning(text: str, expected: str) -> None:
    assert parse_plain(text).text == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (" \n<b>a</b>\n ", ParsedText("a", (Entity("bold", 0, 1),))),
        (" \n<b> a </b> ", ParsedText(" a", (Entity("bold", 0, 2),))),
        ("x <b> </b>", ParsedText("x")),
        ("<b>a\r\n</b>b", ParsedText("a\nb", (Entity("bold", 0, 2),))),
        ("<b>\u202e</b>a", ParsedText("a")),
        ("<b>a</b>\r<b>b</b>", ParsedText("ab", (Entity("bold", 0, 2),))),
    ],
)
def test_entities_follow_the_cleaning(markup: str, expected: ParsedText) -> None:
    assert parse_html(markup) == expected


@pytest.mark.parametrize("text", [" ", "\n \r", "\u200b", "\u2800 \u3000", "<b> </b>"])
def test_nothing_to_see(text: str) -> None:
    with pytest.raises(FormattingError) as caught:
        parse_html(text)
    assert caught.value.description == "text must be non-empty"
    assert parse_html(text, allow_empty=True).text.strip("\u200b\u2800\u3000 ") == ""


@pytest.mark.parametrize("parse", [parse_plain, parse_html, parse_markdown, parse_markdown_v2])
def test_no_text(parse: Any) -> None:
    with pytest.raises(FormattingError) as caught:
        parse("")
    assert caught.value.description == "message text is empty"
    assert parse("", allow_empty=True) == ParsedText("")


def test_too_long_before_parsing() -> None:
    assert len(parse_plain("a" * 32_768).text) == 32_768
    with pytest.raises(FormattingError) as caught:
        parse_html("é" * 16_385)
    assert caught.value.description == "text is too long"


def test_half_of_a_surrogate_pair() -> None:
    with pytest.raises(FormattingError) as caught:
        parse_html("a\ud83d")
    assert caught.value.description == "text must be encoded in UTF-8"
    with pytest.raises(FormattingError) as caught:
        parse_plain("a\ud83d")
    assert caught.value.description == "strings must be encoded in UTF-8"


def test_a_hundred_entities_are_kept_links_and_code_first() -> None:
    parsed = parse_html("<b>a</b> " * 90 + "<code>c</code> " * 60)
    kinds = [entity.type for entity in parsed.entities]
    assert (kinds.count("bold"), kinds.count("code")) == (40, 60)
    assert kinds == ["bold"] * 40 + ["code"] * 60


def test_found_entities_do_not_count() -> None:
    assert len(parse_html("<b>a</b> " * 100 + "/help " * 50).entities) == 150


def test_explicit_entities() -> None:
    entities = [
        {"type": "text_link", "offset": 0, "length": 2, "url": "Example.org"},
        {"type": "text_mention", "offset": "3", "length": 1, "user": {"id": 42, "first_name": "Delegate A"}},
        {"type": "pre", "offset": 5, "length": 1, "language": "py"},
        {"type": "custom_emoji", "offset": 7, "length": 2, "custom_emoji_id": "7"},
        {"type": "date_time", "offset": 10, "length": 1, "unix_time": 9, "date_time_format": "tT"},
        {"type": "url", "offset": 0, "length": 2},
        {"type": "bold", "offset": 0, "length": 0},
    ]
    assert apply_entities("ab c d 😀 e", entities).entities == (
        Entity("text_link", 0, 2, url="http://example.org/"),
        Entity("text_mention", 3, 1, user_id=42),
        Entity("pre", 5, 1, language="py"),
        Entity("custom_emoji", 7, 2, custom_emoji_id="7"),
        Entity("date_time", 10, 1, unix_time=9, date_time_format="T"),
    )


@pytest.mark.parametrize("entities", [None, {}, "bold", []])
def test_entities_that_are_no_list_are_none(entities: object) -> None:
    assert apply_entities("a", entities) == ParsedText("a")


@pytest.mark.parametrize(
    ("entity", "description"),
    [
        (1, "can't parse MessageEntity: expected an Object"),
        ({}, "can't parse MessageEntity: Can't find field \"offset\""),
        ({"offset": "x"}, 'can\'t parse MessageEntity: Field "offset" must be a valid Number'),
        ({"offset": None}, 'can\'t parse MessageEntity: Field "offset" must be a Number'),
        ({"offset": 0, "length": 1}, "can't parse MessageEntity: Can't find field \"type\""),
        ({"offset": 0, "length": 1, "type": ""}, "can't parse MessageEntity: Type is not specified"),
        ({"offset": 0, "length": 1, "type": "big"}, "can't parse MessageEntity: Unsupported type specified"),
        ({"offset": 0, "length": 1, "type": "text_link"}, "can't parse MessageEntity: Can't find field \"url\""),
        (
            {"offset": 0, "length": 1, "type": "text_mention", "user": 5},
            'can\'t parse MessageEntity: Field "user" must be of type Object',
        ),
        (
            {"offset": 0, "length": 1, "type": "text_link", "url": "nowhere"},
            "entity URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            {"offset": 0, "length": 1, "type": "custom_emoji", "custom_emoji_id": "0"},
            "invalid custom emoji identifier specified",
        ),
        ({"offset": 0, "length": 1, "type": "date_time", "unix_time": 0}, "invalid date specified"),
        ({"offset": -1, "length": 1, "type": "bold"}, "receive an entity with incorrect offset -1"),
        ({"offset": 0, "length": -1, "type": "bold"}, "receive an entity with incorrect length -1"),
        (
            {"offset": 0, "length": 9, "type": "bold"},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
        ),
        (
            {"offset": 9, "length": 1, "type": "bold"},
            "entity begins after the end of the text at UTF-16 offset 9",
        ),
        (
            {"offset": 3, "length": 1, "type": "bold"},
            "entity begins in a middle of a UTF-16 symbol at byte offset 7",
        ),
        (
            {"offset": 0, "length": 3, "type": "bold"},
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 7",
        ),
    ],
)
def test_explicit_entities_that_are_refused(entity: object, description: str) -> None:
    with pytest.raises(FormattingError) as caught:
        apply_entities("aé😀b", [entity])
    assert caught.value.description == description


def test_as_the_bot_api_gives_them() -> None:
    parsed = parse_html("<b>a</b> <a href='tg://user?id=42'>b</a> <a href='tg://user?id=43'>c</a> /start")
    known = {42: {"id": 42, "is_bot": False, "first_name": "Delegate A"}}
    bold = {"offset": 0, "length": 1, "type": "bold"}
    mention = {"offset": 2, "length": 1, "type": "text_mention", "user": known[42]}
    command = {"offset": 6, "length": 6, "type": "bot_command"}
    assert parsed.to_api(known.get) == [bold, mention, command]
    assert parsed.to_api()[1]["user"] == {"id": 42}
