"""/audit: pages of the audit log, and what can be looked for in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.audit_search import ActGroup, AuditChoice, Called, Candidate, Span
from bot.members.export_log import LogColumn, LogWords
from handlers.views.audit import deeds, what
from handlers.views.audit_state import packed
from handlers.views.audit_things import NAME_AT_MOST, linked, named
from handlers.views.center_details import BUTTON_AT_MOST, shortened
from handlers.views.export import keep_safe
from handlers.views.lists import PAGE
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.numbers import number
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records import Name
from storage.records.audit import THE_BOT, AuditEntry, AuditLine


def log(
    _: Translator,
    choice: AuditChoice,
    lines: Sequence[AuditLine],
    *,
    names: Mapping[str, Called],
    count: int,
    older_than: int | None,
    zone: tzinfo,
    username: str,
) -> Message:
    """A page, the newest first."""
    told = [entry(_, line, names, zone, username) for line in lines]
    written = number(_, count)
    counted = _.n("{shown} entry", "{shown} entries", count, shown=written)
    head = Markup("{}, {}").format(_("<b>Audit log</b>"), counted)
    return Message(
        paragraphs(Markup("\n").join([head, *_filter_lines(_, choice, names)]),
                   *(told or [_("Nothing was found. Choose fewer filters.")])),
        (*_turning(_, choice, lines, older_than), *pairs(_filters(_, choice)), *([_forms(_, choice)] if count else [])),
    )  # fmt: skip


def entry(_: Translator, line: AuditLine, names: Mapping[str, Called], zone: tzinfo, username: str) -> Markup:
    """What was done, to whom or what, by whom and when."""
    one = line.entry
    done = Markup("• {}").format(what(_, one.act, one.before, one.after))
    about = [] if _is_about_all(one) else [bold(linked(_, one.object, names, username))]
    by = Markup("<i>{}, {}</i>").format(actor(_, one.actor_id, line.actor), moment(_, one.at, zone))
    return Markup("\n").join([done, *about, by])


def actor(_: Translator, actor_id: int, name: Name | None) -> str:
    """Who did something."""
    if actor_id == THE_BOT:
        return _.plain("the bot")
    if actor_id < 0:
        return _.plain("somebody who was erased")
    return str(actor_id) if name is None else shortened(name.full or str(actor_id), NAME_AT_MOST)


def choose_group(_: Translator, choice: AuditChoice) -> Message:
    """The kinds of acts."""
    buttons = [_ticked(label, replace(choice, group=group), is_chosen=choice.group == group)
               for group, label in groups(_).items()]  # fmt: skip
    every = _ticked(_.plain("All"), replace(choice, group=None), is_chosen=choice.group is None)
    return Message(_("Which acts are you looking for?"), (*column([every]), *pairs(buttons), (_back(_, choice),)))


def choose_span(_: Translator, choice: AuditChoice) -> Message:
    """The spans of time."""
    buttons = [_ticked(label, replace(choice, span=span), is_chosen=choice.span == span)
               for span, label in spans(_).items()]  # fmt: skip
    every = _ticked(_.plain("All"), replace(choice, span=None), is_chosen=choice.span is None)
    return Message(_("How far back do you look?"), (*column([every, *buttons]), (_back(_, choice),)))


def ask_words(_: Translator, choice: AuditChoice) -> Message:
    """What is written next is looked for."""
    return Message(
        paragraphs(
            _("Whom or what are you looking for? Write the name of a person or of a Center."),
            _("/cancel stops this."),
        ),
        ((_back(_, choice),),),
    )


def words_in_private(_: Translator) -> str:
    """In a group, nothing is awaited."""
    return _.plain("Here, write /audit and the name.")


def found(_: Translator, choice: AuditChoice, candidates: Sequence[Candidate]) -> Message:
    """Whom and what the words may mean."""
    if not candidates:
        return Message(_("I found nobody and nothing of that name."), ((_back(_, choice),),))
    buttons = []
    for one in candidates:
        name = shortened(one.name, BUTTON_AT_MOST)
        if one.actor_id is not None:
            label = _.plain("What {name} did", name=name)
            buttons.append(_to(label, replace(choice, actor_id=one.actor_id, object=None)))
        else:
            label = _.plain("What was done to {name}", name=name)
            buttons.append(_to(label, replace(choice, actor_id=None, object=one.object)))
    return Message(_("Which do you mean?"), (*column(buttons), (_back(_, choice),)))


def caption(
    _: Translator, choice: AuditChoice, names: Mapping[str, Called], entries: int, now: int, zone: tzinfo
) -> Message:
    """With the file."""
    written = number(_, entries)
    counted = _.n("{shown} entry", "{shown} entries", entries, shown=written)
    head = Markup("{}, {}").format(_("<b>Audit log</b>"), counted)
    return Message(
        paragraphs(
            Markup("\n").join([head, *_filter_lines(_, choice, names)]),
            _("As of {when}.", when=moment(_, now, zone)),
            keep_safe(_),
        )
    )  # fmt: skip


def log_words(_: Translator) -> LogWords:
    """What stands in the file."""
    return LogWords(
        language=_.language,
        log=_.plain("Audit log"),
        columns={
            LogColumn.AT: _.plain("When (UTC)"),
            LogColumn.ACTOR_ID: _.plain("No. of who did it"),
            LogColumn.ACTOR: _.plain("Who did it"),
            LogColumn.ACT: _.plain("Act"),
            LogColumn.WHAT: _.plain("What was done"),
            LogColumn.OBJECT: _.plain("To what"),
            LogColumn.BEFORE: _.plain("Before"),
            LogColumn.AFTER: _.plain("After"),
        },
        the_bot=_.plain("the bot"),
        acts=deeds(_),
    )


def groups(_: Translator) -> Mapping[ActGroup, str]:
    """What kinds of acts are called."""
    return {
        ActGroup.ROLE: _.plain("Roles"),
        ActGroup.LINK: _.plain("Links to roles"),
        ActGroup.GROUP: _.plain("The group"),
        ActGroup.DESK: _.plain("Conversations"),
        ActGroup.ANSWER: _.plain("Answers"),
        ActGroup.CENTER: _.plain("Centers"),
        ActGroup.CHANGE: _.plain("Changes to approve"),
        ActGroup.DELEGATE: _.plain("People"),
        ActGroup.JOIN: _.plain("Joining"),
        ActGroup.GUEST: _.plain("Guests"),
        ActGroup.INVITATION: _.plain("Invitations"),
        ActGroup.CONFERENCE: _.plain("Conferences"),
        ActGroup.AGM: _.plain("AGMs"),
        ActGroup.ANNOUNCEMENT: _.plain("Announcements"),
        ActGroup.PERSON: _.plain("Erasures"),
        ActGroup.PARTICIPATION: _.plain("Taking part"),
        ActGroup.SESSION: _.plain("Sessions"),
        ActGroup.DATABASE: _.plain("Exports, lists"),
        ActGroup.LOG: _.plain("Exports of the log"),
        ActGroup.REMINDER: _.plain("Reminders"),
        ActGroup.REFUSED: _.plain("Refused"),
    }


def spans(_: Translator) -> Mapping[Span, str]:
    """What spans of time are called."""
    return {
        Span.DAY: _.plain("The last 24 hours"),
        Span.WEEK: _.plain("The last 7 days"),
        Span.MONTH: _.plain("The last 30 days"),
        Span.YEAR: _.plain("The last 12 months"),
    }


def _filter_lines(_: Translator, choice: AuditChoice, names: Mapping[str, Called]) -> list[Markup]:
    lines = []
    if choice.actor_id is not None:
        who = names.get(f"person:{choice.actor_id}")
        name = who if isinstance(who, str) else str(choice.actor_id)
        lines.append(_("Done by: {name}", name=shortened(name, NAME_AT_MOST)))
    if choice.object is not None:
        lines.append(_("Done to: {name}", name=named(_, choice.object, names)))
    if choice.group is not None:
        lines.append(_("Acts: {group}", group=groups(_)[choice.group]))
    if choice.span is not None:
        lines.append(_("Time: {span}", span=spans(_)[choice.span]))
    return lines


def _is_about_all(one: AuditEntry) -> bool:
    return one.object == "database" or one.act == "log.export"


def _turning(
    _: Translator, choice: AuditChoice, lines: Sequence[AuditLine], older_than: int | None
) -> list[tuple[Button, ...]]:
    row = []
    if older_than is not None:
        row.append(_to(_.plain("Newest"), choice))
    if len(lines) == PAGE:
        row.append(Button(_.plain("Earlier"), f"audit:show:{packed(choice)}:{lines[-1].id}"))
    return [tuple(row)] if row else []


def _filters(_: Translator, choice: AuditChoice) -> list[Button]:
    buttons = [
        Button(_marked(_.plain("Who or what"), choice.actor_id or choice.object), f"audit:words:{packed(choice)}"),
        Button(_marked(_.plain("Acts"), choice.group), f"audit:acts:{packed(choice)}"),
        Button(_marked(_.plain("Time"), choice.span), f"audit:time:{packed(choice)}"),
    ]
    if choice != AuditChoice():
        buttons.append(_to(_.plain("Show all"), AuditChoice()))
    return buttons


def _marked(label: str, chosen: object) -> str:
    return f"✓ {label}" if chosen else label


def _forms(_: Translator, choice: AuditChoice) -> tuple[Button, ...]:
    return (
        Button(_.plain("As XLSX"), f"audit:xlsx:{packed(choice)}"),
        Button(_.plain("As CSV"), f"audit:csv:{packed(choice)}"),
    )


def _ticked(label: str, choice: AuditChoice, *, is_chosen: bool) -> Button:
    return _to(f"✓ {label}" if is_chosen else label, choice)


def _to(label: str, choice: AuditChoice) -> Button:
    return Button(label, f"audit:show:{packed(choice)}")


def _back(_: Translator, choice: AuditChoice) -> Button:
    return _to(_.plain("Back"), choice)
