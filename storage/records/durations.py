"""How long things last: in microseconds, as moments are kept, and in minutes, as times of day are."""

from __future__ import annotations

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
DAY_MINUTES = 24 * 60
