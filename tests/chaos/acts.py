"""What people do: ask, write to the Secretariat, star, take part, choose, look, and press what is long out of date."""

from __future__ import annotations

from collections.abc import Mapping

from tests.chaos.claims import UNKNOWN, Answered, answered
from tests.chaos.residents import Act, Resident, data_in
from tests.chat import Json
from tests.registrants import Answer, step_of, text_of

NOT_KNOWN = "I do not know the answer to that."
SEGMENTS: Mapping[str, str] = {
    "plenary": "Plenary", "military": "Military", "civilian": "Civilian", "police": "Police"
}  # fmt: skip
COMMANDS = ("/help", "/privacy", "/me", "/now", "/programme", "/start", "/cancel", "/directory")


async def ask(one: Resident) -> None:
    """A few questions in a row, without waiting for the answers in between."""
    count = one.chance.randint(1, 4)
    topics = list(one.town.titles.values())
    for _ in range(count):
        if one.chance.random() < 0.6:
            topic = one.chance.choice(topics)
            one.claims.expected.append(topic)
            await one.who.phone.start(f"topic_{topic}")
        else:
            question = f"zqx {len(one.claims.questions) + 10} of {one.claims.person} wvy"
            one.claims.expected.append(UNKNOWN)
            one.claims.questions.append(question)
            await one.who.phone.write(question)
    for _ in range(count):
        await one.hears(lambda message: answer_in(message, one.town.titles) is not None)


def answer_in(message: Json, titles: Mapping[str, str]) -> str | None:
    """Which answer a message is; None if it is none of those that are told apart."""
    first = text_of(message).partition("\n")[0]
    return UNKNOWN if first.startswith(NOT_KNOWN) else titles.get(first)


async def write_to_desk(one: Resident) -> None:
    letter = f"Letter {len(one.claims.letters) + 10} of {one.claims.person}, please answer it."
    one.claims.letters.append(letter)
    await one.who.phone.write(f"/ask {letter}")
    await one.hears(lambda message: "Your message has gone to the Secretariat." in text_of(message))


async def star(one: Resident) -> None:
    """Open a session of the agenda, and put it into one's programme, or take it out."""
    await one.who.phone.write("/agenda")
    agenda = await one.hears(lambda message: data_in(message, "agenda:session:") is not None)
    if one.chance.random() < 0.5:
        await one.who.tap(agenda, await another_day(one, agenda))
        agenda = await one.becomes(agenda, lambda now: now["text"] != agenda["text"])
    sessions = [data for row in agenda["reply_markup"]["inline_keyboard"] for data in [row[0].get("callback_data", "")]
                if data.startswith("agenda:session:")]  # fmt: skip
    if not sessions:
        return
    await one.who.tap(agenda, one.chance.choice(sessions))
    data = await one.button(agenda, "agenda:star:", "agenda:unstar:")
    _agenda, act, session, *_ = data.split(":")
    await one.who.tap(agenda, data)
    if act == "star":
        await one.button(agenda, f"agenda:unstar:{session}")
        one.claims.starred.add(int(session))
    else:
        await one.button(agenda, f"agenda:star:{session}")
        one.claims.starred.discard(int(session))


async def another_day(one: Resident, agenda: Json) -> str:
    days = [
        button["callback_data"] for row in agenda["reply_markup"]["inline_keyboard"] for button in row
        if button.get("callback_data", "").startswith("agenda:at:")
    ]  # fmt: skip
    return str(one.chance.choice(days[:2]))


async def take_part(one: Resident) -> None:
    """Answer to the conference; whoever has answered changes it, or withdraws."""
    if not one.can_take_part:
        await ask(one)
        return
    sent = await one.who.phone.write("/participate")  # what came before may have come twice
    shown = await one.hears(lambda message: message["message_id"] > sent["message_id"] and is_about(message))
    if is_question(shown):
        await fill_in(one, shown)
        return
    one.notes(shown)
    if one.claims.taking_part in {Answered.DECLINED, Answered.WITHDRAWN}:
        await one.who.tap(shown, await one.button(shown, "part:change:"))
        asked = await one.hears(lambda message: is_question(message) or is_summary(message))
        await (fill_in if is_question(asked) else other_segment)(one, asked)
    elif one.claims.taking_part == Answered.OFFERED:
        return  # the offer itself may be what was shown, and it only asks whether to accept: see `look_around`
    elif one.claims.segment and one.claims.taking_part != Answered.WAITING and one.chance.random() < 0.6:
        await change(one, shown)
    else:
        await withdraw(one, shown)


def is_about(message: Json) -> bool:
    """Whether a message tells, or asks, how somebody takes part."""
    return is_question(message) or answered(text_of(message)) is not None


def is_question(message: Json) -> bool:
    return step_of(message) is not None and "How will you take part?" in text_of(message)


def is_summary(message: Json) -> bool:
    """Of what somebody had answered: they have withdrawn, or what they were offered has lapsed."""
    return step_of(message) is not None and "Is this right?" in text_of(message)


async def fill_in(one: Resident, question: Json) -> None:
    held, segment = one.town.conference.details, one.chance.choice(list(SEGMENTS))
    chances = {"in person": 6, "online": 3, "I will not come": int(one.claims.taking_part != Answered.DECLINED)}
    way = one.chance.choices(list(chances), list(chances.values()))[0]
    note = f"No example food {one.claims.acts} of {one.claims.person}"
    one.claims.notes.append(note)
    answers = {
        "attendance": Answer(way, (way[0].upper() + way[1:],)),
        "arrives_on": Answer(held.starts_on.isoformat()),
        "departs_on": Answer(held.ends_on.isoformat()),
        "diet": Answer(note),
        "accessibility": Answer("-", ("Skip",)),
        "visa_letter": Answer("yes", ("Yes",)),
        "segment": Answer(segment, (SEGMENTS[segment],)),
    }
    one.who.unread(question)
    told = await one.who.fill_in(answers, "You are registered to take part", "All places are taken. Your place",
                                 "You have answered that you will not come",
                                 "You are not registered any more")  # fmt: skip
    one.claims.segment = segment
    one.notes(told)


async def change(one: Resident, card: Json) -> None:
    """Another part of the agenda."""
    await one.who.tap(card, await one.button(card, "part:change:"))
    await other_segment(one, await one.hears(is_summary))


async def other_segment(one: Resident, summary: Json) -> None:
    """Another part of the agenda, and the rest as it stands there."""
    segment = one.chance.choice([name for name in SEGMENTS if name != one.claims.segment])
    one.who.has_seen(summary)
    await one.who.press(summary, "Segment")
    answers = {"segment": Answer(segment, (SEGMENTS[segment],))}
    told = await one.who.fill_in(answers, "You are registered to take part", "All places are taken. Your place")
    one.claims.segment = segment
    one.notes(told)


async def withdraw(one: Resident, card: Json) -> None:
    await one.who.tap(card, await one.button(card, "part:ask:"))
    yes = await one.button(card, "part:withdraw:")
    await one.who.tap(card, yes)
    if one.chance.random() < 0.3:
        await one.who.tap(card, yes, again=True)
    one.notes(await one.becomes(card, lambda now: answered(text_of(now)) is not None))


async def choose_announcements(one: Resident) -> None:
    """Official notices only, or all."""
    await one.who.phone.write("/reminders")
    screen = await one.hears(lambda message: data_in(message, "ann:wish:") is not None)
    only = not one.claims.only_official
    one.claims.choices += 1
    await one.who.tap(screen, "ann:wish:official" if only else "ann:wish:all")
    ticked = "✓ Official notices only" if only else "✓ All announcements"
    await one.becomes(screen, lambda now: any(button["text"] == ticked for row in rows_of(now) for button in row))
    one.claims.only_official = only
    one.claims.choices += 1


def rows_of(message: Json) -> list[list[Json]]:
    return list(message.get("reply_markup", {}).get("inline_keyboard", []))


async def look(one: Resident) -> None:
    """Something that changes nothing."""
    sent = await one.who.phone.write(one.chance.choice(COMMANDS))
    await one.hears(lambda message: message["message_id"] > sent["message_id"])


async def press_old(one: Resident) -> None:
    """A button of something that is long over: nothing may come of it."""
    path = f"/chats/{one.who.phone.chat_id}?after=0&limit=1000"
    messages = (await one.town.people.get(path))["messages"]
    old = [
        (message, data) for message in messages
        if (data := data_in(message, "form:", "join:ask:", "center:new:")) is not None
    ]  # fmt: skip
    if old:
        message, data = one.chance.choice(old)
        await one.who.tap(message, data, again=True)


async def send_no_text(one: Resident) -> None:
    sent = await one.town.people.post(f"/persons/{one.claims.person}/stickers", {})
    await one.hears(lambda message: message["message_id"] > sent["message_id"])


ACTS: Mapping[Act, int] = {
    ask: 30, write_to_desk: 8, star: 16, take_part: 22, choose_announcements: 5, look: 10, press_old: 6,
    send_no_text: 3,
}  # fmt: skip
