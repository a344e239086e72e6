"""`python -m tests.chaos --seed 7 --minutes 5`: a trial of the bot, its figures, and whatever did not hold."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.chaos.plan import Plan, planned
from tests.chaos.trial import trial
from tests.chaos.verdict import figures, violations, wrongs


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status is 1 if anything was violated."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="what chance begins with (default: any)")
    parser.add_argument("--minutes", type=float, default=5.0, help="how long the bot is killed (default: %(default)s)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the database and the log are to stay")
    options = parser.parse_args(arguments)
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    plan = planned(seed, options.minutes)
    print(f"chaos: seed {seed}, {options.minutes:g} minutes, {plan.people} people", flush=True)
    if options.keep is not None:
        options.keep.mkdir(parents=True)
        return asyncio.run(report(plan, options.keep))
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(report(plan, Path(folder)))


async def report(plan: Plan, folder: Path) -> int:
    """Print what the trial came to."""
    async with trial(plan, folder) as ended:
        found = await violations(ended)
        print(*figures(ended), sep="\n")
    print(*wrongs(found), sep="\n")
    print(f"{len(found)} violations" if found else "every invariant held")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
