"""Links and e-mail addresses in plain text, found as Telegram finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .links import ascii_lower
from .tlds import top_level_domains

Span = tuple[str, int, int]
"""Type, begin, end; in characters of the text."""

_NOT_IN_URL = " \u00a0\u1680\u2000-\u200b\u200e\u200f\u2016-\u206f\u3000"
_SEPARATORS = "\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_DOMAIN = re.compile(rf"(?:[.A-Za-z0-9_~-]|[^\0-\u00bf{_NOT_IN_URL}])")
_DOMAIN_OR_AT = re.compile(rf"(?:[.A-Za-z0-9_~@-]|[^\0-\u00bf{_NOT_IN_URL}])*")
_USER_DATA = re.compile(rf"[^\n/\[\]{{}}()'`<>\"@«»{_NOT_IN_URL}]")
_PROTOCOL = re.compile(rf"[^\0-*,./:-@\[-`{{-\x7f{_SEPARATORS}]")
_PATH_START = re.compile(r"[/?#]")
_PATH = re.compile(rf"[/?#][^\n<>\"«»{_NOT_IN_URL}]*")
_PORT = re.compile(r":(0*[1-9][0-9]*)(?![0-9])")
_PORT_DIGITS = 5
_MAX_PORT = 65535
_PATH_END = ".:;,('?!`"
_PROTOCOLS = (
    ("http", frozenset({"shttp"})),
    ("https", frozenset[str]()),
    ("ftp", frozenset({"tftp", "sftp"})),
    ("tonsite", frozenset[str]()),
)
"""What a protocol may end with, and what it must not be all the same."""

_WITH_PROTOCOL = re.compile(r"(?:https?|ftp|tonsite)://", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(
    r"(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}"
    r"@(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9]\.){1,6}[a-z]{2,8}",
    re.ASCII | re.IGNORECASE,
)
_MAILTO = "mailto:"
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.|$)){4}(?<!\.)")
_ONLY_DIGITS = re.compile(r"[0-9.]*")
_PUNYCODE = re.compile(r"xn--[A-Za-z0-9]{2,}")
_MAX_LABEL = 63
_LOOKALIKE = "teiegram.org"
_CLOSING = {")": "(", "]": "[", "}": "{"}

_OWN_HOST = re.compile(r"://[A-Za-z0-9_-]{1,253}")
_OWN_SCHEMES = {"tg": 2, "ton": 3, "tonsite": 3}
"""Telegram's own, and how many of their letters the reference marks (of tonsite, oddly, not all)."""

_MIN_OWN_BYTES = 6


def urls(text: str) -> Iterator[Span]:
    """Find addresses with a dot in their host: with a protocol, or with a known top-level domain."""
    for begin, end in _candidates(text):
        url = text[begin:end]
        if _EMAIL.fullmatch(url):
            yield "email", begin, end
        elif url.startswith(_MAILTO) and _EMAIL.fullmatch(url, len(_MAILTO)):
            yield "email", begin + len(_MAILTO), end
        elif length := _accepted_length(url):
            yield "url", begin, begin + length


def own_urls(text: str) -> Iterator[Span]:
    """Find links of Telegram's own schemes, such as tg://resolve?domain=…; they may overlap each other."""
    position = 0
    while len(text[position : position + _MIN_OWN_BYTES].encode()) >= _MIN_OWN_BYTES:
        match = _OWN_HOST.search(text, position)
        if match is None:
            return
        before = ascii_lower(text[max(0, match.start() - len("tonsite")) : match.start()])
        marked = next((count for scheme, count in _OWN_SCHEMES.items() if before.endswith(scheme)), None)
        position = match.start() + 1
        if marked is not None:
            position = _with_path(text, match.end())
            yield "url", match.start() - marked, position


@dataclass(frozen=True, slots=True)
class _Candidate:
    begin: int
    end: int
    is_url: bool


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while 0 <= (dot := text.find(".", start)) < len(text) - 1:
        if text[dot + 1] == " ":
            start = dot + 2
            continue
        candidate = _candidate_around(text, start, dot)
        end = candidate.end
        if candidate.is_url:
            if end > dot + 1:
                yield candidate.begin, end
            while text.startswith(".", end):
                end += 1
        else:
            end = text.rfind(".", 0, end) + 1
        start = max(end, dot + 1)


def _candidate_around(text: str, start: int, dot: int) -> _Candidate:
    begin = _run_before(text, _DOMAIN, start, dot)
    match = _DOMAIN_OR_AT.match(text, dot)
    end = match.end() if match else dot
    has_at = "@" in text[dot:end]
    if has_at:
        begin = _run_before(text, _USER_DATA, start, begin)
    end = _with_path(text, _with_port(text, end))
    while end > dot + 1 and text[end - 1] == ".":
        end -= 1
    is_url = True
    if begin > start and text[begin - 1] == "@":
        user_begin = _run_before(text, _USER_DATA, start, begin - 1)
        is_url = not has_at and user_begin < begin - 1
        begin = user_begin
    if begin > start:
        protocol_begin = _protocol_begin(text, start, begin)
        if protocol_begin is None:
            return _Candidate(begin, end, is_url=False)
        begin = protocol_begin
    return _Candidate(begin, end, is_url)


def _protocol_begin(text: str, start: int, begin: int) -> int | None:
    """Give where a link begins whose host or user begins there; None if what is before it forbids a link."""
    if not text.endswith("://", start, begin):
        return None if re.match(r"[\w/#@]", text[begin - 1]) else begin
    end = begin - len("://")
    protocol = ascii_lower(text[_run_before(text, _PROTOCOL, start, end) : end])
    for ending, excluded in _PROTOCOLS:
        if protocol.endswith(ending) and protocol not in excluded:
            return end - len(ending)
    return None


def _run_before(text: str, pattern: re.Pattern[str], start: int, end: int) -> int:
    """Give where a run of such characters begins that ends there, not before `start`."""
    while end > start and pattern.match(text, end - 1):
        end -= 1
    return end


def _with_port(text: str, end: int) -> int:
    match = _PORT.match(text, end)
    if match is None:
        return end
    digits = match.group(1).lstrip("0")
    return match.end() if len(digits) <= _PORT_DIGITS and int(digits) <= _MAX_PORT else end


def _with_path(text: str, end: int) -> int:
    match = _PATH.match(text, end)
    if match is None:
        return end
    path = match.group()[0] + match.group()[1:].rstrip(_PATH_END)
    return end + len(path) if len(path) > 1 or path == "/" else end


def _accepted_length(url: str) -> int:
    """Give how much of a candidate is the link; 0 if it is none."""
    protocol = _WITH_PROTOCOL.match(url)
    host_begin = protocol.end() if protocol else 0
    path = _PATH_START.search(url, host_begin)
    path_begin = path.start() if path else len(url)
    domain = url[host_begin:path_begin].partition("@")
    host = domain[2] if domain[1] else domain[0]
    host = host.rpartition(":")[0] if ":" in host else host
    if not _is_host(host, has_protocol=protocol is not None):
        return 0
    return path_begin + len(_balanced(url[path_begin:]).rstrip(_PATH_END))


def _balanced(path: str) -> str:
    """Cut a path before the first bracket that closes what was not opened."""
    opened = dict.fromkeys(_CLOSING.values(), 0)
    for position, character in enumerate(path):
        if character in opened:
            opened[character] += 1
        elif character in _CLOSING:
            opened[_CLOSING[character]] -= 1
            if opened[_CLOSING[character]] < 0:
                return path[:position]
    return path


def _is_host(host: str, *, has_protocol: bool) -> bool:
    labels = host.split(".")
    if ascii_lower(host) == _LOOKALIKE or len(labels) == 1:
        return False
    if any(not label or len(label.encode()) > _MAX_LABEL or label.endswith("-") for label in labels):
        return False
    if _ONLY_DIGITS.fullmatch(host):
        return _IPV4.fullmatch(host) is not None
    if "_" in labels[-2]:
        return False
    return _may_be_top_level(labels[-1]) and (has_protocol or _is_top_level(labels[-1]))


def _may_be_top_level(name: str) -> bool:
    if name.startswith("xn--"):
        return _PUNYCODE.fullmatch(name) is not None
    return len(name) > 1 and "_" not in name and "-" not in name


def _is_top_level(name: str) -> bool:
    """Tell whether a name is a known one, in small letters or in capitals; any in Punycode is taken."""
    if name.startswith("xn--"):
        return True
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in name)
    if lower != name and lower[1:] == name[1:]:
        return False  # a capital after a full stop begins a sentence
    return lower in top_level_domains()
