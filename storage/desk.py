"""The Secretariat's desk: a thread for each person, the letters in it, and what became of them on the other side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Row

from storage.records import Name
from storage.records.desk import Letter, Thread, Written
from storage.session import Session, Transaction
from storage.texts import storable


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A message to carry to the other side; `direction` is to_staff or to_person."""

    thread_id: int
    direction: str
    author_id: int
    written: Written
    written_at: int
    is_question: bool = False
    reply_to_id: int | None = None
    announcement: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A message of the bot's that belongs to a thread: a card, a note, or (a part of) a letter."""

    chat_id: int
    message_id: int
    thread_id: int
    letter_id: int | None
    part: str


async def begin_wait(tx: Transaction, person_id: int, *, now: int, alarm_at: int | None) -> int:
    """The person waits for an answer, from now on or as before; the id of their thread."""
    number: int = await tx.value(tx.sql.desk.begin_wait, person_id=person_id, now=now, alarm_at=alarm_at)
    return number


async def thread(session: Session, thread_id: int) -> Thread | None:
    """A thread as it stands."""
    row = await session.one(session.sql.desk.thread, id=thread_id)
    return None if row is None else _thread(row)


async def thread_of(session: Session, person_id: int) -> Thread | None:
    """A person's thread, if they have ever written to the Secretariat."""
    number = await session.value(session.sql.desk.of_person, person_id=person_id)
    return None if number is None else await thread(session, number)


async def thread_in_topic(session: Session, group_id: int, topic_id: int) -> Thread | None:
    """The thread that has this topic."""
    number = await session.value(session.sql.desk.by_topic, group_id=group_id, topic_id=topic_id)
    return None if number is None else await thread(session, number)


async def waiting(session: Session, *, at_most: int) -> list[Thread]:
    """Who waits, longest first."""
    return [_thread(row) for row in await session.all(session.sql.desk.waiting, at_most=at_most)]


async def count_waiting(session: Session) -> int:
    """How many wait."""
    number: int = await session.value(session.sql.desk.count_waiting)
    return number


async def settle(tx: Transaction, thread_id: int, state: str, *, was: str, person_id: int, now: int) -> bool:
    """Answer or close; False if it is no longer in the state that it `was` in."""
    return await tx.run(tx.sql.desk.settle, id=thread_id, state=state, was=was, person_id=person_id, now=now) == 1


async def reopen(tx: Transaction, thread_id: int, *, now: int, alarm_at: int | None) -> bool:
    """Let it wait again; False if it does."""
    return await tx.run(tx.sql.desk.reopen, id=thread_id, now=now, alarm_at=alarm_at) == 1


async def wait_since(tx: Transaction, thread_id: int, since: int, *, alarm_at: int | None) -> None:
    """It waits since then, which may be long ago."""
    await tx.run(tx.sql.desk.wait_since, id=thread_id, since=since, alarm_at=alarm_at)


async def assign(tx: Transaction, thread_id: int, person_id: int, *, expected: int, now: int) -> bool:
    """Assign it to somebody; False if it is closed, or not `expected` (0: nobody) has it any more."""
    return await tx.run(tx.sql.desk.assign, id=thread_id, person_id=person_id, expected=expected, now=now) == 1


async def count_waiting_since(session: Session, since: int) -> int:
    """How many have waited since then or longer."""
    number: int = await session.value(session.sql.desk.count_waiting_since, since=since)
    return number


async def ring(tx: Transaction, now: int) -> list[Thread]:
    """The threads that have waited for too long; each is given out once in its wait."""
    numbers = sorted(row["id"] for row in await tx.all(tx.sql.desk.ring, now=now))
    found = [await thread(tx, number) for number in numbers]
    return sorted((one for one in found if one is not None), key=lambda one: (one.waiting_since, one.id))


async def move_to_group(tx: Transaction, thread_id: int, group_id: int) -> None:
    """Forget the topic and the card in another group."""
    await tx.run(tx.sql.desk.move_to_group, id=thread_id, group_id=group_id)


async def ask_topic(tx: Transaction, thread_id: int, group_id: int, now: int) -> bool:
    """Note that a topic is asked for; False if it was already."""
    return await tx.run(tx.sql.desk.ask_topic, id=thread_id, group_id=group_id, now=now) == 1


async def topic_made(tx: Transaction, thread_id: int, group_id: int, topic_id: int) -> None:
    """Keep the topic of a thread."""
    await tx.run(tx.sql.desk.topic_made, id=thread_id, group_id=group_id, topic_id=topic_id)


async def topic_gone(tx: Transaction, thread_id: int, group_id: int, topic_id: int) -> bool:
    """Forget a topic that somebody deleted, or (0) that could not be made; False if it was forgotten."""
    return await tx.run(tx.sql.desk.topic_gone, id=thread_id, group_id=group_id, topic_id=topic_id) == 1


async def card_made(tx: Transaction, thread_id: int, group_id: int, card_id: int) -> None:
    """Keep the latest card of a thread."""
    await tx.run(tx.sql.desk.card_made, id=thread_id, group_id=group_id, card_id=card_id)


async def add_letter(tx: Transaction, letter: NewLetter) -> int | None:
    """Keep a letter; its id, or None if this very message was kept before."""
    number: int | None = await tx.value(
        tx.sql.desk.add_letter,
        thread_id=letter.thread_id,
        direction=letter.direction,
        author_id=letter.author_id,
        chat_id=letter.written.chat_id,
        message_id=letter.written.message_id,
        content=letter.written.content,
        plain=storable(letter.written.plain),
        html=None if letter.written.html is None else storable(letter.written.html),
        album=letter.written.album,
        is_question=int(letter.is_question),
        reply_to_id=letter.reply_to_id,
        written_at=letter.written_at,
        announcement=letter.announcement,
    )
    return number


async def begin_thread(tx: Transaction, person_id: int, now: int) -> None:
    """The Secretariat writes first: the person has a thread from now on, and waits for nothing."""
    await tx.run(tx.sql.desk.begin_thread, person_id=person_id, now=now)


async def add_same(tx: Transaction, letter_id: int, thread_id: int, person_id: int) -> int:
    """Keep a letter for somebody else as well; its id for them."""
    number: int = await tx.value(tx.sql.desk.add_same, same_as=letter_id, thread_id=thread_id, person_id=person_id)
    return number


async def same_as(session: Session, letter_id: int) -> list[int]:
    """The ids that a letter has for others."""
    return [row["id"] for row in await session.all(session.sql.desk.same_as, same_as=letter_id)]


async def change_letter(tx: Transaction, letter_id: int, plain: str, html: str | None) -> None:
    """Keep the new words of a letter that was edited."""
    await tx.run(
        tx.sql.desk.change_letter,
        id=letter_id,
        plain=storable(plain),
        html=None if html is None else storable(html),
    )


async def letter(session: Session, letter_id: int) -> Letter | None:
    """A letter, with its present words."""
    return _letter(await session.one(session.sql.desk.letter, id=letter_id))


async def letter_at(session: Session, chat_id: int, message_id: int) -> Letter | None:
    """The letter that a message was taken for."""
    return _letter(await session.one(session.sql.desk.letter_at, chat_id=chat_id, message_id=message_id))


async def letter_back(session: Session, thread_id: int, *, passed: int, after: int) -> int | None:
    """When the person's last letter but so many was written, if that was after a time; an album counts once."""
    when: int | None = await session.value(
        session.sql.desk.letter_back, thread_id=thread_id, passed=passed, after=after
    )
    return when


async def last_letter(session: Session, thread_id: int, direction: str) -> Letter | None:
    """The latest letter in one direction."""
    return _letter(await session.one(session.sql.desk.last_letter, thread_id=thread_id, direction=direction))


async def letter_before(session: Session, letter_id: int) -> Letter | None:
    """What a person wrote last before a letter of the Secretariat's, if there were words in it."""
    return _letter(await session.one(session.sql.desk.letter_before, id=letter_id))


async def unsent(session: Session, group_id: int) -> list[Letter]:
    """What waits for an answer and is not in this group, in order."""
    return _letters(await session.all(session.sql.desk.unsent, chat_id=group_id))


async def sent_to(session: Session, group_id: int) -> list[Letter]:
    """What waits for an answer and is in this group, in order."""
    return _letters(await session.all(session.sql.desk.sent_to, chat_id=group_id))


async def undelivered(session: Session, thread_id: int) -> list[Letter]:
    """The Secretariat's letters that did not reach the person, in order."""
    return _letters(await session.all(session.sql.desk.undelivered, thread_id=thread_id))


async def letter_failed(tx: Transaction, letter_id: int, now: int) -> bool:
    """Note that a letter did not arrive; False if that was known."""
    return await tx.run(tx.sql.desk.letter_failed, id=letter_id, now=now) == 1


async def letter_goes_again(tx: Transaction, letter_id: int) -> bool:
    """Note that a letter that did not arrive is sent again; False if it is on its way, or arrived."""
    return await tx.run(tx.sql.desk.letter_goes_again, id=letter_id) == 1


async def add_copy(tx: Transaction, copy: Copy) -> None:
    """Keep what a letter, a card or a note has become."""
    await tx.run(
        tx.sql.desk.add_copy,
        chat_id=copy.chat_id,
        message_id=copy.message_id,
        thread_id=copy.thread_id,
        letter=copy.letter_id,
        part=copy.part,
    )


async def copy_at(session: Session, chat_id: int, message_id: int) -> Copy | None:
    """What a message of the bot's stands for."""
    return _copy(await session.one(session.sql.desk.copy_at, chat_id=chat_id, message_id=message_id))


async def copy_of(session: Session, letter_id: int, chat_id: int) -> Copy | None:
    """The message that a letter has become in a chat."""
    return _copy(await session.one(session.sql.desk.copy_of, letter=letter_id, chat_id=chat_id))


async def forget_old(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete letters from before a time, except where the person still waits; returns how many rows."""
    return await tx.run(tx.sql.desk.forget_old, before=before, at_most=at_most)


def _copy(row: Row | None) -> Copy | None:
    if row is None:
        return None
    return Copy(row["chat_id"], row["message_id"], row["thread_id"], row["letter"], row["part"])


def _letter(row: Row | None) -> Letter | None:
    return None if row is None else Letter(**{**dict(row), "is_question": bool(row["is_question"])})


def _letters(rows: Sequence[Row]) -> list[Letter]:
    return [letter for row in rows if (letter := _letter(row)) is not None]


def _thread(row: Row) -> Thread:
    fields = dict(row)
    name = Name(fields.pop("first_name"), fields.pop("last_name"), fields.pop("username"))
    return Thread(**fields, name=name)
