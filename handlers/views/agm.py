"""The AGM of a conference: its screen, and what is said while it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.conferences.conference_form import DayFault
from bot.locales.catalogues import Translator
from handlers.views.center_details import BUTTON_AT_MOST, shortened
from handlers.views.conference import show_button
from handlers.views.conference_manage import faults
from handlers.views.conference_names import conference_name
from handlers.views.conference_times import Clocks, span
from handlers.views.forms import FieldWords, FormWords
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, column, pairs
from handlers.views.welcome import paragraphs
from storage.records.conferences import Agm, Conference, Document, Entitled, Planned
from storage.records.drafts import Draft

ADD = "add"
"""Behind the number of the conference in the subject of a draft: its items come at the end."""
ITEMS_ROOM = 2_500
"""Characters of a message for the agenda; the rest is cut off."""


@dataclass(frozen=True, slots=True)
class ShownAgm:
    """An AGM with what belongs to it, and what the reader may do: manage it, change its place, get its documents."""

    conference: Conference
    agm: Agm | None
    items: tuple[str, ...]
    documents: tuple[Document, ...]
    is_staff: bool
    is_host: bool
    may_attend: bool


def entitled(_: Translator) -> dict[str, str]:
    """Who may attend."""
    return {
        Entitled.DELEGATES: _.plain("Delegates of approved Centers"),
        Entitled.FOCAL_POINTS: _.plain("Focal points and deputies"),
        Entitled.EVERYONE: _.plain("Delegates and guests"),
    }


def card(_: Translator, shown: ShownAgm, clocks: Clocks) -> Message:
    """The screen of an AGM."""
    conference, agm = shown.conference, shown.agm
    if agm is None:
        rows = [Button(_.plain("Set the AGM"), f"agm:edit:{conference.id}")] * shown.is_staff
        return Message(not_set(_), column([*rows, show_button(_, conference.id)]))
    files = [
        Button(shortened(one.title, BUTTON_AT_MOST), f"agm:doc:{conference.id}:{one.id}") for one in shown.documents
    ] * shown.may_attend
    words = text(_, conference, agm, shown.items, clocks)
    return Message(words, (*column(files), *pairs(_managing(_, shown, agm)), (show_button(_, conference.id),)))


def text(_: Translator, conference: Conference, agm: Agm, items: Sequence[str], clocks: Clocks) -> Markup:
    """When and where it is, who may attend, and what is on its agenda."""
    lines = [
        Markup("<b>{}</b>").format(_.plain("Annual General Meeting")),
        Markup("{}").format(conference_name(_, conference)),
    ]
    lines += [_("It was cancelled.")] * (agm.state == Planned.CANCELLED)
    lines.append(Markup("{}").format(span(_, agm.starts_at, agm.ends_at, clocks)))
    told = {_.plain("Place"): agm.place, _.plain("Online"): agm.online_link}
    lines += [with_label(_, label, value) for label, value in told.items() if value]
    lines.append(with_label(_, _.plain("May attend"), entitled(_)[agm.entitled]))
    listed = [Markup("<b>{}</b>\n{}").format(_.plain("Agenda"), _numbered(items))] if items else []
    return paragraphs(Markup("\n").join(lines), *listed)


def _numbered(items: Sequence[str]) -> str:
    """The items in lines, as many as there is room for."""
    lines = [f"{place}. {item}" for place, item in enumerate(items, start=1)]
    while sum(map(len, lines)) > ITEMS_ROOM:
        lines = [*lines[:-2], "…"]
    return "\n".join(lines)


def not_set(_: Translator) -> Markup:
    """Nothing is known of an AGM."""
    return _("The Annual General Meeting has not been announced here yet.")


def _managing(_: Translator, shown: ShownAgm, agm: Agm) -> list[Button]:
    number = shown.conference.id
    if not shown.is_staff:
        return [Button(_.plain("Change the place"), f"agm:edit:{number}")] * shown.is_host
    rows = [
        Button(_.plain("Change it"), f"agm:edit:{number}"),
        Button(_.plain("Add items"), f"agm:add:{number}"),
        Button(_.plain("Rewrite the agenda"), f"agm:items:{number}"),
        Button(_.plain("Add a document"), f"agm:file:{number}"),
    ]
    rows += [Button(_.plain("Remove a document"), f"agm:docs:{number}")] * bool(shown.documents)
    is_on = agm.state == Planned.PLANNED
    rows.append(
        Button(_.plain("Cancel the AGM"), f"agm:cancel:{number}")
        if is_on
        else Button(_.plain("It takes place after all"), f"agm:restore:{number}")
    )
    return rows


def words(_: Translator, draft: Draft) -> FormWords:
    """Of the form in which an AGM is set or changed."""
    labels = {
        "day": _.plain("Day"),
        "begins": _.plain("Begins at"),
        "ends": _.plain("Ends at"),
        "place": _.plain("Place"),
        "online_link": _.plain("Online"),
        "notice_days": _.plain("Days of notice"),
        "entitled": _.plain("May attend"),
    }
    return FormWords(
        title=_.plain("Annual General Meeting"),
        confirm=_.plain("Save"),
        fields={
            name: FieldWords(label, Markup("{}").format(label), options=entitled(_) if name == "entitled" else {})
            for name, label in labels.items()
        },
        problems=day_faults(_),
        intro=_("Times are those of the conference’s time zone.") if "place" not in draft.given else None,
    )


def day_faults(_: Translator) -> dict[str, Markup]:
    """What is wrong with a day or a time."""
    return {**faults(_), DayFault.BEFORE_THE_FIRST: _("It has to end after it begins.")}


def item_words(_: Translator, draft: Draft) -> FormWords:
    """Of the form in which items of the agenda are written."""
    is_more = draft.subject.endswith(f":{ADD}")
    question = _("Which items come at the end?") if is_more else _("What is the whole agenda?")
    return FormWords(
        title=_.plain("Agenda of the AGM"),
        confirm=_.plain("Save"),
        fields={"items": FieldWords(_.plain("Items"), question, _("One item per line."))},
    )


def document_words(_: Translator, _draft: Draft) -> FormWords:
    """Of the form in which a document is added."""
    return FormWords(
        title=_.plain("Document of the AGM"),
        confirm=_.plain("Save"),
        fields={
            "file": FieldWords(_.plain("File"), _("Which file?")),
            "title": FieldWords(_.plain("Title"), _("What is it called?")),
        },
    )


def saved(_: Translator, shown: Message) -> Message:
    """What was changed is saved."""
    return Message(paragraphs(_("Saved."), shown.text), shown.buttons)


def unchanged(_: Translator, shown: Message) -> Message:
    """There was nothing to change."""
    return Message(paragraphs(_("It is so already."), shown.text), shown.buttons)


def above(sentence: Markup, shown: Message) -> Message:
    """A sentence above the screen."""
    return Message(paragraphs(sentence, shown.text), shown.buttons)


def removing(_: Translator, documents: Sequence[Document], remove: str, back: str) -> Message:
    """The documents, to remove one by its number after `remove`, or to go `back`."""
    rows = [Button(shortened(one.title, BUTTON_AT_MOST), f"{remove}:{one.id}") for one in documents]
    return Message(_("Which document do you want to remove?"), column([*rows, Button(_.plain("Back"), back)]))


def ask_cancelling(_: Translator, conference: Conference) -> Message:
    """The step before an AGM is cancelled."""
    return Message(
        paragraphs(_("Cancel the AGM?"), _("Those who take part are told. You can take it back later.")),
        (
            (
                Button(_.plain("Yes, cancel it"), f"agm:cancelled:{conference.id}"),
                Button(_.plain("No"), f"agm:show:{conference.id}"),
            ),
        ),
    )


def not_entitled_toast(_: Translator) -> str:
    """The documents are for others."""
    return _.plain("The documents are for those who may attend the AGM.")
