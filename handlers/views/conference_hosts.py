"""The hosts of a conference, and the links that make somebody one."""

from __future__ import annotations

from markupsafe import Markup

from bot.conferences.hosting import Hosting
from bot.locales.catalogues import Translator
from handlers.views.conference_names import conference_name
from handlers.views.message import Button, Message, bold, column
from handlers.views.staff import bullets, who
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records import Person, RoleHolder, RoleLink
from storage.records.conferences import Conference


def hosts(_: Translator, shown: Hosting) -> Message:
    """Who hosts a conference, and which links are open."""
    number = shown.conference.id
    names = [who(one.name, one.person_id) for one in shown.hosts]
    parts = [
        bold(conference_name(_, shown.conference)),
        _("<b>Hosts</b>") + "\n" + (bullets(names) or _("Nobody yet.")),
    ]
    if shown.links:
        lines = [
            _("No. {number}: works once, until {when}", number=link.id, when=moment(_, link.expires_at))
            for link in shown.links
        ]
        parts.append(_("<b>Open invitations</b>") + "\n" + bullets(lines))
    rows = [
        Button(_.plain("Invite a host"), f"conf:invite:{number}"),
        *[
            Button(
                _.plain("Remove {name}", name=one.name.full or one.person_id), f"conf:askhost:{number}:{one.person_id}"
            )
            for one in shown.hosts
        ],
        *[
            Button(_.plain("Revoke invitation no. {number}", number=link.id), f"conf:revoke:{number}:{link.id}")
            for link in shown.links
        ],
        Button(_.plain("Back"), f"conf:manage:{number}"),
    ]
    return Message(paragraphs(*parts), column(rows))


def invitation(_: Translator, conference: Conference, link: RoleLink, url: str) -> Message:
    """A new link; it is shown this once."""
    return Message(
        paragraphs(
            _("This link makes whoever opens it first a host of “{name}”:", name=conference_name(_, conference)),
            Markup("<code>{}</code>").format(url),
            _(
                "It works once, until {when}. Send it to that person alone; I do not show it again.",
                when=moment(_, link.expires_at),
            ),
        ),
        ((Button(_.plain("Revoke it"), f"conf:revoke:{conference.id}:{link.id}"),), (_hosts(_, conference.id),)),
    )


def accepted(_: Translator, conference: Conference) -> Message:
    """Somebody has become a host."""
    return Message(
        _(
            "You are a host of “{name}” now. You can change its theme, its venue, its agenda and what is good to know.",
            name=conference_name(_, conference),
        ),
        ((Button(_.plain("Manage"), f"conf:manage:{conference.id}"),),),
    )


def has_joined(_: Translator, conference: Conference, person: Person) -> Message:
    """For whoever made the link that was used."""
    return Message(
        _(
            "{name} has opened your link and is a host of “{conference}” now.",
            name=who(person.name, person.id),
            conference=conference_name(_, conference),
        ),
        ((_hosts(_, conference.id),),),
    )


def confirm_removal(_: Translator, conference: Conference, holder: RoleHolder) -> Message:
    """The step before the role is taken back."""
    return Message(
        _("Remove {name} from the hosts?", name=who(holder.name, holder.person_id)),
        (
            (
                Button(_.plain("Yes, remove"), f"conf:unhost:{conference.id}:{holder.person_id}"),
                Button(_.plain("No"), f"conf:hosts:{conference.id}"),
            ),
        ),
    )


def removed(_: Translator, conference: Conference) -> Message:
    """For somebody whose role was taken back."""
    return Message(_("You are no longer a host of “{name}”.", name=conference_name(_, conference)))


def _hosts(_: Translator, conference_id: int) -> Button:
    return Button(_.plain("Hosts"), f"conf:hosts:{conference_id}")
