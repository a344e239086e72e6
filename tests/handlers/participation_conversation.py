"""A conversation that makes the bot say everything about taking part in a conference.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import conferences, delegates, outbox, participations, requests, turnouts
from storage.records import MessageClass
from storage.records.conferences import Conference, ConferenceState, Segment
from storage.records.members import DelegateState, RequestKind
from storage.records.participations import Attendance, ParticipationDetails
from storage.session import Transaction
from tests import participants, records
from tests.chat import Json, People, Phone, until
from tests.desk import OWNER, by_bot, with_label
from tests.forms import asks

DAY_S = 24 * 3600.0
PAUSE_S = 120.0
"""Nobody presses so many buttons without a pause: the bot would not read on."""
IN_PERSON: Mapping[str, str] = {
    "How will you take part?": "in person",
    "On which day do you arrive?": "first",
    "On which day do you leave?": "last",
    "do not eat or drink": "⟦D⟧",
    "such as a ramp": "⟦A⟧",
    "letter of invitation": "yes",
    "Which part of the agenda": "plenary",
}
DETAILS = ParticipationDetails(attendance=Attendance.IN_PERSON, segment=Segment.PLENARY)


@dataclass(frozen=True)
class Scene:
    """A conference with one place, a Center with its focal point, and two of its delegates."""

    bot: Running
    people: People
    clock: MovableClock
    held: Conference
    center: int
    focal: Phone
    first: Phone
    second: Phone


async def converse_about_taking_part(bot: Running, people: People, clock: MovableClock) -> None:
    """From who cannot take part to who waits, is offered a place and withdraws, and to those who look on."""
    held = await participants.conference(bot, capacity=1, time_zone="Europe/Zurich")
    center = await center_of(bot, "⟦Center P⟧")
    focal, first, second = [await people.person(f"⟦{name}⟧") for name in "PQR"]
    for phone in (focal, first, second):
        await phone.ask("/start")
    for phone in (first, second):
        await record(bot, phone, center)
    await records.lead(bot, focal, center)
    scene = Scene(bot, people, clock, held, center, focal, first, second)
    await who_cannot(scene)
    await before_any_answer(scene)
    await fills_in(scene)
    clock.advance(PAUSE_S)
    await waits(scene)
    clock.advance(PAUSE_S)
    await looks_on(scene)
    clock.advance(PAUSE_S)
    await center_answers(scene)
    clock.advance(60 * DAY_S)
    await after_the_last_day(scene)
    await ends(scene)


async def center_of(bot: Running, name: str) -> int:
    return await records.center(
        bot, name=name, short_name=None, city="⟦T⟧", website=None, email=None, phone=None, head_name=None,
        head_title=None,
    )  # fmt: skip


async def record(bot: Running, phone: Phone, center: int | None, state: DelegateState = DelegateState.ACTIVE) -> int:
    return await records.person(
        bot,
        center,
        writes=phone,
        state=state,
        given_name="⟦N⟧",
        family_name="⟦E⟧",
        title=None,
        time_zone="Europe/Zurich",
    )


async def forged(phone: Phone, data: str) -> Json:
    """Press a button that is not there, on a message of its own."""
    message = await phone.ask("/help")
    await phone.press(message, data, forged=True)
    return message


async def shows(phone: Phone, data: str, words: str) -> Json:
    """As `forged`; the message once it has these words, marks apart."""
    message = await forged(phone, data)
    return await become(phone, message, words)


async def become(phone: Phone, message: Json, words: str) -> Json:
    async def found() -> Json | None:
        now = await phone.now(message)
        return now if words in re.sub("[⟦⟧]", "", now.get("text", "")) else None

    return dict(await until(found))


async def press(phone: Phone, message: Json, label: str, words: str) -> Json:
    """Press a button; the message once it has these words."""
    await phone.press(message, with_label(message, label)[1])
    return await become(phone, message, words)


async def who_cannot(scene: Scene) -> None:
    bot, held = scene.bot, scene.held
    stranger, suspended, asking = [await scene.people.person(f"⟦{name}⟧") for name in "XYZ"]
    for phone in (stranger, suspended, asking):
        await phone.ask("/participate")
    await record(bot, suspended, scene.center, DelegateState.SUSPENDED)
    number = await record(bot, asking, scene.center, DelegateState.PENDING)

    async def ask(tx: Transaction) -> None:
        await requests.add(
            tx, RequestKind.JOIN, center=scene.center, delegate=number, person_id=asking.id, now=bot.now_us()
        )

    await bot.database.write(ask)
    show = f"part:show:{held.id}"
    await shows(stranger, show, "Please register as one first.")
    await shows(suspended, show, "or your Center cannot take part")
    await shows(asking, show, "is not decided yet")
    await shows(stranger, "part:show:99999", "No conference is planned")
    await forged(stranger, f"part:all:{held.id}")
    await stranger.within(await scene.people.group(stranger)).ask("/participate@unigo_test_bot")


async def before_any_answer(scene: Scene) -> None:
    owner = Phone(scene.people, OWNER, OWNER)
    await shows(owner, f"part:all:{scene.held.id}", "Nobody has answered yet.")
    empty = await center_of(scene.bot, "⟦Center O⟧")
    await shows(owner, f"part:center:{scene.held.id}:{empty}", "has no delegates here yet.")


async def typed(scene: Scene, phone: Phone, answers: Mapping[str, str]) -> Json:
    """Answer everything; the summary."""
    days: Mapping[str, date] = {"first": scene.held.details.starts_on, "last": scene.held.details.ends_on}
    for question, text in answers.items():
        await asks(phone, question)
        await phone.write(days[text].isoformat() if text in days else text)
    return await asks(phone, "Is this right?")


async def fills_in(scene: Scene) -> None:
    """The first takes the only place; two answers do not fit."""
    phone, held = scene.first, scene.held
    await forged(phone, f"part:show:{held.id}")
    await asks(phone, "A few questions about the conference")
    await phone.write("in person")
    await asks(phone, "On which day do you arrive?")
    await phone.write((held.details.ends_on + timedelta(days=30)).isoformat())
    await asks(phone, "does not go with the days")
    await phone.write(held.details.ends_on.isoformat())
    await asks(phone, "On which day do you leave?")
    await phone.write(held.details.starts_on.isoformat())
    await asks(phone, "before the day of arrival")
    summary = await typed(scene, phone, dict(tuple(IN_PERSON.items())[2:]))
    await phone.press(summary, with_label(summary, "Send")[1])
    told = await asks(phone, "registered to take part in person")
    await phone.press(told, with_label(told, "Change")[1])
    summary = await asks(phone, "Press the line that you want to change")
    await phone.press(summary, with_label(summary, "Send")[1])
    same = await asks(phone, "It is so already.")
    await withdraw_quietly(scene, phone)
    await phone.press(same, with_label(same, "Send")[1])
    await asks(phone, "Your answer has changed meanwhile")
    await phone.ask("/cancel")
    await answer_quietly(scene, phone, DETAILS)


async def answer_quietly(scene: Scene, phone: Phone, details: ParticipationDetails) -> None:
    """Somebody answers on another phone."""

    async def work(tx: Transaction) -> None:
        own = await delegates.of_person(tx, phone.id)
        assert own is not None
        found = await participations.of_delegate(tx, scene.held.id, own.id)
        edition = participations.NEW if found is None else found.edition
        said = details
        if details.attendance == Attendance.IN_PERSON:
            held = scene.held.details
            said = replace(details, arrives_on=held.starts_on, departs_on=held.ends_on)
        await participations.answer(tx, scene.held.id, own.id, said, edition=edition, now=scene.bot.now_us())

    await scene.bot.database.write(work)


async def withdraw_quietly(scene: Scene, phone: Phone) -> None:
    await answer_quietly(scene, phone, ParticipationDetails())


async def waits(scene: Scene) -> None:
    """The second waits, is offered a place, lets the time pass, is offered one again, and declines."""
    first, second, show = scene.first, scene.second, f"part:show:{scene.held.id}"
    await forged(second, show)
    summary = await typed(scene, second, IN_PERSON)
    await second.press(summary, with_label(summary, "Send")[1])
    await asks(second, "Your place among those who wait for one")
    await shows(first, f"conf:show:{scene.held.id}", "(all taken)")
    mine = await shows(first, show, "registered to take part in person")
    asked = await press(first, mine, "Withdraw my registration", "Do you want to withdraw")
    await press(first, asked, "Yes", "not registered any more")
    await by_bot(second, "A place is free")
    await shows(second, show, "A place is free")
    scene.clock.advance(2 * DAY_S + PAUSE_S)
    await by_bot(second, "is free again now")
    await forged(second, f"part:accept:{scene.held.id}:0")
    await answer_quietly(scene, first, DETAILS)
    await answer_quietly(scene, second, DETAILS)
    await answer_quietly(scene, first, ParticipationDetails(attendance=Attendance.ONLINE, segment=Segment.POLICE))
    scene.clock.advance(PAUSE_S)
    offer = await shows(second, show, "A place is free")
    await press(second, offer, "Decline", "that you will not come")
    await shows(first, show, "registered to take part online")
    await answer_quietly(scene, second, DETAILS)
    await answer_quietly(scene, first, DETAILS)
    await shows(first, show, "If you get none, you take part online")
    await withdraw_quietly(scene, second)
    scene.clock.advance(PAUSE_S)
    await shows(first, show, "A place is free")
    scene.clock.advance(2 * DAY_S + PAUSE_S)
    await by_bot(first, "There was no place in person")


async def looks_on(scene: Scene) -> None:
    """Centers that do not come, and all that the numbers and the file tell."""
    owner, held = Phone(scene.people, OWNER, OWNER), scene.held
    absent = await center_of(scene.bot, "⟦Center A⟧")

    async def work(tx: Transaction) -> None:
        await turnouts.say_absent(tx, held.id, absent, by=OWNER, now=scene.bot.now_us())

    await scene.bot.database.write(work)
    numbers = await shows(owner, f"part:all:{held.id}", "Registered")
    await press(owner, numbers, "Centers without", "Centers without an answer")
    numbers = await press(owner, await owner.now(numbers), "Back", "Registered")
    await press(owner, numbers, "Centers that", "Centers that do not come")
    numbers = await press(owner, await owner.now(numbers), "Back", "Registered")
    await owner.press(numbers, with_label(numbers, "As XLSX")[1])
    await by_bot(owner, "This file holds personal data")


async def center_answers(scene: Scene) -> None:
    """The focal point looks, reminds, says that nobody comes, and takes it back."""
    focal, about = scene.focal, f"{scene.held.id}:{scene.center}"
    silent = await scene.people.person("⟦S⟧")
    await silent.ask("/start")
    await record(scene.bot, silent, scene.center)
    await focal.ask("/center")
    shown = await shows(focal, f"part:center:{about}", "No answer yet")
    await focal.press(shown, with_label(shown, "Remind")[1])
    await by_bot(silent, "Your Center waits for your answer")
    await focal.press(shown, with_label(shown, "Remind")[1])
    await answer_quietly(scene, silent, DETAILS)
    await focal.press(shown, with_label(shown, "Remind")[1])
    asked = await press(focal, shown, "Our Center will not", "of its delegates are registered")
    gone = await press(focal, asked, "Withdraw them", "has said that it does not come")
    await by_bot(silent, "so you are not registered any more")
    await press(focal, gone, "Our Center comes", "Will not come")
    await answer_quietly(scene, silent, DETAILS)
    await shows(focal, f"part:away:{about}", "of its delegates is registered")

    async def leave(tx: Transaction) -> None:
        own = await delegates.of_person(tx, silent.id)
        assert own is not None
        states = (DelegateState.ACTIVE, DelegateState.SUSPENDED)
        await delegates.set_state(tx, own.id, before=states[0], state=states[1], now=scene.bot.now_us())

    await scene.bot.database.write(leave)
    scene.clock.advance(PAUSE_S)
    await by_bot(silent, "You are not a delegate or guest at the moment")


async def after_the_last_day(scene: Scene) -> None:
    """Whoever is registered asks the Secretariat; who is not is too late."""
    first, held = scene.first, scene.held
    await answer_quietly(scene, first, DETAILS)
    owner = Phone(scene.people, OWNER, OWNER)
    await shows(scene.second, f"part:change:{held.id}", "The last day to register")
    late = await shows(scene.focal, f"part:away:{held.id}:{scene.center}", "The last day to withdraw them")
    await scene.focal.press(late, f"part:allgone:{held.id}:{scene.center}", forged=True)
    await shows(first, f"part:show:{held.id}", "the Secretariat decides")
    await forged(first, f"part:change:{held.id}")
    summary = await asks(first, "what you change now")
    await first.press(summary, with_label(summary, "Visa letter")[1])
    question = await asks(first, "letter of invitation")
    await first.press(question, with_label(question, "Yes")[1])
    summary = await asks(first, "Is this right?")
    await first.press(summary, with_label(summary, "Send")[1])
    await asks(first, "You have asked the Secretariat")
    await sent(scene)
    await forged(first, f"part:approve:{await asked(scene)}")
    numbers = await shows(owner, f"part:all:{held.id}", "Registered")
    await owner.press(numbers, with_label(numbers, "Changes to approve")[1])
    await shows(owner, f"part:refuse:{await asked(scene)}", "Declined by")
    await by_bot(first, "has not agreed")
    mine = await shows(first, f"part:show:{held.id}", "the Secretariat decides")
    question = await press(first, mine, "Withdraw my registration", "Do you want to withdraw")
    mine = await press(first, question, "Yes", "You have asked the Secretariat")
    await press(first, mine, "Take it back", "the Secretariat decides")
    await first.press(question, f"part:ask:{held.id}", forged=True)
    question = await become(first, question, "Do you want to withdraw")
    await press(first, question, "Yes", "You have asked the Secretariat")
    await sent(scene)
    about = await asked(scene)
    await shows(owner, f"part:approve:{about}", "Approved by")
    await by_bot(first, "has done what you asked for")
    await forged(owner, f"part:approve:{about}")


async def asked(scene: Scene) -> str:
    """What stands in the buttons of the card for what the first asks for."""
    own = await delegates.of_person(scene.bot.database.reader, scene.first.id)
    assert own is not None
    found = await participations.of_delegate(scene.bot.database.reader, scene.held.id, own.id)
    assert found is not None
    return f"{found.id}:{found.asked_at}"


async def sent(scene: Scene) -> None:
    """Wait until the card was delivered, wherever the Secretariat is written to."""

    async def all_of_it() -> bool:
        return not await outbox.queued(scene.bot.database.reader, MessageClass.REPLY, after=0, at_most=1)

    await until(all_of_it)


async def ends(scene: Scene) -> None:
    """The conference is over; another one is cancelled."""
    await record(scene.bot, scene.focal, scene.center)
    await answer_quietly(scene, scene.focal, DETAILS)
    await shows(scene.focal, f"part:show:{scene.held.id}", "the Secretariat decides")
    other = await participants.conference(scene.bot)
    for held in (scene.held, other):

        async def cancel(tx: Transaction, number: int = held.id) -> None:
            await conferences.set_state(tx, number, ConferenceState.CANCELLED, scene.bot.now_us())

        if held is scene.held:
            scene.clock.advance(50 * DAY_S)
            await shows(scene.first, f"part:show:{held.id}", "is over")
        await scene.bot.database.write(cancel)
        await shows(scene.first, f"part:show:{held.id}", "was cancelled")
