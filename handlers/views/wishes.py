"""Where that is done which somebody asks for in words, and what is said to their doubts about an answer."""

from __future__ import annotations

from markupsafe import Markup

from bot.knowledge.deciding import Finding
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views import answers, me, reminder_wishes
from handlers.views.desk import private_button
from handlers.views.joining import me_button
from handlers.views.message import Button, Message, column
from handlers.views.welcome import desk_button, menu_button, paragraphs


def hint(
    _: Translator,
    finding: Finding,
    *,
    speaks: str = "",
    group_of: str = "",
    source: str = "",
    asked: tuple[str, int] | None = None,
) -> Message:
    """Where to do it, and the way to the Secretariat if that is not what was meant.

    `speaks` is the language that the person has chosen, `group_of` the bot's username where this is said in a group,
    `source` that of the last answer, `asked` the last question and its message.
    """
    ways: list[Button] = []
    text, way, payload = _said(_, finding, source, asked)
    if asked is not None and finding.wish == "misunderstood":
        ways = [Button(_.plain("Send my last question"), f"ask:{asked[1]}")]
    elif group_of and payload:  # in a group, it would be shown to all
        ways = [private_button(_, group_of, payload)]
    elif way is not None and not group_of:
        named = finding.tongue if finding.tongue != speaks else None
        ways = [*([Button(LANGUAGES[named], f"language:{named}")] if named else []), way]
    return Message(text, column([*ways, desk_button(_), menu_button(_)]))


def _said(
    _: Translator, finding: Finding, source: str, asked: tuple[str, int] | None
) -> tuple[Markup, Button | None, str]:
    """The words, the button that leads there, and what leads there from a group."""
    way: Button | None = None
    payload = ""
    match finding.wish:
        case "language":
            text, way, payload = answers.answers_in(_), Button(_.plain("Language"), "language"), "language"
        case "data":
            text, way, payload = answers.keeps(_), me_button(_), me.PAYLOAD
        case "reminders":
            text = _("/reminders: there you choose which reminders and announcements you get, and when.")
            way, payload = Button(_.plain("Reminders"), "reminders:show"), reminder_wishes.PAYLOAD
        case "registration":
            text = _(
                "/participate – withdraw from the conference, or change your answer\n"
                "/register – withdraw a Center’s registration while it waits\n"
                "/me – take back what you asked for, leave a Center, or erase what is kept"
            )
            way, payload = me_button(_), me.PAYLOAD
        case "doubt":
            text = _(
                "I answer only from what the association has published, and from what the Secretariat and the hosts "
                "have entered. If you think that something is wrong, ask the Secretariat."
            )
            text = paragraphs(text, *([answers.source(_, source)] if source else []))
        case "misunderstood" if asked is not None:
            text = _(
                "Then my answer did not fit. Put your question in other words, or send it to the Secretariat: "
                "“{question}”",
                question=asked[0],
            )
        case "misunderstood":
            text = _("Then my answer did not fit. Put your question in other words, or ask the Secretariat.")
        case _other:  # the Secretariat
            text = _("Ask the Secretariat: press the button, then write your message. The answer comes here.")
            payload = "ask"
    return text, way, payload
