"""A Center's answers to a conference, for those who lead it, and what they can do."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.conferences.absences import CenterAnswers
from bot.locales.catalogues import Translator
from handlers.views.center import back_button
from handlers.views.center_details import NAME_AT_MOST, shortened
from handlers.views.center_details import name_of as center_name
from handlers.views.conference_names import conference_name
from handlers.views.lists import turning_by
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, column
from handlers.views.numbers import number
from handlers.views.participation_words import attendances, heading, states
from handlers.views.welcome import paragraphs
from storage.records.participations import DelegateAnswer, ParticipationState

PAGE = 20
"""Lines of a page: they have no buttons."""


def answers(_: Translator, shown: CenterAnswers, found: Sequence[DelegateAnswer], page: int) -> Message:
    """Who has answered what, and who has not."""
    parts = [Markup("{}\n{}").format(heading(_, shown.conference), center_name(shown.center))]
    if shown.is_absent:
        parts.append(_("This Center has said that it does not come. Nobody of it is reminded any more."))
    if shown.total:
        parts.append(Markup("\n").join(_counts(_, shown)))
        parts.append(Markup("\n").join(_line(_, one) for one in found))
    else:
        parts.append(_("This Center has no delegates here yet."))
    about = _about(shown)
    turned = turning_by(_, lambda to: f"part:center:{about}:{to}", page, shown.total, PAGE)
    return Message(paragraphs(*parts), (*turned, *column(_buttons(_, shown, about))))


def _counts(_: Translator, shown: CenterAnswers) -> list[Markup]:
    gone = shown.total - shown.missing - shown.taking_part - shown.lapsed
    return [
        with_label(_, called, number(_, count))
        for called, count in (
            (_.plain("Taking part"), shown.taking_part),
            *[(states(_)[ParticipationState.LAPSED], shown.lapsed)] * bool(shown.lapsed),
            (_.plain("Will not come"), gone),
            (_.plain("No answer yet"), shown.missing),
        )
    ]


def _line(_: Translator, one: DelegateAnswer) -> Markup:
    name = Markup("• {}").format(shortened(one.name, NAME_AT_MOST))
    if one.state is None:
        return with_label(_, name, _.plain("No answer yet"))
    if one.state == ParticipationState.REGISTERED and one.attendance is not None:
        return with_label(_, name, attendances(_)[one.attendance])
    return with_label(_, name, states(_)[one.state])


def _buttons(_: Translator, shown: CenterAnswers, about: str) -> list[Button]:
    if shown.is_absent:
        rows = [Button(_.plain("Our Center comes after all"), f"part:back:{about}")]
    else:
        rows = [Button(_.plain("Our Center will not come this year"), f"part:away:{about}")]
        if shown.missing:
            rows.insert(0, Button(_.plain("Remind those who have not answered"), f"part:remind:{about}"))
    return [*rows, back_button(_, shown.center.id)]


def ask_absence(_: Translator, shown: CenterAnswers) -> Message:
    """The step before a Center says that it does not come."""
    about = _about(shown)
    parts = [_("Nobody of this Center is reminded of the {conference} any more then. You can take it back.",
               conference=conference_name(_, shown.conference))]  # fmt: skip
    rows = [Button(_.plain("Our Center will not come"), f"part:gone:{about}")]
    if shown.taking_part:
        count = number(_, shown.taking_part)
        parts.append(_.n("{shown} of its delegates is registered.", "{shown} of its delegates are registered.",
                         shown.taking_part, shown=count))  # fmt: skip
        if shown.can_withdraw:
            rows.append(Button(_.plain("Withdraw them as well"), f"part:allgone:{about}"))
        else:
            parts.append(_("The last day to withdraw them is past: please ask the Secretariat for it."))
    return Message(paragraphs(*parts), column([*rows, Button(_.plain("No"), f"part:center:{about}")]))


def _about(shown: CenterAnswers) -> str:
    return f"{shown.conference.id}:{shown.center.id}"


def reminded_toast(_: Translator) -> str:
    """Those who have not answered are written to."""
    return _.plain("I am reminding them now.")


def nobody_toast(_: Translator) -> str:
    """Nobody can be reminded."""
    return _.plain("There is nobody whom I can remind: they have answered, or do not write with me.")


def reminded_already_toast(_: Translator) -> str:
    """Once a day is enough."""
    return _.plain("They were reminded less than a day ago. Please wait a little.")


def deadline_toast(_: Translator) -> str:
    """A button from before the last day."""
    return _.plain("The last day to withdraw them is past: please ask the Secretariat for it.")
