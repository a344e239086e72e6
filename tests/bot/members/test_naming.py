"""Names as they are compared, sorted and found."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.members import naming


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Exemple  D’ÉTÉ", "exemple d ete"),
        ("  «Center A» (Ex.) ", "center a ex"),
        ("Center\u200b\u202e A", "center a"),
        ("ＣＥＮＴＥＲ Ａ", "center a"),
        ("Straße", "strasse"),
        ("Центр Ё", "центр е"),
        ("=Center_A", "center a"),
        ("\ud800Center", "center"),
        ("🙂", ""),
    ],
)
def test_what_differs_in_looks_only_is_the_same(typed: str, folded: str) -> None:
    assert naming.fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "latin"), [("Центр Пример", "tsentr primer"), ("中心", "zhongxin"), ("Œuvre", "oeuvre")]
)
def test_every_script_has_latin_letters(typed: str, latin: str) -> None:
    assert naming.latin(typed) == latin


def test_pieces_mark_where_words_begin_and_end_and_not_which_word_comes_first() -> None:
    assert naming.pieces(["Peace"]) == {" pe", "pea", "eac", "ace", "ce "}
    assert naming.pieces(["Peace Lab", None]) == naming.pieces(["LAB", "peace"])


def test_any_two_characters_of_chinese_are_a_piece() -> None:
    assert naming.pieces(["维和"]) < naming.pieces(["国际维和中心"]) | naming.pieces(["weihe"])


@example("\ud800")
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_folded_once_and_for_all(text: str) -> None:
    folded = naming.fold(text)
    assert naming.fold(folded) == folded
    folded.encode()
    assert all(piece.encode() for piece in naming.whole_address(text))
    assert all(" " not in piece.strip() for piece in naming.pieces([text]))
    assert naming.latin(text).isascii()


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.Center-A.example/en/", "center-a.example"),
        ("center-a.example", "center-a.example"),
        ("http://user@center-a.example:8080", "center-a.example"),
        ("https://m.facebook.com/center-a", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_the_domain_of_a_web_site(address: str | None, domain: str | None) -> None:
    assert naming.web_domain(address) == domain


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("Info@Center-A.example ", "center-a.example"),
        ("somebody@gmail.com", None),
        ("nothing", "nothing"),
        (None, None),
    ],
)
def test_the_domain_of_an_address_tells_unless_it_is_anybodys(address: str, domain: str | None) -> None:
    assert naming.mail_domain(address) == domain
