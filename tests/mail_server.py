"""A real SMTP server on the loopback, which keeps what it takes."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.setting_parts.alarm import AlarmPart

USER, PASSWORD = "bot@example.org", "the password of the mail"
OWNERS = ("owner@example.org", "deputy@example.org")


@dataclass
class MailBox:
    """What the server has taken, and its answers to those who send."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    tries: int = 0
    refusal: str | None = None

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd has it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.tries += 1
        if self.refusal is None:
            envelope.rcpt_tos.append(address)
        return self.refusal or "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.recipients += envelope.rcpt_tos
        self.mails.append(mail)
        return "250 OK"

    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mails]

    def text(self, number: int = -1) -> str:
        return str(self.mails[number].get_content())


def alarm_part(box: MailBox, **other: object) -> AlarmPart:
    """Settings that lead to the server."""
    values = {
        "smtp_host": "127.0.0.1",
        "smtp_port": box.port,
        "security": "none",
        "sender": USER,
        "recipients": OWNERS,
        **other,
    }
    return AlarmPart.model_validate(values)


@asynccontextmanager
async def mail_server(security: str = "none", *, folder: Path | None = None) -> AsyncIterator[MailBox]:
    """Take mail until the block is left; with TLS whoever trusts `folder`/ca.pem is let in, with the user above."""
    box = MailBox()
    context = None
    if folder is not None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(folder / "ca.pem")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(context)

    def authenticated(_server: object, _session: object, _envelope: object, _how: object, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    def connected() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # aiosmtpd does not see that the whole connection is under TLS
            return SMTP(
                box,
                hostname="mail.example.org",
                tls_context=context if security == "starttls" else None,
                require_starttls=security == "starttls",
                authenticator=authenticated,
                auth_required=security != "none",
                auth_require_tls=security == "starttls",
            )

    server = await asyncio.get_running_loop().create_server(
        connected, "127.0.0.1", 0, ssl=context if security == "tls" else None
    )
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
