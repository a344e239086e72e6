"""The items of an AGM's agenda, as they are pasted."""

from __future__ import annotations

import pytest

from bot.conferences.agm_form import items_of


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1. Opening\n2. Report\n\n3. Election", ("Opening", "Report", "Election")),
        ("1) Opening\n2) Report", ("Opening", "Report")),
        ("Opening\n2. Report", ("Opening", "2. Report")),
        ("2027 budget\n2028 budget", ("2027 budget", "2028 budget")),
        ("1.\n2.", ("1.", "2.")),
        ("", ()),
    ],
)
def test_numbers_before_all_of_them_are_left_out(text: str, items: tuple[str, ...]) -> None:
    assert items_of(text) == items
