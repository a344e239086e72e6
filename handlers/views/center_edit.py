"""Editing a Center: the words of the form, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.editing import Edited
from bot.places.countries import Countries
from handlers.views import center_form
from handlers.views.center import back_button, changes
from handlers.views.center_details import name_of
from handlers.views.forms import FormWords
from handlers.views.message import Message
from handlers.views.welcome import paragraphs
from storage.records.drafts import Draft

EDIT = "edit:"
"""What the subject of a draft begins with in which a Center is edited; its number stands behind it."""
AT_ONCE = "at_once"
"""Whether everything applies at once, in the draft's context."""


def words(_: Translator, draft: Draft) -> FormWords:
    """The words of the form of a Center, whatever it is filled in for."""
    known = center_form.words(_, draft)
    if not draft.subject.startswith(EDIT):
        return known
    at_once = bool(draft.context.get(AT_ONCE))
    intro = _missing(_) if draft.only else _intro(_, at_once=at_once)
    return replace(known, title=_.plain("Editing a Center"), confirm=_.plain("Save"), intro=intro)


def _missing(_: Translator) -> Markup:
    return _("Some details of this Center are not known yet. Please add them first; then you can change the others.")


def _intro(_: Translator, *, at_once: bool) -> Markup:
    if at_once:
        return _("Press the line that you want to change, then save. It applies at once.")
    return paragraphs(
        _("Press the line that you want to change, then save."),
        _("A change of the official name, the kind, the focus or the country needs the Secretariat's approval. "
          "Everything else applies at once."),
    )  # fmt: skip


def saved(_: Translator, edited: Edited, countries: Countries) -> Message:
    """What applies from now on, and what waits."""
    parts = []
    if edited.applied:
        parts.append(
            Markup("\n").join([
                _("This is changed in “{name}” from now on:", name=name_of(edited.center)),
                *changes(_, countries, edited.applied),
            ])
        )  # fmt: skip
    if edited.waiting:
        heading = (
            _("I have sent this to the Secretariat, and it applies once it is approved:")
            if edited.is_new
            else _("This still waits for the Secretariat's approval:")
        )
        parts.append(Markup("\n").join([heading, *changes(_, countries, edited.waiting)]))
    if edited.is_new:
        parts.append(_("I will write to you here as soon as it is decided."))
    if edited.is_withdrawn:
        parts.append(_("Nothing waits for the Secretariat's approval any more."))
    return Message(paragraphs(*parts) if parts else _("It is so already."), ((back_button(_, edited.center.id),),))


def stale(_: Translator) -> Markup:
    """Somebody else has changed the same meanwhile."""
    return _(
        "Somebody else has changed the same meanwhile, so I have saved nothing. Discard this, and open /center again."
    )


def not_possible(_: Translator) -> Message:
    """A form that is confirmed by somebody who cannot change this Center (any more)."""
    return Message(_("You cannot change this Center now, so I have saved nothing. /center shows how it stands."))
