"""The token stands in nothing that the bot prints or keeps, whatever goes wrong."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

from bot.sandbox.server import Sandbox
from tests.chat import People, until
from tests.conftest import TOKEN
from tests.processes import PATIENCE_S, ROOT, bot_process

UNKNOWN_TOKEN = "2234567890:EXAMPLE-token-that-nobody-knows"


def given_away(token: str, *texts: str) -> list[str]:
    """The texts in which the token stands, or its secret part alone."""
    return [text for text in texts if token in text or token.partition(":")[2] in text]


def kept(folder: Path) -> list[str]:
    """Everything that stands in files."""
    return [file.read_bytes().decode(errors="replace") for file in folder.rglob("*") if file.is_file()]


async def test_when_nobody_answers(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    async with bot_process(url, tmp_path, UNIGO_LOGS__LEVEL="debug", UNIGO_LOGS__STYLE="json") as bot:
        await bot.until_said("telegram_unreached", 2)
        assert await bot.stop() == 0
    assert given_away(TOKEN, *bot.printed, *kept(tmp_path)) == []


async def test_when_connections_break_and_the_server_fails(sandbox: Sandbox, people: People, tmp_path: Path) -> None:
    phone = await people.person()
    await people.fault("drop", method="getMe", times=1)
    await people.fault("429", method="getMe", times=1, retry_after=1)
    async with bot_process(sandbox.base_url, tmp_path, UNIGO_LOGS__LEVEL="debug", UNIGO_LOGS__STYLE="text") as bot:
        await bot.until_said("is running")
        assert bot.said("telegram_unreached") == bot.said("telegram_refuses_for_now") == 1
        for method in ("getUpdates", "sendMessage"):
            for kind in ("drop", "502", "drop_after"):
                await people.fault(kind, method=method, times=1)
        await phone.write("/help")
        await bot.until_said("fetch_failed")
        await phone.write("When was UNIGO founded?")
        await until(phone.from_bot, within_s=PATIENCE_S)
        assert await bot.stop() == 0
    assert given_away(TOKEN, *bot.printed, *kept(tmp_path)) == []


async def test_when_the_token_is_wrong_one_sentence_says_so(sandbox: Sandbox, people: People, tmp_path: Path) -> None:
    async with bot_process(sandbox.base_url, tmp_path, UNIGO_TELEGRAM__TOKEN=UNKNOWN_TOKEN) as bot:
        assert await bot.process.wait() == 1
    sentence = f"{sandbox.base_url} does not accept this token. Is telegram.base_url right? If it is, copy the token"
    assert bot.printed[-1] == f"unigo-bot: {sentence} anew.\n"
    assert given_away(UNKNOWN_TOKEN, *kept(tmp_path)) == []


def test_when_something_fails_that_nobody_thought_of() -> None:
    program = (
        "from bot.runtime.logs import configure_logs\n"
        f"configure_logs(level='info', style='text', secrets=({TOKEN!r},))\n"
        f"raise ExceptionGroup('several', [RuntimeError('at https://example.org/bot' + {TOKEN!r})])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1
    assert "RuntimeError: at https://example.org/bot[hidden]" in ended.stderr
    assert given_away(TOKEN, ended.stderr, ended.stdout) == []
