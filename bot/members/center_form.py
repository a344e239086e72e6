"""The form in which a Center is registered and corrected."""

from __future__ import annotations

from typing import Any

from bot.forms.choices import Choice, Option
from bot.forms.contacts import Email, Phone, WebSite
from bot.forms.form import Field, Form
from bot.forms.texts import Text
from bot.forms.whereabouts import Country
from bot.members.requests import CENTER_FIELDS
from storage.records.drafts import Answers
from storage.records.members import CenterDetails, CenterKind, Focus

NAME_AT_MOST = 500
SHORT_NAME_AT_MOST = 100
PLACE_AT_MOST = 200

KINDS = (
    Option(
        CenterKind.TRAINING_CENTER,
        (
            "training centre", "center", "centre", "peacekeeping center", "ptc", "training", "school",
            "centre de formation", "centre d'entraînement", "école", "centro de entrenamiento",
            "centro de capacitación", "centro de formación", "escuela", "учебный центр", "центр подготовки", "центр",
            "школа", "培训中心", "训练中心", "中心", "学校", "مركز تدريب", "مركز", "مدرسة",
        ),
    ),
    Option(
        CenterKind.INSTITUTION,
        (
            "institute", "institut", "établissement", "instituto", "institución", "институт", "учреждение",
            "机构", "研究所", "معهد", "مؤسسة",
        ),
    ),
    Option(
        CenterKind.UNIVERSITY,
        (
            "college", "faculty", "academy", "université", "faculté", "académie", "universidad", "facultad",
            "academia", "университет", "академия", "факультет", "вуз", "大学", "学院", "جامعة", "كلية", "أكاديمية",
        ),
    ),
    Option(
        CenterKind.ORGANIZATION,
        (
            "organisation", "ngo", "association", "foundation", "society", "ong", "fondation", "organización",
            "asociación", "fundación", "организация", "ассоциация", "фонд", "нко", "组织", "协会", "基金会",
            "منظمة", "جمعية",
        ),
    ),
    Option(
        CenterKind.AGENCY,
        (
            "ministry", "department", "government", "office", "agence", "ministère", "gouvernement", "agencia",
            "ministerio", "gobierno", "агентство", "министерство", "ведомство", "部门", "政府", "部", "وكالة", "وزارة",
            "حكومة",
        ),
    ),
    Option(
        CenterKind.PROGRAM,
        (
            "programme", "project", "projet", "programa", "proyecto", "программа", "проект", "项目", "计划",
            "برنامج", "مشروع",
        ),
    ),
)  # fmt: skip
FOCUSES = (
    Option(
        Focus.MILITARY,
        (
            "army", "armed forces", "troops", "soldiers", "defence", "defense", "militaire", "armée", "militar",
            "ejército", "военный", "армия", "войска", "军事", "军队", "军", "عسكري", "جيش",
        ),
    ),
    Option(
        Focus.CIVILIAN,
        (
            "civil", "civilians", "civils", "civiles", "гражданский", "гражданские", "平民", "文职", "民事", "مدني",
            "مدنيون",
        ),
    ),
    Option(
        Focus.POLICE,
        (
            "gendarmerie", "law enforcement", "policing", "formed police", "policía", "gendarmería", "полиция",
            "жандармерия", "милиция", "警察", "警务", "شرطة", "درك",
        ),
    ),
    Option(
        Focus.MIXED,
        (
            "both", "all", "all three", "several", "everything", "any", "mixte", "les deux", "tous", "tout", "mixto",
            "ambos", "todos", "смешанный", "оба", "все", "всё", "混合", "都", "全部", "综合", "مختلط", "كلاهما",
            "الكل", "كل",
        ),
    ),
)  # fmt: skip

CENTER = Form(
    "center",
    version=1,
    fields=(
        Field("name", Text(at_most=NAME_AT_MOST)),
        Field("short_name", Text(at_most=SHORT_NAME_AT_MOST), optional=True),
        Field("kind", Choice(KINDS)),
        Field("focus", Choice(FOCUSES)),
        Field("country", Country()),
        Field("city", Text(at_most=PLACE_AT_MOST)),
        Field("website", WebSite(), optional=True),
        Field("email", Email()),
        Field("phone", Phone(country_from="country"), optional=True),
        Field("head_name", Text(at_most=NAME_AT_MOST)),
        Field("head_title", Text(at_most=PLACE_AT_MOST), optional=True),
    ),
)


def details_of(answers: Answers) -> CenterDetails:
    """The Center that the answers describe. They have a name."""
    typed: dict[str, Any] = {name: answers.get(name) for name in CENTER_FIELDS}
    if typed["kind"] is not None:
        typed["kind"] = CenterKind(typed["kind"])
    if typed["focus"] is not None:
        typed["focus"] = Focus(typed["focus"])
    return CenterDetails(**typed)


def answers_of(details: CenterDetails) -> Answers:
    """The answers that describe a Center."""
    return {name: None if (value := getattr(details, name)) is None else str(value) for name in CENTER_FIELDS}
