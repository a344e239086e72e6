"""What the log tells of a start, an upgrade and an end; and an end before all is loaded."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from bot.settings import People as PeopleSettings
from storage.before_migrating import copy_of
from storage.database import connect
from storage.migrate import known_migrations, migrate
from tests.chat import People
from tests.conftest import StartBot

ROOT = Path(__file__).parents[2]


async def test_the_log_tells_of_a_start_an_upgrade_and_an_end(start_bot: StartBot, people: People, path: Path) -> None:
    last = known_migrations()[-1].version
    async with connect(path) as conn:
        await migrate(conn, 1, known_migrations()[:-2])
    with structlog.testing.capture_logs() as logged:
        async with start_bot(people=PeopleSettings(owners=(7,))):
            pass
    told = {event["event"]: event for event in logged}
    assert "no_owner" not in told
    assert (told["started"]["bot"], told["started"]["database"]) == ("unigo_test_bot", str(path))
    assert told["started"]["version"][0].isdigit()
    changed = told["database_changed"]
    assert (changed["to_version"], changed["steps"], changed["former"]) == (last, 2, str(copy_of(path, last - 1)))
    assert "stopped" in told
    with structlog.testing.capture_logs() as logged:
        async with start_bot(people=PeopleSettings()):
            pass
    told = {event["event"]: event for event in logged}
    assert "database_changed" not in told
    assert told["no_owner"]["advice"].endswith("Set people.owners.")


ENDED_EARLY = """
import os, signal, sys

class Early:
    def find_spec(self, name, path=None, target=None):
        if name == "bot.cli":
            os.kill(os.getpid(), signal.SIGTERM)  # lost by a first process that handles nothing
            sys.exit(7)

sys.meta_path.insert(0, Early())
from bot.__main__ import main
main()
"""


def _may_be_first() -> bool:
    return bool(shutil.which("unshare")) and subprocess.run(["unshare", "-pf", "true"], check=False).returncode == 0


@pytest.mark.skipif(not _may_be_first(), reason="needs the right to make a first process")
async def test_a_first_process_that_is_ended_while_it_loads_ends() -> None:
    unshare = shutil.which("unshare")
    assert unshare is not None
    environment = {"PATH": "", "PYTHONPATH": str(ROOT)}
    command = [unshare, "-pf", "--kill-child", sys.executable, "-c", ENDED_EARLY]
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    assert await process.wait() == 128 + 15
