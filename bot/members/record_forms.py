"""The forms in which the Secretariat changes records: all may have gaps, as those have that were read in."""

from __future__ import annotations

from dataclasses import replace

from bot.forms.form import Form
from bot.members.center_form import CENTER
from bot.members.delegate_form import GUEST

_NEEDED = frozenset({"name", "given_name", "family_name"})
_THEIR_OWN = frozenset({"privacy", "shown"})
"""What only whoever it is about can say."""

CENTER_RECORD = Form(
    "center_record",
    version=1,
    fields=tuple(replace(one, optional=one.name not in _NEEDED, check=None) for one in CENTER.fields),
)
PERSON_RECORD = Form(
    "person_record",
    version=1,
    fields=tuple(
        replace(one, optional=one.name not in _NEEDED, check=None) for one in GUEST.fields if one.name not in _THEIR_OWN
    ),
)
