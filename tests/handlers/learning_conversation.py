"""A conversation that makes the bot say everything about answers for everyone.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

from babel import Locale

from bot.app import Running
from bot.locales.catalogues import LANGUAGES
from bot.runtime.clock import MovableClock
from storage import questions
from tests.chat import Json, People, Phone, buttons, until
from tests.desk import OWNER, by_bot, invited, with_label
from tests.handlers.live_conversation import converse_about_ones_question

DAY_S = 24 * 3600.0
WRITTEN = "⟦Garage⟧"
ASKED = "⟦Is there parking at the venue of the conference?⟧"
ALIKE = ("⟦Is there parking at the conference venue?⟧", "⟦Is there any parking at the venue of the conference?⟧")
OFTEN = "⟦Who has painted the emblem of the association?⟧"
DIFFERENT = (
    "May I bring my dog?",
    "Who repairs bicycles here?",
    "Is the tap water safe to drink?",
    "Where do I buy stamps?",
    "Can you lend me an umbrella?",
    "What does the choir sing?",
    "What is the capital of Peru?",
    "Do the shops open on Sunday?",
    "Will it rain tomorrow?",
)


async def converse_about_answers(bot: Running, people: People, clock: MovableClock) -> None:
    """From the offer under a reply to a withdrawn answer, and what did not help."""
    owner = Phone(people, OWNER, OWNER)
    member = await people.person("⟦M⟧")
    joined = await member.start(await invited(owner))
    await member.reply_after(joined["message_id"])
    group = member.within(await people.group(owner, member, title="⟦A⟧", is_forum=True))
    await owner.within(group.chat_id).ask("/bind")
    await member.ask("/learned")
    await member.ask("/learn")
    await what_is_too_late(people, member, group)
    card = await drafted(people, group)
    await in_private(member)
    await published(group, card)
    await asked_nearly(people)
    await in_all_languages(member)
    await did_it_help(people, group)
    await lists(bot, people, group, member)
    await gaps(people, member)
    await converse_about_ones_question(people, group)
    clock.advance(181 * DAY_S)
    await member.ask("/gaps")


async def what_is_too_late(people: People, member: Phone, group: Phone) -> None:
    old = await member.ask("/start")
    for data in ("learn:show:1", "learn:offer:9999"):
        await member.press(old, data, forged=True)
    phone = await people.person("⟦L⟧")
    await phone.ask("⟦Is there a canteen in the hotel?⟧")
    copy = await by_bot(group, "canteen")
    await group.write("⟦" + "a" * 3_001 + "⟧", message_thread_id=copy["message_thread_id"])
    note = await by_bot(group, "make it one for everyone")
    await group.press(note, with_label(note, "Make it")[1])
    late = await group.write("/learn", reply_to_message_id=copy["message_id"])
    await group.reply_after(late["message_id"])


async def drafted(people: People, group: Phone) -> Json:
    """A draft from a reply, while others wait with the same question."""
    for question in ALIKE:
        await (await people.person("⟦W⟧")).ask(question)
    phone = await people.person("⟦P⟧")
    await phone.ask(ASKED)
    copy = await by_bot(group, ASKED)
    mine = await group.write(WRITTEN, message_thread_id=copy["message_thread_id"])
    await by_bot(phone, WRITTEN)
    await group.ask("/learn", reply_to_message_id=mine["message_id"])
    return await by_bot(group, "Draft of an answer for everyone")


async def in_private(member: Phone) -> None:
    opened = await member.start("learned_1")
    card = await member.reply_after(opened["message_id"])
    for label in ("Change the question", "Change the answer"):
        await member.press(card, with_label(card, label)[1])
        await by_bot(member, "/cancel leaves it as it is.")
    sticker = await member.people.post(f"/persons/{member.id}/stickers", {})
    await member.reply_after(sticker["message_id"])
    for text in ("⟦" + "a" * 3_001 + "⟧", WRITTEN):
        await member.ask(text)
    await member.press(card, with_label(card, "Change the answer")[1])
    await by_bot(member, "Write the answer in")
    await member.ask("/cancel")


async def published(group: Phone, card: Json) -> None:
    """One of those who wait is left out, told later, and so on."""
    await group.press(card, "learn:same:1:0")
    await by_bot(group, "These were asked.")
    for phrasing in (3, 4):
        await group.press(card, f"learn:toggle:1:{phrasing}:0:0", forged=True)
    await group.press(card, "learn:publish:1:0", forged=True)
    await by_bot(group, "Draft of an answer for everyone")
    await press_now(group, card, "Publish")
    await by_bot(group, "from now on, whoever asks")
    for phrasing in (3, 4):
        await group.press(card, f"learn:toggle:1:{phrasing}:1:0", forged=True)
    await group.press(card, "learn:show:1", forged=True)
    await press_now(group, card, "Tell 2 more")
    await by_bot(group, "being told")
    await group.press(card, "learn:same:1:0", forged=True)
    await by_bot(group, "has the answer")
    await group.press(card, "learn:withdraw:1", forged=True)
    await by_bot(group, "keeps the message")
    await press_now(group, card, "Publish again")


async def asked_nearly(people: People) -> None:
    """What comes near an answer is offered, and opened in the language that it is in."""
    phone = await people.person("⟦N⟧", language="fr")
    choice = await phone.ask("⟦Y a-t-il un parking à l’hôtel ?⟧")
    await phone.press(choice, "topic:learned-1")


async def press_now(phone: Phone, message: Json, label: str) -> None:
    """Press a button of the message as soon as it has it."""

    async def found() -> str | None:
        now = await phone.now(message)
        return next((data for name, data in _buttons(now) if label in name), None)

    await phone.press(message, await until(found), forged=True)


def _buttons(message: Json) -> list[tuple[str, str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        (one["text"].replace("⟦", "").replace("⟧", ""), one.get("callback_data", "")) for row in rows for one in row
    ]


async def in_all_languages(member: Phone) -> None:
    opened = await member.start("learned_1")
    card = await member.reply_after(opened["message_id"])
    for language in LANGUAGES:
        if language == "en":
            continue
        await member.press(card, "learn:translate:1", forged=True)
        await member.press(card, f"learn:part:1:translation:{language}", forged=True)
        await by_bot(member, f"Write it in {Locale('en').languages[language]}")
        await member.ask("⟦One line⟧")
        await member.ask("⟦Question⟧\n⟦Answer⟧")
    await by_bot(member, "In all six languages.")
    await member.press(card, "learn:remove:1:zh", forged=True)


async def lists(bot: Running, people: People, group: Phone, member: Phone) -> None:
    """Drafts from questions, with pages."""
    menu = await member.ask("/start")
    for question in DIFFERENT:
        phone = await people.person("⟦Q⟧")
        await phone.ask(f"⟦{question}⟧")
    for one in await questions.unanswered(bot.database.reader, after=0, at_most=100):
        if one.question.startswith("⟦"):
            await member.press(menu, f"learn:write:q:{one.id}", forged=True)
    await by_bot(member, "There is no answer yet.")
    for state in ("draft:0", "draft:1", "published:0", "withdrawn:0"):
        await member.press(menu, f"learned:{state}", forged=True)
    await member.press(menu, "learn:write:m:9999", forged=True)
    await member.press(menu, "learn:publish:3:0", forged=True)
    await member.press(menu, "learn:ask:3", forged=True)
    await by_bot(member, "Discard this draft?")
    await member.press(menu, "learn:discard:3", forged=True)
    await by_bot(member, "The draft is discarded.")
    await group.press(await group.ask("/learned"), "learn:withdraw:1", forged=True)
    await member.press(menu, "learned:draft:0", forged=True)


async def did_it_help(people: People, group: Phone) -> None:
    """Of one answer yes, of two no: one of the association's, and one of the Secretariat's that is withdrawn then."""
    for question, act in (("What is the AGM?", "yes"), ("What is the AGM?", "no"), (ASKED, "no")):
        phone = await people.person("⟦H⟧")
        for before in ("What is the Annual Conference?", "Who takes part?"):
            await phone.ask(before)
        answer = await phone.ask(question)
        said = next(data for data in buttons(answer).values() if data.startswith(f"helpful:{act}"))
        await phone.press(answer, said)
    offer = await by_bot(phone, "I am sorry that this did not help.")
    assert buttons(offer)


async def gaps(people: People, member: Phone) -> None:
    """Each gap, one that somebody insists on and somebody else asks as well, and one that there is no more."""
    await (await people.person("⟦J⟧")).ask(OFTEN)
    phone = await people.person("⟦I⟧")
    for _time in range(11):
        await phone.ask(OFTEN)
    listing = await member.ask("/gaps")
    await member.press(listing, "gaps:open:q:9999:0", forged=True)
    for page in range(3):
        await member.press(listing, f"gaps:{page}", forged=True)
        await by_bot(member, "what most people asked stands first")
        shown = await member.now(listing)
        for data in [data for data in buttons(shown).values() if data.startswith("gaps:open:")]:
            await member.press(listing, data, forged=True)
