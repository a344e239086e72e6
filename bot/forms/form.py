"""The declaration of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.forms.reading import Kind, Moment
from storage.records.drafts import Answers, Draft, Json

NAME = re.compile(r"[a-z0-9_]{1,30}")
Condition = Callable[[Draft], bool]
Check = Callable[[Json, Draft], str | None]
Likely = Callable[[Sequence[str], Draft], Sequence[str]]
Due = Callable[[Answers], Moment | None]


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a form asks for.

    Attributes:
        shown_if: whether it is asked for at all, by what has been answered so far.
        check: what is wrong with an answer of the right kind; the name of a sentence in the form's words, or None.
        due: what the answers up to this one come to, which must not be past when it is given; None: nothing yet.
        likely: of answers of which any may be meant, those that are; none: it cannot be told.
        sensitive: what is sent with the answer in it is not kept once it is delivered.
    """

    name: str
    kind: Kind
    optional: bool = False
    shown_if: Condition | None = None
    check: Check | None = None
    due: Due | None = None
    likely: Likely | None = None
    sensitive: bool = False

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} does not fit into a button's data.")

    def is_shown(self, draft: Draft) -> bool:
        """Whether it is asked for."""
        return self.shown_if is None or self.shown_if(draft)


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked for, in order. A form whose fields change gets the next version."""

    id: str
    version: int
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if len(set(names)) < len(names):
            raise ValueError(f"The form {self.id!r} has a field twice.")

    def field(self, name: str) -> Field | None:
        """The field of this name, if there is one (any more)."""
        return next((field for field in self.fields if field.name == name), None)

    def shown(self, draft: Draft) -> tuple[Field, ...]:
        """The fields that are asked for, by what has been answered so far."""
        return self._seen(draft)[0]

    def visible(self, draft: Draft) -> Draft:
        """The draft with the answers of those fields alone."""
        return self._seen(draft)[1]

    def _seen(self, draft: Draft) -> tuple[tuple[Field, ...], Draft]:
        """A condition sees only what is shown itself, and stands before it."""
        shown: list[Field] = []
        answers: dict[str, Json] = {}
        seen = replace(draft, answers=answers)
        for field in self.fields:
            if field.is_shown(seen):
                shown.append(field)
                if field.name in draft.answers:
                    answers[field.name] = draft.answers[field.name]
        return tuple(shown), seen


def answered(name: str, *values: Json) -> Condition:
    """The condition that a field has one of these answers; without any: that it has an answer and was not skipped."""

    def holds(draft: Draft) -> bool:
        answer = draft.answers.get(name)
        return answer in values if values else answer is not None

    return holds
