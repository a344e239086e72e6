"""What a bot has yet to fetch: its updates, kept until it confirms them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from bot.sandbox.wire import Json, dumps

FIRST_UPDATE_ID = 100_000_001

UPDATE_KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
    }
)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that a bot gets only when it names them, as the Bot API says of `allowed_updates`."""


@dataclass(slots=True, eq=False)
class Update:
    update_id: int
    lane: int
    text: str
    """The whole update as JSON."""
    extra_copies: int = 0
    """How many times it is delivered again, after it has been confirmed."""


class UpdateQueue:
    """The updates of one bot, oldest first.

    `update_id` rises by one with each update. Nothing is forgotten but by `confirm` and `keep_last`.
    """

    def __init__(self) -> None:
        self._next_id = FIRST_UPDATE_ID
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._again: deque[Update] = deque()
        self._withheld: dict[int, list[tuple[str, Json, int]]] = {}
        self._arrival: asyncio.Future[None] | None = None
        self._allowed: frozenset[str] | None = None
        self.on_arrival: Callable[[Update], None] | None = None
        """Told of each new update: the webhook, while there is one."""

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def allowed(self) -> frozenset[str] | None:
        """The kinds of update that the bot asked for; None for the default."""
        return self._allowed

    def allow(self, kinds: Iterable[str]) -> None:
        """Take only updates of these kinds from now on; none or only unknown ones: the default."""
        known = frozenset(kinds) & UPDATE_KINDS
        self._allowed = known if known and known != UPDATE_KINDS - NOT_BY_DEFAULT else None

    def wants(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self._allowed is None else kind in self._allowed

    def put(self, kind: str, payload: Json, lane: int, *, extra_copies: int = 0) -> None:
        """Add an update, unless the bot does not want its kind.

        Order holds within a `lane`: a chat, or a person. After it has been confirmed the update is delivered
        `extra_copies` times more.
        """
        if not self.wants(kind):
            return
        if (withheld := self._withheld.get(lane)) is not None:
            withheld.append((kind, payload, extra_copies))
            return
        update_id = self._next_id
        self._next_id += 1
        text = f'{{"update_id":{update_id},"{kind}":{dumps(payload)}}}'
        update = Update(update_id, lane, text, extra_copies)
        self._pending[update_id] = update
        self._wake()
        if self.on_arrival is not None:
            self.on_arrival(update)

    def withhold(self, lane: int) -> bool:
        """Keep back what comes for `lane` until `release`. Says whether it was not kept back already."""
        if lane in self._withheld:
            return False
        self._withheld[lane] = []
        return True

    def release(self, lane: int) -> None:
        """Hand out what was withheld, in its order."""
        for kind, payload, extra_copies in self._withheld.pop(lane, []):
            self.put(kind, payload, lane, extra_copies=extra_copies)

    def confirm(self, offset: int) -> None:
        """Forget the updates before `offset`: the bot has them."""
        pending = self._pending
        while pending and next(iter(pending)) < offset:
            self._forget(pending.popitem(last=False)[1])

    def confirm_one(self, update: Update) -> None:
        """Forget one update: the webhook has taken it."""
        self._pending.pop(update.update_id, None)

    def keep_last(self, count: int) -> None:
        """Forget all but the last `count` updates."""
        while len(self._pending) > count:
            self._pending.popitem(last=False)
        self._again.clear()

    def _forget(self, update: Update) -> None:
        if update.extra_copies > 0:
            self._again.append(update)
            self._wake()

    def take(self, limit: int) -> list[str]:
        """Up to `limit` unconfirmed updates, oldest first; repeats come before them."""
        texts: list[str] = []
        while self._again and len(texts) < limit:
            update = self._again[0]
            texts.append(update.text)
            update.extra_copies -= 1
            if update.extra_copies <= 0:
                self._again.popleft()
        texts.extend(update.text for update in islice(self._pending.values(), limit - len(texts)))
        return texts

    def unconfirmed(self) -> list[Update]:
        return list(self._pending.values())

    def arrival(self) -> asyncio.Future[None]:
        """A future that is done as soon as there is something new to take; ask after an empty `take`."""
        if self._arrival is None or self._arrival.done():
            self._arrival = asyncio.get_running_loop().create_future()
        return self._arrival

    def _wake(self) -> None:
        if self._arrival is not None and not self._arrival.done():
            self._arrival.set_result(None)
