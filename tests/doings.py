"""What people may do with a form, as hypothesis makes it up: write, press, send, change, wait, and lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hypothesis import strategies as st

from storage import drafts
from storage.records.drafts import Draft
from tests.centers import ANSWERS as OF_CENTER
from tests.delegates import ANSWERS as OF_DELEGATE
from tests.delegates import GUEST_ANSWERS as OF_GUEST
from tests.straight import Pocket

OTHER_LANGUAGES = {"other_languages": "Portuguese"}
RIGHT: Mapping[str, Mapping[str, str]] = {
    "center": OF_CENTER,
    "delegate": {**OF_DELEGATE, **OTHER_LANGUAGES},
    "guest": {**OF_GUEST, **OTHER_LANGUAGES},
}
HARD = (
    "-", "skip", "?", "What is the AGM?", "both", "yes", "no", "1", "0", "99999999999999999999", "٣", "²", "½", "Ⅷ",
    "another", "English, Portuguese", "all", "Zurich", "Switzerland", "CH", "🇨🇭", "Guinea", "Congo", "UTC+3",
    "name@center.org", "a@b", "www.center.org", "https://[::1", "http://x:99999999", "+41 44 668 18 00", "+", "☎",
    "<b>", "</b>", "<a href='tg://user?id=1'>x</a>", "&amp;&lt;&#0;&bogus;", "“Q” \"q\" 'q' `q` ```", "{name}", "%s %d",
    "=1+1", '=HYPERLINK("x")', "@unigo_test_bot", "\u202eabc\u202c", "\u2067abc", "\u200b", "a\u200bb", "\u3164",
    "\u2800", "👩‍👩‍👧‍👦", "e\u0301", "\ufeffx", "\ud800", "x\udfffy", "\x00", "\x1b[31m", "\n\n",
    "a\r\nb\u2028c", " x ", "ﷺ" * 300, "x" * 4096, "🇨🇭" * 1024, "<" * 4096, "&" * 500, "\u0301" * 400,
    "a" + "\u0301" * 499, "и" * 500, "؟", "？", "/", "/x",
)  # fmt: skip
"""What has ever been hard for a program that reads what people write."""
ANY_CHARACTER = st.characters(exclude_categories=())
TEXTS = st.one_of(
    st.sampled_from(HARD), st.text(ANY_CHARACTER, min_size=1, max_size=30), st.text(min_size=1, max_size=200)
)
COMMANDS = (
    "/start", "/cancel", "/help", "/register", "/join", "/me", "/center", "/privacy", "/language", "/ask",
    "/ask Please write to me.", "/pending", "/staff", "/waiting", "/nonsense", "/start form_center",
    "/start form_guest", "/start form_delegate", "/start join_x", "/start topic_agm", "/start \ud800",
)  # fmt: skip
PHOTO = {"file_id": "p", "file_unique_id": "q", "width": 1, "height": 1, "file_size": 9}
FILE = {"file_id": "f", "file_unique_id": "g"}
THINGS: tuple[Mapping[str, Any], ...] = (
    {"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
    {"photo": [PHOTO]},
    {"photo": [PHOTO], "caption": "yes", "media_group_id": "7"},
    {"document": {**FILE, "file_name": "\u202efdp.exe", "mime_type": "application/pdf", "file_size": 10**10}},
    {"voice": {**FILE, "duration": 3}},
    {"location": {"latitude": 1.5, "longitude": 2.5}},
    {"contact": {"phone_number": "41446681800", "first_name": "\ud800"}},
    {"contact": {"phone_number": "not a number", "first_name": "x", "user_id": 1}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"poll": {"id": "1", "question": "x", "options": [], "total_voter_count": 0, "is_closed": False,
              "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
              "allows_revoting": False, "members_only": False}},
    {"text": ""},
)  # fmt: skip
FORM_ACTS = ("pick", "tick", "untick", "done", "keep", "take", "ask", "skip", "back", "change", "page", "confirm",
             "stop", "pause", "later", "goon", "resume", "over", "discard", "nonsense")  # fmt: skip
VALUES = ("", "yes", "no", "en", "other", "police", "CH", "Europe/Zurich", "name", "privacy", "0", "9999", "-1", "XX")


class Doing(Protocol):
    """Something that a person does with the form that they have to fill in."""

    async def do(self, pocket: Pocket, form: str) -> None:
        """Do it."""


@dataclass(frozen=True)
class Write:
    """Write a text, or a command."""

    text: str

    async def do(self, pocket: Pocket, _form: str) -> None:
        await pocket.write(self.text)


@dataclass(frozen=True)
class Answer:
    """Answer rightly what is asked."""

    async def do(self, pocket: Pocket, form: str) -> None:
        draft = await active(pocket)
        is_asked = draft is not None and draft.form == form and draft.step
        await pocket.write(right(pocket, form, draft.step) if draft is not None and is_asked else "yes")


@dataclass(frozen=True)
class Press:
    """Press one of the buttons that can be seen without scrolling far."""

    which: int

    async def do(self, pocket: Pocket, _form: str) -> None:
        found = pocket.buttons()[:IN_SIGHT]
        if found:
            message, _label, data = found[self.which % len(found)]
            await press_one(pocket, message, data)


@dataclass(frozen=True)
class PressOld:
    """Press any button that was ever there."""

    which: int

    async def do(self, pocket: Pocket, _form: str) -> None:
        if pocket.pressed:
            await press_one(pocket, *pocket.pressed[self.which % len(pocket.pressed)])


@dataclass(frozen=True)
class Forge:
    """Press a button that there is not, as a changed app can."""

    act: str
    value: str
    later: int

    async def do(self, pocket: Pocket, _form: str) -> None:
        draft = await active(pocket)
        number, revision = (draft.id, draft.revision) if draft is not None else (1, 0)
        data = f"form:{number}:{max(0, revision + self.later)}:{self.act}:{self.value}"
        await pocket.press(pocket.last.message_id, data)


@dataclass(frozen=True)
class Edit:
    """Change something that one has written."""

    which: int
    text: str

    async def do(self, pocket: Pocket, _form: str) -> None:
        own = pocket.own
        await pocket.edit(own[self.which % len(own)], self.text)


@dataclass(frozen=True)
class Send:
    """Send something else than text."""

    what: Mapping[str, Any]

    async def do(self, pocket: Pocket, _form: str) -> None:
        await pocket.send(dict(self.what))


@dataclass(frozen=True)
class Wait:
    """Do something else meanwhile."""

    seconds: float

    async def do(self, pocket: Pocket, _form: str) -> None:
        pocket.straight.clock.advance(self.seconds)


IN_SIGHT = 12
NUMBERS = st.integers(0, 10_000)
DOINGS = st.one_of(
    st.builds(Write, TEXTS),
    st.builds(Write, st.sampled_from(COMMANDS)),
    st.builds(Answer),
    st.builds(Answer),
    st.builds(Press, NUMBERS),
    st.builds(Press, NUMBERS),
    st.builds(PressOld, NUMBERS),
    st.builds(Forge, st.sampled_from(FORM_ACTS), st.sampled_from(VALUES), st.integers(-1, 1)),
    st.builds(Edit, NUMBERS, TEXTS),
    st.builds(Send, st.sampled_from(THINGS)),
    st.builds(Wait, st.sampled_from((1, 4, 25 * 3600, 40 * 24 * 3600))),
)


async def active(pocket: Pocket) -> Draft | None:
    return await drafts.active(pocket.straight.database.reader, pocket.person.id)


async def press_one(pocket: Pocket, message: int, data: str) -> None:
    if data != "me:export" and pocket.chat.message(message) is not None:  # files take another way
        await pocket.press(message, data)


def right(pocket: Pocket, form: str, name: str) -> str:
    """An answer that is one; of Centers, no two are alike."""
    text = RIGHT[form][name]
    number = pocket.person.id
    if form != "center":
        return text
    return {"name": f"{number * 7919} Center", "website": f"w{number}.example", "email": f"a@w{number}.example"}.get(
        name, text
    )
