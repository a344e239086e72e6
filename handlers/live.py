"""The questions that are answered from the database.

To add one: word its phrasings in ``content/<language>/unknown/<id>.md`` in all six languages and run `make train`;
write a function that answers it, as `live_question.my_question` does; and enter it in the `TOPICS` of its module, and
a new module in `LIVE`. What it has to find in the question is worked out before the transaction, as in
`live_registration.look_for_centers`.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers import live_conference, live_question, live_registration, live_session
from handlers.turn import LiveTopic

LIVE: Mapping[str, LiveTopic] = {
    topic.id: topic for topic in (*live_question.TOPICS, *live_registration.TOPICS, *live_conference.TOPICS)
}
"""By id."""

WITHOUT_QUESTIONS: Mapping[str, LiveTopic] = {topic.id: topic for topic in live_session.TOPICS}
"""Those that nobody asks for in words: they are told when a question follows on them. By id."""
