from __future__ import annotations

import pytest

from bot.sandbox.entities import detect_entities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", {"/start": "bot_command"}),
        ("say /start@unigo_bot now", {"/start@unigo_bot": "bot_command"}),
        ("and/or a/b //x /start@ /a/b <br/>", {}),
        ("/start.", {"/start": "bot_command"}),
        ("/старт", {}),
        ("@delegate, @gif", {"@delegate": "mention", "@gif": "mention"}),
        ("me@x @abc @" + "a" * 33, {}),
        ("#peace #2027 #2027a #миссия##", {"#peace": "hashtag", "#2027a": "hashtag"}),
        ("#a@channel x#b", {"#a@channel": "hashtag"}),
        ("$USD $usd $1INCH x$EUR", {"$USD": "cashtag", "$1INCH": "cashtag"}),
        ("mail a.b-c@example.org.", {"a.b-c@example.org": "email"}),
        ("a+b@example.org, a.b+c@example.org", {"a+b@example.org": "email", "+c@example.org": "email"}),
        ("mailto:me@example.org", {"me@example.org": "email"}),
        ("https://example.invalid/a?b=(c)#d.", {"https://example.invalid/a?b=(c)#d": "url"}),
        ("(see http://example.org/x).", {"http://example.org/x": "url"}),
        ("example.org example.notatld Hello.World", {"example.org": "url"}),
        ("пример.рф 10.0.0.1:8080/x 300.1.1.1", {"пример.рф": "url", "10.0.0.1:8080/x": "url"}),
        ("end.Then EXAMPLE.ORG", {"EXAMPLE.ORG": "url"}),
        ("tg://resolve?domain=x", {"tg://resolve?domain=x": "url"}),
        ("javascript://example.org", {}),
        ("call +1-212-555-0123 or 555", {"+1-212-555-0123": "phone_number"}),
        ("😀 /start 😀 #ok", {"/start": "bot_command", "#ok": "hashtag"}),
    ],
)
def test_what_is_found(text: str, expected: dict[str, str]) -> None:
    units = text.encode("utf-16-le")
    found = {
        units[2 * entity.offset : 2 * entity.end].decode("utf-16-le"): entity.type for entity in detect_entities(text)
    }
    assert found == expected
