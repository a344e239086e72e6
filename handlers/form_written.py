"""Buttons of a form whose words are written instead: "back", "stop"."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from bot.forms import engine, steering
from bot.forms.choices import folded
from bot.forms.reading import Understood
from bot.forms.texts import Text
from bot.locales.catalogues import LANGUAGES, Catalogues, Translator
from handlers import form_answers, form_steps
from handlers.form_content import Content
from handlers.form_steps import Filling
from handlers.turn import Turn
from handlers.views import form_offers, form_questions

LETTERS_AT_MOST = 20
"""What is longer is none of these words; most answers need not be compared."""


async def takes(turn: Turn, filling: Filling, content: Content, message_id: int) -> bool:
    """Do what a button does whose words were written; False if none has these.

    Where any text may be the answer, such as a name, they are first asked whether it is one.
    """
    field = engine.present(filling.form, filling.draft)
    if field is None or not isinstance(content, str) or len(content) > LETTERS_AT_MOST:
        return False
    said = folded(content)
    is_back = said in _back_words(turn.desk.catalogues)
    if not is_back and said not in _pause_words(turn.desk.catalogues):
        return False
    if isinstance(field.kind, Text):
        await form_answers.keep_typed(turn, filling, content, message_id)
        form_answers.again(turn, filling, news=(form_offers.is_it_the_answer(turn.t),), taking=("take",))
        return True
    if isinstance(form_answers.outcome_of(turn, filling, field, content), Understood):
        return False
    if is_back:
        form_answers.again(turn, await form_steps.step(turn, filling, engine.back(filling.form, filling.draft)))
    else:
        kept = await form_steps.step(turn, filling, filling.draft._replace(state="paused", typed=None))
        form_steps.strip(turn, kept.draft)
        turn.say(form_offers.paused(turn.t, kept.shown(turn)))
    return True


@lru_cache(1)
def _back_words(catalogues: Catalogues) -> frozenset[str]:
    return _words(catalogues, form_questions.back_label, steering.BACK)


@lru_cache(1)
def _pause_words(catalogues: Catalogues) -> frozenset[str]:
    return _words(catalogues, form_questions.pause_label, steering.PAUSE)


def _words(catalogues: Catalogues, label: Callable[[Translator], str], also: tuple[str, ...]) -> frozenset[str]:
    """What a button is called in each language, and other words for it, as they may be written."""
    labels = [label(catalogues.translator(language)) for language in LANGUAGES]
    return frozenset(map(folded, (*labels, *also)))
