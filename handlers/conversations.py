"""The forms that can be filled in.

To add one: declare it in its feature (`bot.forms.form.Form`), word it in `handlers/views/`, write what confirming it
does, and enter it in `CONVERSATIONS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.conferences.participation_form import PARTICIPATION
from bot.members.center_form import CENTER
from bot.members.delegate_form import DELEGATE, GUEST
from bot.members.invitation_form import INVITATION
from handlers import (
    agenda_manage,
    agm,
    agm_items,
    announcing_options,
    center_edit,
    center_invitations,
    conference_manage,
    invitation_links,
    joining,
    participation,
    registering,
)
from handlers.record_forms import RECORDS
from handlers.turn import Conversation
from handlers.views import center_edit as center_edit_views
from handlers.views import center_invitations as center_invitation_views
from handlers.views import delegate_form, participation_form

CONVERSATIONS: Mapping[str, Conversation] = MappingProxyType(
    {
        CENTER.id: Conversation(
            CENTER, center_edit_views.words, center_edit.confirm, registering.open_center, registering.find_likely
        ),
        INVITATION.id: Conversation(
            INVITATION, center_invitation_views.words, center_invitations.confirm, prepare=invitation_links.for_form
        ),
        DELEGATE.id: Conversation(DELEGATE, delegate_form.words, joining.confirm, joining.seek),
        GUEST.id: Conversation(GUEST, delegate_form.words_for_guest, joining.confirm_guest, joining.open_guest),
        PARTICIPATION.id: Conversation(
            PARTICIPATION,
            participation_form.words,
            participation.confirm,
            participation.open_link,
            closed=participation.closed,
        ),
        **RECORDS,
        **conference_manage.CONVERSATIONS,
        **agm.CONVERSATIONS,
        **agm_items.CONVERSATIONS,
        **agenda_manage.CONVERSATIONS,
        **announcing_options.CONVERSATIONS,
    }
)
"""By the id of the form."""
