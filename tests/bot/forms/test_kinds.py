"""What each kind makes of what people type."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.forms.choices import Choice, Choices, Option, YesNo
from bot.forms.contacts import Email, Phone, WebSite
from bot.forms.dates import Date
from bot.forms.files import IMAGES, PDF, File, SentFile
from bot.forms.numbers import Number
from bot.forms.places import Places
from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Unsure, Wrong
from bot.forms.texts import Text
from bot.forms.times import TimeOfDay
from bot.forms.whereabouts import Country, TimeZone
from storage.records.durations import SECOND_US

FOCUS = Choice((Option("military"), Option("civilian"), Option("police", ("gendarmerie",)), Option("mixed", ("both",))))
LANGUAGES = Choices((Option("ar"), Option("zh"), Option("en"), Option("fr")))
LABELS = {
    "military": ("Military", "Militaire", "Военные"),
    "civilian": ("Civilian", "Civil", "民事"),
    "police": ("Police", "Policía", "الشرطة"),
    "mixed": ("Mixed", "Mixte", "混合"),
    "ar": ("Arabic", "العربية", "arabe"),
    "zh": ("Chinese", "中文"),
    "en": ("English", "anglais", "英文", "الإنجليزية"),
    "fr": ("French", "Français", "法文", "الفرنسية"),
    "yes": ("I agree", "J’accepte"),
    "no": ("I do not agree",),
}


@pytest.fixture
def at(places: Places) -> Circumstances:
    return Circumstances("en", date(2026, 11, 23), places, answers={"country": "CH"}, labels=LABELS)


def test_texts_are_kept_as_typed_but_tidy(at: Circumstances) -> None:
    typed = {
        "  Center A \n of  Peace ": "Center A of  Peace",
        "Cafe\u0301": "Café",
        "A\x00B\x07": "AB",
        "=1+1": "=1+1",
        'O\'Brien <b>"x"</b>': 'O\'Brien <b>"x"</b>',
        "\u202bمركز\u202c": "\u202bمركز\u202c",
        "a\u200bb": "a\u200bb",
        "\ud800half": "?half",
        "👩\u200d🚒": "👩\u200d🚒",
    }
    assert {text: Text().read(text, at) for text in typed} == {text: Understood(is_) for text, is_ in typed.items()}


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200e", "\u2800", "\u3164", "\n\t", "\u00ad", "\u0301"])
def test_what_shows_nothing_is_empty(at: Circumstances, text: str) -> None:
    assert Text().read(text, at) == Wrong(Problem.EMPTY)


def test_lengths(at: Circumstances) -> None:
    assert Text(at_most=3).read("abcd", at) == Wrong(Problem.TOO_LONG, 3)
    assert Text(at_least=3).read("ab", at) == Wrong(Problem.TOO_SHORT, 3)
    assert Text(several_lines=True).read("a\r\n\r\nb", at) == Understood("a\n\nb")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Police", "police"),
        ("pol", "police"),
        ("POLICIA.", "police"),
        ("polcie", "police"),
        ("gendarmerie", "police"),
        ("الشرطه", "police"),
        ("both", "mixed"),
        ("混合", "mixed"),
        ("военные", "military"),
        ("2", "civilian"),
        ("٣.", "police"),
    ],
)
def test_a_choice_is_understood_as_it_is_typed(at: Circumstances, text: str, value: str) -> None:
    assert FOCUS.read(text, at) == Understood(value)


def test_a_choice_that_is_not_clear_is_asked_back(at: Circumstances) -> None:
    assert FOCUS.read("not police", at) == Unsure(("police",))
    assert FOCUS.read("police and civilian", at) == Unsure(("civilian", "police"))
    assert FOCUS.read("mi", at) == Unsure(("military", "mixed"))
    assert FOCUS.read("po", at) == Unsure(("police",))  # too little to be taken for it
    assert FOCUS.read("p p p", at) == Wrong(Problem.NOT_OFFERED)
    for text in ("", "xyz", "5", "0", "?", "p"):
        assert FOCUS.read(text, at) == Wrong(Problem.NOT_OFFERED)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("English and French", ["en", "fr"]),
        ("french, english", ["en", "fr"]),
        ("العربية والفرنسية", ["ar", "fr"]),
        ("中文和英文", ["zh", "en"]),
        ("anglais et arabe", ["ar", "en"]),
        ("english frnch", ["en", "fr"]),
        ("all", ["ar", "zh", "en", "fr"]),
        ("1 3", ["ar", "en"]),
        ("chinese", ["zh"]),
    ],
)
def test_several_choices_in_one_text(at: Circumstances, text: str, values: list[str]) -> None:
    assert LANGUAGES.read(text, at) == Understood(values)


def test_of_several_choices_all_must_be_clear(at: Circumstances) -> None:
    assert LANGUAGES.read("english and klingon", at) == Unsure(("en",))
    assert LANGUAGES.taken(()) == Wrong(Problem.TOO_FEW, 1)


def test_yes_and_no(at: Circumstances) -> None:
    for text in ("yes", "Oui", "sí", "да", "نعم", "是", "I agree", "j'accepte", "ok"):
        assert YesNo().read(text, at) == Understood(value=True), text
    for text in ("no", "non", "нет", "لا", "不", "I do not agree"):
        assert YesNo().read(text, at) == Understood(value=False), text
    assert YesNo().read("perhaps", at) == Wrong(Problem.NOT_YES_OR_NO)


@pytest.mark.parametrize(
    "text",
    [
        "2027-03-12",
        "12.3.2027",
        "12 March 2027",
        "March 12, 2027",
        "Friday, 12th of March 2027",
        "12 Marhc 2027",
        "12 mar 2027",
        "12 mars 2027",
        "12 de marzo de 2027",
        "12 марта 2027 г.",
        "١٢ مارس ٢٠٢٧",
        "12 آذار 2027",
        "2027年3月12日",
        "۱۲.۳.۲۰۲۷",
        "2027/3/12",
    ],
)
def test_dates_in_every_language(at: Circumstances, text: str) -> None:
    assert Date().read(text, at) == Understood("2027-03-12")


def test_dates_that_are_not_clear_are_asked_back(at: Circumstances) -> None:
    assert Date().read("03/04/2027", at) == Unsure(("2027-04-03", "2027-03-04"))
    assert Date().read("13/04/2027", at) == Understood("2027-04-13")
    assert Date().read("12.3.27", at) == Unsure(("2027-03-12",))
    assert Date().read("12.3.71", at) == Unsure(("1971-03-12",))
    assert Date().read("12 March", at) == Unsure(("2027-03-12", "2026-03-12"))
    assert Date().read("31.2.2027", at) == Wrong(Problem.NO_SUCH_DAY)
    assert Date().read("31 February 2027", at) == Wrong(Problem.NO_SUCH_DAY)
    for text in ("", "soon", "12", "March", "12 ma 2027", "1.1.9999", "12 March 2027 or 13", "0" * 100):
        assert Date().read(text, at) == Wrong(Problem.NOT_A_DATE), text


def test_days_in_figures_without_a_year(at: Circumstances) -> None:
    assert Date().read("12.3.", at) == Date().read("12 . 3", at) == Unsure(("2027-03-12", "2026-03-12"))
    assert Date().read("13/4", at) == Unsure(("2027-04-13", "2026-04-13"))
    assert set(_values(Date().read("03/04", at))) == {"2027-04-03", "2026-04-03", "2027-03-04", "2026-03-04"}
    for text in ("10.30", "30/31", "12-16"):
        assert Date().read(text, at) == Wrong(Problem.NOT_A_DATE), text


@pytest.mark.parametrize("text", ["12", "the 12th", "le 12", "Tue 12", "mardi 12", "12日", "12-го", "12.10.", "12 oct"])
def test_where_days_are_likely_one_of_them_needs_no_month_or_year(at: Circumstances, text: str) -> None:
    days = [date(2028, 10, 12), date(2028, 10, 13)]
    kind = Date(likely=lambda _at: days)
    outcome = kind.read(text, at)
    assert outcome == Understood("2028-10-12") or "2028-10-12" in _values(outcome)
    assert kind.offers(at) == ("2028-10-12", "2028-10-13")
    assert kind.read("12 March 2027", at) == Understood("2027-03-12")
    assert kind.read("45", at) == Wrong(Problem.NOT_A_DATE)


def test_too_many_days_have_no_buttons(at: Circumstances) -> None:
    days = [date(2028, 10, 1) + timedelta(days=ahead) for ahead in range(20)]
    assert Date(likely=lambda _at: days).offers(at) == ()
    assert Date(likely=lambda _at: days).read("12", at) == Understood("2028-10-12")
    assert Date(likely=lambda _at: days).read("25", at) == Unsure(("2028-09-25", "2028-10-25"))


def _values(outcome: Outcome) -> tuple[str, ...]:
    assert isinstance(outcome, Unsure)
    return outcome.values


@pytest.mark.parametrize(
    ("text", "days"),
    [("today", 0), ("Tomorrow", 1), ("tomorrow at 9", 1), ("demain à 9h00", 1), ("mañana a las 9", 1),
     ("завтра в 9:00", 1), ("明天", 1), ("غدًا", 1), ("aujourd’hui", 0)],
)  # fmt: skip
def test_a_day_is_named_from_today(at: Circumstances, text: str, days: int) -> None:
    assert Date().read(text, at) == Understood((at.today + timedelta(days=days)).isoformat())


def test_tomorrow_is_that_of_the_time_zone_of_the_form(at: Circumstances) -> None:
    late = datetime(2027, 1, 31, 20, tzinfo=UTC)
    there = replace(at, today=late.date(), now=int(late.timestamp() * SECOND_US), answers={"time_zone": "Asia/Tokyo"})
    assert Date().read("tomorrow", there) == Understood("2027-02-02")


@pytest.mark.parametrize("text", ["5 Dec 2027 9:00", "5 Dec 2027, at 9", "5.12.2027 09:00", "2027-12-05 9:00 am"])
def test_a_time_behind_a_day_is_left_to_its_own_question(at: Circumstances, text: str) -> None:
    assert Date().read(text, at) == Understood("2027-12-05")


def test_numbers(at: Circumstances) -> None:
    for text in ("1234", "1,234", "1 234", "1.234", "١٢٣٤", " 1234 "):
        assert Number(at_most=5_000).read(text, at) == Understood(1234), text
    assert Number().read("−5", at) == Wrong(Problem.TOO_SMALL, 0)
    assert Number(at_most=9).read("10", at) == Wrong(Problem.TOO_LARGE, 9)
    for text in ("", "ten", "1.5", "1,23", "²", "½", "9" * 200):
        assert Number().read(text, at) == Wrong(Problem.NOT_A_NUMBER), text


def test_addresses(at: Circumstances) -> None:
    assert Email().read(" <Name@Center.ORG> ", at) == Understood("Name@center.org")
    assert Email().read("mailto:name@center.org\u200f", at) == Understood("name@center.org")
    for text in ("", "name", "name@center", "a b@center.org", "@center.org", "a@b@c.org", "x" * 300 + "@center.org"):
        assert Email().read(text, at) == Wrong(Problem.NOT_AN_EMAIL), text
    assert WebSite().read("www.Center.org/", at) == Understood("https://www.center.org")
    assert WebSite().read("http://center.org/A?b=1", at) == Understood("http://center.org/A?b=1")
    for text in ("", "center", "ftp://center.org", "me:secret@center.org", "c.org:99999", "[", "1.2.3.4", "a b.org"):
        assert WebSite().read(text, at) == Wrong(Problem.NOT_A_WEB_SITE), text


def test_phone_numbers_assume_the_country(at: Circumstances) -> None:
    phone = Phone(country_from="country")
    for text in ("044 668 18 00", "+41 44 668 18 00", "0041446681800", "٠٤٤ ٦٦٨ ١٨ ٠٠"):
        assert phone.read(text, at) == Understood("+41446681800"), text
    assert Phone().read("044 668 18 00", at) == Wrong(Problem.NOT_A_PHONE)
    assert phone.read("no phone", at) == Wrong(Problem.NOT_A_PHONE)
    assert phone.read("+41 44 66", at) == Wrong(Problem.PHONE_TOO_SHORT)


def test_countries_and_time_zones(at: Circumstances) -> None:
    for text in ("Switzerland", "la Suisse", "🇨🇭", "CHE", "瑞士"):
        assert Country().read(text, at) == Understood("CH"), text
    assert Country().read("Swizzerlnd", at) in {Understood("CH"), Unsure(("CH",))}
    assert Country().read("Atlantis", at) == Wrong(Problem.NOT_A_COUNTRY)
    assert Country().pressed("ZZ", at) is None
    zone = TimeZone(country_from="country")
    assert zone.offers(at) == ("Europe/Zurich",)
    assert zone.read("Zurich", at) == Understood("Europe/Zurich")
    assert zone.read("xqzv", at) == Wrong(Problem.NOT_A_TIME_ZONE)
    assert zone.pressed("Mars/Olympus", at) is None


def test_files_are_what_they_claim_to_be(at: Circumstances) -> None:
    kind = File(PDF | IMAGES, at_most_megabytes=1)
    assert kind.sent(SentFile("id", "a.PDF", "application/pdf", 10)) == Understood(
        {"file_id": "id", "name": "a.PDF", "mime_type": "application/pdf", "size_bytes": 10}
    )
    assert kind.sent(SentFile("id", "a.pdf", "application/x-msdownload", 10)) == Wrong(Problem.WRONG_FILE)
    assert kind.sent(SentFile("id", "a.pdf.exe", "application/pdf", 10)) == Wrong(Problem.WRONG_FILE)
    assert kind.sent(SentFile("id", "", "", 10)) == Wrong(Problem.WRONG_FILE)
    assert kind.sent(SentFile("id", "a.pdf", "application/pdf", 1_000_001)) == Wrong(Problem.FILE_TOO_LARGE, 1)
    assert kind.read("a.pdf", at) == Wrong(Problem.FILE_EXPECTED)


@pytest.mark.parametrize(
    "kind",
    [
        Text(),
        Number(),
        YesNo(),
        FOCUS,
        LANGUAGES,
        Email(),
        WebSite(),
        Phone(),
        Date(),
        TimeOfDay(),
        Country(),
        TimeZone(),
    ],
)
def test_nothing_fits_that_is_of_another_type(at: Circumstances, kind: Kind) -> None:
    for value in (None, {}, 1.5, ["x"], "\x00", object()):
        assert not kind.fits(value) or isinstance(kind, Text)
    assert kind.pressed("nonsense", at) is None


def test_an_option_must_fit_into_a_buttons_data() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Option("Not so, by far")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("14:30", "14:30"), ("14.30", "14:30"), ("14h30", "14:30"), ("14 h 30", "14:30"), ("1430", "14:30"),
        ("2:30 pm", "14:30"), ("2.30 p.m.", "14:30"), ("2pm", "14:00"), ("9", "09:00"), ("9 am", "09:00"),
        ("12 am", "00:00"), ("12 pm", "12:00"), ("noon", "12:00"), ("0900 hrs", "09:00"), ("24:00", "00:00"),
        ("下午2点30分", "14:30"), ("14时30分", "14:30"), ("14 часов 30 минут", "14:30"), ("9 утра", "09:00"),
        ("١٤:٣٠", "14:30"), ("٢:٣٠ م", "14:30"), ("à 14 heures", "14:00"), ("a las 14:30 horas", "14:30"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read(typed: str, value: str, at: Circumstances) -> None:
    assert TimeOfDay().read(typed, at) == Understood(value)


@pytest.mark.parametrize("typed", ["25:00", "14:60", "tomorrow", "14:30:15", "2.30 km", "", "-3", "1" * 40, "14:3"])
def test_what_is_no_time_of_day(typed: str, at: Circumstances) -> None:
    assert TimeOfDay().read(typed, at) == Wrong(Problem.NOT_A_TIME)
