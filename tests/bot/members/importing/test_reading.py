"""Files of all makes, and files that are not what they claim."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.members.importing import limits
from bot.members.importing.delimited import decoded
from bot.members.importing.faults import FileFault, UnreadableError
from bot.members.importing.headings import Headings, load_headings
from bot.members.importing.reading import Heading, Sheet, read_content

HEADINGS = load_headings()
TABLE = [["Organisation", "Country", "Name"], ["Example Center é", "Côte d'Ivoire", "Delegate A"]]

ROWS = limits.ROWS_AT_MOST + limits.ROWS_ABOVE_AT_MOST


def read(content: bytes, headings: Headings = HEADINGS) -> tuple[Sheet, ...]:
    return read_content(content, headings)


def fault(content: bytes) -> FileFault:
    with pytest.raises(UnreadableError) as raised:
        read(content)
    return raised.value.fault


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ("España", "Muñoz", "Núñez", "Íñigo", "Peña")),
        ("cp1252", ("Aïcha", "Académie Ünïcode", "Côte d’Ivoire")),
        ("cp1252", ("José", "São Tomé", "Müller & Söhne")),
        ("mac_roman", ("École de maintien de la paix", "Anaïs Gérard", "Núñez")),
        ("cp1250", ("Łukasz Dąbrowski", "Žofie Nováková", "Győző")),
        ("cp1251", ("Учебный центр", "Иван", "Россия")),
        ("cp1256", ("مركز التدريب", "أحمد", "القاهرة")),
        ("gb18030", ("培训中心", "王伟", "北京")),
    ],
)
def test_names_are_read_in_the_encoding_of_their_alphabet(encoding: str, names: tuple[str, ...]) -> None:
    rows = ["Name;Country;E-mail", *(f"{name};KE;office@center.example" for name in names)]
    (sheet,) = read("\r\n".join(rows).encode(encoding))
    assert [row.cells[0] for row in sheet.rows] == list(names)


def test_a_name_far_down_is_read_in_its_encoding_as_well() -> None:
    rows = ["Name;City", *["Center;Nairobi"] * 30_000, "Centro;Bogotá"]
    assert decoded("\r\n".join(rows).encode("cp1252")).endswith("Centro;Bogotá")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_of_any_make(delimiter: str, encoding: str, newline: str) -> None:
    (sheet,) = read(newline.join(delimiter.join(row) for row in TABLE).encode(encoding))
    assert [heading.text for heading in sheet.headings] == TABLE[0]
    assert [(row.number, list(row.cells)) for row in sheet.rows] == [(2, TABLE[1])]


def test_cyrillic_of_old_spreadsheets() -> None:
    rows = ["Организация;Страна;ФИО", "Учебный центр миротворцев;Российская Федерация;Делегат Первый Примерович"]
    (sheet,) = read("\r\n".join(rows).encode("cp1251"))
    assert sheet.rows[0].cells == tuple(rows[1].split(";"))


def test_quotes_line_breaks_and_a_declared_delimiter() -> None:
    (sheet,) = read(b'sep=;\r\nOrganisation;Name;City\r\n"Center ""A""; ltd";"Delegate\nA";\'+41\r\n')
    assert sheet.rows[0].number == 3
    assert sheet.rows[0].cells == ('Center "A"; ltd', "Delegate\nA", "+41")


def test_titles_blank_rows_and_merged_headings() -> None:
    rows: list[list[object]] = [
        ["EXAMPLE: list of 2027"],
        [],
        [None, "Center", None, "Participant", None, "Remarks"],
        ["No", "Name", "E-mail", "Name", "E-mail"],
        [],
        [1, "Center A", "a@example.org", "Delegate A", "da@example.org", "none"],
    ]
    (sheet,) = read(workbook(("List", rows)))
    assert sheet.headings == (
        Heading("No"),
        Heading("Name", "Center"),
        Heading("E-mail", "Center"),
        Heading("Name", "Participant"),
        Heading("E-mail", "Participant"),
        Heading("Remarks"),
    )
    assert [row.number for row in sheet.rows] == [6]
    assert sheet.rows[0].cells[0] == "1"


def test_values_are_as_somebody_would_type_them() -> None:
    values = [41446681800, 3.5, datetime(2027, 3, 12), True, "#N/A", "=1+1", "_x0041_"]  # noqa: DTZ001
    (sheet,) = read(workbook(("S", [["Organisation", "Name", "City", "Phone"], ["Center A", *values]])))
    # A formula has no value as long as no spreadsheet has worked it out.
    assert sheet.rows[0].cells == ("Center A", "41446681800", "3.5", "2027-03-12", "yes", "", "", "A")


def test_sheets_that_are_hidden_or_have_no_headings_are_left_out() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Just", "notes"])
    for name in ("One", "Two", "Hidden"):
        for row in TABLE:
            (book[name] if name in book.sheetnames else book.create_sheet(name)).append(row)
    book["Hidden"].sheet_state = "hidden"
    assert [sheet.name for sheet in read(saved(book))] == ["One", "Two"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", FileFault.EMPTY),
        (b" \r\n\r\n", FileFault.EMPTY),
        (workbook(("S", [])), FileFault.EMPTY),
        (b"Organisation\nCenter A\n", FileFault.ONE_COLUMN),
        (workbook(("S", [["Organisation"], ["Center A"]])), FileFault.ONE_COLUMN),
        (b"a,b\n1,2\n", FileFault.NO_HEADINGS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FileFault.OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), FileFault.PASSWORD),
        (b"PK\x03\x04 no zip at all", FileFault.DAMAGED),
        (packed(readme=b"text"), FileFault.NOT_A_TABLE),
        (packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), FileFault.OTHER_SPREADSHEET),
        (packed(**{"xl__workbook.xml": b"<broken"}), FileFault.DAMAGED),
        (b"%PDF-1.7\n\x01\x02\x03,\x04", FileFault.NOT_A_TABLE),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x01\x02", FileFault.NOT_A_TABLE),
        (b"\xff\xfea", FileFault.DAMAGED),
        (b"Organisation,Name\nCenter A," + b"x" * 200_000, FileFault.CELL_TOO_LONG),
        (b"Organisation,Name\nCenter A," + b"x" * 40_000, FileFault.CELL_TOO_LONG),
        (b"Organisation,Name\n" + b"," * 100_000 + b"x", FileFault.TOO_MANY_COLUMNS),
        (b"Organisation,Name\n" + b"a,b\n" * ROWS, FileFault.TOO_MANY_ROWS),
        (b"Organisation,Name\n" + b"\n" * (limits.BLANK_ROWS_AT_MOST + limits.ROWS_AT_MOST), FileFault.TOO_MANY_ROWS),
        (
            packed(**{"xl__workbook.xml": b"<x/>", "bomb": bytes(limits.UNPACKED_BYTES_AT_MOST)}),
            FileFault.UNPACKS_TOO_LARGE,
        ),
        (packed(**{"xl__workbook.xml": b"", **{f"p{n}": b"" for n in range(2_000)}}), FileFault.UNPACKS_TOO_LARGE),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(content: bytes, expected: FileFault) -> None:
    assert fault(content) == expected


def test_a_wide_or_long_cell_in_a_workbook() -> None:
    assert fault(workbook(("S", [["Organisation", "Name"], [*range(300)]]))) == FileFault.TOO_MANY_COLUMNS
    sheet = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 40_000 + b"</t></is></c></row>"
    assert fault(with_sheet(sheet)) == FileFault.CELL_TOO_LONG


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_not_followed(bomb: bytes) -> None:
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'
    assert fault(with_sheet(cell, before=bomb)) == FileFault.DAMAGED


def test_cells_far_away_are_no_trouble() -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert fault(with_sheet(far)) in {FileFault.TOO_MANY_ROWS, FileFault.TOO_MANY_COLUMNS}


def with_sheet(rows: bytes, before: bytes = b"") -> bytes:
    """A workbook whose sheet has been written by hand."""
    whole = workbook(("S", [["x"]]))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                content = before + b'<worksheet xmlns="' + space + b'"><sheetData>' + rows + b"</sheetData></worksheet>"
            new.writestr(part.filename, content)
    return file.getvalue()


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300))
@example(b"PK\x05\x06" + bytes(18))
@example(b'"' * 50)
def test_no_content_leads_to_another_error(content: bytes) -> None:
    try:
        sheets = read(content)
    except UnreadableError:
        return
    assert sheets


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_told(place: int, damage: bytes) -> None:
    whole = workbook(("S", [list(row) for row in TABLE]))
    place %= len(whole)
    try:
        sheets = read(whole[:place] + damage + whole[place + len(damage) :])
    except UnreadableError:
        return
    assert sheets
