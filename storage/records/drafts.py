"""What somebody has begun to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

Json: TypeAlias = Any
"""A value as it is stored in JSON."""
Answers: TypeAlias = Mapping[str, Json]
"""By field. None: the field was skipped. A field that is not in it has not been answered."""
Mode: TypeAlias = Literal["asking", "changing", "summary"]
State: TypeAlias = Literal["active", "paused"]

_NOTHING: Mapping[str, Any] = {}


class Draft(NamedTuple):
    """A form that somebody fills in, as far as they have come. Nobody has two of the same form and subject.

    A named tuple, for each step makes a handful of them.

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
    answers: Answers = _NOTHING
    given: Answers = _NOTHING
    context: Mapping[str, Json] = _NOTHING
    only: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    typed: str | None = None
    messages: Mapping[str, int] = _NOTHING
    is_put_off: bool = False
    prompt_id: int | None = None
    revision: int = 0
