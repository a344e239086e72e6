"""Calls that Telegram refuses, and how it says so."""

from __future__ import annotations

import pytest

from .conftest import Calls, Json, People


def button(**fields: object) -> Json:
    return {"inline_keyboard": [[{"text": "Press", **fields}]]}


def buttons(count: int) -> Json:
    return {"inline_keyboard": [[{"text": str(number), "callback_data": "x"}] for number in range(count)]}


HERE = object()
"""Stands for the chat with the person."""
REFUSED: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "", "text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 987654, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "nobody", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": HERE}, "message text is empty"),
    ("sendMessage", {"chat_id": HERE, "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": HERE, "text": " \n "}, "text must be non-empty"),
    ("sendMessage", {"chat_id": HERE, "text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ("sendMessage", {"chat_id": HERE, "text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": HERE, "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": HERE, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ("sendMessage", {"chat_id": HERE, "text": "x", "message_thread_id": 5}, "message thread not found"),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_parameters": {"message_id": 999}},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_parameters": {"message_id": "soon"}},
        'can\'t parse ReplyParameters: Field "message_id" must be of type Number',
    ),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_markup": "{"},
        "can't parse reply keyboard markup JSON object",
    ),
    ("sendMessage", {"chat_id": HERE, "text": "x", "reply_markup": "[1]"}, "object expected as reply markup"),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_markup": button(callback_data=["x"])},
        'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    ),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_markup": button()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_markup": button(callback_data="x" * 65)},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_markup": button(callback_data="é" * 33)},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "reply_markup": button(url="not an address")},
        "inline keyboard button URL 'not an address' is invalid: Wrong HTTP URL",
    ),
    ("sendMessage", {"chat_id": HERE, "text": "x", "reply_markup": buttons(101)}, "reply markup is too long"),
    ("sendMessage", {"chat_id": HERE, "text": "x", "entities": "no"}, "can't parse entities JSON object"),
    (
        "sendMessage",
        {"chat_id": HERE, "text": "x", "entities": [{"type": "bold", "offset": 0}]},
        "can't parse MessageEntity: Can't find field \"length\"",
    ),
    ("editMessageText", {"chat_id": HERE, "message_id": 999, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"chat_id": HERE, "message_id": 1, "text": "x"}, "message can't be edited"),
    ("editMessageText", {"chat_id": HERE, "text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": HERE, "message_id": 2, "text": "x" * 4097}, "message is too long"),
    ("editMessageCaption", {"chat_id": HERE, "message_id": 2}, "there is no caption in the message to edit"),
    ("deleteMessage", {"chat_id": HERE}, "message identifier is not specified"),
    ("deleteMessage", {"chat_id": HERE, "message_id": 999}, "message to delete not found"),
    ("deleteMessages", {"chat_id": HERE, "message_ids": list(range(1, 102))}, "too many message identifiers specified"),
    ("forwardMessage", {"chat_id": HERE, "from_chat_id": HERE, "message_id": 999}, "message to forward not found"),
    ("copyMessage", {"chat_id": HERE, "from_chat_id": HERE, "message_id": 999}, "message to copy not found"),
    ("sendChatAction", {"chat_id": HERE, "action": "dancing"}, "wrong parameter action in request"),
    ("sendPhoto", {"chat_id": HERE}, "there is no photo in the request"),
    ("sendPhoto", {"chat_id": HERE, "photo": "unknown"}, "wrong remote file identifier specified: Wrong string length"),
    ("sendPhoto", {"chat_id": HERE, "photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
    ("sendDocument", {"chat_id": HERE}, "there is no document in the request"),
    ("sendDocument", {"chat_id": HERE, "document": "attach://missing"}, "can't find the attached file missing"),
    (
        "sendMediaGroup",
        {"chat_id": HERE, "media": [{"type": "photo", "media": "x"}]},
        "too few messages to send as an album",
    ),
    (
        "sendMediaGroup",
        {"chat_id": HERE, "media": [{"type": "photo", "media": "x"}] * 11},
        "too many messages to send as an album",
    ),
    (
        "sendMediaGroup",
        {"chat_id": HERE, "media": [{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}]},
        "document can't be mixed with other media types",
    ),
    (
        "sendMediaGroup",
        {"chat_id": HERE, "media": [{"type": "photo"}] * 2},
        "can't parse InputMedia: Can't find field \"media\"",
    ),
    (
        "sendMediaGroup",
        {"chat_id": HERE, "media": [{"type": "song", "media": "x"}] * 2},
        "can't parse InputMedia: Unsupported type specified",
    ),
    ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "help me", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "", "description": "x"}]}, "command must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "x" * 33, "description": "x"}]}, "command length must not exceed 32"),
    ("setMyCommands", {"commands": [{"command": "x", "description": " "}]}, "command description must be non-empty"),
    (
        "setMyCommands",
        {"commands": [{"command": "x", "description": "x" * 257}]},
        "command description length must not exceed 256",
    ),
    ("setMyCommands", {"commands": [{"command": "x", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [{"command": "x"}]}, "can't parse BotCommand: Can't find field \"description\""),
    ("setMyCommands", {"commands": {"command": "x"}}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": [], "language_code": "english"}, "invalid language code specified"),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "everybody"}},
        "can't parse BotCommandScope: Unsupported type specified",
    ),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 987654}}, "chat not found"),
    ("setMyDescription", {"description": "x" * 513}, "description length must not exceed 512"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "short description length must not exceed 120"),
    ("setMyName", {"name": "x" * 65}, "name length must not exceed 64"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    (
        "answerInlineQuery",
        {"inline_query_id": "1", "results": []},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "answerInlineQuery",
        {"inline_query_id": "1", "results": [{"type": "article", "id": "1", "title": "x"}]},
        "can't parse inline query result: Can't find field \"input_message_content\"",
    ),
    ("setMessageReaction", {"chat_id": HERE, "message_id": 999}, "message to react not found"),
    (
        "setMessageReaction",
        {"chat_id": HERE, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "🥦"}]},
        "REACTION_INVALID",
    ),
    ("pinChatMessage", {"chat_id": HERE, "message_id": 999}, "message to pin not found"),
    ("getFile", {"file_id": "unknown"}, "invalid file_id"),
    ("getFile", {}, "file_id not specified"),
    ("getChat", {"chat_id": 987654}, "chat not found"),
    ("getChatMember", {"chat_id": HERE, "user_id": 987654}, "invalid user_id specified"),
    ("getChatAdministrators", {"chat_id": HERE}, "there are no administrators in the private chat"),
    ("leaveChat", {"chat_id": HERE}, "chat member status can't be changed in private chats"),
    ("createForumTopic", {"chat_id": HERE, "name": "x"}, "the chat is not a forum"),
]


@pytest.mark.parametrize(("method", "parameters", "description"), REFUSED)
async def test_refused(
    people: People, bot: Calls, person: int, *, method: str, parameters: Json, description: str
) -> None:
    await people.say(person, "message 1")
    await bot.say(person, "message 2")
    sent = {name: person if value is HERE else value for name, value in parameters.items()}
    refusal = await bot.refused(method, **sent)
    assert (refusal.status, refusal.description) == (400, f"Bad Request: {description}")
    assert len((await people.chat(person))["messages"]) == 2, "a refused call does nothing"


@pytest.mark.parametrize(
    "parameters",
    [
        {"text": "x" * 4096},
        {"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "😀" * 2048},
        {"text": "x", "reply_markup": buttons(100)},
        {"text": "x", "reply_markup": button(callback_data="x" * 64)},
        {"text": "x", "reply_markup": button(callback_data="é" * 32)},
        {"text": "x", "reply_markup": {"inline_keyboard": []}},
        {"text": "x", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}},
        {"text": "x", "parameter_that_does_not_exist": 1},
    ],
)
async def test_at_the_limit(bot: Calls, person: int, parameters: Json) -> None:
    assert (await bot.say(person, **parameters))["message_id"] == 1


async def test_a_hundred_commands(bot: Calls) -> None:
    commands = [{"command": f"c_{number}", "description": "d" * 256} for number in range(100)]
    await bot.call("setMyCommands", commands=commands)
    assert await bot.call("getMyCommands") == commands
