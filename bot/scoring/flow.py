"""Points by the day they were earned, and the caps that cut them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.scoring.acts import NO_CAPS, Caps, Length
from bot.scoring.errors import FactError
from bot.scoring.points import ZERO
from bot.scoring.results import Cut
from bot.scoring.span import MONTHS_IN, Span

Flow = dict[date | None, Decimal]


def merged(flows: Sequence[Flow]) -> Flow:
    """Several flows as one."""
    if len(flows) == 1:
        return flows[0]
    whole: Flow = {}
    for flow in flows:
        for day, points in flow.items():
            whole[day] = whole.get(day, ZERO) + points
    return whole


def total(flow: Flow) -> Decimal:
    """All its points."""
    return sum(flow.values(), ZERO)


def capped(
    flow: Flow, caps: Caps, key: str, span: Span, credited: Mapping[tuple[str, Length], Decimal]
) -> tuple[Flow, list[Cut]]:
    """The flow within its caps, shortest stretch first, and what each took.

    A cap on a stretch as long as the span or longer has one bucket, less what earlier periods used up. What comes
    later in a stretch is cut first. FactError "date_needed" when a shorter cap bites and a fact has no day.
    """
    cuts: list[Cut] = []
    if caps is NO_CAPS:
        return flow, cuts
    for length, cap in caps.by_length:
        whole = MONTHS_IN.get(length, 0) >= span.months
        left = max(ZERO, cap - credited.get((key, length), ZERO)) if whole else cap
        flow, taken = _keep_within(flow, left, None if whole else length, span, key)
        if taken:
            cuts.append(Cut(f"cap_{length}", key, taken, cap))
    flow, cut = held(flow, caps.total, key)
    return flow, cuts + cut


def held(flow: Flow, limit: Decimal | None, key: str) -> tuple[Flow, list[Cut]]:
    """The whole flow within one limit, and what that took."""
    if limit is None:
        return flow, []
    kept, taken = _cut_down(flow, list(flow), limit) if _sum_of_gains(flow) > limit else (flow, ZERO)
    return kept, [Cut("cap", key, taken, limit)] if taken else []


def _keep_within(flow: Flow, cap: Decimal, length: Length | None, span: Span, key: str) -> tuple[Flow, Decimal]:
    if _sum_of_gains(flow) <= cap:
        return flow, ZERO
    buckets: dict[date | None, list[date | None]] = {}
    for day in flow:
        if length is not None and day is None:
            raise FactError("date_needed", item=key, length=length)
        buckets.setdefault(span.bucket(day, length) if length and day else None, []).append(day)
    taken = ZERO
    for days in buckets.values():
        flow, less = _cut_down(flow, days, cap)
        taken += less
    return flow, taken


def _sum_of_gains(flow: Flow) -> Decimal:
    return sum((points for points in flow.values() if points > 0), ZERO)


def _cut_down(flow: Flow, days: list[date | None], cap: Decimal) -> tuple[Flow, Decimal]:
    """Take what is over the cap on these days, from the latest of them on; and how much that was.

    No cap is below zero, so the gains of these days hold all that is over.
    """
    over = max(ZERO, sum((flow[day] for day in days), ZERO) - cap)
    kept, left = dict(flow), over
    for day in sorted(days, key=lambda day: day or date.min, reverse=True):
        less = min(left, max(kept[day], ZERO))
        kept[day] -= less
        left -= less
    return kept, over
