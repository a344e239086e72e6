"""The documentation names everything that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.sandbox.faults import CALL_KINDS, UPDATE_KINDS
from bot.sandbox.methods.table import MODELLED
from bot.sandbox.people.routes import people_routes

DOCUMENT = (Path(__file__).parents[3] / "docs" / "sandbox.md").read_text("utf-8")


@pytest.mark.parametrize(("method", "path"), [(route.method, route.path) for route in people_routes()])
def test_every_request_is_there(method: str, path: str) -> None:
    kinds = re.fullmatch(r"(.*)\{kind:(.*)\}", path)
    paths = [f"{kinds[1]}{kind}" for kind in kinds[2].split("|")] if kinds else [path]
    missing = [one for one in paths if not re.search(rf"`{method} {re.escape(one)}[`?]", DOCUMENT)]
    assert missing == []


def test_every_method_is_there() -> None:
    bots_side = DOCUMENT.partition("Modelled, with real behaviour")[2].partition("Every other method")[0]
    assert set(re.findall(r"`(\w+)`", bots_side)) == set(MODELLED)


def test_every_fault_is_there() -> None:
    table = DOCUMENT.partition("| `kind` |")[2].partition("\n\n")[0]
    named = {kind for line in table.splitlines()[2:] for kind in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named == CALL_KINDS | UPDATE_KINDS
