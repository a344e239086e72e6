"""Which links a text may carry, and what the special ones mean."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address
from string import ascii_letters, digits

from .dates import format_from_markup
from .numbers import exact_integer

_MAX_USER_ID = (1 << 40) - 1
_MAX_PORT = 65535
_SPACES = " \t\r\n\0\v"
_SCHEME = re.compile(r"[^:/?#@\[\]]*")
_OWN_SCHEME = re.compile(r"(tg|ton|tonsite):(?://)?", re.ASCII | re.IGNORECASE)
_HOST_CHARACTERS = frozenset(ascii_letters + digits + ".-_!$,~*'();&+=")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_OWN_HOST = {"tg": r"[A-Za-z0-9_-]*", "ton": r"[A-Za-z0-9_-]*", "tonsite": r"[A-Za-z0-9_.-]*"}
_ASCII_LOWER = str.maketrans({letter: letter.lower() for letter in ascii_letters})


class LinkError(ValueError):
    """A link is none that Telegram takes."""


class _Address:
    """The parts of an http(s) link; read from text without a scheme as well."""

    def __init__(self, link: str) -> None:
        scheme = ascii_lower(_leading(_SCHEME, link))
        self.secure = False
        rest = link
        if link.startswith("://", len(scheme)):
            if scheme not in {"http", "https"}:
                raise LinkError("Unsupported URL protocol")
            self.secure = scheme == "https"
            rest = link[len(scheme) + 3 :]
        authority = re.match(r"[^/?#]*", rest)
        place = authority.group() if authority else ""
        self.query = _query(rest[len(place) :])
        place, self.port = _split_port(place)
        self.user, _, host = place.rpartition("@")
        self.host = ascii_lower(host)
        self.is_ipv6 = len(host) > 1 and host.startswith("[") and host.endswith("]")
        self._check()

    def _check(self) -> None:
        if self.is_ipv6:
            try:
                IPv6Address(self.host[1:-1])
            except AddressValueError as error:
                raise LinkError("Wrong IPv6 address specified in the URL") from error
            if "%" in self.host:
                raise LinkError("Wrong IPv6 address specified in the URL")
            return
        if not self.host:
            raise LinkError("URL host is empty")
        if self.host == ".":
            raise LinkError("Host is invalid")
        _check_part(self.host, "host", _HOST_CHARACTERS)
        _check_part(self.user, "userinfo", _HOST_CHARACTERS | {":"})

    def link(self) -> str:
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{'https' if self.secure else 'http'}://{user}{self.host}{port}{self.query}"


def ascii_lower(text: str) -> str:
    return text.translate(_ASCII_LOWER)


def checked_link(link: str) -> str:
    """Give a link in the form in which Telegram keeps it.

    Raises:
        LinkError: with the reason, where Telegram would not take it.
    """
    own = _OWN_SCHEME.match(link)
    if own:
        return _own_link(ascii_lower(own.group(1)), link[own.end() :])
    address = _Address(link)
    if "." not in address.host and not address.is_ipv6:
        raise LinkError("Wrong HTTP URL")
    return address.link()


def link_or_none(link: str) -> str | None:
    try:
        return checked_link(link)
    except LinkError:
        return None


def linked_user_id(link: str) -> int | None:
    """Give the user whom a link like tg://user?id=… mentions."""
    parameters = _parameters(ascii_lower(link), "user")
    for key, value in parameters or ():
        if key == "id":
            user_id = exact_integer(value, 64)
            return user_id if user_id is not None and 0 < user_id <= _MAX_USER_ID else None
    return None


def linked_emoji_id(link: str) -> str | None:
    """Give the custom emoji that a link like tg://emoji?id=… shows."""
    for key, value in _parameters(link, "emoji") or ():
        if key == "id":
            emoji_id = exact_integer(value, 64)
            return value if emoji_id else None
    return None


def linked_time(link: str) -> tuple[int, str] | None:
    """Give the Unix time and the format that a link like tg://time?unix=…&format=… shows."""
    unix_time: int | None = None
    asked = ""
    for key, value in _parameters(link, "time") or ():
        if key == "unix":
            unix_time = exact_integer(value, 32)
            if unix_time is None or unix_time <= 0:
                return None
        elif key == "format":
            asked = value
    shown = format_from_markup(asked)
    return None if unix_time is None or shown is None else (unix_time, shown)


def _parameters(link: str, host: str) -> list[tuple[str, str]] | None:
    """Give the parameters of a tg: link to that host, in order; None if it is no such link."""
    match = re.match(rf"tg:(?://)?{host}/?\?([^#]*)", link, re.ASCII | re.IGNORECASE)
    if not match:
        return None
    pairs = (parameter.partition("=") for parameter in match.group(1).split("&"))
    return [(key, value) for key, _, value in pairs]


def _own_link(scheme: str, rest: str) -> str:
    address = _Address(rest)
    if ascii_lower(rest).startswith("http://") or (address.secure or address.user or address.port or address.is_ipv6):
        raise LinkError("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    if not re.fullmatch(_OWN_HOST[scheme], address.host):
        raise LinkError("Unallowed characters in URL host")
    query = address.query[1:] if address.query.startswith("/?") else address.query
    return f"{scheme}://{address.host}{query}"


def _leading(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match.group() if match else ""


def _split_port(place: str) -> tuple[str, int]:
    """Take a port off the end; 0 where there is none."""
    last = max(place.rfind(mark) for mark in ":]@")
    if last <= 0 or place[last] != ":":
        return place, 0
    written = place[last + 1 :]
    port = exact_integer(written[: len(written) - 1].lstrip("0") + written[-1:], 32) if written else None
    if port is None or not 0 < port <= _MAX_PORT:
        raise LinkError("Wrong port number specified in the URL")
    return place[:last], port


def _query(tail: str) -> str:
    tail = tail.rstrip(_SPACES)
    if not tail.startswith("/"):
        tail = f"/{tail}"
    return re.sub(r"[\0- ]", lambda match: f"%{ord(match.group()):02X}", tail)


def _check_part(part: str, name: str, allowed: frozenset[str]) -> None:
    position = 0
    while position < len(part):
        character = part[position]
        if character == "%":
            if not _ESCAPE.match(part, position):
                raise LinkError(f"Wrong percent-encoded symbol in URL {name}")
            position += 3
            continue
        if character < "\x80" and character not in allowed:
            raise LinkError(f"Disallowed character in URL {name}")
        position += 1
