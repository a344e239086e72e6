"""Which Centers are meant, from the words of a question."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.forms.places import load_places
from bot.members.asking import EVERYTHING, NAME_AT_MOST, PLACES_AT_MOST, AskedFor, read
from bot.places.regions import Region
from storage.records.members import CenterKind, Focus

COUNTRIES = load_places().countries


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("Which Centers are in Kenya?", ("KE",)),
        ("Kenya's Centers", ("KE",)),
        ("which kenyan centers", ("KE",)),
        ("centers in the UK", ("GB",)),
        ("Centers in the DRC", ("CD",)),
        ("centres in congo", ("CG", "CD")),
        ("Centers of Mexico and Chile", ("MX", "CL")),
        ("Are there Centers in the United States?", ("US",)),
        ("WHICH CENTERS ARE IN KENYA", ("KE",)),
        ("Y a-t-il un centre en Côte d'Ivoire ?", ("CI",)),
        ("Quels centres kényans ?", ("KE",)),
        ("¿Hay Centros en Corea del Sur?", ("KR",)),
        ("Есть ли центры в Кении?", ("KE",)),
        ("центры Китая", ("CN",)),
        ("центры в Новой Зеландии", ("NZ",)),
        ("Какие центры в Южной Африке?", ("ZA",)),
        ("هل توجد مراكز في كينيا؟", ("KE",)),
        ("ما المراكز الكينية المسجلة؟", ("KE",)),
        ("肯尼亚有哪些中心？", ("KE",)),
        ("🇰🇪?", ()),
    ],
)
def test_countries(question: str, codes: tuple[str, ...]) -> None:
    asked = read(question, COUNTRIES)
    assert asked.countries == codes
    assert not asked.is_named


@pytest.mark.parametrize(
    ("question", "region"),
    [
        ("Centers in Africa", Region.AFRICA),
        ("european centers", Region.EUROPE),
        ("Centers in Latin America", Region.AMERICAS),
        ("Avez-vous des membres en Océanie ?", Region.OCEANIA),
        ("Сколько центров из Азии?", Region.ASIA),
        ("كم مركزا أفريقيا لديكم؟", Region.AFRICA),
        ("欧洲有哪些中心", Region.EUROPE),
    ],
)
def test_regions(question: str, region: Region) -> None:
    assert read(question, COUNTRIES).regions == (region,)


@pytest.mark.parametrize(
    ("question", "focus", "kind"),
    [
        ("police Centers?", Focus.POLICE, None),
        ("Which gendarmerie schools are there?", Focus.POLICE, None),
        ("Combien de centres ont un programme mixte ?", Focus.MIXED, None),
        ("гражданские центры", Focus.CIVILIAN, None),
        ("مراكز عسكرية", Focus.MILITARY, None),
        ("有大学吗？", None, CenterKind.UNIVERSITY),
        ("Are there universities?", None, CenterKind.UNIVERSITY),
        ("Which agencies are registered?", None, CenterKind.AGENCY),
        ("How many members has your organization?", None, None),
    ],
)
def test_what_they_deal_with_and_what_they_are(question: str, focus: Focus | None, kind: CenterKind | None) -> None:
    asked = read(question, COUNTRIES)
    assert (asked.focus, asked.kind) == (focus, kind)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Is CAECOPAZ a member?", "CAECOPAZ"),
        ("Is Center A registered here?", "Center A"),
        ("Is the Kofi Annan Centre in Ghana a member?", "Kofi Annan Centre Ghana"),
        ("北京大学是会员吗", "北京大学"),
        ("هل معهد البحوث في بيروت من أعضائكم؟", "معهد البحوث بيروت"),
    ],
)
def test_names(question: str, name: str) -> None:
    asked = read(question, COUNTRIES)
    assert asked.name == name
    assert asked.is_named


@pytest.mark.parametrize(
    "question",
    [
        "How many Centers are there?",
        "My boss asks how many Centers there are",
        "how big is the association",
        "Combien de membres compte l'UNIGO ?",
        "¿Cuántos miembros tiene UNIGO?",
        "Какие страны являются членами?",
        "كم عدد أعضاء UNIGO؟",
        "有多少会员？",
    ],
)
def test_all_of_them(question: str) -> None:
    assert read(question, COUNTRIES) == EVERYTHING


def test_a_state_is_told_from_its_centers() -> None:
    assert read("Is Germany a member?", COUNTRIES) == AskedFor(("DE",), is_state=True)
    assert not read("Is there a Center in Germany?", COUNTRIES).is_state


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=400))
@example("Kenya Uganda Ghana Chad Mali Peru Chile " * 20)
@example("\ud800 Center \0 A")
def test_any_text_is_read(question: str) -> None:
    asked = read(question, COUNTRIES)
    assert len(asked.countries) <= PLACES_AT_MOST
    assert len(asked.name.split()) <= NAME_AT_MOST + 1
    assert all(COUNTRIES.country(code) for code in asked.countries)
