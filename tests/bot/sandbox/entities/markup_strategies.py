"""Markup that a bot might send, right and wrong, for comparison with the reference."""

from __future__ import annotations

from hypothesis import strategies as st

from .plain_strategies import LETTERS, ODD_CHARACTERS

words = st.text(alphabet=LETTERS + ODD_CHARACTERS, max_size=4)

urls = st.sampled_from(
    [
        "http://example.org",
        "HTTPS://Example.ORG:0443/Path?q=a b#f",
        "example.org/ä?x",
        "example.org:70000",
        "user:pa%20ss@example.org:80",
        "user@[::1]:8080/x",
        "[::1",
        "[::zz]",
        "ftp://example.org",
        "localhost",
        "ex%zzample.org",
        "ex ample.org",
        ".",
        "",
        ":80",
        "a.b:",
        "tg://user?id=12345",
        "TG:user/?ID=77&x=1#z",
        "tg://user?id=0",
        "tg://user?id=1099511627776",
        "tg://user?name=a&id=05",
        "tg://resolve?domain=x",
        "tg:resolve/?a=b",
        "tg://a.b/c",
        "tg://a:1",
        "tg:https://x",
        "ton://transfer/a",
        "tonsite://a.b/c d",
        "tg://emoji?id=5368324170671202286",
        "tg://emoji?id=0",
        "tg://emoji?x",
        "tg://emoji",
        "tg:emoji/?a=b&id=-7#x",
        "tg://time?unix=1700000000&format=wDT",
        "tg://time?unix=1700000000&format=r",
        "tg://time?unix=1700000000&format=x",
        "tg://time?unix=0",
        "tg://time?unix=5",
        "tg://time?format=t",
        "tg://time?unix=2147483648",
    ]
)
numbers = st.sampled_from(["0", "-0", "5", "-5", "007", "1700000000", "2147483648", "4294967301", "9" * 19, "9" * 30])
references = st.sampled_from(
    [
        "&lt;",
        "&gt",
        "&amp;",
        "&quot;",
        "&nbsp;",
        "&apos;",
        "&LT;",
        "&ltx",
        "&",
        "&;",
        "&#;",
        "&#x;",
        "&#65;",
        "&#65",
        "&#x1f600;",
        "&#X41;",
        "&#128512;",
        "&#xd83d;",
        "&#0;",
        "&#1114111;",
        "&#x10fffe;",
        "&#00000065;",
        "&#0000065;",
        "&#10;",
        "&#13;",
        "&#x202e;",
    ]
)
tag_names = st.sampled_from(
    [
        *["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote"],
        *["tg-spoiler", "tg-emoji", "tg-time", "span", "B", "Tg-Spoiler"],
    ]
)
wrong_tag_names = st.sampled_from(["x", "", "br", "b/", "/", "ж", "tg-x"])
attribute_names = st.sampled_from(
    ["href", "class", "emoji-id", "expandable", "unix", "format", "HREF", "x", "é", "/", "=", '"', "'", ""]
)
attribute_values = st.one_of(
    urls,
    numbers,
    references,
    st.sampled_from(
        ["tg-spoiler", "tg-x", "spoiler", "language-python", "language-", "language-ж", "x", "r", "wDT", "tTdD", "q"]
    ),
    words,
)
quotes = st.sampled_from(['"', "'", ""])
spaces = st.sampled_from([" ", "", "  ", "\n", "\t", "\0"])


@st.composite
def attributes(draw: st.DrawFn) -> str:
    quote = draw(quotes)
    equals = draw(st.sampled_from(["=", "=", "=", " = ", ""]))
    value = f"{equals}{quote}{draw(attribute_values)}{quote}" if equals else ""
    before = draw(st.sampled_from([" ", " ", "  ", ""]))
    after = draw(st.sampled_from(["", "", " "]))
    return f"{before}{draw(attribute_names)}{value}{after}"


_RIGHT_ATTRIBUTES = {
    "a": urls.map(lambda url: f" href='{url}'"),
    "code": st.sampled_from(["", ' class="language-python"', " class=language-c"]),
    "blockquote": st.sampled_from(["", " expandable", ' expandable=""', " expandable "]),
    "span": st.just(" class='tg-spoiler'"),
    "tg-emoji": st.just(" emoji-id='5368324170671202286'"),
    "tg-time": st.builds(
        lambda number, shown: f' unix="{number}"{shown}',
        numbers,
        st.sampled_from(["", " format=r", " format='wDT'", " format=tT", " format='x'"]),
    ),
}


def _elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    @st.composite
    def element(draw: st.DrawFn) -> str:
        tag = draw(tag_names)
        end = draw(st.sampled_from([f"</{tag}>", f"</{tag}>", f"</{tag} >", "</>"]))
        return f"<{tag}{draw(_RIGHT_ATTRIBUTES.get(tag, st.just('')))}>{draw(inner)}{end}"

    return st.one_of(element(), st.lists(inner, max_size=4).map("".join))


html = st.recursive(st.one_of(words, references, urls), _elements, max_leaves=12)

broken_html = st.lists(
    st.one_of(
        html,
        words,
        references,
        st.builds(lambda name, a: f"<{name}{''.join(a)}>", tag_names, st.lists(attributes(), max_size=3)),
        st.builds(lambda name, a: f"<{name}{''.join(a)}", tag_names, st.lists(attributes(), max_size=3)),
        st.builds(lambda name: f"</{name}>", st.one_of(tag_names, wrong_tag_names)),
        st.builds(lambda name, space: f"<{name}{space}>", wrong_tag_names, spaces),
        st.sampled_from(["<", ">", "</", "/>", "</b", "</b x>"]),
    ),
    max_size=6,
).map("".join)

_marks = st.sampled_from(
    [
        *"_*[]()~`>#+-=|{}.!\n\\\r",
        "__",
        "___",
        "||",
        "```",
        "```py\n",
        "```py",
        "![",
        "](",
        "\n>",
        "\n>",
        "||\n",
        "||\r\n",
        "**>",
        "\\*",
        "\\\n",
        "\\é",
    ]
)
_pairs = st.sampled_from(
    [
        ("*", "*"),
        ("_", "_"),
        ("__", "__"),
        ("~", "~"),
        ("||", "||"),
        ("`", "`"),
        ("```", "```"),
        ("```\r\n", "```"),
        ("```py\n", "```"),
        (">", "\n"),
        (">", "||\n"),
        ("\n>", "\n"),
        ("\n>", "||"),
        ("[", "]"),
    ]
)


def _markdown_elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    @st.composite
    def element(draw: st.DrawFn) -> str:
        opening, closing = draw(_pairs)
        return f"{opening}{draw(inner)}{closing}"

    @st.composite
    def link(draw: st.DrawFn) -> str:
        opening = draw(st.sampled_from(["[", "!["]))
        closing = draw(st.sampled_from([")", ")", ""]))
        return f"{opening}{draw(inner)}]({draw(urls)}{closing}"

    return st.one_of(element(), element(), link(), st.lists(inner, max_size=4).map("".join))


markdown_words = st.text(alphabet=LETTERS.replace("_", "") + "\r\0\u0301 ", max_size=4)
markdown = st.recursive(markdown_words, _markdown_elements, max_leaves=10)
broken_markdown = st.lists(st.one_of(markdown, _marks, words, urls), max_size=6).map("".join)
