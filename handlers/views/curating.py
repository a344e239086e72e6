"""What the Secretariat is asked, and told, when it changes, suspends or writes; and what others are told of it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.forms.choices import Choices
from bot.forms.form import Form
from bot.locales.catalogues import Translator
from bot.members.curating import REASON_AT_MOST
from bot.members.delegate_form import OTHER, UN_LANGUAGES
from handlers.views.center_details import focuses, kinds, labels
from handlers.views.forms import FieldWords, FormWords
from handlers.views.locale import in_a_row, language_name
from handlers.views.message import Button, Message
from handlers.views.numbers import number
from handlers.views.record_names import people_of, record_key, record_name
from handlers.views.welcome import paragraphs
from storage.records.drafts import Draft
from storage.records.members import Center, Delegate

LINK = "record_"
"""Before the key of a record in a deep link."""
NAME = "record_name"
"""Whose record is changed, in the draft's context."""


def in_private(_: Translator, username: str, record: Center | Delegate) -> Message:
    """Forms are filled in in the private chat."""
    url = f"https://t.me/{username}?start={LINK}{record_key(record)}"
    return Message(
        _("I will ask you for changes in the private chat."), ((Button(_.plain("Open a private chat"), url=url),),)
    )


def words_of(_: Translator, draft: Draft, form: Form) -> FormWords:
    """The words of a form in which the Secretariat changes a record."""
    called = labels(_)
    options = {"kind": kinds(_), "focus": focuses(_)}
    languages = {option.value: language_name(_, option.value) for option in UN_LANGUAGES}
    options["languages"] = {**languages, OTHER: _.plain("Another")}
    others = form.field("other_languages")
    if others is not None and isinstance(others.kind, Choices):
        options["other_languages"] = {one.value: language_name(_, one.value) for one in others.kind.options}
    return FormWords(
        title=_.plain("Changing a record"),
        confirm=_.plain("Save"),
        fields={
            one.name: FieldWords(
                called[one.name],
                _("What is to stand under “{field}”?", field=called[one.name]),
                options=options.get(one.name, {}),
            )
            for one in form.fields
        },
        intro=_(
            "You change {name}. Press a line to change it; it applies as soon as you save.",
            name=draft.context.get(NAME, ""),
        ),
    )


def saved(_: Translator, record: Center | Delegate, names: Sequence[str]) -> Message:
    """A record was changed."""
    called = labels(_)
    changed = ", ".join(called.get(name, name) for name in names)
    return Message(
        _("Saved. Changed in {name}: {fields}", name=record_name(record), fields=changed), _to_card(_, record)
    )


def nothing_changed(_: Translator, record: Center | Delegate) -> Message:
    """The form was confirmed as it was."""
    return Message(_("Nothing was changed in {name}.", name=record_name(record)), _to_card(_, record))


def changed_by_another(_: Translator) -> Markup:
    """Somebody else has changed the same since the form began."""
    return _("Somebody else has changed the same meanwhile. Please pause and discard this, and look at the card again.")


def not_any_more(_: Translator) -> Markup:
    """Whoever fills in the form may not save it (any more), or there is nothing to change any more."""
    return _("This cannot be saved any more: the record is gone, or you are no longer a member of the Secretariat.")


def _to_card(_: Translator, record: Center | Delegate) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_.plain("Show the record"), f"card:{record_key(record)}"),),)


# --- Suspending


def ask_reason(_: Translator, record: Center | Delegate, *, in_group: bool, is_read: bool) -> Message:
    """Why a record is suspended is what comes next."""
    key = record_key(record)
    what = (
        _("Suspend {name}? Nobody can join it then, and it is shown in no directory.", name=record_name(record))
        if isinstance(record, Center)
        else _("Suspend {name}? They take no part then, and are shown in no directory.", name=record_name(record))
    )
    how = _("Reply to this message with the reason.") if in_group else _("Write the reason now, in one message.")
    if isinstance(record, Center):
        read = _("Its focal point and deputies read it.") if is_read else _("Nobody leads it, so nobody is told.")
    else:
        read = _("They read it.") if is_read else _("They have never written to this bot, so they are not told.")
    return Message(
        paragraphs(what, in_a_row(_, how, read)),
        (
            (Button(_.plain("Suspend without a reason"), f"curate:bare:{key}"),),
            (Button(_.plain("Do not suspend"), f"curate:stop:{key}"),),
        ),
    )


def suspended(_: Translator, record: Center | Delegate, told: int) -> Message:
    """It is suspended, and who is told."""
    name = record_name(record)
    text = in_a_row(_, _("{name} is suspended.", name=name), _told(_, told))
    return Message(text, _to_card(_, record), shows=people_of(record))


def lifted_toast(_: Translator) -> str:
    """The suspension has ended."""
    return _.plain("The suspension has ended. They are told.")


def suspended_toast(_: Translator) -> str:
    """It was suspended by a press."""
    return _.plain("Suspended.")


def _told(_: Translator, count: int) -> Markup:
    return (
        _.n("I will tell {count} person.", "I will tell {count} people.", count)
        if count
        else _("Nobody could be told.")
    )


def too_long(_: Translator) -> Message:
    """A reason that is too long."""
    return Message(_("That is too long: please write at most {count} characters.", count=number(_, REASON_AT_MOST)))


def words_only(_: Translator) -> Message:
    """What was sent is no text."""
    return Message(_("Please write it in words, in one message. /cancel if you have changed your mind."))


def center_suspended(_: Translator, center: Center, reason: str | None) -> Message:
    """For those who lead a Center."""
    parts = [_("The Secretariat has suspended {name}.", name=record_name(center)), *_because(_, reason)]
    parts.append(_("Nobody can join it for now, and it is not in the directory. You can ask the Secretariat about it."))
    return Message(paragraphs(*parts), _ask(_))


def center_lifted(_: Translator, center: Center) -> Message:
    """For those who lead a Center."""
    return Message(_("{name} is no longer suspended: it takes part again as before.", name=record_name(center)))


def person_suspended(_: Translator, reason: str | None) -> Message:
    """For whoever is suspended."""
    parts = [_("The Secretariat has suspended your registration."), *_because(_, reason)]
    parts.append(_("You take no part for now. You can ask the Secretariat about it."))
    return Message(paragraphs(*parts), _ask(_))


def person_lifted(_: Translator) -> Message:
    """For whoever was suspended."""
    return Message(_("Your registration is no longer suspended: you take part again as before."))


def _because(_: Translator, reason: str | None) -> list[Markup]:
    return [] if reason is None else [_("The reason: “{reason}”", reason=reason)]


def _ask(_: Translator) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_.plain("Ask the Secretariat"), "desk:write"),),)


# --- Writing


def ask_letter(_: Translator, record: Center | Delegate, readers: int, *, in_group: bool) -> Message:
    """A letter is what comes next."""
    how = _("Reply to this message with your letter.") if in_group else _("Write your letter now, in one message.")
    whom = (
        _.n(
            "It goes to {count} person who leads {name}, as a message from the Secretariat.",
            "It goes to {count} people who lead {name}, as a message from the Secretariat.",
            readers,
            name=record_name(record),
        )
        if isinstance(record, Center)
        else _("It goes to {name}, as a message from the Secretariat.", name=record_name(record))
    )
    return Message(
        paragraphs(whom, in_a_row(_, how, _("Answers come to the Secretariat's group."))),
        ((Button(_.plain("Do not write"), f"curate:stop:{record_key(record)}"),),),
    )


def nobody_to_write_to(_: Translator) -> str:
    """Nobody can be reached."""
    return _.plain("They have never written to this bot, so I cannot reach them. Their e-mail address is on the card.")


def letter_sent(_: Translator, record: Center | Delegate, readers: int) -> Message:
    """The letter is on its way."""
    return Message(
        _.n("Your letter goes to {count} person.", "Your letter goes to {count} people.", readers), _to_card(_, record)
    )


def cannot_be_sent(_: Translator) -> Message:
    """What was sent as a letter cannot be carried."""
    return Message(
        _("I cannot pass this on. Please write your letter in words. /cancel if you have changed your mind.")
    )
