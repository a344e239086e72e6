"""The declaration of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

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
    """

    name: str
    kind: Kind
    optional: bool = False
    shown_if: Condition | None = None
    check: Check | None = None
    due: Due | None = None
    likely: Likely | None = None

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
    _by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    _has_conditions: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {one.name: one for one in self.fields}
        if len(by_name) < len(self.fields):
            raise ValueError(f"The form {self.id!r} has a field twice.")
        object.__setattr__(self, "_by_name", by_name)  # it is frozen
        object.__setattr__(self, "_has_conditions", any(one.shown_if is not None for one in self.fields))

    def field(self, name: str) -> Field | None:
        """The field of this name, if there is one (any more)."""
        return self._by_name.get(name)

    def shown(self, draft: Draft) -> tuple[Field, ...]:
        """The fields that are asked for, by what has been answered so far."""
        return self._seen(draft)[0]

    def visible(self, draft: Draft) -> Draft:
        """The draft with the answers of those fields alone."""
        return self._seen(draft)[1]

    def _seen(self, draft: Draft) -> tuple[tuple[Field, ...], Draft]:
        """A condition sees only what is shown itself, and stands before it."""
        if not self._has_conditions and draft.answers.keys() <= self._by_name.keys():
            return self.fields, draft
        shown: list[Field] = []
        answers: dict[str, Json] = {}
        seen = draft._replace(answers=answers)
        for one in self.fields:
            if one.is_shown(seen):
                shown.append(one)
                if one.name in draft.answers:
                    answers[one.name] = draft.answers[one.name]
        return tuple(shown), seen


def answered(name: str, *values: Json) -> Condition:
    """The condition that a field has one of these answers; without any: that it has an answer and was not skipped."""

    def holds(draft: Draft) -> bool:
        answer = draft.answers.get(name)
        return answer in values if values else answer is not None

    return holds
