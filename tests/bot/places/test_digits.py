"""Digits of other scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.digits import western_digits


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("０１２３４５６７８９", "0123456789"),
        ("०१२३", "0123"),
        ("في ٢٣ نوفمبر", "في 23 نوفمبر"),
        ("Room ４２", "Room 42"),
        ("x² and ½", "x² and ½"),
        ("二十三", "二十三"),
        ("", ""),
    ],
)
def test_digits_are_read_in_any_script(typed: str, read: str) -> None:
    assert western_digits(typed) == read


@given(st.text())
def test_nothing_else_changes(text: str) -> None:
    read = western_digits(text)
    assert len(read) == len(text)
    assert all(a == b or (a.isdecimal() and b in "0123456789") for a, b in zip(text, read, strict=True))
    assert western_digits(read) == read
