"""From a failure to its mending: tried, set aside with one apology, listed, and tried again by the running bot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.cli import main
from bot.knowledge.library import Library, Topic
from bot.knowledge.loading import load_library
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from storage import inbox
from storage import people as known_people
from tests.chat import People, Phone, buttons, until
from tests.conftest import StartBot

SORRY = "I am sorry: something went wrong here"
WELCOME = "Welcome to UNIGO"


class ShakyLibrary(Library):
    """A library whose menu cannot be read for now."""

    failures = 10**6
    asked = 0

    def menu(self, language: str) -> tuple[Topic, ...]:
        type(self).asked += 1
        if type(self).failures > 0:
            type(self).failures -= 1
            raise LookupError("the menu cannot be read")
        return super().menu(language)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[Any]]:
    """What is logged: failures, with much around them."""
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.fixture
def shaky() -> type[ShakyLibrary]:
    class Shaky(ShakyLibrary):
        pass

    return Shaky


@pytest.fixture
def aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Awaitable[str]]:
    """`unigo-bot aside`, typed while the bot runs; what it prints."""
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(tmp_path / "bot.db"))

    async def typed(*arguments: str) -> str:
        capsys.readouterr()
        assert await asyncio.to_thread(main, ["aside", *arguments]) == 0
        return capsys.readouterr().out

    return typed


async def begins(phone: Phone, *beginnings: str) -> bool:
    texts = await phone.from_bot()
    return len(texts) == len(beginnings) and all(map(str.startswith, texts, beginnings))


async def past_pauses(clock: MovableClock, phone: Phone, *beginnings: str) -> None:
    """Wait until the bot has said this, without waiting for the pauses between tries."""

    async def reached() -> bool:
        clock.advance(5)
        return await begins(phone, *beginnings)

    await until(reached)


async def test_a_failure_from_end_to_end(
    start_bot: StartBot,
    people: People,
    clock: MovableClock,
    shaky: type[ShakyLibrary],
    aside: Callable[..., Awaitable[str]],
) -> None:
    phone, other = await people.person(), await people.person()
    parts = Parts(clock=clock, library=shaky(load_library().shelves))
    async with start_bot(parts) as running:
        await phone.start()
        await phone.write("/help")
        assert (await other.ask("/help"))["text"].startswith("Write a question")  # nobody else waits
        await past_pauses(clock, phone, SORRY, "Write a question")
        assert shaky.asked == 3
        (failed,) = await inbox.list_set_aside(running.database.reader)
        assert failed.failure == "LookupError: the menu cannot be read"
        assert await aside() == f"{failed.update_id}  tried 3 times  {failed.failure}\n1 set aside.\n"
        shaky.failures = 0
        assert await aside("--retry", "all") == "1 will be tried again; the running bot takes them up by itself.\n"
        await past_pauses(clock, phone, SORRY, "Write a question", WELCOME)
        assert await inbox.list_set_aside(running.database.reader) == []


async def test_what_works_at_the_second_try_is_done_once_and_without_a_word_of_it(
    start_bot: StartBot, people: People, clock: MovableClock, shaky: type[ShakyLibrary]
) -> None:
    shaky.failures = 1
    phone = await people.person()
    async with start_bot(Parts(clock=clock, library=shaky(load_library().shelves))) as running:
        await phone.start()
        await past_pauses(clock, phone, WELCOME)
        person = await known_people.find(running.database.reader, phone.id)
        assert person is not None
        assert shaky.asked == 2


async def test_a_press_that_fails_is_answered_with_a_note(
    start_bot: StartBot, people: People, clock: MovableClock, shaky: type[ShakyLibrary]
) -> None:
    shaky.failures = 0
    phone = await people.person()
    async with start_bot(Parts(clock=clock, library=shaky(load_library().shelves))):
        help_text = await phone.ask("/help")
        assert "menu" in buttons(help_text).values()
        shaky.failures = 10**6
        pressing = asyncio.ensure_future(phone.press(help_text, "menu"))

        failed = 0

        async def answered() -> bool:
            # Once a failure: with each look, so much would come due that a busy machine gets to nothing else.
            nonlocal failed
            if shaky.asked > failed:
                failed = shaky.asked
                clock.advance(5)
            return pressing.done()

        await until(answered)
        answer = await pressing
    assert answer["show_alert"] is True
    assert answer["text"].startswith("Sorry, that did not work.")
