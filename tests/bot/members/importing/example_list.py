"""A list of participants as lists are: example data, made of nonsense syllables, the same each time."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from random import Random

from openpyxl import Workbook

TITLE = "EXAMPLE DATA - list of participants, all names are made up"
GROUPS = ["", "Member", "", "", "", "", "Participant", "", "", "", "", "", ""]
HEADINGS = [
    "No.", "Organistion", "Country", "Town/City", "Web site", "Type", "Full name (Family, Given)", "Rank", "Job Title",
    "E-mail adress", "Mobile", "Nationality", "Languages spoken",
]  # fmt: skip
COUNTRIES = (
    ("KE", ("Kenya", "KENYA", "KE", "Kenia", "肯尼亚", "Кения"), "+254 20 271{:04}"),
    ("CH", ("Switzerland", "Suisse", "CHE", "Suiza", "Швейцария", "سويسرا"), "044 6{} {:02} 00"),
    ("GH", ("Ghana", "ghana", "GHA", "🇬🇭", "Гана"), "+233 30 271{:04}"),
    ("UY", ("Uruguay", "URUGUAY", "URY", "乌拉圭"), "+598 2 900{:04}"),
    ("BD", ("Bangladesh", "Bangladesch", "BGD", "孟加拉国"), "+880 2 988{:04}"),
    ("EG", ("Egypt", "Égypte", "مصر", "Egipto"), "+20 2 2735{:04}"),
)
KINDS = ("Training Centre", "training center", "Université", "университет", "Institute", "")
_SYLLABLES = [f"{one}{two}" for one in "bcdfghjklmnprstvz" for two in ("a", "e", "i", "o", "u", "ai", "ou")]


@dataclass(frozen=True, slots=True)
class ExampleList:
    """The rows, and how many different Centers and people really are in them."""

    rows: list[list[str]]
    centers: int
    people: int


def example_list(rows: int = 5_000, *, seed: int = 11) -> ExampleList:
    """Rows with gaps, repetitions, blanks, capitals, spaces and two languages."""
    random = Random(seed)
    centers = [_center(random, number) for number in range(max(2, rows // 12))]
    people: list[list[str]] = []
    names: set[str] = set()
    written: set[int] = set()
    lines: list[list[str]] = []
    while len(lines) < rows:  # blank ones come on top
        if people and random.random() < 0.05:  # the same person again, as lists have them
            lines.append(
                [cell.upper() if place == 6 else f" {cell} " for place, cell in enumerate(random.choice(people))]
            )
            continue
        family, given = (_word(random, 3), _word(random, 4))
        if family in names or given in names:
            continue
        names |= {family, given}
        place = random.randrange(len(centers))
        written.add(place)
        name, countries, phone, city, web, kind = centers[place]
        person = [
            str(len(lines) + 1),
            random.choice((name, name.upper(), f"  {name}", name.replace("Center", "Center ")))
            if written else name,
            random.choice(countries), random.choice((city, city, "")), random.choice((web, "", "n/a")),
            kind, f"{family}, {given}", random.choice(("Col", "Dr", "", "-")),
            random.choice(("Trainer", "Director", "")),
            f"{given}.{family}@example.org".lower(),
            random.choice((phone.format(random.randrange(100, 999), random.randrange(10, 99)), "", "tbc")),
            random.choice(("", random.choice(countries))), random.choice(("English", "English, French", "en / es", "")),
        ]  # fmt: skip
        people.append(person)
        lines.append(person)
    spaced = [row for line in lines for row in ((line, [""] * len(HEADINGS)) if random.random() < 0.02 else (line,))]
    return ExampleList(spaced, len(written), len(people))


def as_csv(example: ExampleList, *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([[TITLE], [], GROUPS, HEADINGS, *example.rows])
    return text.getvalue().encode(encoding)


def _center(random: Random, number: int) -> tuple[str, tuple[str, ...], str, str, str, str]:
    _code, names, phone = COUNTRIES[number % len(COUNTRIES)]
    word = _word(random, 4)
    return (
        f"Example Center {word}", names, phone, f"Example {_word(random, 3)}",
        f"www.{word.lower()}.example.org", random.choice(KINDS),
    )  # fmt: skip


def _word(random: Random, syllables: int) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables)).title()


def as_xlsx(example: ExampleList, path: Path) -> None:
    """With a title, merged cells above the headings, a column of numbers and one that is only formatted."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Participants"
    for row in ([TITLE], [], GROUPS, HEADINGS, *example.rows):
        sheet.append([int(cell) if place == 0 and cell.isdecimal() else cell or None for place, cell in enumerate(row)])
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("B3:F3")
    sheet.merge_cells("G3:M3")
    sheet["Z9000"].number_format = "0.00"
    book.create_sheet("Notes").append(["Only a note"])
    book.save(path)
