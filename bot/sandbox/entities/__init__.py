"""Formatting of texts as Telegram does it: markup and entities in, clean text and entities out.

What is read, refused, cleaned, arranged and found is compared in the tests with Telegram's own library (TDLib
1.8.69, which the Bot API server is built on). The differences that stay:

- Phone numbers: only Telegram's servers find them. Here "+" and 7 to 15 digits count as one.
- Bank card numbers and times into a video are not reported; bots are not told of them.
- Legacy Markdown, a link without an address, "[example.org]": TDLib reads the address from a buffer that it has
  partly overwritten and loses its beginning. Here it is the text.
- More than 16 entities of which some lie over the very same text and rank equally (two links, two quotations):
  TDLib's sorting does not keep their order, so another of the equals may win.
- Characters newer than Python's Unicode tables are no letters here.
- Whether a bot may use custom emoji, and whether a mentioned user exists, is for the server to decide.
"""

from .detection import detect_entities
from .model import Entity, FormattingError, ParsedText, UserLookup, utf16_length
from .texts import apply_entities, parse_html, parse_markdown, parse_markdown_v2, parse_plain

__all__ = [
    "Entity",
    "FormattingError",
    "ParsedText",
    "UserLookup",
    "apply_entities",
    "detect_entities",
    "parse_html",
    "parse_markdown",
    "parse_markdown_v2",
    "parse_plain",
    "utf16_length",
]
