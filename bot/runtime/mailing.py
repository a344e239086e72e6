"""E-mail by SMTP: the second way to reach the owners, which works when Telegram does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Literal

import aiosmtplib

Security = Literal["starttls", "tls", "none"]

TIMEOUT_S = 20.0


class MailError(Exception):
    """A mail could not be sent; the text says why in one sentence, without any address, user or password."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes mail from the bot, and between whom."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    sender: str
    recipients: tuple[str, ...]

    async def send(self, subject: str, text: str, now: datetime) -> None:
        """Send a mail to all recipients. Raises MailError if none of them gets it."""
        mail = EmailMessage()
        mail["Subject"] = subject
        mail["From"] = self.sender
        mail["To"] = ", ".join(self.recipients)
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        mail["Auto-Submitted"] = "auto-generated"  # lest holiday replies come back
        mail.set_content(text)
        try:
            async with self._connection() as connection:
                await connection.send_message(mail)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailError(_told(error)) from None

    async def try_login(self) -> None:
        """Connect and log in, and send nothing. Raises MailError if that fails."""
        try:
            async with self._connection() as connection:
                await connection.noop()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailError(_told(error)) from None

    def _connection(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            timeout=TIMEOUT_S,
        )


def _told(error: Exception) -> str:  # noqa: PLR0911 - one for each kind of failure
    """Why, in our words: the server's own may repeat addresses."""
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return f"The mail server refuses the user or the password ({error.code})."
        case aiosmtplib.SMTPRecipientsRefused():
            return "The mail server takes no mail for any of the recipients."
        case aiosmtplib.SMTPResponseException():
            return f"The mail server refuses the mail ({error.code})."
        case aiosmtplib.SMTPTimeoutError():
            return f"The mail server does not answer within {TIMEOUT_S:.0f} seconds."
        case aiosmtplib.SMTPConnectError() | OSError():
            return f"The mail server cannot be reached: {error}."
        case aiosmtplib.SMTPServerDisconnected():
            return "The mail server closed the connection; it may want another kind of security."
    return f"The mail server cannot be used: {error}."
