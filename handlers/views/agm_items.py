"""The items on the agenda of an AGM while they are written, moved and removed."""

from __future__ import annotations

from markupsafe import Markup

from bot.conferences.agm_form import ITEMS_AT_MOST, TOO_MANY
from bot.conferences.agm_items import Items, SeenItem, mark_of
from bot.forms.reading import Problem
from bot.locales.catalogues import Translator
from handlers.views.center_details import BUTTON_AT_MOST, shortened
from handlers.views.form_problems import limited
from handlers.views.forms import FieldWords, FormWords
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.welcome import paragraphs
from storage.records.drafts import Draft

ADD = "add"
"""Behind the number of the conference in the subject of a draft: its items come at the end."""


def all_of_them(_: Translator, conference_id: int, items: Items) -> Message:
    """The items, to choose one."""
    mark = mark_of(items)
    rows = [
        Button(f"{place + 1}. {shortened(item, BUTTON_AT_MOST)}", f"agm:item:{conference_id}:{place}:{mark}")
        for place, item in enumerate(items)
    ]
    back = Button(_.plain("Back"), f"agm:show:{conference_id}")
    return Message(_("Which item do you want to change?"), column([*rows, back]))


def item(_: Translator, seen: SeenItem, items: Items) -> Message:
    """An item, and what can be done with it."""
    place, which = seen.place, f"{seen.conference}:{seen.place}:{seen.mark}"
    head = bold(_.plain("Agenda of the AGM"))
    rows = [Button(_.plain("Move up"), f"agm:move:{which}:{place - 1}")] * (place > 0)
    rows += [Button(_.plain("Move down"), f"agm:move:{which}:{place + 1}")] * (place + 1 < len(items))
    rows += [Button(_.plain("Change it"), f"agm:word:{which}"), Button(_.plain("Remove it"), f"agm:unitem:{which}")]
    back = Button(_.plain("Back"), f"agm:list:{seen.conference}")
    return Message(paragraphs(head, Markup("{}. {}").format(place + 1, items[place])), (*pairs(rows), (back,)))


def words(_: Translator, draft: Draft) -> FormWords:
    """Of the form in which items are written: at the end, one anew, or all."""
    match draft.subject.split(":"):
        case [_conference, _place, _mark]:
            question = _("What should the item be?")
        case [_conference, _add]:
            question = _("Which items come at the end?")
        case _whole:
            question = _("What is the whole agenda?")
    return FormWords(
        title=_.plain("Agenda of the AGM"),
        confirm=_.plain("Save"),
        fields={"items": FieldWords(_.plain("Items"), question, _("One item per line."))},
        problems={TOO_MANY: too_many(_)},
    )


def too_many(_: Translator) -> Markup:
    """There cannot be so many items."""
    return limited(_, Problem.TOO_LARGE, ITEMS_AT_MOST)


def too_long(_: Translator, room: int) -> Markup:
    """There is no room for so much on the agenda."""
    return limited(_, Problem.TOO_LONG, room)
