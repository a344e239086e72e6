"""What waits for a decision, in a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.lists import turning
from handlers.views.message import Button, Message, column, pairs
from handlers.views.numbers import number
from handlers.views.requests import Card, subject, title
from handlers.views.times import age
from handlers.views.welcome import paragraphs
from storage.records.members import RequestKind, RequestState

ALL = "all"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each kind: for those who decide, and for those who are to correct what they asked."""

    waiting: Mapping[RequestKind, int]
    correcting: Mapping[RequestKind, int]

    def to_decide(self, kind: RequestKind | None) -> int:
        """How much waits for a decision, of one kind or all."""
        return sum(self.waiting.values()) if kind is None else self.waiting[kind]

    def to_correct(self, kind: RequestKind | None) -> int:
        """How much waits for a correction, of one kind or all."""
        return sum(self.correcting.values()) if kind is None else self.correcting[kind]

    def of(self, kind: RequestKind | None) -> int:
        """Both together."""
        return self.to_decide(kind) + self.to_correct(kind)


def pending(
    _: Translator, cards: Sequence[Card], counts: Counts, *, kind: RequestKind | None, page: int, now: int
) -> Message:
    """A page of what waits, of one kind or all, what has waited longest first; what is to be corrected comes last."""
    if not counts.of(None):
        return Message(_("Nothing waits for a decision."))
    opening = [Button(subject(_, one), f"request:show:{one.request.id}") for one in cards]
    name = ALL if kind is None else kind
    return Message(
        paragraphs(*_to_decide(_, cards, counts, kind, now), *_to_correct(_, cards, counts, kind, now)),
        (*column(opening), *turning(_, f"pending:{name}", page, counts.of(kind)), *pairs(_kinds(_, counts, kind))),
    )


def _to_decide(
    _: Translator, cards: Sequence[Card], counts: Counts, kind: RequestKind | None, now: int
) -> Iterator[Markup]:
    whole = counts.to_decide(None)
    if whole:
        yield _.n("<b>{count} request waits</b>", "<b>{count} requests wait</b>", whole)
    else:
        yield _("Nothing waits for a decision.")
    lines = [_line(_, one, one.request.asked_at, now) for one in cards if one.request.state == RequestState.OPEN]
    if lines:
        yield Markup("\n").join(lines)
    elif whole and not counts.to_decide(kind):
        yield _("Nothing of this kind waits.")


def _to_correct(
    _: Translator, cards: Sequence[Card], counts: Counts, kind: RequestKind | None, now: int
) -> Iterator[Markup]:
    """Said on every page, so that nobody has to turn to the last one to know of it."""
    if not counts.to_correct(kind):
        return
    those = [one for one in cards if one.request.state == RequestState.CORRECTION]
    heading = _("<b>Waiting for a correction: {count}</b>", count=number(_, counts.to_correct(kind)))
    yield Markup("\n").join([heading, *[_line(_, one, one.request.decided_at or 0, now) for one in those]])


def _line(_: Translator, one: Card, since: int, now: int) -> Markup:
    return Markup("• {}: {}, {}").format(title(_, one.request), subject(_, one), age(_, since, now))


def _kinds(_: Translator, counts: Counts, chosen: RequestKind | None) -> list[Button]:
    """What leads to one kind alone, where there are several."""
    there = [kind for kind in RequestKind if counts.of(kind)]
    if len(there) < 2 and chosen is None:  # noqa: PLR2004 - one kind is all there is
        return []
    called = {
        RequestKind.CENTER: _.plain("New Centers ({count})", count=counts.of(RequestKind.CENTER)),
        RequestKind.CHANGE: _.plain("Changes ({count})", count=counts.of(RequestKind.CHANGE)),
        RequestKind.JOIN: _.plain("Delegates ({count})", count=counts.of(RequestKind.JOIN)),
        RequestKind.GUEST: _.plain("Guests ({count})", count=counts.of(RequestKind.GUEST)),
    }
    others = [Button(called[kind], f"pending:{kind}:0") for kind in there if kind != chosen]
    everything = [] if chosen is None else [Button(_.plain("All of them"), f"pending:{ALL}:0")]
    return [*everything, *others]


def waits(_: Translator, count: int) -> Message:
    """For a group that has just become the Secretariat's."""
    return Message(
        _.n(
            "{count} request waits for a decision. /pending shows it.",
            "{count} requests wait for a decision. /pending shows them.",
            count,
        )
    )
