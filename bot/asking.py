"""Questions on the command line, for whoever keeps the content and for measuring."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.knowledge.answering import Answerer
from bot.knowledge.deciding import Finding
from bot.knowledge.library import SMALLTALK_KINDS, Library
from bot.knowledge.meaning import load_meaning
from bot.locales.catalogues import LANGUAGES, Catalogues, Translator
from handlers.live import LIVE
from handlers.views import answers, wishes
from handlers.views.message import Button, Message
from handlers.views.welcome import topic_button

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot would say. `topic` is None where nothing is answered."""

    kind: str
    topic: str | None
    text: str


class Asker:
    """Answers questions as the bot does, without Telegram and without keeping them."""

    def __init__(self, library: Library, catalogues: Catalogues) -> None:
        self._library = library
        self._catalogues = catalogues
        self._answerer = Answerer(library, LIVE, meaning=load_meaning())

    def ask(self, question: str, language: str) -> Reply:
        """The reply to a question, in its own language, or where it does not tell, in `language` (such as "fr")."""
        finding = self._answerer.find(question, language)
        translator = self._catalogues.translator(finding.language or language)
        message = self._message(finding, translator)
        if finding.candidates and finding.kind != "unsure":
            is_near = finding.kind == "unknown" and finding.may_mean_others
            beside = answers.with_what_fits if is_near else answers.with_others
            message = beside(translator, message, self._buttons(finding, translator))
        # What there is to choose from; the other buttons stand under every answer.
        shown = len(finding.candidates) + (finding.kind == "unsure")
        return Reply(finding.kind, _topic(finding), as_plain_text(message, buttons_at_most=shown))

    def _message(self, finding: Finding, t: Translator) -> Message:
        match finding.kind:
            case "smalltalk":
                return answers.small_talk(t, SMALLTALK_KINDS[finding.topic or "greeting"])
            case "answer":
                return answers.answer(t, self._library, self._library.topic(finding.topic or "", t.language))
            case "unsure":
                return answers.unsure(t, self._buttons(finding, t))
            case "live" | "learned":
                live = LIVE.get(finding.topic or "")
                return live.to_anybody(t) if live is not None and live.to_anybody else answers.looked_up(t)
            case "unknown" if finding.wish is not None:
                return wishes.hint(t, finding)
            case "unknown":
                return answers.not_answered(t, self._library, finding)

    def _buttons(self, finding: Finding, t: Translator) -> list[Button]:
        return [self._button(topic_id, t) for topic_id in finding.candidates]

    def _button(self, topic_id: str, t: Translator) -> Button:
        live = LIVE.get(topic_id)
        return topic_button(topic_id, live.title(t) if live else self._library.topic(topic_id, t.language).title)

    def ask_lines(self, lines: Iterable[str], complain: Callable[[str], None]) -> Iterator[str]:
        """For each line of JSON `{"id", "lang", "q"}` a line `{"id", "kind", "topic", "text"}`.

        A line that is something else is passed over, and `complain` is told which it is and what is wrong with it.
        """
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    asked = _asked(line, number)
                except ValueError as fault:
                    complain(str(fault))
                    continue
                reply = self.ask(asked["q"], asked.get("lang") or "en")
                told = {"id": asked.get("id"), "kind": reply.kind, "topic": reply.topic, "text": reply.text}
                # Half of a surrogate pair cannot be printed; escaped it is still JSON.
                yield json.dumps(told, ensure_ascii=False).encode(errors="backslashreplace").decode()


def as_plain_text(message: Message, *, buttons_at_most: int) -> str:
    """A message as it reads without formatting, with the labels of its first buttons."""
    text = html.unescape(_TAG.sub("", str(message.text)))
    labels = [button.label for row in message.buttons for button in row][:buttons_at_most]
    return "\n".join([text, *(f"[{label}]" for label in labels)])


def _topic(finding: Finding) -> str | None:
    if finding.kind == "unsure":
        return finding.candidates[0]
    return finding.topic if finding.kind in {"answer", "live"} else None


def _asked(line: str, number: int) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        raise ValueError(f"Line {number} is not JSON: {error}.") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("q"), str):
        raise ValueError(f'Line {number} must be an object with a question "q".')  # noqa: TRY004 - the value of what was typed
    if asked.get("lang") and asked["lang"] not in list(LANGUAGES):
        told = f"Line {number} has the language {json.dumps(asked['lang'])}; it must be one of {', '.join(LANGUAGES)}."
        raise ValueError(told)
    return asked
