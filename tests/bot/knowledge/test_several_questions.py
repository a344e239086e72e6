"""Messages that ask several things at once."""

from __future__ import annotations

import pytest

from bot.knowledge.answering import Answerer


def test_of_two_questions_in_one_message_the_first_is_answered_and_the_other_kept(answerer: Answerer) -> None:
    finding = answerer.find("What is UNIGO? And what are the duties of the Secretariat?", "en")

    assert (finding.kind, finding.topic) == ("answer", "about")
    assert finding.candidates == ("secretariat-duties",)


@pytest.mark.parametrize(
    ("language", "question", "topics"),
    [
        ("en", "when was unigo founded and what is it for?", ("founding", "purpose")),
        (
            "en",
            "what is unigo, who are its members and when is the conference?",
            ("about", "members", "conference-date"),
        ),
        ("es", "cuándo se fundó y para qué sirve", ("founding", "purpose")),
        ("fr", "quand a-t-elle été fondée et à quoi sert-elle", ("founding", "purpose")),
        ("ru", "когда основана ассоциация и чем занимается секретариат?", ("founding", "secretariat-duties")),
        ("ar", "متى تأسست الجمعية وما هي أهدافها", ("founding", "purpose")),
        ("zh", "什么时候成立的,宗旨是什么", ("founding", "purpose")),
        ("en", "who founded it and when", ("founding",)),
        ("en", "what are the goals and objectives", ("purpose",)),
        ("en", "If I have a remark on the website, who looks after it?", ("secretariat-duties",)),
    ],
)
def test_two_questions_in_one_sentence_are_both_answered(
    answerer: Answerer, language: str, question: str, topics: tuple[str, ...]
) -> None:
    finding = answerer.find(question, language)

    assert finding.kind == "answer"
    assert (finding.topic, *finding.candidates) == topics


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "how much does it cost and do I need a visa?"),
        ("en", "do I need a visa and how much does it cost?"),
        ("en", "How much does it cost? Do I need a visa?"),
        ("fr", "combien ça coûte et ai-je besoin d’un visa ?"),
        ("fr", "c’est combien et est-ce qu’il faut un visa ?"),
        ("es", "cuánto cuesta y necesito visado?"),
        ("ru", "сколько стоит и нужна ли мне виза"),
        ("ar", "كم التكلفة وهل أحتاج إلى تأشيرة؟"),
        ("zh", "费用是多少，需要签证吗？"),
    ],
)
def test_of_two_questions_neither_is_lost_if_one_has_no_answer(
    answerer: Answerer, language: str, question: str
) -> None:
    finding = answerer.find(question, language)

    assert (finding.kind, finding.topic) == ("unknown", "fees")
    assert finding.candidates == ("conference-practical",)


@pytest.mark.parametrize(
    "question", ["how much is the fee and who is the president?", "How much is the fee? Who is the president?"]
)
def test_of_two_questions_without_an_answer_both_are_named(answerer: Answerer, question: str) -> None:
    finding = answerer.find(question, "en")

    assert (finding.kind, finding.topic, finding.besides) == ("unknown", "fees", ("officers",))


def test_of_two_questions_without_an_answer_the_one_beside_the_point_is_not_named(answerer: Answerer) -> None:
    finding = answerer.find("How much is the fee? What is the capital of France? Who is the president?", "en")

    assert (finding.kind, finding.topic, finding.besides) == ("unknown", "fees", ("officers",))


@pytest.mark.parametrize(
    ("message", "known"),
    [
        ("When was it founded? How much is the membership fee?", ("founding",)),
        (
            "What is the AGM? What are the duties of the Secretariat? Who is the president?",
            ("agm", "secretariat-duties"),
        ),
    ],
)
def test_what_leads_up_to_an_unknown_is_not_the_answer(
    answerer: Answerer, message: str, known: tuple[str, ...]
) -> None:
    finding = answerer.find(message, "en")

    assert (finding.kind, finding.candidates) == ("unknown", known)
    assert finding.topic in {"fees", "officers"}
