"""The words of the form in which somebody answers to a conference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from bot.conferences.participation_form import BEFORE_ARRIVAL, ENDS, FAR, NOT_COMING, STARTS, TOO_EARLY, TOO_LATE
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.conference_names import long_day, segments
from handlers.views.forms import FieldWords, FormWords
from handlers.views.locale import in_a_row
from handlers.views.participation_words import attendances, labels
from handlers.views.welcome import paragraphs
from storage.records.drafts import Draft

IN_TIME = "in_time"
"""Whether what is answered applies at once, in the draft's context."""


FULL = "full"
"""Whether who comes in person has to wait for a place, in the draft's context."""


def words(_: Translator, draft: Draft) -> FormWords:
    """For who answers, and for who changes the answer."""
    first, last = (long_day(_, date.fromisoformat(str(draft.context[name]))) for name in (STARTS, ENDS))
    unfitting = _("This does not go with the days of the conference, {first} to {last}.", first=first, last=last)
    return FormWords(
        title=_.plain("Taking part in the conference"),
        confirm=_.plain("Send"),
        fields={**_fields(_), "attendance": _attendance(_, is_full=bool(draft.context.get(FULL)))},
        problems={
            **dict.fromkeys((FAR, TOO_EARLY, TOO_LATE), unfitting),
            BEFORE_ARRIVAL: _("That would be before the day of arrival."),
        },
        intro=_intro(_, draft, first, last),
    )


def _intro(_: Translator, draft: Draft, first: str, last: str) -> Markup:
    if not draft.given:
        return _("A few questions about the conference, {first} to {last}.", first=first, last=last)
    intro = _("Press the line that you want to change, then send it.")
    return intro if draft.context.get(IN_TIME) else paragraphs(intro, too_late_to_change(_))


def too_late_to_change(_: Translator) -> Markup:
    """After the last day, others decide."""
    return _("The last day to change this is past: what you change now, the Secretariat decides.")


@lru_cache(2 * len(LANGUAGES))
def _attendance(_: Translator, *, is_full: bool) -> FieldWords:
    """The first question; one knows beforehand that all places are taken."""
    told = in_a_row(
        _,
        _("All places in person are taken: whoever registers for one now waits."),
        _("I will write to you here as soon as one is free for you."),
        _("Online, there is room for everybody."),
    )
    return FieldWords(
        labels(_)["attendance"],
        _("How will you take part?"),
        told if is_full else None,
        {**attendances(_), NOT_COMING: _.plain("I will not come")},
    )


@lru_cache(len(LANGUAGES))  # always the same in a language, and said with each step
def _fields(_: Translator) -> Mapping[str, FieldWords]:
    called = labels(_)
    return {
        "arrives_on": FieldWords(called["arrives_on"], _("On which day do you arrive?")),
        "departs_on": FieldWords(called["departs_on"], _("On which day do you leave?")),
        "diet": FieldWords(
            called["diet"],
            _("Is there anything that you do not eat or drink?"),
            _("Only the Secretariat and the host see it. You can skip this."),
        ),
        "accessibility": FieldWords(
            called["accessibility"],
            _("Is there anything that you need so that you can take part, such as a ramp or subtitles?"),
            _("Only the Secretariat and the host see it. You can skip this."),
        ),
        "visa_letter": FieldWords(called["visa_letter"], _("Do you need a letter of invitation for your visa?")),
        "segment": FieldWords(
            called["segment"], _("Which part of the agenda interests you most?"), options=segments(_)
        ),
    }
