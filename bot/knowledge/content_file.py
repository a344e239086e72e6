"""One content file: Markdown with YAML front matter, read with a clear word on whatever is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import frontmatter
import yaml  # type: ignore[import-untyped]

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Fault:
    """``file`` is relative to the content folder."""

    file: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}"


@dataclass
class ContentFile:
    """A file's fields. Reading one that is missing or malformed notes a fault and gives an empty value."""

    id: str
    name: str
    body: str
    fields: Mapping[str, object]
    faults: list[Fault]
    _asked: set[str] = field(default_factory=set)

    def fault(self, problem: str) -> None:
        self.faults.append(Fault(self.name, problem))

    def text(self, key: str, *, required: bool = True) -> str:
        value = self._get(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(f"{key}: is missing" if value is None else f"{key}: has {value!r}, expected text")
            return ""
        return value.strip()

    def number(self, key: str) -> int | None:
        value = self._get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.fault(f"{key}: has {value!r}, expected a whole number")
        return None

    def texts(self, key: str, *, at_least: int = 0) -> tuple[str, ...]:
        texts = self._texts(key, self._get(key))
        if len(texts) < at_least:
            self.fault(f"{key}: has {len(texts)} entries, expected at least {at_least}")
        return texts

    def text_lists(self, key: str, *, required: bool = True) -> Mapping[str, tuple[str, ...]]:
        value = self._get(key)
        if value is None and not required:
            return {}
        if not isinstance(value, dict):
            self.fault(f"{key}: expected names with a list of words each")
            return {}
        return {str(name): self._texts(f"{key}.{name}", words) for name, words in value.items()}

    def refuse_other_keys(self) -> None:
        """Note a fault for every field that nobody has read: a misspelt name must not pass unnoticed."""
        for key in sorted(self.fields.keys() - self._asked):
            self.fault(f"{key}: there is no such field")

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self.fields.get(key)

    def _texts(self, key: str, value: object) -> tuple[str, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(f"{key}: has {value!r}, expected a list")
            return ()
        texts = []
        for index, item in enumerate(value, start=1):
            if isinstance(item, str) and item.strip():
                texts.append(" ".join(item.split()))
            else:
                self.fault(f"{key}: entry {index} is {item!r}, expected text (put it in quotes)")
        if repeated := sorted({text for text in texts if texts.count(text) > 1}):
            self.fault(f"{key}: {repeated[0]!r} stands there twice")
        return tuple(texts)


def read_content_file(path: Path, name: str, faults: list[Fault]) -> ContentFile:
    """Read ``path``; what is wrong with it is appended to ``faults`` under ``name``."""
    file_id = path.stem
    if not _ID.fullmatch(file_id):
        faults.append(Fault(name, "the file's name must be lower-case words joined by hyphens"))
    try:
        post = frontmatter.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        faults.append(Fault(name, f"cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        faults.append(Fault(name, f"is not UTF-8 at byte {error.start}"))
    except yaml.YAMLError as error:
        faults.append(Fault(name, f"the front matter is not YAML: {' '.join(str(error).split())}"))
    else:
        return ContentFile(file_id, name, post.content.strip(), dict(post.metadata), faults)
    return ContentFile(file_id, name, "", {}, [])
