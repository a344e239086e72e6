"""What the bot says of itself: welcome, help, privacy, languages, and where it cannot follow."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.knowledge.library import Topic
from bot.locales.catalogues import LANGUAGES, Translator
from bot.members.privacy import BACKUPS_DAYS, PRIVACY_NOTICE_VERSION
from handlers.views.message import Button, Message, pairs
from handlers.views.times import duration, notice_day


def paragraphs(*texts: Markup) -> Markup:
    """Texts as paragraphs."""
    return Markup("\n\n").join(texts)


def welcome(_: Translator, topics: Sequence[Topic], *, is_dead_link: bool = False) -> Message:
    """The first thing that a person sees; says so if they came by a link that leads to nothing (any more)."""
    return Message(
        paragraphs(
            *([_("What your link led to is not there any more.")] * is_dead_link),
            _("<b>Welcome to UNIGO</b>, the UN Peacekeeping Forces Mission International."),
            _(
                "I answer questions about the association from what it has published. "
                "Write your question in your own words, or choose a topic."
            ),
        ),
        menu_buttons(_, topics),
    )


def menu(_: Translator, topics: Sequence[Topic]) -> Message:
    """The topics to choose from."""
    return Message(_("What would you like to know?"), menu_buttons(_, topics))


def menu_buttons(_: Translator, topics: Sequence[Topic]) -> tuple[tuple[Button, ...], ...]:
    """A button for each topic of the menu, then the language."""
    rows = pairs([topic_button(topic.id, topic.title) for topic in topics])
    return (
        *rows,
        (Button(_.plain("Register"), "register"), desk_button(_)),
        (Button(_.plain("Language"), "language"), Button(_.plain("Help"), "help")),
    )


def topic_button(topic_id: str, title: str) -> Button:
    """Opens a topic."""
    return Button(title, f"topic:{topic_id}")


def is_topic(button: Button) -> bool:
    """Whether it opens a topic."""
    return button.data is not None and button.data.startswith("topic:")


def desk_button(_: Translator) -> Button:
    """Begins a message to the Secretariat."""
    return Button(_.plain("Ask the Secretariat"), "desk:write")


def menu_button(_: Translator) -> Button:
    """Opens the menu."""
    return Button(_.plain("All topics"), "menu")


def help_text(_: Translator, *, is_group: bool, username: str, is_staff: bool = False) -> Message:
    """What the bot can do here."""
    if is_group:
        return Message(
            _(
                "In this group I answer when I am mentioned: write @{username} and your question. "
                "In a private chat you need no mention.",
                username=username,
            ),
            ((Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start=group"),),),
        )
    return Message(
        paragraphs(
            _("Write a question about the association in your own words, for example:"),
            _(
                "• When was it founded?\n• What is the Annual Conference?\n"
                "• We train police: is there something for us?"
            ),
            _(
                "I answer only from what the association has published, and say where it comes from. "
                "What I do not know, I send to the Secretariat."
            ),
            _(
                "/start – topics to choose from\n/ask – write to the Secretariat\n"
                "/register – register a Center, or yourself\n/join – join your Center\n"
                "/center – your Center and its delegates\n"
                "/me – see, change or erase what I keep about you\n"
                "/directory – the Centers of the association\n"
                "/language – choose your language\n/privacy – what I keep about you"
            ),
            _(
                "/conference – the next Annual Conference\n/participate – take part in it\n"
                "/agenda – its agenda, also /now and /next\n/programme – the sessions that you have starred\n"
                "/calendar – a file for your calendar\n/reminders – which reminders you get, and when"
            ),
            *([_staff_help(_), _staff_help_for_conferences(_), _staff_help_for_announcements(_)] * is_staff),
        ),
        ((menu_button(_), desk_button(_)),),
    )


def _staff_help_for_conferences(_: Translator) -> Markup:
    return _("/conferences – all conferences, and to open one\n/schedule – reminders: what went out, and what comes")


def _staff_help_for_announcements(_: Translator) -> Markup:
    return _("/announce – write to many people at once")


def _staff_help(_: Translator) -> Markup:
    return _(
        "For the Secretariat:\n/pending – what waits for a decision\n"
        "/people – delegates and guests\n/centers – Centers and their status\n"
        "/waiting – who waits for an answer\n/learned – answers for everyone\n"
        "/gaps – what was asked and not answered\n/stats – the association in numbers\n"
        "/export – the database as a file\n/import – read a list in\n"
        "/audit – what was done, and by whom\n/staff – who has which role"
    )


def privacy(
    _: Translator, *, messages_days: int, letters_days: int, drafts_days: int, searches_days: int, imports_days: int
) -> Message:
    """What is kept about a person, why, and for how long. Anything new that is kept must be told here."""
    return Message(
        paragraphs(
            _("<b>What I keep about you</b>"),
            _(
                "• Your Telegram number (not your telephone number), so that I can reply, and your language.\n"
                "• Your name and user name as Telegram shows them, so that the Secretariat knows who asks.\n"
                "• Questions that I could not answer, what you and the Secretariat write to each other, "
                "and what you say about answers, {long}.\n"
                "• When I sent you something, but not what it said, {short}, so that nothing is lost or sent twice.",
                long=duration(_, letters_days),
                short=duration(_, messages_days),
            ),
            _(
                "• What you have begun to fill in here and not finished, {time} since you last went on with it.",
                time=duration(_, drafts_days),
            ),
            _(
                "When the Secretariat publishes an answer to a question, "
                "others see the question and the answer, but not who asked."
            ),
            _(
                "Other messages are deleted as soon as I have handled them; "
                "one that I failed to handle is kept until the fault is mended."
            ),
            _("• Which announcements I sent you, whether you have read them, and which you want. Until you erase it."),
            *_privacy_of_registered(_),
            _(
                "• What the Secretariat looks for in its lists, which may be your name, {time}.",
                time=duration(_, searches_days),
            ),
            _(
                "• The name and the headings of a list that the Secretariat reads in, {time}. "
                "The list itself I do not keep, only what it tells of you.",
                time=duration(_, imports_days),
            ),
            _(
                "Only the Secretariat, in its group on Telegram, and those who run this bot can see the rest. "
                "Backups hold what is deleted {time} longer.",
                time=duration(_, BACKUPS_DAYS),
            ),
            _(
                "Your rights: /me shows what I keep about you. There you correct it, get it as a file, "
                "take back what you agreed to, and erase everything. Notice of {version}.",
                version=notice_day(_, PRIVACY_NOTICE_VERSION),
            ),
        )
    )


def _privacy_of_registered(_: Translator) -> list[Markup]:
    """What is kept about delegates, guests, and those who register a Center."""
    return [
        _("<b>If you register</b>"),
        _(
            "• Your name, title, function, Center or organization, e-mail, phone, nationality, working languages "
            "and time zone, what you asked to be and what was decided, and which notice you agreed to, when: "
            "so that the association knows who takes part and can reach you. Until you erase it."
        ),
        _(
            "• The Secretariat sees this, and those who look after your Center. "
            "Other members see your name, title, function and where you belong, only if you agree to that as well."
        ),
        _(
            "• For a conference: whether, how and when you come, what you eat and need, and whether you need a letter "
            "for your visa. The Secretariat and the host see all of it, those who look after your Center whether you "
            "come. Until you erase it."
        ),
        _("• The log of what was done with it, which stays when you erase yourself, but without you."),
    ]


def languages(_: Translator, current: str) -> Message:
    """The languages to choose from, each by its own name."""
    buttons = [Button(f"✓ {name}" if code == current else name, f"language:{code}") for code, name in LANGUAGES.items()]
    return Message(_("Which language shall I use with you?"), pairs(buttons))


def language_chosen(_: Translator, chosen: str, *, is_translated: bool) -> Message:
    """Says what was chosen, and what that means today."""
    name = LANGUAGES[chosen]
    text = (
        _("Your language is now {name}.", name=name)
        if is_translated
        else _(
            "Your language is now {name}. My texts are not translated into it yet, "
            "so I go on in English until they are.",
            name=name,
        )
    )
    return Message(text, ((menu_button(_),),))


def language_in_private(_: Translator, username: str) -> Message:
    """In a group nobody can choose for the others."""
    return Message(
        _("You choose your language in a private chat with me."),
        ((Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start=language"),),),
    )


def unknown_command(_: Translator) -> Message:
    """A command that the bot does not have."""
    return Message(
        _("I do not know this command. /help tells what I can do; a question needs no command."),
        ((menu_button(_),),),
    )


def text_only(_: Translator) -> Message:
    """Somebody sent what is not text."""
    return Message(
        _("I can only read text so far. Please write your question in words."), ((menu_button(_), desk_button(_)),)
    )


def outdated_button(_: Translator) -> str:
    """An old button whose choice is no longer there."""
    return _.plain("This button is out of date. /start shows the present topics.")


def apology(_: Translator) -> Message:
    """The bot failed to handle a message."""
    return Message(
        _(
            "I am sorry: something went wrong here and I could not handle your last message. "
            "It is kept, and the people who run this bot can see it. Please try again a little later."
        )
    )


def apology_toast(_: Translator) -> str:
    """The bot failed to handle a press."""
    return _.plain("Sorry, that did not work. Please try again a little later.")
