"""The words of a form, which each form has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from bot.forms.form import Form
from bot.forms.places import Places
from handlers.views.message import Button
from storage.records.drafts import Draft


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What is said of a field.

    Attributes:
        label: what it is called in the summary and on a button; short.
        question: what is asked.
        expected: what is expected, in one line, where the kind's own line does not say it.
        options: the label of each option, by its value.
    """

    label: str
    question: Markup
    expected: Markup | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormWords:
    """What is said of a form.

    Attributes:
        title: what goes on, "Registering a Center"; it stands above each question.
        confirm: the button that ends it, "Send for approval".
        fields: by name.
        problems: sentences for what the form's own checks find, or in the place of those for a `Problem`.
        intro: what is said before the first question.
        remark: what is to be looked at before it is confirmed, by what was answered.
    """

    title: str
    confirm: str
    fields: Mapping[str, FieldWords]
    problems: Mapping[str, Markup] = field(default_factory=dict)
    intro: Markup | None = None
    remark: Markup | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A form in somebody's hands, as it is shown to them."""

    form: Form
    draft: Draft
    words: FormWords
    places: Places

    def button(self, label: str, act: str, value: str = "") -> Button:
        """A button that counts for this step only."""
        data = f"form:{self.draft.id}:{self.draft.revision}:{act}"
        return Button(label, f"{data}:{value}" if value else data)
