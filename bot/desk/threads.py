"""What may be done at the desk: people write, staff answer, take, close and open again.

Rights are checked here, whatever a menu or a button showed.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk import sending, settling
from bot.desk.hours import Office
from bot.members.roles import Rights
from storage import asked_letters, audit, desk, questions, secretariat
from storage.desk import NewLetter
from storage.outbox import Post
from storage.records.desk import Letter, Thread, Written
from storage.records.durations import MINUTE_US
from storage.session import Session, Transaction

TO_STAFF, TO_PERSON = "to_staff", "to_person"
TEN_MINUTES_US = 10 * MINUTE_US
INTERNAL = "//"
"""What staff begin a comment with that stays among them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of what a person wrote. `is_new` is False if this very message went to the desk before.

    `again_at` is set where it was not taken, because they have sent many: when the next can be.
    """

    went_to_group: bool
    is_new: bool = True
    follows_album: bool = False
    again_at: int | None = None


async def from_person(
    tx: Transaction,
    office: Office,
    person_id: int,
    written: Written,
    *,
    now: int,
    post: Post,
    is_question: bool = False,
    answers: Letter | None = None,
    announcement: int | None = None,
) -> Receipt:
    """Take what a person wrote to the desk; without a group it waits there until one is bound.

    `answers` is the letter of the Secretariat's that they reply to, `announcement` the announcement.
    """
    group = await secretariat.bound(tx)
    if await desk.letter_at(tx, written.chat_id, written.message_id) is not None:
        return Receipt(group is not None, is_new=False)
    before = await desk.thread_of(tx, person_id)
    again_at = await _again_at(tx, office, before, written, now)
    if again_at is not None:
        return Receipt(went_to_group=False, again_at=again_at)
    thread_id = await desk.begin_wait(tx, person_id, now=now, alarm_at=office.alarm_at(now))
    last = await desk.last_letter(tx, thread_id, TO_STAFF)
    reply_to = answers.message_id if answers is not None and group and answers.chat_id == group.chat_id else None
    about = None if _same_album(last, written) else announcement  # of an album the first says it
    new = NewLetter(thread_id, TO_STAFF, person_id, written, now, is_question, reply_to, about)
    letter = await _keep(tx, new)
    await questions.went_to_desk(tx, written.chat_id, written.message_id, letter.id)
    if group is not None:
        thread = await _thread(tx, thread_id)
        new_wait = before is None or before.state != "waiting"
        await sending.to_group(tx, group, thread, letter, new_wait=new_wait, now=now, post=post)
    return Receipt(group is not None, follows_album=_same_album(last, written))


async def from_staff(
    tx: Transaction,
    rights: Rights,
    thread: Thread,
    author_id: int,
    written: Written,
    *,
    now: int,
    post: Post,
    office: Office,
    answers: Letter | None = None,
    is_answer: bool = True,
) -> Letter | None:
    """Carry what staff wrote to the person; None if this very message was carried before.

    `answers` is the person's letter that they reply to; without one it is all that waits. Where it `is_answer` to
    nothing, whoever waits goes on waiting.

    Raises:
        NotAllowedError: whoever wrote is not of the Secretariat.
    """
    await rights.need_staff(tx, author_id)
    if await desk.letter_at(tx, written.chat_id, written.message_id) is not None:
        return None
    last_out = await desk.last_letter(tx, thread.id, TO_PERSON)
    reply_to = await _quoted(tx, thread, answers, last_out)
    waited = await asked_letters.waiting(tx, thread.id)
    letter = await _keep(tx, NewLetter(thread.id, TO_PERSON, author_id, written, now, reply_to_id=reply_to))
    follows_album = _same_album(last_out, written)
    sending.to_person(thread, letter, follows_album=follows_album, post=post)
    if follows_album or not is_answer:
        await settling.settle_nothing(tx, thread, letter, now=now)
        return letter
    was_question = await settling.settle(tx, office, thread, letter, answers, now=now)
    if thread.group_id is None:
        return letter
    if thread.state != "answered":
        sending.post_card_now(thread.group_id, thread.id, post)
    if was_question and letter.content == "text":
        sending.post_note(thread.group_id, thread.id, "offer", post, letter_id=letter.id)
    if settling.is_doubtful(waited, last_out):
        sending.post_note(thread.group_id, thread.id, "answered", post, letter_id=letter.id)
    return letter


async def _quoted(session: Session, thread: Thread, answers: Letter | None, last_out: Letter | None) -> int | None:
    """The message of the person's that a letter to them is in reply to: none that was answered, unless it is meant."""
    last_in = answers or await desk.last_letter(session, thread.id, TO_STAFF)
    if last_in is None or last_in.chat_id != thread.person_id:
        return None
    was_answered = last_out is not None and last_out.id > last_in.id
    return last_in.message_id if answers or not was_answered else None


async def same_from_staff(tx: Transaction, thread: Thread, first: int, *, now: int, post: Post) -> Letter | None:
    """Carry a letter that several people get to one more; whoever waits for an answer goes on waiting."""
    letter = await desk.letter(tx, await desk.add_same(tx, first, thread.id, thread.person_id))
    if letter is None:
        return None
    sending.to_person(thread, letter, follows_album=False, post=post)
    await settling.settle_nothing(tx, thread, letter, now=now)
    return letter


async def edited(tx: Transaction, rights: Rights, letter: Letter, written: Written, *, post: Post) -> None:
    """Carry an edit to the other side.

    Raises:
        NotAllowedError: it is the Secretariat's letter, and whoever wrote it is no longer of the Secretariat.
    """
    if letter.direction == TO_PERSON:
        await rights.need_staff(tx, letter.author_id)
    for number in await desk.same_as(tx, letter.id):
        same = await desk.letter(tx, number)
        if same is not None:
            await _edited(tx, same, written, post)
    await _edited(tx, letter, written, post)


async def _edited(tx: Transaction, letter: Letter, written: Written, post: Post) -> None:
    await desk.change_letter(tx, letter.id, written.plain, written.html)
    thread = await _thread(tx, letter.thread_id)
    chat_id = thread.person_id if letter.direction == TO_PERSON else thread.group_id
    if chat_id is not None and letter.content != "bare":
        sending.post_edit(chat_id, letter, post)


async def take(
    tx: Transaction, rights: Rights, thread_id: int, person_id: int, *, expected: int | None, now: int, post: Post
) -> None:
    """Assign a thread to whoever takes it; `expected` is who had it when they looked (0: nobody; None: whoever).

    Raises:
        NotAllowedError: they are not of the Secretariat.
        ChangedMeanwhileError: somebody else has taken it, or it is closed.
    """
    await rights.need_staff(tx, person_id)
    thread = await _thread(tx, thread_id)
    had = thread.assignee_id or 0
    if had == person_id and thread.state != "closed":
        return
    if not await desk.assign(tx, thread_id, person_id, expected=had if expected is None else expected, now=now):
        raise settling.ChangedMeanwhileError
    await audit.add(
        tx,
        person_id,
        "desk.take",
        f"thread:{thread.id}",
        now=now,
        before={"assignee": had},
        after={"assignee": person_id},
    )
    _show(thread, post)


async def close(
    tx: Transaction, rights: Rights, thread_id: int, person_id: int, *, now: int, post: Post
) -> tuple[Thread, bool]:
    """Close a thread; the thread, and whether its person should know: they asked and got no answer.

    Raises:
        NotAllowedError: they are not of the Secretariat.
        ChangedMeanwhileError: it is closed already.
    """
    await rights.need_staff(tx, person_id)
    thread = await _thread(tx, thread_id)
    if thread.state == "closed" or not await desk.settle(
        tx, thread_id, "closed", was=thread.state, person_id=person_id, now=now
    ):
        raise settling.ChangedMeanwhileError
    had_asked = any(one.is_question for one in await asked_letters.waiting(tx, thread_id))
    await asked_letters.close(tx, thread_id, now=now)
    await questions.close(tx, thread.person_id, now=now)
    await audit.add(
        tx,
        person_id,
        "desk.close",
        f"thread:{thread.id}",
        now=now,
        before={"state": thread.state},
        after={"state": "closed"},
    )
    _show(thread, post)
    was_answered = await desk.last_letter(tx, thread_id, TO_PERSON) is not None
    # Somebody who was answered and then said thanks needs no word on it.
    return thread, thread.state == "waiting" and (not was_answered or had_asked)


async def reopen(
    tx: Transaction, rights: Rights, office: Office, thread_id: int, person_id: int, *, now: int, post: Post
) -> None:
    """Let a thread wait again.

    Raises:
        NotAllowedError: they are not of the Secretariat.
        ChangedMeanwhileError: it waits already.
    """
    await rights.need_staff(tx, person_id)
    thread = await _thread(tx, thread_id)
    if not await desk.reopen(tx, thread_id, now=now, alarm_at=office.alarm_at(now)):
        raise settling.ChangedMeanwhileError
    if thread.state == "closed" and thread.settled_at is not None:
        await asked_letters.reopen(tx, thread_id, closed_at=thread.settled_at)
    await audit.add(
        tx,
        person_id,
        "desk.reopen",
        f"thread:{thread.id}",
        now=now,
        before={"state": thread.state},
        after={"state": "waiting"},
    )
    _show(thread, post)


async def deliver_again(tx: Transaction, person_id: int, *, post: Post) -> int:
    """Somebody can be written to again: what did not reach them goes once more; returns how much that is."""
    thread = await desk.thread_of(tx, person_id)
    if thread is None:
        return 0
    letters = [one for one in await desk.undelivered(tx, thread.id) if await desk.letter_goes_again(tx, one.id)]
    for letter in letters:
        sending.to_person(thread, letter, follows_album=False, post=post)
    if letters and thread.group_id is not None:
        sending.post_note(thread.group_id, thread.id, "back", post)
    return len(letters)


async def _again_at(tx: Transaction, office: Office, thread: Thread | None, written: Written, now: int) -> int | None:
    """When somebody who has sent many letters can send the next; None if that is now."""
    if thread is None or _same_album(await desk.last_letter(tx, thread.id, TO_STAFF), written):
        return None
    passed = office.letters_in_ten_minutes - 1
    since = await desk.letter_back(tx, thread.id, passed=passed, after=now - TEN_MINUTES_US)
    return None if since is None else since + TEN_MINUTES_US


async def _keep(tx: Transaction, new: NewLetter) -> Letter:
    number = await desk.add_letter(tx, new)
    letter = None if number is None else await desk.letter(tx, number)
    if letter is None:
        raise AssertionError("The letter was looked for in this very transaction.")
    return letter


async def _thread(tx: Transaction, thread_id: int) -> Thread:
    thread = await desk.thread(tx, thread_id)
    if thread is None:  # its person had everything erased
        raise settling.ChangedMeanwhileError
    return thread


def _show(thread: Thread, post: Post) -> None:
    if thread.group_id is not None:
        sending.post_card_now(thread.group_id, thread.id, post)


def _same_album(last: Letter | None, written: Written) -> bool:
    return last is not None and written.album is not None and last.album == written.album
