"""The forms in which delegates and guests register, and change what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.forms.choices import Choices, Option, YesNo
from bot.forms.contacts import Email, Phone
from bot.forms.form import Field, Form
from bot.forms.reading import Circumstances, Outcome, Understood, Wrong
from bot.forms.texts import Text
from bot.forms.whereabouts import Country, TimeZone
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from storage.delegates import Consent
from storage.records.drafts import Answers, Draft, Json
from storage.records.members import DelegateDetails

NAME_AT_MOST = 500
TITLE_AT_MOST = 100
FUNCTION_AT_MOST = 300
COUNTRY = "country"
"""The country of the Center, in the draft's context."""
OTHER = "other"
NOT_AGREED = "not-agreed"

UN_LANGUAGES = (
    Option("en", ("english", "anglais", "inglés", "английский", "英文", "الإنجليزية", "eng")),
    Option("fr", ("french", "français", "francés", "французский", "法文", "الفرنسية", "fra")),
    Option("es", ("spanish", "español", "castellano", "espagnol", "испанский", "西班牙文", "الإسبانية", "spa")),
    Option("ru", ("russian", "русский", "russe", "ruso", "俄文", "الروسية", "rus")),
    Option("zh", ("chinese", "mandarin", "中文", "汉语", "chinois", "chino", "китайский", "الصينية", "zho")),
    Option("ar", ("arabic", "العربية", "عربي", "arabe", "árabe", "арабский", "阿拉伯文", "ara")),
)
OFFERED = ("pt", "de", "hi", "sw", "it", "id", "tr", "ja")
"""Of the other languages, those with a button."""
_CODES_OF_OTHERS = (
    "am az be bg bn bs ca cs da de dv dz el et eu fa ff fi fil ga ha he hi hr ht hu hy id ig is it ja ka kk km ko ku "
    "ky lb ln lo lt lv mg mk mn ms mt my ne nl no om pl ps pt ro rn rw si sk sl sn so sq sr sv sw ta te tg th ti tk "
    "tl tr uk ur uz vi wo xh yo zu"
)
_OTHERS = tuple(_CODES_OF_OTHERS.split())
_OWN_NAMES: Mapping[str, tuple[str, ...]] = {
    "bn": ("বাংলা", "bangla"),
    "cs": ("čeština",),
    "de": ("deutsch", "allemand", "alemán"),
    "el": ("ελληνικά",),
    "fa": ("فارسی", "farsi", "dari", "دری"),
    "ha": ("harshen hausa",),
    "he": ("עברית",),
    "hi": ("हिन्दी", "हिंदी"),
    "hu": ("magyar",),
    "id": ("bahasa", "bahasa indonesia"),
    "it": ("italiano",),
    "ja": ("日本語",),
    "km": ("ខ្មែរ",),
    "ko": ("한국어", "조선말"),
    "ms": ("bahasa melayu",),
    "ne": ("नेपाली",),
    "nl": ("nederlands", "flemish"),
    "no": ("norsk", "bokmål", "nynorsk"),
    "pl": ("polski",),
    "ps": ("پښتو", "pushto"),
    "pt": ("português", "portugais", "portugués"),
    "ro": ("română", "moldovan"),
    "rw": ("ikinyarwanda",),
    "sr": ("српски", "srpski"),
    "sv": ("svenska",),
    "sw": ("kiswahili",),
    "th": ("ไทย",),
    "tl": ("filipino", "pilipino"),
    "tr": ("türkçe",),
    "uk": ("українська",),
    "ur": ("اردو",),
    "vi": ("tiếng việt",),
}


@dataclass(frozen=True, slots=True)
class OtherLanguages(Choices):
    """Any of the world's bigger languages; a few have a button, all can be typed."""

    def offers(self, _at: Circumstances) -> tuple[str, ...]:
        return OFFERED


@dataclass(frozen=True, slots=True)
class Agreement(YesNo):
    """A yes to one version of a text: the value is that version. A yes to an older one is no answer any more."""

    version: str = PRIVACY_NOTICE_VERSION

    def read(self, typed: str, at: Circumstances) -> Outcome:
        outcome = YesNo().read(typed, at)
        if not isinstance(outcome, Understood):
            return outcome
        return Understood(self.version) if outcome.value else Wrong(NOT_AGREED)

    def pressed(self, data: str, _at: Circumstances) -> Json | None:
        return {"yes": self.version, "no": False}.get(data)

    def fits(self, value: Json) -> bool:
        return bool(value == self.version)


@dataclass(frozen=True, slots=True)
class OwnTimeZone(TimeZone):
    """A person's time zone: guessed from their Center's country or, where there is none, from their nationality."""

    def read(self, typed: str, at: Circumstances) -> Outcome:
        return TimeZone(_country_from(at)).read(typed, at)

    def offers(self, at: Circumstances) -> tuple[str, ...]:
        return TimeZone(_country_from(at)).offers(at)


@dataclass(frozen=True, slots=True)
class OwnPhone(Phone):
    """A person's phone number, dialled as in their Center's country or, where there is none, their own."""

    def read(self, typed: str, at: Circumstances) -> Outcome:
        return Phone(_country_from(at)).read(typed, at)


def _country_from(at: Circumstances) -> str:
    return COUNTRY if at.country(COUNTRY) else "nationality"


def is_new(draft: Draft) -> bool:
    """Whether somebody registers, rather than changes what they said."""
    return not draft.subject


def _speaks_another(draft: Draft) -> bool:
    return OTHER in (draft.answers.get("languages") or ())


def _agreed(value: Json, _draft: Draft) -> str | None:
    return None if value else NOT_AGREED


_NAMES = (Field("given_name", Text(at_most=NAME_AT_MOST)), Field("family_name", Text(at_most=NAME_AT_MOST)))
_REST = (
    Field("nationality", Country()),
    Field("email", Email()),
    Field("phone", OwnPhone(), optional=True),
    Field("languages", Choices((*UN_LANGUAGES, Option(OTHER)))),
    Field(
        "other_languages",
        OtherLanguages(tuple(Option(code, _OWN_NAMES.get(code, ())) for code in _OTHERS)),
        shown_if=_speaks_another,
    ),
    Field("time_zone", OwnTimeZone()),
    Field("privacy", Agreement(), shown_if=is_new, check=_agreed),
    Field("shown", YesNo(), optional=True, shown_if=is_new),
)

DELEGATE = Form(
    "delegate",
    version=1,
    fields=(
        *_NAMES,
        Field("title", Text(at_most=TITLE_AT_MOST), optional=True),
        Field("function", Text(at_most=FUNCTION_AT_MOST)),
        *_REST,
    ),
)
GUEST = Form(
    "guest",
    version=1,
    fields=(
        *_NAMES,
        Field("title", Text(at_most=TITLE_AT_MOST), optional=True),
        Field("organization", Text(at_most=FUNCTION_AT_MOST)),
        Field("function", Text(at_most=FUNCTION_AT_MOST)),
        *_REST,
    ),
)
DETAILS = tuple(field.name for field in fields(DelegateDetails))


def details_of(answers: Answers) -> DelegateDetails:
    """The person whom the answers describe. They have a given and a family name."""
    languages = [*(answers.get("languages") or ()), *(answers.get("other_languages") or ())]
    email = answers.get("email")
    typed: dict[str, Any] = {
        **{name: answers.get(name) for name in DETAILS},
        "email": None if email is None else email.lower(),
        "languages": tuple(code for code in dict.fromkeys(languages) if code != OTHER),
    }
    return DelegateDetails(**typed)


def answers_of(details: DelegateDetails, form: Form) -> Answers:
    """The answers that describe a person, as far as they are known: what is missing and needed is asked for."""
    first = [code for code in details.languages if _is_one(code, UN_LANGUAGES)]
    others = [code for code in details.languages if code in _OTHERS]
    known = {
        **{name: getattr(details, name) for name in DETAILS},
        "languages": [*first, *([OTHER] if others else [])] or None,
        "other_languages": others or None,
    }
    return {
        field.name: known[field.name]
        for field in form.fields
        if field.name in known and (known[field.name] is not None or field.optional)
    }


def consent_of(answers: Answers) -> Consent:
    """What somebody agreed to."""
    return Consent(answers["privacy"], bool(answers.get("shown")))


def fields_for(names: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of a form that these details come from."""
    return tuple(
        field for name in names for field in (("languages", "other_languages") if name == "languages" else (name,))
    )


def _is_one(code: str, options: tuple[Option, ...]) -> bool:
    return any(option.value == code for option in options)
