"""Points by the day they were earned, and the caps that cut them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from bot.scoring.errors import FactError
from bot.scoring.items import Caps, Length
from bot.scoring.points import ZERO
from bot.scoring.results import Cut
from bot.scoring.span import MONTHS_IN, Span

Flow = dict[date | None, Decimal]


def merged(flows: Iterator[Flow] | list[Flow]) -> Flow:
    """Several flows as one."""
    whole: Flow = {}
    for flow in flows:
        for day, points in flow.items():
            whole[day] = whole.get(day, ZERO) + points
    return whole


def capped(
    flow: Flow, caps: Caps, key: str, span: Span, credited: Mapping[tuple[str, Length], Decimal]
) -> tuple[Flow, list[Cut]]:
    """The flow within its caps, shortest stretch first, and what each took.

    A cap on a stretch as long as the span or longer has one bucket, less what earlier periods used up. What comes
    later in a stretch is cut first. FactError "date_needed" when a shorter cap bites and a fact has no day.
    """
    cuts: list[Cut] = []
    for length, cap in caps.by_length:
        whole = MONTHS_IN.get(length, 0) >= span.months
        left = max(ZERO, cap - credited.get((key, length), ZERO)) if whole else cap
        flow, taken = _keep_within(flow, left, None if whole else length, span, key)
        if taken:
            cuts.append(Cut(f"cap_{length}", key, taken, cap))
    if caps.total is not None:
        flow, taken = _keep_within(flow, caps.total, None, span, key)
        if taken:
            cuts.append(Cut("cap", key, taken, caps.total))
    return flow, cuts


def _keep_within(flow: Flow, cap: Decimal, length: Length | None, span: Span, key: str) -> tuple[Flow, Decimal]:
    if sum((points for points in flow.values() if points > 0), ZERO) <= cap:
        return flow, ZERO
    buckets: dict[date | None, list[date | None]] = {}
    for day in sorted(flow, key=lambda day: day or date.min, reverse=True):
        if length is not None and day is None:
            raise FactError("date_needed", item=key, length=length)
        buckets.setdefault(span.bucket(day, length) if length and day else None, []).append(day)
    kept, taken = dict(flow), ZERO
    for days in buckets.values():
        excess = sum((flow[day] for day in days), ZERO) - cap
        for day in days:
            less = min(max(excess, ZERO), max(kept[day], ZERO))
            kept[day] -= less
            excess -= less
            taken += less
    return kept, taken
