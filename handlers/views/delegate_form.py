"""The words of the forms in which delegates and guests register, and change what they said."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.delegate_form import DELEGATE, GUEST, NOT_AGREED, OTHER
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from handlers.views.center_details import labels
from handlers.views.form_values import isolated
from handlers.views.forms import FieldWords, FormWords
from handlers.views.locale import language_name
from handlers.views.times import notice_day
from handlers.views.welcome import paragraphs
from storage.records.drafts import Draft

CENTER_NAME = "center_name"
"""The name of the Center, in the draft's context."""
INVITATION = "invitation"
"""The link that was opened, in the draft's context."""
REMARK = "remark"
"""What the Secretariat says to a correction, in the draft's context."""
CORRECTS = "corrects"
"""The request that is corrected, in the draft's context."""


def words(_: Translator, draft: Draft) -> FormWords:
    """For who registers as a delegate, and for who changes what they said."""
    return FormWords(
        title=_.plain("Changing my details") if draft.subject else _.plain("Registering as a delegate"),
        confirm=_confirm(_, draft),
        fields=_fields(_, draft),
        problems={NOT_AGREED: _not_agreed(_)},
        intro=_intro_of_delegate(_, draft),
    )


def words_for_guest(_: Translator, draft: Draft) -> FormWords:
    """For who registers as a guest of the association, and for who changes or corrects what they said."""
    return FormWords(
        title=_.plain("Changing my details") if draft.subject else _.plain("Registering as a guest"),
        confirm=_confirm(_, draft),
        fields=_fields(_, draft),
        problems={NOT_AGREED: _not_agreed(_)},
        intro=_intro_of_guest(_, draft),
    )


def _confirm(_: Translator, draft: Draft) -> str:
    if draft.context.get(CORRECTS):
        return _.plain("Send to the Secretariat")
    if draft.subject:
        return _.plain("Save")
    return _.plain("Join") if draft.context.get(INVITATION) else _.plain("Send")


def _intro_of_delegate(_: Translator, draft: Draft) -> Markup | None:
    if draft.subject:
        return _intro_of_change(_, draft)
    name = isolated(str(draft.context.get(CENTER_NAME, "")))
    first = (
        _("A few questions, then you are a delegate of “{name}”.", name=name)
        if draft.context.get(INVITATION)
        else _("A few questions, then I will send your request to join “{name}”.", name=name)
    )
    return paragraphs(first, _kept(_))


def _intro_of_guest(_: Translator, draft: Draft) -> Markup | None:
    if draft.subject:
        return _intro_of_change(_, draft)
    return paragraphs(
        _("A few questions, then the Secretariat decides whether you are registered as a guest of the association."),
        _kept(_),
    )


def _kept(_: Translator) -> Markup:
    return _("Nothing is lost if you stop in between: /start goes on where you were.")


def _intro_of_change(_: Translator, draft: Draft) -> Markup | None:
    remark = draft.context.get(REMARK)
    if remark:
        return _("The Secretariat writes: “{remark}”", remark=remark)
    if draft.context.get(CORRECTS):
        return _("The Secretariat asks you to correct this. The rest stays as it is.")
    return None


def _not_agreed(_: Translator) -> Markup:
    return _(
        "Without your agreement I cannot register you. Press Pause and then Discard to end this: "
        "nothing of it is kept then."
    )


def _fields(_: Translator, draft: Draft) -> Mapping[str, FieldWords]:
    called = labels(_)
    return {
        "given_name": FieldWords(
            called["given_name"], _("What is your given name?"), _("As it stands in your passport.")
        ),
        "family_name": FieldWords(called["family_name"], _("What is your family name?")),
        "title": FieldWords(
            called["title"],
            _("What is your title or rank?"),
            _("For example: Major, Doctor, Ms. You can skip this."),
        ),
        "organization": FieldWords(
            called["organization"], _("Which organization or group are you from?"), _("Its official name.")
        ),
        "function": FieldWords(
            called["function"], _("What is your function there?"), _("For example: Head of training, instructor.")
        ),
        "nationality": FieldWords(
            called["nationality"], _("Of which country are you a citizen?"), _("Write the name of the country.")
        ),
        "email": FieldWords(called["email"], _("At which e-mail address can you be reached?")),
        "phone": FieldWords(
            called["phone"],
            _("What is your phone number?"),
            _("As you would dial it at home, or with the country code. You can skip this."),
        ),
        **_languages(_, called),
        "time_zone": FieldWords(
            called["time_zone"],
            _("Which time zone do you live in?"),
            _("Choose it, or write a city. I tell you times in it, and write to you when it is day there."),
        ),
        **_consent(_, called, draft),
    }


def _languages(_: Translator, called: Mapping[str, str]) -> Mapping[str, FieldWords]:
    return {
        "languages": FieldWords(
            called["languages"],
            _("Which languages can you work in?"),
            _("Press all that apply, then Done. Choose “Another” for those that are not among them."),
            options=_names(_, DELEGATE.field("languages"), {OTHER: _.plain("Another")}),
        ),
        "other_languages": FieldWords(
            called["other_languages"],
            _("Which other languages?"),
            _("Press them, then Done; or write them all, for example: Portuguese, Swahili"),
            options=_names(_, DELEGATE.field("other_languages"), {}),
        ),
    }


def _names(_: Translator, field: object, more: Mapping[str, str]) -> Mapping[str, str]:
    options = getattr(getattr(field, "kind", None), "options", ())
    return {**{option.value: language_name(_, option.value) for option in options}, **more}


def _consent(_: Translator, called: Mapping[str, str], draft: Draft) -> Mapping[str, FieldWords]:
    version = notice_day(_, PRIVACY_NOTICE_VERSION)
    return {
        "privacy": FieldWords(
            called["privacy"],
            _("Do you agree that the association keeps this about you?"),
            _(
                "The Secretariat and your Center see it, to run the association and its conferences. "
                "/privacy has the whole notice; with /me you see, change and erase what is kept."
            )
            if draft.form != GUEST.id
            else _(
                "The Secretariat sees it, to run the association and its conferences. "
                "/privacy has the whole notice; with /me you see, change and erase what is kept."
            ),
            options={
                "yes": _.plain("Yes, I agree"),
                PRIVACY_NOTICE_VERSION: _.plain("Agreed to the notice of {version}", version=version),
            },
        ),
        "shown": FieldWords(
            called["shown"],
            _("May other members see you in the directory?"),
            _(
                "They then see your name, title, function and where you belong, in the directory. "
                "Never your e-mail or phone. This is up to you, and you can change it at any time; "
                "if you skip it, you are not shown."
            ),
        ),
    }
