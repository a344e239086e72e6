"""CSV files of any make: the encoding and what stands between the columns are found out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from bot.members.importing.faults import FileFault, UnreadableError
from bot.members.importing.raw import RawSheet, rows_of
from bot.members.tables import as_typed

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_OTHER_SCRIPTS = ["cp1251", "cp1256", "gb18030"]
_ANY = ["cp1252", *_OF_OTHER_SCRIPTS, "cp1250", "mac_roman"]
"""What spreadsheets write where the bot's languages are spoken, beside Unicode."""
_WESTERN = "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝ¿¡«»ªº°€’‘“”–—…\xa0"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäöüßőűăâîşţđĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽÄÖÜŐŰĂÂÎŞŢĐ„”’–—…\xa0"
_LATIN = {"cp1252": _WESTERN, "mac_roman": _WESTERN, "cp1250": _CENTRAL}
"""Encodings, the likelier first, and the letters that they are used for; what else one makes of a text is a mistake."""
_IN_LATIN_WORDS = 0.4
"""In Latin letters, at least this share of those that ASCII does not have stands beside one that it has."""
_RIGHT_LETTERS = 0.9
"""In the right encoding, at least this share is letters that it is used for; a slip in a list of names does no harm."""
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 200_000
_DELIMITERS = ",;\t|"
_LOOKED_AT_LINES = 200
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that no text has, in any of these encodings."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_DECLARED = re.compile(r"sep=([,;\t|:^])\r?\n", re.IGNORECASE)
"""What Excel takes for the delimiter where it stands in the first line."""
_TOO_LONG = "field larger than field limit"


def read_delimited(content: bytes) -> list[RawSheet]:
    """The one table in it. Raises UnreadableError."""
    text = decoded(content)
    skipped = 0
    if declared := _DECLARED.match(text):
        delimiter, text, skipped = declared[1], text[declared.end() :], 1
    else:
        delimiter = delimiter_of(text)
    try:
        return [RawSheet("", tuple(rows_of(chain([[]] * skipped, _records(text, delimiter)))))]
    except csv.Error as error:
        fault = FileFault.CELL_TOO_LONG if _TOO_LONG in str(error) else FileFault.DAMAGED
        raise UnreadableError(fault) from error


def decoded(content: bytes) -> str:
    """The text of a file in whatever encoding. Raises UnreadableError if it is none."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(FileFault.DAMAGED) from error
    if b"\x00" in content:
        return _without_mark(content)
    if _BINARY.search(content):
        raise UnreadableError(FileFault.NOT_A_TABLE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        begins = max(0, error.start - 1)  # with what stands before the first letter that ASCII does not have
        sample = content[begins : begins + _SAMPLE]
        is_latin = _is_latin(sample)
        if is_latin and (latin := _latin_encoding(sample)) is not None:
            return content.decode(latin, errors="replace")
        from charset_normalizer import from_bytes  # noqa: PLC0415 - needed once in a while, and slow to load

        best = from_bytes(content, cp_isolation=_ANY if is_latin else _OF_OTHER_SCRIPTS).best()
        if best is None:
            raise UnreadableError(FileFault.NOT_A_TABLE) from None
        return str(best)


def _is_latin(content: bytes) -> bool:
    """Whether the letters that ASCII does not have stand in words of Latin ones; in other scripts they do not."""
    places = [found.start() for found in _NOT_ASCII.finditer(content)]
    beside = sum(content[at - 1 : at].isalpha() or content[at + 1 : at + 2].isalpha() for at in places if at)
    return beside >= _IN_LATIN_WORDS * len(places)


def _latin_encoding(content: bytes) -> str | None:
    """Which encoding makes words of a European language of it; None if that is unclear.

    Guessers by frequency take "España" for "Espańa": a list has names, and little running text.
    """
    letters, shares = b"".join(_NOT_ASCII.findall(content)), dict[str, float]()
    for encoding, used_for in _LATIN.items():
        shares[encoding] = sum(one in used_for for one in letters.decode(encoding, errors="replace")) / len(letters)
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _RIGHT_LETTERS else None


def _without_mark(content: bytes) -> str:
    """UTF-16 without a mark: in text with spaces and delimiters every second byte is often zero."""
    for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if zeros.count(0) * 5 > len(zeros):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not _CONTROLS.search(text):
                return text
    raise UnreadableError(FileFault.NOT_A_TABLE)


def delimiter_of(text: str) -> str:
    """What divides most of the first lines into the same number of columns."""
    best, best_rank = _DELIMITERS[0], (0, 0)
    for delimiter in _DELIMITERS:
        try:
            lines = [line for line, _ in zip(_records(text, delimiter), range(_LOOKED_AT_LINES), strict=False)]
        except csv.Error:
            continue
        widths = Counter(len(line) for line in lines if len(line) > 1)
        if widths:
            width, number = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
            rank = (number, width)
            if rank > best_rank:
                best, best_rank = delimiter, rank
    return best


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [as_typed(cell) for cell in record]
