"""What somebody has answered to a conference, for themselves, and what they can do with it."""

from __future__ import annotations

from datetime import tzinfo

from markupsafe import Markup

from bot.conferences.own_answer import (
    ConferenceOffError,
    Mine,
    NotEntitledError,
    ParticipationError,
    TooLateError,
    last_day,
)
from bot.conferences.participation_form import PARTICIPATION
from bot.conferences.waiting import News
from bot.locales.catalogues import Translator
from handlers.views.conference_names import conference_name, long_day
from handlers.views.joining import guest_button
from handlers.views.locale import in_a_row
from handlers.views.message import Button, Message, column
from handlers.views.numbers import number
from handlers.views.participation_form import too_late_to_change
from handlers.views.participation_words import (
    answer_is_kept,
    change_your_days,
    conference_button,
    heading,
    lines,
    show_button,
    told_if_after_all,
)
from handlers.views.registering import delegate_button
from handlers.views.times import moment
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.conferences import Conference
from storage.records.members import DelegateState
from storage.records.participations import Attendance, Participation, ParticipationState


def mine(_: Translator, shown: Mine, found: Participation, zone: tzinfo, *, in_full: bool) -> Message:
    """The answer, and what can be done next; only `in_full` with what is sensitive."""
    parts = [heading(_, shown.conference), standing(_, shown, found, zone)]
    if found.is_in and in_full:
        parts.append(Markup("\n").join(lines(_, found.details)))
    if found.is_in and not shown.days_fit:
        parts.append(change_your_days(_))
    if found.is_in:
        parts.append(_until(_, shown, found))
    return Message(paragraphs(*(part for part in parts if part)), column(_buttons(_, shown, found)))


def standing(_: Translator, shown: Mine, found: Participation, zone: tzinfo) -> Markup:
    """How it stands with somebody's answer, in a sentence."""
    match found.state:
        case ParticipationState.REGISTERED if found.details.attendance == Attendance.ONLINE:
            return _("✓ You are registered to take part online.")
        case ParticipationState.REGISTERED:
            return _("✓ You are registered to take part in person.")
        case ParticipationState.WAITING:
            return in_a_row(
                _,
                _("All places are taken. Your place among those who wait for one: {place}.",
                  place=number(_, shown.queue_place)),
                _("I will write to you here as soon as one is free for you."),
            )  # fmt: skip
        case ParticipationState.OFFERED:
            return _offered(_, found, zone)
        case ParticipationState.DECLINED:
            return _("You have answered that you will not come.")
        case ParticipationState.LAPSED | ParticipationState.WITHDRAWN:
            in_time = _("You have not taken in time the place that was kept for you.")
            why = [in_time] * (found.state == ParticipationState.LAPSED)
            return in_a_row(_, *why, _("You are not registered any more."))


def _offered(_: Translator, found: Participation, zone: tzinfo) -> Markup:
    when = moment(_, found.offer_ends_at or 0, zone)
    return _("A place is free, and kept for you until {when}. Do you want it?", when=when)


def _until(_: Translator, shown: Mine, found: Participation) -> Markup:
    if found.asked is not None:
        return _asked(_)
    if not shown.is_in_time:
        return too_late_to_change(_)
    if found.was_online:
        return _("If you get none, you take part online, as before.")
    last = shown.conference.details.register_by
    return Markup() if last is None else _("You can change this until {day}.", day=long_day(_, last))


def _asked(_: Translator) -> Markup:
    return _("You have asked the Secretariat for a change. I will write to you here as soon as it is decided.")


def _buttons(_: Translator, shown: Mine, found: Participation) -> list[Button]:
    number_of = shown.conference.id
    if found.state == ParticipationState.OFFERED:
        rows = list(offer_buttons(_, found))
    elif found.is_in:
        back = Button(_.plain("Take it back"), f"part:unask:{number_of}:{found.edition}")
        rows = [
            *([] if found.asked is None else [back]),
            Button(_.plain("Change"), f"part:change:{number_of}"),
            Button(_.plain("Withdraw my registration"), f"part:ask:{number_of}"),
        ]
    elif shown.may_take_part:
        rows = [Button(_.plain("Register after all"), f"part:change:{number_of}")]
    else:
        rows = [desk_button(_)]
    centers = [Button(_.plain("My Center's answers"), f"part:center:{number_of}:{center}") for center in shown.leads]
    return [*rows, *centers, conference_button(_, shown.conference)]


def offer_buttons(_: Translator, found: Participation) -> tuple[Button, ...]:
    """For who is offered a place."""
    about = f"{found.conference}:{found.edition}"
    return (
        Button(_.plain("Accept"), f"part:accept:{about}"),
        Button(_.plain("Decline"), f"part:decline:{about}"),
    )


def ask_withdrawal(_: Translator, shown: Mine, found: Participation) -> Message:
    """The step before somebody withdraws."""
    about = shown.conference.id
    question = _("Do you want to withdraw from the {conference}?", conference=conference_name(_, shown.conference))
    after = []
    if not shown.is_in_time:
        after.append(too_late_to_change(_))
    elif shown.conference.details.capacity is not None:
        after.append(_("Your place goes to the next who waits for one."))
    yes = Button(_.plain("Yes, withdraw"), f"part:withdraw:{about}:{found.edition}")
    return Message(paragraphs(question, *after), ((yes, show_button(_.plain("No"), about)),))


def news(
    _: Translator,
    conference: Conference,
    found: Participation,
    what: News,
    zone: tzinfo,
    *,
    is_in_time: bool,
    is_free: bool,
) -> Message:
    """What became of somebody's answer. `is_free`: there is a place for whoever registers now."""
    name = conference_name(_, conference)
    show = (show_button(_.plain("My answer"), conference.id),)
    match what:
        case News.OFFERED:
            return Message(paragraphs(heading(_, conference), _offered(_, found, zone)), (offer_buttons(_, found),))
        case News.EXPIRED:
            told = (
                _("The place in the {conference} was kept for you and is free again now.", conference=name)
                if is_free
                else _(
                    "The place in the {conference} was kept for you and is offered to the next now.", conference=name
                )
            )
            if not is_in_time:
                late = not_possible(_, TooLateError(conference))
                return Message(paragraphs(told, late.text), late.buttons)
            told = in_a_row(_, told, _("You can register again."))
        case News.APPROVED:
            told = _("The Secretariat has done what you asked for in the {conference}.", conference=name)
        case News.REFUSED:
            told = _("The Secretariat has not agreed to what you asked for in the {conference}. "
                     "Everything stays as it was.", conference=name)  # fmt: skip
        case News.ONLINE:
            told = _("There was no place in person for you in the {conference}. You take part online, as before.",
                     conference=name)  # fmt: skip
        case News.GONE:
            told = _("You are not a delegate or guest at the moment, "
                     "so you are no longer registered for the {conference}.", conference=name)  # fmt: skip
        case News.WITHDRAWN:
            told = _("Your Center does not come to the {conference}, so you are not registered any more.",
                     conference=name)  # fmt: skip
    return Message(told, (show,))


def missing(_: Translator, conference: Conference) -> Message:
    """Who leads the Center asks somebody to answer."""
    return Message(
        paragraphs(heading(_, conference), _("Your Center waits for your answer: will you take part?")),
        ((show_button(_.plain("Answer"), conference.id),),),
    )


def not_possible(_: Translator, why: ParticipationError) -> Message:
    """Why somebody cannot answer, and what they can do."""
    match why:
        case NotEntitledError():
            return _not_entitled(_, why)
        case TooLateError(conference=conference):
            return Message(
                _("The last day to register for the {conference} was {day}. "
                  "The Secretariat can tell you whether it is still possible.",
                  conference=conference_name(_, conference), day=long_day(_, last_day(conference))),
                column([desk_button(_), conference_button(_, conference)]),
            )  # fmt: skip
        case ConferenceOffError(conference=conference) if conference.is_on:
            text = _("The {conference} is over.", conference=conference_name(_, conference))
            return Message(text, ((conference_button(_, conference),),))
        case ConferenceOffError(conference=conference):
            sentences = [_("It was cancelled.")]
            if why.keeps_answer:
                sentences += [answer_is_kept(_), told_if_after_all(_)]
            text = paragraphs(heading(_, conference), in_a_row(_, *sentences))
            return Message(text, ((conference_button(_, conference),),))
    return none(_)


def _not_entitled(_: Translator, why: NotEntitledError) -> Message:
    own = why.standing
    if own.request is not None:
        return Message(
            _("What you have asked for is not decided yet. Once it is, you can register for the conference here."),
            ((menu_button(_),),),
        )
    if own.delegate is not None and own.delegate.state in {DelegateState.SUSPENDED, DelegateState.ACTIVE}:
        return Message(
            _("You or your Center cannot take part at the moment. Please ask the Secretariat."), ((desk_button(_),),)
        )
    return Message(
        _("Delegates of the member Centers take part, and guests of the association. Please register as one first."),
        column([delegate_button(_), guest_button(_)]),
    )


def none(_: Translator) -> Message:
    """There is no conference to answer to."""
    return Message(
        _("No conference is planned at the moment. As soon as one is, you can register for it here."),
        ((menu_button(_),),),
    )


def in_private(_: Translator, username: str) -> Message:
    """In a group, nobody answers."""
    url = f"https://t.me/{username}?start=form_{PARTICIPATION.id}"
    return Message(_("I show this in a private chat only."), ((Button(_.plain("Open a private chat"), url=url),),))


def same(_: Translator) -> Markup:
    """A form that changes nothing was confirmed."""
    return _("It is so already.")


def stale(_: Translator) -> Markup:
    """The answer has changed while the form was filled in."""
    return _("Your answer has changed meanwhile, so I have saved nothing. Discard this, and open it again.")
