"""Invitations into a Center: how one is made, what is passed on, and which are open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from urllib.parse import urlencode

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.center import back_button
from handlers.views.center_details import BUTTON_AT_MOST, NAME_AT_MOST, name_of, shortened
from handlers.views.forms import FieldWords, FormWords
from handlers.views.lists import PAGE, turning
from handlers.views.message import Button, Message, column
from handlers.views.times import age, moment
from handlers.views.welcome import paragraphs
from storage.records.drafts import Draft
from storage.records.members import Center, Delegate, Invitation

CENTER_NAME, SEEN = "center", "seen"
"""The name of the Center, and the link that there was for the same place, in the context of a draft."""


def invite(_: Translator, center: Center, *, listed: int) -> Message:
    """The kinds of links; `listed` delegates are on the Center's list and have never written to the bot."""
    rows = [Button(_.plain("For one person"), f"center:personal:{center.id}")]
    if listed:
        rows.append(Button(_.plain("For someone on your list ({count})", count=listed), f"center:listed:{center.id}:0"))
    rows += [Button(_.plain("A link to share"), f"center:share:{center.id}"), back_button(_, center.id)]
    return Message(
        paragraphs(
            _("Whom do you want to invite to “{name}”?", name=name_of(center)),
            _("A link for one person works once. A link to share works for everybody who has it, until you end it."),
            _("Whoever opens a link joins at once; nobody has to accept them."),
        ),
        column(rows),
    )


def words(_: Translator, draft: Draft) -> FormWords:
    """Of the form in which is said whom a link is for."""
    is_replacement = ":" in draft.subject
    name = str(draft.context.get(CENTER_NAME, ""))
    return FormWords(
        title=_.plain("Replacing a delegate") if is_replacement else _.plain("Inviting a delegate"),
        confirm=_.plain("Make the link"),
        fields={
            "label": FieldWords(
                _.plain("For"),
                _("Who is to take the place?")
                if is_replacement
                else _("Who is to join “{name}”?", name=shortened(name, NAME_AT_MOST)),
                _("A name is enough. You find the invitation by it later."),
            )
        },
    )


def listed(
    _: Translator, center: Center, found: Sequence[Delegate], links: Sequence[int], page: int, count: int
) -> Message:
    """Who is on the Center's list and has never written to the bot; `links` are the open links of each, or 0."""
    rows = [
        Button(shortened(one.details.full_name, BUTTON_AT_MOST), f"center:for:{center.id}:{one.id}:{link}")
        for one, link in zip(found, links, strict=True)
    ]
    if not rows:
        text = _("Everybody on your list has joined.")
    else:
        text = paragraphs(
            _("These delegates are on your list, and have not joined here yet."),
            _("Press a name to make a link for this person. If there was one, it works no longer."),
        )
    turned = turning(_, f"center:listed:{center.id}", page, count)
    return Message(text, (*column(rows), *turned, (back_button(_, center.id),)))


# --- A new link


def made(_: Translator, made: Invitation, center: Center, url: str, zone: tzinfo) -> Message:
    """A new link, for whoever has made it; what can be done with it."""
    until = moment(_, made.expires_at, zone)
    if made.kind == "shared":
        text = _("With this link, anybody can join “{name}” until {when}.", name=name_of(center), when=until)
        once = _("Pass on the picture and the words below, or press Share. I show the link only this once.")
    else:
        text = _(
            "This link is for {who}, who joins “{name}” with it. It works once, until {when}.",
            who=_label(_, made), name=name_of(center), when=until,
        )  # fmt: skip
        once = _("Pass on the picture and the words below to that person alone, or press Share. "
                 "I show the link only this once.")  # fmt: skip
    return Message(
        paragraphs(text, once),
        (
            (Button(_.plain("Share"), url=_share_url(url, _plain_invitation(_, center))),),
            (Button(_.plain("Revoke it"), f"center:revoke:{made.center}:{made.id}:0"),),
        ),
    )


def passed_on(_: Translator, invitation: Invitation, center: Center, url: str, zone: tzinfo) -> Message:
    """The words under the picture, ready to be passed on."""
    until = moment(_, invitation.expires_at, zone)
    last = (
        _("The link works until {when}.", when=until)
        if invitation.kind == "shared"
        else _("The link is for you alone. It works once, until {when}.", when=until)
    )
    return Message(
        paragraphs(
            _("You are invited to join “{name}” as one of its delegates. Open this link in Telegram:",
              name=name_of(center)),
            Markup("{}").format(url),
            last,
        )
    )  # fmt: skip


def next_step(_: Translator, center: Center, *, replaced: Delegate | None = None) -> Message:
    """What may come after a link was made."""
    rows = (
        Button(_.plain("Invite somebody else"), f"center:invite:{center.id}"),
        Button(_.plain("Open invitations"), f"center:links:{center.id}:0"),
        back_button(_, center.id),
    )
    if replaced is None:
        return Message(_("I will tell you as soon as somebody has joined."), column(rows))
    name = shortened(replaced.details.full_name, NAME_AT_MOST)
    return Message(
        _("{name} keeps the place until the link is used. Then I will tell you both.", name=name), column(rows[1:])
    )


def _plain_invitation(_: Translator, center: Center) -> str:
    return _.plain("You are invited to join “{name}” as one of its delegates.", name=name_of(center))


def _share_url(url: str, words: str) -> str:
    return f"https://t.me/share/url?{urlencode({'url': url, 'text': words})}"


# --- The link to share


def shared(_: Translator, center: Center, present: Invitation | None, now: int, zone: tzinfo) -> Message:
    """The link that may be passed on, if there is one."""
    back = (back_button(_, center.id),)
    if present is None or present.expires_at <= now:
        seen = 0 if present is None else present.id
        return Message(
            _("There is no link to share at the moment."),
            ((Button(_.plain("Make a link to share"), f"center:shared:{center.id}:{seen}"),), back),
        )
    return Message(
        paragraphs(
            _("There is a link to share. It was made {when}, and works until {until}.",
              when=moment(_, present.made_at, zone), until=moment(_, present.expires_at, zone)),
            _.n("{count} person has joined with it.", "{count} people have joined with it.", present.uses),
            _("I do not keep the link itself. If you need it again, make another one: this one then works no longer."),
        ),
        (
            (Button(_.plain("Make another link"), f"center:shared:{center.id}:{present.id}"),),
            (Button(_.plain("End it"), f"center:revoke:{center.id}:{present.id}:0"),),
            back,
        ),
    )  # fmt: skip


# --- Open invitations


def open_links(
    _: Translator, center: Center, found: Sequence[Invitation], page: int, now: int, zone: tzinfo
) -> Message:
    """The links that can still be used, oldest first."""
    back = (back_button(_, center.id),)
    invite_more = (Button(_.plain("Invite"), f"center:invite:{center.id}"),)
    if not found:
        return Message(_("No invitation is open."), (invite_more, back))
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines = [
        _("• {who}: made {age} ago, works until {when}",
          who=_label(_, one), age=age(_, one.made_at, now), when=moment(_, one.expires_at, zone))
        for one in shown
    ]  # fmt: skip
    rows = [
        Button(
            _.plain("Revoke: {who}", who=_label(_, one, BUTTON_AT_MOST)), f"center:revoke:{center.id}:{one.id}:{page}"
        )
        for one in shown
    ]
    heading = _.n("<b>{count} open invitation</b>", "<b>{count} open invitations</b>", len(found))
    return Message(
        paragraphs(heading, Markup("\n").join(lines)),
        (*column(rows), *turning(_, f"center:links:{center.id}", page, len(found)), invite_more, back),
    )


def _label(_: Translator, invitation: Invitation, at_most: int = NAME_AT_MOST) -> str:
    if invitation.kind == "shared":
        return _.plain("Link to share")
    return shortened(invitation.label, at_most) if invitation.label else _.plain("one person")


def revoked_toast(_: Translator) -> str:
    """A link that works no longer."""
    return _.plain("The link works no longer.")


def was_over_toast(_: Translator) -> str:
    """A link that could not be used any more anyway."""
    return _.plain("This link was used or revoked already.")


def too_many(_: Translator, count: int) -> str:
    """So many links are open that another would not help."""
    return _.plain("{count} invitations are open. Please revoke some that are not needed any more.", count=count)


def too_many_sentence(_: Translator, count: int) -> Markup:
    """As `too_many`, in a form."""
    return _("{count} invitations are open. Please revoke some that are not needed any more.", count=count)


def not_possible(_: Translator) -> Message:
    """A form that is confirmed by somebody who cannot invite to this Center (any more)."""
    return Message(
        _("You cannot invite anybody to this Center now, so I have made no link. /center shows how it stands.")
    )


def not_there_any_more(_: Translator, center_id: int) -> Message:
    """The delegate who was to be replaced has left."""
    return Message(
        _("Whoever was to be replaced is not with the Center any more. Invite the new delegate with an ordinary link."),
        ((Button(_.plain("Invite"), f"center:invite:{center_id}"),), (back_button(_, center_id),)),
    )


def has_link_already(_: Translator, center_id: int) -> Message:
    """Somebody else has made a link for the same place meanwhile."""
    return Message(
        _("There is a link for this place already. Revoke it first, if it is to be for somebody else."),
        ((Button(_.plain("Open invitations"), f"center:links:{center_id}:0"),), (back_button(_, center_id),)),
    )
