"""The form in which is said whom a personal link is for."""

from __future__ import annotations

from bot.forms.form import Field, Form
from bot.forms.texts import Text
from bot.members.invitations import LABEL_AT_MOST

INVITATION = Form("invitation", version=1, fields=(Field("label", Text(at_most=LABEL_AT_MOST)),))
