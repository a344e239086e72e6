"""Chats and who is in them."""

from __future__ import annotations

from bot.sandbox import groups
from bot.sandbox.chats import ADMINISTRATOR, CREATOR, KICKED, LEFT, MEMBER
from bot.sandbox.methods.call import Access, Call, Method
from bot.sandbox.wire import Json, bad_request

MAX_REACTIONS = 11
ACCENT_COLORS = 7


def get_chat(call: Call) -> Json:
    """The chat as a Bot API `ChatFullInfo`."""
    chat = call.chat(Access.READ)
    info: Json = {
        **chat.api,
        "accent_color_id": abs(chat.id) % ACCENT_COLORS,
        "max_reaction_count": MAX_REACTIONS,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.is_private:
        username = chat.api.get("username")
        if username:
            info["active_usernames"] = [username]
    else:
        info["permissions"] = _permissions()
    if chat.pinned and (pinned := chat.message(chat.pinned[-1])) is not None:
        info["pinned_message"] = pinned.body
    return info


def _permissions() -> Json:
    kinds = ("messages", "audios", "documents", "photos", "videos", "video_notes", "voice_notes", "polls")
    permissions: Json = {f"can_send_{kind}": True for kind in kinds}
    permissions |= {
        "can_send_other_messages": True,
        "can_add_web_page_previews": True,
        "can_change_info": False,
        "can_invite_users": True,
        "can_pin_messages": False,
        "can_manage_topics": False,
    }
    return permissions


def get_chat_member(call: Call) -> Json:
    chat = call.chat(Access.READ)
    user_id = call.args.integer("user_id")
    account = call.world.account(user_id)
    if account is None:
        raise bad_request("invalid user_id specified")
    if chat.is_private:
        if user_id not in {chat.id, chat.private_bot_id}:
            raise bad_request("member not found")
        status = MEMBER
    else:
        status = chat.members.get(user_id) or chat.bots.get(user_id) or LEFT
    return groups.chat_member(account.user, status)


def get_chat_member_count(call: Call) -> int:
    chat = call.chat(Access.READ)
    if chat.is_private:
        return 2
    return len(chat.members) + sum(status not in {LEFT, KICKED} for status in chat.bots.values())


def get_chat_administrators(call: Call) -> list[Json]:
    """The owner and the administrators; bots are left out, but for the one that asks."""
    chat = call.chat(Access.READ)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    admins = [
        groups.chat_member(call.world.persons[person_id].user, status)
        for person_id, status in chat.members.items()
        if status in {CREATOR, ADMINISTRATOR}
    ]
    if call.is_admin(chat):
        admins.append(groups.chat_member(call.bot.user, ADMINISTRATOR))
    return admins


def leave_chat(call: Call) -> bool:
    chat = call.chat(Access.EDIT)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    groups.remove_bot(call.world, chat, call.bot, call.bot)
    return True


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
}
