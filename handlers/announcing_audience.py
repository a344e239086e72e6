"""Whom an announcement is for, chosen by building blocks."""

from __future__ import annotations

from telegram import Update

from bot.announcements import composing
from bot.announcements.audience import Audience
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.composed import Composed
from bot.announcements.composing import NotOpenError
from bot.members import words
from bot.members.words import AwaitedWords, Purpose
from bot.places.countries import Country
from bot.places.names import Suggestions
from handlers.announcing_guard import for_composers, number_in, open_in
from handlers.announcing_screens import ONE_OF, offers_of, say_audience, show_audience
from handlers.listings import ask_again, await_words
from handlers.turn import Turn, match
from handlers.views import announce as menu_views
from handlers.views import announce_audience as views
from handlers.views import welcome


@for_composers
async def show(_update: Update, turn: Turn) -> None:
    """What is chosen, and whom it comes to."""
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    show_audience(turn, (await open_in(turn)).announcement.id)


@for_composers
async def block(_update: Update, turn: Turn) -> None:
    """What can be chosen in a building block."""
    show_audience(turn, (await open_in(turn)).announcement.id, match(turn)["block"], _page(turn))


@for_composers
async def pick(_update: Update, turn: Turn) -> None:
    """Something is chosen, or not any more."""
    name, value, is_on = match(turn)["block"], match(turn)["value"], match(turn)["on"] == "1"
    shown, number = await open_in(turn), number_in(turn)
    if is_on and not await _is_offered(turn, shown, name, value):
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    if name in ONE_OF:
        changes: dict[str, object] = {name: int(value) if is_on else None}
        if name == "conference":
            changes.update(session=None, takes_part=() if not is_on else shown.audience.takes_part)
    else:
        chosen = [one for one in getattr(shown.audience, name) if one != value]
        changes = {name: (*chosen, value) if is_on else tuple(chosen)}
    await composing.set_audience(turn.tx, turn.desk.rights, number, by=turn.person.id, now=turn.now, **changes)
    show_audience(turn, number, name, _page(turn))


@for_composers
async def everybody(_update: Update, turn: Turn) -> None:
    """It is for everybody again."""
    number, rights = number_in(turn), turn.desk.rights
    bare = Audience().as_json()
    await composing.change(turn.tx, rights, number, "audience", by=turn.person.id, now=turn.now, audience=bare)
    show_audience(turn, number)


@for_composers
async def ask_country(_update: Update, turn: Turn) -> None:
    """The button after which a country is written."""
    shown = await open_in(turn)
    number = shown.announcement.id
    await await_words(turn, Purpose.AUDIENCE_COUNTRY, views.ask_country(turn.t, number), about=number)


async def take_country(turn: Turn, awaited: AwaitedWords, text: str) -> None:
    """A country was written. Raises NotAllowedError."""
    countries = turn.desk.places.countries
    match countries.find_country(text, turn.person.language):
        case Country(code):
            await words.stop(turn.tx, turn.person.id, turn.chat_id)
            try:
                await _add_country(turn, awaited.about, code)
            except (NoSuchAnnouncementError, NotOpenError):
                turn.say(menu_views.not_open(turn.t), in_reply=True)
        case Suggestions(choices):
            likely = [one.code for one in choices]
            ask_again(turn, awaited, views.not_a_country(turn.t, awaited.about, likely, countries))
        case _unknown:
            ask_again(turn, awaited, views.not_a_country(turn.t, awaited.about, (), countries))


async def _add_country(turn: Turn, number: int, code: str) -> None:
    rights, by = turn.desk.rights, turn.person.id
    shown = await composing.open_one(turn.tx, rights, number, by=by)
    kept = tuple(dict.fromkeys([*shown.audience.country, code]))
    await composing.set_audience(turn.tx, rights, number, by=by, now=turn.now, country=kept)
    say_audience(turn, number)


def _page(turn: Turn) -> int:
    return int(match(turn)["page"] or 0)


async def _is_offered(turn: Turn, shown: Composed, name: str, value: str) -> bool:
    if name == "country":
        return turn.desk.places.countries.country(value) is not None
    return value in await offers_of(turn.tx, turn.desk, turn.t, shown, name)
