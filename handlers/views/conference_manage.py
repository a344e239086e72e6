"""Managing a conference: what can be changed, the words of its forms, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from markupsafe import Markup

from bot.conferences.conference_form import CONFERENCE, DayFault, begins_in_the_past
from bot.conferences.editing import Edited
from bot.conferences.opening import Opened
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.conference import labels, notes
from handlers.views.conference_names import conference_name, long_day
from handlers.views.forms import FieldWords, FormWords
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.numbers import number
from handlers.views.welcome import paragraphs
from storage.records.conferences import Conference, NoteTopic
from storage.records.drafts import Draft


def manage(_: Translator, conference: Conference, *, is_staff: bool) -> Message:
    """What can be done with a conference, by the Secretariat or its host."""
    its = conference.id
    rows = [
        Button(_.plain("Details"), f"conf:edit:{its}"),
        Button(_.plain("Practical information"), f"conf:notes:{its}"),
        Button(_.plain("Agenda"), f"agenda:manage:{its}"),
        Button(_.plain("AGM"), f"agm:show:{its}"),
        Button(_.plain("Participants"), f"part:all:{its}"),
    ]
    if is_staff:
        rows += [
            Button(_.plain("Reminders"), f"schedule:show:{its}"),
            Button(_.plain("Hosts"), f"conf:hosts:{its}"),
            Button(_.plain("Cancel the conference"), f"conf:cancel:{its}")
            if conference.is_on
            else Button(_.plain("It takes place after all"), f"conf:restore:{its}"),
        ]
    text = paragraphs(
        bold(conference_name(_, conference)),
        *([_("It was cancelled.")] * (not conference.is_on)),
        _("What do you want to change?"),
    )
    return Message(text, (*pairs(rows), (_back(_, f"conf:show:{its}"),)))


def words(_: Translator, draft: Draft) -> FormWords:
    """Of the form in which a conference is opened, or changed."""
    called = labels(_)
    own_names = {"languages": LANGUAGES}
    return FormWords(
        title=_.plain("Editing a conference") if draft.subject else _.plain("Opening a conference"),
        confirm=_.plain("Save") if draft.subject else _.plain("Open it"),
        fields={
            field.name: FieldWords(
                called[field.name], Markup("{}").format(called[field.name]), options=own_names.get(field.name, {})
            )
            for field in CONFERENCE.fields
        },
        problems=faults(_),
        intro=_("Press the line that you want to change, then save. It applies at once.")
        if draft.subject
        else _("A few questions; the rest can be added in the summary, or later."),
        remark=_("The first day is past. Is the year right?") if begins_in_the_past(draft) else None,
    )


def faults(_: Translator) -> Mapping[str, Markup]:
    """What is wrong with a day."""
    return {
        DayFault.PAST: _("This day is past."),
        DayFault.BEFORE_THE_FIRST: _("The last day cannot be before the first."),
        DayFault.TOO_LONG: _("It would last longer than a month. Please look at the month and the year."),
        DayFault.AFTER_THE_LAST: _("This is after the last day of the conference."),
    }


def opened(_: Translator, card: Message, opened: Opened, *, is_over: bool) -> Message:
    """A conference was opened, or entered after it was over."""
    done = (
        _("The conference is entered. It is over, so nobody is reminded of it.")
        if is_over
        else _("The conference is open.")
    )
    warnings = [_("{name} is on some of the same days.", name=conference_name(_, one)) for one in opened.beside]
    return _above(card, done, *warnings, manage=_manage(_, opened.conference.id))


def saved(_: Translator, card: Message, conference_id: int) -> Message:
    """What was changed is saved."""
    return _above(card, _("Saved."), manage=_manage(_, conference_id))


def changed(_: Translator, card: Message, edited: Edited) -> Message:
    """What is set for the conference itself is changed; with what that means for what is planned in it."""
    news, outside = [_("Saved.")], edited.outside
    if edited.has_moved:
        news.append(_("What is planned in it has moved with it. The times of day are the same."))
    if outside.has_agm:
        news.append(_("The AGM is not on a day of the conference now."))
    if outside.sessions:
        shown = number(_, outside.sessions)
        news.append(
            _.n(
                "{shown} session is not on a day of the conference now.",
                "{shown} sessions are not on a day of the conference now.",
                outside.sessions,
                shown=shown,
            )
        )
    news += _stays(_, edited)
    its = edited.conference.id
    rows = [Button(_.plain("AGM"), f"agm:show:{its}")] * outside.has_agm
    rows += [Button(_.plain("Agenda"), f"agenda:manage:{its}")] * bool(outside.sessions)
    rows += [Button(_.plain("Details"), f"conf:edit:{its}")] * bool(edited.stays.deadlines)
    rows += [Button(_.plain("Planned announcements"), "ann:list:planned")] * bool(edited.stays.announcements)
    return Message(paragraphs(*news, card.text), column([*rows, _manage(_, its)]))


def _stays(_: Translator, edited: Edited) -> list[Markup]:
    """What has not changed with it, and may not fit any more."""
    news, stays, details = [], edited.stays, edited.conference.details
    if stays.deadlines:
        days = [(labels(_)[one], details.deadline(one)) for one in stays.deadlines]
        lines = [with_label(_, name, long_day(_, day)) for name, day in days if day is not None]
        news.append(Markup("\n").join([_("Unchanged; see whether it still fits:"), *lines]))
    if stays.places_taken:
        shown = number(_, stays.places_taken)
        news.append(
            _.n(
                "{shown} person has a place: nobody loses it.",
                "{shown} people have a place: nobody loses it.",
                stays.places_taken,
                shown=shown,
            )
        )
    if stays.people:
        shown = number(_, stays.people)
        news.append(
            _.n(
                "{shown} person has given days that do not fit any more, and is asked for others.",
                "{shown} people have given days that do not fit any more, and are asked for others.",
                stays.people,
                shown=shown,
            )
        )
    if stays.announcements:
        shown = number(_, stays.announcements)
        news.append(
            _.n(
                "{shown} announcement is still to be sent: see whether it is right as it stands.",
                "{shown} announcements are still to be sent: see whether they are right as they stand.",
                stays.announcements,
                shown=shown,
            )
        )
    return news


def unchanged(_: Translator, card: Message, conference_id: int) -> Message:
    """There was nothing to change."""
    return _above(card, _("It is so already."), manage=_manage(_, conference_id))


def stale(_: Translator, card: Message, conference_id: int) -> Message:
    """Somebody else has changed the same; how it stands now."""
    return _above(card, changed_meanwhile(_), manage=_manage(_, conference_id))


def changed_meanwhile(_: Translator) -> Markup:
    """Somebody else has changed the same."""
    return _("Somebody else has changed the same meanwhile, so I have saved nothing. This is how it stands now.")


def not_possible(_: Translator) -> Message:
    """A form that is confirmed by somebody who cannot do it (any more)."""
    return Message(_("You cannot change this conference now, so I have saved nothing."))


def only_hosts_toast(_: Translator) -> str:
    """Pressed by somebody else."""
    return _.plain("Only the host and the Secretariat can do that.")


# --- Practical information


def note_list(_: Translator, conference: Conference, noted: Collection[NoteTopic]) -> Message:
    """The practical notes that there can be."""
    rows = [
        Button(f"✓ {name}" if topic in noted else name, f"conf:write:{conference.id}:{topic}")
        for topic, name in notes(_).items()
    ]
    return Message(
        paragraphs(
            bold(conference_name(_, conference)),
            _("What do you want to write about? What is left empty is removed."),
        ),
        (*pairs(rows), (_back(_, f"conf:manage:{conference.id}"),)),
    )


def note_words(_: Translator, draft: Draft) -> FormWords:
    """Of the form in which a practical note is written."""
    topic = NoteTopic(draft.subject.partition(":")[2])
    called = notes(_)[topic]
    return FormWords(
        title=_.plain("Practical information"),
        confirm=_.plain("Save"),
        fields={"content": FieldWords(called, _("What should those who come know?"))},
    )


def _manage(_: Translator, conference_id: int) -> Button:
    return Button(_.plain("Manage"), f"conf:manage:{conference_id}")


def _back(_: Translator, data: str) -> Button:
    return Button(_.plain("Back"), data)


def _above(card: Message, *sentences: Markup, manage: Button) -> Message:
    return Message(paragraphs(*sentences, card.text), column([manage]))
