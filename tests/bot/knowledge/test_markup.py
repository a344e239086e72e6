from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.markup import Block, Span, fault_in, parse_body, plain_text

BODY = "It does\ntwo **bold** things:\n\n- one;\n- another\n  that goes on.\n\nThe end."


def test_paragraphs_items_and_bold() -> None:
    assert parse_body(BODY) == (
        Block("paragraph", (Span("It does two "), Span("bold", bold=True), Span(" things:"))),
        Block("item", (Span("one;"),)),
        Block("item", (Span("another that goes on."),)),
        Block("paragraph", (Span("The end."),)),
    )


def test_plain_text() -> None:
    assert plain_text(BODY) == "It does two bold things:\n\n• one;\n• another that goes on.\n\nThe end."


def test_what_is_allowed_has_no_fault() -> None:
    assert fault_in(BODY) is None


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    fault_in(text)
    assert plain_text(text) == plain_text(text).strip()
