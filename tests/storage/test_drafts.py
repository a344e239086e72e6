"""Drafts: one active a person, one a form and subject, and no step is taken twice."""

from __future__ import annotations

import pytest

from storage import drafts, people
from storage.database import Database
from storage.records.drafts import Draft
from storage.session import Transaction

PERSON, OTHER = 7, 8
NEW = Draft(0, PERSON, "example", "", 1, 1_000, step="name", answers={"name": None}, context={"invitation": 4})


@pytest.fixture
async def known(database: Database) -> Database:
    """A database that knows two people."""

    async def meet(tx: Transaction) -> None:
        for person in (PERSON, OTHER):
            await people.meet(tx, people.meeting(tx.sql, person, language="en", guessed=True, reachable=True, now=0))

    await database.write(meet)
    return database


async def begun(known: Database, draft: Draft = NEW) -> Draft | None:
    return await known.write(lambda tx: drafts.begin(tx, draft))


async def stepped(known: Database, draft: Draft) -> Draft | None:
    return await known.write(lambda tx: drafts.step(tx, draft))


async def test_a_draft_is_read_as_it_was_kept(known: Database) -> None:
    draft = await begun(
        known, NEW._replace(only=("name",), picked=("en",), messages={"name": 5}, typed="half \ud83d", is_put_off=True)
    )
    assert draft is not None
    found = await drafts.active(known.reader, PERSON)
    assert found == draft._replace(typed="half ?")
    assert await drafts.at(known.reader, draft.id, PERSON) == found
    assert await drafts.of_form(known.reader, PERSON, "example", "") == found
    assert await drafts.at(known.reader, draft.id, OTHER) is None


async def test_one_active_a_person_and_one_a_form_and_subject(known: Database) -> None:
    first = await begun(known)
    assert first is not None
    assert await begun(known, NEW._replace(form="other")) is None, "another is active"
    assert await stepped(known, first._replace(state="paused")) is not None
    assert await begun(known) is None, "there is one of this form"
    assert await begun(known, NEW._replace(subject="17")) is not None
    assert await begun(known, NEW._replace(person_id=OTHER)) is not None


async def test_of_two_steps_from_the_same_place_one_is_taken(known: Database) -> None:
    draft = await begun(known)
    assert draft is not None
    after = await stepped(known, draft._replace(step="focus", answers={"name": "Center A"}))
    assert after is not None
    assert after.revision == draft.revision + 1
    assert await stepped(known, draft._replace(step="country")) is None
    assert await drafts.active(known.reader, PERSON) == after


async def test_ticks_follow_each_other_within_a_step(known: Database) -> None:
    draft = await begun(known)
    assert draft is not None
    first = await known.write(lambda tx: drafts.tick(tx, draft, ("en",), 2_000))
    assert first is not None
    assert await known.write(lambda tx: drafts.tick(tx, draft, ("fr",), 2_000)) is None, "it does not know the first"
    second = await known.write(lambda tx: drafts.tick(tx, first, ("en", "fr"), 3_000))
    assert await drafts.active(known.reader, PERSON) == second


async def was_asked(known: Database, draft: Draft, message_id: int) -> None:
    async def work(tx: Transaction) -> None:
        drafts.asked(tx, draft.id, draft.revision, message_id)

    await known.write(work)


async def test_the_message_that_asks_is_that_of_the_present_step(known: Database) -> None:
    draft = await begun(known)
    assert draft is not None
    await was_asked(known, draft, 50)
    asked = await drafts.active(known.reader, PERSON)
    assert asked is not None
    assert asked.prompt_id == 50
    after = await stepped(known, asked)
    await was_asked(known, draft, 60)
    assert await drafts.active(known.reader, PERSON) == after
    assert await known.write(lambda tx: drafts.note(tx, draft._replace(typed="late"))) is False


async def test_a_last_step_is_kept_as_any_other(known: Database) -> None:
    draft = await begun(known)
    assert draft is not None

    async def work(tx: Transaction) -> Draft:
        return drafts.step_last(tx, draft._replace(step="city", answers={"name": "Example Center"}))

    kept = await known.write(work)
    assert await drafts.active(known.reader, PERSON) == kept


async def test_all_of_a_persons_drafts_are_listed(known: Database) -> None:
    first = await begun(known)
    assert first is not None
    await stepped(known, first._replace(state="paused"))
    await begun(known, NEW._replace(form="other", touched_at=2_000))
    await begun(known, NEW._replace(person_id=OTHER))
    assert [draft.form for draft in await drafts.of_person(known.reader, PERSON)] == ["other", "example"]
    assert len(await drafts.of_person(known.reader, OTHER)) == 1


async def test_what_nobody_has_touched_is_forgotten(known: Database) -> None:
    await begun(known)
    await begun(known, NEW._replace(person_id=OTHER, touched_at=3_000))
    assert await known.write(lambda tx: drafts.forget_old(tx, before=2_000, at_most=10)) == 1
    assert await drafts.active(known.reader, PERSON) is None
    assert await drafts.active(known.reader, OTHER) is not None


async def test_no_number_is_given_twice(known: Database) -> None:
    """It stands in buttons, which are pressed long after."""
    numbers = []
    for _ in range(3):
        draft = await begun(known)
        assert draft is not None
        numbers.append(draft.id)
        await known.write(lambda tx, number=draft.id: drafts.end(tx, number))  # type: ignore[misc]
    assert len(set(numbers)) == len(numbers)
