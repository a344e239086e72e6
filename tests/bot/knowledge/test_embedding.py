"""The embedder beside other work."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.knowledge.embedding import why_missing

THREADS = """
import os
from bot.knowledge.embedding import load_embedder
embedder = load_embedder()
before = len(os.listdir("/proc/self/task"))
embedder.embed(["When is the next conference?"])
print(len(os.listdir("/proc/self/task")) - before)
"""


@pytest.mark.skipif(why_missing() is not None, reason="the engine that goes by meaning is not there on this machine")
def test_a_question_is_worked_out_in_one_thread() -> None:
    """Threads that wait for each other spin, and take a busy processor from everything else."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OMP_")}
    done = subprocess.run([sys.executable, "-c", THREADS], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
