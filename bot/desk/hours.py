"""The Secretariat's office hours, and how long something may wait by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from storage.records.durations import SECOND_US

WEEK_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD_DAYS = 8
"""From any moment the next office day begins within a week."""


@dataclass(frozen=True, slots=True)
class Office:
    """When the Secretariat is there, what it has said of its answers, and how much of one person reaches it.

    Attributes:
        days: of the week, 0 is Monday; at least one.
        opens, closes: on the clock of `zone`, the one before the other.
        answer_within_hours: what people are told to expect; 0: nothing.
        alarm_after_hours: of office hours that a question may wait before the group is told; 0: for ever.
        letters_in_ten_minutes: how many of one person's are carried to it.
    """

    days: frozenset[int] = frozenset(range(5))
    opens: time = time(9)
    closes: time = time(17)
    zone: tzinfo = UTC
    answer_within_hours: int = 48
    alarm_after_hours: float = 8.0
    letters_in_ten_minutes: int = 20

    def is_open(self, now_us: int) -> bool:
        """Whether somebody is there."""
        now = _moment(now_us)
        return any(start <= now < end for start, end in self._spans(now))

    def next_opening(self, now_us: int) -> datetime:
        """When somebody is there next, on the office's own clock; now, if it is open."""
        now = _moment(now_us)
        start, _ = next((start, end) for start, end in self._spans(now) if end > now)
        return max(start, now).astimezone(self.zone)

    def alarm_at(self, waits_since_us: int) -> int | None:
        """When something that waits since then has waited for too long; None if nothing ever does."""
        if not self.alarm_after_hours:
            return None
        now, left = _moment(waits_since_us), timedelta(hours=self.alarm_after_hours)
        while True:
            for start, end in self._spans(now):
                begin = max(start, now)
                if begin + left <= end:
                    return int((begin + left).timestamp() * SECOND_US)
                if end > begin:
                    left -= end - begin
            now += timedelta(days=LOOK_AHEAD_DAYS)
            now = datetime.combine(now.astimezone(self.zone).date(), time(), self.zone).astimezone(UTC)

    def _spans(self, around: datetime) -> list[tuple[datetime, datetime]]:
        """The office's open times from the day of `around` on, for `LOOK_AHEAD_DAYS` days, in UTC."""
        first = around.astimezone(self.zone).date()
        days = [first + timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS)]
        return [
            (
                datetime.combine(day, self.opens, self.zone).astimezone(UTC),
                datetime.combine(day, self.closes, self.zone).astimezone(UTC),
            )
            for day in days
            if day.weekday() in self.days
        ]


def _moment(us: int) -> datetime:
    return datetime.fromtimestamp(us / SECOND_US, UTC)
