"""The buttons of forms. Each counts for one step: what is pressed later says so, and where the person is."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from telegram import Update

from bot.forms import engine
from bot.forms.choices import Choices
from bot.forms.reading import Outcome, Understood
from handlers import desk, form_answers, form_steps, forms
from handlers.form_steps import Filling
from handlers.turn import Desk, Kept, Refused, Turn, match
from handlers.views import form_offers
from storage import drafts
from storage.records.drafts import Json

PATTERN = r"^form:(?P<draft>[0-9]{1,12}):(?P<revision>[0-9]{1,9}):(?P<act>[a-z]{1,8})(:(?P<value>[\w./+:-]{1,40}))?$"


@dataclass(frozen=True, slots=True)
class Act:
    """What a button does; False if it cannot be pressed here. `value` is what stands behind the act in its data."""

    do: Callable[[Turn, Filling, str], Awaitable[bool]]
    also_resting: bool = False


async def look(update: Update, desk: Desk) -> Any:
    """Work out what a form wants to know before it is confirmed."""
    query, user = update.callback_query, update.effective_user
    data = re.match(PATTERN, query.data or "") if query else None
    if data is None or user is None or data["act"] != "confirm":
        return None
    draft = await drafts.at(desk.shelf.reader, int(data["draft"]), user.id)
    conversation = desk.conversations.get(draft.form) if draft else None
    if draft is None or conversation is None or conversation.prepare is None:
        return None
    return await conversation.prepare(desk, conversation.form.visible(draft))


async def press(_update: Update, turn: Turn) -> None:
    """Any button of a form."""
    data = match(turn)
    filling = await form_steps.at(turn, int(data["draft"])) if turn.is_private else None
    if filling is None or turn.message is None:
        turn.answer_press(form_offers.is_over(turn.t))
        return
    act, revision = ACTS.get(data["act"]), int(data["revision"])
    is_present = filling.draft.revision == revision and act is not None
    if is_present and act is not None and (filling.draft.state == "active" or act.also_resting):
        if await form_steps.says_closed(turn, filling, data["act"]):
            return
        pressed = filling.draft._replace(prompt_id=turn.message.message_id)
        if await act.do(turn, replace(filling, draft=pressed), data["value"] or ""):
            return
    if turn.is_second_tap:
        return
    turn.answer_press(form_offers.outdated(turn.t))
    if filling.draft.state == "active":
        form_answers.again(turn, filling)
    else:
        form_steps.strip(turn, filling.draft)
        forms.offer(turn, filling)


async def _pick(turn: Turn, filling: Filling, value: str) -> bool:
    """One of the values that were offered."""
    field = engine.present(filling.form, filling.draft)
    answer = None if field is None else field.kind.pressed(value, filling.circumstances(turn))
    if field is None or answer is None:
        return False
    form_answers.respond(turn, filling, _checked(turn, filling, answer))
    return True


async def _tick(turn: Turn, filling: Filling, value: str) -> bool:
    return await _ticks(turn, filling, (*filling.draft.picked, value), value)


async def _untick(turn: Turn, filling: Filling, value: str) -> bool:
    return await _ticks(turn, filling, tuple(one for one in filling.draft.picked if one != value), value)


async def _ticks(turn: Turn, filling: Filling, picked: tuple[str, ...], value: str) -> bool:
    """Within the same step: who presses fast loses no tick."""
    field = engine.present(filling.form, filling.draft)
    if field is None or not isinstance(field.kind, Choices) or not field.kind.has(value):
        return False
    after = await drafts.tick(turn.tx, filling.draft, tuple(dict.fromkeys(picked)), turn.now)
    if after is None:
        raise form_steps.StaleStepError
    ticked = replace(filling, draft=after)
    form_steps.turn_into(turn, ticked, form_steps.rendered(turn, ticked))
    return True


async def _done(turn: Turn, filling: Filling, _value: str) -> bool:
    """Everything that applies is ticked."""
    field = engine.present(filling.form, filling.draft)
    if field is None or not isinstance(field.kind, Choices):
        return False
    outcome = field.kind.taken(filling.draft.picked)
    if isinstance(outcome, Understood):
        outcome = _checked(turn, filling, outcome.value)
    form_answers.respond(turn, filling, outcome)
    return True


async def _keep(turn: Turn, filling: Filling, _value: str) -> bool:
    """The answer that was given before."""
    draft = filling.draft
    answer = draft.answers.get(draft.step)
    if answer is None:
        return False
    outcome = _checked(turn, filling, answer)
    form_answers.respond(turn, filling, outcome, message_id=draft.messages.get(draft.step))
    return True


def _checked(turn: Turn, filling: Filling, answer: Json) -> Outcome:
    return engine.checked(filling.form, filling.draft, filling.draft.step, answer, turn.now)


async def _take(turn: Turn, filling: Filling, _value: str) -> bool:
    """The text that looked like a question is the answer."""
    draft = filling.draft
    if draft.typed is None or not draft.step:
        return False
    outcome = engine.read(filling.form, draft, draft.step, draft.typed, filling.circumstances(turn))
    form_answers.respond(turn, filling, outcome, message_id=draft.messages.get(draft.step))
    return True


async def _ask(turn: Turn, filling: Filling, _value: str) -> bool:
    """It is a question, and one for the Secretariat: it goes there, and the form goes on."""
    draft = filling.draft
    if draft.typed is None or draft.step not in draft.messages:
        return False
    without = {name: message for name, message in draft.messages.items() if name != draft.step}
    kept = await form_steps.step(turn, filling, draft._replace(typed=None, messages=without))
    await desk.send_question(turn, turn.person.id, draft.messages[draft.step], draft.typed)
    form_answers.again(turn, kept)
    return True


async def _skip(turn: Turn, filling: Filling, _value: str) -> bool:
    after = engine.skipped(filling.form, filling.draft)
    if after is not None:
        form_answers.onwards(turn, filling, after)
    return after is not None


async def _zone(turn: Turn, filling: Filling, value: str) -> bool:
    """What was given is past in the time zone that is known; by another it may not be."""
    after = engine.in_other_zone(filling.form, filling.draft, value, turn.now)
    if after is not None:
        form_answers.onwards(turn, filling, after)
    return after is not None


async def _back(turn: Turn, filling: Filling, _value: str) -> bool:
    kept = await form_steps.step(turn, filling, engine.back(filling.form, filling.draft))
    form_answers.again(turn, kept)
    return True


async def _change(turn: Turn, filling: Filling, value: str) -> bool:
    """A line of the summary."""
    after = engine.changing(filling.form, filling.draft, value)
    if after is not None:
        form_answers.again(turn, await form_steps.step(turn, filling, after))
    return after is not None


async def _stop(turn: Turn, filling: Filling, _value: str) -> bool:
    """Asks first."""
    form_steps.strip(turn, filling.draft)
    form_steps.ask(turn, filling, form_offers.stop(turn.t, filling.shown(turn)))
    return True


async def _pause(turn: Turn, filling: Filling, _value: str) -> bool:
    kept = await form_steps.step(turn, filling, filling.draft._replace(state="paused", typed=None))
    form_steps.turn_into(turn, kept, form_offers.paused(turn.t, kept.shown(turn)))
    return True


async def _put_off(turn: Turn, filling: Filling, value: str) -> bool:
    """As `_pause`, and they are not asked again unless they look for it."""
    return await _pause(turn, replace(filling, draft=filling.draft._replace(is_put_off=True)), value)


async def _go_on(turn: Turn, filling: Filling, _value: str) -> bool:
    form_answers.again(turn, filling)
    return True


async def _discard(turn: Turn, filling: Filling, _value: str) -> bool:
    await drafts.end(turn.tx, filling.draft.id)
    turn.show(form_offers.discarded(turn.t, filling.shown(turn).words.title))
    return True


async def _resume(turn: Turn, filling: Filling, _value: str) -> bool:
    """Go on, with what was written meanwhile as the answer."""
    draft = filling.draft
    news = await _others_rest(turn, filling)
    kept = await form_steps.step(turn, filling, draft._replace(state="active", typed=None))
    if draft.typed is None or not draft.step:
        form_answers.again(turn, kept, news=news)
        return True
    if without := form_answers.skipped(turn, kept, draft.typed):
        form_answers.onwards(turn, kept, without, news=news)
        return True
    outcome = engine.read(kept.form, kept.draft, draft.step, draft.typed, kept.circumstances(turn))
    form_answers.respond(turn, kept, outcome, message_id=draft.messages.get(draft.step), news=news)
    return True


async def _start_over(turn: Turn, filling: Filling, _value: str) -> bool:
    news = await _others_rest(turn, filling)
    kept = await form_steps.step(turn, filling, engine.started_over(filling.form, filling.draft))
    form_answers.again(turn, kept, news=news)
    return True


async def _others_rest(turn: Turn, filling: Filling) -> list[Markup]:
    """Nobody fills in two forms at once; what is said of the other."""
    await form_steps.listen(turn)
    other = await form_steps.active(turn)
    if other is None or other.draft.id == filling.draft.id:
        return []
    await form_steps.pause(turn)
    return [form_offers.paused_meanwhile(turn.t, other.shown(turn).words.title)]


async def _confirm(turn: Turn, filling: Filling, _value: str) -> bool:
    """Do what the form is for. The step comes first: of two presses, one takes it."""
    if filling.draft.step or not engine.is_complete(filling.form, filling.draft):
        return False
    kept = await form_steps.step(turn, filling, filling.draft)
    form_steps.close(turn, filling)
    said = await filling.conversation.confirm(turn, filling.form.visible(kept.draft))
    if isinstance(said, Kept):
        turn.say(said.message)
        return True
    if not isinstance(said, Refused):
        await drafts.end(turn.tx, kept.draft.id)
        turn.say(said)
        await forms.resume_offer(turn)
        return True
    after = engine.refused(kept.form, kept.draft, said.field) if said.field else None
    form_steps.put(turn, await form_steps.step(turn, kept, after) if after else kept, news=[said.sentence])
    return True


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "pick": Act(_pick),
        "tick": Act(_tick),
        "untick": Act(_untick),
        "done": Act(_done),
        "keep": Act(_keep),
        "take": Act(_take),
        "ask": Act(_ask),
        "skip": Act(_skip),
        "zone": Act(_zone),
        "back": Act(_back),
        "change": Act(_change),
        "confirm": Act(_confirm),
        "stop": Act(_stop),
        "pause": Act(_pause, also_resting=True),
        "later": Act(_put_off, also_resting=True),
        "goon": Act(_go_on),
        "resume": Act(_resume, also_resting=True),
        "over": Act(_start_over, also_resting=True),
        "discard": Act(_discard, also_resting=True),
    }
)
"""By what stands in a button's data."""
