"""The small part of Markdown that answers are written in.

Paragraphs are separated by an empty line, list items start with ``- ``, and ``**words**`` are bold.
Anything else that Markdown knows (headings, links, images, code, tables, HTML) is refused, so that every
answer can be shown on any screen and spoken of as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_FORBIDDEN = (
    (re.compile(r"^\s{0,3}#{1,6}\s", re.MULTILINE), "a heading"),
    (re.compile(r"!?\[[^\]]*\]\([^)]*\)"), "a link or an image"),
    (re.compile(r"`"), "code"),
    (re.compile(r"<[A-Za-z/!][^>]*>"), "an HTML tag"),
    (re.compile(r"^\s*\|", re.MULTILINE), "a table"),
    (re.compile(r"^\s*>", re.MULTILINE), "a quotation"),
    (re.compile(r"^\s*(?:[*+]|\d+[.)])\s", re.MULTILINE), 'a list that does not use "- "'),
    (re.compile(r"(?<!\*)\*(?!\*)|__"), "emphasis other than **bold**"),
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Span:
    """A run of characters that is bold or is not; ``text`` is not escaped for anything."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, or one item of a list."""

    kind: Literal["paragraph", "item"]
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def fault_in(body: str) -> str | None:
    """What in ``body`` is outside the allowed Markdown, or None."""
    for pattern, what in _FORBIDDEN:
        if pattern.search(body):
            return f"it contains {what}; only paragraphs, lists with '- ' and **bold** are allowed"
    if any(block.text.count("**") for block in parse_body(body)):
        return "a ** is not closed within its paragraph"
    return None


def parse_body(body: str) -> tuple[Block, ...]:
    return tuple(_blocks(body))


def plain_text(body: str) -> str:
    """The body as it reads without formatting: paragraphs apart, list items on lines of their own."""
    text = ""
    before: Block | None = None
    for block in parse_body(body):
        if before is not None:
            text += "\n" if before.kind == block.kind == "item" else "\n\n"
        text += ("• " if block.kind == "item" else "") + block.text
        before = block
    return text


def _blocks(body: str) -> Iterator[Block]:
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines: list[str] = []
        kind: Literal["paragraph", "item"] = "paragraph"
        for line in chunk.splitlines():
            if line.startswith("- "):
                yield from _block(kind, lines)
                kind, lines = "item", [line[2:]]
            else:
                lines.append(line)
        yield from _block(kind, lines)


def _block(kind: Literal["paragraph", "item"], lines: list[str]) -> Iterator[Block]:
    text = " ".join(line.strip() for line in lines).strip()
    if text:
        # re.split with one group: plain and bold runs alternate, plain first.
        runs = _BOLD.split(text)
        yield Block(kind, tuple(Span(run, bold=index % 2 == 1) for index, run in enumerate(runs) if run))
