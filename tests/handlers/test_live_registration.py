"""What became of one's registration, and how one registers."""

from __future__ import annotations

from functools import partial

import pytest

from bot.app import Running
from bot.members import requests
from bot.members.roles import Rights, Role
from storage import outbox
from storage.records.members import CenterState, DelegateState, Request, RequestState
from storage.session import Transaction
from tests.centers import press, put
from tests.chat import Json, People, Phone, buttons
from tests.delegates import center_of, joined, leads, link_into
from tests.desk import OWNER, owner_of, says
from tests.questions import kept
from tests.records import person

AM_I = "Am I registered?"
IS_MY_CENTER = "Is my Center registered?"
NOTHING = "You are not registered here, and you have sent no registration."
FORMALLY = "How one becomes a member formally is not stated on the association's web page."


@pytest.fixture
async def phone(people: People) -> Phone:
    return await people.person()


async def decide(
    bot: Running, phone: Phone, request: Request, state: RequestState, reason: str | None = None, *, news: str
) -> None:
    """The owner decides, and whoever asked is told."""

    async def work(tx: Transaction) -> None:
        await requests.decide(
            tx, Rights((OWNER,)), request.id, state,
            edition=request.edition, by=OWNER, reason=reason, correct=("city",) * (state == RequestState.CORRECTION),
            now=bot.now_us(), post=partial(outbox.add, tx, now=bot.now_us()),
        )  # fmt: skip

    await bot.database.write(work)
    bot.wake_delivery()
    await says(phone, news)


@pytest.mark.usefixtures("bot")
async def test_who_has_sent_nothing_is_told_so_and_shown_the_way(phone: Phone) -> None:
    reply = await phone.ask(AM_I)
    assert reply["text"].startswith(NOTHING)
    assert list(buttons(reply).values()) == ["register", "dir", "menu"]


async def test_a_delegate_is_told_of_the_center_too(bot: Running, phone: Phone) -> None:
    await joined(phone, await link_into(bot, await center_of(bot)))
    reply = await phone.ask(AM_I)
    assert reply["text"] == (
        "You are registered as a delegate of “Center A”.\n\nThe Center is registered and approved."
    )
    assert list(buttons(reply).values()) == ["me", "menu"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (DelegateState.ACTIVE, "You are registered as a guest of the association."),
        (DelegateState.PENDING, "Your registration as a guest is with the Secretariat, and waits for its decision."),
        (DelegateState.SUSPENDED, "The Secretariat has suspended your registration."),
        (DelegateState.LEFT, "You have left, and are not registered now. You can register anew."),
        (DelegateState.DECLINED, "Your registration was declined. You can register anew."),
    ],
)
async def test_a_guest_in_every_state(bot: Running, phone: Phone, state: DelegateState, told: str) -> None:
    await phone.ask("/start")
    await person(bot, writes=phone, state=state)
    assert (await phone.ask("what happened to my registration?"))["text"].startswith(told)


async def test_a_center_that_waits_is_corrected_declined_or_approved(
    bot: Running, people: People, phone: Phone
) -> None:
    await owner_of(people)
    request = await put(bot, phone)
    reply = await phone.ask(IS_MY_CENTER)
    assert reply["text"] == "You have registered “Center A”. It waits for the Secretariat's approval."
    assert next(iter(buttons(reply).values())) == f"mine:show:{request.id}"
    await decide(bot, phone, request, RequestState.DECLINED, "It is no Center.", news="has declined")
    reply = await phone.ask(IS_MY_CENTER)
    assert reply["text"] == (
        "The registration of “Center A” was declined. You can register it anew.\n\n"
        "The Secretariat writes: “It is no Center.”"
    )
    assert list(buttons(reply).values()) == ["register", "desk:write", "menu"]
    again = await put(bot, phone)
    await decide(bot, phone, again, RequestState.CORRECTION, "Which city?", news="“Which city?”")
    reply = await phone.ask("What happened to my registration?")
    assert "The Secretariat asks you to correct something." in reply["text"]
    assert "The Secretariat writes: “Which city?”" in reply["text"]
    other = await people.person()
    approved = await put(bot, other, name="Another School", website=None, email="b@b.example")
    await decide(bot, other, approved, RequestState.APPROVED, news="is approved, and registered")
    reply = await other.ask(IS_MY_CENTER)
    assert reply["text"] == ("You are the focal point of “Another School”.\n\nThe Center is registered and approved.")
    assert next(iter(buttons(reply).values())) == "center"


async def test_a_deputy_of_a_suspended_center(bot: Running, phone: Phone) -> None:
    number = await center_of(bot, state=CenterState.SUSPENDED)
    await leads(bot, phone, number, Role.DEPUTY)
    assert (await phone.ask(IS_MY_CENTER))["text"] == (
        "You are a deputy of the focal point of “Center A”.\n\nThe Secretariat has suspended the Center."
    )


async def test_a_form_that_waits_is_told_of(bot: Running, phone: Phone) -> None:
    await begun(phone)
    mid = await phone.ask(IS_MY_CENTER)
    assert mid["text"].startswith(NOTHING)
    assert "You have not finished “Registering a Center”: you were at 2 of " in mid["text"]
    assert "Continue" not in buttons(mid)
    again = await phone.reply_after(mid["message_id"])
    assert " 2 of " in again["text"]
    stop = await phone.ask("/cancel")
    await press(phone, stop, "Keep it for later")
    later = await phone.ask(AM_I)
    assert "You have not finished “Registering a Center”" in later["text"]
    await press(phone, later, "Continue")
    assert " 2 of " in (await phone.reply_after(later["message_id"]))["text"]


async def begun(phone: Phone) -> Json:
    """The form of a Center with the first answer."""
    menu = await phone.ask("/register")
    await phone.press(menu, "register:center")
    await phone.reply_after(menu["message_id"])
    return await phone.ask("Center A")


async def test_nobody_is_told_of_others(bot: Running, people: People, phone: Phone) -> None:
    await joined(phone, await link_into(bot, await center_of(bot)))
    await put(bot, await people.person(), name="Another School", website=None, email="b@b.example")
    stranger = await people.person()
    reply = await stranger.ask(AM_I)
    assert reply["text"].startswith(NOTHING)
    assert "Center A" not in reply["text"]
    assert "Another School" not in (await phone.ask(IS_MY_CENTER))["text"]


async def test_a_reason_is_for_whoever_asked(bot: Running, people: People, phone: Phone) -> None:
    await owner_of(people)
    request = await put(bot, phone)
    await decide(bot, phone, request, RequestState.DECLINED, "It is no Center.", news="has declined")
    assert "It is no Center." not in (await (await people.person()).ask(IS_MY_CENTER))["text"]


async def test_in_a_group_nothing_is_told_of_it(bot: Running, people: People, phone: Phone) -> None:
    await joined(phone, await link_into(bot, await center_of(bot)))
    group = phone.within(await people.group(phone))
    reply = await group.ask(f"@unigo_test_bot {AM_I}")
    assert reply["text"] == "I tell you in a private chat how your registration stands."
    assert buttons(reply) == {"Open a private chat": "https://t.me/unigo_test_bot?start=topic_registration-status"}
    opened = await phone.start("topic_registration-status")
    assert "You are registered as a delegate" in (await phone.reply_after(opened["message_id"]))["text"]


@pytest.mark.parametrize("question", ["How do I register?", "I want to join", "How does my Center become a member?"])
@pytest.mark.usefixtures("bot")
async def test_how_one_registers_is_not_how_one_becomes_a_member(phone: Phone, question: str) -> None:
    reply = await phone.ask(question)
    assert reply["text"].startswith("You register your Center here, with /register: ")
    assert FORMALLY in reply["text"]
    assert next(iter(buttons(reply).values())) == "register"
    assert "A Center" in buttons(await (await phone_pressed(phone, reply)).ask("/register"))


async def phone_pressed(phone: Phone, reply: Json) -> Phone:
    await phone.press(reply, "register")
    return phone


@pytest.mark.usefixtures("bot")
async def test_in_a_group_registering_goes_on_in_private(people: People, phone: Phone) -> None:
    group = phone.within(await people.group(phone))
    reply = await group.ask("@unigo_test_bot How do I register?")
    assert list(buttons(reply).values()) == ["https://t.me/unigo_test_bot?start=register"]


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("en", "I lost my invitation link", "ask your Center for a new one"),
        ("en", "my invitation link has expired", "ask your Center for a new one"),
        ("en", "can you send me the link again", "ask your Center for a new one"),
        ("en", "the link from my center says expired what do i do", "ask your Center for a new one"),
        ("fr", "j’ai perdu le lien pour rejoindre mon centre", "demandez-en un nouveau à votre centre"),
        ("es", "se me perdió el enlace de mi centro", "pida uno nuevo a su Centro"),
        ("ru", "ссылка не открывается", "попросите у своего центра новую"),
        ("ar", "الرابط لا يفتح معي", "اطلبوا من مركزكم"),
        ("zh", "链接过期怎么办", "请向您的中心索取新链接"),
    ],
)
async def test_who_has_lost_a_link_is_told_where_it_comes_from(
    bot: Running, people: People, language: str, question: str, words: str
) -> None:
    phone = await people.person(language=language)
    reply = await phone.ask(question)
    assert words in reply["text"]
    assert list(buttons(reply).values()) == ["register:delegate", "desk:write", "menu"]
    assert await kept(bot) == []


@pytest.mark.usefixtures("bot")
async def test_in_a_group_a_link_is_looked_for_in_private(people: People, phone: Phone) -> None:
    group = phone.within(await people.group(phone))
    reply = await group.ask("@unigo_test_bot I lost my invitation link")
    assert list(buttons(reply).values()) == ["https://t.me/unigo_test_bot?start=join"]


@pytest.mark.parametrize("question", ["What are the conditions for membership?", "Who approves new members?"])
@pytest.mark.usefixtures("bot")
async def test_what_is_formal_is_not_known(phone: Phone, question: str) -> None:
    assert (await phone.ask(question))["text"].startswith("I have no information about how one becomes a member")


@pytest.mark.parametrize(
    ("language", "status", "how"),
    [
        ("ar", "هل أنا مسجل عندكم؟", "كيف أسجل مركزي؟"),
        ("es", "¿Estoy registrado o no?", "¿Cómo registro mi Centro?"),
        ("fr", "Est-ce que je suis inscrit ?", "Comment puis-je inscrire mon centre ?"),
        ("ru", "Я уже зарегистрирован?", "Как я могу зарегистрировать свой центр?"),
        ("zh", "我注册了没有？", "怎么注册我们的中心？"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_both_are_understood_in_every_language(people: People, language: str, status: str, how: str) -> None:
    phone = await people.person(language=language)
    assert list(buttons(await phone.ask(status)).values()) == ["register", "dir", "menu"]
    assert list(buttons(await phone.ask(how)).values()) == ["register", "desk:write", "menu"]


@pytest.mark.parametrize("question", ["Is my visa ready?", "Is my hotel booked?"])
@pytest.mark.usefixtures("bot")
async def test_what_only_sounds_so_is_not_answered(phone: Phone, question: str) -> None:
    assert "registered" not in (await phone.ask(question))["text"]
