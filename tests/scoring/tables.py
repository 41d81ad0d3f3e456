"""Small rule sets written as the tests need them."""

from datetime import date
from decimal import Decimal

from bot.domain.periods import Month, Year
from bot.scoring.engine import Context, Score, score
from bot.scoring.facts import Fact
from bot.scoring.ruleset import RuleSet, load_ruleset
from bot.scoring.span import Span

NOVEMBER = Month(2026, 11)
YEAR = Year(2026)


def table(items: str, *, period: str = "month", more: str = "") -> RuleSet:
    """A rule set of some items (YAML list) without parts, rounded to hundredths."""
    rounding = "" if "policies:" in more else "policies: {rounding: {step: 0.01}}"
    return load_ruleset(
        f"id: t\nversion: '1'\ntitle: t\nperiod: {period}\ntotal: {{floor: null}}\n{rounding}\n{more}\nitems:\n{items}"
    )


def total(
    rules: RuleSet, *facts: Fact, period: Month | Year | Span = NOVEMBER, context: Context | None = None
) -> Decimal:
    """The total of some facts."""
    return worked(rules, *facts, period=period, context=context).total


def worked(
    rules: RuleSet, *facts: Fact, period: Month | Year | Span = NOVEMBER, context: Context | None = None
) -> Score:
    """The score of some facts."""
    return score(rules, facts, period=period, context=context or Context())


def times(item: str, count: object, act: str = "", **more: object) -> Fact:
    """One fact of so many."""
    return Fact(item, act, Decimal(str(count)), **more)


def on(month: int, day: int) -> date:
    """A day of 2026."""
    return date(2026, month, day)
