"""What platforms, periods and the columns of their exports are called."""

from __future__ import annotations

from decimal import Decimal

from bot.domain.periods import Month
from bot.domain.platforms import Disagreement, Field, Period, Platform
from bot.views.terms import month_name, quarter_name, short_month
from bot.views.words import Words


def platform_name(_: Words, platform: Platform) -> str:
    """The platform's own name."""
    names = {
        Platform.DENGTA: _.plain("Dengta (Party building online)"),
        Platform.ZHINIAO: _.plain("Zhiniao (online Party school)"),
        Platform.XUEXI: _.plain("Xuexi Qiangguo"),
    }
    return names[platform]


def span_name(_: Words, period: Period) -> str:
    """A month or a quarter."""
    return month_name(_, period) if isinstance(period, Month) else quarter_name(_, period)


def field_name(_: Words, field: Field) -> str:
    """What a column of an export can hold."""
    names = {
        Field.STAFF_NO: _.plain("staff number"),
        Field.NAME: _.plain("name"),
        Field.BRANCH: _.plain("branch or unit"),
        Field.DAY: _.plain("day (one row an event)"),
        Field.STUDY_COUNT: _.plain("study records"),
        Field.STUDY_MINUTES: _.plain("study time"),
        Field.POINTS: _.plain("platform's points"),
        Field.MEETINGS_ATTENDED: _.plain("meetings attended"),
        Field.MEETINGS_MISSED: _.plain("meetings missed"),
    }
    return names[field]


def amount(value: Decimal) -> str:
    """A number of times, hours or minutes without needless zeros."""
    return f"{value.normalize():f}"


def disagreement_words(_: Words, found: Disagreement) -> str:
    """Claim and records side by side; a difference is a mark to look at, and decides nothing."""
    when = short_month(_, found.period) if isinstance(found.period, Month) else quarter_name(_, found.period)
    return _.plain(
        "{when}: {item}, the form says {claimed}{unit}, the records {recorded}{unit} ({platforms})",
        when=when, item=found.label, claimed=amount(found.claimed), recorded=amount(found.recorded), unit=found.unit,
        platforms="、".join(platform_name(_, one) for one in found.platforms),
    )  # fmt: skip
