"""What the audit log tells of an answer to a conference, by what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.locales.catalogues import Translator
from storage.records.participations import ParticipationState


def answered(_: Translator, after: Mapping[str, Any]) -> str:
    """What somebody has answered to the conference."""
    if "accepted" in after:
        return (
            _.plain("Offered place in the conference accepted.")
            if after["accepted"]
            else _.plain("Offered place in the conference not accepted.")
        )
    answers = {
        ParticipationState.REGISTERED: _.plain("Registered for the conference."),
        ParticipationState.WAITING: _.plain("Registered for the conference; waits for a place."),
        ParticipationState.WITHDRAWN: _.plain("Own registration for the conference withdrawn."),
        ParticipationState.DECLINED: _.plain("Said that they do not come to the conference."),
    }
    return answers.get(after.get("state", ""), _.plain("Answered whether to take part in the conference."))
