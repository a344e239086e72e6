"""The preview of an announcement: sent as its readers get it, so that what Telegram refuses is refused now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.announcements import composing
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.composed import Composed
from bot.announcements.content import Content
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.announcing_screens import menu_behind
from handlers.turn import Desk
from handlers.views import announce as views
from handlers.views.announcement import calls
from storage import outbox, people
from storage.outbox import Post
from storage.records import Call, Failure, FollowUp, NewMessage, Rendered
from storage.records.durations import SECOND_US
from storage.session import Session, Transaction

Args = Mapping[str, Any]
PREVIEW = "announcement_preview"
SEEN = "announcement_preview_seen"
REFUSED = "announcement_preview_refused"
ALBUM_WAIT_US = SECOND_US
"""The pictures of an album come one by one: the preview waits for the next one so long."""
_OFFSET = re.compile(r"(?P<unit>byte|utf-16) offset (?P<at>\d+)", re.IGNORECASE)
PLACE_UNITS = 40
"""About so many characters tell where it is."""


def post_preview(post: Post, person_id: int, shown: Composed, language: str, *, now: int) -> None:
    """Show a version that was just written, then the menu."""
    content = shown.content(language)
    is_album = content is not None and bool(content.media)
    post(_preview(person_id, shown, [language], not_before=now + ALBUM_WAIT_US if is_album else 0, has_menu=True))


def post_previews(
    post: Post, person_id: int, shown: Composed, languages: Sequence[str], *, has_menu: bool = False
) -> None:
    """Show versions one after the other, then the menu if it is wanted."""
    if languages:
        post(_preview(person_id, shown, languages, has_menu=has_menu))


def _preview(
    person_id: int, shown: Composed, languages: Sequence[str], *, has_menu: bool, not_before: int = 0, part: int = 0
) -> NewMessage:
    args = {
        "announcement": shown.announcement.id, "languages": [*languages], "mark": shown.mark(languages[0]),
        "part": part, "menu": has_menu,
    }  # fmt: skip
    return NewMessage(
        person_id, Rendered(PREVIEW, args), follow_up=FollowUp(SEEN, args), on_failure=FollowUp(REFUSED, args),
        not_before=not_before,
    )  # fmt: skip


class PreviewDelivery:
    """Renders previews, and notes what Telegram says of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def renderers(self) -> Mapping[str, Renderer]:
        return {PREVIEW: self._preview}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {SEEN: self._seen, REFUSED: self._refused}

    async def _preview(self, session: Session, _chat_id: int, args: Args) -> Call | None:
        shown = await _found(session, args)
        if shown is None:
            return None
        parts = self._parts(shown, args["languages"][0])
        return parts[args["part"]] if args["part"] < len(parts) else None

    async def _seen(self, tx: Transaction, chat_id: int, args: Args, _result: Any) -> None:
        """Telegram has taken it: what comes next is the rest of it, then the next version, then the menu."""
        shown, now = await _found(tx, args), self._desk.clock.now_us()
        if shown is None:
            return
        language, others = args["languages"][0], args["languages"][1:]
        if args["part"] + 1 < len(self._parts(shown, language)):
            more = _preview(chat_id, shown, args["languages"], part=args["part"] + 1, has_menu=args["menu"])
            outbox.add(tx, more, now)
            return
        await composing.accept(tx, shown.announcement.id, language, args["mark"], now)
        self._go_on(tx, chat_id, shown, others, has_menu=args["menu"])

    async def _refused(self, tx: Transaction, chat_id: int, args: Args, failure: Failure) -> None:
        shown, reader = await _found(tx, args), await people.find(tx, chat_id)
        if shown is None or reader is None or failure.is_unreachable:
            return
        language = args["languages"][0]
        content = shown.content(language) or Content("")
        message = views.refused(
            self._desk.catalogues.translator(reader.language), language, failure.reason, place(failure.reason, content)
        )
        outbox.add(tx, NewMessage(chat_id, Call("sendMessage", message.as_params())), self._desk.clock.now_us())
        self._go_on(tx, chat_id, shown, args["languages"][1:], has_menu=args["menu"])

    def _go_on(
        self, tx: Transaction, chat_id: int, shown: Composed, languages: Sequence[str], *, has_menu: bool
    ) -> None:
        now = self._desk.clock.now_us()
        if languages:
            outbox.add(tx, _preview(chat_id, shown, languages, has_menu=has_menu), now)
        elif has_menu and shown.is_open:
            outbox.add(tx, menu_behind(chat_id, shown.announcement.id), now)

    def _parts(self, shown: Composed, language: str) -> tuple[Call, ...]:
        one, content = shown.announcement, shown.content(language)
        if content is None:
            return ()
        reader = self._desk.catalogues.translator(language)
        return calls(content, shown.buttons, reader, one.id, is_official=one.is_official)


def place(reason: str, content: Content) -> str:
    """The words at which Telegram stumbles, as far as it says where that is."""
    found = _OFFSET.search(reason)
    if found is None:
        return ""
    is_bytes = found["unit"].lower() == "byte"
    encoding, width = ("utf-8", 1) if is_bytes else ("utf-16-le", 2)
    at, encoded = width * int(found["at"]), content.text.encode(encoding, "replace")
    around = encoded[max(0, at - width * PLACE_UNITS // 2) : at + width * PLACE_UNITS // 2]
    return around.decode(encoding, "ignore")


async def _found(session: Session, args: Args) -> Composed | None:
    """The announcement as it was when this was queued; None if it is gone, or has changed since."""
    try:
        shown = await composing.composed(session, args["announcement"])
    except NoSuchAnnouncementError:
        return None
    return shown if shown.mark(args["languages"][0]) == args["mark"] else None
