"""Our parser and Telegram's own give the same for whatever a bot may send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from bot.sandbox.entities import Entity, FormattingError, apply_entities, detect_entities, parse_html
from bot.sandbox.entities.arrange import in_order
from bot.sandbox.entities.cleaning import cleaned
from bot.sandbox.entities.html_mode import read_html
from bot.sandbox.entities.markdown_mode import read_markdown
from bot.sandbox.entities.markdown_v2_mode import read_markdown_v2
from tests.fuzz.length import IS_FIXED, many

from . import markup_strategies, plain_strategies, reference

bounded = settings(
    max_examples=many(500),
    derandomize=IS_FIXED,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

Outcome = tuple[str, list[Entity]] | str


def ours(read: Callable[[], tuple[str, list[Entity]]]) -> Outcome:
    try:
        text, entities = read()
    except FormattingError as error:
        return error.description
    return text, in_order(entities)


def theirs(read: Callable[[], tuple[str, list[Entity]]]) -> Outcome:
    try:
        return read()
    except reference.RefusedError as error:
        return FormattingError(str(error)).description


def assert_same_parse(text: str, read: Callable[[str], tuple[str, list[Entity]]], mode: dict[str, Any]) -> None:
    assert ours(lambda: read(text)) == theirs(lambda: reference.parse(text, mode))


@bounded
@given(markup_strategies.html)
def test_html(text: str) -> None:
    assert_same_parse(text, read_html, reference.HTML)


@bounded
@given(markup_strategies.broken_html)
def test_broken_html(text: str) -> None:
    assert_same_parse(text, read_html, reference.HTML)


@bounded
@given(markup_strategies.markdown)
def test_markdown_v2(text: str) -> None:
    assert_same_parse(text, read_markdown_v2, reference.MARKDOWN_V2)


@bounded
@given(markup_strategies.broken_markdown)
def test_broken_markdown_v2(text: str) -> None:
    assert_same_parse(text, read_markdown_v2, reference.MARKDOWN_V2)


@bounded
@given(markup_strategies.broken_markdown)
def test_legacy_markdown(text: str) -> None:
    assume("]" not in text.replace("](", ""))  # links without an address are read differently on purpose
    assert_same_parse(text, read_markdown, reference.MARKDOWN)


@bounded
@given(plain_strategies.texts_with_entities)
def test_cleaning_and_arrangement(case: tuple[str, list[Entity]]) -> None:
    text, entities = case
    expected = theirs(lambda: reference.clean(text, entities))
    actual = ours(lambda: cleaned(text, entities))
    if expected == ("", []):
        assert not isinstance(actual, str)
        assert not actual[0].strip(" \n")
    else:
        assert actual == expected


@bounded
@given(plain_strategies.plain_texts)
def test_detection(text: str) -> None:
    expected = reference.detect(text)
    assume(not any(entity.type in {"media_timestamp", "bank_card_number"} for entity in expected))
    actual = [entity for entity in detect_entities(text) if entity.type != "phone_number"]
    assert actual == expected


@bounded
@given(markup_strategies.html)
def test_what_is_sent_again_stays_the_same(text: str) -> None:
    try:
        first = parse_html(text)
    except FormattingError:
        return
    assert apply_entities(first.text, first.to_api()) == first


@pytest.mark.parametrize("text", ["\ud83d", "a\ude00b"])
def test_halves_of_surrogate_pairs_are_refused(text: str) -> None:
    with pytest.raises(reference.RefusedError, match="encoded in UTF-8"):
        reference.parse(text, reference.HTML)
