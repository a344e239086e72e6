"""How much memory and how many files the bot's process holds, at which age of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

EVERY_S = 1.0
MIB = 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at a process. `at_s` is of the trial, `age_s` of the process; `rss_mib` is resident memory."""

    pid: int
    at_s: float
    age_s: float
    rss_mib: float
    handles: int


async def watch(pid: int, began_s: float, samples: list[Sample]) -> None:
    """Look at a process until it is gone; `began_s`: when the trial began, on the loop's clock."""
    loop = asyncio.get_running_loop()
    born = loop.time()
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, StopIteration):
        while True:
            await asyncio.sleep(EVERY_S)
            now = loop.time()
            samples.append(Sample(pid, now - began_s, now - born, resident_mib(pid), handles(pid)))


def resident_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / MIB


def handles(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 - names are not needed


def by_age(samples: Sequence[Sample], younger_s: float, older_s: float) -> list[Sample]:
    """Those of processes of this age, in the order of the trial."""
    return sorted((one for one in samples if younger_s <= one.age_s < older_s), key=lambda one: one.at_s)


def thirds(samples: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """The first and the last third."""
    size = len(samples) // 3
    return list(samples[:size]), list(samples[len(samples) - size :])


def typical(samples: Sequence[Sample]) -> tuple[float, float]:
    """Memory in MiB and file handles in the middle."""
    return median(one.rss_mib for one in samples), median(one.handles for one in samples)
