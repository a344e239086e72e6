"""What somebody has begun to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Json: TypeAlias = Any
"""A value as it is stored in JSON."""
Answers: TypeAlias = Mapping[str, Json]
"""By field. None: the field was skipped. A field that is not in it has not been answered."""
Mode: TypeAlias = Literal["asking", "changing", "summary"]
State: TypeAlias = Literal["active", "paused"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that somebody fills in, as far as they have come. Nobody has two of the same form and subject.

    Attributes:
        subject: what it is about where there are several: the id of a Center, say; else empty.
        version: of the form, when the draft was last touched.
        step: the field that is asked for; empty in the summary.
        mode: asking leads from field to field, changing asks for one line and returns to the summary.
        given: the answers that it began with, and begins with again.
        context: what the form is filled in for, an invitation, say; nobody is asked for it.
        only: the fields that are asked for, where it is not all of them.
        picked: what is ticked so far where several can be.
        typed: a text that was not taken as an answer, and may still be.
        messages: in which message each answer was typed.
        is_put_off: they did not want to go on when they were asked; it rests until they do so themselves.
        prompt_id: the message that asks for the present step, as soon as it is known.
        revision: one more with each step; an outdated button shows another.
    """

    id: int
    person_id: int
    form: str
    subject: str
    version: int
    touched_at: int
    step: str = ""
    mode: Mode = "asking"
    state: State = "active"
    answers: Answers = field(default_factory=dict)
    given: Answers = field(default_factory=dict)
    context: Mapping[str, Json] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    typed: str | None = None
    messages: Mapping[str, int] = field(default_factory=dict)
    is_put_off: bool = False
    prompt_id: int | None = None
    revision: int = 0
