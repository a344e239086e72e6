"""From step to step, without Telegram and without a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms import engine
from bot.forms.choices import Choices
from bot.forms.form import Field, Form, answered
from bot.forms.numbers import Number
from bot.forms.places import Places
from bot.forms.reading import Circumstances, Understood, Unsure, Wrong
from bot.forms.texts import Text
from storage.records.drafts import Draft
from tests.example_form import EXAMPLE

ABC = Form(
    "abc",
    1,
    (
        Field("a", Text()),
        Field("b", Text(), optional=True),
        Field("c", Number(), shown_if=answered("a", "long")),
        Field("d", Text(), shown_if=answered("c", 5)),
    ),
)


def new(form: Form = ABC, **more: object) -> Draft:
    return engine.begun(form, Draft(1, 2, form.id, "", form.version, 0)._replace(**more))  # type: ignore[arg-type]


def place(form: Form, draft: Draft) -> tuple[str, int, int]:
    found = engine.place(form, draft)
    return draft.step, found.number, found.count


def through(draft: Draft, *values: object) -> Draft:
    for value in values:
        draft = engine.answered(ABC, draft, value)
    return draft


def test_the_fields_that_are_shown_now_are_counted() -> None:
    draft = new()
    assert place(ABC, draft) == ("a", 1, 2)
    draft = through(draft, "long")
    assert place(ABC, draft) == ("b", 2, 3)
    draft = through(draft, None, 5)
    assert place(ABC, draft) == ("d", 4, 4)
    assert through(draft, "x").mode == "summary"


def test_a_field_that_is_hidden_hides_what_depends_on_it() -> None:
    draft = through(new(), "long", None, 5, "x")
    changed = engine.answered(ABC, engine.changing(ABC, draft, "a") or draft, "short")
    assert [field.name for field in ABC.shown(changed)] == ["a", "b"]
    assert changed.mode == "summary"
    assert ABC.visible(changed).answers == {"a": "short", "b": None}
    again = engine.answered(ABC, engine.changing(ABC, changed, "a") or draft, "long")
    assert ABC.visible(again).answers["d"] == "x", "nothing typed before is lost"


def test_back_leads_to_the_one_before_and_no_further() -> None:
    draft = through(new(), "long", "y")
    assert draft.step == "c"
    draft = engine.back(ABC, draft)
    assert draft.step == "b"
    draft = engine.back(ABC, engine.back(ABC, draft))
    assert draft.step == "a"
    assert engine.back(ABC, draft) == draft
    assert engine.answered(ABC, draft, "long").step == "c", "on to what has no answer yet"


def test_only_what_is_optional_is_skipped() -> None:
    assert engine.skipped(ABC, new()) is None
    skipped = engine.skipped(ABC, through(new(), "short"))
    assert skipped is not None
    assert (skipped.mode, skipped.answers) == ("summary", {"a": "short", "b": None})


def test_what_is_known_is_not_asked_for() -> None:
    assert new(answers={"a": "short"}).step == "b"
    assert new(answers={"a": "short", "b": "y"}).mode == "summary"


def test_only_these_fields_are_asked_for_once_more() -> None:
    draft = new(answers={"a": "long", "b": "y", "c": 5, "d": "x"}, only=("b", "d"))
    assert place(ABC, draft) == ("b", 1, 2)
    draft = through(draft, "z")
    assert place(ABC, draft) == ("d", 2, 2)
    assert engine.back(ABC, draft).step == "b"
    assert through(draft, "x").mode == "summary"


def test_an_answer_among_these_that_needs_another_asks_for_it() -> None:
    draft = new(answers={"a": "short", "b": "y"}, only=("a",))
    assert through(draft, "long").step == "c"


def test_started_over_it_is_as_it_began() -> None:
    begun = new(answers={"a": "short"}, given={"a": "short"}, only=("a",))
    assert engine.started_over(ABC, through(begun, "long", 3)) == begun


def test_a_form_that_has_changed_keeps_the_answers_that_still_fit() -> None:
    draft = through(new(), "long", "y")
    changed = Form("abc", 2, (Field("a", Number()), Field("b", Text()), Field("e", Text())))
    adapted = engine.adapted(changed, draft)
    assert (adapted.answers, adapted.step, adapted.version) == ({"b": "y"}, "a", 2)
    done = through(new(), "short", None)
    shorter = Form("abc", 2, (Field("a", Text(at_most=2)), Field("b", Text(), optional=True)))
    assert engine.adapted(shorter, done).step == "a"
    assert engine.adapted(ABC, done) == done


def test_a_correction_leaves_one_where_one_is() -> None:
    draft = through(new(), "long")
    assert engine.corrected(ABC, draft, "a", "short").step == "b"
    draft = through(draft, None, 5)
    assert engine.corrected(ABC, draft, "c", 6).mode == "summary", "what was asked for is not shown any more"
    done = through(new(), "short", None)
    assert engine.corrected(ABC, done, "a", "long").step == "c"


texts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789./-+ ٠١٢年月日", max_size=14),
    st.sampled_from(
        ["yes", "police", "Geneva", "a@b.org", "center.org", "12 March 2027", "+41446681800", "en, fr", "5"]
    ),
    st.text(min_size=300, max_size=400),
)
steps = st.lists(
    st.one_of(
        texts.map(lambda text: ("type", text)),
        st.sampled_from([("back", ""), ("skip", ""), ("over", ""), ("adapt", ""), ("change", "focus"), ("keep", "")]),
    ),
    max_size=40,
)


@given(text=texts, name=st.sampled_from([field.name for field in EXAMPLE.fields]))
@settings(max_examples=600, deadline=None)
def test_any_text_is_understood_or_not(places: Places, text: str, name: str) -> None:
    """Whatever is typed for whatever field: an answer that is one, or a reason."""
    at = Circumstances("en", date(2026, 11, 23), places, answers={"country": "CH"})
    field = EXAMPLE.field(name)
    assert field is not None
    match engine.read(EXAMPLE, new(EXAMPLE), name, text, at):
        case Understood(value):
            assert field.kind.fits(value)
        case Unsure(values):
            read = [[one] if isinstance(field.kind, Choices) else one for one in values]
            assert all(field.kind.pressed(value, at) == one for value, one in zip(values, read, strict=True))
        case Wrong(problem):
            assert problem


@given(steps=steps)
@settings(max_examples=200, deadline=None)
def test_whatever_is_done_there_is_a_step_or_the_summary(places: Places, steps: list[tuple[str, str]]) -> None:
    """No way through a form ends anywhere but at a field that is shown, or in a summary that is complete."""
    draft = new(EXAMPLE)
    for what, text in steps:
        draft = _taken(draft, what, text, places)
        assert engine.adapted(EXAMPLE, draft) == draft
        if draft.step:
            assert draft.step in [field.name for field in EXAMPLE.shown(draft)]
            here = engine.place(EXAMPLE, draft)
            assert 1 <= here.number <= here.count
        else:
            assert engine.is_complete(EXAMPLE, draft)


def _taken(draft: Draft, what: str, text: str, places: Places) -> Draft:
    """The draft after a press or a text; as it was where it leads nowhere."""
    is_summary = draft.mode == "summary"
    visible = EXAMPLE.visible(draft).answers
    pressed: dict[str, Callable[[], Draft | None]] = {
        "back": lambda: engine.back(EXAMPLE, draft),
        "skip": lambda: engine.skipped(EXAMPLE, draft),
        "over": lambda: engine.started_over(EXAMPLE, draft),
        "adapt": lambda: engine.adapted(EXAMPLE, draft),
        "change": lambda: engine.changing(EXAMPLE, draft, text) if is_summary else None,
        "keep": lambda: engine.answered(EXAMPLE, draft, visible[draft.step]) if visible.get(draft.step) else None,
    }
    if what in pressed:
        return pressed[what]() or draft
    at = Circumstances("en", date(2026, 11, 23), places, answers=visible)
    outcome = engine.read(EXAMPLE, draft, draft.step, text, at) if draft.step else None
    return engine.answered(EXAMPLE, draft, outcome.value) if isinstance(outcome, Understood) else draft


@given(
    typed=st.lists(texts, max_size=30),
    kept=st.sets(st.sampled_from([field.name for field in EXAMPLE.fields]), min_size=1),
)
@settings(max_examples=200, deadline=None)
def test_answers_survive_a_change_of_the_form(places: Places, typed: list[str], kept: set[str]) -> None:
    """Of the fields that are still there, every answer is kept; and there is a way on."""
    draft = new(EXAMPLE)
    for text in typed:
        draft = _taken(draft, "type", text, places)
    changed = Form("example", 2, tuple(field for field in EXAMPLE.fields if field.name in kept))
    adapted = engine.adapted(changed, draft)
    assert adapted.answers == {name: value for name, value in draft.answers.items() if name in kept}
    assert engine.is_complete(changed, adapted) or adapted.step in [field.name for field in changed.shown(adapted)]


def test_a_field_that_is_not_there_cannot_be_changed() -> None:
    done = through(new(), "short", None)
    for name in ("c", "x", ""):
        assert engine.changing(ABC, done, name) is None
    with pytest.raises(ValueError, match="twice"):
        Form("twice", 1, (Field("a", Text()), Field("a", Text())))
