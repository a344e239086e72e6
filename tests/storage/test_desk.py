"""Threads, letters and copies, as they are kept; and what an older database brings along."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from storage import asked_letters, desk, people, questions
from storage.database import Database, connect, open_database
from storage.desk import Copy, NewLetter
from storage.migrate import known_migrations, migrate
from storage.records.desk import Written
from storage.session import Transaction

PERSON = 7


async def begin(database: Database, now: int) -> int:
    async def work(tx: Transaction) -> int:
        await people.meet(tx, people.meeting(tx.sql, PERSON, language="fr", guessed=True, reachable=True, now=1))
        return await desk.begin_wait(tx, PERSON, now=now, alarm_at=now + 10)

    return await database.write(work)


async def write(database: Database, thread_id: int, message_id: int, now: int, text: str = "Bonjour") -> int | None:
    written = Written(PERSON, message_id, "text", text, None)
    return await database.write(lambda tx: desk.add_letter(tx, NewLetter(thread_id, "to_staff", PERSON, written, now)))


async def test_a_wait_keeps_its_time_until_it_is_answered(database: Database) -> None:
    thread_id = await begin(database, 5)
    assert await begin(database, 8) == thread_id
    thread = await desk.thread(database.reader, thread_id)
    assert thread is not None
    assert (thread.state, thread.waiting_since, thread.language) == ("waiting", 5, "fr")
    answer = [
        await database.write(lambda tx: desk.settle(tx, thread_id, "answered", was="waiting", person_id=1, now=9))
        for _ in range(2)
    ]
    assert answer == [True, False]
    await begin(database, 12)
    thread = await desk.thread(database.reader, thread_id)
    assert thread is not None
    assert thread.waiting_since == 12


async def test_a_wait_rings_once(database: Database) -> None:
    thread_id = await begin(database, 5)
    assert await database.write(lambda tx: desk.ring(tx, 14)) == []
    assert [one.id for one in await database.write(lambda tx: desk.ring(tx, 15))] == [thread_id]
    assert await database.write(lambda tx: desk.ring(tx, 99)) == []
    await begin(database, 20)
    assert await database.write(lambda tx: desk.ring(tx, 99)) == [], "it is still the same wait"


async def test_of_two_who_take_a_thread_one_does(database: Database) -> None:
    thread_id = await begin(database, 5)
    taken = [
        await database.write(partial(desk.assign, thread_id=thread_id, person_id=person, expected=0, now=6))
        for person in (1, 2)
    ]
    assert taken == [True, False]
    assert await database.write(lambda tx: desk.assign(tx, thread_id, 2, expected=1, now=7))


async def test_a_message_is_one_letter_and_half_a_character_can_be_kept(database: Database) -> None:
    thread_id = await begin(database, 5)
    first = await write(database, thread_id, 3, 5, "half a pair: \ud83d")
    assert first is not None
    assert await write(database, thread_id, 3, 6) is None
    letter = await desk.letter_at(database.reader, PERSON, 3)
    assert letter is not None
    assert (letter.id, letter.plain) == (first, "half a pair: ?")


async def test_what_is_not_in_a_group_yet_is_known(database: Database) -> None:
    thread_id = await begin(database, 5)
    first, second = [await write(database, thread_id, number, 5) for number in (3, 4)]
    copy = Copy(-9, 50, thread_id, first, "body")
    await database.write(lambda tx: desk.add_copy(tx, copy))
    await database.write(lambda tx: desk.add_copy(tx, Copy(-9, 51, thread_id, second, "heading")))
    assert [one.id for one in await desk.unsent(database.reader, -9)] == [second]
    assert [one.id for one in await desk.sent_to(database.reader, -9)] == [first]
    assert [one.id for one in await desk.unsent(database.reader, -8)] == [first, second]
    assert await desk.copy_at(database.reader, -9, 50) == copy
    assert first is not None
    assert await desk.copy_of(database.reader, first, -9) == copy


async def test_a_topic_is_asked_for_once_in_a_group(database: Database) -> None:
    thread_id = await begin(database, 5)

    async def work(tx: Transaction) -> list[bool]:
        await desk.move_to_group(tx, thread_id, -9)
        asked = [await desk.ask_topic(tx, thread_id, -9, 6) for _ in range(2)]
        await desk.topic_made(tx, thread_id, -9, 40)
        await desk.move_to_group(tx, thread_id, -9)
        asked.append(await desk.ask_topic(tx, thread_id, -9, 7))
        asked.append(await desk.topic_gone(tx, thread_id, -9, 39))
        asked.append(await desk.topic_gone(tx, thread_id, -9, 40))
        asked.append(await desk.ask_topic(tx, thread_id, -9, 8))
        return asked

    assert await database.write(work) == [True, False, False, False, True, True]


async def test_an_answer_settles_what_went_to_the_desk(database: Database) -> None:
    thread_id = await begin(database, 5)

    async def work(tx: Transaction) -> int:
        for number, hint in ((3, None), (4, "general-knowledge")):
            await questions.keep(
                tx, person_id=PERSON, chat_id=PERSON, message_id=number, language="fr",
                question=f"Q{number}", hint=hint, now=5,
            )  # fmt: skip
        letter = await desk.add_letter(
            tx, NewLetter(thread_id, "to_staff", PERSON, Written(PERSON, 3, "text", "Q3", None), 5, is_question=True)
        )
        assert letter is not None
        await questions.went_to_desk(tx, PERSON, 3, letter)
        assert [one.is_question for one in await asked_letters.waiting(tx, thread_id)] == [True]
        answer = await desk.add_letter(tx, NewLetter(thread_id, "to_person", 1, Written(1, 9, "text", "A", None), 6))
        assert answer is not None
        assert await asked_letters.answer_all(tx, thread_id, answer=answer, closed_at=None, now=6)
        assert await asked_letters.waiting(tx, thread_id) == []
        return await asked_letters.questions_answered(tx, answer, now=6)

    assert await database.write(work) == 1
    assert [one.question for one in await questions.waiting(database.reader)] == ["Q4"]
    latest = await questions.latest(database.reader, PERSON, PERSON, after=0)
    assert latest is not None
    assert latest.question == "Q4"


async def test_what_an_older_bot_kept_goes_to_the_desk(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    async with connect(path) as conn:
        await migrate(conn, 1, known_migrations()[:1])
        await conn.execute("INSERT INTO people (id, language, first_seen_at) VALUES (7, 'fr', 1)")
        for number, hint in ((3, None), (4, "fees"), (5, "general-knowledge")):
            await conn.execute(
                "INSERT INTO open_questions (person_id, chat_id, message_id, language, question, hint, asked_at) "
                "VALUES (7, 7, ?, 'fr', ?, ?, ?)",
                (number, f"Q{number}", hint, number),
            )
    async with open_database(path, now_us=9) as database:
        [thread] = await desk.waiting(database.reader, at_most=9)
        assert (thread.person_id, thread.waiting_since) == (7, 3)
        assert [one.plain for one in await desk.unsent(database.reader, -9)] == ["Q3", "Q4"]
        latest = await questions.latest(database.reader, 7, 7, after=0)
        assert latest is not None
        assert latest.question == "Q5"


async def test_what_an_older_bot_called_answered_or_closed_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    async with connect(path) as conn:
        await migrate(conn, 1, known_migrations()[:17])
        for person, state in ((7, "waiting"), (8, "answered"), (9, "closed")):
            await conn.execute("INSERT INTO people (id, language, first_seen_at) VALUES (?, 'fr', 1)", (person,))
            await conn.execute(
                "INSERT INTO desk_threads (id, person_id, state, waiting_since, settled_at) VALUES (?, ?, ?, 5, 8)",
                (person, person, state),
            )
            for written in (4, 6):
                await conn.execute(
                    "INSERT INTO desk_letters (thread_id, direction, author_id, chat_id, message_id, content, plain, "
                    "is_question, written_at) VALUES (?, 'to_staff', ?, ?, ?, 'text', 'Q', 1, ?)",
                    (person, person, person, written, written),
                )
    async with open_database(path, now_us=9) as database:
        became = {
            thread: [one.settled_as for one in await asked_letters.recent(database.reader, thread, at_most=9)]
            for thread in (7, 8, 9)
        }
        assert became == {7: ["answered", None], 8: ["answered", "answered"], 9: ["answered", "closed"]}
        assert [one.written_at for one in await asked_letters.waiting(database.reader, 7)] == [6]
