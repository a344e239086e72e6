"""Answers for everyone, as the Secretariat makes, publishes and withdraws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.learned import chosen, date, shortened, words
from handlers.views.locale import in_a_row, language_name, listed
from handlers.views.message import Button, Message, bold, italic, pairs
from handlers.views.welcome import paragraphs
from storage.records.learned import LearnedAnswer, LearnedPhrasing, LearnedText

PLACE = "learned_"
"""What the payload of a link to an answer begins with."""


@dataclass(frozen=True, slots=True)
class Card:
    """An answer as staff see it; `language` is of the text that is shown, `by` whoever did what its state says."""

    answer: LearnedAnswer
    texts: Sequence[LearnedText]
    asked: Sequence[LearnedPhrasing]
    language: str
    by: str

    @property
    def shown(self) -> LearnedText:
        """What it says in that language, or in one that it has."""
        return chosen(self.answer, self.texts, self.language)

    @property
    def people(self) -> int:
        """How many people asked this."""
        return len({one.person_id for one in self.asked if one.is_same and one.person_id is not None})

    @property
    def untold(self) -> int:
        """How many of them have not been given the answer."""
        return len(
            {one.person_id for one in self.asked if one.is_same and one.person_id is not None and one.told_at is None}
        )

    @property
    def questions(self) -> int:
        """How many questions may be this one."""
        return sum(one.person_id is not None for one in self.asked)


def card(_: Translator, shown: Card, *, username: str | None = None, news: Markup | None = None) -> Message:
    """An answer with what staff can do with it.

    With the bot's `username` it is for the group, where what is written goes to a person: there the buttons that
    lead to writing open the private chat. `news` says what has just become of it.
    """
    text = shown.shown
    parts = [
        *([news] if news else []),
        _standing(_, shown),
        bold(text.question),
        words(text) if text.plain else italic(_("There is no answer yet.")),
        _languages(_, shown),
        *([asked] if (asked := _asked(_, shown)) else []),
    ]
    rows = _in_group(_, shown, username) if username else _in_private(_, shown)
    return Message(paragraphs(*parts), rows)


def _standing(_: Translator, shown: Card) -> Markup:
    answer = shown.answer
    match answer.state:
        case "published":
            return _(
                "<b>Answer for everyone</b>, published by {name} on {date}", **_when(_, shown, answer.published_at)
            )
        case "withdrawn":
            return _("<b>Withdrawn</b> by {name} on {date}: nobody gets it", **_when(_, shown, answer.withdrawn_at))
        case _draft:
            return _("<b>Draft of an answer for everyone</b>")


def _when(_: Translator, shown: Card, at_us: int | None) -> dict[str, str]:
    return {"name": shown.by, "date": date(_, at_us or 0)}


def _languages(_: Translator, shown: Card) -> Markup:
    if len(shown.texts) == len(LANGUAGES):
        return _("In all six languages.")
    names = listed(_, [language_name(_, text.language) for text in shown.texts])
    return _("In: {languages}. Whoever reads another language is told which one it is in.", languages=names)


def _asked(_: Translator, shown: Card) -> Markup | None:
    if shown.answer.state == "published" or not shown.untold:
        return None
    return _.n(
        "When you publish it, {count} person who asked the same is told.",
        "When you publish it, {count} people who asked the same are told.",
        shown.untold,
    )


def _in_group(_: Translator, shown: Card, username: str) -> tuple[tuple[Button, ...], ...]:
    number = shown.answer.id
    change = Button(_.plain("Change or translate"), url=f"https://t.me/{username}?start={PLACE}{number}")
    return (*_release(_, shown), (change,), *_people(_, shown), *_end(_, shown))


def _in_private(_: Translator, shown: Card) -> tuple[tuple[Button, ...], ...]:
    number, text = shown.answer.id, shown.shown
    rows: list[tuple[Button, ...]] = [*_release(_, shown)]
    if len(shown.texts) > 1:
        others = [one for one in shown.texts if one.language != text.language]
        rows += pairs([Button(LANGUAGES[one.language], f"learn:show:{number}:{one.language}") for one in others])
    write = _.plain("Change the answer") if text.plain else _.plain("Write the answer")
    rows += [
        (Button(write, f"learn:part:{number}:answer:{text.language}"),),
        (Button(_.plain("Change the question"), f"learn:part:{number}:question:{text.language}"),),
    ]
    if len(shown.texts) < len(LANGUAGES) and text.plain:
        rows.append((Button(_.plain("Translate"), f"learn:translate:{number}"),))
    if len(shown.texts) > 1:
        name = language_name(_, text.language)
        rows.append((Button(_.plain("Remove {language}", language=name), f"learn:remove:{number}:{text.language}"),))
    rows += [*_people(_, shown), *_end(_, shown), (all_button(_),)]
    return tuple(rows)


def _release(_: Translator, shown: Card) -> tuple[tuple[Button, ...], ...]:
    answer = shown.answer
    if answer.state == "published" or not all(text.plain for text in shown.texts):
        return ()
    label = _.plain("Publish") if answer.state == "draft" else _.plain("Publish again")
    return ((Button(label, f"learn:publish:{answer.id}:{answer.edition}"),),)


def _people(_: Translator, shown: Card) -> tuple[tuple[Button, ...], ...]:
    number = shown.answer.id
    rows = []
    if shown.answer.state == "published" and shown.untold:
        label = _.n("Tell {count} more person", "Tell {count} more people", shown.untold)
        rows.append((Button(str(label), f"learn:tell:{number}"),))
    if shown.questions:
        rows.append((Button(_.plain("Who asked the same ({count})", count=shown.people), f"learn:same:{number}:0"),))
    return tuple(rows)


def _end(_: Translator, shown: Card) -> tuple[tuple[Button, ...], ...]:
    match shown.answer.state:
        case "draft":
            return ((Button(_.plain("Discard the draft"), f"learn:ask:{shown.answer.id}"),),)
        case "published":
            return ((Button(_.plain("Withdraw"), f"learn:withdraw:{shown.answer.id}"),),)
        case _withdrawn:
            return ()


def all_button(_: Translator) -> Button:
    """Leads to the list."""
    return Button(_.plain("All answers for everyone"), "learned:published:0")


def back_button(_: Translator, answer_id: int) -> Button:
    """Leads (back) to an answer."""
    return Button(_.plain("Back"), f"learn:show:{answer_id}")


def published(_: Translator, told: int) -> Markup:
    """It is published just now."""
    text = _("It is published: from now on, whoever asks gets it at once.")
    return text if not told else in_a_row(_, text, telling(_, told))


def telling(_: Translator, told: int) -> Markup:
    """How many people are told."""
    return _.n(
        "{count} person who asked the same is being told.", "{count} people who asked the same are being told.", told
    )


def withdrawn(_: Translator) -> Markup:
    """It is withdrawn just now."""
    return _("It is withdrawn. Who was given it keeps the message.")


def confirm_discard(_: Translator, answer_id: int) -> Message:
    """The step before a draft is deleted."""
    return Message(
        _("Discard this draft? What was written for it is deleted."),
        ((Button(_.plain("Yes, discard"), f"learn:discard:{answer_id}"), back_button(_, answer_id)),),
    )


def discarded(_: Translator, letter_id: int | None) -> Message:
    """A draft is deleted; the reply that it was made from can be made one again."""
    again = () if letter_id is None else ((_offer_button(_, letter_id),),)
    return Message(_("The draft is discarded."), (*again, (all_button(_),)))


def offer(_: Translator, letter_id: int) -> Message:
    """Under a reply of the Secretariat's to a question that the bot could not answer."""
    return Message(
        _("Sent. If everyone who asks this should get this answer, make it one for everyone."),
        ((_offer_button(_, letter_id),),),
    )


def _offer_button(_: Translator, letter_id: int) -> Button:
    return Button(_.plain("Make it an answer for everyone"), f"learn:offer:{letter_id}")


def reply_with_learn(_: Translator) -> Message:
    """/learn without an answer of the Secretariat's."""
    return Message(
        _("In the Secretariat's group, give /learn in reply to what you wrote to a person: it becomes a draft.")
    )


def unfinished(_: Translator) -> str:
    """It has no words yet."""
    return _.plain("The answer is not written yet.")


def told(_: Translator, question: str, answer: Message) -> Message:
    """For somebody who asked what is answered now."""
    heading = _("You asked: “{question}” Now there is an answer.", question=shortened(question, 200))
    return Message(paragraphs(heading, answer.text), answer.buttons)
