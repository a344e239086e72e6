"""How fast announcements go out, what speed costs, and when a second person has to agree."""

from __future__ import annotations

from dataclasses import dataclass

PAID_PER_S = 1_000
TENTHS_OF_A_STAR = 1
"""What each message costs beyond the thirty of a second that cost nothing: https://core.telegram.org/bots/faq"""
STARS_NEEDED = 100_000
READERS_NEEDED = 100_000
"""What Telegram wants of a bot that pays: Stars on its balance, and people who used it within a month."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one bot. `second_person_from`: above so many people, a second member has to confirm; 0: never."""

    second_person_from: int = 500
    per_second: float = 30.0

    def needs_second(self, people: int) -> bool:
        """Whether a second member of the Secretariat has to confirm."""
        return 0 < self.second_person_from < people

    def takes_s(self, messages: int, *, is_paid: bool) -> int:
        """About how many seconds so many messages take."""
        return max(1, round(messages / (PAID_PER_S if is_paid else self.per_second)))


def stars(messages: int) -> int:
    """What paid speed costs at most, in Stars; all of it goes out within seconds, so little of it is free."""
    return -(-messages * TENTHS_OF_A_STAR // 10)
