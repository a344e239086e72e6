"""What an answer of the Secretariat's counts for, as staff see it under the answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.locales.catalogues import Translator
from handlers.views.learned import shortened
from handlers.views.locale import in_a_row
from handlers.views.message import Button, Message, column
from storage.records.desk import AskedLetter, Thread

SHOWN_AT_MOST = 8
LABEL_AT_MOST = 36


def counted(_: Translator, thread: Thread, answer_id: int, letters: Sequence[AskedLetter]) -> Message:
    """The person's letters around an answer: those that it is the answer to, and those that wait all the same."""
    shown = once_an_album(letters)
    name = thread.name.full or str(thread.person_id)
    done = sum(one.settled_at is not None for one in shown)
    left = len(shown) - done
    text = []
    if done:
        text.append(
            _.n(
                "This counts as the answer to {count} message of {name}.",
                "This counts as the answer to {count} messages of {name}.",
                done,
                name=name,
            )
        )
    if left:
        text.append(
            _.n(
                "{count} message of {name} still waits for an answer.",
                "{count} messages of {name} still wait for an answer.",
                left,
                name=name,
            )
        )
    text.append(_("Press a message to change that."))
    rows = column([_toggle(_, answer_id, one) for one in shown[-SHOWN_AT_MOST:]])
    every = ((Button(_.plain("It answers all of them"), _data(answer_id, 0, answers=True)),),) if left > 1 else ()
    return Message(in_a_row(_, *text), (*rows, *every))


def once_an_album(letters: Sequence[AskedLetter]) -> list[AskedLetter]:
    """Of each album the first; what is by itself as it is."""
    albums: set[str] = set()
    found = []
    for one in letters:
        if one.album is None or one.album not in albums:
            found.append(one)
        albums.update(() if one.album is None else (one.album,))
    return found


def _toggle(_: Translator, answer_id: int, letter: AskedLetter) -> Button:
    words = shortened(letter.plain, LABEL_AT_MOST) or _.plain("A message without words")
    is_answered = letter.settled_at is not None
    return Button(f"✓ {words}" if is_answered else f"– {words}", _data(answer_id, letter.id, answers=not is_answered))


def _data(answer_id: int, letter_id: int, *, answers: bool) -> str:
    return f"desk:answers:{answer_id}:{letter_id}:{int(answers)}"
