"""Generated input over every field of the real forms, and every step: nothing leads to a dead end or to an error."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.app import Running
from bot.forms import engine
from bot.forms.form import Form
from bot.forms.texts import Text, is_visible
from bot.knowledge.answering import Answerer
from bot.knowledge.library import Library
from bot.members import centers as written
from bot.members import invitations
from bot.members.center_form import CENTER
from bot.members.delegate_form import DELEGATE, GUEST
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from bot.members.roles import Rights
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from handlers.live import LIVE
from storage import centers, delegates, drafts, inbox, people
from storage import invitations as kept_invitations
from storage import requests as kept_requests
from storage.database import Database
from storage.records import Name
from storage.records.drafts import Draft, Json
from storage.records.members import CenterDetails, CenterState, DelegateState
from storage.session import Transaction
from tests.chat import People, until
from tests.desk import arrive
from tests.doings import DOINGS, HARD, TEXTS, Doing, active, right
from tests.fuzz.length import IS_FIXED, many
from tests.straight import Pocket, Straight, straight_to

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
OWNER = 1
FORMS: Mapping[str, Form] = {form.id: form for form in (CENTER, DELEGATE, GUEST)}
FIELDS = [(form.id, field.name) for form in FORMS.values() for field in form.fields]
UNDERSTOOD: Mapping[str, Json] = {
    "name": "Center A", "short_name": None, "kind": "agency", "focus": "police", "country": "CH", "city": "City A",
    "website": None, "email": "office@center-a.example", "phone": None, "head_name": "Head A", "head_title": None,
    "given_name": "Given A", "family_name": "Family A", "title": None, "organization": "Organization A",
    "function": "Function A", "nationality": "CH", "languages": ["en", "other"], "other_languages": ["pt"],
    "time_zone": "Europe/Zurich", "privacy": PRIVACY_NOTICE_VERSION, "shown": False,
}  # fmt: skip
ODD = "aé“”\"'<>&;=+@-#%{}`*_~|\\ \u00a0\u202e\u2067\u2066\u2069\u200b\u200d\u0301👩🕊عא中и€\ufeff"
NAMES = st.text(st.sampled_from(ODD), min_size=2, max_size=40).filter(
    lambda text: is_visible(text) and any(one.isalpha() for one in text)
)
"""Names of a sort: there is something to be read in them."""


def examples(count: int) -> settings:
    """So many, the same each time; they share a database, and everybody in it is new."""
    return settings(
        max_examples=many(count), deadline=None, derandomize=IS_FIXED, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.fixture(scope="module")
def by_words(knowledge: tuple[Library, Answerer]) -> Answerer:
    """It is not the answers that are tried here, and by the words alone they are found fast."""
    return Answerer(knowledge[0], LIVE)


@pytest.fixture
def parts(parts: Parts, by_words: Answerer) -> Parts:
    return replace(parts, answerer=by_words)


@pytest.fixture
async def straight(database: Database, parts: Parts, tmp_path: Path) -> AsyncIterator[Straight]:
    async with straight_to(database, parts, tmp_path) as ready:
        yield ready


@pytest.fixture
async def center(straight: Straight) -> int:
    """A Center that can be joined."""

    async def work(tx: Transaction) -> int:
        now = straight.clock.now_us()
        await people.meet(
            tx, people.meeting(tx.sql, OWNER, language="en", guessed=True, reachable=True, now=now, name=Name("Owner"))
        )
        details = CenterDetails("Center of <b>All</b>", country="CH")
        return await written.add(tx, details, state=CenterState.APPROVED, by=None, now=now)

    return await straight.database.write(work)


async def begin(pocket: Pocket, form: str, center: int) -> None:
    """The way into a form."""
    if form == "delegate":
        await pocket.write(f"/start join_{await link_into(pocket.straight, center)}")
        await press(pocket, "join:link:")
    else:
        await pocket.write("/register")
        await press(pocket, f"register:{form}")


async def link_into(straight: Straight, center: int) -> str:
    """The token of a new link that anybody may use; the one before it works no longer."""

    async def work(tx: Transaction) -> str:
        present = await kept_invitations.shared_of(tx, center)
        seen, now = None if present is None else present.id, straight.clock.now_us()
        return (await invitations.share(tx, Rights((OWNER,)), center, by=OWNER, seen=seen, now=now)).token

    return await straight.database.write(work)


async def press(pocket: Pocket, *beginnings: str) -> None:
    """Press the newest button whose data begin so."""
    found = [(number, data) for number, _, data in pocket.buttons() if data.startswith(beginnings)]
    assert found, (beginnings, pocket.last.body)
    await pocket.press(*found[0])


async def is_registered(pocket: Pocket, form: str) -> bool:
    """Whether what the form is for has come about."""
    reader = pocket.straight.database.reader
    if form == "center":
        request = await kept_requests.registration_of(reader, pocket.person.id)
        return request is not None and request.state == "open"
    found = await delegates.of_person(reader, pocket.person.id)
    return found is not None and found.state in {DelegateState.ACTIVE, DelegateState.PENDING}


async def stands(pocket: Pocket) -> None:
    """Where something is filled in, there is a question or a summary, and its buttons are those of the present step."""
    draft = await active(pocket)
    if draft is not None:
        here = f":{draft.id}:{draft.revision}"
        assert any(f"{here}:" in f"{data}:" for _, _, data in pocket.buttons()), draft


async def finish(pocket: Pocket, form: str, center: int) -> None:
    """Whatever has happened: the person goes on, and comes to the end."""
    for _ in range(40):
        if await is_registered(pocket, form):
            return
        draft = await active(pocket)
        here = "" if draft is None else f"form:{draft.id}:{draft.revision}"
        if draft is None or draft.form != form or draft.subject:
            await into(pocket, form, center)
        elif onwards := [(number, data) for number, _, data in pocket.buttons() if data in goes_on(here)]:
            await pocket.press(*onwards[0])
        elif draft.step:
            await pocket.write(right(pocket, form, draft.step))
        else:
            await press(pocket, f"{here}:confirm")
            if not await is_registered(pocket, form):
                await press(pocket, f"center:new:{draft.id}:", f"join:ask:{draft.id}:")
        await stands(pocket)
    raise AssertionError((await active(pocket), pocket.last.body))


def goes_on(step: str) -> set[str]:
    """The buttons by which one goes on: after a rest, and where it was asked whether to stop."""
    return {f"{step}:resume", f"{step}:goon"}


async def into(pocket: Pocket, form: str, center: int) -> None:
    """Into the form from anywhere: again, or where they were."""
    await pocket.write("/start")
    await begin(pocket, form, center)
    draft = await active(pocket)
    if draft is None or draft.form != form:
        await press(pocket, "form:")  # Continue, of what they had begun


@pytest.mark.parametrize("form", FORMS)
@examples(15)
@given(doings=st.lists(DOINGS, min_size=5, max_size=25), is_filled_in=st.booleans())
async def test_whatever_people_do_they_come_to_the_end(
    straight: Straight, center: int, form: str, doings: list[Doing], *, is_filled_in: bool
) -> None:
    pocket = straight.pocket()
    await begin(pocket, form, center)
    if is_filled_in:
        await answer_everything(pocket, FORMS[form])
    await stands(pocket)
    for one in doings:
        await one.do(pocket, form)
        await stands(pocket)
    await finish(pocket, form, center)


@pytest.mark.parametrize(("form", "name"), FIELDS)
@examples(4)
@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
async def test_every_field_takes_or_refuses_whatever_is_written(
    straight: Straight, form: str, name: str, texts: list[str]
) -> None:
    pocket = await asked_for(straight, FORMS[form], name)
    for text in texts:
        await pocket.write(text)
        await stands(pocket)
    draft = await active(pocket)
    if draft is None:  # one of them was a command that made it rest
        return
    if draft.step == name:
        await pocket.write(right(pocket, form, name))
        draft = await active(pocket)
    assert draft is not None
    assert draft.step in {"", "other_languages"}
    field = FORMS[form].field(name)
    assert field is not None
    answer = draft.answers[name]
    assert field.kind.fits(answer) or (answer is None and field.optional)


async def answer_everything(pocket: Pocket, form: Form) -> None:
    """The summary, without the way to it."""
    draft = await active(pocket)
    assert draft is not None
    answers = {field.name: UNDERSTOOD[field.name] for field in form.fields}
    if form is CENTER:
        answers |= {name: right(pocket, form.id, name) for name in ("name", "email")}
    filled_in = engine.begun(form, draft._replace(answers=answers, only=()))
    await pocket.straight.database.write(lambda tx: drafts.step(tx, filled_in))
    await pocket.write("/start")
    await press(pocket, f"form:{draft.id}:")


async def asked_for(straight: Straight, form: Form, name: str) -> Pocket:
    """Somebody who has answered everything but one question, which they are asked again."""
    pocket = straight.pocket()
    await pocket.write("/help")
    answers = {field.name: UNDERSTOOD[field.name] for field in form.fields if field.name != name}
    new = Draft(0, pocket.person.id, form.id, "", form.version, straight.clock.now_us(), answers=answers)
    await straight.database.write(lambda tx: drafts.begin(tx, engine.begun(form, new)))
    await pocket.write("/start")
    await press(pocket, "form:")
    draft = await active(pocket)
    assert draft is not None
    assert draft.step == name
    return pocket


@pytest.mark.parametrize("form", FORMS)
@examples(12)
@given(names=st.lists(NAMES, min_size=6, max_size=6))
async def test_texts_are_kept_as_they_were_written_and_shown(
    straight: Straight, center: int, form: str, names: list[str]
) -> None:
    pocket = straight.pocket({"first_name": names[0], "last_name": names[1]})
    await begin(pocket, form, center)
    kept: dict[str, str] = {}
    while (draft := await active(pocket)) is not None and draft.step:
        field = FORMS[form].field(draft.step)
        if field is None or not isinstance(field.kind, Text):
            await pocket.write(right(pocket, form, draft.step))
            continue
        message = await pocket.write(names[len(kept)])
        kept[draft.step] = unicodedata.normalize("NFC", message.body["text"].strip())
        await stands(pocket)
    shown = " ".join(pocket.last.body["text"].split())
    for text in kept.values():
        assert " ".join(text.split()) in shown
    await finish(pocket, form, center)
    assert await registered(pocket, form, *kept) == kept


async def registered(pocket: Pocket, form: str, *names: str) -> dict[str, str]:
    """What is kept of somebody, or of the Center that they registered."""
    reader = pocket.straight.database.reader
    if form != "center":
        record = await delegates.of_person(reader, pocket.person.id)
        return {name: getattr(record.details, name) for name in names} if record else {}
    request = await kept_requests.registration_of(reader, pocket.person.id)
    found = await centers.by_id(reader, request.center or 0) if request else None
    return {name: getattr(found.details, name) for name in names} if found else {}


async def test_hard_texts_come_in_over_http(
    bot: Running, people: People, clock: MovableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also halves of surrogate pairs, which JSON can hold: nothing is set aside, and the form goes on."""
    phone = await people.person()
    menu = await phone.ask("/register")
    await phone.press(menu, "register:guest")
    await phone.reply_after(menu["message_id"])
    person = {"id": phone.id, "is_bot": False, "first_name": "half \ud800", "language_code": "en"}
    for text in HARD:
        await arrive(bot, clock, {"chat": {"id": phone.id, "type": "private"}, "from": person, "text": text})

    async def all_handled() -> bool:
        return (await inbox.backlog(bot.database.reader)).waiting == 0

    await until(all_handled, within_s=60)
    assert (await inbox.backlog(bot.database.reader)).set_aside == 0
    [draft] = await drafts.of_person(bot.database.reader, phone.id)
    assert draft.answers.keys() >= {"given_name", "family_name", "organization"}
    assert "update_failed" not in capsys.readouterr().out
