"""The ends that no item passes, whoever decides."""

from __future__ import annotations

from decimal import Decimal

from bot.scoring.items import Item
from bot.scoring.points import ZERO


def bounds(item: Item) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most an item may ever bring, for a reviewer's own figure; None: open on that side."""
    match item.kind:
        case "tier":
            known = [grade.points for grade in item.grades if grade.points is not None]
            most = None if item.several == "sum" else max(known, default=None)
            return min(known, default=None), item.full if item.full is not None else most
        case "deduct" | "shortfall":
            return item.floor, item.full
        case "add" | "per_unit" | "range" | "either" | "carry":
            limits = [limit for limit in (item.full, item.cap.total) if limit is not None]
            setbacks = any(act.each is not None and act.each < 0 for act in item.ways)
            return None if setbacks else ZERO, min(limits, default=None)
        case "ratio":
            return ZERO, None if item.may_pass else item.full
        case "review":
            return ZERO, item.full
        case "multiplier":
            return None, item.full
