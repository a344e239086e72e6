"""How large a trial is: how many people, how often the bot is killed, what goes wrong on the network."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.runtime.housekeeping import UPDATES_KEPT_DAYS

IN_FLIGHT = 10
"""`delivery.in_flight` of the bot: so many sends may come twice at each kill."""
OWNER = 501
MOVED_DAYS = 30
"""By so much the clock moves while people act; the conference begins behind it."""
SETTINGS: Mapping[str, str] = {
    "UNIGO_PEOPLE__OWNERS": str(OWNER),
    "UNIGO_DELIVERY__IN_FLIGHT": str(IN_FLIGHT),
    "UNIGO_DELIVERY__GROUP_PER_MINUTE": "1000",
    # What has gone out is compared with the chats at the end, and the clock is moved by months.
    "UNIGO_DATABASE__KEEP_MESSAGES_DAYS": "365",
    "UNIGO_DESK__LETTERS_IN_TEN_MINUTES": "1000",
    # People of a trial have no patience, and those who decide press faster than anybody does.
    "UNIGO_FLOODS__MESSAGES_AT_ONCE": "1000",
    "UNIGO_FLOODS__MESSAGES_PER_MINUTE": "600",
    "UNIGO_FLOODS__PRESSES_AT_ONCE": "1000",
    "UNIGO_FLOODS__PRESSES_PER_MINUTE": "600",
}
FAULTS: tuple[Mapping[str, Any], ...] = (
    {"kind": "slow", "method": "sendMessage", "probability": 0.1, "delay_s": 0.2},
    {"kind": "slow", "method": "editMessageText", "probability": 0.1, "delay_s": 0.2},
    {"kind": "429", "method": "sendMessage", "probability": 0.005, "retry_after": 1},
    {"kind": "500", "method": "*", "probability": 0.01},
    {"kind": "502", "method": "*", "probability": 0.01},
    {"kind": "502", "method": "getUpdates", "probability": 0.05},
    {"kind": "drop", "method": "*", "probability": 0.01},
    {"kind": "drop_after", "method": "*", "probability": 0.002},
    {"kind": "duplicate_update", "probability": 0.05},
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One trial. Whoever knows the plan can repeat it, but for how fast the machine is.

    Attributes:
        seconds: for so long people act and the bot is killed, `kills_at_least` so often.
        founders: people who register a Center; each brings others into it.
        outsiders: people who only ask.
        acts_per_second: of all people together, once they are registered.
        upgrades_cut: how often at most the bot is killed while it upgrades the old database.
        patience_s: who waits for longer than this for something that was to come has found a fault.
    """

    seed: int
    seconds: float
    founders: int
    guests: int
    outsiders: int
    elders: int
    announcements: int
    acts_per_second: float
    patience_s: float = 300.0
    upgrades_cut: int = 3
    kills_at_least: int = 1

    @property
    def delegates(self) -> int:
        """Four in each of half of the Centers: of three, two are approved."""
        return 4 * (self.founders // 2)

    @property
    def people(self) -> int:
        return self.founders + self.delegates + self.guests + self.outsiders + self.elders

    @property
    def moves(self) -> int:
        """How often the clock is moved on: never so far at once that the bot forgets updates that may come again."""
        return min(60, max(math.ceil(MOVED_DAYS / (UPDATES_KEPT_DAYS - 1)), round(self.seconds / 15)))

    def lifetime_s(self, chance: random.Random) -> float:
        """How long the bot may live once it has started: some die soon, most at work, and some grow old."""
        if self.seconds < 60:
            return chance.uniform(1.0, 5.0)
        kind = chance.random()
        if kind < 0.2:
            return chance.uniform(0.1, 3.0)
        if kind < 0.85 or self.seconds < 600:
            return chance.uniform(3.0, 30.0)
        return chance.uniform(180.0, 420.0)


def planned(seed: int, minutes: float) -> Plan:
    """A trial of so many minutes: hundreds of people from five on, a score in less than one."""
    if minutes < 1:
        return Plan(
            seed, 60 * minutes, founders=4, guests=2, outsiders=4, elders=3, announcements=1, acts_per_second=8.0,
            patience_s=120.0, upgrades_cut=1, kills_at_least=2,
        )  # fmt: skip
    founders = min(70, 8 + round(8 * minutes))
    return Plan(
        seed, 60 * minutes, founders=founders, guests=founders // 3, outsiders=2 * founders // 3, elders=15,
        announcements=max(1, round(minutes / 4)), acts_per_second=5.0,
    )  # fmt: skip
