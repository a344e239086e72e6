"""What is queued about requests, by name; it is rendered at delivery, in the reader's language, as things stand."""

from __future__ import annotations

from bot.members.roles import Rights, Role
from storage import people, requests, roles, secretariat
from storage.outbox import Post
from storage.records import FollowUp, NewMessage, Rendered
from storage.records.members import Request, RequestKind
from storage.session import Transaction

CARD, CARD_NOW, NEWS = "request_card", "request_card_now", "request_news"
"""Renderers: a request for those who decide, the same as it stands now, and what became of it for who asked."""
CARD_MADE, PROMPT_MADE, NOT_TOLD = "request_card_made", "request_prompt_made", "request_not_told"
"""Follow-ups: where a card is, where the question is that staff reply to, and that whoever asked was not reached."""


async def post_cards(tx: Transaction, rights: Rights, request: Request, post: Post) -> bool:
    """Show a request to those who decide; False if nobody can be shown it now: then it waits in /pending."""
    chats = await deciders(tx, rights, request)
    for chat_id in chats:
        post_card(chat_id, request.id, post)
    return bool(chats)


def post_card(chat_id: int, request_id: int, post: Post, *, topic_id: int | None = None) -> None:
    """Show a request in one chat, if it is for that chat to see."""
    args = {"request": request_id, **({} if topic_id is None else {"topic": topic_id})}
    made = FollowUp(CARD_MADE, {"request": request_id})
    post(NewMessage(chat_id, Rendered(CARD, args), follow_up=made))


async def post_cards_now(tx: Transaction, request_id: int, post: Post) -> None:
    """Let every card of a request show how it stands."""
    for card in await requests.cards(tx, request_id):
        post_card_now(card.chat_id, card.message_id, request_id, post)


def post_card_now(chat_id: int, message_id: int, request_id: int, post: Post) -> None:
    """Let one card show how its request stands."""
    post(NewMessage(chat_id, Rendered(CARD_NOW, {"request": request_id, "message": message_id})))


def post_news(request: Request, post: Post) -> None:
    """Tell whoever asked what became of it. `request` is as it was decided."""
    if request.person_id is not None:
        args = {"request": request.id, "edition": request.edition}
        post(NewMessage(request.person_id, Rendered(NEWS, args), on_failure=FollowUp(NOT_TOLD, args)))


async def tell_again(tx: Transaction, person_id: int, post: Post) -> int:
    """Somebody can be written to again: tell them what they do not know yet; returns how much that is."""
    untold = await requests.tell_again(tx, person_id)
    for request in untold:
        post_news(request, post)
        await post_cards_now(tx, request.id, post)
    return len(untold)


async def deciders(tx: Transaction, rights: Rights, request: Request) -> list[int]:
    """The chats of those who decide.

    Who wants to join a Center is shown to its focal point and deputies; everything else, and what they cannot be
    reached for, to the Secretariat: in its group, or privately as long as there is none.
    """
    if request.kind == RequestKind.JOIN and request.center is not None:
        leading = await leaders(tx, request.center)
        if leading:
            return leading
    return await of_secretariat(tx, rights)


async def of_secretariat(tx: Transaction, rights: Rights) -> list[int]:
    """Where the Secretariat is written to: its group or, as long as there is none, its owners and members."""
    group = await secretariat.bound(tx)
    if group is not None:
        return [group.chat_id]
    members = [holder.person_id for holder in await roles.holders(tx, Role.SECRETARIAT)]
    return await _reachable(tx, [*rights.owners, *members])


async def leaders(tx: Transaction, center_id: int) -> list[int]:
    """The focal point and the deputies of a Center who can be reached, and are not suspended."""
    return await _reachable(tx, await roles.leaders(tx, str(center_id)))


async def _reachable(tx: Transaction, person_ids: list[int]) -> list[int]:
    known = [await people.find(tx, person_id) for person_id in dict.fromkeys(person_ids)]
    return [person.id for person in known if person is not None and person.unreachable_since is None]
