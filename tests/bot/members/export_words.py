"""Words for exports in tests: each says plainly what it stands for."""

from __future__ import annotations

from bot.members.export_log import LogColumn, LogWords
from bot.members.export_rows import CenterColumn, DelegateColumn, ExportWords
from storage.records.members import CenterKind, CenterState, DelegateState, Focus

WORDS = ExportWords(
    language="en",
    centers="Centers",
    delegates="Delegates",
    about="About",
    center_columns={column: f"Center: {column}" for column in CenterColumn},
    delegate_columns={column: f"Delegate: {column}" for column in DelegateColumn},
    kinds={kind: f"kind {kind}" for kind in CenterKind},
    focuses={focus: f"focus {focus}" for focus in Focus},
    regions={"africa": "in Africa"},
    center_states={state: f"Center {state}" for state in CenterState},
    delegate_states={state: f"delegate {state}" for state in DelegateState},
    yes="yes",
    no="no",
    made_at="Made on",
    number_of_centers="Centers in this file",
    number_of_delegates="Delegates in this file",
    filter_lines=(("Which", "all"),),
)

LOG_WORDS = LogWords(
    "en", "Log", {column: f"Log: {column}" for column in LogColumn}, "the bot", {"role.give": "Role given."}
)
