"""The announcements that there are: looked through, searched, and used again."""

from __future__ import annotations

from telegram import Update

from bot.announcements import composing
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.content import folded
from bot.members import words
from bot.members.roles import NotAllowedError
from bot.members.words import AwaitedWords, Purpose
from handlers.announcing_guard import for_composers, number_in
from handlers.announcing_screens import show_menu
from handlers.center import is_number
from handlers.listings import await_words
from handlers.turn import Turn, match
from handlers.views import announce as menu_views
from handlers.views import announce_lists as views
from handlers.views import staff
from handlers.views.announce_lists import Page
from storage import announcements
from storage.records.announcements import AnnouncementState

PAGE = 8
KINDS = {
    "sent": (*announcements.PAST, AnnouncementState.WAITING),
    "planned": announcements.PLANNED,
    "drafts": (AnnouncementState.DRAFT,),
    "templates": (AnnouncementState.TEMPLATE,),
}
WORDS_AT_MOST = 100


async def command(_update: Update, turn: Turn) -> None:
    """/announce."""
    try:
        await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    except NotAllowedError:
        turn.say(staff.only_staff(turn.t))
        return
    if not turn.is_private:
        turn.say(menu_views.in_private(turn.t, turn.bot.username))
        return
    turn.say(views.listing(turn.t, await _page(turn, "sent")))


async def open_link(turn: Turn, payload: str) -> bool:
    """A link that leads to an announcement; False if it is none, or there is no such announcement (any more)."""
    number = payload.removeprefix(views.LINK)
    if not payload.startswith(views.LINK) or not is_number(number):
        return False
    try:
        await composing.find(turn.tx, turn.desk.rights, int(number), by=turn.person.id)
    except NotAllowedError:
        turn.say(staff.only_staff(turn.t))
    except NoSuchAnnouncementError:
        return False
    else:
        show_menu(turn, int(number))
    return True


@for_composers
async def show(_update: Update, turn: Turn) -> None:
    """A list."""
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    kind, after = match(turn)["kind"] or "sent", match(turn)["after"]
    turn.show(views.listing(turn.t, await _page(turn, kind, after=None if after is None else int(after))))


@for_composers
async def ask_words(_update: Update, turn: Turn) -> None:
    """The button after which the words are written that are looked for."""
    await await_words(turn, Purpose.ANNOUNCEMENT_SEARCH, views.ask_words(turn.t))


@for_composers
async def again(_update: Update, turn: Turn) -> None:
    """A new one that says the same to the same."""
    copied = await composing.copy(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id, now=turn.now)
    show_menu(turn, copied)


@for_composers
async def keep(_update: Update, turn: Turn) -> None:
    """A template that says the same to the same."""
    number, rights, by = number_in(turn), turn.desk.rights, turn.person.id
    await composing.copy(turn.tx, rights, number, by=by, now=turn.now, as_template=True)
    turn.answer_press(views.kept_toast(turn.t))


async def take_words(turn: Turn, _awaited: AwaitedWords, text: str) -> None:
    """Words to look for were written."""
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    turn.say(views.listing(turn.t, await _page(turn, "sent", looked_for=text[:WORDS_AT_MOST])))


async def _page(turn: Turn, kind: str, *, after: int | None = None, looked_for: str = "") -> Page:
    states = tuple(AnnouncementState) if looked_for else KINDS[kind]
    found = await announcements.list_page(
        turn.tx, words=folded(looked_for), after=after, at_most=PAGE + 1, states=states
    )
    seen = found[:PAGE]
    return Page(kind, seen, seen[-1].id if len(found) > PAGE else None, looked_for)
