"""The words of the form in which a Center is registered and corrected."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup

from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.center_details import focuses, kinds, labels
from handlers.views.forms import FieldWords, FormWords
from handlers.views.welcome import paragraphs
from storage.records.drafts import Draft

REMARK = "remark"
"""What the Secretariat says to a correction, in the draft's context."""
CHANGES = "changes"
"""Whether the applicant changes what they registered by themselves, in the draft's context."""


def words(_: Translator, draft: Draft) -> FormWords:
    """For a new Center, for one that is to be corrected, and for one that is changed while it waits."""
    return FormWords(
        title=_.plain("Correcting the registration") if draft.subject else _.plain("Registering a Center"),
        confirm=_.plain("Send to the Secretariat"),
        fields=_fields(_),
        intro=_intro(_, draft),
    )


def _intro(_: Translator, draft: Draft) -> Markup:
    remark = draft.context.get(REMARK)
    if not draft.subject:
        return _intro_of_new(_)
    if draft.context.get(CHANGES):
        return _("Press the line that you want to change. The Secretariat then sees what has changed.")
    if remark:
        return _("The Secretariat writes: “{remark}”", remark=remark)
    return _("The Secretariat asks you to correct this. The rest stays as it is.")


@lru_cache(len(LANGUAGES))  # as below
def _intro_of_new(_: Translator) -> Markup:
    return paragraphs(
        _("A few questions about your Center, about five minutes. The Secretariat then approves the registration."),
        _("Nothing is lost if you stop in between: /register goes on where you were."),
    )


@lru_cache(len(LANGUAGES))  # always the same in a language, and said with each step
def _fields(_: Translator) -> Mapping[str, FieldWords]:
    called = labels(_)
    return {
        "name": FieldWords(
            called["name"],
            _("What is the official name of your Center?"),
            _("As it stands on its letterhead, in its own language or in English."),
        ),
        "short_name": FieldWords(
            called["short_name"],
            _("Does it have a short name or an abbreviation?"),
            _("The one that others know it by. Skip this if there is none."),
        ),
        "kind": FieldWords(called["kind"], _("What kind of member is it?"), options=kinds(_)),
        "focus": FieldWords(
            called["focus"],
            _("Whom does it train, or work for?"),
            _("Choose mixed if it is for more than one of them."),
            options=focuses(_),
        ),
        "country": FieldWords(called["country"], _("In which country is it?")),
        "city": FieldWords(called["city"], _("In which city or town is it?")),
        "website": FieldWords(called["website"], _("What is the address of its web site?")),
        "email": FieldWords(
            called["email"],
            _("At which e-mail address can the Center be reached?"),
            _("Preferably the Center's own, not that of a single person."),
        ),
        "phone": FieldWords(
            called["phone"],
            _("What is its phone number?"),
            _("As one dials it in its country, or with the country’s code. You can skip this."),
        ),
        "head_name": FieldWords(
            called["head_name"],
            _("What is the name of its head?"),
            _("The director, the commander or the rector: given and family name."),
        ),
        "head_title": FieldWords(
            called["head_title"],
            _("What is their title or rank?"),
            _("For example: Colonel, Professor, Director. You can skip this."),
        ),
    }
