"""How many sends may be under way: in flight, and of what goes to many, at hand in this process.

A send that waits for Telegram costs nothing here. One at hand, which is being rendered or recorded, takes its turn
with everything else that the process does. So of announcements only a few are at hand at a time, and fewer while
somebody waits for an answer.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.runtime.pacing import FLOWS, Flow, flow_of
from storage.records import MessageClass, QueuedMessage

AT_HAND = 8
AT_HAND_WHILE_TALKING = 2
"""At least one: whenever none may begin, one is at hand, and its end is the next occasion."""


class Slots:
    """Gives out places for sends.

    Args:
        in_flight: places of replies, reminders and announcements that are not paid for.
        paid_in_flight: places of what is paid for.
        is_talking: tells whether somebody waits for an answer.
    """

    def __init__(self, *, in_flight: int, paid_in_flight: int, is_talking: Callable[[], bool]) -> None:
        self._free = {False: in_flight, True: paid_in_flight}  # by whether it is paid
        self._is_talking = is_talking
        self._at_hand: set[int] = set()
        self._replies_at_hand: set[int] = set()

    def flows(self) -> list[Flow]:
        """What may begin."""
        at_most = AT_HAND_WHILE_TALKING if self._replies_at_hand or self._is_talking() else AT_HAND
        return [
            flow
            for flow in FLOWS
            if self._free[flow is Flow.PAID] and (flow is Flow.TALK or len(self._at_hand) < at_most)
        ]

    def take(self, row: QueuedMessage) -> None:
        """A row begins."""
        self._free[row.is_paid] -= 1
        self.returns(row)

    def leaves(self, row: QueuedMessage) -> None:
        """The call for a row is made: now it is Telegram's turn."""
        self._at_hand.discard(row.id)
        self._replies_at_hand.discard(row.id)

    def returns(self, row: QueuedMessage) -> None:
        """The call for a row is answered."""
        if flow_of(row) is not Flow.TALK:
            self._at_hand.add(row.id)
        elif row.message_class is MessageClass.REPLY:
            self._replies_at_hand.add(row.id)

    def give_back(self, row: QueuedMessage) -> None:
        """A row is done with, for now or for ever."""
        self._free[row.is_paid] += 1
        self.leaves(row)
