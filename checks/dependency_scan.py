"""Whether anything that the lock names has a known vulnerability.

Without a connection to the advisory service this cannot be told; then it says so, and does not fail.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCK = "requirements-dev.lock"
WITHIN_S = 60
_UNREACHED = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError", "ServiceError", "HTTPError")
NOT_CHECKED = "Known vulnerabilities: not checked: the advisory service cannot be reached."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is told, and whether it is a reason to fail."""

    lines: tuple[str, ...]
    failed: bool = False


def judge(printed: str, complaints: str, status: int) -> Outcome:
    """What came of a run of pip-audit.

    Args:
        printed: its standard output: JSON, if it came so far.
        complaints: its standard error.
        status: with what it ended.
    """
    try:
        packages: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if status and any(word in complaints for word in _UNREACHED):
            return Outcome((NOT_CHECKED,))
        return Outcome((f"pip-audit failed: {complaints.strip()[-500:]}",), failed=True)
    vulnerable = [one for one in packages if one.get("vulns")]
    if vulnerable:
        return Outcome(tuple(_told(one) for one in vulnerable), failed=True)
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    if len(unknown) == len(packages):  # a registry that knows no advisories answers for every package that it has none
        return Outcome((NOT_CHECKED,))
    known = f"Known vulnerabilities: none in {len(packages) - len(unknown)} packages."
    return Outcome((known, f"Not checked: {', '.join(unknown)}.") if unknown else (known,))


def _told(package: dict[str, Any]) -> str:
    what = ", ".join(
        f"{one['id']} (mended in {', '.join(one['fix_versions']) or 'no version yet'})" for one in package["vulns"]
    )
    return f"{package['name']} {package['version']}: {what}"


def run(lock: Path) -> Outcome:
    """Ask the advisory service about what a lock names."""
    command = [
        sys.executable, "-m", "pip_audit", "-r", str(lock), "--require-hashes", "--disable-pip",
        "--progress-spinner", "off", "--timeout", "5", "-f", "json",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN_S, check=False)
    except subprocess.TimeoutExpired:
        return Outcome((NOT_CHECKED,))
    return judge(done.stdout, done.stderr, done.returncode)


def main() -> int:
    """Tell what was found; 1 if something is vulnerable."""
    outcome = run(Path.cwd() / LOCK)
    print("\n".join(outcome.lines))
    return 1 if outcome.failed else 0


if __name__ == "__main__":
    sys.exit(main())
