"""Answers that the Secretariat has published: their texts, and the ways in which they are asked for."""

from __future__ import annotations

from storage.records import Gist
from storage.records.learned import LearnedAnswer, LearnedEdit, LearnedPhrasing, LearnedText
from storage.session import Session, Transaction


async def make(tx: Transaction, letter: int | None, language: str, *, made_by: int, now: int) -> int | None:
    """A new draft; its id, or None if there is an answer from this letter."""
    number: int | None = await tx.value(tx.sql.learned.make, letter=letter, language=language, made_by=made_by, now=now)
    return number


async def made_from(session: Session, letter: int) -> LearnedAnswer | None:
    """The answer that was made from a letter."""
    number = await session.value(session.sql.learned.made_from, letter=letter)
    return None if number is None else await answer(session, number)


async def draft_for(session: Session, question_id: int) -> LearnedAnswer | None:
    """The latest draft that is to answer a question."""
    number = await session.value(session.sql.learned.draft_for, asked=question_id)
    return None if number is None else await answer(session, number)


async def draft_for_mark(session: Session, mark_id: int) -> LearnedAnswer | None:
    """The latest draft that is to answer a question whose answer did not help."""
    number = await session.value(session.sql.learned.draft_for_mark, mark=mark_id)
    return None if number is None else await answer(session, number)


async def answer(session: Session, answer_id: int) -> LearnedAnswer | None:
    """An answer as it stands."""
    row = await session.one(session.sql.learned.answer, id=answer_id)
    return None if row is None else LearnedAnswer(**dict(row))


async def answers(session: Session, state: str, *, at_most: int, skipped: int = 0) -> list[LearnedAnswer]:
    """Those in a state, the newest first."""
    rows = await session.all(session.sql.learned.answers, state=state, at_most=at_most, skipped=skipped)
    return [LearnedAnswer(**dict(row)) for row in rows]


async def count(session: Session, state: str) -> int:
    """How many are in a state."""
    number: int = await session.value(session.sql.learned.count, state=state)
    return number


async def edition_of_all(session: Session) -> int:
    """Another number as soon as any answer is published, changed or withdrawn."""
    number: int = await session.value(session.sql.learned.edition_of_all)
    return number


async def texts(session: Session, answer_id: int) -> list[LearnedText]:
    """What an answer says, in each of its languages."""
    return [LearnedText(**dict(row)) for row in await session.all(session.sql.learned.texts, answer=answer_id)]


async def put_text(tx: Transaction, text: LearnedText) -> None:
    """Set what an answer says in a language; its question becomes one of the ways to ask for it."""
    await tx.run(
        tx.sql.learned.put_text,
        answer=text.answer, language=text.language, question=text.question, plain=text.plain, html=text.html,
    )  # fmt: skip
    await tx.run(tx.sql.learned.remove_text_phrasing, answer=text.answer, language=text.language)
    await tx.run(tx.sql.learned.add_text_phrasing, answer=text.answer, language=text.language, question=text.question)


async def remove_text(tx: Transaction, answer_id: int, language: str) -> bool:
    """Take a language away; False if it was not there."""
    await tx.run(tx.sql.learned.remove_text_phrasing, answer=answer_id, language=language)
    return await tx.run(tx.sql.learned.remove_text, answer=answer_id, language=language) == 1


async def add_asked(tx: Transaction, answer_id: int, asked: int, *, is_same: bool, told_at: int | None = None) -> None:
    """Make an open question one of the ways to ask; `told_at` if whoever asked has the answer already."""
    await tx.run(tx.sql.learned.add_asked, answer=answer_id, asked=asked, is_same=int(is_same), told_at=told_at)


async def add_marked(tx: Transaction, answer_id: int, mark_id: int) -> None:
    """Make a question whose answer did not help one of the ways to ask."""
    await tx.run(tx.sql.learned.add_marked, answer=answer_id, mark=mark_id)


async def phrasing(session: Session, phrasing_id: int) -> LearnedPhrasing | None:
    """One of the ways in which an answer is asked for."""
    row = await session.one(session.sql.learned.phrasing, id=phrasing_id)
    return None if row is None else _phrasing(dict(row))


async def phrasings(session: Session, answer_id: int) -> list[LearnedPhrasing]:
    """The ways in which an answer is asked for, also those that the Secretariat says are not."""
    rows = await session.all(session.sql.learned.phrasings, answer=answer_id)
    return [_phrasing(dict(row)) for row in rows]


async def phrasings_published(session: Session) -> list[LearnedPhrasing]:
    """The ways in which any published answer is asked for."""
    rows = await session.all(session.sql.learned.phrasings_published)
    return [_phrasing(dict(row)) for row in rows]


async def set_gist(tx: Transaction, phrasing: LearnedPhrasing, gist: Gist) -> None:
    """Keep what a phrasing comes to, unless it has changed."""
    await tx.run(tx.sql.learned.set_gist, id=phrasing.id, question=phrasing.question, **gist.as_columns())


async def set_same(tx: Transaction, answer_id: int, phrasing_id: int, *, is_same: bool) -> bool:
    """Say whether a question is this one; False if that was said before."""
    touched = await tx.run(tx.sql.learned.set_same, answer=answer_id, id=phrasing_id, is_same=int(is_same))
    return touched == 1


async def told(tx: Transaction, phrasing_id: int, now: int) -> bool:
    """Note that whoever asked is given the answer; False if they were before."""
    return await tx.run(tx.sql.learned.told, id=phrasing_id, now=now) == 1


async def not_told(tx: Transaction, phrasing_id: int) -> None:
    """Note that the answer did not reach whoever asked."""
    await tx.run(tx.sql.learned.not_told, id=phrasing_id)


async def publish(tx: Transaction, answer_id: int, *, edition: int, person_id: int, now: int) -> bool:
    """Publish this edition; False if there is a newer one, or it is published."""
    touched = await tx.run(tx.sql.learned.publish, id=answer_id, edition=edition, person_id=person_id, now=now)
    return touched == 1


async def withdraw(tx: Transaction, answer_id: int, *, person_id: int, now: int) -> bool:
    """Withdraw; False if it is not published."""
    return await tx.run(tx.sql.learned.withdraw, id=answer_id, person_id=person_id, now=now) == 1


async def changed(tx: Transaction, answer_id: int, *, language: str, person_id: int, now: int) -> None:
    """Note a change: a new edition. `language` is the one that the answer is written in."""
    await tx.run(tx.sql.learned.changed, id=answer_id, language=language, person_id=person_id, now=now)


async def discard(tx: Transaction, answer_id: int) -> bool:
    """Delete a draft; False if it is none."""
    return await tx.run(tx.sql.learned.discard, id=answer_id) == 1


async def begin_edit(tx: Transaction, edit: LearnedEdit) -> None:
    """What this person writes next in private is a part of an answer."""
    await tx.run(
        tx.sql.learned.begin_edit,
        person_id=edit.person_id, answer=edit.answer, part=edit.part, language=edit.language, now=edit.since,
    )  # fmt: skip


async def edit_of(session: Session, person_id: int) -> LearnedEdit | None:
    """What this person is writing."""
    row = await session.one(session.sql.learned.edit, person_id=person_id)
    return None if row is None else LearnedEdit(**dict(row))


async def written(tx: Transaction, person_id: int, message_id: int) -> None:
    """They have written it, in this message of their private chat."""
    await tx.run(tx.sql.learned.written, person_id=person_id, message_id=message_id)


async def end_edit(tx: Transaction, person_id: int) -> bool:
    """What this person writes next is an ordinary message; False if it was before."""
    return await tx.run(tx.sql.learned.end_edit, person_id=person_id) == 1


def _phrasing(fields: dict[str, object]) -> LearnedPhrasing:
    gist = Gist.from_columns(fields)
    return LearnedPhrasing(**{**fields, "is_same": bool(fields["is_same"]), "gist": gist})  # type: ignore[arg-type]
