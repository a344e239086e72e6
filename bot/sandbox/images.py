"""How large a picture is, read from its first bytes."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP picture; None if it is none of these."""
    size = None
    try:
        if content.startswith(_PNG):
            size = struct.unpack(">II", content[16:24])
        elif content[:6] in {b"GIF87a", b"GIF89a"}:
            size = struct.unpack("<HH", content[6:10])
        elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            size = _webp(content)
        elif content.startswith(_JPEG):
            size = _jpeg(content)
    except (struct.error, IndexError):
        return None
    return (size[0], size[1]) if size and min(size) > 0 else None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while content[at] == 0xFF:  # noqa: PLR2004 (a marker)
        marker = content[at + 1]
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    chunk = content[12:16]
    if chunk == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None
