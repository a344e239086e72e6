"""What stands in the files of the database, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from bot.locales.catalogues import Translator
from bot.members.export_choice import ExportChoice, Sort, Standing
from bot.members.export_rows import CenterColumn, DelegateColumn, ExportWords
from bot.places.countries import Countries
from bot.places.regions import Region, load_regions
from handlers.views.center_details import focuses, kinds, labels
from handlers.views.record_names import center_states, person_states
from storage.records.members import CenterKind, CenterState, DelegateState, Focus


def export_words(_: Translator, choice: ExportChoice, countries: Countries) -> ExportWords:
    """For a file of what was chosen."""
    states, person = center_states(_), person_states(_)
    return ExportWords(
        language=_.language,
        centers=_.plain("Centers"),
        delegates=_.plain("Delegates and guests"),
        about=_.plain("About this file"),
        center_columns=_center_columns(_),
        delegate_columns=_delegate_columns(_),
        kinds={kind: kinds(_)[kind] for kind in CenterKind},
        focuses={focus: focuses(_)[focus] for focus in Focus},
        regions=regions(_),
        center_states={state: states[state] for state in CenterState},
        delegate_states={state: person[state] for state in DelegateState},
        yes=_.plain("Yes"),
        no=_.plain("No"),
        made_at=_.plain("Made on (UTC)"),
        number_of_centers=_.plain("Centers in this file"),
        number_of_delegates=_.plain("Delegates and guests in this file"),
        filter_lines=tuple(filter_lines(_, choice, countries)),
    )


def regions(_: Translator) -> Mapping[str, str]:
    """What the United Nations call their regions."""
    known = load_regions()
    return {region: known.name_of(region, _.language) for region in Region}


def sorts(_: Translator) -> Mapping[Sort, str]:
    """What can be exported."""
    return {
        Sort.BOTH: _.plain("Centers and people"),
        Sort.CENTERS: _.plain("Centers"),
        Sort.DELEGATES: _.plain("People"),
    }


def standings(_: Translator) -> Mapping[Standing, str]:
    """What became of registrations, Centers' and people's alike."""
    states = person_states(_)
    return {standing: states[DelegateState(standing)] for standing in Standing}


def guests(_: Translator) -> Mapping[bool, str]:
    """Whether guests are meant."""
    return {False: _.plain("Without guests"), True: _.plain("Guests only")}


def filter_names(_: Translator) -> Mapping[str, str]:
    """What can be chosen by."""
    return {
        "standing": _.plain("Status"),
        "region": _.plain("Region"),
        "country": _.plain("Country"),
        "focus": _.plain("Focus"),
        "kind": _.plain("Kind of member"),
        "is_guest": _.plain("Guests"),
    }


def filter_lines(_: Translator, choice: ExportChoice, countries: Countries) -> list[tuple[str, str]]:
    """By what was chosen: what it is called, and which."""
    called = filter_names(_)
    found: dict[str, str | None] = {
        "standing": None if choice.standing is None else standings(_)[choice.standing],
        "region": None if choice.region is None else regions(_)[choice.region],
        "country": None if choice.country is None else countries.name_or_code(choice.country, _.language),
        "focus": None if choice.focus is None else focuses(_)[choice.focus],
        "kind": None if choice.kind is None else kinds(_)[choice.kind],
        "is_guest": None if choice.is_guest is None else guests(_)[choice.is_guest],
    }
    return [(called[name], text) for name, text in found.items() if text is not None]


def _center_columns(_: Translator) -> Mapping[CenterColumn, str]:
    called = labels(_)
    own = {
        CenterColumn.ID: _.plain("No."),
        CenterColumn.COUNTRY_CODE: _.plain("Country code"),
        CenterColumn.REGION: _.plain("Region"),
        CenterColumn.STATE: _.plain("Status"),
        CenterColumn.REGISTERED_AT: _.plain("Registered on (UTC)"),
        CenterColumn.APPROVED_AT: _.plain("Approved on (UTC)"),
        CenterColumn.CHANGED_AT: _.plain("Last changed on (UTC)"),
    }
    return {column: own.get(column) or called[column] for column in CenterColumn}


def _delegate_columns(_: Translator) -> Mapping[DelegateColumn, str]:
    called = labels(_)
    own = {
        DelegateColumn.ID: _.plain("No."),
        DelegateColumn.CENTER: _.plain("Center"),
        DelegateColumn.CENTER_ID: _.plain("No. of the Center"),
        DelegateColumn.CENTER_COUNTRY: _.plain("Country of the Center"),
        DelegateColumn.CENTER_COUNTRY_CODE: _.plain("Country code of the Center"),
        DelegateColumn.IS_GUEST: _.plain("Guest"),
        DelegateColumn.NATIONALITY_CODE: _.plain("Nationality code"),
        DelegateColumn.STATE: _.plain("Status"),
        DelegateColumn.WRITES_TO_THE_BOT: _.plain("Writes to the bot"),
        DelegateColumn.IS_SHOWN: _.plain("Shown to other members"),
        DelegateColumn.PRIVACY_AT: _.plain("Agreed to the privacy notice on (UTC)"),
        DelegateColumn.REGISTERED_AT: _.plain("Registered on (UTC)"),
        DelegateColumn.JOINED_AT: _.plain("Takes part since (UTC)"),
        DelegateColumn.CHANGED_AT: _.plain("Last changed on (UTC)"),
    }
    return {column: own.get(column) or called[column] for column in DelegateColumn}
