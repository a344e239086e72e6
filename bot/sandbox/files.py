"""Files that bots and persons send: kept in memory, known by `file_id`."""

from __future__ import annotations

import base64
import mimetypes
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.images import dimensions
from bot.sandbox.wire import Json

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
"""Limits that the Bot API documentation gives for photos, for other uploads, and for `getFile`."""
MAX_PHOTO_SIDES_SUM = 10_000
MAX_PHOTO_RATIO = 20
UNKNOWN_TYPE = "application/octet-stream"
PHOTO_LONG_SIDES = (90, 320, 800, 1280, 2560)
"""The long sides of the sizes in which Telegram offers a photo."""

_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}
_ID_PREFIXES = {"photo": "AgACAgQAAx", "document": "BQACAgQAAx", "voice": "AwACAgQAAx", "sticker": "CAACAgQAAx"}


class BadPhotoError(ValueError):
    """The bytes are no photo that Telegram would take; the text is the error that it gives."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file (of a photo: one of its sizes)."""

    file_id: str
    file_unique_id: str
    kind: str
    content: bytes
    name: str
    mime_type: str
    path: str
    api: Json
    """The Bot API object that describes it: `PhotoSize`, `Document`, `Voice` or `Sticker`."""

    def to_file(self) -> Json:
        """The Bot API `File` that `getFile` answers with."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }


class FileStore:
    """All files, by `file_id` and by path."""

    def __init__(self, seed: int) -> None:
        self._ids = random.Random(seed)  # noqa: S311 (identifiers that a rerun repeats, not secrets)
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._photo_sizes: dict[str, list[Json]] = {}
        self._last_number = 0

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def photo_sizes(self, file_id: str) -> list[Json]:
        """All sizes of the photo of which `file_id` names one."""
        return self._photo_sizes[file_id]

    def add(self, kind: str, content: bytes, name: str, mime_type: str = "", extra: Json | None = None) -> StoredFile:
        """Keep a file that is no photo but a "document", "voice" or "sticker".

        `extra` are further fields of its Bot API object.
        """
        if mime_type in {"", UNKNOWN_TYPE}:
            mime_type = mimetypes.guess_type(name)[0] or UNKNOWN_TYPE
        description = dict(extra or {})
        if kind == "document":
            description = {"file_name": name, "mime_type": mime_type, **description}
        return self._keep(kind, content, name, mime_type, description)

    def add_photo(self, content: bytes, name: str, mime_type: str = "") -> list[Json]:
        """Keep a photo and return its sizes (Bot API `PhotoSize` objects), smallest first.

        Every size gives the same bytes: the sandbox does not scale pictures.

        Raises:
            BadPhotoError: it is no picture, or too long, or too narrow.
        """
        size = dimensions(content)
        if size is None:
            raise BadPhotoError("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > MAX_PHOTO_SIDES_SUM or max(size) > MAX_PHOTO_RATIO * min(size):
            raise BadPhotoError("PHOTO_INVALID_DIMENSIONS")
        mime_type = mime_type or mimetypes.guess_type(name)[0] or "image/jpeg"
        sizes = [
            self._keep("photo", content, name, mime_type, {"width": wide, "height": high}).api
            for wide, high in _scaled(width, height)
        ]
        for one in sizes:
            self._photo_sizes[one["file_id"]] = sizes
        return sizes

    def _keep(self, kind: str, content: bytes, name: str, mime_type: str, description: Json) -> StoredFile:
        self._last_number += 1
        file_id = _ID_PREFIXES[kind] + self._letters(36)
        unique_id = "AQAD" + self._letters(9)
        ending = name.rpartition(".")[2].lower() if "." in name else ""
        ending = ending if ending.isalnum() else {"photo": "jpg"}.get(kind, "bin")
        path = f"{_FOLDERS[kind]}/file_{self._last_number}.{ending}"
        api = {"file_id": file_id, "file_unique_id": unique_id, "file_size": len(content), **description}
        stored = StoredFile(file_id, unique_id, kind, content, name, mime_type, path, api)
        self._by_id[file_id] = stored
        self._by_path[path] = stored
        return stored

    def _letters(self, count_bytes: int) -> str:
        return base64.urlsafe_b64encode(self._ids.randbytes(count_bytes)).decode().rstrip("=")


def _scaled(width: int, height: int) -> Iterator[tuple[int, int]]:
    longest = max(width, height)
    for long_side in PHOTO_LONG_SIDES:
        if long_side >= longest:
            yield width, height
            return
        yield max(1, width * long_side // longest), max(1, height * long_side // longest)
