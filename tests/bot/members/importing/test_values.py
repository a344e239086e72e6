"""Cells of lists, as details of a Center and of a delegate."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.places import load_places
from bot.members.importing.fields import Target
from bot.members.importing.names import PersonsName, taken_apart
from bot.members.importing.values import ReadingOf, RowFault, Values
from storage.records.members import CenterKind, Focus

T = Target
READING = ReadingOf("en", date(2027, 3, 12), load_places(), labels={"police": ["Polizei"]})


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Family, Given", PersonsName("Given", "Family")),
        ("FAMILY, Given Other", PersonsName("Given Other", "FAMILY")),
        ("Given Family", PersonsName("Given", "Family")),
        ("Given OF FAMILY", PersonsName("Given", "OF FAMILY")),
        ("Col. Dr Given Family", PersonsName("Given", "Family", "Col. Dr")),
        ("Lt Col FAMILY Given", PersonsName("Given", "FAMILY", "Lt Col")),
        ("Family, Maj. Given", PersonsName("Given", "Family", "Maj.")),
        ("Mme Family، Given", PersonsName("Given", "Family", "Mme")),
        ("Примеров Пример Примерович", PersonsName("Пример Примерович", "Примеров")),
        ("例子名", PersonsName("子名", "例")),
        ("Mononym", None),
        ("Dr", None),
        (",", None),
        ("  ", None),
    ],
)
def test_full_names_are_taken_apart(full: str, parts: PersonsName | None) -> None:
    assert taken_apart(full) == parts


def test_a_row_describes_a_center_and_a_delegate() -> None:
    entry = Values(READING).entry(
        {
            T.CENTER_NAME: " Center  A ", T.CENTER_KIND: "Universität A", T.CENTER_FOCUS: "polizei",
            T.CENTER_COUNTRY: "Suisse", T.CENTER_PHONE: "044 668 18 00", T.CENTER_WEBSITE: "WWW.a.example.org/",
            T.CENTER_EMAIL: "office@a.example.org; other@a.example.org", T.FULL_NAME: "Dr A, Delegate",
            T.EMAIL: "Delegate.A@Example.org", T.PHONE: "n/a", T.NATIONALITY: "🇰🇪", T.LANGUAGES: "English, français",
            T.TIME_ZONE: "Europe/Zurich",
        }
    )  # fmt: skip
    assert entry.center is not None
    assert entry.delegate is not None
    center, delegate = entry.center, entry.delegate
    assert (center.country, center.phone, center.focus) == ("CH", "+41446681800", Focus.POLICE)
    assert (center.website, center.email) == ("https://www.a.example.org", "office@a.example.org")
    assert center.kind is None
    assert [one.target for one in entry.left_out] == [T.CENTER_KIND]
    assert (delegate.given_name, delegate.family_name, delegate.title) == ("Delegate", "A", "Dr")
    assert (delegate.email, delegate.phone, delegate.nationality) == ("delegate.a@example.org", None, "KE")
    assert (delegate.languages, delegate.time_zone) == (("en", "fr"), "Europe/Zurich")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Training Centre", CenterKind.TRAINING_CENTER),
        ("UNIVERSITÉ", CenterKind.UNIVERSITY),
        ("учебный центр", CenterKind.TRAINING_CENTER),
        ("机构", CenterKind.INSTITUTION),
        ("programme", CenterKind.PROGRAM),
        ("something else", None),
    ],
)
def test_kinds_are_understood_in_six_languages(cell: str, kind: CenterKind | None) -> None:
    entry = Values(READING).entry({T.CENTER_NAME: "Center A", T.CENTER_KIND: cell})
    assert entry.center is not None
    assert entry.center.kind == kind


@pytest.mark.parametrize("cell", ["n/a", "-", "—", "N/A", "tbc", "нет", "无", " "])
def test_what_stands_for_nothing_is_nothing(cell: str) -> None:
    entry = Values(READING).entry({T.CENTER_NAME: "Center A", T.CENTER_EMAIL: cell, T.CENTER_COUNTRY: cell})
    assert entry.center is not None
    assert (entry.center.email, entry.center.country, entry.left_out) == (None, None, ())


def test_no_is_a_name() -> None:
    entry = Values(READING).entry({T.GIVEN_NAME: "Delegate", T.FAMILY_NAME: "No"})
    assert entry.delegate is not None
    assert entry.delegate.family_name == "No"


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({T.EMAIL: "a@example.org"}, RowFault.NO_NAME),
        ({T.CENTER_NAME: "-", T.EMAIL: "a@example.org"}, RowFault.NO_NAME),
        ({T.CENTER_NAME: "\u200b"}, RowFault.NO_NAME),
        ({T.CENTER_NAME: "Center A", T.FAMILY_NAME: "A"}, RowFault.HALF_A_NAME),
        ({T.FULL_NAME: "Delegate"}, RowFault.HALF_A_NAME),
        ({T.CENTER_NAME: "x" * 500}, RowFault.NAME_TOO_LONG),
        ({T.CENTER_NAME: "Center A", T.FULL_NAME: "x " * 500}, RowFault.NAME_TOO_LONG),
    ],
)
def test_a_row_without_a_name_is_refused(cells: dict[Target, str], fault: RowFault) -> None:
    entry = Values(READING).entry(cells)
    assert (entry.fault, entry.center, entry.delegate) == (fault, None, None)


def test_an_invisible_cell_is_empty() -> None:
    entry = Values(READING).entry({T.CENTER_NAME: "Center A", T.CENTER_CITY: "\u200b", T.CENTER_EMAIL: "=1+1"})
    assert [one.target for one in entry.left_out] == [T.CENTER_EMAIL]


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(Target), st.text(max_size=60), max_size=8))
def test_no_cell_leads_to_an_error(cells: dict[Target, str]) -> None:
    entry = Values(READING).entry(cells)
    assert (entry.fault is None) == (entry.center is not None or entry.delegate is not None)
    if entry.center is not None:
        assert entry.center.name.strip()
    if entry.delegate is not None:
        assert entry.delegate.given_name.strip()
        assert entry.delegate.family_name.strip()
