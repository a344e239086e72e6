"""What the user may do who runs the tests."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def _may_look_everywhere() -> bool:
    """Root mostly may, but not everywhere that tests run."""
    with tempfile.TemporaryDirectory() as folder:
        closed = Path(folder, "closed")
        closed.mkdir(mode=0)
        return os.access(closed, os.X_OK)


MAY_LOOK_EVERYWHERE = _may_look_everywhere()
