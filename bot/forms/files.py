"""Files that are sent to the bot. Telegram keeps them; what is stored is how it names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import PurePath
from types import MappingProxyType

from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Wrong
from bot.forms.texts import tidy
from storage.records.drafts import Json

MEGABYTE = 1_000_000
PDF: MappingProxyType[str, str] = MappingProxyType({".pdf": "application/pdf"})
IMAGES: MappingProxyType[str, str] = MappingProxyType(
    {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
)


@dataclass(frozen=True, slots=True)
class SentFile:
    """What Telegram says of a file."""

    file_id: str
    name: str
    mime_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class File(Kind):
    """A file of one of these types, by the ends of their names; the value has the fields of a `SentFile`."""

    types: Mapping[str, str]
    at_most_megabytes: int = 10

    def read(self, _typed: str, _at: Circumstances) -> Outcome:
        return Wrong(Problem.FILE_EXPECTED)

    def sent(self, file: SentFile) -> Outcome:
        """What becomes of a file: its name and its type must say the same, and be among those that are wanted."""
        if self.types.get(PurePath(file.name).suffix.lower()) != file.mime_type:
            return Wrong(Problem.WRONG_FILE)
        if file.size_bytes > self.at_most_megabytes * MEGABYTE:
            return Wrong(Problem.FILE_TOO_LARGE, self.at_most_megabytes)
        return Understood({**asdict(file), "name": tidy(file.name)})

    def fits(self, value: Json) -> bool:
        return isinstance(value, dict) and value.keys() == {field.name for field in fields(SentFile)}
