"""Faults on demand: what goes wrong between a bot and Telegram, made to go wrong when asked."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.sandbox.wire import Json, PeopleError

CALL_KINDS = frozenset({"429", "500", "502", "drop", "drop_after", "slow"})
UPDATE_KINDS = frozenset({"duplicate_update", "delay_update"})
DEFAULT_RETRY_AFTER_S = 1
DEFAULT_DELAY_S = 1.0


@dataclass(slots=True, eq=False)
class Fault:
    """Something that goes wrong with `probability`, at most `times_left` times if that is given."""

    id: int
    kind: str
    method: str = "*"
    chat_id: int | None = None
    probability: float = 1.0
    times_left: int | None = None
    retry_after_s: int = DEFAULT_RETRY_AFTER_S
    delay_s: float = DEFAULT_DELAY_S
    hits: int = 0

    def to_json(self) -> Json:
        fault: Json = {
            "id": self.id,
            "kind": self.kind,
            "probability": self.probability,
            "hits": self.hits,
        }
        if self.kind in CALL_KINDS:
            fault["method"] = self.method
        if self.chat_id is not None:
            fault["chat_id"] = self.chat_id
        if self.times_left is not None:
            fault["times"] = self.times_left
        if self.kind == "429":
            fault["retry_after"] = self.retry_after_s
        if self.kind in {"slow", "delay_update"}:
            fault["delay_s"] = self.delay_s
        return fault


class Faults:
    """The faults that are set. Chance comes from a seeded generator, so that a run can be repeated."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (not for secrets)
        self._faults: dict[int, Fault] = {}
        self._last_id = 0

    def add(self, wanted: Json) -> Fault:
        """Set a fault as the people's side describes it.

        Raises:
            PeopleError: the description is not understood.
        """
        kind = str(wanted.get("kind", ""))
        if kind not in CALL_KINDS | UPDATE_KINDS:
            kinds = ", ".join(sorted(CALL_KINDS | UPDATE_KINDS))
            raise PeopleError(400, f"“kind” must be one of {kinds}.")
        self._last_id += 1
        times = wanted.get("times")
        chat_id = wanted.get("chat_id")
        try:
            fault = Fault(
                self._last_id,
                kind,
                method=str(wanted.get("method") or "*").lower(),
                chat_id=None if chat_id is None else int(chat_id),
                probability=float(wanted.get("probability", 1.0)),
                times_left=None if times is None else int(times),
                retry_after_s=int(wanted.get("retry_after", DEFAULT_RETRY_AFTER_S)),
                delay_s=float(wanted.get("delay_s", DEFAULT_DELAY_S)),
            )
        except (TypeError, ValueError, OverflowError):
            raise PeopleError(
                400, "“chat_id”, “probability”, “times”, “retry_after” and “delay_s” must be numbers."
            ) from None
        if not 0 <= fault.probability <= 1:
            raise PeopleError(400, "“probability” must be from 0 to 1.")
        self._faults[fault.id] = fault
        return fault

    def remove(self, fault_id: int | None = None) -> bool:
        """Take back one fault, or all of them. Says whether there was such a fault."""
        if fault_id is None:
            self._faults.clear()
            return True
        return self._faults.pop(fault_id, None) is not None

    def all(self) -> list[Fault]:
        return list(self._faults.values())

    def strike_call(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that hits this call, if one does. `method` in lower case."""
        for fault in self._faults.values():
            if fault.kind in CALL_KINDS and fault.method in {"*", method} and self._strikes(fault, chat_id):
                return fault
        return None

    def strike_update(self, kind: str, chat_id: int | None) -> Fault | None:
        """The fault of that kind that hits an update of this chat, if one does."""
        for fault in self._faults.values():
            if fault.kind == kind and self._strikes(fault, chat_id):
                return fault
        return None

    def __bool__(self) -> bool:
        return bool(self._faults)

    def _strikes(self, fault: Fault, chat_id: int | None) -> bool:
        if fault.times_left == 0 or (fault.chat_id is not None and fault.chat_id != chat_id):
            return False
        if fault.probability < 1.0 and self._chance.random() >= fault.probability:
            return False
        fault.hits += 1
        if fault.times_left is not None:
            fault.times_left -= 1
        return True
