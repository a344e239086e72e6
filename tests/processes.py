"""The real bot as a process of its own, to be stopped, killed and listened to."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chat import until
from tests.conftest import TOKEN
from tests.forked import Forked, fork

ROOT = Path(__file__).parents[1]
PATIENCE_S = 40.0
THE_BOT = ("bot", "run")


@dataclass
class BotProcess:
    """`python -m bot run`, and all that it has printed so far."""

    process: Forked
    printed: list[str] = field(default_factory=list)

    async def listen(self) -> None:
        """Take in what is printed until the process ends."""
        async for line in self.process.lines():
            self.printed.append(line)

    def said(self, words: str) -> int:
        """In how many lines these words stand."""
        return sum(words in line for line in self.printed)

    async def until_said(self, words: str, times: int = 1) -> None:
        """Wait for words; a process takes its time to start where many are at work."""
        await until(lambda: self.said(words) >= times, within_s=PATIENCE_S)

    async def stop(self, how: signal.Signals = signal.SIGTERM, *, within_s: float = 10.0) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(how)
        async with asyncio.timeout(within_s):
            return await self.process.wait()


@asynccontextmanager
async def bot_process(
    base_url: str, folder: Path, program: Sequence[str] = THE_BOT, **environment: str
) -> AsyncIterator[BotProcess]:
    """Run the bot against a server until the block is left; `environment` goes over what it has anyway."""
    process = await fork(
        program,
        {
            "PATH": "",
            "UNIGO_TELEGRAM__TOKEN": TOKEN,
            "UNIGO_TELEGRAM__BASE_URL": base_url,
            "UNIGO_DATABASE__PATH": str(folder / "bot.db"),
            "UNIGO_DELIVERY__PER_SECOND": "1000",
            "UNIGO_DELIVERY__PRIVATE_PER_SECOND": "1000",
            "UNIGO_WATCH__PORT": "0",
            **environment,
        },
        folder,
    )
    running = BotProcess(process)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(running.listen())
        try:
            yield running
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
