"""What is only a question word, and follows on the question before."""

from __future__ import annotations

import pytest

from bot.knowledge.deciding import Finding
from bot.knowledge.following import CHATS_AT_MOST, WITHIN_US, Lately, Where
from bot.knowledge.library import ASKED_AFTER, ASKED_FOR, Library
from bot.knowledge.subjects import NOT_CLEAR, SUBJECTS
from handlers.live import LIVE, WITHOUT_QUESTIONS

CHAT, NOW = (7, 0), 1_000_000_000_000
TOLD = {**LIVE, **WITHOUT_QUESTIONS}
DATE = Finding("live", "conference-date", (), 1.0, looked_up="2027")


@pytest.fixture
def lately(library: Library) -> Lately:
    return Lately(library)


def follow(lately: Lately, question: str, language: str, *, later: int = 60, chat: Where = CHAT) -> str | None:
    found = lately.follow_up(chat, question, language, NOW + later * 1_000_000, TOLD)
    return None if found is None else found.topic


@pytest.mark.parametrize(
    ("language", "when", "where", "who"),
    [
        ("en", "And when?", "where is it?", "who?"),
        ("fr", "Et quand ?", "et où ?", "Et qui ?"),
        ("es", "¿Y cuándo?", "¿y dónde?", "¿Quién?"),
        ("ru", "А когда?", "а где", "И кто?"),
        ("ar", "ومتى؟", "وأين؟", "ومن؟"),
        ("zh", "什么时候呢？", "那在哪里？", "谁？"),
    ],
)
def test_a_question_word_is_read_with_the_question_before(
    lately: Lately, language: str, when: str, where: str, who: str
) -> None:
    lately.note(CHAT, DATE, NOW)
    found = [follow(lately, one, language) for one in (when, where, who)]
    assert found == ["conference-date", "conference-place", "conference-host-next"]


@pytest.mark.parametrize(
    ("language", "asked", "things"),
    [
        ("en", "And in which city is it?|Until when?|How long does it last?|ok, and where?", "place date date place"),
        ("en", "Could you tell me where?|And at what time does it begin?|Who hosts it?", "place date host-next"),
        ("fr", "Dans quel pays ?|Jusqu’à quand ?|Ça dure combien de temps ?|C’est où ?", "place date date place"),
        ("es", "¿En qué país?|¿Hasta qué día?|¿Cuánto dura?|¿Dónde se celebra?", "place date date place"),
        ("ru", "В какой стране?|До какого числа?|Сколько она длится?|Где она пройдёт?", "place date date place"),
        ("ar", "في أي بلد؟|حتى متى؟|كم يوما يستمر؟|أين سيعقد؟", "place date date place"),
        ("zh", "那在哪个城市举行呢？|到几号？|一共开几天？|什麼時候結束？", "place date date date"),
    ],
)
def test_more_than_the_word_is_read_if_it_says_no_more(lately: Lately, language: str, asked: str, things: str) -> None:
    lately.note(CHAT, DATE, NOW)
    found = [follow(lately, one, language) for one in asked.split("|")]
    assert found == [f"conference-{thing}" for thing in things.split()]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        (language, question)
        for language, asked in {
            "en": ("What time is it?", "Until when can I register?", "Where can one get more information?",
                   "Who will be there?", "How long does approval take?", "In which city are you?"),
            "fr": ("Quelle heure est-il ?", "Jusqu’à quand puis-je m’inscrire ?", "Où s’inscrire ?"),
            "es": ("¿Qué hora es?", "¿Hasta cuándo puedo inscribirme?", "¿Dónde me inscribo?"),
            "ru": ("Который час?", "Сколько времени?", "До какого числа можно зарегистрироваться?", "кто она"),
            "ar": ("كم الساعة؟", "أين أسجل؟", "حتى متى يمكنني التسجيل؟"),
            "zh": ("现在几点？", "在哪里报名？", "会议什么时候？", "报名到几号？"),
        }.items()
        for question in asked
    ],
)  # fmt: skip
def test_a_question_of_its_own_follows_on_nothing(lately: Lately, language: str, question: str) -> None:
    lately.note(CHAT, DATE, NOW)
    assert follow(lately, question, language) is None


@pytest.mark.parametrize(
    ("language", "question"),
    [
        (language, question)
        for language, asked in {
            "en": ("who are you?", "where are you?", "Who are they?"),
            "fr": ("Qui êtes-vous ?", "Où êtes-vous ?", "et vous ?"),
            "es": ("¿Quién eres?", "¿Dónde están?", "¿Quiénes son?"),
            "ru": ("Кто вы?", "Где вы?", "кто ты"),
            "ar": ("من أنتم؟", "أين أنتم؟", "من أنت؟"),
            "zh": ("你是谁？", "你们在哪里？", "你们是谁？"),
        }.items()
        for question in asked
    ],
)
def test_whoever_is_spoken_to_is_a_subject_of_their_own(lately: Lately, language: str, question: str) -> None:
    lately.note(CHAT, DATE, NOW)
    assert follow(lately, question, language) is None


def test_it_is_about_the_same_conference(lately: Lately) -> None:
    lately.note(CHAT, DATE, NOW)
    found = lately.follow_up(CHAT, "and where?", "en", NOW, TOLD)
    assert found == Finding(
        "live", "conference-place", (), 1.0, looked_up="2027", follows="conference-date", may_mean_others=True
    )


def test_after_the_agm_each_is_told_by_its_details(lately: Lately) -> None:
    lately.note(CHAT, Finding("answer", "agm", (), 1.0), NOW)
    assert {follow(lately, one, "en") for one in ("and when?", "where?", "and who?")} == {"agm-details"}


def test_it_is_read_in_the_language_of_the_question_before(lately: Lately) -> None:
    lately.note(CHAT, Finding("live", "conference-date", (), 1.0, language="es"), NOW)
    found = [lately.follow_up(CHAT, one, "en", NOW, TOLD) for one in ("¿y dónde?", "and where?", "et où ?")]
    assert [one and one.language for one in found] == ["es", "en", None]
    assert found[2] is None


@pytest.mark.parametrize(
    "question",
    ["where are you from", "and before?", "how much?", "when and where?", "where police", "ok", "", "?",
     "and where is the visa office", "somewhere"],
)  # fmt: skip
def test_whatever_says_more_or_is_not_told_then_is_no_follow_up(lately: Lately, question: str) -> None:
    lately.note(CHAT, DATE, NOW)
    assert follow(lately, question, "en") is None


def test_it_is_so_in_the_same_chat_for_ten_minutes_and_until_something_else_is_asked(lately: Lately) -> None:
    lately.note(CHAT, DATE, NOW)
    assert follow(lately, "where?", "en", chat=(8, 0)) is None
    assert follow(lately, "where?", "en", later=WITHIN_US // 1_000_000) == "conference-place"
    assert follow(lately, "where?", "en", later=WITHIN_US // 1_000_000 + 1) is None
    assert follow(lately, "where?", "en", later=-1) is None
    lately.note(CHAT, Finding("answer", "fees", (), 1.0), NOW)
    assert follow(lately, "where?", "en") is None


@pytest.mark.parametrize(
    ("language", "asked", "topics"),
    [
        ("en", "since when?|which year?|who?|what does it do?|who leads it?|and before?|why?|where is it?",
         "secretariat secretariat secretariat secretariat-duties secretariat-details secretariat reasons headquarters"),
        ("fr", "depuis quand ?|c’est depuis quelle année ?|qui ?|que fait-il ?|qui le dirige ?|et avant ?|pourquoi ?",
         "secretariat secretariat secretariat secretariat-duties secretariat-details secretariat reasons"),
        ("es", "¿desde cuándo?|¿en qué año?|¿quién?|¿qué hace?|¿quién la dirige?|¿y antes?|¿por qué?",
         "secretariat secretariat secretariat secretariat-duties secretariat-details secretariat reasons"),
        ("ru", "с каких пор?|с какого года?|кто?|чем он занимается?|кто им руководит?|а раньше?|почему?",
         "secretariat secretariat secretariat secretariat-duties secretariat-details secretariat reasons"),
        ("ar", "منذ متى؟|في أي سنة؟|من؟|ماذا تفعل؟|من يرأسها؟|ومن قبل؟|لماذا؟",
         "secretariat secretariat secretariat secretariat-duties secretariat-details secretariat reasons"),
        ("zh", "从什么时候开始?|哪一年？|谁？|它做什么？|谁领导?|以前呢?|为什么?",
         "secretariat secretariat secretariat secretariat-duties secretariat-details secretariat reasons"),
    ],
)  # fmt: skip
def test_of_the_secretariat_as_much_is_told_as_is_known(lately: Lately, language: str, asked: str, topics: str) -> None:
    lately.note(CHAT, Finding("answer", "secretariat", (), 1.0), NOW)
    assert [follow(lately, one, language) for one in asked.split("|")] == topics.split()


@pytest.mark.parametrize(
    ("subject", "asked", "topics"),
    [
        ("founding", "by whom?|par qui ?|кем?|¿quién?|由谁？|من؟|and when?|and where?",
         "founding founding founding founding founding founding founding founding-details"),
        ("conference-host", "who chooses it?|qui le choisit ?|кто его выбирает?|why?|pourquoi lui ?|почему?|who is it?",
         "host-selection host-selection host-selection reasons reasons reasons conference-host"),
        ("members", "how many?|from where?|combien ?|who decides that?|¿por qué?",
         "member-count participants member-count joining reasons"),
        ("purpose", "since when?|с какого года?|who leads it?|why?", "reasons reasons officers reasons"),
        ("conference-date", "what is it about?|de quoi s’agit-il ?|主题是什么？|о чём она?|why?",
         "conference-theme conference-theme conference-theme conference-theme reasons"),
        ("agm", "is it on the first day?|since when?|C’est le premier jour ?|第一天吗？|¿es el primer día?",
         "agm-details agm-details agm-details agm-details agm-details"),
    ],
)  # fmt: skip
def test_every_topic_is_a_subject(lately: Lately, subject: str, asked: str, topics: str) -> None:
    found = []
    for question in asked.split("|"):
        lately.note(CHAT, Finding("answer", subject, (), 1.0), NOW)
        languages = ("en", "fr", "es", "ru", "ar", "zh")
        found.append(next(topic for one in languages if (topic := follow(lately, question, one)) is not None))
    assert found == topics.split()


def test_what_is_not_known_of_a_subject_is_answered_about_nothing_else(lately: Lately) -> None:
    lately.note(CHAT, Finding("answer", "purpose", (), 1.0), NOW)
    for question in ("how?", "who?", "and how many?"):
        found = lately.follow_up(CHAT, question, "en", NOW, TOLD)
        assert found == Finding("unknown", None, (), 1.0, follows="purpose")
    assert lately.follow_up(CHAT, "where is UNIGO?", "en", NOW, TOLD) is None


@pytest.mark.parametrize("question", ["how?", "why?", "как?", "Pourquoi ?", "¿cómo?", "为什么？", "كيف؟"])
def test_a_why_or_a_how_that_follows_on_nothing_is_told_nothing(lately: Lately, question: str) -> None:
    language = {"как?": "ru", "Pourquoi ?": "fr", "¿cómo?": "es", "为什么？": "zh", "كيف؟": "ar"}.get(question, "en")
    told_nothing = Finding("unknown", None, (), 1.0, language, follows="")
    assert lately.follow_up(CHAT, question, language, NOW, TOLD) == told_nothing
    assert lately.follow_up(CHAT, "where?", "en", NOW, TOLD) is None


def test_no_question_of_its_own_follows_on_nothing(library: Library, lately: Lately) -> None:
    asked = [(one, shelf.language) for shelf in library.shelves.values() for e in shelf.entries for one in e.questions]
    assert [one for one, language in asked if lately.follow_up(CHAT, one, language, NOW, TOLD) is not None] == []


def test_who_prepares_the_conference_is_told_as_a_rule_where_none_was_spoken_of(lately: Lately) -> None:
    lately.note(CHAT, Finding("answer", "annual-conference", (), 1.0), NOW)
    found = lately.follow_up(CHAT, "who organizes it?", "en", NOW, TOLD)
    assert found is not None
    assert (found.topic, found.candidates) == ("conference-host-next", ("conference-host",))
    lately.note(CHAT, DATE, NOW)
    found = lately.follow_up(CHAT, "who organizes it?", "en", NOW, TOLD)
    assert found is not None
    assert (found.topic, found.candidates) == ("conference-host-next", ())


def test_what_has_no_answer_and_doubts_leave_the_subject_as_it_was(lately: Lately) -> None:
    lately.note(CHAT, Finding("answer", "secretariat", (), 1.0), NOW)
    lately.note(CHAT, Finding("unknown", "reasons", (), 1.0, follows="secretariat"), NOW)
    lately.note(CHAT, Finding("unknown", None, (), 1.0, wish="doubt"), NOW)
    assert follow(lately, "since when?", "en") == "secretariat"
    lately.note(CHAT, Finding("unknown", "fees", (), 1.0), NOW)
    assert follow(lately, "since when?", "en") is None


def test_thanks_and_greetings_change_nothing_and_other_small_talk_does(lately: Lately) -> None:
    lately.note(CHAT, DATE, NOW)
    for kind, topic in (("thanks", "conference-place"), ("greeting", "conference-place"), ("bot", None)):
        lately.note(CHAT, Finding("smalltalk", kind, (), 1.0), NOW)
        assert follow(lately, "where?", "en") == topic


def test_after_what_one_registers_for_only_until_when_is_told(lately: Lately) -> None:
    lately.note(CHAT, Finding("live", "conference-registration", (), 1.0), NOW)
    found = [follow(lately, one, "en") for one in ("until when?", "how long?", "where?")]
    assert found == ["conference-registration", None, None]


def test_what_was_not_certain_is_no_subject(lately: Lately) -> None:
    lately.note(CHAT, Finding("unsure", None, ("conference-date", "agm"), 0.2), NOW)
    assert follow(lately, "where?", "en") is None
    lately.note(CHAT, Finding("answer", "agm", ("conference-date",), 0.9), NOW)
    assert follow(lately, "where?", "en") is None


def test_of_many_chats_the_latest_are_remembered(lately: Lately) -> None:
    for chat in range(CHATS_AT_MOST + 1):
        lately.note((chat, 0), DATE, NOW)
    assert follow(lately, "where?", "en", chat=(0, 0)) is None
    assert follow(lately, "where?", "en", chat=(1, 0)) == "conference-place"


def test_subjects_and_what_follows_on_them_exist(library: Library) -> None:
    shelf = library.shelf("en")
    assert SUBJECTS.keys() <= shelf.topics.keys() | TOLD.keys()
    known = shelf.topics.keys() | shelf.unknowns.keys() | TOLD.keys() | {NOT_CLEAR}
    for answers in SUBJECTS.values():
        assert answers.keys() <= {*ASKED_FOR, *ASKED_AFTER}
        assert set(answers.values()) <= known
    assert shelf.topics.keys() <= SUBJECTS.keys()
