"""Where each request of the people's side goes."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.people import asking, control, membership, reading, writing


def people_routes() -> list[web.RouteDef]:
    """The routes below `/sandbox`."""
    person = "/sandbox/persons/{person_id}"
    group = "/sandbox/groups/{chat_id}"
    return [
        web.get("/sandbox/state", reading.get_state),
        web.get("/sandbox/chats/{chat_id}", reading.get_chat),
        web.get("/sandbox/commands", reading.get_commands),
        web.get("/sandbox/files/{file_id}", reading.get_file),
        web.get("/sandbox/events", reading.get_events),
        web.post("/sandbox/bots", membership.post_bot),
        web.post("/sandbox/persons", membership.post_person),
        web.post("/sandbox/groups", membership.post_group),
        web.post(f"{group}/upgrade", membership.post_upgrade),
        web.post(f"{group}/members", membership.post_member),
        web.delete(f"{group}/members/{{person_id}}", membership.delete_member),
        web.post(f"{group}/bot", membership.post_group_bot),
        web.post(f"{group}/remove_bot", membership.post_remove_bot),
        web.post(f"{group}/topics", membership.post_topic),
        web.post(f"{person}/block", membership.block),
        web.post(f"{person}/start", writing.post_start),
        web.post(f"{person}/messages", writing.post_message),
        web.post(f"{person}/files", writing.post_file),
        web.post(f"{person}/edits", writing.post_edit),
        web.post(f"{person}/deletions", writing.post_deletion),
        web.post(f"{person}/reactions", writing.post_reaction),
        web.post(f"{person}/{{kind:stickers|voices|locations|contacts}}", writing.post_stand_in),
        web.post(f"{person}/presses", asking.post_press),
        web.get("/sandbox/presses/{query_id}", asking.get_press),
        web.post(f"{person}/inline", asking.post_inline),
        web.post(f"{person}/inline/{{query_id}}/choose", asking.choose_inline),
        web.get("/sandbox/inline/{query_id}", asking.get_inline),
        web.get("/sandbox/clock", control.get_clock),
        web.post("/sandbox/clock", control.post_clock),
        web.get("/sandbox/faults", control.get_faults),
        web.post("/sandbox/faults", control.post_fault),
        web.delete("/sandbox/faults", control.delete_faults),
        web.delete("/sandbox/faults/{fault_id}", control.delete_faults),
        web.get("/sandbox/limits", control.get_limits),
        web.post("/sandbox/limits", control.post_limits),
        web.get("/sandbox/log", control.get_log),
    ]
