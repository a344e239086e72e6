"""The bot with the example forms, as a process of its own: `python -m tests.example_bot`."""

from __future__ import annotations

import asyncio

from bot.app import running_bot
from bot.parts import Parts
from bot.runtime.logs import configure_logs
from bot.settings import Settings
from tests.example_form import conversations


async def run() -> None:
    """Until it is killed."""
    settings = Settings()
    configure_logs(level="debug", style="text", secrets=settings.secrets)
    async with running_bot(settings, Parts(conversations=conversations())):
        print("running", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run())
