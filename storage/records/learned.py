"""Answers that the Secretariat has published."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import Gist


@dataclass(frozen=True, slots=True)
class LearnedAnswer:
    """An answer; `state` is draft, published or withdrawn. `edition` counts its changes."""

    id: int
    letter: int | None
    language: str
    state: str
    edition: int
    made_by: int
    made_at: int
    published_by: int | None
    published_at: int | None
    changed_by: int | None
    changed_at: int | None
    withdrawn_by: int | None
    withdrawn_at: int | None


@dataclass(frozen=True, slots=True)
class LearnedText:
    """What is said in one language, and the question that it stands for. `html` is None without formatting."""

    answer: int
    language: str
    question: str
    plain: str
    html: str | None


@dataclass(frozen=True, slots=True)
class LearnedPhrasing:
    """A way in which an answer is asked for.

    `person_id` and `asked`, the open question, are None where the question is that of a text. `told_at` is when
    whoever asked was given the answer. `gist` is None as long as it is not worked out.
    """

    id: int
    answer: int
    language: str
    question: str
    person_id: int | None
    asked: int | None
    is_same: bool
    told_at: int | None
    gist: Gist | None


@dataclass(frozen=True, slots=True)
class LearnedEdit:
    """What a member of the Secretariat writes next: `part` is question, answer or translation.

    `message_id` is the message in which they have written it; None while they have not.
    """

    person_id: int
    answer: int
    part: str
    language: str
    since: int
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer of which somebody was asked whether it helped; `helpful` is None as long as they have not said.

    `message_id` is the question's; `topic` is what was answered.
    """

    id: int
    person_id: int
    chat_id: int
    message_id: int
    language: str
    question: str
    topic: str
    asked_at: int
    helpful: bool | None = None
    marked_at: int | None = None
    gist: Gist | None = None
