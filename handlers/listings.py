"""/people and /centers: the Secretariat's lists, with what they are filtered by."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.members import listing, words
from bot.members.listing import EVERY_MEMBER, EVERYBODY_ACTIVE, Listing, OldSearchError
from bot.members.roles import NotAllowedError
from bot.members.words import AwaitedWords, Purpose
from bot.places.countries import Country
from bot.places.names import Suggestions
from handlers.announcing import only_this
from handlers.record_guard import for_staff
from handlers.turn import Turn, match
from handlers.views import listings as views
from handlers.views import staff
from handlers.views.list_state import packed, unpacked
from handlers.views.message import Message
from storage.records import FollowUp

PAGE_OF_LIST = "members_page"
"""The renderer of a page: it may take a while to find what is on it."""
WORDS_ASKED = "members_words_asked"
"""The follow-up that notes where the question is that is to be replied to."""


async def show_centers(_update: Update, turn: Turn) -> None:
    """/centers, and what stands behind it is looked for."""
    await _command(turn, EVERY_MEMBER)


async def show_people(_update: Update, turn: Turn) -> None:
    """/people, and what stands behind it is looked for."""
    await _command(turn, EVERYBODY_ACTIVE)


@for_staff
async def show_list(_update: Update, turn: Turn) -> None:
    """A page of a list."""
    shown = listing_in(turn)
    await listing.words_of(turn.tx, shown)  # before it is queued: an old search is told at once
    turn.show_later(PAGE_OF_LIST, page_args(turn, shown))


@for_staff
async def choose(_update: Update, turn: Turn) -> None:
    """What a list can be filtered by, in one respect."""
    turn.show(views.choose(turn.t, listing_in(turn), match(turn)["dimension"]))


@for_staff
async def choose_country(_update: Update, turn: Turn) -> None:
    """The countries that there are in a list."""
    shown = listing_in(turn)
    found = await listing.countries_of(turn.tx, turn.desk.rights, shown, by=turn.person.id)
    page = int(match(turn)["page"])
    turn.show(views.choose_country(turn.t, shown, found, turn.desk.places.countries, page))


@for_staff
async def ask_words(_update: Update, turn: Turn) -> None:
    """The button after which words to look for, or a country, are written."""
    shown, in_group = listing_in(turn), not turn.is_private
    if match(turn)["what"] == "country":
        await await_words(
            turn, Purpose.COUNTRY, views.ask_country(turn.t, shown, in_group=in_group), state=packed(shown)
        )
    else:
        await await_words(turn, Purpose.SEARCH, views.ask_words(turn.t, shown, in_group=in_group), state=packed(shown))


async def take_search(turn: Turn, awaited: AwaitedWords, text: str) -> None:
    """Words to look for were written."""
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    await _look_for(turn, _state_of(awaited), text)


async def take_country(turn: Turn, awaited: AwaitedWords, text: str) -> None:
    """A country was written."""
    countries, shown = turn.desk.places.countries, _state_of(awaited)
    match countries.find_country(text, turn.person.language):
        case Country(code):
            await words.stop(turn.tx, turn.person.id, turn.chat_id)
            chosen = replace(shown, country=code, page=0)
            turn.say_later(PAGE_OF_LIST, page_args(turn, chosen))
        case Suggestions(choices):
            ask_again(turn, awaited, views.not_a_country(turn.t, shown, [one.code for one in choices], countries))
        case _unknown:
            ask_again(turn, awaited, views.not_a_country(turn.t, shown, (), countries))


async def await_words(
    turn: Turn, purpose: Purpose, question: Message, *, is_center: bool = False, about: int = 0, state: str = ""
) -> None:
    """Ask for words; what is written next is meant for them. Raises NotAllowedError."""
    await only_this(turn)
    awaited = AwaitedWords(turn.person.id, purpose, is_center, about, turn.chat_id, turn.now, state)
    await words.ask(turn.tx, turn.desk.rights, awaited)
    turn.say(question, follow_up=FollowUp(WORDS_ASKED, awaited.as_args()))


def ask_again(turn: Turn, awaited: AwaitedWords, message: Message) -> None:
    """What was written does not do; what is written in reply to this counts as well."""
    turn.say(message, in_reply=True, follow_up=FollowUp(WORDS_ASKED, awaited.as_args()))


def listing_in(turn: Turn) -> Listing:
    """The list that a button is under. Raises OldSearchError if it is of another version of the bot."""
    found = unpacked(match(turn)["state"])
    if found is None:
        raise OldSearchError
    return found


def page_args(turn: Turn, shown: Listing) -> dict[str, object]:
    """What the renderer of a page has to know."""
    return {"state": packed(shown), "by": turn.person.id}


async def _command(turn: Turn, shown: Listing) -> None:
    message = turn.message
    text = (message.text or "").partition(" ")[2].strip() if message else ""
    try:
        await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    except NotAllowedError:
        turn.say(staff.only_staff(turn.t))
        return
    await _look_for(turn, shown, text)


async def _look_for(turn: Turn, shown: Listing, text: str) -> None:
    if text:
        shown = await listing.look_for(
            turn.tx, turn.desk.rights, shown, text, turn.desk.places.countries,
            language=turn.person.language, by=turn.person.id, now=turn.now,
        )  # fmt: skip
    turn.say_later(PAGE_OF_LIST, page_args(turn, shown))


def _state_of(awaited: AwaitedWords) -> Listing:
    found = unpacked(awaited.state)
    assert found is not None  # noqa: S101 - it was a list when the words were asked for
    return found
