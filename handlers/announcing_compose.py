"""/announce: an announcement is written as people will see it, version by version."""

from __future__ import annotations

from telegram import Message as TelegramMessage
from telegram import Update

from bot.announcements import composing
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.composed import Composed
from bot.announcements.composing import NotOpenError, TooLongError
from bot.announcements.content import ALBUM_LIMIT, Content, Medium, MediumKind
from bot.members import words
from bot.members.words import AwaitedWords, Purpose
from handlers.announcement_preview import post_preview, post_previews
from handlers.announcing_guard import for_composers, found_in, number_in, open_in
from handlers.announcing_screens import show_menu, show_texts
from handlers.listings import ask_again, await_words
from handlers.turn import Turn, match
from handlers.views import announce as views
from handlers.views.announcement import longest, mark_length

_MEDIA: tuple[MediumKind, ...] = ("photo", "video", "animation", "document", "audio", "voice")
"""In this order: an animation is also called a document by Telegram."""


@for_composers
async def new(_update: Update, turn: Turn) -> None:
    """Begin one."""
    number = await composing.begin(turn.tx, turn.desk.rights, by=turn.person.id, now=turn.now)
    await _ask(turn, number, turn.t.language)


@for_composers
async def show(_update: Update, turn: Turn) -> None:
    """An announcement; whatever words were awaited for it are so no more."""
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    show_menu(turn, (await found_in(turn)).announcement.id)


@for_composers
async def texts(_update: Update, turn: Turn) -> None:
    """Its versions."""
    show_texts(turn, (await open_in(turn)).announcement.id)


@for_composers
async def text(_update: Update, turn: Turn) -> None:
    """One version; where there is none, it is asked for."""
    shown, language = await open_in(turn), match(turn)["language"]
    if shown.content(language) is None:
        await _ask(turn, shown.announcement.id, language)
    else:
        turn.show(views.text(turn.t, shown, language))


@for_composers
async def write(_update: Update, turn: Turn) -> None:
    """The button after which a version is written."""
    shown = await open_in(turn)
    await _ask(turn, shown.announcement.id, match(turn)["language"])


@for_composers
async def look(_update: Update, turn: Turn) -> None:
    """A version, as its readers get it."""
    shown, language = await found_in(turn), match(turn)["language"]
    if shown.content(language) is None:
        raise NoSuchAnnouncementError
    post_previews(turn.post, turn.person.id, shown, [language])


@for_composers
async def test(_update: Update, turn: Turn) -> None:
    """As whoever composes it will get it."""
    shown = await found_in(turn)
    language = shown.language_for(turn.person.language)
    if language is None:
        await _ask(turn, shown.announcement.id, turn.t.language)
    else:
        post_previews(turn.post, turn.person.id, shown, [language])


@for_composers
async def remove(_update: Update, turn: Turn) -> None:
    """A version is taken away."""
    number, language = number_in(turn), match(turn)["language"]
    await composing.remove_text(turn.tx, turn.desk.rights, number, language, by=turn.person.id, now=turn.now)
    show_texts(turn, (await open_in(turn)).announcement.id)


@for_composers
async def ask_discarding(_update: Update, turn: Turn) -> None:
    """Before it is thrown away."""
    turn.show(views.ask_discarding(turn.t, (await open_in(turn)).announcement.id))


def is_over(awaited: AwaitedWords, message: TelegramMessage) -> bool:
    """Whether what was awaited has come: an album goes on only with its own pictures."""
    album = _album_of(awaited)
    return awaited.purpose == Purpose.ANNOUNCEMENT and bool(album) and message.media_group_id != album


async def take(turn: Turn, awaited: AwaitedWords, message: TelegramMessage) -> None:
    """A version was written, or forwarded. Raises NotAllowedError."""
    content, language = content_of(message), awaited.state.partition(":")[0]
    if content is None:
        ask_again(turn, awaited, views.not_taken(turn.t))
        return
    try:
        shown = await composing.open_one(turn.tx, turn.desk.rights, awaited.about, by=turn.person.id)
        before = shown.content(language) if _album_of(awaited) else None
        if before is not None:
            if len(before.media) == ALBUM_LIMIT:
                turn.say(views.album_too_long(turn.t), in_reply=True)
                return
            content = _together(before, content)
        await _keep(turn, shown, language, content)
    except TooLongError as error:
        ask_again(turn, awaited, views.too_long(turn.t, error.written, error.at_most))
    except (NoSuchAnnouncementError, NotOpenError):
        await words.stop(turn.tx, turn.person.id, turn.chat_id)
        turn.say(views.not_open(turn.t), in_reply=True)
    else:
        await _await_rest(turn, awaited, language, message.media_group_id)


def content_of(message: TelegramMessage) -> Content | None:
    """What a message says, with its formatting; None if it is of a kind that cannot be announced."""
    if message.text is not None:
        return Content(message.text, tuple(entity.to_dict() for entity in message.entities))
    for kind in _MEDIA:
        sent = getattr(message, kind)
        if sent:
            medium = Medium(kind, sent[-1].file_id if kind == "photo" else sent.file_id)
            entities = tuple(entity.to_dict() for entity in message.caption_entities)
            return Content(message.caption or "", entities, (medium,))
    return None


async def _ask(turn: Turn, number: int, language: str) -> None:
    question = views.ask_content(turn.t, number, language)
    await await_words(turn, Purpose.ANNOUNCEMENT, question, about=number, state=language)


async def _keep(turn: Turn, shown: Composed, language: str, content: Content) -> None:
    number, rights, by = shown.announcement.id, turn.desk.rights, turn.person.id
    mark = mark_length(turn.translator(language)) if shown.announcement.is_official else 0
    at_most = longest(content, has_buttons=bool(shown.buttons)) - mark
    await composing.set_text(turn.tx, rights, number, language, content, at_most=at_most, by=by, now=turn.now)
    kept = await composing.composed(turn.tx, number)
    post_preview(turn.post, by, kept, language, now=turn.now)


async def _await_rest(turn: Turn, awaited: AwaitedWords, language: str, album: str | None) -> None:
    """The other pictures of an album come by themselves, one after the other."""
    if album is None:
        await words.stop(turn.tx, turn.person.id, turn.chat_id)
    elif not _album_of(awaited):
        await words.go_on(turn.tx, awaited, f"{language}:{album}", turn.now)


def _album_of(awaited: AwaitedWords) -> str:
    return awaited.state.partition(":")[2]


def _together(before: Content, more: Content) -> Content:
    """The album so far and its next picture; the words are those of whichever has some."""
    said = more if more.text and not before.text else before
    return Content(said.text, said.entities, (*before.media, *more.media))
