"""Whom an announcement is meant for, by each building block and by several together."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from bot.announcements.audience import Audience
from bot.announcements.content import Content
from storage import announcement_recipients, announcements, audiences
from storage.database import Database
from storage.session import Transaction
from tests.announcements import composed

TABLES = """
INSERT INTO people (id, language, first_name, first_seen_at, unreachable_since) VALUES
    (1, 'en', 'Focal point', 0, NULL), (2, 'fr', 'Delegate', 0, NULL), (3, 'es', 'Guest', 0, NULL),
    (4, 'en', 'Host', 0, NULL), (5, 'en', 'Secretariat', 0, NULL), (6, 'en', 'Blocked', 0, 9),
    (7, 'en', 'Suspended', 0, NULL), (8, 'en', 'Leads a suspended one', 0, NULL), (9, 'ru', 'Nobody', 0, NULL),
    (10, 'en', 'Second delegate', 0, NULL);
INSERT INTO centers (id, state, name, kind, focus, country, region, registered_at, changed_at, sort_name) VALUES
    (1, 'approved', 'Center A', 'university', 'police', 'KE', 'africa', 0, 0, 'a'),
    (2, 'approved', 'Center B', 'agency', 'military', 'CH', 'europe', 0, 0, 'b'),
    (3, 'suspended', 'Center C', 'agency', 'police', 'KE', 'africa', 0, 0, 'c'),
    (4, 'approved', 'Center D', 'agency', 'mixed', 'BR', 'americas', 0, 0, 'd');
INSERT INTO delegates (id, person_id, center, state, is_guest, given_name, family_name, registered_at, changed_at,
    sort_name) VALUES
    (2, 2, 1, 'active', 0, '', '', 0, 0, ''), (3, 3, NULL, 'active', 1, '', '', 0, 0, ''),
    (6, 6, 4, 'active', 0, '', '', 0, 0, ''), (7, 7, 1, 'suspended', 0, '', '', 0, 0, ''),
    (10, 10, 2, 'active', 0, '', '', 0, 0, '');
INSERT INTO roles (person_id, role, scope, given_by, given_at) VALUES
    (1, 'focal_point', '1', 5, 0), (8, 'focal_point', '3', 5, 0), (4, 'host', '1', 5, 0), (5, 'secretariat', '', 5, 0);
INSERT INTO conferences (id, host_country, starts_on, ends_on, time_zone, opened_at, changed_at) VALUES
    (1, 'KE', '2027-06-14', '2027-06-17', 'Africa/Nairobi', 0, 0);
INSERT INTO participations (conference, delegate, state, attendance, answered_at, changed_at) VALUES
    (1, 2, 'registered', 'online', 0, 0), (1, 3, 'waiting', NULL, 0, 0);
INSERT INTO agenda_sessions (id, conference, uid, segment, title, starts_at, ends_at, changed_at) VALUES
    (1, 1, 'u', 'plenary', 'Opening', 1, 2, 0);
INSERT INTO session_stars (session, person_id, starred_at) VALUES (1, 9, 0);
INSERT INTO announcement_wishes (person_id, only_official_since) VALUES (9, 0);
INSERT INTO announcements (id, state, made_at) VALUES (90, 'ended', 0);
INSERT INTO announcement_recipients (announcement, person_id, state, read_at) VALUES
    (90, 1, 'sent', 5), (90, 2, 'sent', NULL), (90, 3, 'failed', NULL);
"""
EVERYBODY = {1, 2, 3, 4, 5, 10}


@pytest.fixture
async def filled(database: Database) -> Database:
    """People of every sort."""
    connection = sqlite3.connect(database.path)
    connection.executescript(TABLES)
    connection.close()
    return database


async def meant(database: Database, audience: Audience, **changed: Any) -> set[int]:
    """Whom an announcement with this audience is for, by their numbers."""
    number = await composed(database, {"en": Content("Text")}, audience=audience, **changed)
    rows = await database.reader.all(
        database.reader.sql.announcement_recipients.newcomers, announcement=number, at_most=100
    )
    assert len(rows) == sum((await audiences.languages(database.reader, number)).values())
    assert len(rows) == len(await audiences.sample(database.reader, number, at_most=100))
    return {row["person_id"] for row in rows}


@pytest.mark.parametrize(
    ("audience", "people"),
    [
        (Audience(), EVERYBODY),
        (Audience(who=("leads",)), {1}),
        (Audience(who=("delegates",)), {2, 10}),
        (Audience(who=("guests",)), {3}),
        (Audience(who=("hosts",)), {4}),
        (Audience(who=("hosts",), conference=2), set()),
        (Audience(who=("secretariat", "guests")), {3, 5}),
        (Audience(language=("fr", "es")), {2, 3}),
        (Audience(focus=("police",)), {1, 2}),
        (Audience(kind=("university", "agency")), {1, 2, 10}),
        (Audience(country=("CH",)), {10}),
        (Audience(region=("africa",), who=("delegates",)), {2}),
        (Audience(focus=("police",), country=("CH",)), set()),
        (Audience(conference=1, takes_part=("registered",)), {2}),
        (Audience(conference=1, takes_part=("online",)), {2}),
        (Audience(conference=1, takes_part=("in_person",)), set()),
        (Audience(conference=1, takes_part=("wait_listed",)), {3}),
        (Audience(conference=1, takes_part=("not_yet",)), {10}),
        (Audience(conference=1, takes_part=("registered", "not_yet")), {2, 10}),
        (Audience(unread=90), {2}),
    ],
)
async def test_who_is_meant(filled: Database, audience: Audience, people: set[int]) -> None:
    assert await meant(filled, audience) == people


async def test_a_suspended_center_takes_no_part(filled: Database) -> None:
    """Neither who leads it nor its delegates, unless they have to do with another one, or are the office's or hosts."""
    connection = sqlite3.connect(filled.path)
    connection.executescript("""
INSERT INTO people (id, language, first_name, first_seen_at) VALUES
    (11, 'en', 'Delegate', 0), (12, 'en', 'Leads another', 0), (13, 'en', 'Host', 0), (14, 'en', 'Secretariat', 0);
INSERT INTO delegates (id, person_id, center, state, is_guest, given_name, family_name, registered_at, changed_at,
    sort_name)
SELECT id, id, 3, 'active', 0, '', '', 0, 0, '' FROM people WHERE id > 10;
INSERT INTO roles (person_id, role, scope, given_by, given_at) VALUES
    (12, 'deputy', '4', 5, 0), (13, 'host', '1', 5, 0), (14, 'secretariat', '', 5, 0);
""")
    connection.close()
    assert await meant(filled, Audience()) == EVERYBODY | {12, 13, 14}
    assert await meant(filled, Audience(who=("delegates",))) == {2, 10, 12, 13, 14}


async def test_whose_center_does_not_come_has_declined(filled: Database) -> None:
    connection = sqlite3.connect(filled.path)
    connection.executescript("INSERT INTO center_absences (conference, center, said_at) VALUES (1, 2, 0)")
    connection.close()
    assert await meant(filled, Audience(conference=1, takes_part=("declined",))) == {10}
    assert await meant(filled, Audience(conference=1, takes_part=("not_yet",))) == set()


async def test_they_are_taken_in_piece_by_piece_and_each_once(filled: Database) -> None:
    number = await composed(filled, {"en": Content("Text")})
    await filled.write(lambda tx: announcements.start(tx, number, 1))
    taken = []
    while await announcements.half_taken_in(filled.reader):
        taken.append(await filled.write(lambda tx: announcement_recipients.take_in(tx, number, at_most=3)))
    assert taken == [3, 2, 0, 1]
    assert (await announcements.tally(filled.reader, number)).left == len(EVERYBODY)


async def test_an_official_notice_goes_to_those_who_want_nothing_else(filled: Database) -> None:
    assert await meant(filled, Audience(), is_official=True) == EVERYBODY | {9}
    assert await meant(filled, Audience(session=1)) == set()
    assert await meant(filled, Audience(session=1), is_official=True) == {9}


async def test_centers_that_cannot_be_reached_are_named(filled: Database) -> None:
    number = await composed(filled, {"en": Content("Text")})
    assert await audiences.unreachable_centers(filled.reader, number, at_most=10) == ["Center D"]
    elsewhere = await composed(filled, {"en": Content("Text")}, audience=Audience(region=("africa",)))
    assert await audiences.unreachable_centers(filled.reader, elsewhere, at_most=10) == []


async def test_languages_are_counted(filled: Database) -> None:
    number = await composed(filled, {"en": Content("Text")})
    assert await audiences.languages(filled.reader, number) == {"en": 4, "es": 1, "fr": 1}


async def test_of_two_who_change_it_at_once_the_second_sees_that(filled: Database) -> None:
    number = await composed(filled, {"en": Content("Text")})
    seen = await announcements.find(filled.reader, number)
    assert seen is not None

    async def change(tx: Transaction) -> list[bool]:
        return [await announcements.change(tx, replace(seen, heading=heading)) for heading in ("First", "Second")]

    assert await filled.write(change) == [True, False]
    assert (await announcements.find(filled.reader, number) or seen).heading == "First"


async def test_those_that_were_sent_are_listed_latest_first_and_found_by_their_words(filled: Database) -> None:
    async def work(tx: Transaction) -> None:
        for number, words in ((91, "100% of the office moves"), (92, "the office stays")):
            await announcements.set_sought(tx, await announcements.add(tx, made_by=1, now=number), words)

    await filled.write(work)
    connection = sqlite3.connect(filled.path)
    connection.executescript("UPDATE announcements SET state = 'stopped' WHERE id > 90")
    connection.close()

    async def listed(words: str = "", after: int | None = None, at_most: int = 10) -> list[int]:
        page = await announcements.list_page(filled.reader, words=words, after=after, at_most=at_most)
        return [one.id for one in page]

    assert await listed() == [92, 91, 90]
    assert await listed(at_most=2) == [92, 91]
    assert await listed(after=91) == [90]
    assert await listed("office") == [92, 91]
    assert await listed("100%") == [91]
    assert await listed("office_") == []
