"""Who comes to a conference, for the Secretariat and the host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.conferences.turnout import OF_THE_SECRETARIAT, ListWords, ParticipantColumn, Silence, Turnout
from bot.locales.catalogues import Translator
from handlers.views.center_details import button_name
from handlers.views.center_details import labels as delegate_labels
from handlers.views.conference_names import conference_name, segments
from handlers.views.export import keep_safe
from handlers.views.lists import turning_by
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, column
from handlers.views.numbers import number
from handlers.views.participation_words import attendances, conference_button, heading, labels, states
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records.conferences import Conference
from storage.records.members import Center

PAGE = 20
"""Lines of a page: they have no buttons."""


def turnout(_: Translator, shown: Turnout) -> Message:
    """The numbers, and what is behind them."""
    if not shown.states:
        parts = [_("Nobody has answered yet.")]
    else:
        visa = [with_label(_, labels(_)["visa_letter"], number(_, shown.visa_letters))]
        groups = [
            _numbers(_, states(_), shown.states),
            _numbers(_, attendances(_), shown.attendances),
            _numbers(_, segments(_), shown.segments),
            visa if shown.visa_letters else [],
        ]
        parts = [Markup("\n").join(lines) for lines in groups if lines]
    if shown.erased:
        erased = number(_, shown.erased)
        parts.append(
            _.n(
                "{shown} of them had all data erased, and is not in the list.",
                "{shown} of them had all data erased, and are not in the list.",
                shown.erased,
                shown=erased,
            )
        )
    capacity = shown.conference.details.capacity
    if capacity is not None:
        parts.append(with_label(_, _.plain("Places in person"), number(_, capacity)))
    return Message(paragraphs(heading(_, shown.conference), *parts), column(_buttons(_, shown)))


def _numbers(_: Translator, called: Mapping[str, str], counted: Mapping[str, int]) -> list[Markup]:
    return [with_label(_, label, number(_, counted[key])) for key, label in called.items() if counted.get(key)]


def _buttons(_: Translator, shown: Turnout) -> list[Button]:
    about = shown.conference.id
    rows = []
    if shown.silent:
        label = _.plain("Centers without an answer ({count})", count=number(_, shown.silent))
        rows.append(Button(label, f"part:{Silence.SILENT}:{about}:0"))
    if shown.absent:
        label = _.plain("Centers that do not come ({count})", count=number(_, shown.absent))
        rows.append(Button(label, f"part:{Silence.ABSENT}:{about}:0"))
    if shown.asked:
        label = _.plain("Changes to approve ({count})", count=number(_, shown.asked))
        rows.append(Button(label, f"part:asked:{about}"))
    if shown.states:
        rows.append(Button(_.plain("As XLSX"), f"part:file:{about}"))
    return [*rows, conference_button(_, shown.conference)]


def centers(
    _: Translator, conference: Conference, which: Silence, found: Sequence[Center], page: int, count: int
) -> Message:
    """A page of Centers."""
    title = (
        _.plain("Centers without an answer ({count})", count=number(_, count))
        if which == Silence.SILENT
        else _.plain("Centers that do not come ({count})", count=number(_, count))
    )
    lines = [Markup("• {}").format(button_name(center)) for center in found]
    turned = turning_by(_, lambda to: f"part:{which}:{conference.id}:{to}", page, count, PAGE)
    back = Button(_.plain("Back"), f"part:all:{conference.id}")
    parts = (Markup("<b>{}</b>\n{}").format(conference_name(_, conference), title), Markup("\n").join(lines))
    return Message(paragraphs(*(part for part in parts if part)), (*turned, (back,)))


def list_words(_: Translator, conference: Conference) -> ListWords:
    """What stands in the file."""
    called, details = labels(_), delegate_labels(_)
    own = {
        ParticipantColumn.NAME: _.plain("Name"),
        ParticipantColumn.CENTER: _.plain("Center or organization"),
        ParticipantColumn.COUNTRY: _.plain("Country"),
        ParticipantColumn.STATE: _.plain("Status"),
        **{one: details[one] for one in OF_THE_SECRETARIAT},
    }
    return ListWords(
        language=_.language,
        sheet=conference_name(_, conference),
        columns={column: own.get(column) or called[column] for column in ParticipantColumn},
        states=states(_),
        attendances=attendances(_),
        segments=segments(_),
        yes=_.plain("Yes"),
        no=_.plain("No"),
    )


def caption(_: Translator, conference: Conference, count: int, now: int) -> Message:
    """With the file."""
    return Message(
        paragraphs(
            Markup("{}\n{}").format(
                conference_name(_, conference), with_label(_, _.plain("Answers"), number(_, count))
            ),
            _("As of {when}.", when=moment(_, now)),
            keep_safe(_),
        )
    )
