"""What tests of forms run with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.parts import Parts
from tests.example_form import conversations


@pytest.fixture
def parts(parts: Parts) -> Parts:
    """With the example forms."""
    return replace(parts, conversations=conversations())
