"""What the alarm's e-mails say: plain English for whoever runs the bot, with no name of anybody in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

FIRST_STEPS = {
    "hears": (
        "See whether the machine can reach the internet, and whether Telegram works for others. The bot goes on by "
        "itself as soon as Telegram can be reached. If all that works: `sudo unigo-bot check` says whether the token "
        "is still good, and with a webhook see whether the web server before the bot runs. If another program receives "
        "the updates: stop it; it may be this bot on another machine, or a copy of it. If you know of none, somebody "
        "else has the token: write /revoke to @BotFather, and put the new token in the place of the old one."
    ),
    "handles": "Restart the bot once: `sudo systemctl restart unigo-bot`. Nothing that people wrote is lost by that.",
    "speaks": (
        "See whether the machine can reach the internet. If it can, restart the bot once: "
        "`sudo systemctl restart unigo-bot`. What waits is sent then."
    ),
    "storage": (
        "See whether the disk is full (`df -h`) and free some space. The bot goes on by itself. If the disk is not "
        'full: see "The database is damaged" in docs/operations.md.'
    ),
    "backups": (
        "See whether the disk is full (`df -h`), and whether the bot may write into the folder of the backups: "
        "`sudo unigo-bot check` says so. People are served all the same."
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail to the owners."""

    subject: str
    text: str


def bad_mail(
    machine: str, since: datetime, faults: Mapping[str, str | None], *, is_reminder: bool, again_after_s: float
) -> Notice:
    """What is wrong since when, and what to try first."""
    found = [(check, fault) for check, fault in faults.items() if fault]
    lines = [f"The UNIGO bot on {machine} has not been well since {_moment(since)}.", ""]
    for check, fault in found:
        lines += [f"What is wrong: {fault}", f"Try first: {FIRST_STEPS[check]}", ""]
    lines += [
        "`sudo journalctl -u unigo-bot -n 100` shows what it did last. docs/operations.md tells more.",
        "",
        f"While this lasts you are told again every {again_after_s / 3600:g} hours, and once when it is over.",
    ]
    return Notice(f"UNIGO bot: {'still not well' if is_reminder else 'not well'}", "\n".join(lines))


def well_mail(machine: str, since: datetime, over: datetime) -> Notice:
    """That it is over."""
    text = (
        f"The UNIGO bot on {machine} is well again since {_moment(over)}. It had not been well since "
        f"{_moment(since)}.\n\nWhatever had to wait is being done now. Nothing is left for you to do."
    )
    return Notice("UNIGO bot: well again", text)


def stopped_mail(machine: str, now: datetime, faults: Sequence[str]) -> Notice:
    """That the service has given up; `faults` are those of its settings."""
    wrong = "".join(f"- {fault}\n" for fault in faults)
    text = (
        f"The UNIGO bot on {machine} does not run. It ended again and again, and is not started any more "
        f"({_moment(now)}).\n\n"
        + (f"What is wrong with the settings:\n{wrong}\n" if faults else "")
        + "Try first: `sudo journalctl -u unigo-bot -n 50` shows why it ended, and `sudo unigo-bot check` says what to "
        "mend. Then start it: `sudo systemctl reset-failed unigo-bot && sudo systemctl start unigo-bot`.\n\n"
        "Nothing that people write is lost if it runs again within 24 hours: Telegram keeps it for so long."
    )
    return Notice("UNIGO bot: it does not run", text)


def trial_mail(machine: str, now: datetime) -> Notice:
    """Only to see that mails arrive."""
    return Notice(
        "UNIGO bot: a test", f"The UNIGO bot on {machine} can reach you by e-mail ({_moment(now)}). All is well."
    )


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
