"""The AGM of a conference: its screen, and what is said while it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.conferences.conference_form import DayFault
from bot.locales.catalogues import Translator
from handlers.views.center_details import BUTTON_AT_MOST, shortened
from handlers.views.conference import show_button, was_cancelled
from handlers.views.conference_names import conference_name
from handlers.views.conference_times import Clocks, span
from handlers.views.forms import FieldWords, FormWords
from handlers.views.lists import of_page, page_within, turning
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.welcome import paragraphs
from storage.records.conferences import Agm, Conference, Document, Entitled
from storage.records.drafts import Draft


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


def card(_: Translator, shown: ShownAgm, clocks: Clocks, *, page: int = 0) -> Message:
    """The screen of an AGM, with a page of its documents."""
    conference, agm = shown.conference, shown.agm
    if agm is None:
        rows = [Button(_.plain("Set the AGM"), f"agm:edit:{conference.id}")] * shown.is_staff
        return Message(not_set(_), column([*rows, show_button(_, conference.id)]))
    documents = shown.documents if shown.may_attend else ()
    files = (
        *column(_named(of_page(documents, page), f"agm:doc:{conference.id}")),
        *turning(_, f"agm:show:{conference.id}", page_within(page, len(documents)), len(documents)),
    )
    words = text(_, conference, agm, shown.items, clocks, with_link=shown.may_attend)
    return Message(words, (*files, *pairs(_managing(_, shown, agm)), (show_button(_, conference.id),)))


def text(
    _: Translator, conference: Conference, agm: Agm, items: Sequence[str], clocks: Clocks, *, with_link: bool
) -> Markup:
    """When and where it is, who may attend, and what is on its agenda; the link into it is only for those who may."""
    lines = [
        bold(_.plain("Annual General Meeting")),
        Markup("{}").format(conference_name(_, conference)),
    ]
    if not conference.is_on:
        lines.append(was_cancelled(_, conference))
    elif not agm.is_on:
        lines.append(_("It was cancelled."))
    lines.append(Markup("{}").format(span(_, agm.starts_at, agm.ends_at, clocks)))
    told = {_.plain("Place"): agm.place, _.plain("Online"): agm.online_link if with_link else None}
    lines += [with_label(_, label, value) for label, value in told.items() if value]
    lines.append(with_label(_, _.plain("May attend"), entitled(_)[agm.entitled]))
    listed = "\n".join(f"{place}. {item}" for place, item in enumerate(items, start=1))
    agenda = [Markup("<b>{}</b>\n{}").format(_.plain("Agenda of the AGM"), listed)] if items else []
    return paragraphs(Markup("\n").join(lines), *agenda)


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
        *[Button(_.plain("Items"), f"agm:list:{number}")] * bool(shown.items),
        *[Button(_.plain("Rewrite the agenda"), f"agm:items:{number}")] * bool(shown.items),
        Button(_.plain("Add a document"), f"agm:file:{number}"),
    ]
    rows += [Button(_.plain("Remove a document"), f"agm:docs:{number}")] * bool(shown.documents)
    rows.append(
        Button(_.plain("Cancel the AGM"), f"agm:cancel:{number}")
        if agm.is_on
        else Button(_.plain("It takes place after all"), f"agm:restore:{number}")
    )
    return rows


def words(_: Translator, draft: Draft) -> FormWords:
    """Of the form in which an AGM is set or changed."""
    labels = {
        "day": _.plain("Day"),
        "begins": _.plain("Begins"),
        "ends": _.plain("Ends"),
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
    return {
        DayFault.OTHER_DAY: _("This is not a day of the conference."),
        DayFault.BEFORE_THE_FIRST: _("It has to end after it begins."),
    }


def document_words(_: Translator, _draft: Draft) -> FormWords:
    """Of the form in which a document of the AGM, or of a session, is added."""
    return FormWords(
        title=_.plain("Add a document"),
        confirm=_.plain("Save"),
        fields={
            "file": FieldWords(_.plain("File"), _("Which file?")),
            "title": FieldWords(_.plain("Title"), _("What is it called?")),
        },
    )


def saved(_: Translator, shown: Message) -> Message:
    """What was changed is saved."""
    return above(_("Saved."), shown)


def unchanged(_: Translator, shown: Message) -> Message:
    """There was nothing to change."""
    return above(_("It is so already."), shown)


def above(sentence: Markup, shown: Message) -> Message:
    """A sentence above the screen."""
    return Message(paragraphs(sentence, shown.text), shown.buttons)


def removing(
    _: Translator, documents: Sequence[Document], remove: str, back: str, *, here: str, page: int = 0
) -> Message:
    """A page of the documents, to remove one by its number after `remove`, or to go `back`; other pages are `here`."""
    return Message(
        _("Which document do you want to remove?"),
        (
            *column(_named(of_page(documents, page), remove)),
            *turning(_, here, page_within(page, len(documents)), len(documents)),
            (Button(_.plain("Back"), back),),
        ),
    )


def _named(documents: Sequence[Document], leads_to: str) -> list[Button]:
    return [Button(shortened(one.title, BUTTON_AT_MOST), f"{leads_to}:{one.id}") for one in documents]


def not_entitled_toast(_: Translator) -> str:
    """The documents are for others."""
    return _.plain("The documents are for those who may attend the AGM.")
