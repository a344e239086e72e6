"""How many Centers there are, and which, as people ask for them."""

from __future__ import annotations

import pytest

from bot.app import Running
from storage.records.members import CenterKind, CenterState, Focus
from tests.chat import Json, People, Phone, buttons
from tests.records import center

NO_NUMBER = "The association's web page gives no number of members and no list of them."
NONE_YET = "No Center has been registered here yet."


@pytest.fixture
async def phone(people: People) -> Phone:
    return await people.person()


async def some(bot: Running) -> None:
    """Three Centers that are approved, and two that are not."""
    await center(bot, name="Center A", country="KE", focus=Focus.POLICE)
    await center(bot, name="Center B", country="KE", focus=Focus.MILITARY, short_name=None, email=None, website=None)
    await center(
        bot, name="Center C", country="BR", focus=Focus.MIXED, kind=CenterKind.UNIVERSITY, short_name=None, email=None,
        website=None,
    )  # fmt: skip
    await center(bot, CenterState.PENDING, name="Center D", country="KE", short_name=None, email=None, website=None)
    await center(bot, CenterState.SUSPENDED, name="Center E", country="GH", short_name=None, email=None, website=None)


def lines(reply: Json) -> list[str]:
    """The Centers in a reply."""
    return [line for line in reply["text"].splitlines() if line.startswith("• ")]


@pytest.mark.parametrize(
    "question", ["How many Centers are there?", "Which Centers are in Kenya?", "Is Kenya a member?"]
)
@pytest.mark.usefixtures("bot")
async def test_where_nothing_is_entered_it_says_so(phone: Phone, question: str) -> None:
    reply = await phone.ask(question)
    told = {NONE_YET, "No such Center is registered here so far."}
    assert [line for line in reply["text"].splitlines() if line in told]
    assert lines(reply) == []


@pytest.mark.usefixtures("bot")
async def test_without_any_the_next_step_is_to_register(phone: Phone) -> None:
    reply = await phone.ask("How many Centers are there?")
    assert reply["text"].startswith(f"{NONE_YET}\n\n{NO_NUMBER}")
    assert next(iter(buttons(reply).values())) == "register"


async def test_how_many_there_are_is_no_number_of_members(bot: Running, phone: Phone) -> None:
    await some(bot)
    reply = await phone.ask("How many members does UNIGO have?")
    assert reply["text"].startswith("3 Centers are registered here.\nNumber of their countries: 2\n• ")
    assert NO_NUMBER in reply["text"]
    assert lines(reply) == ["• 🇰🇪 Center A", "• 🇰🇪 Center B", "• 🇧🇷 Center C"]
    assert next(iter(buttons(reply).values())) == "dir"


@pytest.mark.parametrize(
    ("question", "heading", "told"),
    [
        ("Which Centers are in Kenya?", "🇰🇪 Kenya", ("AB", "dir:n:KE:0")),
        ("Kenya's Centers", "🇰🇪 Kenya", ("AB", "dir:n:KE:0")),
        ("Which Centers are there in Africa?", "Africa", ("AB", "dir:r:africa:0")),
        ("Which police Centers are there?", "Police", ("A", "dir")),
        ("Are there universities?", "University", ("C", "dir")),
        ("Which police Centers are there in Kenya?", "🇰🇪 Kenya · Police", ("A", "dir:n:KE:0")),
        ("Are there Centers in Kenya or Brazil?", "🇰🇪 Kenya · 🇧🇷 Brazil", ("ABC", "dir")),
        ("Which Centers are in Ghana?", "🇬🇭 Ghana", ("", "dir:n:GH:0")),
    ],
)
async def test_some_are_asked_for(
    bot: Running, phone: Phone, question: str, heading: str, told: tuple[str, str]
) -> None:
    await some(bot)
    found, leads_to = told
    reply = await phone.ask(question)
    assert reply["text"].startswith(f"{heading}\n")
    assert "".join(line[-1] for line in lines(reply)) == found
    assert NO_NUMBER not in reply["text"]
    assert next(iter(buttons(reply).values())) == leads_to


async def test_states_are_no_members(bot: Running, phone: Phone) -> None:
    await some(bot)
    reply = await phone.ask("Is Kenya a member?")
    assert "The members are Centers, institutions and programs, not States." in reply["text"]
    assert len(lines(reply)) == 2


async def test_a_center_is_asked_for_by_name(bot: Running, phone: Phone) -> None:
    await some(bot)
    number = await center(bot, name="Example Peace Academy", country="JO", short_name="EPA", email=None, website=None)
    reply = await phone.ask("Is the Example Peace Academy a member?")
    assert reply["text"].startswith("Registered here under this name, or one that is like it:\n")
    assert lines(reply) == ["• 🇯🇴 Example Peace Academy"]
    assert next(iter(buttons(reply).values())) == f"dir:c:{number}:0"


@pytest.mark.parametrize("name", ["Center D", "Center E"])
async def test_of_a_center_that_is_not_approved_nothing_is_told(bot: Running, phone: Phone, name: str) -> None:
    await some(bot)
    reply = await phone.ask(f"Is {name} registered here?")
    assert lines(reply) == [] or name not in "".join(lines(reply))


async def test_a_name_that_is_none_here_is_said(bot: Running, phone: Phone) -> None:
    await some(bot)
    reply = await phone.ask("Is the Pearson Centre a member?")
    assert reply["text"].startswith("I found no Center called “Pearson Centre” among those registered here.")


async def test_a_name_is_shown_harmlessly(bot: Running, phone: Phone) -> None:
    await center(bot, name="<b>Bold</b> & Center", country="FJ", short_name=None, email=None, website=None)
    assert lines(await phone.ask("Which Centers are in Fiji?")) == ["• 🇫🇯 <b>Bold</b> & Center"]


@pytest.mark.parametrize(
    ("language", "question", "heading"),
    [
        ("ar", "هل توجد مراكز في كينيا؟", "🇰🇪 كينيا"),
        ("ar", "ما المراكز الكينية المسجلة؟", "🇰🇪 كينيا"),
        ("es", "¿Qué Centros hay en Kenia?", "🇰🇪 Kenia"),
        ("fr", "Quels centres kényans sont enregistrés ?", "🇰🇪 Kenya"),
        ("ru", "Какие центры есть в Кении?", "🇰🇪 Кения"),
        ("zh", "肯尼亚有哪些中心？", "🇰🇪 肯尼亚"),
    ],
)
async def test_countries_are_understood_in_every_language(
    bot: Running, people: People, language: str, question: str, heading: str
) -> None:
    await some(bot)
    reply = await (await people.person(language=language)).ask(question)
    assert reply["text"].startswith(heading)
    assert [line[-1] for line in lines(reply)] == ["A", "B"]
    assert "dir:n:KE:0" in buttons(reply).values()


async def test_many_are_not_all_listed(bot: Running, phone: Phone) -> None:
    for number in range(10, 18):
        await center(bot, name=f"Center {number}", country="KE", short_name=None, email=None, website=None)
    reply = await phone.ask("Which Centers are in Kenya?")
    assert "8 Centers are registered here." in reply["text"]
    assert len(lines(reply)) == 5


async def test_the_directory_opens_where_they_are(bot: Running, phone: Phone) -> None:
    await some(bot)
    reply = await phone.ask("Which Centers are in Kenya?")
    assert not (await phone.press(reply, "dir:n:KE:0")).get("text")


async def test_in_a_group_the_directory_is_opened_in_private(bot: Running, people: People, phone: Phone) -> None:
    await some(bot)
    group = phone.within(await people.group(phone))
    reply = await group.ask("@unigo_test_bot Which Centers are in Kenya?")
    assert len(lines(reply)) == 2
    assert list(buttons(reply).values()) == ["https://t.me/unigo_test_bot?start=directory"]


async def test_the_button_of_the_topic_counts_all(bot: Running, phone: Phone) -> None:
    await some(bot)
    opened = await phone.start("topic_member-list")
    reply = await phone.reply_after(opened["message_id"])
    assert reply["text"].startswith("3 Centers are registered here.")


async def test_a_choice_between_topics_keeps_what_was_asked(bot: Running, phone: Phone) -> None:
    await some(bot)
    offer = await phone.ask("What is the AGM? Which Centers are in Kenya?")
    assert "topic:member-list" in buttons(offer).values()
    await phone.press(offer, "topic:member-list")
    assert (await phone.reply_after(offer["message_id"]))["text"].startswith("🇰🇪 Kenya\n")


async def test_in_the_middle_of_a_form_it_is_answered_and_the_form_goes_on(bot: Running, phone: Phone) -> None:
    await some(bot)
    menu = await phone.ask("/register")
    await phone.press(menu, "register:center")
    await phone.reply_after(menu["message_id"])
    reply = await phone.ask("Which Centers are in Kenya?")
    assert reply["text"].startswith("🇰🇪 Kenya\n")
    assert " 1 of " in (await phone.reply_after(reply["message_id"]))["text"]


@pytest.mark.parametrize(
    "question",
    [
        "How many members pay the fee?",
        "How many peacekeepers are there in Africa?",
        "Which countries send most troops?",
    ],
)
async def test_what_only_sounds_so_is_not_answered(bot: Running, phone: Phone, question: str) -> None:
    await some(bot)
    reply = await phone.ask(question)
    assert "registered here" not in reply["text"]
