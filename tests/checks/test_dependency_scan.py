from __future__ import annotations

import json
from typing import Any

import pytest

from checks.dependency_scan import NOT_CHECKED, judge

SAFE = {"name": "a", "version": "1", "vulns": []}
VULNERABLE = {"name": "b", "version": "2", "vulns": [{"id": "EXAMPLE-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found"}


def told(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_vulnerable_package_fails() -> None:
    outcome = judge(told(SAFE, VULNERABLE, UNKNOWN), "Found 1 known vulnerability", 1)
    assert outcome.failed
    assert outcome.lines == ("b 2: EXAMPLE-1 (mended in 2.1)",)


def test_none_is_told_with_what_was_not_checked() -> None:
    outcome = judge(told(SAFE, UNKNOWN), "", 0)
    assert not outcome.failed
    assert outcome.lines == ("Known vulnerabilities: none in 1 packages.", "Not checked: c.")


@pytest.mark.parametrize(
    ("printed", "complaints", "status"),
    [("", "requests.exceptions.ConnectionError: no way", 1), (told(UNKNOWN, UNKNOWN), "No known vulnerabilities", 0)],
)
def test_nothing_known_is_not_nothing_found(printed: str, complaints: str, status: int) -> None:
    outcome = judge(printed, complaints, status)
    assert not outcome.failed
    assert outcome.lines == (NOT_CHECKED,)


def test_a_lock_that_cannot_be_read_fails() -> None:
    assert judge("", "ValueError: not a lock", 1).failed
