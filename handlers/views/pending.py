"""What waits for a decision, in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.lists import turning
from handlers.views.message import Button, Message, column, pairs
from handlers.views.requests import Card, subject, title
from handlers.views.times import age
from handlers.views.welcome import paragraphs
from storage.records.members import RequestKind

ALL = "all"


def pending(
    _: Translator,
    cards: Sequence[Card],
    counts: Mapping[RequestKind, int],
    *,
    kind: RequestKind | None,
    page: int,
    now: int,
) -> Message:
    """A page of what waits, of one kind or all, what has waited longest first; `counts` is by kind."""
    whole = sum(counts.values())
    if not whole:
        return Message(_("Nothing waits for a decision."))
    shown = whole if kind is None else counts[kind]
    lines = [_line(_, one, now) for one in cards]
    opening = [Button(subject(_, one), f"request:show:{one.request.id}") for one in cards]
    heading = _.n("<b>{count} request waits</b>", "<b>{count} requests wait</b>", whole)
    parts = [heading, Markup("\n").join(lines) if lines else _("Nothing of this kind waits.")]
    name = ALL if kind is None else kind
    return Message(
        paragraphs(*parts),
        (*column(opening), *turning(_, f"pending:{name}", page, shown), *pairs(_kinds(_, counts, kind))),
    )


def _line(_: Translator, one: Card, now: int) -> Markup:
    since = age(_, one.request.asked_at, now)
    return Markup("• {}: {}, {}").format(title(_, one.request), subject(_, one), since)


def _kinds(_: Translator, counts: Mapping[RequestKind, int], chosen: RequestKind | None) -> list[Button]:
    """What leads to one kind alone, where there are several."""
    there = [kind for kind in RequestKind if counts[kind]]
    if len(there) < 2 and chosen is None:  # noqa: PLR2004 - one kind is all there is
        return []
    called = {
        RequestKind.CENTER: _.plain("New Centers ({count})", count=counts[RequestKind.CENTER]),
        RequestKind.CHANGE: _.plain("Changes ({count})", count=counts[RequestKind.CHANGE]),
        RequestKind.JOIN: _.plain("Delegates ({count})", count=counts[RequestKind.JOIN]),
        RequestKind.GUEST: _.plain("Guests ({count})", count=counts[RequestKind.GUEST]),
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
