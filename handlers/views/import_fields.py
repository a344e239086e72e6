"""What columns of a list are read into, in people's words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.locales.catalogues import LANGUAGES, Catalogues, Translator
from bot.members.importing.fields import OF_CENTER, Target
from bot.members.importing.headings import ListWords, load_headings
from handlers.views.center_details import focuses, kinds


def targets(_: Translator) -> Mapping[Target, str]:
    """Every field that a column can be read into, in the order in which they are offered."""
    return {
        Target.CENTER_NAME: _.plain("Name of the Center"),
        Target.CENTER_SHORT_NAME: _.plain("Short name of the Center"),
        Target.CENTER_KIND: _.plain("Kind of member"),
        Target.CENTER_FOCUS: _.plain("Focus"),
        Target.CENTER_COUNTRY: _.plain("Country of the Center"),
        Target.CENTER_CITY: _.plain("City of the Center"),
        Target.CENTER_WEBSITE: _.plain("Web site of the Center"),
        Target.CENTER_EMAIL: _.plain("E-mail of the Center"),
        Target.CENTER_PHONE: _.plain("Phone of the Center"),
        Target.HEAD_NAME: _.plain("Name of the head"),
        Target.HEAD_TITLE: _.plain("Title of the head"),
        Target.FULL_NAME: _.plain("Whole name of the person"),
        Target.GIVEN_NAME: _.plain("Given name"),
        Target.FAMILY_NAME: _.plain("Family name"),
        Target.TITLE: _.plain("Title or rank of the person"),
        Target.FUNCTION: _.plain("Function of the person"),
        Target.EMAIL: _.plain("E-mail of the person"),
        Target.PHONE: _.plain("Phone of the person"),
        Target.NATIONALITY: _.plain("Nationality"),
        Target.LANGUAGES: _.plain("Working languages"),
        Target.TIME_ZONE: _.plain("Time zone"),
    }


def offered(*, of_center: bool) -> tuple[Target, ...]:
    """The fields of Centers, or those of people."""
    return tuple(target for target in Target if (target in OF_CENTER) == of_center)


def list_words(catalogues: Catalogues) -> ListWords:
    """What the bot itself calls fields, kinds and focuses, in every language: lists that it made are understood."""
    translators = [catalogues.translator(language) for language in LANGUAGES]
    named = [targets(_) for _ in translators]
    also = {target: [names[target] for names in named] for target in Target}
    labels: dict[str, list[str]] = {}
    for _ in translators:
        for value, label in (*kinds(_).items(), *focuses(_).items()):
            labels.setdefault(value, []).append(label)
    return ListWords(load_headings(also), labels)
