"""Mail goes out over real connections, and a refusal is told in words that repeat no address and no password."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.runtime.mailing import MailError, MailServer
from tests.mail_server import OWNERS, PASSWORD, USER, MailBox, alarm_part, mail_server

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def server_of(box: MailBox, **other: object) -> MailServer:
    server = alarm_part(box, **other).server()
    assert server is not None
    return server


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_mail_goes_out_over_tls_to_whoever_logs_in(
    security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with mail_server(security, folder=tmp_path) as box:
        access = {"security": security, "user": USER}
        with pytest.raises(MailError, match="cannot be reached"):
            await server_of(box, **access, password=PASSWORD).try_login()  # nobody vouches for the certificate
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        with pytest.raises(MailError) as caught:
            await server_of(box, **access, password="wrong").send("Subject", "Text", NOW)
        assert str(caught.value) == "The mail server refuses the user or the password (535)."
        server = server_of(box, **access, password=PASSWORD)
        await server.try_login()
        assert box.mails == []
        await server.send("Subject", "A text – with a dash.", NOW)
    assert (box.subjects(), box.text().strip(), box.recipients) == (["Subject"], "A text – with a dash.", [*OWNERS])
    assert (box.mails[0]["From"], box.mails[0]["Date"]) == (USER, "Sun, 01 Mar 2026 12:00:00 +0000")
    assert PASSWORD not in repr(server)


async def test_a_server_without_starttls_gets_no_password() -> None:
    async with mail_server() as box:
        with pytest.raises(MailError):
            await server_of(box, security="starttls", user=USER, password=PASSWORD).try_login()
    assert box.tries == 0


async def test_recipients_that_are_refused_are_told_without_their_addresses() -> None:
    async with mail_server() as box:
        box.refusal = f"550 {OWNERS[0]} is unknown here"
        with pytest.raises(MailError) as caught:
            await server_of(box).send("Subject", "Text", NOW)
    assert str(caught.value) == "The mail server takes no mail for any of the recipients."


async def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        box = MailBox(port=taken.getsockname()[1])
        with pytest.raises(MailError, match=r"^The mail server cannot be reached: "):
            await server_of(box).try_login()
