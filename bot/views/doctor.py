"""What the doctor finds, each finding a line: good, worth knowing, or bad with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.views.words import Words

CLOCK_MAY_DIFFER = timedelta(seconds=5)
DISK_NEEDS_MB = 200


class Verdict(StrEnum):
    """The sign before a line."""

    GOOD = "✓"
    MIND = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` is what to do."""

    verdict: Verdict
    what: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.verdict} {self.what}" + (f"\n    → {self.advice}" if self.advice else "")


def good(what: str) -> Finding:
    """All is well."""
    return Finding(Verdict.GOOD, what)


def bad(what: str, advice: str) -> Finding:
    """This must be mended."""
    return Finding(Verdict.BAD, what, advice)


def settings(_: Words, organisation: str, env_file: str) -> Finding:
    """Where the settings came from and for whom they are."""
    if env_file:
        return good(_.plain("Settings: {organisation}, from {file}", organisation=organisation, file=env_file))
    return good(_.plain("Settings: {organisation}, from the environment", organisation=organisation))


def database(_: Words, condition: str, kind: str, version: str, error: str, command: str) -> Finding:
    """Whether the database answers and is current; `condition` is that of storage.condition, `command` our own name."""
    name = f"{kind} {version}".strip()
    migrate = _.plain("Run: {command} migrate", command=command)
    match condition:
        case "current":
            return good(_.plain("Database: {name}, up to date", name=name))
        case "away":
            return bad(
                _.plain("Database: {name} cannot be opened ({error})", name=name, error=error),
                _.plain("Check DATABASE_URL and that the server runs."),
            )
        case "unknown":
            return bad(
                _.plain("Database: {name} is newer than this program", name=name),
                _.plain("Install the newer version of the program."),
            )
        case "empty":
            return bad(_.plain("Database: {name} is empty", name=name), migrate)
        case _:
            return bad(_.plain("Database: {name} is not up to date", name=name), migrate)


def held_letters(_: Words, number: int, command: str) -> Finding:
    """Letters of which nobody knows whether they arrived wait for the operator."""
    what = _.many_plain(
        "{n} letter is held: it may have arrived or not", "{n} letters are held: they may have arrived or not", number
    )
    return Finding(Verdict.MIND, what, _.plain("See: {command} letters held", command=command))


def journal(_: Words, mode: str) -> Finding:
    """SQLite must write ahead, or readers and the writer block each other."""
    if mode == "wal":
        return good(_.plain("SQLite writes ahead (WAL)"))
    return bad(
        _.plain("SQLite cannot write ahead here (journal mode {mode})", mode=mode),
        _.plain("Put the database on a local disk, not on a network share."),
    )


def no_token(_: Words) -> Finding:
    """There is no token to try."""
    return bad(_.plain("BOT_TOKEN is missing"), _.plain("Get one from @BotFather and put it into .env."))


def telegram(_: Words, base: str, username: str, error: str) -> list[Finding]:
    """Whether the Bot API answers, and whether it knows the token."""
    if error:
        advice = _.plain("Check the network, BOT_API_BASE and BOT_PROXY.")
        return [bad(_.plain("{base} does not answer ({error})", base=base, error=error), advice)]
    reached = good(_.plain("{base} answers", base=base))
    if not username:
        return [
            reached,
            bad(_.plain("Telegram does not know this BOT_TOKEN"), _.plain("Copy it again from @BotFather.")),
        ]
    return [reached, good(_.plain("The token belongs to @{username}", username=username))]


def clock(_: Words, off: timedelta, beside: str) -> Finding:
    """Whether this machine's clock agrees with another one."""
    seconds = round(off.total_seconds())
    if abs(off) <= CLOCK_MAY_DIFFER:
        return good(_.plain("The clock agrees with {beside}", beside=beside))
    return bad(
        _.plain("The clock is {seconds} s off, compared with {beside}", seconds=seconds, beside=beside),
        _.plain("Switch time synchronisation on: timedatectl set-ntp true"),
    )


def zone(_: Words, name: str, local: str) -> Finding:
    """Which time the rules go by."""
    return good(_.plain("Time zone {name}, now {local}", name=name, local=local))


def calendar(_: Words, year: int, *, known: bool) -> Finding:
    """Whether the state's holidays of the year are known; without them dates go by the week and the fixed holidays."""
    if known:
        return good(_.plain("The holidays of {year} are known", year=year))
    return Finding(
        Verdict.MIND,
        _.plain(
            "The holidays of {year} are not known: all dates of that year go by Monday to Friday, "
            "without 1 January, 1 and 2 May and 1 to 3 October",
            year=year,
        ),
        _.plain("Update the package chinesecalendar when the state has published them."),
    )


def font(_: Words, missing: str, error: str) -> Finding:
    """Whether pictures can be written in Chinese, rare characters in names included."""
    advice = _.plain("Install the requirements again: make demo, or bootstrap.sh.")
    if error:
        return bad(_.plain("The font cannot be read ({error})", error=error), advice)
    if missing:
        return bad(_.plain("The font lacks {characters}", characters=missing), advice)
    return good(_.plain("The font writes Chinese, rare characters in names too"))


def disk(_: Words, folder: str, free_mb: int, *, writable: bool) -> Finding:
    """Whether there is room to go on."""
    if not writable:
        return bad(
            _.plain("{folder} cannot be written", folder=folder), _.plain("Give it to the user who runs the bot.")
        )
    if free_mb < DISK_NEEDS_MB:
        return bad(
            _.plain("Only {free} MB are free in {folder}", free=free_mb, folder=folder),
            _.plain("Make room on the disk."),
        )
    return good(_.plain("{free} MB are free in {folder}", free=free_mb, folder=folder))
