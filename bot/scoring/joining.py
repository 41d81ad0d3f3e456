"""Items that draw on something else: a factor on other items, and what last year left."""

from __future__ import annotations

from collections.abc import Mapping

from bot.scoring.counting import keep
from bot.scoring.draft import Desk, Draft
from bot.scoring.errors import FactError
from bot.scoring.items import Carry, Factored, Multiplier
from bot.scoring.points import ONE, ZERO


def factor(item: Multiplier, made: Draft, desk: Desk) -> None:
    """Only the grade is read here: the points depend on other lines, see `multiply`."""
    chosen = _chosen(item, made)
    if chosen is not None:
        made.because("factor", grade=chosen.id, label=chosen.label, by=chosen.by)


def multiply(item: Multiplier, made: Draft, others: Mapping[str, Draft]) -> None:
    """Set a multiplier's own points: what its factor adds to (or takes from) the items it names."""
    chosen = _chosen(item, made)
    by = ONE if chosen is None else chosen.by
    made.raw = made.points = sum((others[name].points for name in item.of), ZERO) * (by - ONE)
    made.end_at(None, item.full)


def _chosen(item: Multiplier, made: Draft) -> Factored | None:
    named = {fact.grade for fact in made.facts}
    if len(named) > 1:
        raise FactError("several_grades", item=item.id)
    name = named.pop() if named else item.when_silent
    found = next((one for one in item.grades if one.id == name), None)
    if found is None and made.facts:
        raise FactError("unknown_grade", item=item.id, grade=name or "")
    return found


def carry(item: Carry, made: Draft, desk: Desk) -> None:
    """A share of what last year's total had above the line; nothing for who has no last year."""
    last = desk.context.last_year
    if last is None:
        made.because("no_last_year")
        return
    made.because("carry", last=last, above=item.above, share=item.share)
    made.raw = max(ZERO, last - item.above) * item.share
    keep(made, {None: made.raw}, item.cap, desk)
