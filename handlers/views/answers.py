"""What the bot says to a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from markupsafe import Markup, escape

from bot.knowledge.deciding import Finding
from bot.knowledge.library import Library, SmallTalkKind, Topic, Unknown
from bot.knowledge.markup import Block, parse_body
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.locale import language_name, listed
from handlers.views.message import Button, Message, bold, column, italic
from handlers.views.welcome import desk_button, is_topic, menu_button, paragraphs, topic_button

RELATED_AT_MOST = 2


def not_answered(
    _: Translator, library: Library, finding: Finding, *, fate: Markup | None = None, next_step: Button | None = None
) -> Message:
    """What is said to a question that was found to be about nothing known.

    `fate` says what became of it, `next_step` is what can be done about it.
    """
    gap = None if finding.topic is None else library.unknown(finding.topic, _.language)
    related = () if gap is None else gap.related[:RELATED_AT_MOST]
    topics = [library.topic(topic_id, _.language) for topic_id in related]
    besides = [library.unknown(topic_id, _.language) for topic_id in finding.besides]
    return unknown(_, gap, topics, fate=fate, next_step=next_step, is_of_another=finding.is_of_another, besides=besides)


def answer(_: Translator, library: Library, topic: Topic, *, now: Message | None = None) -> Message:
    """A topic, with its source, how it stands `now`, and the likely next questions."""
    related = [library.topic(other, _.language) for other in topic.related[:RELATED_AT_MOST]]
    text = paragraphs(
        Markup("<b>{title}</b>").format(title=topic.title),
        body(topic.body),
        source(_, topic.source),
        *([] if now is None else [now.text]),
    )
    ways = () if now is None else tuple(button for row in now.buttons for button in row if button != desk_button(_))
    buttons = [*ways, *(topic_button(other.id, other.title) for other in related)]
    return Message(text, (*column(buttons), (menu_button(_),)))


def source(_: Translator, where: object) -> Markup:
    """Where an answer comes from."""
    return italic(_("Source: {source}", source=where))


def looked_up(_: Translator) -> Message:
    """For the command line, where nobody is asking: what the bot answers from its database."""
    return Message(_("This is looked up in the database when somebody asks it in Telegram."))


def unsure(_: Translator, candidates: Sequence[Button]) -> Message:
    """A question that may be about one of several topics, or about the only one that comes near."""
    none = Button(_.plain("None of these") if len(candidates) > 1 else _.plain("No, something else"), "none")
    text = _("Did you mean one of these?") if len(candidates) > 1 else _("Did you mean this?")
    return Message(text, (*column(candidates), (none,)))


def with_others(_: Translator, first: Message, others: Sequence[Button], *, may_be_meant: bool = False) -> Message:
    """What is said to the first of several questions, or to what was likely meant, with the way to the others."""
    if may_be_meant:
        return _followed(first, _("Or did you mean this?"), others)
    asked = replace(first, buttons=tuple(row for row in first.buttons if not any(is_topic(button) for button in row)))
    return _followed(asked, _("You also asked about this:"), others)


def with_what_fits(_: Translator, first: Message, others: Sequence[Button]) -> Message:
    """What is said to a question that cannot be answered as it was put, with what comes near to it."""
    return _followed(first, _("Of UNIGO, I can tell you this:"), others)


def _followed(first: Message, lead: Markup, others: Sequence[Button]) -> Message:
    there = {button.data for button in others}
    rest = [row for row in first.buttons if there.isdisjoint(button.data for button in row)]
    return Message(paragraphs(first.text, lead), (*column(others), *rest))


def is_for_secretariat(library: Library, finding: Finding, language: str) -> bool:
    """Whether a question without an answer goes to the desk by itself; not what is not about the association."""
    return finding.topic is None or library.unknown(finding.topic, language).reason != "out-of-scope"


def unknown(
    _: Translator,
    gap: Unknown | None,
    related: Sequence[Topic],
    *,
    fate: Markup | None = None,
    next_step: Button | None = None,
    is_of_another: bool = False,
    besides: Sequence[Unknown] = (),
) -> Message:
    """A question that the bot cannot answer, and what becomes of it: without `fate` it is kept.

    `is_of_another`: it is certain that it is about another organization. `besides` are further gaps that were asked
    for.
    """
    more = [no_answer(_, one) for one in besides]
    kept = fate or _("I have kept your question for the Secretariat.")
    if gap is not None and gap.reason == "out-of-scope":
        text = paragraphs(
            _("I can answer questions only about UNIGO, not about other organizations.")
            if is_of_another
            else _("I have no answer to this question. I know what UNIGO has published and what is entered here."),
            *more,
            fate or _("If it is one for the Secretariat, you can put it to them."),
        )
    elif gap is not None and gap.reason == "not-entered":
        text = paragraphs(no_answer(_, gap), *more, kept)
    elif gap is not None:
        text = paragraphs(no_answer(_, gap), *_of_the_bot(_, gap), *more, kept)
    else:
        text = paragraphs(no_answer(_, gap), kept, _("You may also put it in other words."))
    steps = () if next_step is None else ((next_step,),)
    return Message(
        text, (*steps, *column([topic_button(topic.id, topic.title) for topic in related]), (menu_button(_),))
    )


def no_answer(_: Translator, gap: Unknown | None) -> Markup:
    """That the bot cannot answer a question, and why, as far as it knows what the question is about."""
    if gap is None or gap.reason == "out-of-scope":
        return _("I do not know the answer to that.")
    if gap.reason == "not-entered":
        return _("I have no information about {subject}: nothing has been entered yet.", subject=gap.subject)
    return _("I have no information about {subject}: the association has not published it.", subject=gap.subject)


def _of_the_bot(_: Translator, gap: Unknown) -> list[Markup]:
    """What may be meant where the bot itself is asked about, which is no matter of the association's."""
    if gap.id == "database-details":
        return [keeps(_)]
    if gap.id == "languages":
        return [answers_in(_)]
    return []


def answers_in(_: Translator) -> Markup:
    """The bot's languages."""
    names = listed(_, [language_name(_, code) for code in LANGUAGES])
    return _("I myself answer in these languages: {languages}. /language chooses yours.", languages=names)


def keeps(_: Translator) -> Markup:
    """What the bot keeps about somebody."""
    return _("What I keep about you: /me shows it. There you correct it, get it as a file, and erase it.")


def of_the_secretariat(_: Translator) -> Markup:
    """What becomes of a question by one of the Secretariat."""
    return _("You are a member of the Secretariat, so I send this to nobody. /help shows what you can do here.")


def says_too_little(_: Translator) -> Message:
    """A word or two that nothing is known to: nobody is asked unless the person wants that."""
    text = paragraphs(_("I do not know the answer to that."), _("You may also put it in other words."))
    return Message(text, ((desk_button(_),), (menu_button(_),)))


def kept_after_choice(_: Translator, fate: Markup | None = None) -> Message:
    """None of the topics offered was meant."""
    return Message(
        paragraphs(_("Then I do not know the answer."), fate or _("I have kept your question for the Secretariat.")),
        ((menu_button(_),),),
    )


def ask_again(_: Translator) -> Message:
    """The question that a choice belonged to is gone."""
    return Message(_("Please ask again in other words."), ((menu_button(_),),))


def small_talk(_: Translator, kind: SmallTalkKind) -> Message:
    """A short reply to a greeting and the like."""
    match kind:
        case "greeting":
            text = _("Good day. What would you like to know about the association?")
        case "thanks":
            text = _("You are welcome.")
        case "goodbye":
            text = _("Goodbye. Write whenever you have a question.")
        case "bot":
            text = _(
                "I am a program, not a person. I answer from what the association has published, "
                "and send other questions to the Secretariat."
            )
        case "help":
            text = _("Write your question about the association in your own words, or choose a topic.")
    if kind in {"thanks", "goodbye"}:
        return Message(text)
    return Message(text, (*(((desk_button(_),),) if kind == "bot" else ()), (menu_button(_),)))


@lru_cache(maxsize=512)  # there are about as many as topics in all languages
def body(markdown: str) -> Markup:
    """The text of a topic in Telegram's HTML."""
    text = Markup()
    before: Block | None = None
    for block in parse_body(markdown):
        if before is not None:
            text += "\n" if before.kind == block.kind == "item" else "\n\n"
        if block.kind == "item":
            text += "• "
        for span in block.spans:
            text += bold(span.text) if span.bold else escape(span.text)
        before = block
    return text
