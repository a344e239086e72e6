"""Roles: who has which, how one is given, and what its link leads to."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members import roles
from handlers.views.message import Button, Message, column
from handlers.views.times import moment
from handlers.views.welcome import menu_button, paragraphs
from storage.records import Name, Person, RoleHolder, RoleLink


def who(name: Name, person_id: int) -> str:
    """Somebody's name as Telegram shows it, with the user name if there is one."""
    full = name.full or str(person_id)
    return f"{full} (@{name.username})" if name.username else full


def staff(_: Translator, shown: roles.Staff, owners: Sequence[tuple[int, Person | None]], *, is_owner: bool) -> Message:
    """Who has which role; owners can change it here."""
    owner_lines = [who(person.name, number) if person else str(number) for number, person in owners]
    parts = [
        _("<b>Owners</b>") + "\n" + bullets(owner_lines),
        _("<b>Secretariat</b>")
        + "\n"
        + (bullets([who(holder.name, holder.person_id) for holder in shown.secretariat]) or _("Nobody yet.")),
    ]
    if shown.links:
        lines = [
            _("No. {number}: works once, until {when}", number=link.id, when=moment(_, link.expires_at))
            for link in shown.links
        ]
        parts.append(_("<b>Open invitations</b>") + "\n" + bullets(lines))
    return Message(paragraphs(*parts), _controls(_, shown) if is_owner else ())


def _controls(_: Translator, shown: roles.Staff) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(_.plain("Invite to the Secretariat"), "staff:invite"),),
        *column(
            [
                Button(
                    _.plain("Remove {name}", name=holder.name.full or holder.person_id), f"staff:ask:{holder.person_id}"
                )
                for holder in shown.secretariat
            ]
        ),
        *column(
            [
                Button(
                    _.plain("Revoke invitation no. {number}", number=link.id),
                    f"staff:revoke:{link.id}",
                )
                for link in shown.links
            ]
        ),
    )


def bullets(lines: Sequence[str]) -> Markup:
    """Lines, each with a dot before it."""
    return Markup("\n").join(Markup("• {}").format(line) for line in lines)


def invitation(_: Translator, link: RoleLink, url: str) -> Message:
    """A new link; it is shown this once."""
    return Message(
        paragraphs(
            _("This link makes whoever opens it first a member of the Secretariat:"),
            Markup("<code>{}</code>").format(url),
            _(
                "It works once, until {when}. Send it to that person alone; I do not show it again.",
                when=moment(_, link.expires_at),
            ),
        ),
        ((Button(_.plain("Revoke it"), f"staff:revoke:{link.id}"), Button(_.plain("Who has which role"), "staff")),),
    )


def confirm_removal(_: Translator, holder: RoleHolder) -> Message:
    """The step before a role is taken back."""
    return Message(
        _(
            "Remove {name} from the Secretariat? From then on they cannot answer people any more.",
            name=who(holder.name, holder.person_id),
        ),
        (
            (
                Button(_.plain("Yes, remove"), f"staff:remove:{holder.person_id}"),
                Button(_.plain("No"), "staff"),
            ),
        ),
    )


def accepted(_: Translator) -> Message:
    """Somebody has become a member of the Secretariat."""
    return Message(
        paragraphs(
            _("You are a member of the Secretariat now."),
            _(
                "In the Secretariat's group you answer people by writing below their questions. "
                "/waiting lists who waits, /staff who has which role."
            ),
        )
    )


def has_joined(_: Translator, person: Person) -> Message:
    """For the owner whose link was used."""
    return Message(
        _("{name} has opened your link and is a member of the Secretariat now.", name=who(person.name, person.id)),
        ((Button(_.plain("Who has which role"), "staff"),),),
    )


def removed(_: Translator) -> Message:
    """For somebody whose role was taken back."""
    return Message(_("You are no longer a member of the Secretariat."))


def link_refused(_: Translator, why: roles.LinkError) -> Message:
    """Why a link does not work: one sentence each."""
    match why:
        case roles.LinkUsedByYouError():
            text = _("You have used this link already. There is nothing more to do.")
        case roles.LinkUsedError():
            text = _("Somebody has used this link already, and it works only once. Please ask for a new one.")
        case roles.LinkExpiredError():
            text = _("The time of this link is over. Please ask for a new one.")
        case roles.LinkRevokedError():
            text = _("This link was revoked. Please ask for a new one if you need it.")
        case roles.OwnLinkError(link=RoleLink(role=roles.Role.HOST)):
            text = _("This is your own link. Send it to the person who is to be a host.")
        case roles.OwnLinkError():
            text = _("This is your own link. Send it to the person who is to join the Secretariat.")
        case roles.RoleHeldError(link=RoleLink(role=roles.Role.HOST)):
            text = _("You are a host already, so this link stays unused.")
        case roles.RoleHeldError():
            text = _("You are a member of the Secretariat already, so this link stays unused.")
        case _other:
            text = _("I do not know this link. Please check that it is complete, or ask for a new one.")
    return Message(text, ((menu_button(_),),))


def only_staff(_: Translator) -> Message:
    """A command for the Secretariat, given by somebody else."""
    return Message(_("This is for the Secretariat only."), ((menu_button(_),),))


def only_staff_toast(_: Translator) -> str:
    """A button of the Secretariat's, pressed by somebody else."""
    return _.plain("This is for the Secretariat only.")


def only_owners_toast(_: Translator) -> str:
    """A button of the owners', pressed by somebody else."""
    return _.plain("Only an owner of this bot can do that.")


def too_many_links_toast(_: Translator) -> str:
    """So many links are open that no other is made."""
    return _.plain("{count} invitations are open already. Revoke one first.", count=roles.LINKS_AT_MOST)


def in_private(_: Translator, username: str) -> Message:
    """In a group, names and roles are not shown."""
    return Message(
        _("I show this in a private chat only."),
        ((Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start=staff"),),),
    )
