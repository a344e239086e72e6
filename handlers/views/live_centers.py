"""How many Centers are registered, and which."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.asking import AskedFor
from bot.members.counting import Counted, Sought
from bot.members.directory import PublicCenter
from bot.places.countries import Countries, flag
from bot.places.regions import load_regions
from handlers.views import directory
from handlers.views.answers import source
from handlers.views.center_details import NAME_AT_MOST, country, focuses, kinds, shortened
from handlers.views.desk import private_button
from handlers.views.form_values import isolated
from handlers.views.message import Button, Message, bold, column
from handlers.views.record_names import center_label
from handlers.views.registering import register_button
from handlers.views.welcome import menu_button, paragraphs


def title(_: Translator) -> str:
    """For a button."""
    return _.plain("Which Centers are registered")


def to_anybody(_: Translator) -> Message:
    """Where nobody is asking, nothing is counted."""
    return Message(
        paragraphs(
            _no_number(_),
            _("How many Centers are registered here, and which, is looked up when somebody asks in Telegram."),
        )
    )


def centers(
    _: Translator, sought: Sought, found: Counted, countries: Countries, username: str | None = None
) -> Message:
    """The Centers that are asked for; with the bot's `username`, it is said in a group."""
    asked = sought.asked
    if sought.named:
        parts, opened = _called(_, sought.named), sought.named
    elif asked.is_named and asked.is_everything:
        parts, opened = [_not_called(_, asked.name), *_all(_, found)], ()
    else:
        unknown = [_not_called(_, asked.name)] if asked.is_named else []
        parts, opened = [*unknown, *(_all(_, found) if asked.is_everything else _some(_, asked, found, countries))], ()
    parts.append(source(_, _("the Centers registered with this bot")))
    return Message(paragraphs(*parts), column(_buttons(_, asked, opened, found, username)))


def _called(_: Translator, named: Sequence[PublicCenter]) -> list[Markup]:
    heading = _("Registered here under this name, or one that is like it:")
    return [Markup("\n").join([heading, *(_line(one) for one in named)])]


def _not_called(_: Translator, name: str) -> Markup:
    return _("I found no Center called “{name}” among those registered here.", name=isolated(_short(name)))


def _all(_: Translator, found: Counted) -> list[Markup]:
    if not found.total:
        return [_("No Center has been registered here yet."), _no_number(_)]
    lines = [_counted(_, found), *(_line(one) for one in found.first)]
    if found.countries > 1:
        lines.insert(1, _("Number of their countries: {number}", number=found.countries))
    return [Markup("\n").join(lines), _no_number(_)]


def _some(_: Translator, asked: AskedFor, found: Counted, countries: Countries) -> list[Markup]:
    heading = bold(" · ".join(_what(_, asked, countries)))
    counted = _counted(_, found) if found.total else _("No such Center is registered here so far.")
    parts = [Markup("\n").join([heading, counted, *(_line(one) for one in found.first)])]
    if asked.is_state:
        parts.append(_("The members are Centers, institutions and programs, not States."))
    return parts


def _counted(_: Translator, found: Counted) -> Markup:
    return _.n("{count} Center is registered here.", "{count} Centers are registered here.", found.total)


def _what(_: Translator, asked: AskedFor, countries: Countries) -> list[str]:
    """The words for what is asked for, a word each."""
    names = load_regions()
    there = [country(_, countries, code) for code in asked.countries]
    there += [names.name_of(region, _.language) for region in asked.regions]
    if asked.focus is not None:
        there.append(focuses(_)[asked.focus])
    if asked.kind is not None:
        there.append(kinds(_)[asked.kind])
    return there


def _no_number(_: Translator) -> Markup:
    return _("The association's web page gives no number of members and no list of them.")


def _line(one: PublicCenter) -> Markup:
    code = one.details.country
    mark = f"{flag(code)} " if code else ""
    return Markup("• {}{}").format(mark, _short(one.details.name))


def _short(name: str) -> str:
    return shortened(name, NAME_AT_MOST)


def _buttons(
    _: Translator, asked: AskedFor, opened: Sequence[PublicCenter], found: Counted, username: str | None
) -> list[Button]:
    if username is not None:
        return [private_button(_, username, directory.LINK)]
    if not found.total and asked.is_everything:
        return [register_button(_), menu_button(_)]
    return [
        *(Button(center_label(one.details), f"dir:c:{one.id}:0") for one in opened),
        _there(_, asked),
        menu_button(_),
    ]


def _there(_: Translator, asked: AskedFor) -> Button:
    """Opens the directory where the Centers stand that are asked for."""
    data = "dir"
    if len(asked.countries) == 1:
        data = f"dir:n:{asked.countries[0]}:0"
    elif len(asked.regions) == 1:
        data = f"dir:r:{asked.regions[0].value}:0"
    return Button(directory.button(_).label, data)
