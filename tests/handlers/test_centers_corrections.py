"""What is corrected, changed and withdrawn while it waits; and /pending."""

from __future__ import annotations

from functools import partial

from bot.app import Running
from bot.members import delegates, requests
from bot.members.roles import Rights
from storage import centers, outbox
from storage.records.members import (
    CenterState,
    Change,
    DelegateDetails,
    DelegateState,
    Request,
    RequestKind,
    RequestState,
)
from storage.session import Transaction
from tests.centers import approved, card_of, has_become, press, put, request_now
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import OWNER, Secretariat, labels, running, says, secretariat, shown


async def waiting(office: Secretariat, people: People) -> tuple[Phone, Json]:
    """Somebody who has registered Center A, and its card."""
    phone = await people.person("Applicant A")
    await put(office.bot, phone)
    return phone, await card_of(office.group, "Center A")


async def asked_to_correct(office: Secretariat, card: Json, *names: str) -> Json:
    """What is to be corrected is ticked; the message with the ticks."""
    await press(office.group, card, "Ask for a correction")
    ticks = await says(office.group, "What is to be corrected in “🇨🇭 Center A”?")
    assert "Send" not in labels(ticks)
    assert ticks["reply_to_message"]["message_id"] == card["message_id"], "the card stays as it is for the others"
    for name in names:
        await press(office.group, ticks, name)
        ticks = await with_label(office.group, ticks, f"✓ {name}")
    return ticks


async def with_label(phone: Phone, message: Json, label: str) -> Json:
    """The message once it has a button that is called so."""

    async def found() -> Json | None:
        now = await phone.now(message)
        return now if label in labels(now) else None

    return dict(await until(found))


async def test_a_correction_asks_for_what_was_ticked_and_nothing_else(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    ticks = await asked_to_correct(office, card, "Official name", "City", "Focus")
    await press(office.group, ticks, "✓ Focus")
    await with_label(office.group, ticks, "Focus")
    await press(office.group, ticks, "Add a remark and send")
    prompt = await says(office.group, "To correct: Official name, City\n\nReply to this message with your remark.")
    said = await office.group.ask("In full & in English.", reply_to_message_id=prompt["message_id"])
    assert said["text"].startswith("I have asked for the correction.")
    asked = await has_become(office.group, card, "Member A has asked for a correction")
    assert labels(asked) == ["Approve", "Decline"]
    news = await says(phone, "The Secretariat asks you to correct the registration of “Center A”.")
    assert "To correct: Official name, City\n\nThe Secretariat writes: “In full & in English.”" in news["text"]
    assert news["text"].endswith("Press the button, answer only that, and send it back to the Secretariat.")
    await press(phone, news, "Correct it")
    question = await says(phone, "What is the official name of your Center?")
    assert question["text"].startswith("The Secretariat writes: “In full & in English.”")
    assert "1 of 2" in question["text"]
    assert "So far: Center A" in question["text"]
    await phone.ask("Center A of Example City")
    summary = await phone.ask("Another City")
    await press(phone, summary, "Send to the Secretariat")
    await says(phone, "I have sent your changes of “Center A of Example City” to the Secretariat.")
    new = await shown(
        office.group, lambda one: "Changed since" in one.get("text", "") and one["message_id"] != card["message_id"]
    )
    assert "• Official name: Center A → Center A of Example City\n• City: Example City → Another City" in new["text"]
    assert labels(new) == ["Approve", "Decline", "Ask for a correction"]
    await press(office.group, new, "Approve")
    await says(phone, "“Center A of Example City” is approved")
    for one in (card, new):
        await has_become(office.group, one, "✓ Approved by Member A")


async def test_a_correction_without_a_remark(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    ticks = await asked_to_correct(office, card, "E-mail")
    await press(office.group, ticks, "Send")
    await has_become(office.group, ticks, "I have asked for the correction.")
    news = await says(phone, "To correct: E-mail")
    for label in ("Correct it", "Correct it"):
        await press(phone, news, label)
    assert "asks you to correct this" in (await says(phone, "At which e-mail address"))["text"]
    late = await office.group.press(card, "request:approve:1:0", forged=True)
    assert late["text"].startswith("Member A has asked for a correction already")


async def test_nothing_is_asked_without_a_tick(office: Secretariat, people: People) -> None:
    _phone, card = await waiting(office, people)
    for data in ("request:correct:1:0:0", "request:correct:1:0:f800"):
        answer = await office.group.press(card, data, forged=True)
        assert answer["show_alert"] is True


async def test_a_correction_survives_a_restart(start_bot: StartBot, people: People) -> None:
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        phone, card = await waiting(office, people)
        await press(office.group, await asked_to_correct(office, card, "City", "E-mail"), "Send")
        await press(phone, await says(phone, "To correct: City, E-mail"), "Correct it")
        await says(phone, "In which city or town is it?")
        await phone.ask("Another City")
    async with running(start_bot):
        summary = await phone.ask("new@center-a.example")
        await press(phone, summary, "Send to the Secretariat")
        await says(office.group, "• City: Example City → Another City\n• E-mail: office@center-a.example → new@")


async def test_who_waits_can_look_change_and_withdraw(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    await press(phone, await phone.ask("/register"), "See the registration")
    mine = await says(phone, "It waits for the Secretariat's approval. Sent ")
    assert "Official name: Center A" in mine["text"]
    assert labels(mine) == ["Change something", "Withdraw"]
    await press(phone, mine, "Change something")
    summary = await says(phone, "Press the line that you want to change.")
    await press(phone, summary, "Send to the Secretariat")
    summary = await says(phone, "Nothing has changed yet.")
    await press(phone, summary, "City")
    await says(phone, "So far: Example City")
    summary = await phone.ask("Another City")
    await press(phone, summary, "Send to the Secretariat")
    await says(phone, "I have sent your changes of “Center A”")
    await has_become(office.group, card, "• City: Example City → Another City")
    late = await office.group.press(card, "request:approve:1:0", forged=True)
    assert late["text"] == "This has been changed since. Please look at how it stands now."
    await press(phone, await phone.ask("/register"), "See the registration")
    mine = await shown(phone, lambda one: "Withdraw" in labels(one) and "City: Another City" in one["text"])
    await press(phone, mine, "Withdraw")
    question = await has_become(phone, mine, "Withdraw the registration of “Center A”?")
    await press(phone, question, "Yes, withdraw")
    await has_become(phone, mine, "The registration of “Center A” is withdrawn.")
    gone = await has_become(office.group, card, "Withdrawn by who asked")
    assert labels(gone) == []
    late = await office.group.press(card, "request:approve:1:1", forged=True)
    assert late["text"].startswith("Whoever asked has withdrawn this")
    [center] = await centers.of_person(office.bot.database.reader, phone.id)
    assert center.state == CenterState.DECLINED
    again = await phone.press(mine, "mine:withdraw:1", forged=True)
    assert again["text"] == "This has changed meanwhile. You see how it stands now."


async def test_a_change_that_comes_after_the_decision_says_so(office: Secretariat, people: People) -> None:
    phone, card = await waiting(office, people)
    await press(phone, await phone.ask("/register"), "See the registration")
    mine = await says(phone, "It waits for the Secretariat's approval. Sent ")
    await press(phone, mine, "Change something")
    summary = await says(phone, "Press the line that you want to change.")
    await press(phone, summary, "City")
    await says(phone, "So far: Example City")
    summary = await phone.ask("Another City")
    await press(office.group, card, "Approve")
    await says(phone, "is approved, and registered")
    await press(phone, summary, "Send to the Secretariat")
    said = await says(phone, "has decided on “Center A” in the meantime, so your changes were not sent.")
    assert buttons(said)["My Center"] == "center"
    [center] = await centers.of_person(office.bot.database.reader, phone.id)
    assert center.details.city == "Example City"
    for act in ("change", "fix", "ask"):
        late = await phone.press(mine, f"mine:{act}:1", forged=True)
        assert late["text"] == "This has changed meanwhile. You see how it stands now."
    await has_become(phone, mine, "It is approved.")


# --- Other kinds, and /pending


async def ask(
    bot: Running, phone: Phone, kind: RequestKind, center: int | None, changes: dict[str, Change] | None = None
) -> Request:
    """Put a request of another kind, as the handlers of those kinds do."""
    await phone.ask("/start")

    async def work(tx: Transaction) -> Request:
        now = bot.now_us()
        delegate = None
        if kind != RequestKind.CHANGE:
            details = DelegateDetails(
                "Given <A>", "Family A", title="Major", nationality="SE", languages=("en", "fr"), phone="+46812345678"
            )
            delegate = await delegates.add(
                tx, details,
                person_id=phone.id, center=center, state=DelegateState.PENDING, is_guest=center is None, now=now,
            )  # fmt: skip
        return await requests.put(
            tx, Rights((OWNER,)), kind,
            by=phone.id, center=center, delegate=delegate, changes=changes, now=now,
            post=partial(outbox.add, tx, now=now),
        )  # fmt: skip

    request = await bot.database.write(work)
    bot.wake_delivery()
    return request


async def test_a_change_shows_before_and_after(office: Secretariat, people: People) -> None:
    phone = await people.person("Applicant A")
    center = (await approved(office, phone)).center
    changes = {"name": Change("Center A", "Center <B>"), "country": Change("CH", "SE"), "kind": Change(None, "agency")}
    request = await ask(office.bot, phone, RequestKind.CHANGE, center, changes)
    card = await says(office.group, "Change of a Center")
    assert "Center: Center A\n\nTo change:\n• Official name: Center A → Center <B>" in card["text"]
    assert "• Country: 🇨🇭 Switzerland → 🇸🇪 Sweden\n• Kind of member: – → Agency" in card["text"]
    assert labels(card) == ["Approve", "Decline"]
    late = await press(office.group, card, "Approve")
    assert late["show_alert"] is True, "its kind was not empty"
    assert (await request_now(office.bot, request)).state == RequestState.OPEN
    await press(office.group, card, "Decline")
    prompt = await says(office.group, "Decline “🇨🇭 Center A”?")
    await press(office.group, prompt, "Decline without a reason")
    await says(phone, "The Secretariat has declined the change of “Center A”. It stays as it was.")
    request = await ask(office.bot, phone, RequestKind.CHANGE, center, {"name": Change("Center A", "Center <B>")})
    card = await says(office.group, f"No. {request.id},")
    await press(office.group, card, "Approve")
    await says(phone, "The change of “Center <B>” is approved.")


async def test_the_focal_point_decides_who_joins(office: Secretariat, people: People) -> None:
    focal, phone = await people.person("Focal Point A"), await people.person("Delegate A")
    center = (await approved(office, focal)).center
    await ask(office.bot, phone, RequestKind.JOIN, center)
    card = await says(focal, "Wants to join a Center")
    assert (
        "Center: Center A\nGiven name: Given <A>\nFamily name: Family A\nTitle or rank: Major\n"
        "Phone: +46 8 123 456 78\nNationality: 🇸🇪 Sweden\nWorking languages: English and French"
    ) in card["text"]
    assert labels(card) == ["Approve", "Decline"]
    listing = await office.member.ask("/pending")
    await press(office.member, listing, "Major Given <A> Family A")
    for_staff = await says(office.member, "Wants to join a Center\n\n")
    await press(focal, card, "Decline")
    await says(focal, "Write the reason now, in one message. Delegate A reads it.")
    await focal.ask("We do not know you.")
    news = await says(phone, "Your request to join “Center A” was declined.")
    assert "The reason: “We do not know you.”" in news["text"]
    await has_become(office.member, for_staff, "Declined by Focal Point A")


async def test_a_guest_is_approved(office: Secretariat, people: People) -> None:
    phone = await people.person("Guest A")
    await ask(office.bot, phone, RequestKind.GUEST, None)
    card = await says(office.group, "Wants to be a guest of the association")
    assert labels(card) == ["Approve", "Decline", "Ask for a correction"]
    await press(office.group, card, "Ask for a correction")
    ticks = await says(office.group, "What is to be corrected in “Major Given <A> Family A”?")
    assert "Nationality" in labels(ticks)
    await press(office.group, card, "Approve")
    await says(phone, "You are registered as a guest of the association now.")


async def test_pending_lists_what_waits_oldest_first_by_kind_and_in_pages(office: Secretariat, people: People) -> None:
    for number in range(10):
        await put(office.bot, await people.person(f"Applicant {number}"), name=f"Center {number}")
    guest = await people.person("Guest A")
    await ask(office.bot, guest, RequestKind.GUEST, None)
    listing = await office.member.ask("/pending")
    assert listing["text"].startswith("11 requests wait\n\n• Registration of a Center: 🇨🇭 Center 0, ")
    assert labels(listing) == [
        *(f"🇨🇭 Center {number}" for number in range(8)),
        "Next",
        "New Centers (10)",
        "Guests (1)",
    ]
    await press(office.member, listing, "Next")
    second = await has_become(office.member, listing, "Center 9")
    assert labels(second)[:4] == ["🇨🇭 Center 8", "🇨🇭 Center 9", "Major Given <A> Family A", "Previous"]
    await press(office.member, listing, "Guests (1)")
    guests = await with_label(office.member, listing, "All of them")
    assert labels(guests) == ["Major Given <A> Family A", "All of them", "New Centers (10)"]
    await press(office.member, guests, "Major Given <A>")
    await press(office.member, await says(office.member, "Wants to be a guest of the association\n\n"), "Approve")
    await office.member.press(listing, "pending:guest:7", forged=True)
    await has_become(office.member, listing, "Nothing of this kind waits.")


async def test_pending_is_for_the_secretariat(office: Secretariat, people: People) -> None:
    assert (await office.member.ask("/pending"))["text"] == "Nothing waits for a decision."
    stranger = await people.person("Stranger")
    assert (await stranger.ask("/pending"))["text"] == "This is for the Secretariat only."
