from __future__ import annotations

import pytest

from bot.knowledge.answering import Answerer
from bot.knowledge.library import Library
from bot.knowledge.loading import load_library
from bot.knowledge.meaning import load_meaning
from handlers.live import LIVE


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def answerer(library: Library) -> Answerer:
    return Answerer(library, LIVE, meaning=load_meaning())
