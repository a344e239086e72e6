"""The Secretariat's desk as staff see it: cards, who waits, notes, and their group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.desk.hours import Office
from bot.locales.catalogues import Translator
from handlers.views.learned import shortened
from handlers.views.locale import language_name
from handlers.views.message import Button, Message, bold, column
from handlers.views.staff import who
from handlers.views.times import age, moment
from handlers.views.welcome import paragraphs
from storage.records import Person, SecretariatGroup
from storage.records.desk import Letter, Thread

WAITING_AT_MOST = 15
LETTER_AT_MOST = 500
SUPERGROUP = "-100"


@dataclass(frozen=True, slots=True)
class Card:
    """A thread, with who has it and who settled it."""

    thread: Thread
    assignee: Person | None
    settler: Person | None


def heading(_: Translator, thread: Thread) -> Markup:
    """Over what a person writes, where they have no topic of their own."""
    return _("<b>{name}</b> writes:", name=who(thread.name, thread.person_id))


def card(_: Translator, shown: Card, office: Office) -> Message:
    """Who somebody is and how their conversation stands, with what staff can do."""
    thread = shown.thread
    text = Markup("\n").join(
        [
            bold(who(thread.name, thread.person_id)),
            _("Language: {name}", name=language_name(_, thread.language)),
            _standing(_, shown, office),
        ]
    )
    if thread.assignee_id is not None:
        text += "\n" + _("Taken by {name}", name=_name(shown.assignee, thread.assignee_id))
    return Message(text, _controls(_, thread))


def _standing(_: Translator, shown: Card, office: Office) -> Markup:
    thread = shown.thread
    if thread.state == "waiting":
        return _("Waiting since {when}", when=moment(_, thread.waiting_since, office.zone))
    name = _name(shown.settler, thread.settled_by or 0)
    when = moment(_, thread.settled_at or 0, office.zone)
    if thread.state == "answered":
        return _("Answered by {name}, {when}", name=name, when=when)
    return _("Closed by {name}, {when}", name=name, when=when)


def _controls(_: Translator, thread: Thread) -> tuple[tuple[Button, ...], ...]:
    if thread.state == "closed":
        return ((Button(_.plain("Reopen"), f"desk:reopen:{thread.id}"),),)
    take = _.plain("Take") if thread.assignee_id is None else _.plain("Take over")
    return (
        (
            Button(take, f"desk:take:{thread.id}:{thread.assignee_id or 0}"),
            Button(_.plain("Close"), f"desk:close:{thread.id}"),
        ),
    )


def waiting(_: Translator, cards: Sequence[Card], count: int, group: SecretariatGroup | None, now: int) -> Message:
    """Who waits, longest first."""
    if not cards:
        return Message(_("Nobody waits for an answer."))
    title = _.n("<b>{count} person waits</b>", "<b>{count} people wait</b>", count)
    return Message(Markup("\n").join([title, *_lines(_, cards, count, now)]), _open_buttons(cards, group))


def alarm(
    _: Translator, late: Sequence[Card], count: int, in_all: int, group: SecretariatGroup | None, now: int
) -> Message:
    """`count` have waited for too long, of whom those that are `late` were not named before; `in_all` wait."""
    title = _.n("<b>{count} person has waited too long</b>", "<b>{count} people have waited too long</b>", count)
    lines = _lines(_, late, len(late), now)
    if named := count - len(late):
        lines.append(_.n("{count} of them was named before.", "{count} of them were named before.", named))
    if in_all > len(late):
        lines.append(_.n("{count} person waits in all: /waiting", "{count} people wait in all: /waiting", in_all))
    return Message(Markup("\n").join([title, *lines]), _open_buttons(late, group))


def _lines(_: Translator, cards: Sequence[Card], count: int, now: int) -> list[Markup]:
    """Who they are, as many as are shown, and how many more there are."""
    lines = [_line(_, shown, now) for shown in cards[:WAITING_AT_MOST]]
    if count > len(lines):
        lines.append(_.n("… and {count} more", "… and {count} more", count - len(lines)))
    return lines


def _open_buttons(cards: Sequence[Card], group: SecretariatGroup | None) -> tuple[tuple[Button, ...], ...]:
    return column([_open_button(shown.thread, group) for shown in cards[:WAITING_AT_MOST]])


def _line(_: Translator, shown: Card, now: int) -> Markup:
    thread = shown.thread
    line = Markup("• {}, {}").format(who(thread.name, thread.person_id), age(_, thread.waiting_since, now))
    if thread.assignee_id is not None:
        line += ", " + _("taken by {name}", name=_name(shown.assignee, thread.assignee_id))
    return line


def _open_button(thread: Thread, group: SecretariatGroup | None) -> Button:
    """Leads to the topic or the card, where Telegram has links to messages: in supergroups."""
    label = thread.name.full or str(thread.person_id)
    place = thread.topic_id or thread.card_id
    number = str(thread.group_id)
    if group is None or place is None or thread.group_id != group.chat_id or not number.startswith(SUPERGROUP):
        return Button(label, f"desk:show:{thread.id}")
    return Button(label, url=f"https://t.me/c/{number.removeprefix(SUPERGROUP)}/{place}")


def _name(person: Person | None, number: int) -> str:
    return str(number) if person is None else person.name.full or str(number)


def note(_: Translator, kind: str, thread: Thread) -> Message:
    """What staff should know of a thread."""
    name = thread.name.full or str(thread.person_id)
    match kind:
        case "unreachable":
            text = _(
                "This did not reach {name}: the bot is blocked, or was never started in private. "
                "I will send it as soon as {name} comes back.",
                name=name,
            )
        case "undelivered":
            text = _("This could not be sent to {name}. Please try it in another form.", name=name)
        case "back":
            text = _("{name} can be reached again. I have sent what did not arrive.", name=name)
        case "no_topics":
            text = _(
                "I may not open topics here, so I go on without them. To have one for each person, make me an "
                "administrator who may manage topics; then an owner gives /bind again."
            )
        case _other:
            text = _("{name} has sent something that could not be copied here.", name=name)
    return Message(text)


def written_elsewhere(_: Translator, author: Person | None, letter: Letter, thread: Thread) -> Message:
    """Somebody of the Secretariat has written to a person from their record."""
    return Message(
        _(
            "{author} has written to {name}: “{words}”",
            author=_name(author, letter.author_id),
            name=thread.name.full or str(thread.person_id),
            words=shortened(letter.plain, LETTER_AT_MOST),
        )
    )


def replies_to_announcement(_: Translator, heading: str, thread: Thread) -> Message:
    """Before what somebody writes in reply to an announcement."""
    name = thread.name.full or str(thread.person_id)
    return Message(_("{name} replies to the announcement “{heading}”:", name=name, heading=heading))


def nobody_gets_it(_: Translator) -> Message:
    """Something was written to somebody who is not there any more."""
    return Message(_("Nobody gets this: whoever it is for was erased, or has another topic by now."))


def members_only(_: Translator) -> Message:
    """Somebody in the group who is not of the Secretariat has answered."""
    return Message(
        _("This was not sent: only members of the Secretariat can answer. An owner makes members with /staff.")
    )


def anonymous(_: Translator) -> Message:
    """An administrator of the group who remains anonymous has answered."""
    return Message(
        _("This was not sent: I cannot see who wrote it. Please turn off “Remain anonymous” in the group's settings.")
    )


def stays_as_sent(_: Translator) -> Message:
    """A message that was sent is edited into an internal one."""
    return Message(_("The person has this message already; with them it stays as it was."))


def which_thread(_: Translator) -> Message:
    """A command without a thread."""
    return Message(_("Give this command in a person's topic, or in reply to one of their messages."))


def closed_already(_: Translator) -> Message:
    """A command that changes nothing."""
    return Message(_("There is nothing to change: it stands like this already."))


def bound(_: Translator, *, is_forum: bool, again: bool) -> Message:
    """/bind."""
    parts = [
        _("This is the Secretariat's group already.") if again else _("This is the Secretariat's group now."),
        _("Each person gets a topic here. What members of the Secretariat write in it goes to that person.")
        if is_forum
        else _("Reply to a person's message here, and your reply goes to that person."),
        _("What begins with // stays in the group. /waiting lists who waits."),
    ]
    return Message(paragraphs(*parts))


def owners_only(_: Translator) -> Message:
    """/bind or /unbind by somebody else."""
    return Message(_("I am sorry: only an owner of this bot can do that."))


def bind_in_group(_: Translator) -> Message:
    """/bind or /unbind in private."""
    return Message(_("Please give this command in the group of the Secretariat."))


def unbound(_: Translator) -> Message:
    """/unbind."""
    return Message(
        _("This is no longer the Secretariat's group. Questions are kept until an owner gives /bind in another one.")
    )


def not_bound(_: Translator) -> Message:
    """/unbind elsewhere."""
    return Message(_("This is not the Secretariat's group."))


def group_lost(_: Translator, title: str) -> Message:
    """For owners: the bot is in the Secretariat's group no longer."""
    return Message(
        _(
            "I am no longer in the Secretariat's group “{title}”. Questions are kept until you give /bind in a group.",
            title=title,
        )
    )


def moved_away(_: Translator) -> Message:
    """For the group that was the Secretariat's until another was bound."""
    return Message(_("Another group is the Secretariat's now; questions go there."))
