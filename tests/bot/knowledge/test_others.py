"""Questions about other organizations, and those that only name one."""

from __future__ import annotations

import pytest

from bot.knowledge.answering import Answerer
from bot.knowledge.deciding import Finding


def is_declined(finding: Finding) -> bool:
    return (finding.kind, finding.topic) == ("unknown", "other-organizations")


@pytest.mark.parametrize(
    ("language", "question", "offered"),
    [
        ("en", "who runs the secretariat of IAPTC", ("secretariat",)),
        ("en", "who founded ZIF", ("founding",)),
        ("en", "when was alcopaz founded", ("founding",)),
        ("en", "who are the members of the IAPTC", ("members",)),
        ("en", "what's the purpose of ALCOPAZ", ("purpose",)),
        ("en", "what are the duties of the ASEAN secretariat", ("secretariat-duties",)),
        ("en", "what does the Pearson Centre do", ("forum",)),
        ("en", "does the Folke Bernadotte Academy have police segments", ("conference-agenda",)),
        ("en", "Hello. Who founded ZIF?", ("founding",)),
        ("en", "what is the purpose of the XQTCP", ("purpose",)),
        ("fr", "qui assure le secrétariat de l'IAPTC", ("secretariat",)),
        ("fr", "quels sont les objectifs d'ALCOPAZ", ("purpose",)),
        ("es", "quiénes son los miembros de ALCOPAZ", ("members",)),
        ("ru", "кто входит в IAPTC", ("members",)),
        ("ar", "من يتولى أمانة IAPTC", ("secretariat",)),
        ("zh", "IAPTC秘书处是谁", ("secretariat",)),
        ("zh", "上合组织的宗旨是什么", ("purpose",)),
        ("en", "when is the IAPTC conference", ("conference-date",)),
        ("en", "where is the annual conference of EAPTC", ("conference-place",)),
        ("en", "theme of the OSCE conference", ("conference-theme",)),
        ("ru", "когда конференция ОБСЕ", ("conference-date",)),
        ("es", "cuándo es la conferencia de la OSCE", ("conference-date",)),
    ],
)
def test_what_is_asked_of_another_organization_is_not_answered_with_ours(
    answerer: Answerer, language: str, question: str, offered: tuple[str, ...]
) -> None:
    finding = answerer.find(question, language)

    assert is_declined(finding)
    assert finding.is_of_another
    assert finding.candidates == offered
    assert finding.may_mean_others


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "is IAPTC a member"),
        ("en", "is the Kofi Annan Centre one of your members"),
        ("en", "are you in contact with IAPTC"),
        ("en", "does the OSCE take part"),
        ("en", "What is the difference between UNIGO and the IAPTC?"),
        ("en", "Do you work with the African Union?"),
        ("en", "can NATO officers take part in the conference"),
        ("en", "ASAP: when is the conference in LIMA?"),
        ("en", "who hosts the LIMA conference"),
        ("en", "AGM date pls"),
        ("en", "theme of the WPS conference"),
        ("en", "conference in KENYA, visa?"),
        ("en", "WHO RUNS THE SECRETARIAT NOW"),
        ("en", "WHO ARE THE MEMBERS OF THIS"),
        ("en", "I am from the KAIPTC, how do I register?"),
        ("en", "I am the director of the KAIPTC, when is the conference?"),
        ("en", "Head of KAIPTC here. When is the conference?"),
        ("en", "Good morning, I work for the OSCE. What is the purpose of the association?"),
        ("en", "what does UNIGO stand for"),
        ("fr", "qui participe au congrès"),
        ("fr", "QUI EST MEMBRE"),
        ("es", "¿cooperan con la UE?"),
        ("ru", "участвует ли ОБСЕ"),
        ("zh", "你们和北约有合作吗"),
    ],
)
def test_what_only_names_another_is_read_as_ever(answerer: Answerer, language: str, question: str) -> None:
    assert not answerer.find(question, language).is_of_another


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "why is UNIGO part of NATO?"),
        ("en", "why does UNIGO belong to the US army?"),
        ("en", "is unigo owned by the pentagon"),
        ("fr", "pourquoi l'UNIGO fait-elle partie de l'OTAN ?"),
        ("fr", "Pourquoi l'association dépend-elle de l'OTAN ?"),
        ("es", "¿por qué UNIGO forma parte de la OTAN?"),
        ("ru", "почему UNIGO входит в НАТО?"),
        ("ru", "это структура ООН?"),
        ("ar", "لماذا UNIGO جزء من حلف الناتو؟"),
        ("zh", "为什么UNIGO属于北约?"),
    ],
)
def test_whether_it_belongs_to_another_is_a_question_about_it(answerer: Answerer, language: str, question: str) -> None:
    finding = answerer.find(question, language)

    assert (finding.kind, finding.topic) == ("unknown", "un-relation")


@pytest.mark.parametrize(
    ("language", "question", "offered"),
    [
        ("en", "When did the UN found UNIGO in 1945?", "founding"),
        ("fr", "Quand l'ONU a-t-elle fondé l'UNIGO en 1945 ?", "founding"),
        ("es", "¿Cuándo fundó la ONU a UNIGO en 1945?", "founding"),
        ("ru", "Почему ООН основала UNIGO в 1945 году?", "founding"),
        ("ar", "متى أسست الأمم المتحدة UNIGO في عام 1945؟", "founding"),
        ("zh", "联合国是什么时候在1945年创立UNIGO的?", "founding"),
        ("en", "why is the conference only every two years?", "annual-conference"),
        ("ar", "لماذا يعقد المؤتمر كل سنتين فقط؟", "annual-conference"),
        ("zh", "为什么年会两年才开一次?", "annual-conference"),
        ("en", "Why do only military centres belong to UNIGO?", "focus"),
        ("en", "why is the AGM never at the conference", "agm"),
        ("en", "why does the secretariat choose the conference theme?", "conference-host"),
    ],
)
def test_what_is_not_so_gets_what_is(answerer: Answerer, language: str, question: str, offered: str) -> None:
    finding = answerer.find(question, language)

    assert finding.kind == "unknown"
    assert offered in finding.candidates
    assert finding.may_mean_others


@pytest.mark.parametrize(
    "question", ["What is the capital of France?", "you are a stupid bot", "who won the world cup"]
)
def test_what_has_nothing_to_do_with_it_gets_no_topic(answerer: Answerer, question: str) -> None:
    assert answerer.find(question, "en").candidates == ()


@pytest.mark.parametrize(
    "question",
    [
        "السلام عليكم، أرجو إفادتي بأهداف الجمعية ولكم جزيل الشكر",
        "تحية طيبة، نرجو موافاتنا بأهداف الرابطة ولكم جزيل الشكر والتقدير",
    ],
)
def test_arabic_courtesies_do_not_hide_the_question(answerer: Answerer, question: str) -> None:
    assert answerer.find(question, "ar").topic == "purpose"
