"""Correcting and recalling an announcement that was sent."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.announcements.board import BoardShown
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.announcement_board import back_button, heading
from handlers.views.form_values import isolated
from handlers.views.locale import in_a_row, language_name, listed
from handlers.views.message import Button, Message, pairs
from handlers.views.numbers import number
from handlers.views.staff import who
from handlers.views.welcome import paragraphs
from storage.records import Person
from storage.records.announcements import Announcement


def choose_language(_: Translator, announcement: Announcement, languages: Sequence[str]) -> Message:
    """The languages that it was written in."""
    about = announcement.id
    buttons = [Button(LANGUAGES[code], f"ann:correct:{about}:{code}") for code in languages if code in LANGUAGES]
    return Message(
        paragraphs(heading(_, announcement), _("Which text do you want to correct?")),
        (*pairs(buttons), (back_button(_, about),)),
    )


def ask_words(_: Translator, announcement: Announcement, language: str, *, has_media: bool) -> Message:
    """The new words are written next."""
    parts = [
        _(
            "Please write the whole text anew ({language}), as people are to see it.",
            language=language_name(_, language),
        )
    ]
    if has_media:
        parts.append(_("Pictures and files stay as they are."))
    parts.append(_("Nothing changes for anybody until you have seen and confirmed it."))
    return Message(paragraphs(heading(_, announcement), in_a_row(_, *parts)), ((back_button(_, announcement.id),),))


def confirm(
    _: Translator, announcement: Announcement, language: str, mark: str, people: int, *, needs_second: bool
) -> Message:
    """Below the preview."""
    parts = [heading(_, announcement), _comes_to(_, people)]
    if needs_second:
        parts.append(_("Because they are so many, a second member of the Secretariat has to confirm it as well."))
    return Message(paragraphs(*parts), _decision(_, announcement.id, language, mark))


def waits(_: Translator, announcement: Announcement) -> Message:
    """The first of two has confirmed it."""
    text = _(
        "It is not corrected yet. I have asked the other members of the Secretariat: one of them has to confirm it."
    )
    return Message(paragraphs(heading(_, announcement), text), ((back_button(_, announcement.id),),))


def ask_second(
    _: Translator, announcement: Announcement, language: str, mark: str, people: int, first: Person
) -> Message:
    """For the others, below the preview: one of them has to confirm it as well."""
    return Message(
        paragraphs(
            heading(_, announcement),
            _("<b>{name} wants to correct this announcement.</b>", name=isolated(who(first.name, first.id))),
            _comes_to(_, people),
            _("It is corrected when a second member of the Secretariat confirms it."),
        ),
        _decision(_, announcement.id, language, mark),
    )


def seconded(_: Translator, announcement: Announcement, second: Person) -> Message:
    """For whoever confirmed it first: it is done."""
    return Message(
        _("{name} has confirmed your correction of “{heading}”.", name=isolated(who(second.name, second.id)),
          heading=isolated(announcement.heading)),
        ((Button(_.plain("Progress"), f"ann:board:{announcement.id}"),),),
    )  # fmt: skip


def left_as_it_was(
    _: Translator, announcement: Announcement, corrected: str, others: Sequence[str], read: int
) -> Message:
    """After a correction: the texts in `others`, and how many have `read` it before."""
    parts = [heading(_, announcement), _("The text is corrected ({language}).", language=language_name(_, corrected))]
    if others:
        names = listed(_, [language_name(_, code) for code in others])
        parts.append(_("Unchanged: {languages}. Does the same have to be corrected there?", languages=names))
    if read:
        shown = number(_, read)
        parts.append(
            _.n(
                "{shown} person had said before that they have read it, and is counted as before.",
                "{shown} people had said before that they have read it, and are counted as before.",
                read,
                shown=shown,
            )
        )
    buttons = [Button(LANGUAGES[code], f"ann:correct:{announcement.id}:{code}") for code in others if code in LANGUAGES]
    return Message(paragraphs(*parts), (*pairs(buttons), (back_button(_, announcement.id),)))


def refused(_: Translator, announcement: Announcement, language: str, reason: str) -> Message:
    """Telegram does not take it."""
    about = announcement.id
    return Message(
        paragraphs(
            heading(_, announcement),
            _("Telegram does not take this text. It says: {reason}", reason=reason),
        ),
        ((Button(_.plain("Write it anew"), f"ann:correct:{about}:{language}"), back_button(_, about)),),
    )


def ask_recall(_: Translator, shown: BoardShown, people: int, too_old: int) -> Message:
    """Before it is deleted; `people` have it, and of these `too_old` got it more than 48 hours ago."""
    about, told, stays = shown.announcement.id, number(_, people), number(_, too_old)
    parts = [
        heading(_, shown.announcement),
        _.n(
            "Delete it in the chat of {shown} person? Telegram allows that for 48 hours after it was sent.",
            "Delete it in the chats of {shown} people? Telegram allows that for 48 hours after it was sent.",
            people,
            shown=told,
        ),
    ]
    if too_old:
        parts.append(
            _.n(
                "In {shown} chat it is older and stays.",
                "In {shown} chats it is older and stays.",
                too_old,
                shown=stays,
            )
        )
    return Message(
        paragraphs(*parts), ((Button(_.plain("Yes, recall it"), f"ann:recalled:{about}"), back_button(_, about)),)
    )


def _comes_to(_: Translator, people: int) -> Markup:
    told = number(_, people)
    return _.n(
        "Above is how it looks. The text is replaced in the chat of {shown} person.",
        "Above is how it looks. The text is replaced in the chats of {shown} people.",
        people,
        shown=told,
    )


def _decision(_: Translator, about: int, language: str, mark: str) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(_.plain("Yes, correct it"), f"ann:corrected:{about}:{language}:{mark}"),),
        (Button(_.plain("Write it anew"), f"ann:correct:{about}:{language}"), back_button(_, about)),
    )
