"""Example forms, for tests only: every kind of field, and each of the things that a field can have."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from bot.forms.choices import Choice, Choices, Option, YesNo
from bot.forms.contacts import Email, Phone, WebSite
from bot.forms.dates import Date
from bot.forms.files import IMAGES, PDF, File
from bot.forms.form import Field, Form, answered
from bot.forms.numbers import Number
from bot.forms.texts import Text
from bot.forms.whereabouts import Country, TimeZone
from bot.locales.catalogues import Translator
from handlers import forms
from handlers.turn import Conversation, Refused, Turn
from handlers.views.forms import FieldWords, FormWords
from handlers.views.message import Message
from storage import audit
from storage.records.drafts import Draft, Json

TAKEN = "Center T"
ODD = "Center O"
"""What is wrong with it, no sentence says."""
REFUSED = "Center R"


def not_taken(value: Json, _draft: Draft) -> str | None:
    return {TAKEN: "taken", ODD: "odd"}.get(value)


FOCUS = (Option("military"), Option("civilian"), Option("police", ("gendarmerie",)), Option("mixed", ("both",)))
EXAMPLE = Form(
    "example",
    1,
    (
        Field("name", Text(at_most=40, at_least=2), check=not_taken),
        Field("focus", Choice(FOCUS)),
        Field("schools", Number(at_least=1, at_most=50), shown_if=answered("focus", "police")),
        Field("languages", Choices((Option("en"), Option("fr"), Option("ar")))),
        Field("country", Country()),
        Field("email", Email()),
        Field("website", WebSite(), optional=True),
        Field("phone", Phone(country_from="country")),
        Field("arrival", Date()),
        Field("zone", TimeZone(country_from="country")),
        Field("letter", File(PDF | IMAGES, at_most_megabytes=1), optional=True),
        Field("notes", Text(at_most=500, several_lines=True, may_ask=True), optional=True),
        Field("consent", YesNo()),
    ),
)
SMALL = Form("small", 1, (Field("city", Text(at_most=60)), Field("guests", Number(at_least=1, at_most=9))))
FIELDS = {
    "name": ("Name", "What is it called?"),
    "focus": ("Focus", "Whom does it train?"),
    "schools": ("Schools", "How many police schools does it have?"),
    "languages": ("Languages", "Which languages does it teach in?"),
    "country": ("Country", "Which country is it in?"),
    "email": ("E-mail", "What is its e-mail address?"),
    "website": ("Web site", "Which web site does it have?"),
    "phone": ("Phone", "What is its phone number?"),
    "arrival": ("Arrival", "When do you arrive?"),
    "zone": ("Time zone", "Which time zone is it in?"),
    "letter": ("Letter", "Please send the letter."),
    "notes": ("Notes", "Is there anything else?"),
    "consent": ("Consent", "May others see this?"),
    "city": ("City", "Which city do you come from?"),
    "guests": ("Guests", "How many guests do you bring?"),
}
OPTIONS = {
    "military": "Military",
    "civilian": "Civilian",
    "police": "Police",
    "mixed": "Mixed",
    "en": "English",
    "fr": "French",
    "ar": "Arabic",
}


def words_of(title: str, mark: str = "{}") -> Callable[[Translator, Draft], FormWords]:
    """The words of an example form; `mark` goes around each of them."""

    def words(t: Translator, _draft: Draft) -> FormWords:
        options = {value: mark.format(label) for value, label in OPTIONS.items()}
        if t.language == "es":
            options["police"] = mark.format("Policía")
        return FormWords(
            title=mark.format(title),
            confirm=mark.format("Send it"),
            fields={
                name: FieldWords(mark.format(label), escape(mark.format(question)), options=options)
                for name, (label, question) in FIELDS.items()
            },
            problems={"taken": escape(mark.format("This name is taken."))},
            intro=escape(mark.format("This is an example.")),
        )

    return words


async def confirm(turn: Turn, draft: Draft) -> Message | Refused:
    """Note what was confirmed, so that a test can count it."""
    if draft.answers.get("name") == REFUSED:
        return Refused(Markup("⟦Another name, please.⟧"), "name")
    await audit.add(
        turn.tx, turn.person.id, f"confirmed {draft.form}", draft.subject, now=turn.now, after=dict(draft.answers)
    )
    return Message(Markup("⟦It is sent.⟧"))


def conversations(mark: str = "{}", example: Form = EXAMPLE) -> dict[str, Conversation]:
    """Both, begun by a link each: t.me/unigo_test_bot?start=form_example."""
    return {
        "example": Conversation(example, words_of("Example", mark), confirm, begin_example),
        "small": Conversation(SMALL, words_of("Small example", mark), confirm, begin_small),
    }


async def begin_example(turn: Turn) -> None:
    await forms.begin(turn, "example")


async def begin_small(turn: Turn) -> None:
    await forms.begin(turn, "small", prefill={"guests": 2}, only=("city",))
