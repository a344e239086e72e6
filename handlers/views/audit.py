"""What was done, plainly worded: for the audit log and for the history on cards.

Whatever the bot notes has its words here; `tests/handlers/views/test_audit.py` sees to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.locales.catalogues import Translator
from bot.members.roles import Role
from handlers.views.audit_answers import answered
from handlers.views.center_details import labels
from handlers.views.conference import labels as conference_labels
from handlers.views.locale import listed
from handlers.views.numbers import number
from storage import plain_json

REFUSED = "refused"


def deeds(_: Translator) -> Mapping[str, str]:
    """What each act is, in a few words that say nothing of who did it."""
    return {
        **_of_roles(_),
        **_of_composing(_),
        **_of_the_desk(_),
        **_of_answers(_),
        **_of_requests(_),
        **_of_centers(_),
        **_of_people(_),
        **_of_participations(_),
        **_of_conferences(_),
        **_of_reminders(_),
        **_of_sessions(_),
        **_of_announcements(_),
        "database.export": _.plain("The database was exported."),
        "database.import": _.plain("A list was read in."),
        "log.export": _.plain("The audit log was exported."),
        REFUSED: _.plain("Somebody without the right to it was refused."),
    }


def _of_composing(_: Translator) -> Mapping[str, str]:
    return {
        "announcement.compose": _.plain("Announcement begun."),
        "announcement.change": _.plain("Announcement changed."),
        "announcement.template": _.plain("Announcement saved as a template."),
        "announcement.discard": _.plain("Announcement thrown away."),
        "announcement.confirm": _.plain("Announcement confirmed."),
        "announcement.second": _.plain("Announcement confirmed by a second person."),
        "announcement.return": _.plain("Announcement taken back before it was sent."),
    }


def what(_: Translator, act: str, before: str | None, after: str | None) -> str:
    """What was done, with what is told of it; `before` and `after` are JSON, as in the log."""
    told = answered(_, _parts(after)) if act == "participation.answer" else deeds(_).get(act)
    told = told or _.plain("Something else was done ({act}).", act=act)
    return " ".join([told, *details(_, act, _parts(before), _parts(after))])


def details(_: Translator, act: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What else is told of an act, a sentence each."""
    group, _dot, rest = act.partition(".")
    if group in {"role", "link"}:
        role = _role(_, after.get("role") or before.get("role"))
        return [_.plain("Role: {role}.", role=role)] if role else []
    if group in {"database", "log"}:
        return _numbers(_, act, after)
    if rest == "merge":
        return [_.plain("The one that stays is no. {number}.", number=after.get("into", ""))]
    if rest == "absorb":
        return [_.plain("The other was no. {number}.", number=after.get("center", after.get("delegate", "")))]
    return _fields(_, after.get("fields") or ([*after] if act in {"center.edit", "conference.edit"} else []))


def _numbers(_: Translator, act: str, after: Mapping[str, Any]) -> list[str]:
    def told(name: str) -> str:
        return number(_, int(after.get(name, 0)))

    if act == "database.export":
        centers, people = told("centers"), told("delegates")
        return [_.plain("Centers: {number}.", number=centers), _.plain("People: {number}.", number=people)]
    if act == "database.import":
        centers, people = told("centers_created"), told("delegates_created")
        return [_.plain("New Centers: {number}.", number=centers), _.plain("New people: {number}.", number=people)]
    return [_.plain("Entries: {number}.", number=told("entries"))]


def _fields(_: Translator, names: Sequence[str]) -> list[str]:
    called = {**conference_labels(_), **labels(_)}
    known = [called.get(name, name) for name in names]
    return [_.plain("Fields: {fields}.", fields=listed(_, known))] if known else []


def _role(_: Translator, role: object) -> str:
    called = {
        Role.SECRETARIAT: _.plain("Secretariat"),
        Role.HOST: _.plain("host"),
        Role.FOCAL_POINT: _.plain("focal point"),
        Role.DEPUTY: _.plain("deputy"),
    }
    return called[Role(role)] if isinstance(role, str) and role in set(Role) else ""


def _parts(text: str | None) -> Mapping[str, Any]:
    found = plain_json.read(text or "{}")
    return found if isinstance(found, dict) else {}


def _of_roles(_: Translator) -> Mapping[str, str]:
    return {
        "role.accept": _.plain("Role accepted by a link."),
        "role.give": _.plain("Role given."),
        "role.take": _.plain("Role taken back."),
        "role.lay_down": _.plain("Role given up."),
        "role.move": _.plain("Role moved to another Center with which theirs was merged."),
        "role.offer": _.plain("Role offered to somebody else."),
        "role.hand_over": _.plain("Role handed over."),
        "role.declined": _.plain("Offered role not accepted."),
        "role.withdrawn": _.plain("Offer of a role taken back."),
        "link.make": _.plain("Link made that gives a role."),
        "link.revoke": _.plain("Link revoked that gives a role."),
    }


def _of_the_desk(_: Translator) -> Mapping[str, str]:
    return {
        "group.bind": _.plain("Group made the Secretariat's."),
        "group.unbind": _.plain("Group no longer the Secretariat's."),
        "group.migrate": _.plain("The Secretariat's group has a new number in Telegram."),
        "desk.answer": _.plain("Message to the Secretariat answered."),
        "desk.unanswer": _.plain("An answer no longer counted for a message to the Secretariat."),
        "desk.write": _.plain("Message written to a person."),
        "desk.take": _.plain("Conversation taken."),
        "desk.close": _.plain("Conversation closed."),
        "desk.reopen": _.plain("Conversation opened again."),
    }


def _of_answers(_: Translator) -> Mapping[str, str]:
    return {
        "answer.draft": _.plain("Answer for everyone drafted."),
        "answer.change": _.plain("Answer for everyone changed."),
        "answer.publish": _.plain("Answer for everyone published."),
        "answer.withdraw": _.plain("Answer for everyone withdrawn."),
        "answer.discard": _.plain("Draft of an answer for everyone deleted."),
        "answer.same": _.plain("A question counted as the same as another, or no longer."),
        "answer.tell": _.plain("Those who asked were told the answer."),
    }


def _of_requests(_: Translator) -> Mapping[str, str]:
    return {
        "center.ask": _.plain("Center registered; it waits for approval."),
        "center.correct": _.plain("Registration of a Center corrected."),
        "center.approved": _.plain("Registration of a Center approved."),
        "center.declined": _.plain("Registration of a Center declined."),
        "center.correction": _.plain("Correction of a Center’s registration asked for."),
        "center.withdraw": _.plain("Registration of a Center withdrawn."),
        "change.ask": _.plain("Change of a Center asked for; it waits for approval."),
        "change.correct": _.plain("Change of a Center corrected while it waits."),
        "change.approved": _.plain("Change of a Center approved."),
        "change.declined": _.plain("Change of a Center declined."),
        "change.correction": _.plain("Correction of a Center’s change asked for."),
        "change.withdraw": _.plain("Change of a Center withdrawn."),
        "join.ask": _.plain("Asked to join a Center."),
        "join.correct": _.plain("Request to join a Center corrected."),
        "join.approved": _.plain("Accepted into a Center."),
        "join.declined": _.plain("Not accepted into a Center."),
        "join.correction": _.plain("Correction of a request to join asked for."),
        "join.withdraw": _.plain("Request to join a Center withdrawn."),
        "guest.ask": _.plain("Asked to be a guest of the association."),
        "guest.correct": _.plain("Request to be a guest corrected."),
        "guest.approved": _.plain("Accepted as a guest."),
        "guest.declined": _.plain("Not accepted as a guest."),
        "guest.correction": _.plain("Correction of a request to be a guest asked for."),
        "guest.withdraw": _.plain("Request to be a guest withdrawn."),
    }


def _of_centers(_: Translator) -> Mapping[str, str]:
    return {
        "center.edit": _.plain("Center changed."),
        "center.absent": _.plain("Said that a Center does not come to the conference."),
        "center.present": _.plain("Said that a Center comes to the conference after all."),
        "center.suspend": _.plain("Center suspended."),
        "center.lift": _.plain("Suspension of a Center ended."),
        "center.merge": _.plain("Center merged with another."),
        "center.absorb": _.plain("Another Center merged with this one."),
        "invitation.make": _.plain("Invitation to a Center made."),
        "invitation.revoke": _.plain("Invitation to a Center revoked."),
    }


def _of_people(_: Translator) -> Mapping[str, str]:
    return {
        "delegate.change": _.plain("Own details changed."),
        "delegate.edit": _.plain("Somebody’s details changed."),
        "delegate.shown": _.plain("Chosen whether to be shown to other members."),
        "delegate.agree": _.plain("Agreed to the privacy notice."),
        "delegate.join": _.plain("Joined a Center."),
        "delegate.leave": _.plain("Left a Center."),
        "delegate.remove": _.plain("Taken out of a Center."),
        "delegate.replaced": _.plain("Replaced by somebody else."),
        "delegate.suspend": _.plain("Person suspended."),
        "delegate.lift": _.plain("Suspension of a person ended."),
        "delegate.merge": _.plain("Record of a person merged with another."),
        "delegate.absorb": _.plain("Another record of a person merged with this one."),
        "person.erase": _.plain("All data of a person erased."),
    }


def _of_participations(_: Translator) -> Mapping[str, str]:
    return {
        "participation.answer": _.plain("Answered whether to take part in the conference."),
        "participation.ask": _.plain("Asked for a change of the answer to the conference."),
        "participation.approved": _.plain("Change of an answer to the conference approved."),
        "participation.take_back": _.plain("Request for a change of the answer to the conference taken back."),
        "participation.declined": _.plain("Change of an answer to the conference declined."),
        "participation.withdraw": _.plain("Somebody’s registration for the conference withdrawn."),
        "participation.offer": _.plain("A free place in the conference offered."),
        "participation.expire": _.plain("Offer of a place in the conference over."),
        "participation.export": _.plain("The list of a conference’s participants was exported."),
        "participation.remind": _.plain("Those of a Center reminded who have not answered."),
    }


def _of_conferences(_: Translator) -> Mapping[str, str]:
    return {
        "conference.open": _.plain("Conference opened."),
        "conference.edit": _.plain("Conference changed."),
        "conference.note": _.plain("Practical information changed."),
        "conference.cancel": _.plain("Conference cancelled."),
        "conference.restore": _.plain("Cancellation of a conference taken back."),
        "agm.set": _.plain("AGM set."),
        "agm.edit": _.plain("AGM changed."),
        "agm.items": _.plain("Agenda of the AGM changed."),
        "agm.document": _.plain("Documents of the AGM changed."),
        "agm.cancel": _.plain("AGM cancelled."),
        "agm.restore": _.plain("Cancellation of the AGM taken back."),
    }


def _of_reminders(_: Translator) -> Mapping[str, str]:
    return {
        "reminder.add": _.plain("Reminder added."),
        "reminder.remove": _.plain("Reminder removed."),
        "reminder.hold": _.plain("Reminder held."),
        "reminder.release": _.plain("Reminder released."),
        "reminder.change": _.plain("Time of a reminder changed."),
        "reminder.send": _.plain("Reminder sent at once."),
        "reminder.words": _.plain("Words of a reminder changed."),
    }


def _of_sessions(_: Translator) -> Mapping[str, str]:
    return {
        "session.add": _.plain("Session added to the agenda."),
        "session.edit": _.plain("Session of the agenda changed."),
        "session.cancel": _.plain("Session of the agenda cancelled."),
        "session.restore": _.plain("Cancelled session of the agenda restored."),
        "session.document": _.plain("File added to a session."),
        "session.import": _.plain("Agenda read in from a file."),
        "session.undocument": _.plain("File of a session removed."),
    }


def _of_announcements(_: Translator) -> Mapping[str, str]:
    return {
        "announcement.begin": _.plain("Announcement sent."),
        "announcement.pause": _.plain("Announcement paused."),
        "announcement.resume": _.plain("Announcement resumed."),
        "announcement.stop": _.plain("Announcement stopped."),
        "announcement.correct": _.plain("Announcement corrected."),
        "announcement.recall": _.plain("Announcement recalled."),
        "announcement.export": _.plain("The report on an announcement was exported."),
        "announcement.chase": _.plain("Those asked again who have not read an announcement."),
        "announcement.chase_often": _.plain("Set that those are asked again who do not read an announcement."),
        "announcement.chase_end": _.plain("Set that nobody is asked again to read an announcement."),
    }
