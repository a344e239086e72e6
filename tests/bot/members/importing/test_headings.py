"""Which column is which, by what stands above it."""

from __future__ import annotations

import pytest

from bot.members.importing.fields import Target
from bot.members.importing.headings import load_headings
from bot.members.importing.mapping import ColumnMapping, MappingFault, guess
from bot.members.importing.raw import Row
from bot.members.importing.reading import Heading, Sheet

T = Target
HEADINGS = load_headings()


def guessed(*headings: str | tuple[str, str]) -> list[Target | None]:
    columns = tuple(Heading(one) if isinstance(one, str) else Heading(one[1], one[0]) for one in headings)
    return list(guess(Sheet("", columns, ()), HEADINGS).targets)


@pytest.mark.parametrize(
    ("headings", "targets"),
    [
        (
            ("Organisation", "Country", "Name", "Surname", "E-mail"),
            [T.CENTER_NAME, T.CENTER_COUNTRY, T.GIVEN_NAME, T.FAMILY_NAME, T.EMAIL],
        ),
        (
            ("e-mail", "SURNAME", "first name", "Organization", "COUNTRY"),
            [T.EMAIL, T.FAMILY_NAME, T.GIVEN_NAME, T.CENTER_NAME, T.CENTER_COUNTRY],
        ),
        (
            ("Organistion", "Contry", "Naem of participant", "Emial", "Telphone"),
            [T.CENTER_NAME, T.CENTER_COUNTRY, T.FULL_NAME, T.EMAIL, T.PHONE],
        ),
        (
            ("Organisme", "Pays", "Nom", "Prénom", "Courriel", "Téléphone", "Fonction"),
            [T.CENTER_NAME, T.CENTER_COUNTRY, T.FAMILY_NAME, T.GIVEN_NAME, T.EMAIL, T.PHONE, T.FUNCTION],
        ),
        (
            ("Institución", "País", "Nombre", "Apellidos", "Correo electrónico", "Cargo"),
            [T.CENTER_NAME, T.CENTER_COUNTRY, T.GIVEN_NAME, T.FAMILY_NAME, T.EMAIL, T.FUNCTION],
        ),
        (
            ("Организация", "Страна", "ФИО", "Должность", "Эл. почта", "Мобильный телефон"),
            [T.CENTER_NAME, T.CENTER_COUNTRY, T.FULL_NAME, T.FUNCTION, T.EMAIL, T.PHONE],
        ),
        (
            ("المؤسسة", "البلد", "الاسم الكامل", "البريد الإلكتروني", "الهاتف", "الجنسية"),
            [T.CENTER_NAME, T.CENTER_COUNTRY, T.FULL_NAME, T.EMAIL, T.PHONE, T.NATIONALITY],
        ),
        (
            ("单位", "国家", "姓名", "职务", "电子邮件", "手机"),
            [T.CENTER_NAME, T.CENTER_COUNTRY, T.FULL_NAME, T.FUNCTION, T.EMAIL, T.PHONE],
        ),
        (
            ("Name", "Country", "City", "Website", "E-mail", "Phone", "Director", "Focus", "Type"),
            [
                T.CENTER_NAME, T.CENTER_COUNTRY, T.CENTER_CITY, T.CENTER_WEBSITE, T.CENTER_EMAIL, T.CENTER_PHONE,
                T.HEAD_NAME, T.CENTER_FOCUS, T.CENTER_KIND,
            ],
        ),
        (
            ("Centre name (official)", "Name / Nom", "Rank*", "Job title (please fill in)"),
            [T.CENTER_NAME, T.FULL_NAME, T.TITLE, T.FUNCTION],
        ),
        (
            (("Center", "Name"), ("Center", "E-mail"), ("Participant", "Name"), ("Participant", "E-mail")),
            [T.CENTER_NAME, T.CENTER_EMAIL, T.FULL_NAME, T.EMAIL],
        ),
        (("Family name", "Given name", "Country"), [T.FAMILY_NAME, T.GIVEN_NAME, T.NATIONALITY]),
        (("No.", "Remarks", "Organisation", "Diet"), [None, None, T.CENTER_NAME, None]),
        (("E-mail", "Email address", "Participant"), [T.EMAIL, None, T.FULL_NAME]),
    ],
)  # fmt: skip
def test_headings_are_understood(headings: tuple[str, ...], targets: list[Target | None]) -> None:
    assert guessed(*headings) == targets


def test_every_known_word_means_what_it_stands_under() -> None:
    for target in (Target.CENTER_NAME, Target.NATIONALITY, Target.FUNCTION):
        found = HEADINGS.meaning({T.CENTER_NAME: "院校", T.NATIONALITY: "подданство", T.FUNCTION: "岗位"}[target])
        assert found == (target, 1.0)


def test_what_our_own_views_say_is_understood_first() -> None:
    own = load_headings({Target.CENTER_CITY: ["Seat of the Center"], Target.TITLE: ["Title"]})
    assert own.meaning("seat of the centre") == (Target.CENTER_CITY, 1.0)
    assert own.meaning("TITLE") == (Target.TITLE, 1.0)


def test_a_long_text_is_no_heading() -> None:
    assert HEADINGS.meaning("country " * 20) is None
    assert HEADINGS.meaning("") is None


def test_a_mapping_is_put_right() -> None:
    mapping = ColumnMapping((T.CENTER_NAME, T.FULL_NAME, None))
    moved = mapping.changed(2, T.FULL_NAME)
    assert moved.targets == (T.CENTER_NAME, None, T.FULL_NAME)
    assert moved.changed(0, None).targets == (None, None, T.FULL_NAME)
    assert ColumnMapping.from_text(moved.as_text()) == moved
    assert mapping.targets == (T.CENTER_NAME, T.FULL_NAME, None)


@pytest.mark.parametrize(
    ("targets", "fault"),
    [
        ((T.CENTER_COUNTRY, T.EMAIL), MappingFault.NO_NAME),
        ((T.CENTER_NAME, T.GIVEN_NAME), MappingFault.HALF_A_NAME),
        ((T.FAMILY_NAME,), MappingFault.HALF_A_NAME),
        ((T.FAMILY_NAME, T.GIVEN_NAME), None),
        ((T.FULL_NAME, T.FAMILY_NAME), None),
        ((T.CENTER_NAME,), None),
    ],
)
def test_a_mapping_without_names_is_not_enough(targets: tuple[Target, ...], fault: MappingFault | None) -> None:
    assert ColumnMapping(targets).fault == fault


def test_cells_beyond_the_headings_and_empty_ones_are_no_values() -> None:
    row = Row(2, ("Center A", "", "beyond"))
    assert ColumnMapping((T.CENTER_NAME, T.EMAIL)).values(row.cells) == {T.CENTER_NAME: "Center A"}
