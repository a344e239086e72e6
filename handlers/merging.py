"""Two records of the same become one: choose the other, see both, confirm."""

from __future__ import annotations

from collections.abc import Collection

from telegram import Update

from bot.members import merging, sending, words
from bot.members.centers import NoSuchCenterError
from bot.members.merging import CannotMergeError, MergedCenter
from bot.members.words import AwaitedWords, Purpose
from handlers.center_people import name_of_person
from handlers.curating import key_of
from handlers.listings import await_words
from handlers.record_cards import card, find_record, is_center
from handlers.record_guard import for_staff
from handlers.turn import Turn, match
from handlers.views import merging as views
from handlers.views.record_names import record_key
from storage import centers, people
from storage.records.members import Center

CANDIDATES = "merge_candidates"
"""The renderer of those that may be the same: it takes a while to find them."""


@for_staff
async def begin(_update: Update, turn: Turn) -> None:
    """Which other one is the same? Those that may be."""
    record = await find_record(turn, match(turn)["key"])
    turn.show_later(CANDIDATES, _args(turn, record_key(record), ""))


@for_staff
async def ask_words(_update: Update, turn: Turn) -> None:
    """The button after which the name of the other one is written."""
    record = await find_record(turn, match(turn)["key"])
    question = views.ask_words(turn.t, record, in_group=not turn.is_private)
    await await_words(turn, Purpose.MERGE, question, is_center=isinstance(record, Center), about=record.id)


async def take_words(turn: Turn, awaited: AwaitedWords, text: str) -> None:
    """The name of the other one was written. Raises NoSuchCenterError, NoSuchDelegateError."""
    await find_record(turn, key_of(awaited))
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    turn.say_later(CANDIDATES, _args(turn, key_of(awaited), text))


@for_staff
async def compare(_update: Update, turn: Turn) -> None:
    """Both side by side."""
    first, second = _both(turn)
    rights, by = turn.desk.rights, turn.person.id
    try:
        merger: merging.CenterMerger | merging.PersonMerger
        if is_center(first):
            merger = await merging.plan_centers(turn.tx, rights, int(first[1:]), int(second[1:]), by=by)
        else:
            merger = await merging.plan_people(turn.tx, rights, int(first[1:]), int(second[1:]), by=by)
    except CannotMergeError as why:
        turn.answer_press(views.why_not_toast(turn.t, why), alert=True)
        return
    turn.show(views.side_by_side(turn.t, merger, turn.desk.places.countries))


@for_staff
async def merge(_update: Update, turn: Turn) -> None:
    """Make one of two."""
    found, both = match(turn), _both(turn)
    first, second = (int(key[1:]) for key in both)
    editions = (int(found["edition"]), int(found["other_edition"]))
    try:
        if is_center(found["key"]):
            await _merge_centers(turn, first, second, editions)
        else:
            await merging.merge_people(
                turn.tx, turn.desk.rights, first, second, editions=editions, by=turn.person.id, now=turn.now
            )
    except CannotMergeError as why:
        turn.answer_press(views.why_not_toast(turn.t, why), alert=True)
    else:
        turn.answer_press(views.merged_toast(turn.t))
    turn.show(await card(turn, found["key"]))


def _both(turn: Turn) -> tuple[str, str]:
    """The two records of a button, which are of one sort. Raises NoSuchCenterError."""
    first, second = match(turn)["key"], match(turn)["other"]
    if is_center(first) != is_center(second):
        raise NoSuchCenterError
    return first, second


async def _merge_centers(turn: Turn, stays: int, goes: int, editions: tuple[int, int]) -> None:
    merged = await merging.merge_centers(
        turn.tx, turn.desk.rights, stays, goes,
        editions=editions, by=turn.person.id, now=turn.now, post=turn.post,
    )  # fmt: skip
    gone = await centers.by_id(turn.tx, goes)
    leaders = [*merged.now_deputy, *([] if merged.now_focal_point is None else [merged.now_focal_point])]
    for person_id in leaders:
        person = await people.find(turn.tx, person_id)
        if person is not None and gone is not None:
            t, is_deputy = turn.translator(person.language), person_id != merged.now_focal_point
            turn.tell(person_id, views.now_leads(t, gone, merged.center, is_deputy=is_deputy))
    if gone is not None:
        await _tell_those_who_led_it(turn, merged, gone, but={*leaders, turn.person.id})


async def _tell_those_who_led_it(turn: Turn, merged: MergedCenter, gone: Center, *, but: Collection[int]) -> None:
    """Whoever looks after the Center that stays has more to look after, and new deputies."""
    names = [await name_of_person(turn, number) for number in merged.now_deputy]
    for person_id in await sending.leaders(turn.tx, merged.center.id):
        person = await people.find(turn.tx, person_id)
        if person is not None and person_id not in but:
            message = views.has_absorbed(turn.translator(person.language), gone, merged.center, names)
            turn.tell(person_id, message)


def _args(turn: Turn, key: str, text: str) -> dict[str, object]:
    return {"is_center": is_center(key), "record": int(key[1:]), "words": text, "by": turn.person.id}
