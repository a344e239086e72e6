"""What people read who send more than the bot can answer."""

from __future__ import annotations

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.message import Message
from handlers.views.times import moment, next_minute
from handlers.views.welcome import paragraphs
from storage.records.floods import Pause


def too_many_messages(_: Translator, pause: Pause, now: int) -> Message:
    """Nothing is read for a while; where that is over, because it came while the bot was down, what was not."""
    read = Markup(" ").join(
        [
            _("I get more messages from you than I can answer."),
            _.n("I have read the first one.", "I have read the first {count} of them.", pause.read_count),
        ]
    )
    if pause.ends_at > now:
        unread = _(
            "I do not read what you send before {time}. Please wait until then, and send it again.",
            time=next_minute(_, pause.ends_at),
        )
    else:
        unread = _(
            "I have not read what you sent between {start} and {end}. If you still need it, please send it again.",
            start=moment(_, pause.starts_at),
            end=next_minute(_, pause.ends_at),
        )
    return Message(paragraphs(read, unread))


def too_many_presses(_: Translator, pause: Pause) -> str:
    """Over the chat, for somebody who presses buttons without end."""
    return _.plain(
        "You press buttons faster than I can follow. Please wait until {time}, then press again.",
        time=next_minute(_, pause.ends_at),
    )
