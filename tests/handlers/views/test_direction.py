"""Commands, names and links among Arabic words keep their signs, and Telegram still finds them."""

from __future__ import annotations

import html
import re
from gettext import NullTranslations
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.locales.template import FOLDER
from bot.sandbox.entities import detect_entities
from handlers.views.locale import with_label
from handlers.views.message import Message

MARK = "\u200e"
COMMAND = re.compile(r"(?<![\w/<>.:])/[a-z]+(?![\w/{])")


def sent(text: str) -> str:
    return str(Message(Markup(text)).as_params()["text"])  # noqa: S704 - the test's own


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("استخدموا الأمر /register.", f"استخدموا الأمر {MARK}/register."),
        (f"استخدموا الأمر {MARK}/register.", f"استخدموا الأمر {MARK}/register."),
        ("الاسم (@applicant_a)", f"الاسم ({MARK}@applicant_a)"),
        ("الرابط: https://agm.example/ ثم", f"الرابط: https://agm.example/{MARK} ثم"),
        ("الرابط: https://agm.example/a/b ثم a@b.example", "الرابط: https://agm.example/a/b ثم a@b.example"),
        ("<b>الأمر</b> <code>/start @x</code> 1/2 و/أو", "<b>الأمر</b> <code>/start @x</code> 1/2 و/أو"),
        ('<a href="https://t.me/x?start=/a">هنا</a>', '<a href="https://t.me/x?start=/a">هنا</a>'),
        ("Use /register or write to @name.", "Use /register or write to @name."),
        ("Center: مركز\nAsked by A (@applicant_a)\n/me", "Center: مركز\nAsked by A (@applicant_a)\n/me"),
        ("الاسم: =&lt;b&gt;x&lt;/b&gt;", "الاسم: =&lt;b&gt;x&lt;/b&gt;"),
        ("الاسم: \u2068A @x\u2069 @y", f"الاسم: \u2068A @x\u2069 {MARK}@y"),
        ("Пишите /register или @name", "Пишите /register или @name"),
    ],
)
def test_signs_stay_with_their_words_where_one_reads_from_right_to_left(text: str, shown: str) -> None:
    assert sent(text) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Center A, Inc.", "\u2068Center A, Inc.\u2069"),
        ("(UN) Center", "\u2068(UN) Center\u2069"),
        ("Center A", "Center A"),
        ("المركز (أ)", "المركز (أ)"),
        ("", ""),
        (200, "200"),
    ],
)
def test_what_has_a_label_keeps_its_ends_in_arabic_alone(value: object, shown: str) -> None:
    arabic, english = (Translator(language, NullTranslations()) for language in ("ar", "en"))
    assert with_label(arabic, "الاسم", value) == f"الاسم: {shown}"
    assert with_label(english, "Name", value) == f"Name: {value}"


def test_a_caption_is_marked_as_well() -> None:
    assert Message(Markup("الأمر /me")).as_caption()["caption"] == f"الأمر {MARK}/me"


def test_telegram_finds_every_command_of_an_arabic_sentence_behind_its_mark() -> None:
    catalogue = read_po(BytesIO((FOLDER / "ar" / "LC_MESSAGES" / "unigo.po").read_bytes()), locale="ar")
    told = [form for one in catalogue for form in ([one.string] if isinstance(one.string, str) else one.string or ())]
    texts = [sent(text) for form in told if COMMAND.search(text := re.sub("<[^>]*>", "", html.unescape(form)))]
    assert len(texts) > 50
    for text in texts:
        commands = [entity for entity in detect_entities(text) if entity.type == "bot_command"]
        assert len(commands) == len(COMMAND.findall(text)), text
        assert {text[entity.offset - 1] for entity in commands} == {MARK}, text


def test_links_names_and_addresses_are_found_beside_marks() -> None:
    text = sent("الأمر /me والاسم @applicant_a والرابط https://agm.example/ والبريد a@b.example")
    assert {one.type for one in detect_entities(text)} == {"bot_command", "mention", "url", "email"}
    link = next(one for one in detect_entities(text) if one.type == "url")
    assert text[link.offset : link.offset + link.length] == "https://agm.example/"
