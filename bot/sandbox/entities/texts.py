"""From what a bot or a person sends to what the message holds."""

from __future__ import annotations

from collections.abc import Callable

from .arrange import with_found
from .cleaning import finished
from .detection import detect_entities
from .explicit import admitted, read_entities
from .html_mode import read_html
from .limits import within_limits
from .markdown_mode import read_markdown
from .markdown_v2_mode import read_markdown_v2
from .model import Entity, FormattingError, ParsedText
from .output import has_surrogates

_MAX_BYTES = 1 << 15

Reader = Callable[[str], tuple[str, list[Entity]]]


def parse_html(text: str, *, allow_empty: bool = False) -> ParsedText:
    """Read a text with parse_mode "HTML"; `allow_empty` is for captions.

    Raises:
        FormattingError: with the Bot API's description.
    """
    return _parsed(text, read_html, allow_empty=allow_empty)


def parse_markdown_v2(text: str, *, allow_empty: bool = False) -> ParsedText:
    """Read a text with parse_mode "MarkdownV2"; `allow_empty` is for captions.

    Raises:
        FormattingError: with the Bot API's description.
    """
    return _parsed(text, read_markdown_v2, allow_empty=allow_empty)


def parse_markdown(text: str, *, allow_empty: bool = False) -> ParsedText:
    """Read a text with the legacy parse_mode "Markdown"; `allow_empty` is for captions.

    Raises:
        FormattingError: with the Bot API's description.
    """
    return _parsed(text, read_markdown, allow_empty=allow_empty)


def parse_plain(text: str, *, allow_empty: bool = False) -> ParsedText:
    """Take a text without a parse mode, as a person types it too; `allow_empty` is for captions.

    Raises:
        FormattingError: with the Bot API's description.
    """
    return apply_entities(text, [], allow_empty=allow_empty)


def apply_entities(text: str, entities: object, *, allow_empty: bool = False) -> ParsedText:
    """Take a text and the decoded JSON of its `entities`; `allow_empty` is for captions.

    Raises:
        FormattingError: with the Bot API's description.
    """
    _refuse_size(text, allow_empty=allow_empty)
    return _complete(text, read_entities(entities), allow_empty=allow_empty)


def _parsed(text: str, read: Reader, *, allow_empty: bool) -> ParsedText:
    _refuse_size(text, allow_empty=allow_empty)
    if has_surrogates(text):
        raise FormattingError("Text must be encoded in UTF-8")
    return _complete(*read(text), allow_empty=allow_empty)


def _complete(text: str, entities: list[Entity], *, allow_empty: bool) -> ParsedText:
    if has_surrogates(text):
        raise FormattingError("Strings must be encoded in UTF-8")
    text, entities = finished(text, map(admitted, entities), allow_empty=allow_empty)
    return ParsedText(text, tuple(with_found(within_limits(entities), list(detect_entities(text)))))


def _refuse_size(text: str, *, allow_empty: bool) -> None:
    if len(text.encode("utf-8", "surrogatepass")) > _MAX_BYTES:
        raise FormattingError("Text is too long")
    if not text and not allow_empty:
        raise FormattingError("Message text is empty")
