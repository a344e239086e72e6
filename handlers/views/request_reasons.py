"""Words and marks that go with a decision: asked of whoever decides, and what becomes of what they write."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.reasons import Remark
from bot.members.requests import CORRECTABLE, REASON_AT_MOST
from handlers.views.center_details import labels
from handlers.views.message import Button, Message, pairs
from handlers.views.numbers import number
from handlers.views.requests import Card, person_name, subject
from handlers.views.welcome import paragraphs
from storage.records.members import Request, RequestState


def ask_reason(_: Translator, shown: Card, *, in_group: bool) -> Message:
    """Why something is declined is what comes next."""
    request = shown.request
    how = _("Reply to this message with the reason.") if in_group else _("Write the reason now, in one message.")
    return Message(
        paragraphs(
            _("Decline “{name}”?", name=subject(_, shown)),
            Markup(" ").join([how, _("{name} reads it.", name=person_name(shown.asker, request.person_id))]),
        ),
        (
            (Button(_.plain("Decline without a reason"), f"request:bare:{request.id}:{request.edition}"),),
            (Button(_.plain("Do not decline"), f"request:stop:{request.id}"),),
        ),
    )


def choose_fields(
    _: Translator, shown: Card, chosen: Sequence[str], mask: int, remark: Remark | None = None
) -> Message:
    """What is to be corrected, to be ticked; a `remark` that was written meanwhile goes along."""
    request, called = shown.request, labels(_)
    names = CORRECTABLE[request.kind]
    about = f"{request.id}:{request.edition}"
    by = "" if remark is None else f":{remark.person_id}"
    ticks = [
        Button(
            f"✓ {called[name]}" if name in chosen else called[name], f"request:fields:{about}:{mask ^ 1 << bit:x}{by}"
        )
        for bit, name in enumerate(names)
    ]
    label = _.plain("Send") if remark is None else _.plain("Send with the remark")
    add = (Button(_.plain("Add a remark and send"), f"request:remark:{about}:{mask:x}"),)
    send = ((Button(label, f"request:correct:{about}:{mask:x}{by}"),), *([add] if remark is None else []))
    stop = (Button(_.plain("Do not ask"), f"request:stop:{request.id}"),)
    return Message(
        paragraphs(
            _("What is to be corrected in “{name}”?", name=subject(_, shown)),
            *([] if remark is None else [_("The remark: “{remark}”", remark=remark.words)]),
            _("Press what {name} is to correct, then send it.", name=person_name(shown.asker, request.person_id)),
        ),
        (*pairs(ticks), *(send if chosen else ()), stop),
    )


def ask_remark(_: Translator, shown: Card, chosen: Sequence[str], mask: int, *, in_group: bool) -> Message:
    """What whoever is to correct something should know is what comes next."""
    request, called = shown.request, labels(_)
    about = f"{request.id}:{request.edition}"
    how = _("Reply to this message with your remark.") if in_group else _("Write your remark now, in one message.")
    return Message(
        paragraphs(
            _("To correct: {fields}", fields=", ".join(called[name] for name in chosen)),
            Markup(" ").join([how, _("{name} reads it.", name=person_name(shown.asker, request.person_id))]),
        ),
        (
            (Button(_.plain("Send without a remark"), f"request:correct:{about}:{mask:x}"),),
            (Button(_.plain("Do not ask"), f"request:stop:{request.id}"),),
        ),
    )


def remark_gone_toast(_: Translator) -> str:
    """A correction was to be sent with a remark that is another now, or was given up."""
    return _.plain("This remark is not kept any more, so nothing was sent. Write it again in reply to the message.")


def not_decided(_: Translator, shown: Card) -> Message:
    """Whoever was about to decide does not."""
    return Message(_("Nothing was decided on “{name}”. Its card above stays as it is.", name=subject(_, shown)))


def cancelled(_: Translator) -> Message:
    """/cancel instead of a reason."""
    return Message(_("Nothing was decided. /pending shows what waits."))


def not_awaited(_: Translator) -> Message:
    """A reply to a question for words that waits for somebody else's, or for none any more."""
    return Message(
        _(
            "I did not wait for these words of yours, so nothing was decided. To decide, press the button on the card "
            "again."
        )
    )


def only_in_reply(_: Translator) -> Message:
    """Words in a group that may be meant for a question of the bot's, but do not reply to it."""
    return Message(
        _("If this is what I asked you for: I take it only as a reply. Please reply to this message with it.")
    )


def sent_already(_: Translator) -> Message:
    """A second reply to a question for words, by whoever has decided with the first."""
    return Message(_("You have decided this already; nothing more was done."))


def words_only(_: Translator) -> Message:
    """A reason that is no text."""
    return Message(_("Please write it in words, in one message. /cancel if you have changed your mind."))


def too_long(_: Translator) -> Message:
    """A reason that is too long."""
    return Message(_("That is too long: please write at most {count} characters.", count=number(_, REASON_AT_MOST)))


def decided(_: Translator, request: Request) -> Message:
    """For whoever has just decided with words of their own."""
    if request.state == RequestState.CORRECTION:
        return Message(_("I have asked for the correction. The card comes back here when it is made."))
    return Message(_("It is declined, and I will tell them so with your words."))
