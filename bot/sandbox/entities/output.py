"""The text that a parser of markup writes, counted as it grows."""

from __future__ import annotations

import re

from .model import utf16_length

_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATES = range(0xD800, 0xE000)
_BMP = range(0x10000)


class TextOutput:
    """UTF-8 text so far, and its length in UTF-16 code units."""

    def __init__(self) -> None:
        self._written = bytearray()
        self.utf16 = 0
        self.has_surrogate = False

    @property
    def size(self) -> int:
        """Length so far, in bytes."""
        return len(self._written)

    def write(self, chunk: bytes) -> None:
        """Add a piece of UTF-8 that ends where a character ends."""
        self._written += chunk
        self.utf16 += utf16_length(chunk.decode("utf-8"))

    def write_code_point(self, code: int) -> None:
        """Add a character by its number; half of a surrogate pair is noted, not refused."""
        self._written += chr(code).encode("utf-8", "surrogatepass")
        self.utf16 += 1 if code in _BMP else 2
        self.has_surrogate = self.has_surrogate or code in _SURROGATES

    def text(self, begin: int = 0) -> str:
        """Give what was written since `begin` (a `size` of before)."""
        return readable(self._written[begin:])


def readable(chunk: bytes | bytearray) -> str:
    """Decode UTF-8, with such halves of surrogate pairs as character references have put into it."""
    return chunk.decode("utf-8", "surrogatepass")


def has_surrogates(text: str) -> bool:
    """Tell whether a text cannot be encoded in UTF-8."""
    return _SURROGATE.search(text) is not None
