"""Topics by their ids, wherever they come from: the content files, the database, the Secretariat's answers."""

from __future__ import annotations

from bot.knowledge.learned import answer_id
from bot.locales.catalogues import Translator
from handlers import live_conference
from handlers.turn import Desk, Turn
from handlers.views import answers, welcome
from handlers.views import learned as views
from handlers.views.message import Button, Message
from storage import learned


async def look_up(desk: Desk, topic_id: str, question: str) -> object:
    """What a topic wants to know of a question before the transaction; None if that is nothing."""
    if topic_id in live_conference.OF_THE_NEXT:
        return await live_conference.look_up(desk, question)
    live = desk.live.get(topic_id)
    return None if live is None or live.look_up is None else await live.look_up(desk, question)


async def answer(turn: Turn, topic_id: str, t: Translator) -> Message | None:
    """What there is on a topic, in this language; None if there is no such topic (any more)."""
    if (live := turn.desk.live.get(topic_id)) is not None:
        return await live.answer(turn, t)
    if (number := answer_id(topic_id)) is not None:
        found = await learned.answer(turn.tx, number)
        texts = await learned.texts(turn.tx, number)
        return None if found is None or found.state != "published" or not texts else views.answer(t, found, texts)
    try:
        topic = turn.desk.library.topic(topic_id, t.language)
    except KeyError:
        return None
    return answers.answer(t, turn.desk.library, topic, now=await _of_the_next_conference(turn, topic_id, t))


async def _of_the_next_conference(turn: Turn, topic_id: str, t: Translator) -> Message | None:
    """What conferences are in general is told with how it is at the next one, if that is entered."""
    find = live_conference.OF_THE_NEXT.get(topic_id)
    return None if find is None else await find(turn, t)


async def buttons(turn: Turn, topic_ids: tuple[str, ...], t: Translator) -> list[Button]:
    """What leads to topics, without those that there are no more."""
    found = [await _button(turn, topic_id, t) for topic_id in topic_ids]
    return [button for button in found if button is not None]


async def title(turn: Turn, topic_id: str, t: Translator) -> str | None:
    """How a topic is called; None if there is no such topic (any more)."""
    if (live := turn.desk.live.get(topic_id)) is not None:
        return live.title(t)
    if (number := answer_id(topic_id)) is not None:
        found = await learned.answer(turn.tx, number)
        texts = await learned.texts(turn.tx, number)
        if found is None or found.state != "published" or not texts:
            return None
        return views.chosen(found, texts, t.language).question
    try:
        return turn.desk.library.topic(topic_id, t.language).title
    except KeyError:
        return None


async def _button(turn: Turn, topic_id: str, t: Translator) -> Button | None:
    found = await title(turn, topic_id, t)
    return None if found is None else welcome.topic_button(topic_id, views.shortened(found))
