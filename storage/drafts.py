"""Drafts: forms as far as people have filled them in."""

from __future__ import annotations

from sqlite3 import Row
from typing import Any

from storage import plain_json
from storage.records.drafts import Draft
from storage.session import Session, Transaction
from storage.texts import storable


async def begin(tx: Transaction, draft: Draft) -> Draft | None:
    """Keep a new draft; None if the person has one of this form and subject, or another that is active."""
    number = await tx.value(tx.sql.drafts.begin, **_identity(draft), **_columns(draft))
    return None if number is None else draft._replace(id=number, revision=0, prompt_id=None)


async def active(session: Session, person_id: int) -> Draft | None:
    """What the person is filling in."""
    return _draft(await session.one(session.sql.drafts.active, person_id=person_id))


def mark_of(draft: Draft) -> str:
    """What tells a draft as it is from what else it was: the same as long as no step is taken and no message known."""
    return f"{draft.id}.{draft.revision}.{draft.prompt_id or 0}"


async def at(session: Session, draft_id: int, person_id: int) -> Draft | None:
    """A draft, if it is this person's."""
    return _draft(await session.one(session.sql.drafts.at, id=draft_id, person_id=person_id))


async def of_form(session: Session, person_id: int, form: str, subject: str) -> Draft | None:
    """What the person has of a form."""
    return _draft(await session.one(session.sql.drafts.of_form, person_id=person_id, form=form, subject=subject))


async def of_person(session: Session, person_id: int) -> list[Draft]:
    """All that the person has begun, what was touched last first."""
    rows = await session.all(session.sql.drafts.of_person, person_id=person_id)
    return [draft for row in rows if (draft := _draft(row)) is not None]


async def step(tx: Transaction, draft: Draft) -> Draft | None:
    """Keep what a draft has become, with the next revision; None if another step was taken since it was read."""
    touched = await tx.run(tx.sql.drafts.step, id=draft.id, revision=draft.revision, **_columns(draft))
    return draft._replace(revision=draft.revision + 1, prompt_id=None) if touched == 1 else None


def step_last(tx: Transaction, draft: Draft) -> Draft:
    """As `step`, of a draft that was read in this transaction, or has the mark of what was read before it began.

    Nobody reads it again before the commit. What is returned still knows the message that asked.
    """
    tx.run_later(tx.sql.drafts.step, id=draft.id, revision=draft.revision, **_columns(draft))
    return draft._replace(revision=draft.revision + 1)


async def tick(tx: Transaction, draft: Draft, picked: tuple[str, ...], now: int) -> Draft | None:
    """Keep what is ticked, within the same step; None if that is over, or something else was ticked meanwhile."""
    touched = await tx.run(
        tx.sql.drafts.tick,
        id=draft.id,
        revision=draft.revision,
        was=plain_json.written(draft.picked),
        picked=plain_json.written(picked),
        touched_at=now,
    )
    return draft._replace(picked=picked, touched_at=now) if touched == 1 else None


async def note(tx: Transaction, draft: Draft) -> bool:
    """Keep what was typed and is no answer (yet), and in which message; False if the step is over."""
    touched = await tx.run(
        tx.sql.drafts.note,
        id=draft.id,
        revision=draft.revision,
        typed=None if draft.typed is None else storable(draft.typed),
        messages=plain_json.written(draft.messages),
    )
    return touched == 1


def asked(tx: Transaction, draft_id: int, revision: int, message_id: int) -> None:
    """Remember the message that asks for the present step."""
    tx.run_later(tx.sql.drafts.asked, id=draft_id, revision=revision, message_id=message_id)


async def end(tx: Transaction, draft_id: int) -> bool:
    """Delete a draft; False if it is gone."""
    return await tx.run(tx.sql.drafts.end, id=draft_id) == 1


async def forget_old(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete up to `at_most` drafts that nobody has touched since a time; returns how many."""
    return await tx.run(tx.sql.drafts.forget_old, before=before, at_most=at_most)


def _identity(draft: Draft) -> dict[str, Any]:
    return {"person_id": draft.person_id, "form": draft.form, "subject": draft.subject}


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "version": draft.version,
        "state": draft.state,
        "mode": draft.mode,
        "step": draft.step,
        "answers": plain_json.written(draft.answers),
        "given": plain_json.written(draft.given),
        "context": plain_json.written(draft.context),
        "only_fields": plain_json.written(draft.only),
        "picked": plain_json.written(draft.picked),
        "messages": plain_json.written(draft.messages),
        "typed": None if draft.typed is None else storable(draft.typed),
        "touched_at": draft.touched_at,
        "put_off": int(draft.is_put_off),
    }


def _draft(row: Row | None) -> Draft | None:
    if row is None:
        return None
    fields = dict(row)
    for name in ("answers", "given", "context", "messages"):
        fields[name] = plain_json.read(fields[name])
    only, picked = plain_json.read(fields.pop("only_fields")), plain_json.read(fields.pop("picked"))
    is_put_off = bool(fields.pop("put_off"))
    return Draft(**fields, is_put_off=is_put_off, only=tuple(only), picked=tuple(picked))
