"""What is kept about somebody, for themselves, and what they can do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from bot.members.registering import Own
from bot.members.roles import Role
from bot.members.standing import Standing
from bot.places.countries import Countries
from handlers.views.center_details import delegate_lines, name_of
from handlers.views.conference_names import conference_name
from handlers.views.joining import asked_to_correct, me_button
from handlers.views.learned import date
from handlers.views.locale import language_name, listed, with_label
from handlers.views.message import Button, Message
from handlers.views.participation_words import show_button, states
from handlers.views.registering import correct_button, has_already, own_button
from handlers.views.staff import who
from handlers.views.times import notice_day
from handlers.views.welcome import menu_button, paragraphs
from storage.records import Person
from storage.records.conferences import Conference
from storage.records.members import Delegate, DelegateState, RequestState
from storage.records.participations import ParticipationState

PAYLOAD = "me"
"""Of the link that leads here from a group."""
CHANGEABLE = frozenset({DelegateState.ACTIVE, DelegateState.PENDING})


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept about a person. `counts` tells of how much there is of what is not shown here, by what it is.

    `answered` is what they have answered to the next conference, if there is one; `registering` is the Center that they
    register, as long as that is not decided.
    """

    person: Person
    standing: Standing
    roles: Sequence[str]
    counts: Mapping[str, int]
    conference: Conference | None = None
    answered: ParticipationState | None = None
    registering: Own | None = None


def page(_: Translator, held: Held, countries: Countries) -> Message:
    """All of it, plainly, with what can be done."""
    own = held.standing
    parts = [_("<b>What is kept about you</b>")]
    if own.delegate is None:
        parts.append(_("You are not registered as a delegate or a guest."))
    else:
        parts.append(Markup("\n").join(delegate_lines(_, countries, own.delegate.details)))
        parts.append(Markup("\n").join(_standing(_, own, own.delegate)))
    if held.registering is not None:
        parts.append(has_already(_, held.registering))
    if held.conference is not None:
        said = _.plain("No answer yet") if held.answered is None else states(_)[held.answered]
        parts.append(with_label(_, conference_name(_, held.conference), said))
    roles = _roles(_, held)
    if roles:
        parts.append(Markup("\n").join(roles))
    parts.append(Markup("\n").join(_telegram(_, held)))
    if any(held.counts.values()):
        parts.append(besides(_, held.counts))
    return Message(paragraphs(*parts), _controls(_, held))


def _standing(_: Translator, own: Standing, delegate: Delegate) -> list[Markup]:
    lines = [_state(_, own, delegate)]
    if delegate.privacy_version is None:
        lines.append(_("You have not agreed to the privacy notice: this comes from a list of the Secretariat's."))
    else:
        lines.append(
            _("You agreed to the privacy notice of {version} on {day}.",
              version=notice_day(_, delegate.privacy_version), day=date(_, delegate.privacy_at or 0))
        )  # fmt: skip
    if delegate.state in CHANGEABLE:
        lines.append(
            _("Other members do not see you.")
            if delegate.shown_since is None
            else _("Other members see you, since {day}.", day=date(_, delegate.shown_since))
        )
    return lines


def _state(_: Translator, own: Standing, delegate: Delegate) -> Markup:
    name = "" if own.center is None else name_of(own.center)
    if delegate.state == DelegateState.PENDING and own.request and own.request.state == RequestState.CORRECTION:
        return asked_to_correct(_)
    match delegate.state:
        case DelegateState.ACTIVE if delegate.is_guest:
            return _("You are a guest of the association.")
        case DelegateState.ACTIVE:
            return _("You are a delegate of “{name}”.", name=name)
        case DelegateState.PENDING if delegate.is_guest:
            return _("Your registration as a guest waits for a decision.")
        case DelegateState.PENDING:
            return _("Your request to join “{name}” waits for a decision.", name=name)
        case _none:
            return _not_registered_now(_, delegate)


def _not_registered_now(_: Translator, delegate: Delegate) -> Markup:
    match delegate.state:
        case DelegateState.DECLINED:
            return _("Your registration was declined. You can register anew.")
        case DelegateState.SUSPENDED:
            return _("Your registration is suspended by the Secretariat.")
        case _left:
            return _("You have left. You can register anew.")


def _roles(_: Translator, held: Held) -> list[Markup]:
    lines = [
        _("You are the focal point of “{name}”.", name=name_of(led.center))
        if led.role == Role.FOCAL_POINT
        else _("You are a deputy of the focal point of “{name}”.", name=name_of(led.center))
        for led in held.standing.led
    ]
    if Role.SECRETARIAT in held.roles:
        lines.append(_("You are a member of the Secretariat."))
    return lines


def _telegram(_: Translator, held: Held) -> list[Markup]:
    return [
        _("Your name on Telegram: {name}", name=who(held.person.name, held.person.id)),
        _("Your number on Telegram: {number}", number=held.person.id),
        _("Language: {name}", name=language_name(_, held.person.language)),
    ]


def besides(_: Translator, counts: Mapping[str, int]) -> Markup:
    """How much more is kept, which the page has no room for."""
    questions, letters, drafts = (counts.get(name, 0) for name in ("questions", "letters", "drafts"))
    marks, acts = counts.get("marks", 0), counts.get("acts", 0)
    told = [
        *([_.n("{count} question", "{count} questions", questions)] if questions else []),
        *(
            [
                _.n(
                    "{count} message exchanged with the Secretariat",
                    "{count} messages exchanged with the Secretariat",
                    letters,
                )
            ]
            if letters
            else []
        ),
        *([_.n("{count} opinion on an answer", "{count} opinions on answers", marks)] if marks else []),
        *([_.n("{count} unfinished form", "{count} unfinished forms", drafts)] if drafts else []),
        *(
            [_.n("{count} entry in the log of what was done", "{count} entries in the log of what was done", acts)]
            if acts
            else []
        ),
    ]
    return _("Besides: {what}. The file has all of it.", what=listed(_, told))


def _controls(_: Translator, held: Held) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    own, delegate, conference = held.standing, held.standing.delegate, held.conference
    if delegate is not None and delegate.state in CHANGEABLE:
        rows.append((Button(_.plain("Change my details"), "me:edit"),))
        rows.append((Button(_.plain("My time zone"), "me:zone"), _shown_button(_, delegate)))
        rows += [(button,) for button in _request_buttons(_, own)]
    elif delegate is None or delegate.state != DelegateState.SUSPENDED:
        rows.append((Button(_.plain("Register"), "register"),))
    if held.registering is not None:
        rows.append((own_button(_, held.registering),))
    if conference is not None:
        rows.append((show_button(conference_name(_, conference), conference.id),))
    rows += [(button,) for button in _leaving(_, own)]
    return (
        *rows,
        (Button(_.plain("Privacy notice"), "privacy"), Button(_.plain("Get it as a file"), "me:export")),
        (Button(_.plain("Erase everything"), "me:erase"),),
        (menu_button(_),),
    )


def _shown_button(_: Translator, delegate: Delegate) -> Button:
    if delegate.shown_since is None:
        return Button(_.plain("Show me to members"), "me:shown:1")
    return Button(_.plain("Do not show me"), "me:shown:0")


def _request_buttons(_: Translator, own: Standing) -> list[Button]:
    if own.request is None:
        return []
    take_back = Button(_.plain("Take my request back"), f"me:withdraw:{own.request.id}")
    if own.request.state == RequestState.CORRECTION:
        return [correct_button(_, own.request), take_back]
    return [take_back]


def _leaving(_: Translator, own: Standing) -> list[Button]:
    if own.is_suspended:
        return []
    is_in = own.is_active
    buttons = []
    if is_in and own.center is None:
        buttons.append(Button(_.plain("End my registration"), "me:leave:0"))
    centers = {led.center.id: led.center for led in own.led}
    if is_in and own.center is not None:
        centers[own.center.id] = own.center
    if len(centers) == 1:
        return [*buttons, *(Button(_.plain("Leave the Center"), f"me:leave:{number}") for number in centers)]
    return [
        *buttons,
        *(
            Button(_.plain("Leave “{name}”", name=name_of(center)), f"me:leave:{number}")
            for number, center in centers.items()
        ),
    ]


def in_private(_: Translator, username: str) -> Message:
    """/me in a group."""
    return Message(
        _("What is kept about you, I show you in a private chat."),
        ((Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start={PAYLOAD}"),),),
    )


# --- The privacy notice


def agree_again(_: Translator) -> Message:
    """The notice says something else than what they agreed to."""
    return Message(
        paragraphs(
            _("The privacy notice has changed since you agreed to it. It is now that of {version}.",
              version=notice_day(_, PRIVACY_NOTICE_VERSION)),
            _("Do you agree to it? You can also erase everything with /me."),
        ),
        (
            (Button(_.plain("Read it"), "privacy"),),
            (Button(_.plain("I agree"), f"me:agree:{PRIVACY_NOTICE_VERSION}"),),
        ),
    )  # fmt: skip


def agreed(_: Translator) -> Message:
    """They agreed to the notice as it is now."""
    return Message(_("Thank you. I have noted that you agree to the notice of {version}.",
                     version=notice_day(_, PRIVACY_NOTICE_VERSION)), ((me_button(_),),))  # fmt: skip
