"""Claims against records: where a member's forms say more than the platforms know, by the table's own checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.periods import Month, Quarter
from bot.domain.platforms import Book, Disagreement, Period, Platform
from bot.scoring.facts import Answers, Fact, Source
from bot.scoring.items import Check, Counted, Deduct, Item, Ratio, Shortfall, Tier
from bot.scoring.points import ZERO, from_hundredths
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class ClaimedMonth:
    """What one counting month of a member says, and the table it says it by."""

    month: Month
    rules: RuleSet
    answers: Answers


def scored_by_platform(rules: RuleSet) -> tuple[Item, ...]:
    """The items that turn a platform's numbers into points (MISSION §6: such points are named)."""
    return tuple(
        item
        for item in (*rules.items, *rules.bonus.items)
        if item.source is Source.PLATFORM and _takes_numbers(item)
    )  # fmt: skip


def disagreements(
    member_id: int, quarter: Quarter, months: Sequence[ClaimedMonth], books: Sequence[Book]
) -> tuple[Disagreement, ...]:
    """Where the quarter's claims and the platforms' records differ, by month and in table order.

    The records of all platforms of an item are added up, as far as an export of the period is there; a platform whose
    export has no row for the member knows of nothing. An item one of whose platforms reports by the quarter is compared
    over the whole quarter. What cannot move a point (more than the target, on either side) is no difference, an item
    nobody has answered claims nothing, and where points are taken only what is kept silent counts.
    """
    shelf = {(book.file.platform, book.file.period): book for book in books}
    return tuple(_found(member_id, quarter, months, shelf))


Shelf = Mapping[tuple[Platform, Period], Book]


def _found(member_id: int, quarter: Quarter, months: Sequence[ClaimedMonth], shelf: Shelf) -> Iterator[Disagreement]:
    spans: list[tuple[Period, Sequence[ClaimedMonth]]] = [(one.month, [one]) for one in months]
    if months:
        spans.append((quarter, months))
    for period, claimed in spans:
        rules = claimed[-1].rules
        for item in (*rules.items, *rules.bonus.items):
            if not isinstance(item, Counted) or not item.checked_by:
                continue
            by_quarter = any((check.platform, quarter) in shelf for check in item.checked_by)
            if by_quarter == (period == quarter):
                yield from _compared(member_id, item, period, claimed, shelf)


def _compared(
    member_id: int, item: Counted, period: Period, months: Sequence[ClaimedMonth], shelf: Shelf
) -> Iterator[Disagreement]:
    for act, checks in _by_act(item).items():
        told = [one.answers[item.id] for one in months if item.id in one.answers]
        known = [(check.platform, _recorded(check, member_id, period, months, shelf)) for check in checks]
        heard = {platform: number for platform, number in known if number is not None}
        if not told or not heard:
            continue
        claimed = sum((_counted(facts, act) for facts in told), ZERO)
        recorded = sum(heard.values(), ZERO)
        if _differ(item, claimed, recorded, len(told)):
            unit = getattr(item, "unit", "次")
            yield Disagreement(member_id, item.id, item.label, period, claimed, recorded, unit, tuple(heard))


def _by_act(item: Counted) -> dict[str | None, list[Check]]:
    found: dict[str | None, list[Check]] = {}
    for check in item.checked_by:
        found.setdefault(check.act, []).append(check)
    return found


def _recorded(
    check: Check, member_id: int, period: Period, months: Sequence[ClaimedMonth], shelf: Shelf
) -> Decimal | None:
    """What a platform knows of the member in the period, by its own export or those of the months; None without any."""
    whole = shelf.get((check.platform, period))
    parts = [shelf.get((check.platform, one.month)) for one in months]
    books = [book for book in ([whole] if whole else parts) if book is not None and check.measure in book.file.measures]
    if not books:
        return None
    return from_hundredths(sum(book.values.get(member_id, {}).get(check.measure, 0) for book in books))


def _counted(facts: Sequence[Fact], act: str | None) -> Decimal:
    return sum((fact.count for fact in facts if act is None or fact.act in {"", act}), ZERO)


def _differ(item: Counted, claimed: Decimal, recorded: Decimal, months: int) -> bool:
    match item:
        case Shortfall():
            target = item.target * months
            return min(claimed, target) != min(recorded, target)
        case Deduct():
            return recorded > claimed
        case _:
            return claimed > recorded


def _takes_numbers(item: Item) -> bool:
    if isinstance(item, Tier):
        return any(grade.limited for grade in item.grades)
    return isinstance(item, Counted | Ratio)
