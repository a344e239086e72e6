"""What is answered from what is entered about conferences, to questions in free words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import Running
from bot.conferences import asking, moments
from storage import conferences, questions
from storage.records.conferences import Conference, ConferenceState, NoteTopic
from storage.session import Transaction
from tests import conferences as example
from tests.chat import People, buttons
from tests.handlers.conferencing import opened
from tests.newsmaking import conference_is

QUESTIONS = (
    "When is the next conference?",
    "Where does the conference take place?",
    "Who hosts the next conference?",
    "What is the theme of the next conference?",
    "Do I need a visa for the conference?",
    "What is the registration deadline?",
    "When is the next AGM?",
    "Where was the last conference?",
    "Can you send me the conference programme?",
)


async def cancelled(bot: Running) -> Conference:
    """The example conference, which does not take place."""
    conference = await opened(bot)
    await conference_is(bot, conference.id, ConferenceState.CANCELLED)
    return conference


@pytest.mark.parametrize("question", QUESTIONS)
async def test_as_long_as_nothing_is_entered_the_question_is_kept(bot: Running, people: People, question: str) -> None:
    reply = await (await people.person()).ask(question)
    assert "nothing has been entered yet" in reply["text"]


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("en", "When is the next conference?", "It was cancelled."),
        ("en", "Is the conference cancelled?", "It was cancelled."),
        ("en", "Who hosts the next conference?", "The next Annual Conference has not been announced here yet."),
        ("en", "What is the Annual Conference?", "It was cancelled."),
        ("fr", "La conférence est-elle annulée ?", "Elle a été annulée."),
        ("es", "¿Se ha cancelado la conferencia?", "Se ha cancelado."),
        ("ru", "Конференция отменена?", "Проведение отменено."),
        ("ar", "هل أُلغي المؤتمر؟", "أُلغي انعقاده."),
        ("zh", "年会取消了吗？", "已取消。"),
    ],
)
async def test_of_one_that_was_cancelled_it_is_told_that_it_was(
    bot: Running, people: People, language: str, question: str, words: str
) -> None:
    conference = await cancelled(bot)
    reply = await (await people.person(language=language)).ask(question)
    assert str(conference.year) in reply["text"]
    assert words in reply["text"]
    assert "Nairobi" not in reply["text"]
    assert await questions.waiting(bot.database.reader) == []


async def test_of_a_year_that_is_named_it_is_told_as_well(bot: Running, people: People) -> None:
    conference = await cancelled(bot)
    phone = await people.person()
    reply = await phone.ask(f"When is the conference in {conference.year}?")
    assert "It was cancelled." in reply["text"]
    assert "has not been announced" not in reply["text"]
    assert "It was cancelled." not in (await phone.ask(f"When is the conference in {conference.year + 3}?"))["text"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When is the next conference?", "Nairobi, 🇰🇪 Kenya"),
        ("Where does the conference take place?", "Venue: Example Hall"),
        ("Is the conference online?", "Online: https://online.example"),
        ("Who hosts the next conference?", "Host organization: Organization A"),
        ("What is the theme of the next conference?", "Theme: Example theme"),
        ("In which languages is the conference held?", "Languages: English and French"),
        ("Do I need a visa for the conference?", "Last day for visa requests: "),
        ("What is the registration deadline?", "Last day to register: "),
        ("How do I register for the conference?", "Places: 200"),
    ],
)
async def test_what_is_entered_is_told(bot: Running, people: People, question: str, words: str) -> None:
    conference = await opened(bot)
    reply = await (await people.person()).ask(question)
    assert f"Annual Conference {conference.year}" in reply["text"]
    assert words in reply["text"]
    assert f"conf:show:{conference.id}" in buttons(reply).values()


async def test_what_is_not_entered_yet_is_kept_although_there_is_a_conference(bot: Running, people: People) -> None:
    await opened(bot, theme=None)
    reply = await (await people.person()).ask("What is the theme of the next conference?")
    assert "nothing has been entered yet" in reply["text"]


async def test_the_note_that_is_asked_for_is_told(bot: Running, people: People) -> None:
    conference = await opened(bot)

    async def write(tx: Transaction) -> None:
        await conferences.set_note(tx, conference.id, NoteTopic.VISA, "Ask for a letter.", bot.now_us())
        await conferences.set_note(tx, conference.id, NoteTopic.DRESS, "Uniform.", bot.now_us())

    await bot.database.write(write)
    phone = await people.person()
    assert "Ask for a letter." in (await phone.ask("Can you send me an invitation letter for the visa?"))["text"]
    assert "Uniform." in (await phone.ask("What is the dress code?"))["text"]
    assert "Dress" in buttons(await phone.ask("What should I bring to the conference?"))


@pytest.mark.parametrize("question", ["Where was the conference in 2018?", "Is my visa ready?"])
async def test_what_is_about_something_else_is_not_answered_with_it(
    bot: Running, people: People, question: str
) -> None:
    await opened(bot)
    assert "Annual Conference" not in (await (await people.person()).ask(question))["text"]


async def test_the_agm_is_told(bot: Running, people: People) -> None:
    conference = await opened(bot)
    await example.with_agm(bot.database, conference, bot.now_us())
    reply = await (await people.person()).ask("When is the next AGM?")
    assert "14:00–16:00 (Nairobi)" in reply["text"]
    assert f"agm:show:{conference.id}" in buttons(reply).values()


async def test_it_is_told_for_whom_there_are_sessions(bot: Running, people: People) -> None:
    conference = await opened(bot)
    await example.with_agenda(bot.database, conference, bot.now_us())
    reply = await (await people.person()).ask("How many sessions are there in the police segment?")
    for line in ("For everybody: 2 sessions", "Military: 1 session", "Civilian: 1 session", "Police: 1 session"):
        assert line in reply["text"]
    assert f"agenda:show:{conference.id}" in buttons(reply).values()


async def test_past_ones_are_told_and_no_longer_the_next(bot: Running, people: People) -> None:
    first = moments.today(example.ZONE, bot.now_us()) - timedelta(days=400)
    await opened(bot, starts_on=first, ends_on=first + timedelta(days=2), city="Past City")
    phone = await people.person()
    assert "Past City, 🇰🇪 Kenya" in (await phone.ask("Where was the last conference?"))["text"]
    assert "nothing has been entered yet" in (await phone.ask("When is the next conference?"))["text"]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How do I get a visa letter?", NoteTopic.VISA),
        ("Quel hôtel dois-je réserver ?", NoteTopic.HOTEL),
        ("¿Cómo debo vestirme?", NoteTopic.DRESS),
        ("Как добраться из аэропорта?", NoteTopic.TRAVEL),
        ("会议期间安全吗？", NoteTopic.SECURITY),
        ("هل أحتاج إلى تأشيرة؟", NoteTopic.VISA),
        ("Is there a lift at the conference?", None),
        ("Do I need a visa to book the hotel?", None),
        ("Quel est le numéro de vol ?", NoteTopic.TRAVEL),
        ("Is help of volunteers wanted?", None),
        ("Where do I get the handbook and the flyer?", None),
        ("He visto la página, ¿hay más?", None),
        ("هل المكان جيد وهل يزيد العدد؟", None),
        ("ما الزي المطلوب؟", NoteTopic.DRESS),
    ],
)
def test_which_note_a_question_is_about(question: str, topic: NoteTopic | None) -> None:
    assert asking.note_in(question) == topic


@pytest.mark.parametrize(
    ("question", "is_own"),
    [
        ("Has my room been reserved?", True),
        ("Mon visa est-il arrivé ?", True),
        ("我的签证下来了吗？", True),
        ("هل وصلت تأشيرتي؟", True),
        ("How do I get my visa letter?", False),
        ("Do I need a visa? My director asks.", False),
        ("May I bring my husband, and is there a hotel?", False),
    ],
)
def test_what_is_ones_own_is_told_from_what_holds_for_all(question: str, *, is_own: bool) -> None:
    assert asking.asked_in(question, 2026).is_own is is_own


async def test_a_topic_opened_before_anything_was_entered_says_so(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("/start topic_conference-date")
    assert "nothing has been entered yet" in reply["text"]
    assert "topic:annual-conference" in buttons(reply).values()


async def test_what_conferences_are_in_general_leads_to_the_next_one(bot: Running, people: People) -> None:
    phone = await people.person()
    assert not [data for data in buttons(await phone.ask("What is the AGM?")).values() if data.startswith("agm:")]
    conference = await opened(bot)
    await example.with_agm(bot.database, conference, bot.now_us())
    reply = await phone.ask("What is the AGM?")
    assert "14:00–16:00 (Nairobi)" in reply["text"]
    assert buttons(reply)["AGM"] == f"agm:show:{conference.id}"
    reply = await phone.ask("What is the Annual Conference?")
    assert f"Annual Conference {conference.year}" in reply["text"]
    assert f"conf:show:{conference.id}" in buttons(reply).values()


async def test_who_asks_for_something_for_the_police_reads_what_there_is(bot: Running, people: People) -> None:
    phone = await people.person()
    question = "We are a police school, is there something for us at the conference?"
    conference = await opened(bot)
    assert "Police: 1" not in (await phone.ask(question))["text"]
    await example.with_agenda(bot.database, conference, bot.now_us())
    reply = await phone.ask(question)
    assert "Police: 1 session" in reply["text"]
    assert f"agenda:show:{conference.id}" in buttons(reply).values()
