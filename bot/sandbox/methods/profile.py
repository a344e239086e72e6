"""What a bot is and says of itself: name, descriptions, commands, menu button."""

from __future__ import annotations

import re

from bot.sandbox.methods.call import Access, Call, Method
from bot.sandbox.wire import Json, bad_request

COMMAND = re.compile(r"[a-z0-9_]+")
LANGUAGE = re.compile(r"[a-z]{2}")
MAX_COMMANDS = 100
MAX_COMMAND = 32
MAX_COMMAND_DESCRIPTION = 256
MAX_NAME = 64
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120


def get_me(call: Call) -> Json:
    return call.bot.get_me()


def _tell(call: Call) -> None:
    """Let the chat page know that what it shows of the bot has changed."""
    call.world.events.add("commands", {"bot_id": call.bot.id})


def _language(call: Call) -> str:
    language = call.args.text("language_code")
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _scope(call: Call) -> tuple[str, int, int]:
    scope: Json = call.args.json("scope", "BotCommandScope") or {"type": "default"}
    kind: str = scope["type"]
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        return kind, 0, 0
    try:
        chat_id = int(scope["chat_id"])
    except (TypeError, ValueError):
        raise bad_request("chat not found") from None
    if call.world.chat_seen_by(call.bot, chat_id) is None:
        raise bad_request("chat not found")
    if kind != "chat" and chat_id > 0:
        raise bad_request("can't use specified scope in private chats")
    return kind, chat_id, int(scope.get("user_id", 0))


def set_my_commands(call: Call) -> bool:
    given: list[Json] = call.args.json("commands", "commands") or []
    key = (*_scope(call), _language(call))
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(one) for one in given]
    if commands:
        call.bot.commands[key] = commands
    else:
        call.bot.commands.pop(key, None)
    _tell(call)
    return True


def _command(given: Json) -> Json:
    command = given["command"].strip().removeprefix("/")
    description = given["description"].strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > MAX_COMMAND:
        raise bad_request(f"command length must not exceed {MAX_COMMAND}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > MAX_COMMAND_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {MAX_COMMAND_DESCRIPTION}")
    if not COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def get_my_commands(call: Call) -> list[Json]:
    return call.bot.commands.get((*_scope(call), _language(call)), [])


def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop((*_scope(call), _language(call)), None)
    _tell(call)
    return True


def _set_text(call: Call, texts: dict[str, str], name: str, longest: int) -> bool:
    text = call.args.text(name).strip()
    language = _language(call)
    if len(text) > longest:
        raise bad_request(f"{name.replace('_', ' ')} length must not exceed {longest}")
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    _tell(call)
    return True


def set_my_name(call: Call) -> bool:
    return _set_text(call, call.bot.names, "name", MAX_NAME)


def get_my_name(call: Call) -> Json:
    names = call.bot.names
    return {"name": names.get(_language(call)) or names.get("") or call.bot.first_name}


def set_my_description(call: Call) -> bool:
    return _set_text(call, call.bot.descriptions, "description", MAX_DESCRIPTION)


def get_my_description(call: Call) -> Json:
    texts = call.bot.descriptions
    return {"description": texts.get(_language(call)) or texts.get("", "")}


def set_my_short_description(call: Call) -> bool:
    texts = call.bot.short_descriptions
    return _set_text(call, texts, "short_description", MAX_SHORT_DESCRIPTION)


def get_my_short_description(call: Call) -> Json:
    texts = call.bot.short_descriptions
    return {"short_description": texts.get(_language(call)) or texts.get("", "")}


def _menu_chat(call: Call) -> int:
    if not call.args.has("chat_id"):
        return 0
    chat = call.chat(Access.READ)
    if not chat.is_private:
        raise bad_request("chat not found")
    return chat.id


def set_chat_menu_button(call: Call) -> bool:
    button: Json = call.args.json("menu_button", "menu button") or {"type": "default"}
    chat_id = _menu_chat(call)
    if button["type"] == "default":
        call.bot.menu_buttons.pop(chat_id, None)
    else:
        call.bot.menu_buttons[chat_id] = button
    _tell(call)
    return True


def get_chat_menu_button(call: Call) -> Json:
    buttons = call.bot.menu_buttons
    fallback: Json = {"type": "commands"} if call.bot.commands else {"type": "default"}
    return buttons.get(_menu_chat(call)) or buttons.get(0) or fallback


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
