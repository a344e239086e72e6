"""What the desk queues, by name: it is rendered at delivery, as things stand then.

Messages to one chat leave in order, and a follow-up is committed before the next one leaves. So whatever is queued
behind a topic that is asked for finds it made.
"""

from __future__ import annotations

from bot.runtime.split import utf16_length
from storage import desk
from storage.outbox import Post
from storage.records import Call, FollowUp, NewMessage, Rendered, SecretariatGroup
from storage.records.desk import Letter, Thread
from storage.session import Transaction

CARD, CARD_NOW, HEADING, LETTER, EDIT, NOTE = (
    "desk_card",
    "desk_card_now",
    "desk_heading",
    "desk_letter",
    "desk_edit",
    "desk_note",
)
"""Renderers."""
COPIED, CARD_MADE, TOPIC_MADE, TOPIC_REFUSED, NOT_CARRIED = (
    "desk_copied",
    "desk_card_made",
    "desk_topic_made",
    "desk_topic_refused",
    "desk_not_carried",
)
"""Follow-ups."""

TEXT_WITH_HEADING_AT_MOST = 3_900
CAPTION_WITH_HEADING_AT_MOST = 900
"""UTF-16 code units; Telegram's limits are 4,096 and 1,024, and a heading has a name in it."""
TOPIC_NAME_AT_MOST = 60


async def to_group(
    tx: Transaction, group: SecretariatGroup, thread: Thread, letter: Letter, *, new_wait: bool, now: int, post: Post
) -> None:
    """Carry a person's letter to the Secretariat's group: into their topic, or below their card."""
    fresh = thread.group_id != group.chat_id
    await desk.move_to_group(tx, thread.id, group.chat_id)
    if group.uses_topics:
        if await desk.ask_topic(tx, thread.id, group.chat_id, now):
            _ask_topic(group.chat_id, thread, post)
            post_card(group.chat_id, thread.id, post)
        elif new_wait:
            post_card_now(group.chat_id, thread.id, post)
        heading = "none"
    else:
        if fresh or new_wait or thread.card_id is None:
            post_card(group.chat_id, thread.id, post)
        heading = heading_of(letter)
    if letter.announcement is not None:
        post_note(group.chat_id, thread.id, "announcement", post, letter_id=letter.id)
    post_letter(group.chat_id, letter, heading, post)


def to_person(thread: Thread, letter: Letter, *, follows_album: bool, post: Post) -> None:
    """Carry a letter of the Secretariat's to its person; of an album only the first has a heading."""
    post_letter(thread.person_id, letter, "none" if follows_album else heading_of(letter), post)


def heading_of(letter: Letter) -> str:
    """Where who writes is said: "within" the copy, or "apart" in a message before it, if there is no room within."""
    if letter.content == "bare":
        return "apart"
    at_most = TEXT_WITH_HEADING_AT_MOST if letter.content == "text" else CAPTION_WITH_HEADING_AT_MOST
    return "within" if utf16_length(letter.plain) <= at_most else "apart"


def post_letter(chat_id: int, letter: Letter, heading: str, post: Post) -> None:
    """Queue a letter, with its heading before it if that stands apart."""
    if heading == "apart":
        copied = FollowUp(COPIED, {"thread": letter.thread_id, "letter": letter.id, "part": "heading"})
        post(NewMessage(chat_id, Rendered(HEADING, {"letter": letter.id}), follow_up=copied))
    part = "both" if heading == "within" else "body"
    post(
        NewMessage(
            chat_id,
            Rendered(LETTER, {"letter": letter.id, "heading": heading}),
            follow_up=FollowUp(COPIED, {"thread": letter.thread_id, "letter": letter.id, "part": part}),
            on_failure=FollowUp(NOT_CARRIED, {"thread": letter.thread_id, "letter": letter.id}),
        )
    )


def post_edit(chat_id: int, letter: Letter, post: Post) -> None:
    """Queue the change of a copy. It is behind the copy itself, so that no edit is too early."""
    post(NewMessage(chat_id, Rendered(EDIT, {"letter": letter.id})))


def post_card(chat_id: int, thread_id: int, post: Post) -> None:
    """Queue a new card."""
    made = FollowUp(CARD_MADE, {"thread": thread_id})
    post(NewMessage(chat_id, Rendered(CARD, {"thread": thread_id}), follow_up=made))


def post_card_now(chat_id: int, thread_id: int, post: Post) -> None:
    """Queue that the card shows how the thread stands."""
    post(NewMessage(chat_id, Rendered(CARD_NOW, {"thread": thread_id})))


def post_note(chat_id: int, thread_id: int, note: str, post: Post, *, letter_id: int | None = None) -> None:
    """Queue a note of the bot's for staff, under the letter that it is about."""
    copied = FollowUp(COPIED, {"thread": thread_id, "letter": None, "part": "note"})
    args = {"thread": thread_id, "note": note, "letter": letter_id}
    post(NewMessage(chat_id, Rendered(NOTE, args), follow_up=copied))


def _ask_topic(chat_id: int, thread: Thread, post: Post) -> None:
    name = (thread.name.full or str(thread.person_id))[:TOPIC_NAME_AT_MOST]
    post(
        NewMessage(
            chat_id,
            Call("createForumTopic", {"name": name}),
            follow_up=FollowUp(TOPIC_MADE, {"thread": thread.id}),
            on_failure=FollowUp(TOPIC_REFUSED, {"thread": thread.id}),
        )
    )
