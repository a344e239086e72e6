"""From step to step through a form. Everything here takes a draft and returns the one that it becomes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.forms.choices import Choices
from bot.forms.form import Field, Form
from bot.forms.reading import Circumstances, Outcome, Problem, Understood, Unsure, Wrong
from bot.forms.whereabouts import TimeZone
from storage.records.drafts import Answers, Draft, Json

REFUSED = "refused"
"""In the context of a draft: the answer with which it could not be confirmed last, by its field."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a form: "3 of 9"."""

    number: int
    count: int


def begun(form: Form, draft: Draft) -> Draft:
    """The draft at its first step: a field that is to be asked for, or the summary if there is none."""
    return _onwards(form, draft._replace(version=form.version, mode="asking"), draft.only)


def started_over(form: Form, draft: Draft) -> Draft:
    """The draft as it began."""
    return begun(form, draft._replace(answers=draft.given, messages={}, typed=None, state="active"))


def adapted(form: Form, draft: Draft) -> Draft:
    """The draft as far as it fits to the form as it is today, which may be another than when it was begun."""
    known = {field.name for field in form.fields}
    answers, given = _fitting(form, draft, draft.answers), _fitting(form, draft, draft.given)
    only = tuple(name for name in draft.only if name in known)
    messages = {name: message for name, message in draft.messages.items() if name in known}
    was = (draft.version, draft.answers, draft.given, draft.only, draft.messages)
    if was == (form.version, answers, given, only, messages) and _is_somewhere(form, draft):
        return draft
    kept = draft._replace(version=form.version, answers=answers, given=given, only=only, messages=messages)
    return _on_from_anywhere(form, kept)


def present(form: Form, draft: Draft) -> Field | None:
    """The field that is asked for; None in the summary."""
    return form.field(draft.step)


def place(form: Form, draft: Draft) -> Place:
    """Where one is, among the fields that are asked for as things stand: not those whose answer was known before."""
    asked = {*draft.only, draft.step}
    names = [field.name for field in _sequence(form, draft) if field.name not in draft.given or field.name in asked]
    return Place(names.index(draft.step) + 1 if draft.step in names else len(names), len(names))


def read(form: Form, draft: Draft, name: str, typed: str, at: Circumstances) -> Outcome:
    """What a text comes to as the answer to a field."""
    field = form.field(name)
    assert field is not None  # noqa: S101 - the step of a draft that was adapted is a field of its form
    outcome = field.kind.read(typed, at)
    if isinstance(outcome, Unsure):
        return _narrowed(form, draft, name, outcome, at.now)
    return checked(form, draft, name, outcome.value, at.now) if isinstance(outcome, Understood) else outcome


def _narrowed(form: Form, draft: Draft, name: str, unsure: Unsure, now: int) -> Outcome:
    """Of what may be meant, what the field's check allows: "1 March" is next year's where that is the conference's.

    Where it allows nothing, what is wrong with the likeliest of it.
    """
    outcomes = {value: checked(form, draft, name, value, now) for value in unsure.values}
    fitting = tuple(value for value, outcome in outcomes.items() if isinstance(outcome, Understood))
    if not fitting:
        return next(iter(outcomes.values()), unsure)
    field = form.field(name)
    if field is not None and field.likely is not None:
        fitting = tuple(field.likely(fitting, form.visible(draft))) or fitting
    if len(fitting) == len(unsure.values):
        return unsure
    return Understood(fitting[0]) if len(fitting) == 1 else Unsure(fitting)


def checked(form: Form, draft: Draft, name: str, value: Json, now: int = 0) -> Outcome:
    """A value of the right kind, by the field's own check, and by whether it comes to something that is past."""
    field = form.field(name)
    if field is None or (field.check is None and field.due is None):
        return Understood(value)
    visible = form.visible(draft)
    problem = field.check(value, visible) if field.check else None
    if problem is not None:
        return Wrong(problem)
    due = field.due({**visible.answers, name: value}) if field.due else None
    if due is not None and due.at_us <= now:
        return Wrong(Problem.PAST, now=replace(due, at_us=now), given=value if isinstance(value, str) else None)
    return Understood(value)


def answered(form: Form, draft: Draft, value: Json, *, message_id: int | None = None) -> Draft:
    """The present step has its answer; on to the next, or to the summary. What does not go with it is asked anew."""
    messages = {name: message for name, message in draft.messages.items() if name != draft.step}
    if message_id is not None:
        messages[draft.step] = message_id
    after = _with(form, draft, draft.step, value, messages=messages)
    order = [field.name for field in form.fields]
    ahead = order[order.index(draft.step) + 1 :]
    return _onwards(form, after, [name for name in draft.only if name in ahead] if draft.mode == "asking" else ())


def zone_asked(form: Form, draft: Draft) -> Field | None:
    """The field for the time zone, where that is another than the present one."""
    zones = (field for field in form.shown(draft) if isinstance(field.kind, TimeZone) and field.name != draft.step)
    return next(zones, None)


def in_other_zone(form: Form, draft: Draft, value: Json, now: int) -> Draft | None:
    """The present step has an answer that is past by the clocks of the time zone: that is asked for now.

    None where there is none, or this is no such answer.
    """
    field, zone = present(form, draft), zone_asked(form, draft)
    if field is None or zone is None or not field.kind.fits(value):
        return None
    outcome = checked(form, draft, field.name, value, now)
    if not isinstance(outcome, Wrong) or outcome.problem != Problem.PAST:
        return None
    return _at(form, _with(form, draft, draft.step, value), zone.name)


def skipped(form: Form, draft: Draft) -> Draft | None:
    """The present step stays without an answer; None where that cannot be."""
    field = present(form, draft)
    return answered(form, draft, None) if field is not None and field.optional else None


def back(form: Form, draft: Draft) -> Draft:
    """One step back: to the field before, or to the summary where one came from there. The first step stays."""
    name = _before(form, draft)
    if name is None:
        return draft
    return _at(form, draft, name) if name else _summary(draft)


def leads_back(form: Form, draft: Draft) -> bool:
    """Whether there is a step to go back to."""
    return _before(form, draft) is not None


def _before(form: Form, draft: Draft) -> str | None:
    """The field before; empty: the summary; None: there is nothing before."""
    if draft.mode == "changing" and is_complete(form, draft):
        return ""
    names = [field.name for field in _sequence(form, draft)]
    where = names.index(draft.step) if draft.step in names else 0
    return names[where - 1] if where > 0 else None


def changing(form: Form, draft: Draft, name: str) -> Draft | None:
    """To one line of the summary; None if there is none of this name."""
    if all(field.name != name for field in form.shown(draft)):
        return None
    return _at(form, draft, name)._replace(mode="changing")


def refused(form: Form, draft: Draft, name: str) -> Draft | None:
    """As `changing`, because of what was answered there: nobody can confirm it with that."""
    after = changing(form, draft, name)
    if after is None:
        return None
    return after._replace(context={**after.context, REFUSED: {name: draft.answers.get(name)}})


def was_refused(draft: Draft, name: str) -> bool:
    """Whether the present answer to a field is the one with which the form could not be confirmed last."""
    there = draft.context.get(REFUSED)
    return isinstance(there, dict) and name in there and there[name] == draft.answers.get(name)


def corrected(form: Form, draft: Draft, name: str, value: Json) -> Draft:
    """An answer that was given before is another now; the present step stays, unless it is not shown any more."""
    after = _with(form, draft, name, value)
    return after if _is_somewhere(form, after) else _on_from_anywhere(form, after)


def is_complete(form: Form, draft: Draft) -> bool:
    """Whether everything that is asked for has been answered or skipped."""
    return _unanswered(form, draft, ()) is None


def _is_somewhere(form: Form, draft: Draft) -> bool:
    """Whether the draft is at a step that there is, or rightly in the summary."""
    return any(one.name == draft.step for one in form.shown(draft)) if draft.step else is_complete(form, draft)


def _on_from_anywhere(form: Form, draft: Draft) -> Draft:
    return _onwards(form, draft, draft.only if draft.mode == "asking" else ())


def _with(form: Form, draft: Draft, name: str, value: Json, *, messages: Mapping[str, int] | None = None) -> Draft:
    """The draft with an answer, and without those that do not go with it; where `messages` are given, with these."""
    answers = _fitting(form, draft, {**draft.answers, name: value})
    return draft._replace(answers=answers, messages=draft.messages if messages is None else messages)


def _onwards(form: Form, draft: Draft, wanted: Collection[str]) -> Draft:
    field = _unanswered(form, draft, wanted)
    return _summary(draft) if field is None else _at(form, draft, field.name)


def _unanswered(form: Form, draft: Draft, wanted: Collection[str]) -> Field | None:
    """The first field without an answer, or of those that are wanted in any case."""
    return next((one for one in form.shown(draft) if one.name in wanted or one.name not in draft.answers), None)


def _at(form: Form, draft: Draft, name: str) -> Draft:
    field, answer = form.field(name), draft.answers.get(name)
    ticks = field is not None and isinstance(field.kind, Choices) and isinstance(answer, list)
    mode = "changing" if draft.mode == "summary" else draft.mode
    return draft._replace(step=name, mode=mode, picked=tuple(answer) if ticks and answer else (), typed=None)


def _summary(draft: Draft) -> Draft:
    return draft._replace(step="", mode="summary", picked=(), typed=None)


def _sequence(form: Form, draft: Draft) -> list[Field]:
    """The fields that one is led through."""
    shown = form.shown(draft)
    if not draft.only or draft.mode != "asking":
        return list(shown)
    return [one for one in shown if one.name in {*draft.only, draft.step} or one.name not in draft.answers]


def _fitting(form: Form, draft: Draft, answers: Answers) -> Answers:
    """The answers that are still answers, by those of them that stand before and are shown."""
    if not answers:
        return answers
    kept: dict[str, Json] = {}
    visible: dict[str, Json] = {}
    before = draft._replace(answers=visible)
    for field in form.fields:
        if field.name in answers and _fits(field, before, answers[field.name]):
            kept[field.name] = answers[field.name]
            if field.is_shown(before):
                visible[field.name] = answers[field.name]
    return kept


def _fits(field: Field, visible: Draft, value: Json) -> bool:
    if value is None:
        return field.optional
    return field.kind.fits(value) and (field.check is None or field.check(value, visible) is None)
