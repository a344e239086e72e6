"""The bot as `python -m bot run` starts it, but at any pace: the limit is not what is measured."""

from __future__ import annotations

import uvloop

from bot.app import running_bot
from bot.parts import Parts
from bot.runtime.logs import configure_logs
from bot.runtime.memory import settle
from bot.runtime.stopping import stoppable
from bot.settings import load_settings

PER_S = 100_000.0


async def main() -> None:
    settings = load_settings(None)
    configure_logs(level=settings.logs.level, style=settings.logs.style, secrets=settings.secrets)
    delivery = settings.delivery.model_copy(update={"per_second": PER_S})  # which is not checked
    at_any_pace = settings.model_copy(update={"delivery": delivery})
    async with stoppable() as until_stopped, running_bot(at_any_pace, Parts()):
        settle()
        await until_stopped()


if __name__ == "__main__":
    uvloop.run(main())
