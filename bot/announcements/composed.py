"""An announcement with all that it says: in which languages, in how many messages, and whether it is still composed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from bot.announcements.audience import Audience, read_audience
from bot.announcements.content import Content, read_content
from storage.records.announcements import (
    Action,
    Announcement,
    AnnouncementButton,
    AnnouncementState,
    AnnouncementText,
)

LINKS_AT_MOST = 4
ENGLISH = "en"
OPEN_STATES = frozenset({AnnouncementState.DRAFT, AnnouncementState.TEMPLATE})


@dataclass(frozen=True, slots=True)
class Composed:
    """An announcement with all that it says."""

    announcement: Announcement
    texts: tuple[AnnouncementText, ...]
    buttons: tuple[AnnouncementButton, ...]

    @property
    def audience(self) -> Audience:
        """Whom it is for."""
        return read_audience(self.announcement.audience)

    @property
    def is_open(self) -> bool:
        """Whether it is being composed."""
        return self.announcement.state in OPEN_STATES

    @property
    def languages(self) -> tuple[str, ...]:
        """In which it was written."""
        return tuple(text.language for text in self.texts)

    @property
    def links(self) -> list[AnnouncementButton]:
        """Its buttons that open an address."""
        return [button for button in self.buttons if button.action == Action.LINK]

    @property
    def has_room_for_link(self) -> bool:
        """Whether it can have one more of them."""
        return len(self.links) < LINKS_AT_MOST

    @property
    def messages(self) -> int:
        """How many messages it is to one reader, at most: each picture of an album is one."""
        parts = [max(1, len(read_content(text.content).media)) for text in self.texts]
        return max((part + bool(self.buttons) if part > 1 else part for part in parts), default=1)

    def content(self, language: str) -> Content | None:
        """What it says in a language."""
        return next((read_content(text.content) for text in self.texts if text.language == language), None)

    def language_for(self, language: str) -> str | None:
        """In which of its languages somebody with this one gets it; None: it says nothing yet."""
        return next((one for one in (language, ENGLISH, *self.languages) if one in self.languages), None)

    def mark(self, language: str) -> str:
        """Differs as soon as anything that a reader of this version sees does."""
        content = self.content(language)
        shown = [None if content is None else content.as_json(), self.announcement.is_official]
        as_text = json.dumps([*shown, [asdict(button) for button in self.buttons]])
        return hashlib.sha256(as_text.encode()).hexdigest()[:16]
