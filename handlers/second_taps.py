"""The second tap of a double one: the first has done what was wanted, so what it finds is no cause for alarm."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from telegram import Update

from storage.records.durations import SECOND_US

WITHIN_US = 3 * SECOND_US
PEOPLE_AT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Tap:
    update_id: int
    what: tuple[int, int, str]
    at: int
    is_second: bool


class SecondTaps:
    """Remembers what each person pressed last; a restart forgets it."""

    def __init__(self) -> None:
        self._latest: OrderedDict[int, _Tap] = OrderedDict()

    def is_one(self, update: Update, now: int) -> bool:
        """Whether somebody presses what they have just pressed; the same of an update that is handled again."""
        query = update.callback_query
        if query is None or query.message is None:
            return False
        what = (query.message.chat.id, query.message.message_id, query.data or "")
        before = self._latest.pop(query.from_user.id, None)
        if before is None or before.update_id != update.update_id:
            is_second = before is not None and before.what == what and 0 <= now - before.at <= WITHIN_US
            before = _Tap(update.update_id, what, now, is_second)
        self._latest[query.from_user.id] = before
        if len(self._latest) > PEOPLE_AT_MOST:
            self._latest.popitem(last=False)
        return before.is_second
