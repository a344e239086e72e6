"""Bots as processes of their own, each pinned to the same core, and what they cost there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

PEERS_PYTHON = Path(".venv-peers/bin/python")
"""Where `make bench` installs what the bot is measured beside."""
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
UNLIMITED = {
    "DELIVERY__PRIVATE_PER_SECOND": "1000",
    "DELIVERY__PRIVATE_BURST": "20",
    "DELIVERY__IN_FLIGHT": "50",
    "FLOODS__MESSAGES_AT_ONCE": "1000",
    "WATCH__PORT": "0",
    "LOGS__LEVEL": "warning",
}
"""Telegram's limits are not what is measured. That on all messages is lifted in `benchmarks.sides.ours`."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot that runs.

    Attributes:
        number: that of its account; also where its token begins.
        start: what each person writes before what is measured; nothing if it is empty.
        text: what is measured.
    """

    name: str
    number: int
    start: str
    text: str
    pid: int

    @property
    def token(self) -> str:
        return token_of(self.number)

    def cpu_s(self) -> float:
        """What the process has spent so far, its threads included."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def token_of(number: int) -> str:
    """An example of a token, for that account."""
    return f"{number}:EXAMPLE-token-for-tests-only-00000"


@contextmanager
def started(
    arguments: Sequence[str], core: int, *, folder: str, python: Path, more: dict[str, str] | None = None
) -> Iterator[int]:
    """A Python process on one core; it is ended when the block is left."""
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), **(more or {})}
    process = Popen([str(python.absolute()), *arguments], env=environment, stdout=DEVNULL, cwd=folder)
    try:
        pin(process.pid, core)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def load_server(core: int) -> Iterator[str]:
    """The server that all are measured against; its address."""
    process = Popen([sys.executable, "-m", "benchmarks.sides.load"], stdout=PIPE, text=True)
    pin(process.pid, core)
    assert process.stdout is not None  # noqa: S101 - it was asked for
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()


def pin(pid: int, core: int) -> None:
    """Keep a process on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(pid, {core})


def ours(base_url: str, number: int, folder: str) -> dict[str, str]:
    """The environment in which `benchmarks.sides.ours` is a contestant."""
    settings = {
        **UNLIMITED,
        "TELEGRAM__TOKEN": token_of(number),
        "TELEGRAM__BASE_URL": base_url,
        "DATABASE__PATH": str(Path(folder) / f"ours-{number}.db"),
    }
    return {f"UNIGO_{key}": value for key, value in settings.items()}
