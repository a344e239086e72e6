"""What a bot says of itself, by scope and language."""

from __future__ import annotations

import pytest
import telegram

from .conftest import Calls, Json, People


def commands(*names: str) -> list[Json]:
    return [{"command": name, "description": f"Does {name}"} for name in names]


async def menu(people: People, person: int, chat_id: int | None = None) -> list[str]:
    where = {} if chat_id is None else {"chat_id": chat_id}
    shown = await people.get("/commands", person_id=person, **where)
    return [command["command"] for command in shown["commands"]]


async def test_the_menu_is_resolved_by_scope_and_language(people: People, bot: Calls) -> None:
    english = await people.person("Delegate A", language_code="en")
    french = await people.person("Delegate B", language_code="fr-CH")
    group = (await people.post("/groups", title="Group", members=[english, french]))["id"]
    steps: list[tuple[Json, tuple[str, str, str, str]]] = [
        ({}, ("default", "default", "default", "default")),
        ({"language_code": "fr"}, ("default", "default_fr", "default", "default_fr")),
        ({"scope": {"type": "all_private_chats"}}, ("private", "private", "default", "default_fr")),
        (
            {"scope": {"type": "all_private_chats"}, "language_code": "fr"},
            ("private", "private_fr", "default", "default_fr"),
        ),
        ({"scope": {"type": "all_group_chats"}}, ("private", "private_fr", "group", "group")),
        ({"scope": {"type": "all_chat_administrators"}}, ("private", "private_fr", "admin", "group")),
        ({"scope": {"type": "chat", "chat_id": group}}, ("private", "private_fr", "chat", "chat")),
        ({"scope": {"type": "chat_administrators", "chat_id": group}}, ("private", "private_fr", "chat_admin", "chat")),
        (
            {"scope": {"type": "chat_member", "chat_id": group, "user_id": french}},
            ("private", "private_fr", "chat_admin", "member"),
        ),
        ({"scope": {"type": "chat", "chat_id": english}}, ("own", "private_fr", "chat_admin", "member")),
    ]
    previous: set[str] = set()
    for parameters, expected in steps:
        (name,) = set(expected) - previous
        previous |= {name}
        await bot.call("setMyCommands", commands=commands(name), **parameters)
        shown = []
        for person, chat_id in ((english, None), (french, None), (english, group), (french, group)):
            shown += await menu(people, person, chat_id)
        assert tuple(shown) == expected
    await bot.call("deleteMyCommands", scope={"type": "chat", "chat_id": english})
    assert await menu(people, english) == ["private"]
    await bot.call("setMyCommands", commands=[], scope={"type": "all_private_chats"})
    assert await menu(people, english) == ["default"]
    assert await bot.call("getMyCommands", language_code="fr") == commands("default_fr")
    assert await bot.call("getMyCommands", language_code="de") == []


@pytest.mark.parametrize(
    ("method", "name"),
    [("MyDescription", "description"), ("MyShortDescription", "short_description"), ("MyName", "name")],
)
async def test_texts_by_language(people: People, bot: Calls, method: str, name: str) -> None:
    french = await people.person("Delegate B", language_code="fr")
    nothing = {"name": "UNIGO"}.get(name, "")
    assert await bot.call(f"get{method}") == {name: nothing}
    await bot.call(f"set{method}", **{name: "Hello"})
    await bot.call(f"set{method}", **{name: "Bonjour", "language_code": "fr"})
    assert await bot.call(f"get{method}") == {name: "Hello"}
    assert await bot.call(f"get{method}", language_code="fr") == {name: "Bonjour"}
    assert await bot.call(f"get{method}", language_code="de") == {name: "Hello"}
    assert (await people.get("/commands", person_id=french))[name] == "Bonjour"
    await bot.call(f"set{method}", **{name: ""})
    assert await bot.call(f"get{method}") == {name: nothing}


async def test_menu_buttons(client: telegram.Bot, person: int) -> None:
    assert (await client.get_chat_menu_button()).type == "default"
    button = telegram.MenuButtonWebApp("Open", telegram.WebAppInfo("https://unigo.org"))
    await client.set_chat_menu_button(person, button)
    assert await client.get_chat_menu_button(person) == button
    assert (await client.get_chat_menu_button()).type == "default"
    await client.set_chat_menu_button(person, telegram.MenuButtonDefault())
    assert (await client.get_chat_menu_button(person)).type == "default"


async def test_get_me(client: telegram.Bot) -> None:
    me = await client.get_me()
    assert (me.id, me.username, me.is_bot) == (4242, "unigo_test_bot", True)
    assert (me.can_join_groups, me.can_read_all_group_messages, me.supports_inline_queries) == (True, False, True)
