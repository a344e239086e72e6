"""What is said of conferences and announcements only once many have answered, read, or wait."""

from __future__ import annotations

from datetime import UTC

from markupsafe import Markup

from bot.conferences.editing import Edited
from bot.conferences.moving import Outside, Stays
from bot.conferences.turnout import Turnout
from bot.conferences.waiting import News
from bot.locales.catalogues import Translator
from handlers.views import announcement_correct, conference_manage, participation, participation_turnout
from handlers.views.message import Message
from storage.records.announcements import Announcement, AnnouncementState
from storage.records.conferences import Conference, ConferenceState
from storage.records.participations import Participation, ParticipationDetails, ParticipationState
from tests.conferences import details_at
from tests.desk import OWNER


def said_seldom_of_a_conference(t: Translator) -> None:
    """Where one is moved, has fewer places, or is told of in an announcement that is corrected."""
    held = Conference(1, ConferenceState.OPEN, details_at(0), OWNER, 0, 0, 0)
    found = Participation(
        1, 1, 1, ParticipationState.LAPSED, ParticipationDetails(), 0, None, None, None, None, 0, 0, was_online=False
    )
    sent = Announcement(
        1, AnnouncementState.ENDED, *(False, False), "{}", "⟦H⟧", OWNER, OWNER, None, 0, None, None, None, None, None,
        None, 0, 0, None, 1, 0, None, None,
    )  # fmt: skip
    participation.news(t, held, found, News.EXPIRED, UTC, is_in_time=True, is_free=False)
    for count in (1, 2):
        stays = Stays(people=count, announcements=count, places_taken=count)
        edited = Edited(held, has_moved=False, outside=Outside(has_agm=False, sessions=0), stays=stays)
        conference_manage.changed(t, Message(Markup()), edited)
        participation_turnout.turnout(t, Turnout(held, {}, {}, {}, 0, 0, 0, 0, erased=count))
        announcement_correct.left_as_it_was(t, sent, "en", ["fr"], count)
