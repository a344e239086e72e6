"""Making an announcement: by whom, what may be changed of it until it is confirmed, and when it is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.announcements import board
from bot.announcements.composed import ENGLISH, Composed
from bot.announcements.content import Content, folded, heading, length, read_content
from bot.members.roles import Rights
from storage import announcements, audit
from storage.records.announcements import Action, Announcement, AnnouncementButton, AnnouncementState
from storage.session import Session, Transaction


class NotOpenError(Exception):
    """It is not being composed (any more): it was confirmed, or has gone out."""


class StaleAnnouncementError(Exception):
    """It was changed since it was shown."""


class TooManyLinksError(Exception):
    """It has as many buttons that open an address as it can have."""


class TooLongError(Exception):
    """Telegram does not take so many words in one message."""

    def __init__(self, written: int, at_most: int) -> None:
        super().__init__(written, at_most)
        self.written = written
        self.at_most = at_most


async def begin(tx: Transaction, rights: Rights, *, by: int, now: int) -> int:
    """Begin an announcement; its number. Raises NotAllowedError."""
    await rights.need_staff(tx, by)
    number = await announcements.add(tx, made_by=by, now=now)
    await audit.add(tx, by, "announcement.compose", _named(number), now=now)
    return number


async def find(session: Session, rights: Rights, number: int, *, by: int) -> Composed:
    """An announcement with all that it says. Raises NotAllowedError, NoSuchAnnouncementError."""
    await rights.need_staff(session, by)
    return await composed(session, number)


async def composed(session: Session, number: int) -> Composed:
    """As `find`, for what the bot does by itself."""
    announcement = await board.find(session, number)
    texts, buttons = await announcements.texts(session, number), await announcements.buttons(session, number)
    return Composed(announcement, tuple(texts), tuple(buttons))


async def open_one(session: Session, rights: Rights, number: int, *, by: int) -> Composed:
    """As `find`, one that is being composed. Raises NotOpenError too."""
    found = await find(session, rights, number, by=by)
    if not found.is_open:
        raise NotOpenError
    return found


async def set_text(
    tx: Transaction, rights: Rights, number: int, language: str, content: Content, *, at_most: int, by: int, now: int
) -> None:
    """Give it a version in a language, or another; Telegram has to take its preview before it can be sent.

    Raises:
        NotAllowedError, NoSuchAnnouncementError, NotOpenError: as `open_one`.
        TooLongError: it has more than `at_most` UTF-16 code units.
    """
    found = await open_one(tx, rights, number, by=by)
    if length(content.text) > at_most:
        raise TooLongError(length(content.text), at_most)
    await announcements.set_text(tx, number, language, content.as_json())
    await _touch(tx, found.announcement)
    await _note(tx, number, "texts", by=by, now=now)


async def remove_text(tx: Transaction, rights: Rights, number: int, language: str, *, by: int, now: int) -> None:
    """Take a version away. Raises as `open_one` does."""
    found = await open_one(tx, rights, number, by=by)
    await announcements.remove_text(tx, number, language)
    await _touch(tx, found.announcement)
    await _note(tx, number, "texts", by=by, now=now)


async def add_link(tx: Transaction, rights: Rights, number: int, label: str, url: str, *, by: int, now: int) -> None:
    """A button that opens an address. Raises as `open_one` does, and TooManyLinksError."""
    found = await open_one(tx, rights, number, by=by)
    links = need_room(found)
    await _set_buttons(tx, found, [*links, AnnouncementButton(Action.LINK, label, url)], by=by, now=now)


def need_room(found: Composed) -> list[AnnouncementButton]:
    """The links that it has so far. Raises TooManyLinksError where it can have no more."""
    if not found.has_room_for_link:
        raise TooManyLinksError
    return found.links


async def remove_links(tx: Transaction, rights: Rights, number: int, *, by: int, now: int) -> None:
    """No button that opens an address any more. Raises as `open_one` does."""
    await _set_buttons(tx, await open_one(tx, rights, number, by=by), [], by=by, now=now)


async def set_button(
    tx: Transaction, rights: Rights, number: int, action: Action, *, is_on: bool, by: int, now: int
) -> None:
    """Have a button, or not; the order is always the same. Raises as `open_one` does."""
    found = await open_one(tx, rights, number, by=by)
    actions = {button.action for button in found.buttons} - {Action.LINK}
    kept = actions | {action} if is_on else actions - {action}
    await _set_buttons(tx, found, found.links, by=by, now=now, actions=kept)


async def change(
    tx: Transaction, rights: Rights, number: int, field: str, *, by: int, now: int, **changes: Any
) -> Composed:
    """Change what is set of it, beside what it says; `field` is what it is called in the log.

    Raises as `open_one` does, and StaleAnnouncementError.
    """
    found = await open_one(tx, rights, number, by=by)
    await _change(tx, replace(found.announcement, **changes))
    if "is_official" in changes:
        await _unaccept(tx, found)
    await _note(tx, number, field, by=by, now=now)
    return await composed(tx, number)


async def set_audience(tx: Transaction, rights: Rights, number: int, *, by: int, now: int, **blocks: Any) -> Composed:
    """Change building blocks of whom it is for. Raises as `change` does."""
    found = await open_one(tx, rights, number, by=by)
    audience = replace(found.audience, **blocks)
    return await change(tx, rights, number, "audience", by=by, now=now, audience=audience.as_json())


async def accept(tx: Transaction, number: int, language: str, mark: str, now: int) -> bool:
    """Telegram has taken the preview of a version; False if it has changed since."""
    found = await composed(tx, number)
    if not found.is_open or found.mark(language) != mark:
        return False
    await announcements.accept_text(tx, number, language, now)
    return True


async def discard(tx: Transaction, rights: Rights, number: int, *, by: int, now: int) -> None:
    """Throw away what was not sent. Raises as `open_one` does."""
    await open_one(tx, rights, number, by=by)
    if not await announcements.delete_draft(tx, number):
        raise NotOpenError
    await audit.add(tx, by, "announcement.discard", _named(number), now=now)


async def copy(tx: Transaction, rights: Rights, number: int, *, by: int, now: int, as_template: bool = False) -> int:
    """A new one that says the same to the same, to be used again; its number. Raises as `find` does."""
    found = await find(tx, rights, number, by=by)
    copied = await announcements.add(tx, made_by=by, now=now)
    made = await composed(tx, copied)
    for text in found.texts:
        await announcements.set_text(tx, copied, text.language, text.content)
    await announcements.set_buttons(tx, copied, found.buttons)
    state = AnnouncementState.TEMPLATE if as_template else AnnouncementState.DRAFT
    kept = replace(
        made.announcement, state=state, is_official=found.announcement.is_official,
        audience=found.announcement.audience,
    )  # fmt: skip
    await _touch(tx, kept)
    act = "announcement.template" if as_template else "announcement.compose"
    await audit.add(tx, by, act, _named(copied), now=now, after={"like": number})
    return copied


async def name_anew(tx: Transaction, number: int) -> None:
    """It says something else where it was sent: it is called so in lists, and found by that."""
    await _touch(tx, (await composed(tx, number)).announcement)


async def _set_buttons(
    tx: Transaction,
    found: Composed,
    links: Sequence[AnnouncementButton],
    *,
    by: int,
    now: int,
    actions: frozenset[Action] | set[Action] | None = None,
) -> None:
    number = found.announcement.id
    kept = {button.action for button in found.buttons} if actions is None else actions
    others = [AnnouncementButton(one) for one in Action if one in kept and one != Action.LINK]
    await announcements.set_buttons(tx, number, [*links, *others])
    await _unaccept(tx, found)
    await _change(tx, found.announcement)
    await _note(tx, number, "buttons", by=by, now=now)


async def _unaccept(tx: Transaction, found: Composed) -> None:
    """Its readers see something else now: Telegram has to take it anew."""
    for text in found.texts:
        await announcements.set_text(tx, found.announcement.id, text.language, text.content)


async def _touch(tx: Transaction, announcement: Announcement) -> None:
    """What it says has changed, and with it what it is called in lists and found by."""
    found = await composed(tx, announcement.id)
    first = found.language_for(ENGLISH)
    content = None if first is None else found.content(first)
    await _change(tx, replace(announcement, heading="" if content is None else heading(content)))
    contents = [read_content(text.content).text for text in found.texts]
    await announcements.set_sought(tx, announcement.id, folded(" ".join(contents)))


async def _change(tx: Transaction, changed: Announcement) -> None:
    if not await announcements.change(tx, changed):
        raise StaleAnnouncementError


async def _note(tx: Transaction, number: int, what: str, *, by: int, now: int) -> None:
    await audit.add(tx, by, "announcement.change", _named(number), now=now, after={"what": what})


def _named(number: int) -> str:
    return f"announcement:{number}"
