"""How dates, points, roles and states are written in each language."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.accounts import Language
from bot.domain.erasing import ErasureState
from bot.domain.forms import BranchState, Exemption, MeetingKind, RatingState
from bot.domain.objections import ObjectionState, Outcome
from bot.domain.people import Role
from bot.domain.periods import Month, Quarter
from bot.domain.review import TaskState
from bot.domain.rulemaking import ProposalState
from bot.scoring.points import from_hundredths, show
from bot.views.words import Words

_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_name(_: Words, month: Month) -> str:
    """2026年11月, or Nov 2026."""
    if _.language is Language.ZH:
        return f"{month.year}年{month.number}月"
    return f"{_MONTHS_EN[month.number - 1]} {month.year}"


def month_short(_: Words, month: Month) -> str:
    """11月, or Nov: where the year is plain."""
    return f"{month.number}月" if _.language is Language.ZH else _MONTHS_EN[month.number - 1]


def short_month(_: Words, month: Month) -> str:
    """11月, or Nov, where the year is plain."""
    return f"{month.number}月" if _.language is Language.ZH else _MONTHS_EN[month.number - 1]


def quarter_name(_: Words, quarter: Quarter) -> str:
    """2026年第4季度, or Q4 2026."""
    if _.language is Language.ZH:
        return f"{quarter.year}年第{quarter.number}季度"
    return f"Q{quarter.number} {quarter.year}"


def period_name(_: Words, period: str) -> str:
    """A month or quarter as it is stored, in words; anything else as it is."""
    with contextlib.suppress(ValueError):
        return month_name(_, Month.parse(period))
    with contextlib.suppress(ValueError):
        return quarter_name(_, Quarter.parse(period))
    return period


def day_name(_: Words, day: date) -> str:
    """11月30日, or 30 Nov."""
    if _.language is Language.ZH:
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]}"


def date_name(_: Words, day: date) -> str:
    """2027年1月1日, or 1 Jan 2027."""
    if _.language is Language.ZH:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def instant_name(_: Words, instant: datetime, zone: ZoneInfo) -> str:
    """11月30日 17:05, or 30 Nov 17:05, in the organisation's zone."""
    local = instant.astimezone(zone)
    return f"{day_name(_, local.date())} {local:%H:%M}"


def deadline_name(_: Words, ends_at: datetime, zone: ZoneInfo) -> str:
    """An exclusive end as people say it: midnight is the 24:00 of the day before."""
    local = ends_at.astimezone(zone)
    if local.hour == local.minute == 0:
        return f"{day_name(_, local.date() - timedelta(days=1))} 24:00"
    return instant_name(_, ends_at, zone)


def points(value: Decimal | int | None) -> str:
    """Points to a tenth, from a Decimal or from hundredths; a dash where nothing is rated."""
    if value is None:
        return "–"
    return show(from_hundredths(value) if isinstance(value, int) else value)


def role_name(_: Words, role: Role) -> str:
    """What an office is called."""
    names = {
        Role.MEMBER: _.plain("member"),
        Role.COMMISSIONER: _.plain("organisation commissioner"),
        Role.SECRETARY: _.plain("branch secretary"),
        Role.REVIEWER: _.plain("reviewer"),
        Role.DEPARTMENT: _.plain("department"),
        Role.COMMITTEE: _.plain("Party committee"),
        Role.ADMIN: _.plain("administrator"),
    }
    return names[role]


def exemption_name(_: Words, exemption: Exemption) -> str:
    """Why a month does not count."""
    names = {
        Exemption.ON_LEAVE: _.plain("on long leave"),
        Exemption.SECONDED: _.plain("seconded"),
        Exemption.SUSPENDED: _.plain("suspended"),
        Exemption.JOINED_LATER: _.plain("joined later"),
        Exemption.LEFT: _.plain("left"),
    }
    return names[exemption]


def decision_name(_: Words, decision: str) -> str:
    """What was decided, said of a card: approved, sent back, closed."""
    names = {
        RatingState.APPROVED.value: _.plain("approved"),
        RatingState.RETURNED.value: _.plain("sent back"),
        BranchState.REVIEW.value: _.plain("closed"),
        BranchState.REVIEWED.value: _.plain("reviewed"),
        TaskState.CONFIRMED.value: _.plain("confirmed"),
        TaskState.DISAGREES.value: _.plain("given to the lead"),
        "drawn": _.plain("drawn"),
        ProposalState.OPEN.value: _.plain("put before the committee"),
        ProposalState.ADOPTED.value: _.plain("adopted"),
        ProposalState.REJECTED.value: _.plain("turned down"),
        ProposalState.WITHDRAWN.value: _.plain("taken back"),
        ProposalState.REPLACED.value: _.plain("replaced by a newer proposal"),
        f"answer_{Outcome.UPHELD}": _.plain("upheld"),
        f"answer_{Outcome.PARTLY}": _.plain("partly upheld"),
        f"answer_{Outcome.REJECTED}": _.plain("not upheld"),
        ObjectionState.CLOSED.value: _.plain("settled"),
        ObjectionState.ESCALATED.value: _.plain("given to the review group"),
        ErasureState.DONE.value: _.plain("erased"),
    }
    return names.get(decision, decision)


def meeting_name(_: Words, kind: MeetingKind) -> str:
    """Which body of the branch met."""
    names = {
        MeetingKind.COMMITTEE: _.plain("branch committee meeting"),
        MeetingKind.GENERAL: _.plain("general meeting of members"),
    }
    return names[kind]


def signature(_: Words, name: str, on_behalf_of: str = "") -> str:
    """Who decided: 李四, or 李四（受王五委托）."""
    return _.plain("{name} (for {principal})", name=name, principal=on_behalf_of) if on_behalf_of else name


def in_office(_: Words, name: str, role: Role, principal: str = "") -> str:
    """The same with the office: 李四（支部书记）, or 李四（受支部书记王五委托）."""
    office = role_name(_, role)
    if principal:
        return _.plain("{name} (for {principal}, {role})", name=name, principal=principal, role=office)
    return _.plain("{name} ({role})", name=name, role=office)


def listed(_: Words, names: Iterable[str]) -> str:
    """甲、乙、丙, or A, B, C."""
    return ("、" if _.language is Language.ZH else ", ").join(names)


def progress_bar(done: int, total: int, width: int = 10) -> str:
    """A bar of `width` blocks; full only when everything is done."""
    filled = width if total == 0 else done * width // total
    return "▰" * filled + "▱" * (width - filled)
