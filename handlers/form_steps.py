"""The steps of a form on Telegram's side: read from the database, kept, and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from bot.forms import engine
from bot.forms.choices import Choice, Choices, YesNo
from bot.forms.form import Form
from bot.forms.reading import Circumstances
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.turn import Conversation, Turn
from handlers.views import form_offers, form_questions, form_values
from handlers.views.forms import Shown
from handlers.views.message import Message
from storage import drafts, learned, people, requests, shown_records
from storage.records import Call, FollowUp, NewMessage
from storage.records.drafts import Draft
from storage.records.durations import SECOND_US
from storage.session import Transaction

ASKED = "form_asked"
"""The follow-up that remembers which message asks."""
LEAVING = frozenset({"confirm", "stop", "pause", "later", "discard"})
"""The acts of buttons by which nobody goes on with a form; confirming it says by itself why that cannot be."""


class StaleStepError(Exception):
    """Another step was taken since the draft was read: the update is handled again, as things stand now."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A form in somebody's hands. `is_changed`: the form is another than when they were here last."""

    conversation: Conversation
    draft: Draft
    is_changed: bool = False

    @property
    def form(self) -> Form:
        return self.conversation.form

    def shown(self, turn: Turn, t: Translator | None = None) -> Shown:
        """As it is shown to whoever's turn it is."""
        words = self.conversation.words(t or turn.t, self.draft)
        return Shown(self.form, self.draft, words, turn.desk.places)

    def circumstances(self, turn: Turn, name: str | None = None) -> Circumstances:
        """What one has to know to understand the answer to a field; the present one, if it is not named."""
        visible = self.form.visible(self.draft)
        return Circumstances(
            language=turn.person.language,
            today=datetime.fromtimestamp(turn.now / SECOND_US, UTC).date(),
            places=turn.desk.places,
            answers=visible.answers,
            context=visible.context,
            labels=_labels(turn, self, self.draft.step if name is None else name),
            now=turn.now,
        )


async def active(turn: Turn) -> Filling | None:
    """What the person is filling in."""
    return await filling_of(turn, await drafts.active(turn.tx, turn.person.id))


async def at(turn: Turn, draft_id: int) -> Filling | None:
    """A form by its draft, if it is this person's."""
    return await filling_of(turn, await drafts.at(turn.tx, draft_id, turn.person.id))


async def of_form(turn: Turn, form: str, subject: str) -> Filling | None:
    """What the person has of a form."""
    return await filling_of(turn, await drafts.of_form(turn.tx, turn.person.id, form, subject))


async def says_closed(turn: Turn, filling: Filling, act: str) -> bool:
    """Say why it cannot be gone on with any more, before more is typed in vain; False if it can, or is only left."""
    closed = None if act in LEAVING else filling.conversation.closed
    why = None if closed is None else await closed(turn, filling.draft)
    if why is not None:
        turn.say(why)
    return why is not None


async def resting(turn: Turn, *, even_put_off: bool) -> Filling | None:
    """What was paused last; what they did not want to go on with, only `even_put_off`."""
    for draft in await drafts.of_person(turn.tx, turn.person.id):
        if (
            draft.state == "paused"
            and (even_put_off or not draft.is_put_off)
            and (filling := await filling_of(turn, draft)) is not None
        ):
            return filling
    return None


async def step(turn: Turn, filling: Filling, after: Draft) -> Filling:
    """Keep what the draft has become; it still knows the message that asked. What is gone on with is not put off.

    Raises:
        StaleStepError: another step was taken.
    """
    is_put_off = after.is_put_off and after.state == "paused"
    kept = await drafts.step(turn.tx, after._replace(touched_at=turn.now, is_put_off=is_put_off))
    if kept is None:
        raise StaleStepError
    return replace(filling, draft=kept._replace(prompt_id=filling.draft.prompt_id))


def step_last(turn: Turn, filling: Filling, after: Draft) -> Filling:
    """As `step`, and nothing of the draft is read in this turn any more: it costs next to nothing."""
    return replace(filling, draft=drafts.step_last(turn.tx, after._replace(touched_at=turn.now)))


async def listen(turn: Turn) -> None:
    """What is written next is for a form, not for the Secretariat or an answer for everyone."""
    await people.end_writing(turn.tx, turn.person.id)
    await learned.end_edit(turn.tx, turn.person.id)
    await requests.stop_awaiting(turn.tx, turn.person.id, turn.person.id)


async def pause(turn: Turn) -> Filling | None:
    """Whatever the person is filling in rests; what that was."""
    filling = await active(turn)
    if filling is None:
        return None
    strip(turn, filling.draft)
    return await step(turn, filling, filling.draft._replace(state="paused"))


def put(
    turn: Turn,
    filling: Filling,
    *,
    news: Sequence[Markup] = (),
    offers: Sequence[str] | None = None,
    taking: Sequence[str] = (),
    past: str | None = None,
) -> None:
    """Say where the person is: the question, or the summary."""
    if filling.is_changed:
        news = (*news, form_offers.form_changed(turn.t))
    ask(turn, filling, rendered(turn, filling, news=news, offers=offers, taking=taking, past=past))


def rendered(
    turn: Turn,
    filling: Filling,
    *,
    news: Sequence[Markup] = (),
    offers: Sequence[str] | None = None,
    taking: Sequence[str] = (),
    past: str | None = None,
) -> Message:
    """The question, or the summary; with the offers that a question has anyway, or others."""
    field = engine.present(filling.form, filling.draft)
    shown = filling.shown(turn)
    if field is None:
        return form_questions.summary(turn.t, shown, news=news)
    if offers is None:
        offers = field.kind.offers(filling.circumstances(turn))
    return form_questions.question(turn.t, shown, offers=offers, news=news, taking=taking, past=past)


def ask(turn: Turn, filling: Filling, message: Message) -> None:
    """Say something that has the buttons of the present step."""
    _post(turn, filling, "sendMessage", message.as_params())


def turn_into(turn: Turn, filling: Filling, message: Message) -> None:
    """The message that asked becomes another one with buttons of the present step; without it, that is said."""
    if filling.draft.prompt_id is None:
        ask(turn, filling, message)
    else:
        _post(turn, filling, "editMessageText", {"message_id": filling.draft.prompt_id, **message.as_params()})


def _post(turn: Turn, filling: Filling, method: str, params: Mapping[str, Any]) -> None:
    draft, shows = filling.draft, filling.conversation.shows
    args: dict[str, object] = {"draft": draft.id, "revision": draft.revision}
    if shows is not None:
        args["shows"] = shows(draft)
    turn.post(NewMessage(turn.person.id, Call(method, params), follow_up=FollowUp(ASKED, args)))


def settle(turn: Turn, before: Draft, filling: Filling) -> None:
    """The question that was asked becomes a line with its answer."""
    if before.prompt_id is None:
        return
    if not before.step:
        strip(turn, before)
        return
    line = form_questions.settled(turn.t, filling.shown(turn), before.step)
    params = {"message_id": before.prompt_id, **line.as_params()}
    turn.post(NewMessage(turn.person.id, Call("editMessageText", params)))


def close(turn: Turn, filling: Filling) -> None:
    """The summary is confirmed: it stays as what was said, and asks nothing more."""
    if filling.draft.prompt_id is not None:
        message = form_questions.confirmed(turn.t, filling.shown(turn))
        params = {"message_id": filling.draft.prompt_id, **message.as_params()}
        call = Call("editMessageText", params)
        turn.post(NewMessage(turn.person.id, call))


def strip(turn: Turn, draft: Draft) -> None:
    """The message that asked loses its buttons."""
    if draft.prompt_id is not None:
        turn.call(turn.person.id, "editMessageReplyMarkup", {"message_id": draft.prompt_id})


async def asked(tx: Transaction, chat_id: int, args: Mapping[str, Any], result: Any) -> None:
    """Follow-up of a question: remember the message."""
    if result is None:  # it was like this already
        return
    drafts.asked(tx, args["draft"], args["revision"], result["message_id"])
    for record in args.get("shows", ()):
        shown_records.shows(tx, chat_id, result["message_id"], record)


async def filling_of(turn: Turn, draft: Draft | None) -> Filling | None:
    """A draft with its form; None if there is no such form (any more)."""
    conversation = turn.desk.conversations.get(draft.form) if draft else None
    if draft is None or conversation is None:
        return None
    filling = Filling(conversation, draft)
    adapted = engine.adapted(conversation.form, draft)
    if adapted == draft:
        return filling
    kept = await drafts.step(turn.tx, adapted)
    if kept is None:
        raise StaleStepError
    return Filling(conversation, kept._replace(prompt_id=draft.prompt_id), is_changed=_lost(draft, kept))


def _lost(before: Draft, after: Draft) -> bool:
    """Whether one has to be told that the form has changed."""
    return before.step != after.step or dict(before.answers) != dict(after.answers)


def _labels(turn: Turn, filling: Filling, name: str) -> Mapping[str, list[str]]:
    """Of each option of a field, what it is called in every language; only what is chosen has any."""
    field = filling.form.field(name)
    if field is None or not isinstance(field.kind, Choice | Choices | YesNo):
        return {}
    labels: dict[str, list[str]] = {}
    for language in LANGUAGES:
        t = turn.translator(language)
        words = filling.conversation.words(t, filling.draft).fields[field.name]
        for value, label in form_values.option_labels(t, field, words).items():
            labels.setdefault(value, []).append(label)
    return labels
