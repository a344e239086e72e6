"""What tests of agendas in files need."""

from __future__ import annotations

import pytest

from bot.forms.places import Places, load_places


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places()
