"""Which handler is for what. The first that accepts an update has it."""

from __future__ import annotations

from telegram import Message
from telegram.constants import UpdateType
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import (
    agenda_import,
    answers,
    audit,
    basics,
    chats,
    desk,
    desk_answers,
    desk_staff,
    feedback,
    form_presses,
    forms,
    gaps,
    helpful,
    importing,
    joining,
    learning,
    learning_edit,
    learning_prepare,
    record_words,
    requests_reasons,
    routes_agenda,
    routes_announcement_board,
    routes_announcements,
    routes_center,
    routes_conferences,
    routes_delegates,
    routes_lists,
    routes_members,
    routes_office,
    routes_participation,
    routes_reminders,
    secretariat_group,
    slashless,
    staff,
)
from handlers.dispatch import Route
from handlers.first_of import first_of
from handlers.incoming import mentions_of

ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)


class _MentionsBot(filters.MessageFilter):
    """The bot's own user name is mentioned, not somebody else's."""

    def filter(self, message: Message) -> bool:
        return bool(mentions_of(message, message.get_bot().username))


class _AddressedCommand(filters.MessageFilter):
    """A command that names this bot."""

    def filter(self, message: Message) -> bool:
        command = (message.text or "").split(maxsplit=1)[0].lower()
        return command.endswith(f"@{message.get_bot().username}".lower())


def routes() -> list[Route]:
    """All of them, in order."""
    private, groups = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
    written = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
    question = written & (filters.TEXT & ~filters.COMMAND | filters.CAPTION)
    takes_words = (importing, agenda_import, audit, record_words, requests_reasons, learning_edit, desk, forms, joining)
    takes_anything = (importing, agenda_import, record_words, requests_reasons, learning_edit, desk, forms)
    in_words = first_of(*(module.takes for module in (*takes_words, slashless, feedback)), otherwise=answers.ask)
    without_words = first_of(*(module.takes for module in takes_anything), otherwise=basics.not_text)
    mentioned = first_of(record_words.takes, requests_reasons.takes, desk_staff.takes, otherwise=answers.ask)
    in_group = first_of(record_words.takes, requests_reasons.takes, otherwise=desk_staff.wrote)
    return [
        Route(ChatMemberHandler(chats.membership, ChatMemberHandler.MY_CHAT_MEMBER)),
        Route(MessageHandler(~filters.TEXT & filters.StatusUpdate.MIGRATE, chats.migration)),
        Route(MessageHandler(~filters.TEXT & filters.StatusUpdate.ALL, chats.nothing)),
        Route(CommandHandler("start", basics.start)),
        Route(CommandHandler("help", basics.help_)),
        Route(CommandHandler("privacy", basics.privacy)),
        Route(CommandHandler("language", basics.language)),
        Route(CommandHandler("ask", desk.ask)),
        Route(CommandHandler("cancel", desk.cancel, filters=private)),
        Route(CommandHandler("cancel", desk.cancel_in_group, filters=groups), concerns=desk_staff.in_group),
        Route(CommandHandler("staff", staff.show)),
        Route(CommandHandler("bind", secretariat_group.bind)),
        Route(CommandHandler("unbind", secretariat_group.unbind)),
        Route(CommandHandler("waiting", desk_staff.waiting), concerns=desk_staff.in_private_or_group),
        Route(CommandHandler("take", desk_staff.take, filters=groups), concerns=desk_staff.in_group),
        Route(CommandHandler("close", desk_staff.close, filters=groups), concerns=desk_staff.in_group),
        Route(CommandHandler("reopen", desk_staff.reopen, filters=groups), concerns=desk_staff.in_group),
        Route(
            CommandHandler("learn", learning.learn),
            prepare=learning_prepare.look_around_reply,
            concerns=desk_staff.in_private_or_group,
        ),
        Route(CommandHandler("learned", learning.show_list), concerns=desk_staff.in_private_or_group),
        *routes_members.commands(),
        *routes_center.commands(),
        *routes_conferences.commands(),
        *routes_delegates.commands(),
        *routes_office.commands(),
        *routes_lists.commands(),
        *routes_participation.commands(),
        *routes_reminders.commands(),
        *routes_agenda.commands(),
        *routes_announcements.commands(),
        Route(CommandHandler("gaps", gaps.show), prepare=gaps.look, concerns=desk_staff.in_private_or_group),
        Route(MessageHandler(filters.COMMAND & (private | _AddressedCommand()), basics.unknown_command)),
        Route(MessageHandler(question & private & filters.Document.ALL, in_words), prepare=agenda_import.receive),
        Route(MessageHandler(question & private, in_words), prepare=forms.look),
        Route(MessageHandler(question & _MentionsBot(), mentioned), prepare=answers.find),
        Route(MessageHandler(private & written & filters.Document.ALL, without_words), prepare=agenda_import.receive),
        Route(MessageHandler(private & written, without_words)),
        Route(
            MessageHandler(groups & written & ~filters.COMMAND, in_group),
            concerns=desk_staff.in_group,
            unseen=desk_staff.wrote_unseen,
        ),
        Route(CallbackQueryHandler(basics.menu, r"^menu$")),
        Route(CallbackQueryHandler(basics.help_, r"^help$")),
        Route(CallbackQueryHandler(basics.privacy, r"^privacy$")),
        Route(CallbackQueryHandler(basics.language, r"^language$")),
        Route(CallbackQueryHandler(basics.choose_language, r"^language:(?P<language>[a-z]{2})$")),
        Route(
            CallbackQueryHandler(answers.topic, r"^topic:(?P<topic>[a-z0-9-]{1,50})$"), prepare=answers.look_up_choice
        ),
        Route(CallbackQueryHandler(answers.none_of_these, r"^none$"), prepare=answers.understand_choice),
        Route(CallbackQueryHandler(desk.write, r"^desk:(write|feedback)$")),
        Route(CallbackQueryHandler(feedback.send, r"^feedback:send$")),
        Route(CallbackQueryHandler(desk.ask_this, r"^ask:(?P<message>[0-9]{1,12})$")),
        Route(
            CallbackQueryHandler(
                desk_staff.press,
                r"^desk:(?P<act>take|close|reopen|show):(?P<thread>[0-9]{1,12})(:(?P<expected>[0-9]{1,16}))?$",
            )
        ),
        Route(
            CallbackQueryHandler(
                desk_answers.press,
                r"^desk:answers:(?P<answer>[0-9]{1,12}):(?P<letter>[0-9]{1,12}):(?P<answered>[01])$",
            )
        ),
        Route(CallbackQueryHandler(staff.show_again, r"^staff$")),
        Route(CallbackQueryHandler(staff.invite, r"^staff:invite$")),
        Route(CallbackQueryHandler(staff.revoke, r"^staff:revoke:(?P<link>[0-9]{1,12})$")),
        Route(CallbackQueryHandler(staff.ask_removal, r"^staff:ask:(?P<person>[0-9]{1,16})$")),
        Route(CallbackQueryHandler(staff.remove, r"^staff:remove:(?P<person>[0-9]{1,16})$")),
        Route(CallbackQueryHandler(helpful.say, r"^helpful:(?P<said>yes|no):(?P<message>[0-9]{1,12})$")),
        Route(CallbackQueryHandler(helpful.send, r"^helpful:send:(?P<message>[0-9]{1,12})$")),
        *_learning(),
        Route(CallbackQueryHandler(form_presses.press, form_presses.PATTERN), prepare=form_presses.look),
        *routes_members.buttons(),
        *routes_lists.buttons(),
        *routes_center.buttons(),
        *routes_conferences.buttons(),
        *routes_delegates.buttons(),
        *routes_office.buttons(),
        *routes_participation.buttons(),
        *routes_reminders.buttons(),
        *routes_agenda.buttons(),
        *routes_announcement_board.buttons(),
        *routes_announcements.buttons(),
        Route(CallbackQueryHandler(gaps.show_page, r"^gaps:(?P<page>[0-9]{1,3})$"), gaps.look),
        Route(
            CallbackQueryHandler(
                gaps.open_gap, r"^gaps:open:(?P<kind>[qm]):(?P<number>[0-9]{1,12}):(?P<page>[0-9]{1,3})$"
            ),
            gaps.look,
        ),
        Route(CallbackQueryHandler(basics.outdated_button)),
    ]


def _learning() -> list[Route]:
    """The buttons of answers for everyone."""
    answer = r"(?P<answer>[0-9]{1,12})"
    return [
        Route(
            CallbackQueryHandler(learning.offer, r"^learn:offer:(?P<letter>[0-9]{1,12})$"),
            learning_prepare.look_around,
        ),
        Route(
            CallbackQueryHandler(learning.write, r"^learn:write:(?P<kind>[qm]):(?P<number>[0-9]{1,12})$"),
            learning_prepare.look_around,
        ),
        Route(
            CallbackQueryHandler(learning.publish, rf"^learn:publish:{answer}:(?P<edition>[0-9]{{1,9}})$"),
            learning_prepare.look_around,
        ),
        Route(
            CallbackQueryHandler(learning.asked_same, rf"^learn:same:{answer}:(?P<page>[0-9]{{1,3}})$"),
            learning_prepare.look_around,
        ),
        Route(
            CallbackQueryHandler(
                learning.toggle,
                rf"^learn:toggle:{answer}:(?P<phrasing>[0-9]{{1,12}}):(?P<same>[01]):(?P<page>[0-9]{{1,3}})$",
            )
        ),
        Route(CallbackQueryHandler(learning.show, rf"^learn:show:{answer}(:(?P<language>[a-z]{{2}}))?$")),
        Route(CallbackQueryHandler(learning.withdraw, rf"^learn:withdraw:{answer}$")),
        Route(CallbackQueryHandler(learning.ask_discard, rf"^learn:ask:{answer}$")),
        Route(CallbackQueryHandler(learning.discard, rf"^learn:discard:{answer}$")),
        Route(CallbackQueryHandler(learning.tell, rf"^learn:tell:{answer}$")),
        Route(
            CallbackQueryHandler(
                learning_edit.begin,
                rf"^learn:part:{answer}:(?P<part>question|answer|translation):(?P<language>[a-z]{{2}})$",
            )
        ),
        Route(CallbackQueryHandler(learning_edit.translate, rf"^learn:translate:{answer}$")),
        Route(CallbackQueryHandler(learning_edit.remove, rf"^learn:remove:{answer}:(?P<language>[a-z]{{2}})$")),
        Route(
            CallbackQueryHandler(
                learning.show_page, r"^learned:(?P<state>published|draft|withdrawn):(?P<page>[0-9]{1,3})$"
            )
        ),
    ]
