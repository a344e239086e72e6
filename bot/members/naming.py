"""Names in the form in which they are compared, sorted and found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from anyascii import anyascii

_NOT_WORDS = re.compile(r"[\W_]+")
PIECE = 3
"""Characters of a piece."""
HAN_PIECE = 2
_HAN = re.compile("[\u3400-\u9fff]")
ANYBODYS_DOMAINS = frozenset(
    {
        "126.com", "163.com", "aol.com", "gmail.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com",
        "hotmail.fr", "icloud.com", "laposte.net", "live.com", "mail.com", "mail.ru", "msn.com", "orange.fr",
        "outlook.com", "proton.me", "protonmail.com", "qq.com", "sina.com", "web.de", "yahoo.com", "yahoo.fr",
        "yandex.com", "yandex.ru", "ymail.com", "zoho.com",
    }
)  # fmt: skip
"""Domains where anybody gets an address: they tell nothing of who writes."""

ANYBODYS_SITES = frozenset(
    {
        "docs.google.com", "facebook.com", "instagram.com", "linkedin.com", "sites.google.com", "t.me", "tiktok.com",
        "twitter.com", "vk.com", "wikipedia.org", "x.com", "youtube.com",
    }
)  # fmt: skip
"""Web sites where anybody has a page: they tell nothing of whose it is."""


def fold(text: str) -> str:
    """A name without capitals, accents, punctuation and invisible characters, words a space apart, in its script."""
    if text.isascii():
        return _NOT_WORDS.sub(" ", text.lower()).strip()
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return _NOT_WORDS.sub(" ", _without_unseen(bare).casefold()).strip()


def latin(text: str) -> str:
    """A name as `fold` has it, in Latin letters, whatever its script."""
    folded = fold(text)
    return folded if folded.isascii() else _NOT_WORDS.sub(" ", anyascii(folded).casefold()).strip()


def pieces(names: Iterable[str | None]) -> frozenset[str]:
    """The pieces by which something with these names is found: three letters each, begins and ends of words marked."""
    words = {word for name in names if name for text in (fold(name), latin(name)) for word in text.split()}
    return frozenset(piece for word in words for piece in _cut(f" {word} "))


def whole_address(address: str | None) -> frozenset[str]:
    """The piece by which an e-mail address is found as a whole."""
    folded = fold_address(address)
    return frozenset() if folded is None else frozenset({f"@{folded}"})


def web_domain(address: str | None) -> str | None:
    """The domain of a web site, without "www."; None if there is none, or where anybody has a page."""
    if not address:
        return None
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
    domain = (host or "").lower().removeprefix("www.").removeprefix("m.")
    return domain if domain and domain not in ANYBODYS_SITES else None


def mail_domain(address: str | None) -> str | None:
    """The domain of an e-mail address; None where anybody gets an address."""
    domain = (address or "").rpartition("@")[2].strip().lower()
    return domain if domain and domain not in ANYBODYS_DOMAINS else None


def fold_address(address: str | None) -> str | None:
    """An e-mail address as it is compared."""
    return _without_unseen(address or "").strip().lower() or None


def _cut(word: str) -> Iterable[str]:
    if _HAN.search(word):  # no spaces between words, so any two characters may be looked for
        word = word.strip()
        return (word[start : start + HAN_PIECE] for start in range(max(1, len(word) - HAN_PIECE + 1)))
    return (word[start : start + PIECE] for start in range(max(1, len(word) - PIECE + 1)))


def _without_unseen(text: str) -> str:
    """Without what cannot be seen, such as marks of direction: it takes no room, so words stay whole."""
    return "".join(one for one in text if unicodedata.category(one) not in {"Cf", "Cs"})
