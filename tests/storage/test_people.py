"""People, groups, and the questions that wait for the Secretariat."""

from __future__ import annotations

import pytest

from storage import drafts, people, questions, requests
from storage.database import Database
from storage.errors import StatementError
from storage.records import NAMELESS, Name, OpenQuestion, Person
from storage.records.drafts import Draft
from storage.records.members import Awaited
from storage.session import Transaction


async def meet(
    database: Database, language: str, *, guessed: bool = True, reachable: bool = True, now: int = 1
) -> Person:
    return await database.write(
        lambda tx: people.meet(
            tx, people.meeting(tx.sql, 7, language=language, guessed=guessed, reachable=reachable, now=now)
        )
    )


async def ask(database: Database, message_id: int, question: str, *, hint: str | None = None, now: int = 3) -> None:
    await database.write(
        lambda tx: questions.keep(
            tx, person_id=7, chat_id=7, message_id=message_id, language="en", question=question, hint=hint, now=now
        )
    )


async def test_a_person_is_made_known_at_the_first_meeting(database: Database) -> None:
    assert await people.find(database.reader, 7) is None
    met = await meet(database, "fr")
    assert met == Person(7, "fr", language_chosen=False, unreachable_since=None)
    assert await people.find(database.reader, 7) == met


async def test_of_whoever_is_as_known_nothing_is_written(database: Database) -> None:
    conn = database.writer._conn
    for name in (NAMELESS, Name("Example", "Delegate", "example"), Name("Example", None, "example")):
        written: list[int] = []
        for language in ("en", "en", "fr"):
            before = conn.total_changes

            async def again(tx: Transaction, language: str = language, name: Name = name) -> Person:
                met = people.meeting(tx.sql, 7, language=language, guessed=True, reachable=True, now=2, name=name)
                return await people.meet(tx, met)

            person = await database.write(again)
            assert (person.name, person.language) == (name, language)
            assert await people.find(database.reader, 7) == person
            written.append(conn.total_changes - before)
        assert written == [1, 0, 1]


async def test_the_language_follows_the_app_until_it_is_chosen(database: Database) -> None:
    await meet(database, "fr")
    assert (await meet(database, "es")).language == "es"
    assert (await meet(database, "en", guessed=False)).language == "es"
    await database.write(lambda tx: people.choose_language(tx, 7, "ru"))
    assert await meet(database, "fr") == Person(7, "ru", language_chosen=True, unreachable_since=None)


def asked_in(chat_id: int) -> Awaited:
    return Awaited(7, chat_id, "center", 0, None, 1)


async def test_what_is_open_with_somebody_is_known_with_them(database: Database) -> None:
    person = await meet(database, "en")
    assert (person.is_awaited, person.filling_in, person.is_editing) == (False, None, False)
    for chat_id in (7, -5):
        await database.write(lambda tx, chat_id=chat_id: requests.await_answer(tx, asked_in(chat_id)))  # type: ignore[misc]
    person = await meet(database, "en")
    assert (person.is_awaited, person.filling_in) == (True, None)
    assert await database.write(lambda tx: requests.stop_awaiting(tx, 7, 7))
    assert (await meet(database, "en")).is_awaited, "in another chat"
    assert await requests.awaited(database.reader, 7, 7) is None
    assert await requests.awaited(database.reader, 7, -5) == asked_in(-5)
    assert await database.write(lambda tx: requests.stop_awaiting(tx, 7, -5))
    draft = await database.write(lambda tx: drafts.begin(tx, Draft(0, 7, "center", "", 1, 1)))
    assert draft is not None
    person = await meet(database, "en")
    assert (person.is_awaited, person.filling_in) == (False, drafts.mark_of(draft))
    assert await people.find(database.reader, 7) == person
    await database.write(lambda tx: drafts.step(tx, draft._replace(state="paused")))
    assert (await meet(database, "en")).filling_in is None


async def test_the_mark_of_a_form_is_another_after_each_step_and_once_its_message_is_known(database: Database) -> None:
    person = await meet(database, "en")
    draft = await database.write(lambda tx: drafts.begin(tx, Draft(0, 7, "center", "", 1, 1)))
    assert draft is not None
    marks = [(await meet(database, "en")).filling_in]

    async def asked(tx: Transaction) -> None:
        drafts.asked(tx, draft.id, 1, 40)

    await database.write(lambda tx: drafts.step(tx, draft._replace(step="name")))
    marks.append((await meet(database, "en")).filling_in)
    await database.write(asked)
    marks.append((await meet(database, "en")).filling_in)
    assert len({person.filling_in, *marks}) == 4
    seen = await drafts.active(database.reader, 7)
    assert seen is not None
    assert drafts.mark_of(seen) == marks[-1]


async def test_who_cannot_be_reached_is_known_since_when_until_they_write(database: Database) -> None:
    await meet(database, "en")
    await database.write(lambda tx: people.unreachable(tx, 7, 50))
    await database.write(lambda tx: people.unreachable(tx, 7, 60))
    found = await people.find(database.reader, 7)
    assert found is not None
    assert found.unreachable_since == 50
    assert await people.counts(database.reader) == (1, 1)
    assert (await meet(database, "en", reachable=False)).unreachable_since == 50
    assert (await meet(database, "en")).unreachable_since is None
    await database.write(lambda tx: people.unreachable(tx, 7, 70))
    await database.write(lambda tx: people.reachable(tx, 7))
    assert await people.counts(database.reader) == (1, 0)


async def test_groups_are_kept_beside_people(database: Database) -> None:
    async def group() -> tuple[object, ...] | None:
        row = await database.reader.one(database.reader.sql.groups.find, id=-5)
        return None if row is None else tuple(row)

    await database.write(lambda tx: people.unreachable(tx, -5, 9))
    assert await group() is None
    await database.write(lambda tx: people.meet_group(tx, -5, "Old title", 1))
    await database.write(lambda tx: people.unreachable(tx, -5, 9))
    assert await group() == (-5, "Old title", 9, None)
    await database.write(lambda tx: people.meet_group(tx, -5, "New title", 2))
    await database.write(lambda tx: people.group_became(tx, -5, -1005))
    assert await group() == (-5, "New title", None, -1005)
    assert await people.counts(database.reader) == (0, 0)


async def test_questions_wait_oldest_first_and_a_message_has_one(database: Database) -> None:
    await meet(database, "en")
    await ask(database, 10, "First?")
    await ask(database, 11, "Second?", hint="fees")
    await ask(database, 10, "First, edited?", now=9)
    assert [(row.message_id, row.question, row.hint) for row in await questions.waiting(database.reader)] == [
        (10, "First, edited?", None),
        (11, "Second?", "fees"),
    ]
    assert await questions.count(database.reader) == 2
    assert len(await questions.waiting(database.reader, at_most=1)) == 1


@pytest.mark.parametrize(
    ("asked", "kept"), [("half a pair: \ud83d", "half a pair: ?"), ("x" * 5000, "x" * questions.QUESTION_AT_MOST)]
)
async def test_whatever_is_asked_can_be_kept(database: Database, asked: str, kept: str) -> None:
    await meet(database, "en")
    await ask(database, 10, asked)
    (found,) = await questions.waiting(database.reader)
    assert found == OpenQuestion(found.id, 7, 7, 10, "en", kept, None, 3)


async def test_a_question_is_somebodys(database: Database) -> None:
    with pytest.raises(StatementError, match="FOREIGN KEY"):
        await ask(database, 10, "Whose?")
