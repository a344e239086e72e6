"""Programs in processes of their own, forked from one that has imported the bot and read what never changes.

That takes several seconds, to fork takes none. What runs is what `python -m NAME` runs, from its first line on, and
ends like any process: by itself or by a signal.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.preloaded"])


class Forked:
    """A process that was begun by `fork`."""

    def __init__(self, process: ForkServerProcess, printed: asyncio.StreamReader, pipe: asyncio.ReadTransport) -> None:
        self._process = process
        self._pipe = pipe
        self._printed = printed

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit status, or the signal that ended it as a negative number; None while it runs."""
        return self._process.exitcode

    def send_signal(self, how: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, how)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def lines(self) -> AsyncIterator[str]:
        """What it prints, line by line, until it has ended."""
        try:
            async for line in self._printed:
                yield line.decode()
        finally:
            self._pipe.close()

    async def wait(self) -> int:
        """Wait until it has ended; the exit status."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        assert self.returncode is not None
        return self.returncode


async def fork(program: Sequence[str], environment: Mapping[str, str], folder: Path) -> Forked:
    """Run a module, with its arguments, in a folder."""
    receives, sends = _FORKING.Pipe(duplex=False)
    process = _FORKING.Process(target=_run, args=(sends, tuple(program), dict(environment), folder))
    await asyncio.to_thread(process.start)  # the first waits for the imports
    sends.close()
    printed = asyncio.StreamReader()
    source = os.fdopen(os.dup(receives.fileno()), "rb")
    receives.close()
    pipe, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(printed), source)
    return Forked(process, printed, pipe)


def _run(sends: Connection, program: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
    os.dup2(sends.fileno(), sys.stdout.fileno())
    os.dup2(sends.fileno(), sys.stderr.fileno())
    sends.close()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = list(program)
    runpy.run_module(program[0], run_name="__main__", alter_sys=True)
