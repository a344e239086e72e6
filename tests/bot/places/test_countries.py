"""Countries by whatever people call them."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales.catalogues import LANGUAGES
from bot.places.countries import Countries, Country, flag
from bot.places.names import Suggestions

LONGEST_LOOK_UP_S = 0.05  # a few ms on a machine that does nothing else


def found(countries: Countries, text: str, language: str = "en") -> str | None:
    """The code; of suggestions all codes, behind a question mark."""
    result = countries.find_country(text, language)
    if isinstance(result, Suggestions):
        return "?" + " ".join(country.code for country in result.choices)
    return result.code if result else None


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("CD", "DRC; D.R.C.; DR Congo; RDC; ДРК; République démocratique du Congo; 刚果民主共和国; Zaire"),
        ("CD", "Congo - Kinshasa; Congo, The Democratic Republic of the; Democratic Republic of Congo"),
        ("CG", "Congo-Brazzaville; Republic of the Congo; République du Congo; COG; Конго - Браззавиль"),
        ("CH", "Switzerland; Schweiz; Suisse; Suiza; Швейцария; سويسرا; 瑞士; CHE; ch; Switserland; Switzerlnad"),
        ("CI", "Côte d'Ivoire; Côte d’Ivoire; cote d ivoire; COTE DIVOIRE; Ivory Coast; Costa de Marfil; ساحل العاج"),
        ("CN", "China; PRC; P.R. China; 中国; 中國; الصين; Chine; Китай; People's Republic of China"),
        ("CV", "Cape Verde; Cabo Verde; Cap-Vert; Кабо-Верде"),
        ("CZ", "Czechia; Czech Republic; Tchéquie; Česko; República Checa"),
        ("EG", "Egypt; Égypte; egipto; Египет; مصر; 埃及; Arab Republic of Egypt; République arabe d'Égypte"),
        ("GB", "UK; U.K.; Great Britain; England; Scotland; Royaume-Uni; Великобритания; بريطانيا; 英国; GBR"),
        ("GM", "The Gambia; gambia; la Gambie; Гамбия"),
        ("IN", "India; l'Inde; la India; الهند; هند; 印度; Индия"),
        ("KE", "Kenya; kenya; KENYA; ' Kenya. '; Kenia; Кения; كينيا; 肯尼亚; 肯亞; ke; KE; ken; Republic of Kenya"),
        ("KP", "DPRK; North Korea; Democratic People's Republic of Korea; КНДР; 朝鲜; كوريا الشمالية"),
        ("KR", "ROK; South Korea; Republic of Korea; Corée du Sud; Южная Корея; 韩国; 韓國; S. Korea"),
        ("LA", "Laos; Lao PDR; Lao People's Democratic Republic; 老挝"),
        ("LC", "Saint Lucia; St. Lucia; St Lucia; Sainte-Lucie"),
        ("MA", "Morocco; Maroc; Marruecos; المغرب; مغرب; Morroco; Moroco; Marroco"),
        ("MK", "North Macedonia; Macedonia; FYROM; Северная Македония"),
        ("MM", "Burma; Myanmar; Birmanie; Бирма; ميانمار; 缅甸"),
        ("NL", "Holland; The Netherlands; netherlands; Pays-Bas; les Pays-Bas; Голландия; هولندا"),
        ("PH", "Philippines; Phillipines; Philipines; the Phillippines; Filipinas; 菲律宾"),
        ("PS", "Palestine; State of Palestine; Estado de Palestina; دولة فلسطين; 巴勒斯坦"),
        ("RU", "Russia; Russian Federation; РФ; Россия; Росия; Russie; Rusia; 俄罗斯; روسيا"),
        ("SA", "KSA; Saudi Arabia; saudi; Arabia Saudí; السعودية; 沙特阿拉伯"),
        ("ST", "Sao Tome & Principe; São Tomé; Sao Tomé and Príncipe"),
        ("SZ", "Swaziland; Eswatini; Suazilandia"),
        ("TR", "Turkey; Türkiye; turkiye; TURKIYE; Turquie; Turquía; Турция; تركيا; 土耳其"),
        ("TT", "Trinidad; Trinidad and Tobago; Trinidad & Tobago; Trinité-et-Tobago; Trinidad y Tobago"),
        ("TZ", "Tanzania; United Republic of Tanzania; Tanzania, United Republic of; Танзания"),
        ("UA", "Ukraine; Україна; Украина; Ucrania; UKR; Ukrain"),
        ("AE", "UAE; U.A.E.; Emirates; Émirats arabes unis; ОАЭ; الإمارات; الامارات; 阿联酋"),
        ("US", "USA; U.S.A.; US; United States; the United States of America; EE. UU.; EEUU; США; 美国; Etats-Unis"),
        ("VA", "Holy See; Vatican; Saint-Siège; Santa Sede; 梵蒂冈"),
        ("VN", "Vietnam; Viet Nam; VIET-NAM; 越南"),
        ("ZA", "South Africa; RSA; south afrika; Afrique du Sud; ЮАР; Sudáfrica"),
        ("BA", "BiH; Bosnia; Bosnia and Herzegovina; Bosnia & Herzegovina; Herzegovina; Босния"),
        ("KZ", "Kazakhstan; Kazakstan; Kasakhstan; Казахстан"),
        ("LY", "Libya; Lybia; Libye; ليبيا"),
        ("CO", "Colombia; Columbia; Колумбия"),
        ("GN", "Guinea; Guinée; Guinea Conakry; غينيا"),
        ("PG", "PNG; Papua New Guinea; Papua; New Guinea"),
        ("SS", "South Sudan; Soudan du Sud; جنوب السودان"),
        ("SD", "Sudan; the Sudan; السودان"),
        ("GE", "Georgia; Грузия"),
        ("AT", "Austria; Österreich; Osterreich; Autriche"),
    ],
)
def test_a_country_is_known_by_all_its_names(countries: Countries, code: str, texts: str) -> None:
    read = {text.strip(" '"): found(countries, text.strip(" '")) for text in texts.split(";")}
    assert read == dict.fromkeys(read, code)


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("Congo", "?CG CD"),
        ("the Congo", "?CG CD"),
        ("Конго", "?CG CD"),
        ("刚果", "?CG CD"),
        ("Korea", "?KR KP"),
        ("كوريا", "?KR KP"),
        ("Korea, Republic", "KR"),
        ("SA", "?SA ZA"),
        ("America", "?US"),
        ("Nigera", "?NE NG"),
        ("Austrlia", "?AT AU"),
        ("Konga", "?TO"),  # another letter in front is not taken without asking
        ("Port", "?PT"),
        ("Argen", "?AR"),
        ("I live in Kenya", "?KE"),
        ("Kenya, Nairobi", "?KE"),
        ("Ghana and Togo", "?GH TG"),
        ("delegate from the Democratic Republic of the Congo", "?CD"),
    ],
)
def test_what_is_not_sure_is_suggested(countries: Countries, text: str, suggested: str) -> None:
    assert found(countries, text) == suggested


def test_the_likeliest_comes_first_in_the_readers_language(countries: Countries) -> None:
    assert found(countries, "Chie", "en") == "?CL CN CY"
    assert found(countries, "Chie", "fr") == "?CN CL CY"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("no", "?NO"),
        ("No", "?NO"),
        ("NO", "NO"),
        ("us", "?US"),
        ("US", "US"),
        ("is", "?IS"),
        ("can", "?CA"),
        ("fr", "FR"),
    ],
)
def test_an_everyday_word_is_a_country_only_in_capitals(countries: Countries, typed: str, code: str) -> None:
    assert found(countries, typed) == code


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", "?!", "asdf", "yes", "sí", "none", "123", "١٢٣", "republic", "saint", "hello there", "a", "的"),
        *("x" * 5000, "\ud800", "\x00", "\u202e\u200f", "=1+1", "<b>", "😀", "🏳️", "🇽🇽", "🇪🇺", "🇺🇳"),
        # Areas that are not offered are no State that is spelt alike.
        *("Greenland", "French Guiana", "American Samoa", "Hong Kong", "Puerto Rico", "Гренландия", "波多黎各"),
        *("Africa", "Europe", "Asie", "European Union", "United Nations"),
    ],
)
def test_what_is_no_country_finds_none(countries: Countries, text: str) -> None:
    assert found(countries, text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("🇰🇪", "KE"),
        ("🇰🇪 Kenya", "KE"),
        ("My country: 🇨🇭!", "CH"),
        ("🇰🇪🇰🇪", "KE"),
        ("\N{WAVING BLACK FLAG}\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "GB"),  # Scotland
        ("🇰🇪🇨🇭", None),
        ("🇰🇪🇨🇭 Chad", "TD"),
    ],
)
def test_a_flag_is_a_country(countries: Countries, text: str, code: str | None) -> None:
    assert found(countries, text) == code


def test_flags_codes_and_names_lead_back_to_every_country(countries: Countries) -> None:
    for country in countries.all:
        assert countries.country(country.code) == country
        assert countries.find_country(flag(country.code), "en") == country
        assert countries.find_country(country.code, "en") in (country, countries.find_country("SA", "en"))
        for language in LANGUAGES:
            name = countries.name_of(country.code, language)
            for text in (name, name.upper(), name.lower(), f"  {name}. "):
                result = countries.find_country(text, language)
                choices = result.choices if isinstance(result, Suggestions) else (result,)
                assert country in choices, (text, result)


def test_only_codes_that_are_offered_are_countries(countries: Countries) -> None:
    assert countries.country("KE") == Country("KE")
    assert [countries.country(code) for code in ("ke", "KEN", "XX", "HK", "", "KE ")] == [None] * 6
    assert len(countries.all) == 195
    assert countries.all[0] == Country("AD")


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("KE", "ru", "Кения"),
        ("KE", "xx", "Kenya"),
        ("CH", "zh", "瑞士"),
        ("PS", "en", "State of Palestine"),
        ("VA", "fr", "Saint-Siège"),
        ("KR", "en", "Republic of Korea"),
        ("CD", "es", "República Democrática del Congo"),
        ("TR", "fr", "Türkiye"),
        ("MM", "ar", "ميانمار"),
    ],
)
def test_names_are_shown_in_the_readers_language(countries: Countries, code: str, language: str, name: str) -> None:
    assert countries.name_of(code, language) == name


def test_flags_are_emoji() -> None:
    assert (flag("KE"), flag("CH")) == ("🇰🇪", "🇨🇭")


def test_no_look_up_takes_long(countries: Countries) -> None:
    for text in ("Kenya", "Switserlnd", "x" * 5000, "nothing of the kind at all " * 3, "القارة القطبية الجنوبية"):
        quickest = min(_time_s(countries, text) for _ in range(5))
        assert quickest < LONGEST_LOOK_UP_S, text


def _time_s(countries: Countries, text: str) -> float:
    start = perf_counter()
    countries.find_country(text, "en")
    return perf_counter() - start


@given(st.text(), st.sampled_from([*LANGUAGES, "xx"]))
def test_no_text_raises(countries: Countries, text: str, language: str) -> None:
    result = countries.find_country(text, language)
    if isinstance(result, Suggestions):
        assert 1 <= len(result.choices) <= 4
        assert len(set(result.choices)) == len(result.choices)


@given(data=st.data())
def test_one_slip_in_a_long_name_is_forgiven(countries: Countries, data: st.DataObject) -> None:
    country = data.draw(st.sampled_from(countries.all))
    name = countries.name_of(country.code, "en")
    place = data.draw(st.integers(1, len(name) - 1))
    result = countries.find_country(name[:place] + name[place + 1 :], "en")
    choices = result.choices if isinstance(result, Suggestions) else (result,)
    if len(name) >= 9:
        assert country in choices
