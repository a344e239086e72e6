"""Centers and delegates are found by what somebody types."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.members import centers, delegates, naming
from bot.members.search import search_centers, search_delegates
from storage.centers import CenterFilter
from storage.database import Database, open_database
from storage.delegates import DelegateFilter
from storage.records.members import CenterDetails, CenterState, DelegateDetails, DelegateState, Focus
from storage.session import Transaction

MANY = 2_000
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ra",
    "tu",
    "ben",
    "sor",
    "dal",
    "vek",
    "hin",
    "por",
    "nas",
    "quil",
    "tre",
    "bos",
    "ya",
    "zu",
    "fen",
    "gri",
    "mo",
]
SHAPES = (
    "{own} Peacekeeping Training Centre",
    "Centre de formation aux opérations de paix {own}",
    "Academia Nacional de Policía {own}",
    "Учебный центр {own}",
    "مركز {own} للسلام",
    "{own}维和中心",
)
COUNTRIES = ("KE", "FR", "PE", "KZ", "EG", "CN")
ALL = CenterFilter()
EVERYBODY = DelegateFilter()
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)


def made_up(seed: int = 1) -> list[CenterDetails]:
    """Centers with names that are all different."""
    random = Random(seed)
    names: dict[str, CenterDetails] = {}
    while len(names) < MANY:
        shape = random.randrange(len(SHAPES))
        own = "".join(random.choices(SYLLABLES, k=random.randint(2, 4))).title()
        name = SHAPES[shape].format(own=own)
        focus = random.choice([*Focus, None])
        names[naming.fold(name)] = CenterDetails(name, short_name=f"{own[:3]}X", country=COUNTRIES[shape], focus=focus)
    return list(names.values())


async def add(database: Database, *all_details: CenterDetails) -> list[int]:
    async def work(tx: Transaction) -> list[int]:
        return [await centers.add(tx, one, state=CenterState.APPROVED, by=None, now=1) for one in all_details]

    return await database.write(work)


async def found(database: Database, text: str, wanted: CenterFilter = ALL) -> list[str]:
    return [one.details.name for one in (await search_centers(database.reader, text, wanted, at_most=10)).rows]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def full(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """A database of some thousand Centers that nobody changes."""
    path: Path = tmp_path_factory.mktemp("search") / "full.db"
    async with open_database(path, now_us=1) as database:
        await add(database, *made_up())
        yield database


@pytest.mark.asyncio(loop_scope="module")
async def test_its_own_name_always_finds_it_first(full: Database) -> None:
    for details in Random(2).sample(made_up(), 150):
        assert (await found(full, details.name))[0] == details.name


@pytest.mark.asyncio(loop_scope="module")
async def test_a_slip_does_not_hide_it(full: Database) -> None:
    random = Random(3)
    missed = []
    tried = random.sample([one for one in made_up() if one.name.isascii()], 100)
    for details in tried:
        place = random.randrange(1, len(details.name) - 1)
        name = details.name
        wrong = random.choice(
            [
                name[:place] + name[place + 1 :],
                name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
                name[:place] + "q" + name[place + 1 :],
            ]
        )
        if name not in await found(full, wrong):
            missed.append((name, wrong))
    assert len(missed) <= 1, missed


@pytest.mark.asyncio(loop_scope="module")
async def test_pages_hold_everything_once(full: Database) -> None:
    names: list[str] = []
    for skipped in range(0, MANY + 400, 400):
        page = await search_centers(full.reader, " ", ALL, at_most=400, skipped=skipped)
        assert page.total == MANY
        names += [naming.fold(one.details.name) for one in page.rows]
    assert names == sorted(naming.fold(one.name) for one in made_up())


@pytest.mark.asyncio(loop_scope="module")
async def test_pages_of_a_text_follow_each_other(full: Database) -> None:
    whole = await search_centers(full.reader, "peacekeeping", ALL, at_most=100)
    assert len(whole.rows) == 100
    assert whole.total >= 100
    parts = [await search_centers(full.reader, "peacekeeping", ALL, at_most=50, skipped=skip) for skip in (0, 50)]
    assert parts[0].rows + parts[1].rows == whole.rows


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_filtered_out_is_not_found(full: Database) -> None:
    wanted = CenterFilter(country="KE", focus=Focus.POLICE)
    page = await search_centers(full.reader, "training", wanted, at_most=100)
    there = [one for one in made_up() if (one.country, one.focus) == ("KE", Focus.POLICE)]
    assert len(page.rows) == min(100, len(there))
    assert {(one.details.country, one.details.focus) for one in page.rows} == {("KE", Focus.POLICE)}


@pytest.mark.asyncio(loop_scope="module")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_TEXT)
@example("\ud800")
async def test_no_text_is_too_strange(full: Database, text: str) -> None:
    page = await search_centers(full.reader, text, ALL, at_most=10)
    assert len(page.rows) <= min(10, page.total)
    assert (await search_delegates(full.reader, text, EVERYBODY, at_most=10)).rows == ()


@pytest.mark.parametrize(
    "text",
    [
        "Exampleland Academy of Peace",
        "academy exampleland",
        "EXAMPLELAND",
        "exam",
        "Exmapleland",
        "exampleland acadmey",
        "EAP",
        "Académie de la paix d'Exampleland",
        "Академия мира",
        "和平学院 exampleland",
        "Sampleville",
        "office@academy.example",
    ],
)
async def test_a_center_is_found_by(database: Database, text: str) -> None:
    academy = CenterDetails(
        "Exampleland Academy of Peace", short_name="EAP", city="Sampleville", email="office@academy.example"
    )
    other = CenterDetails("Samplestan Police School", short_name="SPS", city="Testburg", email="mail@school.example")
    await add(database, other, academy)
    assert await found(database, text) == [academy.name]


async def test_whole_names_come_before_beginnings_and_those_before_the_rest(database: Database) -> None:
    names = ["The Alpha Center", "Alpha Center of Beta", "Alhpa Center", "Alpha Center"]
    await add(database, *(CenterDetails(name) for name in names))
    assert await found(database, "alpha center") == [
        "Alpha Center",
        "Alpha Center of Beta",
        "The Alpha Center",
        "Alhpa Center",
    ]


@pytest.mark.parametrize("text", ["维和", "weihe", "中心", "阿尔法"])
async def test_a_part_of_a_chinese_name_finds_it(database: Database, text: str) -> None:
    await add(database, CenterDetails("阿尔法国际维和训练中心"), CenterDetails("贝塔警察学院"))
    assert await found(database, text) == ["阿尔法国际维和训练中心"]


@pytest.mark.parametrize("text", ["???", "🙂", "xyzxyz", "\u200b!", "' OR 1=1 --", "%", "\x00"])
async def test_nothing_is_found_by_nothing(database: Database, text: str) -> None:
    await add(database, CenterDetails("Alpha Center"))
    assert await found(database, text) == []


@pytest.mark.parametrize(
    "text",
    ["Ann Éxample", "example ann", "Exampel", "ann e", "Example Network", "ann@example.org", "ANN@EXAMPLE.ORG", "Анн"],
)
async def test_a_delegate_is_found_by(database: Database, text: str) -> None:
    async def work(tx: Transaction) -> None:
        for details in (
            DelegateDetails("Bea", "Sample", organization="Sample Union", email="bea@sample.test"),
            DelegateDetails("Ann", "Éxample", organization="Example Network", email="ann@example.org"),
        ):
            await delegates.add(tx, details, person_id=None, center=None, state=DelegateState.ACTIVE, now=1)

    await database.write(work)
    page = await search_delegates(database.reader, text, EVERYBODY, at_most=10)
    assert [one.details.given_name for one in page.rows] == ["Ann"]
    assert page.total == 1
    left = await search_delegates(database.reader, text, DelegateFilter(state=DelegateState.LEFT), at_most=10)
    assert left.rows == ()


async def test_who_is_erased_is_not_found(database: Database) -> None:
    details = DelegateDetails("Ann", "Example", email="ann@example.org")
    ann = await database.write(
        lambda tx: delegates.add(tx, details, person_id=None, center=None, state=DelegateState.ACTIVE, now=1)
    )
    assert (await search_delegates(database.reader, "", EVERYBODY, at_most=10)).total == 1
    assert await database.write(lambda tx: delegates.erase(tx, ann))
    for text in ("", "Ann Example", "ann@example.org"):
        assert (await search_delegates(database.reader, text, EVERYBODY, at_most=10)).total == 0
