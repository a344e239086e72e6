"""The answers that the Secretariat has published, as the search sees them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.likeness import Crowd
from storage.records import Gist
from storage.records.learned import LearnedPhrasing

PREFIX = "learned-"


def topic_id(answer_id: int) -> str:
    """What a learned answer is called among the topics."""
    return f"{PREFIX}{answer_id}"


def answer_id(topic_id: str) -> int | None:
    """The number of the learned answer that a topic's id stands for; None if it is another topic's."""
    number = topic_id.removeprefix(PREFIX)
    return int(number) if number != topic_id and number.isascii() and number.isdigit() else None


class LearnedIndex:
    """Finds published answers by how they are asked for. Never changes; threads may share it."""

    def __init__(self, phrasings: Sequence[LearnedPhrasing] = ()) -> None:
        self._answers = [phrasing.answer for phrasing in phrasings]
        self._crowd = Crowd([phrasing.gist for phrasing in phrasings])

    def __bool__(self) -> bool:
        """Whether anything is published."""
        return bool(self._answers)

    def nearest(self, gist: Gist) -> list[tuple[int, float]]:
        """The numbers of the answers with their likeness to a question, from 0 to 1, the best first."""
        best: dict[int, float] = {}
        for number, likeness in zip(self._answers, self._crowd.likeness_to(gist), strict=True):
            best[number] = max(likeness, best.get(number, 0.0))
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))


NOTHING_LEARNED = LearnedIndex()
