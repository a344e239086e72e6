"""What an announcement says, exactly as it was composed in the chat: words with their formatting, pictures, files."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from storage import plain_json

MediumKind: TypeAlias = Literal["photo", "document", "video", "audio", "animation", "voice"]
TEXT_LIMIT = 4_096
"""UTF-16 code units of a message without pictures or files, as Telegram counts."""
CAPTION_LIMIT = 1_024
ALBUM_LIMIT = 10
HEADING_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or file that Telegram has, by its `file_id`."""

    kind: MediumKind
    file_id: str


@dataclass(frozen=True, slots=True)
class Content:
    """Words (or the caption of the first picture) with Telegram's entities, and pictures or files in their order."""

    text: str
    entities: tuple[Mapping[str, Any], ...] = ()
    media: tuple[Medium, ...] = ()

    def as_json(self) -> str:
        media = [[medium.kind, medium.file_id] for medium in self.media]
        return plain_json.written({"text": self.text, "entities": list(self.entities), "media": media})


def read_content(content: str) -> Content:
    """The content that `Content.as_json` has written."""
    kept = plain_json.read(content)
    media = tuple(Medium(kind, file_id) for kind, file_id in kept["media"])
    return Content(kept["text"], tuple(kept["entities"]), media)


def length(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def heading(content: Content) -> str:
    """The first words, for lists."""
    line = " ".join(content.text.split()) or "–"
    return line if len(line) <= HEADING_AT_MOST else f"{line[: HEADING_AT_MOST - 1]}…"


def folded(text: str) -> str:
    """Words as they are looked for: without accents and capitals."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(bare.casefold().split())
