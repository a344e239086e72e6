"""Questions that are read together with what was told just before."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import questions
from tests import conferences as example
from tests.chat import People, buttons
from tests.desk import says
from tests.handlers.conferencing import opened

UNKNOWN = "I have no information about where the association or its Secretariat is located"


@pytest.mark.parametrize(
    ("language", "question", "follow_up"),
    [
        ("en", "When is the next conference?", "and where?"),
        ("fr", "Quand a lieu la prochaine conférence ?", "et où ?"),
        ("es", "¿Cuándo es la próxima conferencia?", "¿y dónde?"),
        ("ru", "Когда следующая конференция?", "а где?"),
        ("ar", "متى المؤتمر القادم؟", "وأين؟"),
        ("zh", "下一届年会什么时候举行？", "那在哪里？"),
    ],
)
async def test_a_question_word_follows_on_the_question_before(
    bot: Running, people: People, language: str, question: str, follow_up: str
) -> None:
    await opened(bot)
    phone = await people.person(language=language)
    assert "Example Hall" not in (await phone.ask(question))["text"]
    assert "Example Hall" in (await phone.ask(follow_up))["text"]


async def test_a_question_word_is_read_alone_later_and_after_something_else(
    bot: Running, people: People, clock: MovableClock
) -> None:
    await opened(bot)
    phone = await people.person()
    assert (await phone.ask("and where?"))["text"].startswith(UNKNOWN)
    await phone.ask("When is the next conference?")
    await phone.ask("What is the purpose of the association?")
    assert (await phone.ask("and where?"))["text"].startswith(UNKNOWN)
    await phone.ask("When is the next conference?")
    clock.advance(601)
    assert (await phone.ask("and where?"))["text"].startswith(UNKNOWN)


async def test_a_follow_up_is_about_the_same_year_and_after_a_button_about_its_topic(
    bot: Running, people: People
) -> None:
    first = await opened(bot)
    phone = await people.person()
    await phone.ask(f"When is the conference in {first.year + 5}?")
    still = (await phone.ask("and where?"))["text"]
    assert still.startswith(f"No Annual Conference {first.year + 5} is entered here.")
    await phone.press(await phone.ask("/start"), "topic:annual-conference", forged=True)
    told = await says(phone, "The association holds an Annual Conference")
    assert "Example Hall" in (await phone.ask("and where?"))["text"], told


async def test_what_follows_and_is_not_entered_goes_to_the_secretariat_with_what_it_is_about(
    bot: Running, people: People
) -> None:
    phone = await people.person()
    await phone.ask("What is the AGM?")
    assert "nothing has been entered yet" in (await phone.ask("and when?"))["text"]
    assert "nothing has been entered yet" in (await phone.ask("where?"))["text"]
    kept = await questions.waiting(bot.database.reader)
    assert [one.question for one in kept] == [f"{asked} (Annual General Meeting)" for asked in ("and when?", "where?")]


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", ("When is the next conference?", "And in which city?", "Until when?")),
        ("fr", ("Quand a lieu la prochaine conférence ?", "Et dans quelle ville ?", "Jusqu’à quand ?")),
        ("es", ("¿Cuándo es la próxima conferencia?", "¿Y en qué ciudad?", "¿Hasta cuándo?")),
        ("ru", ("Когда следующая конференция?", "А в каком городе?", "До какого числа?")),
        ("ar", ("متى المؤتمر القادم؟", "وفي أي مدينة؟", "إلى متى؟")),
        ("zh", ("下一届年会什么时候举行？", "那在哪个城市？", "到什么时候？")),
    ],
)
async def test_more_than_a_question_word_follows_as_well(
    bot: Running, people: People, language: str, asked: tuple[str, str, str]
) -> None:
    conference, (question, where, until) = await opened(bot), asked
    phone = await people.person(language=language)
    told = (await phone.ask(question))["text"]
    assert "Example Hall" in (await phone.ask(where))["text"]
    assert str(conference.details.ends_on.day) in (again := (await phone.ask(until))["text"])
    assert again.startswith(told.splitlines()[0])


async def test_thanks_in_between_end_nothing(bot: Running, people: People) -> None:
    await opened(bot)
    phone = await people.person()
    await phone.ask("When is the next conference?")
    await phone.ask("Thanks!")
    assert "Example Hall" in (await phone.ask("And where?"))["text"]
    await phone.ask("Who are you?")
    assert (await phone.ask("where?"))["text"].startswith(UNKNOWN)


async def test_a_question_word_follows_on_a_command_and_on_a_button(bot: Running, people: People) -> None:
    first = await opened(bot)
    await example.with_agm(bot.database, first, bot.now_us())
    phone = await people.person()
    shown = await phone.ask("/conference")
    assert "Example Hall" in (await phone.ask("where?"))["text"]
    await phone.press(shown, f"agm:show:{first.id}", forged=True)
    assert "May attend" in (await phone.ask("how long?"))["text"]


async def test_a_question_word_follows_on_a_session(bot: Running, people: People) -> None:
    conference = await opened(bot)
    numbers = await example.with_agenda(bot.database, conference, bot.now_us())
    phone = await people.person()
    shown = await phone.ask("/agenda")
    await phone.press(shown, f"agenda:session:{numbers[3]}", forged=True)
    for question in ("where?", "until when?", "how long?"):
        told = (await phone.ask(question))["text"]
        assert told.startswith("Police session"), question
        assert "Room 3" in told
    await phone.press(shown, "topic:session", forged=True)
    assert (await phone.ask("where?"))["text"] == "This is not there any more."


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("language", "question", "follow_ups"),
    [
        ("en", "Who runs the Secretariat?", ("Since when?", "and before?", "what does it do?")),
        ("fr", "Qui assure le secrétariat ?", ("Depuis quand ?", "et avant ?", "que fait-il ?")),
        ("es", "¿Quién se encarga de la Secretaría?", ("¿Desde cuándo?", "¿y antes?", "¿qué hace?")),
        ("ru", "Кто выполняет функции Секретариата?", ("С каких пор?", "а раньше?", "что он делает?")),
        ("ar", "من يتولى الأمانة؟", ("منذ متى؟", "ومن قبل؟", "ماذا تفعل؟")),
        ("zh", "秘书处是谁？", ("从什么时候开始？", "以前呢？", "它做什么？")),
    ],
)
async def test_what_follows_on_the_secretariat_is_about_it(
    people: People, language: str, question: str, follow_ups: tuple[str, str, str]
) -> None:
    phone = await people.person(language=language)
    told, since, before, duties = [(await phone.ask(one))["text"] for one in (question, *follow_ups)]
    assert "2010" in told
    assert since == before == told
    assert "2010" not in duties
    assert "2013" not in duties


async def test_a_why_is_said_to_be_unknown_of_what_was_told(bot: Running, people: People) -> None:
    phone = await people.person()
    await phone.ask("Who runs the Secretariat?")
    assert "I have no information about reasons or details of this kind" in (await phone.ask("why?"))["text"]
    assert "2010" in (await phone.ask("since when?"))["text"], "it is still about the Secretariat"
    kept = await questions.waiting(bot.database.reader)
    assert [one.question for one in kept] == ["why? (Who provides the Secretariat)"]


@pytest.mark.parametrize(("language", "how"), [("en", "how?"), ("ru", "как?"), ("es", "¿cómo?"), ("zh", "怎么？")])
async def test_a_how_is_not_taken_for_a_greeting_and_not_sent(
    bot: Running, people: People, language: str, how: str
) -> None:
    phone = await people.person(language=language)
    alone = await phone.ask(how)
    await phone.ask("What is the purpose of the association?")
    for reply in (alone, await phone.ask(how)):
        assert list(buttons(reply).values()) == ["desk:write", "menu"]
    assert await questions.waiting(bot.database.reader) == []


async def test_who_prepares_the_conference_is_told_as_a_rule_until_a_host_is_entered(
    bot: Running, people: People
) -> None:
    phone = await people.person()
    await phone.ask("What is the Annual Conference?")
    assert "host country or host organization" in (await phone.ask("who organizes it?"))["text"]
    assert await questions.waiting(bot.database.reader) == []


async def test_after_the_conference_its_theme_is_told_and_after_the_agm_its_day(bot: Running, people: People) -> None:
    conference = await opened(bot)
    phone = await people.person()
    await phone.ask("When is the next conference?")
    theme = conference.details.theme
    assert theme is not None
    assert theme in (await phone.ask("what is it about?"))["text"]
    await phone.ask("What is the AGM?")
    assert (
        "the date, agenda or papers of an Annual General Meeting"
        in (await phone.ask("is it on the first day?"))["text"]
    )


async def test_in_a_group_it_follows_on_what_was_told_there(bot: Running, people: People) -> None:
    await opened(bot)
    first, second = await people.person(), await people.person()
    group = await people.group(first, second)
    await first.ask("When is the next conference?")
    asking, other = first.within(group), second.within(group)
    assert "Example Hall" not in (await asking.ask("@unigo_test_bot and where?"))["text"]
    await asking.ask("@unigo_test_bot When is the next conference?")
    assert "Example Hall" in (await other.ask("@unigo_test_bot and where?"))["text"]


@pytest.mark.parametrize(
    "question", ["What time is it?", "Until when can I register?", "Where do I find the Secretariat?"]
)
async def test_a_question_of_its_own_is_answered_for_itself(bot: Running, people: People, question: str) -> None:
    await opened(bot)
    phone = await people.person()
    alone = (await phone.ask(question))["text"]
    await phone.ask("When is the next conference?")
    assert (await phone.ask(question))["text"] == alone


@pytest.mark.parametrize(
    ("language", "question", "where", "lead"),
    [
        ("en", "When is the next meeting?", "where?", "Or did you mean this?"),
        ("zh", "下次会议什么时候？", "在哪里？", "还是您指的是这个？"),
    ],
)
async def test_the_next_meeting_is_the_conference_with_the_agm_beside_it(
    bot: Running, people: People, *, language: str, question: str, where: str, lead: str
) -> None:
    conference = await opened(bot)
    await example.with_agm(bot.database, conference, bot.now_us())
    phone = await people.person(language=language)
    told = await phone.ask(question)
    assert str(conference.year) in told["text"]
    assert told["text"].endswith(lead)
    assert "topic:agm-details" in buttons(told).values()
    assert "Example Hall" in (await phone.ask(where))["text"]


async def test_of_a_next_meeting_that_is_not_entered_nothing_else_is_said_to_be_asked(
    bot: Running, people: People
) -> None:
    phone = await people.person()
    told = await phone.ask("When is the next meeting?")
    assert "nothing has been entered yet" in told["text"]
    assert "asked about" not in told["text"]
    assert "topic:agm-details" not in buttons(told).values()
