"""The forms in which the Secretariat changes records, from the summary to the database."""

from __future__ import annotations

from bot.locales.catalogues import Translator
from bot.members import center_form, curating, delegate_form
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.delegates import NoSuchDelegateError, StaleDelegateError
from bot.members.editing import NothingChangedError
from bot.members.record_forms import CENTER_RECORD, PERSON_RECORD
from bot.members.roles import NotAllowedError
from handlers.record_cards import find_record
from handlers.turn import Conversation, Refused, Turn
from handlers.views import curating as views
from handlers.views.forms import FormWords
from handlers.views.message import Message
from storage.records.drafts import Draft


def words_of_center(_: Translator, draft: Draft) -> FormWords:
    """The words of the form of a Center."""
    return views.words_of(_, draft, CENTER_RECORD)


def words_of_person(_: Translator, draft: Draft) -> FormWords:
    """The words of the form of a person."""
    return views.words_of(_, draft, PERSON_RECORD)


async def confirm_center(turn: Turn, draft: Draft) -> Message | Refused:
    """Save what was changed of a Center."""
    given = center_form.details_of(draft.given)
    wanted = center_form.details_of(CENTER_RECORD.visible(draft).answers)
    rights, by, number = turn.desk.rights, turn.person.id, int(draft.subject)
    try:
        names = await curating.edit_center(turn.tx, rights, number, given, wanted, by=by, now=turn.now, post=turn.post)
    except NothingChangedError:
        return views.nothing_changed(turn.t, await find_record(turn, f"c{number}"))
    except StaleCenterError:
        return Refused(views.changed_by_another(turn.t))
    except (NotAllowedError, NoSuchCenterError):
        return Refused(views.not_any_more(turn.t))
    return views.saved(turn.t, await find_record(turn, f"c{number}"), names)


async def confirm_person(turn: Turn, draft: Draft) -> Message | Refused:
    """Save what was changed of a person."""
    given = delegate_form.details_of(draft.given)
    wanted = delegate_form.details_of(PERSON_RECORD.visible(draft).answers)
    rights, by, number = turn.desk.rights, turn.person.id, int(draft.subject)
    try:
        names = await curating.edit_person(turn.tx, rights, number, given, wanted, by=by, now=turn.now)
    except NothingChangedError:
        return views.nothing_changed(turn.t, await find_record(turn, f"d{number}"))
    except StaleDelegateError:
        return Refused(views.changed_by_another(turn.t))
    except (NotAllowedError, NoSuchDelegateError):
        return Refused(views.not_any_more(turn.t))
    return views.saved(turn.t, await find_record(turn, f"d{number}"), names)


RECORDS = {
    CENTER_RECORD.id: Conversation(CENTER_RECORD, words_of_center, confirm_center),
    PERSON_RECORD.id: Conversation(
        PERSON_RECORD, words_of_person, confirm_person, shows=lambda draft: (int(draft.subject),)
    ),
}
"""For `handlers.conversations`."""
