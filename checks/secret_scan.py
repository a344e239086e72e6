"""Whether a file that git tracks holds what must be nobody's to read: a token, a private key, a password in an address.

Tokens that tests and examples need are spelt so that nobody takes them for real; whatever else looks like a secret on
purpose has its line in ALLOWED. Nothing is asked of any service.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.plugins.base import RegexBasedDetector

ALLOWED: frozenset[tuple[str, str]] = frozenset()
"""Files, and of what kind the secret in them seems to be."""
_TOO_BROAD = {"IPPublicDetector", "KeywordDetector"}
_OWN = {"Telegram Bot Token": re.compile(r"(?<![0-9])[0-9]{8,10}:AA[0-9A-Za-z_-]{33}(?![0-9A-Za-z_-])")}
"""The library's own pattern wants the token to be all that stands on a line."""


@dataclass(frozen=True, slots=True)
class Found:
    """What looks like a secret; the secret itself is told nobody."""

    path: str
    line: int
    kind: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}"


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Of each kind of secret, what it looks like."""
    kinds: dict[str, Any] = get_mapping_from_secret_type_to_class()
    detectors = [make() for make in kinds.values()]
    known = [
        (str(detector.secret_type), pattern)
        for detector in detectors
        if isinstance(detector, RegexBasedDetector) and type(detector).__name__ not in _TOO_BROAD
        for pattern in detector.denylist
    ]
    return [*known, *_OWN.items()]


def scan(folder: Path) -> list[Found]:
    """What looks like a secret in the files that git tracks in a folder."""
    known = patterns()
    found = {
        one
        for name in _tracked(folder)
        if (folder / name).is_file()
        for one in _in_file(name, (folder / name).read_bytes(), known)
        if (one.path, one.kind) not in ALLOWED
    }
    return sorted(found, key=lambda one: (one.path, one.line, one.kind))


def _tracked(folder: Path) -> list[str]:
    command = ["git", "-C", str(folder), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def _in_file(name: str, content: bytes, known: list[tuple[str, re.Pattern[str]]]) -> Iterator[Found]:
    if b"\0" in content:  # no text
        return
    text = content.decode(errors="replace")
    for kind, pattern in known:
        for match in pattern.finditer(text):
            yield Found(name, text.count("\n", 0, match.start()) + 1, kind)


def main() -> int:
    """Tell what was found; 1 if there is anything."""
    found = scan(Path.cwd())
    for one in found:
        print(one)
    if found:
        print("These look like secrets. Take them out, and change them wherever they are in use.")
    else:
        print("Secrets: none found in the files that git tracks.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
