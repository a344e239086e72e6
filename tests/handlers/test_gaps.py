"""What was asked and not answered, for the Secretariat."""

from __future__ import annotations

from bot.runtime.clock import MovableClock
from storage import audit
from tests.chat import Json, buttons
from tests.desk import Secretariat, answer, asked, says, shown, with_label

PARKING = "Is there parking at the venue of the conference?"
SAME_PARKING = "Is there parking at the conference venue?"
FEE = "How much is the membership fee?"
DAY_S = 24 * 3600.0
DIFFERENT = (
    "Is there a prayer room at the venue?",
    "Who pays the membership fee of a university?",
    "What is the telephone number of the Secretariat?",
    "Do you offer scholarships?",
    "When was the logo designed?",
    "What is the theme of the next conference?",
    "Who is the president of the association?",
    "Is the Center in Lyon older than the one in Accra?",
    "Is there a vacancy for a translator?",
    "Which hotel should I book for the conference?",
)
"""About the association, all of them, and none like another."""


async def lines(office: Secretariat) -> list[str]:
    """The entries of the list, from the member's private chat."""
    listing = await office.member.ask("/gaps")
    return [line for line in listing["text"].split("\n") if line.startswith("• ")]


async def opened(office: Secretariat, label: str) -> Json:
    listing = await office.member.ask("/gaps")
    data = next(data for name, data in buttons(listing).items() if name.startswith(label))
    await office.member.press(listing, data)
    return await says(office.member, "If you write an answer and publish it")


async def unhelpful(office: Secretariat) -> None:
    """Somebody says that an answer did not help them."""
    phone = await office.people.person("Delegate U")
    for question in ("What is the Annual Conference?", "When was the association founded?", "What is the AGM?"):
        found = await phone.ask(question)
    await phone.press(found, buttons(found)["This did not help"])


async def test_what_most_people_asked_stands_first(office: Secretariat) -> None:
    assert "There is nothing from the last 180 days." in (await office.member.ask("/gaps"))["text"]
    for question in (PARKING, SAME_PARKING, FEE):
        await (await office.people.person()).ask(question)
    first, second = await lines(office)
    assert first.startswith(f"• {SAME_PARKING} (2 people, last on ")
    assert second.startswith(f"• {FEE} (1 person, last on ")


async def test_somebody_who_asks_twice_counts_once(office: Secretariat) -> None:
    phone = await office.people.person()
    for _time in range(2):
        await phone.ask(PARKING)
    assert "(1 person" in (await lines(office))[0]


async def test_a_gap_shows_how_it_was_put_and_what_became_of_it(office: Secretariat) -> None:
    first, _copy = await asked(office, SAME_PARKING, language="fr")
    card = await says(office.group, "Language: French")
    await asked(office, PARKING)
    _label, data = with_label(card, "Close")
    await office.group.press(card, data)
    await says(first, "sans y répondre")
    gap = await opened(office, PARKING)
    assert f"• {PARKING} (English): waits for an answer" in gap["text"]
    assert f"• {SAME_PARKING} (Français): was closed without an answer" in gap["text"]


async def test_what_the_secretariat_has_answered_is_no_gap(office: Secretariat) -> None:
    phone, copy = await asked(office, PARKING)
    assert len(await lines(office)) == 1
    await answer(office, copy, "Yes.")
    await says(phone, "Yes.")
    assert await lines(office) == []


async def test_an_answer_that_did_not_help_is_a_gap_until_there_is_a_better_one(office: Secretariat) -> None:
    await unhelpful(office)
    gap = await opened(office, "What is the AGM?")
    assert "• What is the AGM? (English): “The Annual General Meeting (AGM)” did not help" in gap["text"]
    await office.member.press(gap, buttons(gap)["Write an answer"])
    draft = await says(office.member, "Draft of an answer for everyone")
    await office.member.press(draft, next(d for n, d in buttons(draft).items() if n.startswith("Write the answer")))
    await says(office.member, "/cancel leaves it as it is.")
    await office.member.ask("It is the meeting at which the members decide.")
    assert len(await lines(office)) == 1  # a draft answers nobody
    again = await opened(office, "What is the AGM?")
    await office.member.press(again, buttons(again)["Write an answer"])  # the same draft, not another
    assert await _drafts(office) == 1
    card = await office.member.start("learned_1")
    shown = await office.member.reply_after(card["message_id"])
    await office.member.press(shown, buttons(shown)["Publish"])
    await says(office.member, "from now on, whoever asks gets it at once")
    assert await lines(office) == []


async def _drafts(office: Secretariat) -> int:
    found = await audit.latest(office.bot.database.reader)
    return sum(one.act == "answer.draft" for one in found)


async def test_what_is_not_about_the_association_is_left_out_unless_it_was_sent(office: Secretariat) -> None:
    phone = await office.people.person()
    reply = await phone.ask("Will it rain tomorrow?")
    assert await lines(office) == []
    await phone.press(reply, buttons(reply)["Ask the Secretariat"])
    await says(office.group, "Will it rain tomorrow?")
    assert len(await lines(office)) == 1


async def test_what_is_older_than_half_a_year_is_left_out(office: Secretariat, clock: MovableClock) -> None:
    await (await office.people.person()).ask(FEE)
    clock.advance(181 * DAY_S)
    assert await lines(office) == []


async def test_the_list_has_pages(office: Secretariat) -> None:
    for question in DIFFERENT:
        await (await office.people.person()).ask(question)
    listing = await office.member.ask("/gaps")
    assert len(_entries(listing)) == 8
    await office.member.press(listing, buttons(listing)["Next"])
    second = await shown(office.member, lambda message: "Previous" in buttons(message))
    assert len(_entries(second)) == len(DIFFERENT) - 8
    await office.member.press(second, next(iter(_entries(second).values())))
    gap = await says(office.member, "If you write an answer and publish it")
    await office.member.press(gap, buttons(gap)["Back"])
    back = await shown(office.member, lambda message: "Previous" in buttons(message))  # on the page where one was
    assert _entries(back) == _entries(second)


def _entries(listing: Json) -> dict[str, str]:
    return {label: data for label, data in buttons(listing).items() if data.startswith("gaps:open:")}


async def test_a_gap_that_was_filled_meanwhile_says_so(office: Secretariat) -> None:
    phone, copy = await asked(office, PARKING)
    listing = await office.member.ask("/gaps")
    await answer(office, copy, "Yes.")
    await says(phone, "Yes.")
    toast = await office.member.press(listing, next(iter(buttons(listing).values())))
    assert toast["text"] == "This has been answered in the meantime."
    assert toast["show_alert"] is True


async def test_strangers_get_nothing(office: Secretariat) -> None:
    await asked(office, FEE)
    stranger = await office.people.person()
    reply = await stranger.ask("/gaps")
    assert FEE not in reply["text"]
    for data in ("gaps:0", "gaps:open:q:1:0"):
        assert (await stranger.press(reply, data, forged=True))["show_alert"] is True
    assert [one.object for one in await audit.latest(office.bot.database.reader) if one.act == "refused"] == [
        "gaps"
    ] * 2
