"""What was done to a record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.audit import what
from handlers.views.audit_log import actor
from handlers.views.lists import turning_by
from handlers.views.message import Button, Message
from handlers.views.record_names import people_of, record_key, record_name
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records.audit import AuditLine
from storage.records.members import Center, Delegate


def history(
    _: Translator, record: Center | Delegate, done: Sequence[AuditLine], *, page: int, count: int, zone: tzinfo
) -> Message:
    """A page of what was done, the latest first."""
    key = record_key(record)
    lines = [_line(_, one, zone) for one in done]
    turned = turning_by(_, lambda to: f"past:{key}:{to}", page, count)
    return Message(
        paragraphs(
            _("<b>History</b> of {name}", name=record_name(record)),
            Markup("\n").join(lines) if lines else _("Nothing has been noted yet."),
        ),
        (*turned, (Button(_.plain("Back"), f"card:{key}"),)),
        shows=people_of(record),
    )


def _line(_: Translator, line: AuditLine, zone: tzinfo) -> Markup:
    one = line.entry
    by = Markup("<i>{}, {}</i>").format(actor(_, one.actor_id, line.actor), moment(_, one.at, zone))
    return Markup("\n").join([Markup("• {}").format(what(_, one.act, one.before, one.after)), by])
