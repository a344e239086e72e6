"""The desk from the Secretariat's side: what staff write in their group, /waiting, /take, /close and /reopen."""

from __future__ import annotations

from html import unescape

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.constants import ChatType

from bot.desk import settling, threads
from bot.desk.sending import post_card, post_card_now
from bot.members.roles import NotAllowedError
from handlers.desk_words import written_in
from handlers.staff import refuse_press
from handlers.turn import Desk, Turn, match
from handlers.views import desk as for_people
from handlers.views import desk_staff as views
from handlers.views import erasing as erasing_views
from handlers.views import out_of_date, staff, welcome
from storage import desk, people, secretariat
from storage.desk import Copy
from storage.records import Call, NewMessage
from storage.records.desk import Letter, Thread
from storage.session import Session


async def in_group(session: Session, update: Update) -> bool:
    """Whether an update is from the Secretariat's group."""
    chat = update.effective_chat
    group = await secretariat.bound(session)
    return chat is not None and group is not None and group.chat_id == chat.id


async def in_private_or_group(session: Session, update: Update) -> bool:
    """Whether an update is from a private chat or the Secretariat's group."""
    chat = update.effective_chat
    return (chat is not None and chat.type == ChatType.PRIVATE) or await in_group(session, update)


async def takes(turn: Turn) -> bool:
    """Carry what staff write to a person, in their group; False: it is nothing of the kind."""
    return await in_group(turn.tx, turn.incoming) and await _takes(turn)


async def wrote(_update: Update, turn: Turn) -> None:
    """Anything written in the Secretariat's group."""
    await _takes(turn)


async def wrote_unseen(session: Session, update: Update, desk_at_hand: Desk) -> tuple[NewMessage, ...]:
    """An administrator who remains anonymous has written to a person: nobody knows whether they may."""
    message = update.effective_message
    if message is None or message.sender_chat is None or message.sender_chat.id != message.chat.id:
        return ()
    thread, _ = await _thread_of(session, message)
    if thread is None or (message.text or message.caption or "").lstrip().startswith(threads.INTERNAL):
        return ()
    text = views.anonymous(desk_at_hand.catalogues.translator(desk_at_hand.default_language))
    where = {"message_thread_id": message.message_thread_id} if message.is_topic_message else {}
    reply = {"reply_parameters": {"message_id": message.message_id, "allow_sending_without_reply": True}}
    return (NewMessage(message.chat.id, Call("sendMessage", {**text.as_params(), **where, **reply})),)


async def waiting(_update: Update, turn: Turn) -> None:
    """/waiting."""
    try:
        await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    except NotAllowedError:
        turn.say(staff.only_staff(turn.t))
        return
    shown = [await as_card(turn.tx, one) for one in await desk.waiting(turn.tx, at_most=views.WAITING_AT_MOST)]
    group = await secretariat.bound(turn.tx)
    turn.say(views.waiting(turn.t, shown, await desk.count_waiting(turn.tx), group, turn.now))


async def take(_update: Update, turn: Turn) -> None:
    """/take in a topic, or in reply."""
    await _command(turn, "take")


async def close(_update: Update, turn: Turn) -> None:
    """/close in a topic, or in reply."""
    await _command(turn, "close")


async def reopen(_update: Update, turn: Turn) -> None:
    """/reopen in a topic, or in reply."""
    await _command(turn, "reopen")


async def press(_update: Update, turn: Turn) -> None:
    """A button of a card, or of the list of those who wait."""
    found = match(turn)
    thread_id = int(found["thread"])
    expected = int(found["expected"] or 0)
    try:
        await _act(turn, found["act"], thread_id, expected=expected)
    except NotAllowedError:
        await refuse_press(turn, f"thread:{thread_id}", staff.only_staff_toast(turn.t))
    except settling.ChangedMeanwhileError:
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
        thread = await desk.thread(turn.tx, thread_id)
        if thread is not None and thread.group_id is not None:
            post_card_now(thread.group_id, thread.id, turn.post)


async def as_card(session: Session, thread: Thread) -> views.Card:
    """A thread with the people who have to do with it."""
    assignee = None if thread.assignee_id is None else await people.find(session, thread.assignee_id)
    settler = None if thread.settled_by is None else await people.find(session, thread.settled_by)
    return views.Card(thread, assignee, settler)


async def _takes(turn: Turn) -> bool:
    """Carry what staff write to the person whose topic it is in, or whom it replies to; False: it is neither."""
    message = turn.message
    if message is None:
        return False
    await secretariat.topics_switched(turn.tx, message.chat.id, is_forum=bool(message.chat.is_forum))
    thread, answers = await _thread_of(turn.tx, message)
    if thread is None:
        return _says_that_nobody_gets_it(turn, message)
    written = written_in(message)
    letter = await desk.letter_at(turn.tx, message.chat.id, message.message_id)
    if written is None:
        turn.say(for_people.cannot_be_carried(turn.t))
    elif written.plain.lstrip().startswith(threads.INTERNAL):
        if letter is not None:
            turn.say(views.stays_as_sent(turn.t))
    else:
        rights, by, post = turn.desk.rights, turn.person.id, turn.post
        try:
            if letter is not None:
                await threads.edited(turn.tx, rights, letter, written, post=post)
            else:
                await threads.from_staff(
                    turn.tx, rights, thread, by, written,
                    office=turn.desk.office, now=turn.now, post=post, answers=answers,
                )  # fmt: skip
        except NotAllowedError:
            turn.say(views.members_only(turn.t))
    return True


def _says_that_nobody_gets_it(turn: Turn, message: TelegramMessage) -> bool:
    """To words in a topic that the bot opened for somebody, or in reply to what showed theirs, once they are erased."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != turn.bot.id:
        return False
    house = turn.translator(turn.desk.default_language)
    is_erased = replied.text == unescape(erasing_views.replaced(house).text)
    if replied.forum_topic_created is None and not is_erased:
        return False
    if (message.text or message.caption or "").lstrip().startswith(threads.INTERNAL):
        return False
    turn.say(views.nobody_gets_it(turn.t))
    return True


async def _thread_of(session: Session, message: TelegramMessage) -> tuple[Thread | None, Letter | None]:
    """The thread that a message in the group belongs to, and the person's letter that it replies to."""
    copy: Copy | None = None
    if message.reply_to_message is not None:
        copy = await desk.copy_at(session, message.chat.id, message.reply_to_message.message_id)
    replied = None if copy is None or copy.letter_id is None else await desk.letter(session, copy.letter_id)
    answers = replied if replied is not None and replied.direction == threads.TO_STAFF else None
    if message.is_topic_message and message.message_thread_id is not None:
        in_topic = await desk.thread_in_topic(session, message.chat.id, message.message_thread_id)
        if in_topic is not None:
            return in_topic, answers
    return (None if copy is None else await desk.thread(session, copy.thread_id)), answers


async def _command(turn: Turn, act: str) -> None:
    thread, _ = (None, None) if turn.message is None else await _thread_of(turn.tx, turn.message)
    if thread is None:
        turn.say(views.which_thread(turn.t))
        return
    try:
        await _act(turn, act, thread.id, expected=None)
    except NotAllowedError:
        turn.say(staff.only_staff(turn.t))
    except settling.ChangedMeanwhileError:
        turn.say(views.closed_already(turn.t))


async def _act(turn: Turn, act: str, thread_id: int, *, expected: int | None) -> None:
    rights, by = turn.desk.rights, turn.person.id
    match act:
        case "take":
            await threads.take(turn.tx, rights, thread_id, by, expected=expected, now=turn.now, post=turn.post)
        case "close":
            thread, was_waiting = await threads.close(turn.tx, rights, thread_id, by, now=turn.now, post=turn.post)
            if was_waiting:
                turn.tell(thread.person_id, for_people.closed_unanswered(turn.translator(thread.language)))
        case "reopen":
            await threads.reopen(turn.tx, rights, turn.desk.office, thread_id, by, now=turn.now, post=turn.post)
        case _:
            await rights.need_staff(turn.tx, by)
            group = await secretariat.bound(turn.tx)
            shown = await desk.thread(turn.tx, thread_id)
            if group is None or shown is None:
                turn.answer_press(welcome.outdated_button(turn.t), alert=True)
            else:
                post_card(group.chat_id, thread_id, turn.post)
