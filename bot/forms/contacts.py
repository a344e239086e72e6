"""E-mail addresses, web sites and phone numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Wrong
from bot.forms.texts import bare
from bot.places.phones import PhoneFault, read_phone
from storage.records.drafts import Json

EMAIL_AT_MOST = 254
WEB_SITE_AT_MOST = 300
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Email(Kind):
    """An e-mail address, checked for its form."""

    def read(self, typed: str, _at: Circumstances) -> Outcome:
        text = bare(typed).removeprefix("mailto:").strip("<>")
        if len(text) > EMAIL_AT_MOST:
            return Wrong(Problem.NOT_AN_EMAIL)
        try:
            return Understood(validate_email(text, check_deliverability=False).normalized)
        except (EmailNotValidError, UnicodeError):
            return Wrong(Problem.NOT_AN_EMAIL)

    def fits(self, value: Json) -> bool:
        return isinstance(value, str) and "@" in value


@dataclass(frozen=True, slots=True)
class WebSite(Kind):
    """The address of a web site, with https:// where none was typed."""

    def read(self, typed: str, _at: Circumstances) -> Outcome:
        text = bare(typed)
        address = text if _SCHEME.match(text) else f"https://{text}"
        try:
            parts = urlsplit(address)
            is_one = parts.scheme in {"http", "https"} and parts.username is None and (parts.port or 1) > 0
        except ValueError:  # a bracket in it, or a port of six digits
            return Wrong(Problem.NOT_A_WEB_SITE)
        host = parts.hostname or ""
        if not is_one or " " in text or len(address) > WEB_SITE_AT_MOST or not _HOST.fullmatch(host):
            return Wrong(Problem.NOT_A_WEB_SITE)
        return Understood(parts._replace(netloc=parts.netloc.lower(), path=parts.path.rstrip("/")).geturl())

    def fits(self, value: Json) -> bool:
        return isinstance(value, str) and value.startswith(("http://", "https://"))


_PHONE_PROBLEMS = {
    PhoneFault.TOO_SHORT: Problem.PHONE_TOO_SHORT,
    PhoneFault.TOO_LONG: Problem.PHONE_TOO_LONG,
}


@dataclass(frozen=True, slots=True)
class Phone(Kind):
    """A phone number; the value is as in +41225550100.

    `country_from` is the field with the country that is assumed where none is dialled, or the part of the context.
    """

    country_from: str = ""

    def read(self, typed: str, at: Circumstances) -> Outcome:
        number = read_phone(bare(typed), at.country(self.country_from))
        if isinstance(number, PhoneFault):
            return Wrong(_PHONE_PROBLEMS.get(number, Problem.NOT_A_PHONE))
        return Understood(number)

    def fits(self, value: Json) -> bool:
        return isinstance(value, str) and value.startswith("+") and value[1:].isdecimal()
