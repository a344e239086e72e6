"""What processes that are forked need not do themselves: import the bot, and read what never changes."""

from __future__ import annotations

import bot.app
import bot.cli  # noqa: F401 - imported for those who are forked
from bot.knowledge.answering import Answerer
from bot.knowledge.meaning import load_meaning
from bot.parts import Parts
from handlers.live import LIVE

Answerer(Parts().library, LIVE, meaning=load_meaning())
