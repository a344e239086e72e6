"""Registering: what can be registered, Centers that may be the same, and what becomes of a registration."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.desk.hours import Office
from bot.locales.catalogues import Translator
from bot.members.registering import Own
from bot.places.countries import Countries
from handlers.views.center_details import button_name, center_lines, labels, name_of
from handlers.views.desk import expectation
from handlers.views.form_values import isolated
from handlers.views.message import Button, Message, bold, column
from handlers.views.times import moment
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.members import Center, CenterState, Request, RequestKind, RequestState

PAYLOAD = "register"
"""Of the link that leads here from a group."""


def register_button(_: Translator) -> Button:
    """Begins to register."""
    return Button(_.plain("Register"), "register")


def delegate_button(_: Translator) -> Button:
    """Begins to register oneself as a delegate of a Center."""
    return Button(_.plain("Myself, as a delegate of a Center"), "register:delegate")


def center_button(_: Translator) -> Button:
    """Leads to one's own Center."""
    return Button(_.plain("My Center"), "center")


def choice(_: Translator, has: Own | None) -> Message:
    """What can be registered, and what somebody has registered already."""
    besides = others(_)
    if has is None:
        return Message(
            paragraphs(
                _("What would you like to register?"),
                _("The Center comes first; its delegates then join it. Guests belong to no Center."),
            ),
            column([Button(_.plain("A Center"), "register:center")]) + besides.buttons,
        )
    return Message(paragraphs(has_already(_, has), besides.text), column([own_button(_, has)]) + besides.buttons)


def others(_: Translator) -> Message:
    """What can be registered besides a Center."""
    guest = Button(_.plain("Myself, as a guest of the association"), "register:guest")
    return Message(_("Would you like to register anything else?"), column([delegate_button(_), guest]))


def has_one(_: Translator, has: Own) -> Message:
    """Somebody who has a Center wants to register one."""
    return Message(
        paragraphs(has_already(_, has), _("A person registers one Center. If you work for another one, write to us.")),
        column([own_button(_, has), desk_button(_)]),
    )


def has_already(_: Translator, has: Own) -> Markup:
    """Which Center somebody looks after or has registered, and how that stands."""
    if has.request is None:
        return _("You look after “{name}”.", name=name_of(has.center))
    return _("You have registered “{name}”. {standing}", name=name_of(has.center), standing=_standing(_, has.request))


def own_button(_: Translator, has: Own) -> Button:
    """Leads to the Center that somebody has, or to its registration."""
    if has.request is None:
        return center_button(_)
    return see_button(_, has.request)


def see_button(_: Translator, request: Request) -> Button:
    """Leads to the registration of a Center that is not decided yet."""
    return Button(_.plain("See the registration"), f"mine:show:{request.id}")


def _standing(_: Translator, request: Request) -> Markup:
    match request.state:
        case RequestState.OPEN:
            return _("It waits for the Secretariat's approval.")
        case RequestState.CORRECTION:
            return _("The Secretariat asks you to correct something.")
        case RequestState.APPROVED:
            return _("It is approved.")
        case RequestState.DECLINED:
            return _("It was declined.")
        case RequestState.WITHDRAWN:
            return _("It was withdrawn.")


# --- Centers that may be the same


def is_it_one_of_these(_: Translator, likely: Sequence[Center], draft_id: int, revision: int) -> Message:
    """Centers that may be the one that somebody registers."""
    lines = [Markup("• {}").format(_one(_, center)) for center in likely]
    return Message(
        paragraphs(
            _("Before I send it: is your Center one of these?"),
            Markup("\n").join(lines),
            _("If it is, press it and ask to join it. Nothing that you have entered is lost."),
        ),
        (
            *column([Button(button_name(center), f"join:{center.id}") for center in likely]),
            (Button(_.plain("None of these: register mine"), f"center:new:{draft_id}:{revision}"),),
            (Button(_.plain("Change my answers"), "center:answers"),),
        ),
    )


def _one(_: Translator, center: Center) -> Markup:
    city = center.details.city
    name = bold(name_of(center))
    known = name if not city else Markup("{}, {}").format(name, isolated(city))
    if center.state == CenterState.PENDING:
        return Markup("{} ({})").format(known, _("waits for approval"))
    return known


# --- What becomes of it


def sent(_: Translator, request: Request, center: Center, office: Office, now: int) -> Message:
    """A Center is registered, and waits for the Secretariat."""
    return Message(
        paragraphs(
            _("I have sent the registration of “{name}” to the Secretariat.", name=name_of(center)),
            Markup(" ").join([_("I will write to you here as soon as it has decided."), *expectation(_, office, now)]),
            _("You become the focal point of the Center once it is approved. Until then you can still change it."),
        ),
        column([see_button(_, request), delegate_button(_)]),
    )


def sent_again(_: Translator, request: Request, center: Center, office: Office, now: int) -> Message:
    """A registration was corrected or changed, and waits for the Secretariat again."""
    return Message(
        paragraphs(
            _("I have sent your changes of “{name}” to the Secretariat.", name=name_of(center)),
            Markup(" ").join([_("I will write to you here as soon as it has decided."), *expectation(_, office, now)]),
        ),
        ((see_button(_, request),),),
    )


def mine(_: Translator, request: Request, center: Center, countries: Countries, office: Office) -> Message:
    """A registration as whoever asked for it sees it, with what they can do."""
    parts = [
        Markup("\n").join(center_lines(_, countries, center.details)),
        Markup(" ").join(
            [_standing(_, request), _("Sent {when}.", when=moment(_, request.asked_at, office.zone))]
            if request.state == RequestState.OPEN
            else [_standing(_, request)]
        ),
    ]
    if request.fields and request.state == RequestState.CORRECTION:
        parts.append(to_correct(_, request))
    if request.reason:
        parts.append(reason(_, request))
    return Message(paragraphs(*parts), _what_one_can_do(_, request))


def to_correct(_: Translator, request: Request) -> Markup:
    """The names of what is to be corrected."""
    called = labels(_)
    return _("To correct: {fields}", fields=", ".join(called[name] for name in request.fields))


def reason(_: Translator, request: Request) -> Markup:
    """What the Secretariat has written."""
    return _("The Secretariat writes: “{remark}”", remark=isolated(request.reason or ""))


def correct_button(_: Translator, request: Request) -> Button:
    """Opens the form with what is to be corrected."""
    whose = "me" if request.kind == RequestKind.GUEST else "mine"
    return Button(_.plain("Correct it"), f"{whose}:fix:{request.id}")


def _what_one_can_do(_: Translator, request: Request) -> tuple[tuple[Button, ...], ...]:
    withdraw = Button(_.plain("Withdraw"), f"mine:ask:{request.id}")
    match request.state:
        case RequestState.OPEN:
            return ((Button(_.plain("Change something"), f"mine:change:{request.id}"),), (withdraw,))
        case RequestState.CORRECTION:
            return ((correct_button(_, request),), (withdraw,))
        case RequestState.APPROVED:
            return ((center_button(_),), (delegate_button(_),))
        case _over:
            return ((Button(_.plain("Register a Center"), "register:center"),), (desk_button(_),))


def ask_withdrawal(_: Translator, request: Request, center: Center) -> Message:
    """The step before a registration is withdrawn."""
    return Message(
        _("Withdraw the registration of “{name}”? The Secretariat then does not decide it any more.",
          name=name_of(center)),
        (
            (
                Button(_.plain("Yes, withdraw"), f"mine:withdraw:{request.id}"),
                Button(_.plain("No"), f"mine:show:{request.id}"),
            ),
        ),
    )  # fmt: skip


def withdrawn(_: Translator, center: Center) -> Message:
    """A registration was withdrawn."""
    return Message(
        _("The registration of “{name}” is withdrawn. The Secretariat sees that.", name=name_of(center)),
        ((Button(_.plain("Register a Center"), "register:center"),), (menu_button(_),)),
    )


def decided_meanwhile(_: Translator, request: Request, center: Center) -> Message:
    """A change that came after the decision."""
    return Message(
        paragraphs(
            _("The Secretariat has decided on “{name}” in the meantime, so your changes were not sent.",
              name=name_of(center)),
            _standing(_, request),
        ),
        _what_one_can_do(_, request),
    )  # fmt: skip


def changed_meanwhile(_: Translator) -> Markup:
    """A change of what has changed otherwise."""
    return _(
        "Somebody has changed the same in the meantime, so this was not sent. "
        "Press Discard and begin again with what it is now: /register"
    )


def nothing_to_change(_: Translator) -> Markup:
    """A correction in which nothing is different."""
    return _("Nothing has changed yet. Press the line that you want to change.")


def gone(_: Translator) -> Message:
    """What was corrected is not there any more."""
    return Message(
        _("This registration does not exist any more, so your changes were not sent."), ((register_button(_),),)
    )


def changed_since_toast(_: Translator) -> str:
    """A press on a button that belongs to other answers."""
    return _.plain("Your answers have changed since. Please look at them, then send them.")


def not_yours_toast(_: Translator) -> str:
    """A press on somebody else's registration."""
    return _.plain("Only the person who registered this can do that.")


def in_private(_: Translator, username: str) -> Message:
    """/register in a group."""
    return Message(
        _("Please register in a private chat with me."),
        ((Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start={PAYLOAD}"),),),
    )
