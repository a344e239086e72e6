"""What waits for a decision, the messages that show it, and what somebody is to write next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import Row

from storage import plain_json
from storage.records.members import Awaited, Card, Change, Request, RequestKind, RequestState
from storage.session import Session, Transaction


async def add(
    tx: Transaction,
    kind: RequestKind,
    *,
    center: int | None,
    delegate: int | None,
    person_id: int,
    changes: Mapping[str, Change] | None = None,
    now: int,
) -> int:
    """Keep a new request; its id. There is one at a time of each (StatementError)."""
    request_id: int = await tx.value(
        tx.sql.requests.add,
        kind=kind, center=center, delegate=delegate, person_id=person_id, changes=_json(changes), now=now,
    )  # fmt: skip
    return request_id


async def by_id(session: Session, request_id: int) -> Request | None:
    """The request, whatever became of it."""
    return _found(await session.one(session.sql.requests.by_id, id=request_id))


async def open_of_center(session: Session, center_id: int, kind: RequestKind) -> Request | None:
    """The registration or the change of a Center that is not decided yet."""
    return _found(await session.one(session.sql.requests.open_of_center, center=center_id, kind=kind))


async def open_of_delegate(session: Session, delegate_id: int) -> Request | None:
    """What a delegate has asked for and nobody has decided yet."""
    return _found(await session.one(session.sql.requests.open_of_delegate, delegate=delegate_id))


async def registration_of(session: Session, person_id: int) -> Request | None:
    """The registration of a Center that somebody has put, and nobody has decided yet."""
    return _found(await session.one(session.sql.requests.registration_of, person_id=person_id))


async def latest_of_center(session: Session, center_id: int) -> Request | None:
    """The registration of a Center, whatever became of it."""
    return _found(await session.one(session.sql.requests.latest_of_center, center=center_id))


async def latest_of_delegate(session: Session, delegate_id: int) -> Request | None:
    """What a delegate has asked for last, whatever became of it."""
    return _found(await session.one(session.sql.requests.latest_of_delegate, delegate=delegate_id))


async def joining(session: Session, center_id: int) -> list[Request]:
    """Who wants to join a Center, the oldest first."""
    return [_request(row) for row in await session.all(session.sql.requests.joining, center=center_id)]


async def waiting(
    session: Session, kind: RequestKind | None = None, *, at_most: int, skipped: int = 0
) -> list[Request]:
    """What waits for a decision, the oldest first."""
    rows = await session.all(session.sql.requests.waiting, kind=kind, at_most=at_most, skipped=skipped)
    return [_request(row) for row in rows]


async def count_waiting(session: Session, kind: RequestKind | None = None) -> int:
    """How much waits for a decision."""
    number: int = await session.value(session.sql.requests.count_waiting, kind=kind)
    return number


async def to_correct(
    session: Session, kind: RequestKind | None = None, *, at_most: int, skipped: int = 0
) -> list[Request]:
    """What waits for a correction by whoever asked, what has waited longest first."""
    rows = await session.all(session.sql.requests.to_correct, kind=kind, at_most=at_most, skipped=skipped)
    return [_request(row) for row in rows]


async def count_to_correct(session: Session, kind: RequestKind | None = None) -> int:
    """How much waits for a correction."""
    number: int = await session.value(session.sql.requests.count_to_correct, kind=kind)
    return number


async def to_remind(session: Session, asked_until: int) -> list[tuple[int, int]]:
    """What was to be corrected by then and nobody was reminded of: the request, and who is to correct it."""
    rows = await session.all(session.sql.requests.to_remind, asked_until=asked_until)
    return [(row["id"], row["person_id"]) for row in rows]


async def reminded(tx: Transaction, request_id: int) -> None:
    """Whoever is to correct this is not reminded of it again."""
    await tx.run(tx.sql.requests.reminded, id=request_id)


async def decide(
    tx: Transaction,
    request_id: int,
    state: RequestState,
    *,
    edition: int,
    by: int,
    fields: Sequence[str] = (),
    reason: str | None = None,
    now: int,
) -> bool:
    """Decide; False if somebody else was first, or it was put again since. `edition` is what the decider saw."""
    touched = await tx.run(
        tx.sql.requests.decide,
        id=request_id, state=state, edition=edition, decided_by=by, fields=" ".join(fields) or None, reason=reason,
        now=now,
    )  # fmt: skip
    return touched == 1


async def put_again(
    tx: Transaction, request_id: int, *, by: int, changes: Mapping[str, Change] | None = None, now: int
) -> bool:
    """It was corrected, and waits for a decision again; False if it was decided meanwhile.

    Whoever puts it again is who asked from now on.
    """
    touched = await tx.run(tx.sql.requests.put_again, id=request_id, person_id=by, changes=_json(changes), now=now)
    return touched == 1


async def withdraw(tx: Transaction, request_id: int, *, by: int, now: int) -> bool:
    """Whoever asked does not want it any more; False if it was decided."""
    return await tx.run(tx.sql.requests.withdraw, id=request_id, decided_by=by, now=now) == 1


async def not_told(tx: Transaction, request_id: int, edition: int) -> None:
    """Whoever asked could not be reached, and does not know what became of it."""
    await tx.run(tx.sql.requests.not_told, id=request_id, edition=edition)


async def tell_again(tx: Transaction, person_id: int) -> list[Request]:
    """What somebody could not be told until now; from now on it counts as told."""
    return [_request(row) for row in await tx.all(tx.sql.requests.tell_again, person_id=person_id)]


async def open_in_center(session: Session, center_id: int) -> list[Request]:
    """Whatever is asked of a Center and not decided."""
    return [_request(row) for row in await session.all(session.sql.requests.open_in_center, center=center_id)]


async def end_change(tx: Transaction, center_id: int, *, by: int, now: int) -> None:
    """The change that waits for approval will not be made."""
    await tx.run(tx.sql.requests.end_change, center=center_id, decided_by=by, now=now)


async def move_center(tx: Transaction, center_id: int, into: int) -> None:
    """Whoever wants to join a Center wants to join another one."""
    await tx.run(tx.sql.requests.move_center, center=center_id, into=into)


async def move_delegate(tx: Transaction, delegate_id: int, into: int) -> None:
    """What was decided about a record was about another one."""
    await tx.run(tx.sql.requests.move_delegate, delegate=delegate_id, into=into)


async def add_card(tx: Transaction, card: Card) -> None:
    """Note that a message shows a request."""
    await tx.run(tx.sql.requests.add_card, chat_id=card.chat_id, message_id=card.message_id, request=card.request)


async def cards(session: Session, request_id: int) -> list[Card]:
    """The messages that show a request."""
    return [Card(**dict(row)) for row in await session.all(session.sql.requests.cards, request=request_id)]


async def forget_cards(tx: Transaction, chat_id: int) -> None:
    """The messages of a chat show nothing any more: it is another chat now."""
    await tx.run(tx.sql.requests.forget_cards_of_chat, chat_id=chat_id)


async def await_answer(tx: Transaction, awaited: Awaited) -> None:
    """What this person writes next in this chat is meant for this."""
    await tx.run(
        tx.sql.requests.await_answer,
        person_id=awaited.person_id,
        chat_id=awaited.chat_id,
        what=awaited.what,
        about=awaited.about,
        details=awaited.details,
        since=awaited.since,
    )


async def awaited(session: Session, person_id: int, chat_id: int) -> Awaited | None:
    """What this person is to write next in a chat; the private one has the person's id."""
    row = await session.one(session.sql.requests.awaited, person_id=person_id, chat_id=chat_id)
    return None if row is None else Awaited(**dict(row))


async def prompted(tx: Transaction, awaited: Awaited) -> None:
    """Note the details that became known when the question was sent, if it still waits for its answer."""
    await tx.run(
        tx.sql.requests.prompted,
        person_id=awaited.person_id, chat_id=awaited.chat_id, what=awaited.what, about=awaited.about,
        details=awaited.details, since=awaited.since,
    )  # fmt: skip


async def stop_awaiting(tx: Transaction, person_id: int, chat_id: int) -> bool:
    """What this person writes next in a chat is an ordinary message; False if it was before."""
    return await tx.run(tx.sql.requests.stop_awaiting, person_id=person_id, chat_id=chat_id) == 1


async def stop_awaiting_about(tx: Transaction, person_id: int, what: str, about: int) -> None:
    """Nothing of a kind is awaited of this person about something any more, in whatever chat it was asked."""
    await tx.run(tx.sql.requests.stop_awaiting_about, person_id=person_id, what=what, about=about)


async def forget_awaited(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete what was asked before a time and has not been answered; returns how many rows."""
    return await tx.run(tx.sql.requests.forget_awaited, before=before, at_most=at_most)


def _json(changes: Mapping[str, Change] | None) -> str | None:
    if changes is None:
        return None
    return plain_json.written({name: [change.before, change.after] for name, change in changes.items()})


def _found(row: Row | None) -> Request | None:
    return None if row is None else _request(row)


def _request(row: Row) -> Request:
    fields = dict(row)
    is_untold = bool(fields.pop("untold"))
    changes = plain_json.read(fields["changes"] or "{}")
    return Request(
        **{
            **fields,
            "kind": RequestKind(fields["kind"]),
            "state": RequestState(fields["state"]),
            "changes": {name: Change(before, after) for name, (before, after) in changes.items()},
            "fields": tuple((fields["fields"] or "").split()),
            "is_untold": is_untold,
        }
    )
