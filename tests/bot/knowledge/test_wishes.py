"""What is wanted of the bot itself, in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.knowledge.answering import Answerer
from bot.knowledge.library import NEED, NO_LANGUAGE, TONGUE, WISH_KINDS, WISH_PARTS, Library
from bot.knowledge.wishes import CHARACTERS_AT_MOST, COMBINED, Wish, WishReader
from bot.locales.catalogues import LANGUAGES

QUESTIONS = Path(__file__).parent / "questions"


@pytest.fixture(scope="module")
def reader(library: Library) -> WishReader:
    return WishReader(library)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "change language", "language"),
        ("en", "Delete my data!", "data"),
        ("en", "How can I delete my account?", "data"),
        ("en", "Hello, I want to unsubscribe, please", "reminders"),
        ("en", "I don’t want any more messages", "reminders"),
        ("en", "withdraw my registration", "registration"),
        ("en", "how do i set reminders", "reminders"),
        ("en", "remind me a day before pls", "reminders"),
        ("en", "my name is spelled wrong", "data"),
        ("fr", "Rappelez-moi la veille", "reminders"),
        ("es", "¿Cómo activar los recordatorios?", "reminders"),
        ("ru", "напомните мне за день", "reminders"),
        ("ar", "ذكرني قبل يوم", "reminders"),
        ("zh", "请提前一天提醒我", "reminders"),
        ("fr", "Je voudrais changer de langue", "language"),
        ("fr", "supprimer mes donnees", "data"),
        ("fr", "Me désabonner s’il vous plaît", "reminders"),
        ("fr", "Comment annuler mon inscription ?", "registration"),
        ("es", "¿Cómo cambiar el idioma?", "language"),
        ("es", "mostrar mis datos", "data"),
        ("es", "No quiero más recordatorios", "reminders"),
        ("es", "Quiero cancelar mi inscripción", "registration"),
        ("ru", "Как сменить язык?", "language"),
        ("ru", "удалите мои данные, пожалуйста", "data"),
        ("ru", "Отключите напоминания", "reminders"),
        ("ru", "отменить регистрацию", "registration"),
        ("ar", "أريد تغيير اللغة", "language"),
        ("ar", "احذفوا بياناتي", "data"),
        ("ar", "إيقاف التذكيرات من فضلكم", "reminders"),
        ("ar", "سحب تسجيلي", "registration"),
        ("zh", "如何更改语言？", "language"),
        ("zh", "请删除我的数据", "data"),
        ("zh", "停止提醒", "reminders"),
        ("zh", "我想撤回我的注册", "registration"),
    ],
)
def test_what_is_wanted_is_read_in_every_language(reader: WishReader, language: str, text: str, kind: str) -> None:
    wish = reader.read(text, language)
    assert wish is not None
    assert (wish.kind, wish.language) == (kind, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can I talk to a human please"),
        ("en", "is there a real person"),
        ("en", "I want to speak with somebody"),
        ("en", "i wanna talk to someone, not a bot"),
        ("en", "How can I speak to a person?"),
        ("en", "can someone answer me"),
        ("fr", "je peux parler à quelqu'un ?"),
        ("fr", "je veux parler a une vraie personne"),
        ("es", "quiero hablar con una persona real"),
        ("es", "¿Hay alguien ahí?"),
        ("ru", "можно поговорить с живым человеком?"),
        ("ru", "позовите оператора"),
        ("ar", "أريد التحدث مع شخص حقيقي"),
        ("ar", "هل يمكنني التحدث إلى موظف؟"),
        ("zh", "我想和真人说话"),
        ("zh", "转人工"),
    ],
)
def test_who_wants_a_person_wants_the_secretariat(reader: WishReader, language: str, text: str) -> None:
    assert reader.read(text, language) == Wish("secretariat", language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Are you a real person?"),
        ("en", "Who can I talk to about the AGM?"),
        ("fr", "Êtes-vous une personne ?"),
        ("es", "¿Es usted humano?"),
        ("ru", "Вы человек?"),
        ("ar", "هل أنت إنسان؟"),
        ("zh", "你是真人吗"),
    ],
)
def test_who_asks_whether_the_bot_is_a_person_wants_none(reader: WishReader, language: str, text: str) -> None:
    assert reader.read(text, language) is None


def test_that_somebody_is_to_do_it_says_nothing(reader: WishReader) -> None:
    assert reader.read("can somebody delete my data", "en") == Wish("data", "en")


def test_whoever_writes_much_says_more_than_what_they_want(reader: WishReader) -> None:
    politely = "please " * (CHARACTERS_AT_MOST // len("please "))
    assert reader.read("please please delete my data", "en") == Wish("data", "en")
    assert reader.read(politely + "delete my data", "en") is None


def test_it_is_read_in_another_language_than_is_spoken(reader: WishReader) -> None:
    assert reader.read("unsubscribe", "fr") == Wish("reminders", "en")


@pytest.mark.parametrize(
    "text",
    [
        "Who can see my data?",
        "Is my personal data protected?",
        "Which languages are spoken at the conference?",
        "Was my registration withdrawn?",
        "How to leave the association?",
        "Do not delete my data",
        "data",
        "please",
        "",
    ],
)
def test_what_is_only_near_is_none(reader: WishReader, text: str) -> None:
    assert reader.read(text, "en") is None


def test_what_can_be_answered_is_none(library: Library, reader: WishReader) -> None:
    lines = [json.loads(line) for path in QUESTIONS.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    asked = [(one["q"], one["lang"]) for one in lines if one.get("kind", "unknown") != "unknown"]
    assert len(asked) > 500
    for shelf in library.shelves.values():
        asked += [(one, shelf.language) for entry in shelf.topics.values() for one in entry.questions]
    assert [one for one, language in asked if reader.read(one, language) is not None] == []


@pytest.mark.parametrize("language", ["en", "ar", "es", "fr", "ru", "zh"])
def test_every_language_has_every_kind(library: Library, reader: WishReader, language: str) -> None:
    shelf = library.shelves[language]
    assert shelf.wishes.keys() == WISH_KINDS.keys()
    for kind, phrasings in shelf.wishes.items():
        assert [one for one in phrasings if reader.read(one, language) != Wish(kind, language)] == []
    assert shelf.tongues.keys() == {*LANGUAGES, NO_LANGUAGE}
    assert set(WISH_PARTS) - shelf.wish_parts.keys() <= {"own", "remove_me"}  # words that some languages do not have


def test_parts_of_wishes_exist() -> None:
    named = {name.removesuffix("?") for ways in COMBINED.values() for way in ways for name in way.split()}
    assert named == {*WISH_PARTS, TONGUE} - {NEED}


def wrongly_read(reader: WishReader, file: str) -> list[tuple[str, str | None]]:
    rows = [json.loads(line) for line in (QUESTIONS / file).read_text("utf-8").splitlines()]
    assert len(rows) > 150
    wishes = [reader.read(row["q"], row["lang"]) for row in rows]
    kinds = [None if wish is None else wish.kind for wish in wishes]
    return [(row["q"], kind) for row, kind in zip(rows, kinds, strict=True) if kind != row["wish"]]


def test_wishes_are_read_in_whatever_words_and_questions_are_none(reader: WishReader) -> None:
    assert wrongly_read(reader, "wishes_tuning.jsonl") == []


def test_nearly_all_are_read_in_words_that_nobody_has_looked_at(reader: WishReader) -> None:
    missed = wrongly_read(reader, "wishes_measuring.jsonl")
    assert [one for one in missed if one[1] is not None] == []
    assert len(missed) <= 12


@pytest.mark.parametrize(
    ("spoken", "text", "language", "tongue"),
    [
        ("en", "change language to french", "en", "fr"),
        ("en", "parlez-vous français ?", "fr", "fr"),
        ("en", "¿hablas español?", "es", "es"),
        ("fr", "вы говорите по-русски?", "ru", "ru"),
        ("en", "会说中文吗", "zh", "zh"),
        ("es", "switch to العربية", "en", "ar"),
        ("en", "French or Spanish please", None, None),
        ("en", "do you speak German?", "en", None),
        ("en", "chnage my languge to French", "en", "fr"),
    ],
)
def test_the_language_that_is_wanted_is_read_in_any_language(
    reader: WishReader, spoken: str, text: str, language: str | None, tongue: str | None
) -> None:
    assert reader.read(text, spoken) == (Wish("language", language, tongue) if language else None)


@pytest.mark.parametrize("text", ["Russia", "Russian centers", "frensh", "China?", "do I need English?"])
def test_a_country_or_a_slip_alone_is_no_wish_for_a_language(reader: WishReader, text: str) -> None:
    assert reader.read(text, "en") is None


def test_it_is_found_at_once_and_answers_nothing(answerer: Answerer) -> None:
    found = answerer.find("Please delete my data", "en")
    assert (found.kind, found.topic, found.wish, found.language) == ("unknown", None, "data", "en")
    assert answerer.known("Please delete my data", "en") == found
    assert answerer.find("What is the AGM?", "en").wish is None
