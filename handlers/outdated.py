"""What the Secretariat has published, where the conference itself says it too.

The dates of a conference change, and each year has another; what was published of them stays as it was written. So what
is entered of the next conference and of its AGM is told first, and what was published is a press away.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conferences import which
from bot.knowledge.deciding import Finding
from bot.knowledge.learned import answer_id
from bot.locales.catalogues import Translator
from handlers import topics
from handlers.turn import Turn
from storage import learned

OF_ONE_YEAR = frozenset({"conference-date", "conference-place", "conference-host-next", "conference-theme"})
"""What is said of these holds for one conference, and for none that comes after it."""
OF_THE_CONFERENCE = OF_ONE_YEAR | {"conference-registration", "agm-details"}
"""What the next conference and its AGM say themselves, as soon as it is entered."""


async def as_it_stands(turn: Turn, finding: Finding, t: Translator) -> Finding:
    """What is to be told, where a published answer was found: the conference's own data, if there is any.

    Where there is none, an answer about a conference that is over since answers no question about the next.
    """
    topic = next((one for one in finding.candidates if one in OF_THE_CONFERENCE), None)
    if finding.kind != "learned" or finding.topic is None or topic is None:
        return finding
    if await topics.answer(turn, topic, t) is not None:
        return replace(finding, kind="live", topic=topic, candidates=(finding.topic,), may_mean_others=True)
    if topic in OF_ONE_YEAR and await _is_of_a_past_one(turn, finding.topic):
        return replace(finding, kind="live", topic=topic, candidates=())
    return finding


async def _is_of_a_past_one(turn: Turn, topic_id: str) -> bool:
    """Whether a conference has ended since the answer was written."""
    found = await learned.answer(turn.tx, answer_id(topic_id) or 0)
    if found is None:
        return False
    written = max(found.published_at or 0, found.changed_at or 0)
    return await which.ended_since(turn.tx, written, turn.now)
