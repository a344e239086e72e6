"""The steps of a form: its questions, what was answered, and the summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.forms import engine
from bot.forms.choices import Choices
from bot.forms.form import Field
from bot.locales.catalogues import Translator
from handlers.views import form_values
from handlers.views.form_problems import expected
from handlers.views.forms import Shown
from handlers.views.locale import with_label
from handlers.views.message import Button, Message, bold, italic, pairs
from handlers.views.welcome import paragraphs
from storage.records.drafts import Json

SHOWN_AT_MOST = 200
"""Characters of an answer that was given before, beside the question."""
SUMMARY_ROOM = 2_800
"""Characters of a summary for the answers: with all the rest, it stays within one message."""
LEAST_SHOWN = 60


def question(
    _: Translator,
    shown: Shown,
    *,
    offers: Sequence[str],
    news: Sequence[Markup] = (),
    taking: Sequence[str] = (),
    past: str | None = None,
) -> Message:
    """The present step: where one is, what is asked and expected, and what can be done.

    `offers` are the values that have a button. `taking`: what can be done with a text that may be the answer, by
    the acts of buttons. `past` is what was given, and is past in the time zone of the form.
    """
    field = engine.present(shown.form, shown.draft)
    assert field is not None  # noqa: S101 - a draft that is not in the summary has a step
    words, before = shown.words.fields[field.name], shown.draft.answers.get(field.name)
    lines = [_heading(_, shown), bold(words.question)]
    lines += [one for one in [words.expected or expected(_, field, offers)] if one]
    if before is not None:
        lines.append(_("So far: {answer}", answer=_answer(_, shown, field, before)))
    zone = None if past is None else engine.zone_asked(shown.form, shown.draft)
    rows = (
        *((shown.button(_takers(_)[act], act),) for act in taking),
        *([(shown.button(_.plain("Change the time zone"), "zone", past or ""),)] if zone else []),
        *pairs([_offer(_, shown, field, data) for data in offers]),
        *_settling(_, shown, field, before),
        _around(_, shown, field, before),
    )
    return Message(paragraphs(*news, Markup("\n").join(lines)), rows)


def _takers(_: Translator) -> Mapping[str, str]:
    return {"take": _.plain("Take it as my answer"), "ask": _.plain("Ask the Secretariat")}


def _heading(_: Translator, shown: Shown) -> Markup:
    """Where they are; not where nothing more is to come, or what comes hangs on this answer."""
    place = engine.place(shown.form, shown.draft)
    if shown.draft.mode == "changing" or place.count == 1:
        return italic(shown.words.title)
    heading = _("{form} · {number} of {count}", form=shown.words.title, number=place.number, count=place.count)
    return italic(heading)


def _offer(_: Translator, shown: Shown, field: Field, data: str) -> Button:
    label = form_values.button_label(_, shown, field, data)
    if not isinstance(field.kind, Choices):
        return shown.button(label, "pick", data)
    is_ticked = data in shown.draft.picked
    return shown.button(f"✓ {label}", "untick", data) if is_ticked else shown.button(label, "tick", data)


def _settling(_: Translator, shown: Shown, field: Field, before: Json) -> list[tuple[Button, ...]]:
    """What ends the step as it is."""
    if isinstance(field.kind, Choices):
        return [(shown.button(_.plain("Done"), "done"),)]
    if before is None or engine.was_refused(shown.draft, field.name):
        return []
    return [(shown.button(_.plain("Keep it so"), "keep"),)]


def _around(_: Translator, shown: Shown, field: Field, before: Json) -> tuple[Button, ...]:
    """Back, Skip and Pause, as far as they lead anywhere."""
    row = []
    if engine.leads_back(shown.form, shown.draft):
        row.append(shown.button(back_label(_), "back"))
    if field.optional:
        row.append(shown.button(skip_label(_) if before is None else _.plain("Leave empty"), "skip"))
    return (*row, shown.button(pause_label(_), "pause"))


def skip_label(_: Translator) -> str:
    """Written, it does the same."""
    return _.plain("Skip")


def back_label(_: Translator) -> str:
    """As `skip_label`."""
    return _.plain("Back")


def pause_label(_: Translator) -> str:
    """As `skip_label`."""
    return _.plain("Pause")


def settled(_: Translator, shown: Shown, name: str) -> Message:
    """What a question turns into once it has its answer."""
    field, words = shown.form.field(name), shown.words.fields[name]
    value = shown.draft.answers.get(name)
    if field is None or value is None:
        return Message(_("{label}: skipped", label=words.label))
    return Message(_("{label}: {answer} ✓", label=words.label, answer=_answer(_, shown, field, value)))


def corrected(_: Translator, shown: Shown, name: str) -> Markup:
    """An answer was changed where it stands."""
    return _("Changed. {answer}", answer=settled(_, shown, name).text)


def stays(_: Translator, shown: Shown, name: str) -> Markup:
    """A change of an answer cannot be taken."""
    return _("It stays as it was. {answer}", answer=settled(_, shown, name).text)


def summary(_: Translator, shown: Shown, *, news: Sequence[Markup] = ()) -> Message:
    """All that was answered, a button for each line, and what to do with it."""
    fields = shown.form.shown(shown.draft)
    to_change = [shown.button(shown.words.fields[field.name].label, "change", field.name) for field in fields]
    remark = [] if shown.words.remark is None else [shown.words.remark]
    ask = _("Is this right? Press a line below to change it.")
    text = paragraphs(*news, confirmed(_, shown).text, *remark, ask)
    end = (shown.button(pause_label(_), "pause"), shown.button(_.plain("Discard"), "stop"))
    return Message(text, ((shown.button(shown.words.confirm, "confirm"),), *pairs(to_change), end))


def confirmed(_: Translator, shown: Shown) -> Message:
    """What a summary turns into once it is confirmed: all that was answered, and nothing more is asked."""
    fields = shown.form.shown(shown.draft)
    room = max(LEAST_SHOWN, SUMMARY_ROOM // max(1, len(fields)))
    lines = [
        with_label(
            _,
            bold(shown.words.fields[field.name].label),
            _answer(_, shown, field, shown.draft.answers.get(field.name), room),
        )
        for field in fields
    ]
    return Message(paragraphs(italic(shown.words.title), Markup("\n").join(lines)))


def _answer(_: Translator, shown: Shown, field: Field, value: Json, at_most: int = SHOWN_AT_MOST) -> Markup:
    return form_values.answer(_, shown, field, value, at_most=at_most)
