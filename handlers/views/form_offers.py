"""Forms that rest: paused, offered again, discarded."""

from __future__ import annotations

from markupsafe import Markup

from bot.forms import engine
from bot.locales.catalogues import Translator
from handlers.views.desk import private_button
from handlers.views.forms import Shown
from handlers.views.locale import in_a_row
from handlers.views.message import Message
from handlers.views.welcome import menu_button, paragraphs


def offer(_: Translator, shown: Shown, *, is_kept: bool = False, asks_for_it_again: bool = False) -> Message:
    """There is something that was not finished.

    `is_kept`: a text was written meanwhile that may be the answer; `asks_for_it_again`: a file that cannot be kept.
    """
    parts = [not_finished(_, shown)]
    field = engine.present(shown.form, shown.draft)
    if field is not None and is_kept:
        label = shown.words.fields[field.name].label
        parts.append(_("If you go on, I take what you have just written as “{label}”.", label=label))
    if asks_for_it_again:
        parts.append(_("If you go on, please send again what you have just sent."))
    return Message(
        paragraphs(*parts),
        (
            (shown.button(_.plain("Continue"), "resume"),),
            (shown.button(_.plain("Start over"), "over"), shown.button(_.plain("Not now"), "later")),
        ),
    )


def offer_besides(_: Translator, shown: Shown, besides: Message) -> Message:
    """There is something that was not finished, and what else there is to choose from."""
    offered = offer(_, shown)
    return Message(paragraphs(offered.text, besides.text), offered.buttons + besides.buttons)


def not_finished(_: Translator, shown: Shown) -> Markup:
    """What was begun, and where they are in it."""
    place = engine.place(shown.form, shown.draft)
    if not shown.draft.step:
        return _("You have not finished “{form}”: it is filled in, but not confirmed.", form=shown.words.title)
    if place.count == 1:
        return _("You have not finished “{form}”.", form=shown.words.title)
    return _(
        "You have not finished “{form}”: you were at {number} of {count}.",
        form=shown.words.title,
        number=place.number,
        count=place.count,
    )


def paused(_: Translator, shown: Shown) -> Message:
    """It rests for as long as they like."""
    return Message(
        _("“{form}” is paused. Nothing is lost: go on here or with /start whenever you like.", form=shown.words.title),
        ((shown.button(_.plain("Continue"), "resume"), menu_button(_)),),
    )


def paused_meanwhile(_: Translator, title: str) -> Markup:
    """Another form was begun."""
    return _("“{form}” is paused meanwhile; nothing of it is lost.", form=title)


def form_changed(_: Translator) -> Markup:
    """The form is another than when they were here last."""
    return _("This form has changed since you were here. Your answers are kept as far as they fit.")


def stop(_: Translator, shown: Shown) -> Message:
    """Whether what was filled in is to be kept."""
    return Message(
        _("Shall I keep what you have filled in for “{form}”?", form=shown.words.title),
        (
            (shown.button(_.plain("Keep it for later"), "pause"), shown.button(_.plain("Discard"), "discard")),
            (shown.button(_.plain("Go on"), "goon"),),
        ),
    )


def discarded(_: Translator, title: str) -> Message:
    """It is gone."""
    return Message(_("“{form}” is discarded: nothing of it is kept.", form=title), ((menu_button(_),),))


def in_private(_: Translator, username: str, payload: str) -> Message:
    """In a group, nobody fills in anything."""
    return Message(_("I ask for this in a private chat."), ((private_button(_, username, payload),),))


def which_is_meant(_: Translator, *, is_one: bool = False) -> Markup:
    """What was written may mean several things, which are offered; or one thing, which is not certain."""
    if is_one:
        return _("Do you mean this? If not, please write it again.")
    return _("Which of these do you mean? If it is none of them, please write it again.")


def is_it_the_answer(_: Translator) -> Markup:
    """What was written is also what a button says."""
    return _("Is this your answer? To go back or to stop, press the button for that.")


def press_to_finish(_: Translator) -> Markup:
    """In the summary, nothing is written."""
    return _("Press the first button to finish, or a line to change it.")


def not_taken(_: Translator, told: Markup, label: str) -> Markup:
    """What was written ends as questions do, and may be the answer all the same."""
    not_yet = _("As it looks like a question, I have not taken it as “{label}” yet.", label=label)
    return in_a_row(_, told, not_yet)


def outdated(_: Translator) -> str:
    """A button of a step that is over."""
    return _.plain("This button is out of date. See below where you are.")


def is_over(_: Translator) -> str:
    """A button of a form that is finished, discarded or forgotten."""
    return _.plain("This form is finished or was discarded.")
