"""What each kind of item makes of its facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from bot.scoring.flow import Flow, capped, held, merged
from bot.scoring.items import (
    Act,
    Add,
    Caps,
    Carry,
    Deduct,
    Either,
    Item,
    Multiplier,
    PerUnit,
    Range,
    Ratio,
    Review,
    Shortfall,
    Tier,
)
from bot.scoring.limits import find
from bot.scoring.points import ZERO, mean
from bot.scoring.policies import Policies
from bot.scoring.results import Context, Cut, Reason
from bot.scoring.span import Span
from bot.scoring.worth import act_flow, grade_points, graded


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies beside the facts when an item is scored."""

    policies: Policies
    span: Span
    context: Context


@dataclass(slots=True)
class Draft:
    """An item's points while groups and reviewers may still change them: `points` = `raw` − cuts, unrounded."""

    item: Item
    facts: tuple[Fact, ...]
    answered: bool
    raw: Decimal = ZERO
    points: Decimal = ZERO
    flow: Flow = field(default_factory=dict)
    cuts: list[Cut] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def cut(self, code: str, scope: str, amount: Decimal, limit: Decimal | None = None) -> None:
        """Take points away and say by what."""
        if amount:
            self.cuts.append(Cut(code, scope, amount, limit))
            self.points -= amount

    def because(self, code: str, **params: str | Decimal) -> None:
        """Add a step of the explanation."""
        self.reasons.append(Reason(code, params))


def draft(item: Item, facts: tuple[Fact, ...] | None, desk: Desk) -> Draft:
    """The item's points before groups, overrides and parts; `facts` None: nobody has answered.

    FactError for facts that do not fit the item, RuleSilentError where the rule set does not say.
    """
    made = Draft(item, facts or (), answered=facts is not None)
    if not made.answered:
        made.because("silent")
    _KINDS[item.kind](item, made, desk)
    return made


def _by_act(made: Draft, desk: Desk, sign: int = 1) -> list[tuple[Act, Flow]]:
    """Each act's flow within the act's own caps, in table order; cuts and reasons are noted on the way."""
    grouped: dict[str, list[Fact]] = {}
    for fact in made.facts:
        act = made.item.act(fact.act)
        if act is None:
            raise FactError("unknown_act", item=fact.item, act=fact.act)
        grouped.setdefault(act.id, []).append(fact)
    flows = []
    for act in made.item.ways:
        if act.id not in grouped:
            continue
        facts = grouped[act.id]
        flow = act_flow(made.item, act, facts, desk.policies, desk.span)
        made.raw += sign * sum(flow.values(), ZERO)
        flow, cuts = capped(flow, act.cap, f"{made.item.id}.{act.id}", desk.span, desk.context.credited)
        made.cuts += [Cut(cut.code, cut.scope, sign * cut.amount, cut.limit) for cut in cuts]
        count = sum((fact.count for fact in facts), ZERO)
        made.because(
            "act", act=act.id, label=act.label, count=count, unit=act.unit, points=sign * sum(flow.values(), ZERO)
        )
        flows.append((act, flow))
    return flows


def _deduct(item: Deduct, made: Draft, desk: Desk) -> None:
    made.raw = item.full
    losses = merged([flow for _, flow in _by_act(made, desk, -1)])
    losses, cuts = capped(losses, item.cap, item.id, desk.span, desk.context.credited)
    made.cuts += [Cut(cut.code, cut.scope, -cut.amount, cut.limit) for cut in cuts]
    made.points = item.full - sum(losses.values(), ZERO)
    if item.floor is not None and made.points < item.floor:
        made.cut("floor", item.id, made.points - item.floor, item.floor)


def _count(item: Add | PerUnit | Range, made: Draft, desk: Desk) -> None:
    flow = merged([flow for _, flow in _by_act(made, desk)])
    _keep(made, flow, item.cap, desk)
    if item.floor is not None and made.points < item.floor:
        made.cut("floor", item.id, made.points - item.floor, item.floor)


def _keep(made: Draft, flow: Flow, cap: Caps, desk: Desk) -> None:
    """Apply the item's caps and its full points to a flow and let the draft end there."""
    made.flow, cuts = capped(flow, cap, made.item.id, desk.span, desk.context.credited)
    made.flow, more = held(made.flow, made.item.full, made.item.id)
    made.cuts += cuts + more
    made.points = sum(made.flow.values(), ZERO)


def _tier(item: Tier, made: Draft, desk: Desk) -> None:
    silent = next((grade for grade in item.grades if grade.id == item.when_silent), None)
    grades = [graded(item, item.grades, fact, desk.policies) for fact in made.facts] or [silent]
    if len(set(grades)) > 1 and item.several is None:
        raise FactError("several_grades", item=item.id)
    for grade in grades:
        if grade is not None:
            made.because("grade", grade=grade.id, label=grade.label, points=grade_points(item, grade))
    made.raw = made.points = _several([grade_points(item, grade) for grade in grades], item.several)
    if item.full is not None and made.points > item.full:
        made.cut("cap", item.id, made.points - item.full, item.full)


def _several(values: Sequence[Decimal], how: str | None) -> Decimal:
    match how:
        case "sum":
            return sum(values, ZERO)
        case "worst":
            return min(values)
        case "mean":
            return mean(values) or ZERO
        case _:
            return max(values)


def _shortfall(item: Shortfall, made: Draft, desk: Desk) -> None:
    made.raw = made.points = item.full
    if not made.answered:
        return
    done = sum((fact.count if fact.score is None else fact.score for fact in made.facts), ZERO)
    missing = max(ZERO, item.target - done)
    made.because("target", target=item.target, counted=done, missing=missing, unit=item.unit)
    if item.each_missing is not None:
        loss = missing * item.each_missing
    else:
        measured = missing if item.by == "count" else missing * 100 / item.target
        step = find("step", item.steps, measured, desk.policies.gaps, desk.policies.overlaps) if missing else None
        loss = step.cut if step else ZERO
    made.raw = made.points = item.full - loss
    if item.floor is not None and made.points < item.floor:
        made.cut("floor", item.id, made.points - item.floor, item.floor)


def _ratio(item: Ratio, made: Draft, desk: Desk) -> None:
    scores = [_score(fact) for fact in made.facts]
    if not scores:
        made.raw = made.points = item.when_silent
        return
    score = (mean(scores) or ZERO) if item.several == "mean" else max(scores)
    made.because("ratio", score=score, of=item.of, full=item.full)
    made.raw = made.points = item.full * score / item.of
    if not item.may_pass:
        made.cut("cap", item.id, max(ZERO, made.points - item.full), item.full)
    made.cut("floor", item.id, min(ZERO, made.points), ZERO)


def _score(fact: Fact) -> Decimal:
    if fact.score is None:
        raise FactError("score_needed", item=fact.item)
    return fact.score


def _review(item: Review, made: Draft, desk: Desk) -> None:
    if not made.facts:
        made.raw = made.points = item.when_silent
        return
    given: dict[str, list[Decimal]] = {panel.id: [] for panel in item.panels}
    for fact in made.facts:
        if fact.act not in given:
            raise FactError("unknown_panel", item=item.id, panel=fact.act)
        given[fact.act].append(_score(fact))
    if not all(given.values()) and item.missing_panel is None:
        raise RuleSilentError("missing_panel", item=item.id)
    counted, weights = ZERO, ZERO
    for panel in item.panels:
        voice = mean(given[panel.id])
        if voice is not None or item.missing_panel == "zero":
            weights += panel.weight
            counted += panel.weight * (voice or ZERO)
            made.because("panel", panel=panel.id, label=panel.label, score=voice or ZERO, weight=panel.weight)
    made.raw = made.points = item.full * counted / (item.of * weights)
    made.cut("cap", item.id, max(ZERO, made.points - item.full), item.full)


def _either(item: Either, made: Draft, desk: Desk) -> None:
    flows = _by_act(made, desk)
    if not flows:
        return
    act, best = max(flows, key=lambda pair: sum(pair[1].values(), ZERO))
    for other, flow in flows:
        if other is not act and (lost := sum(flow.values(), ZERO)):
            made.cuts.append(Cut("either", f"{item.id}.{other.id}", lost))
    _keep(made, best, item.cap, desk)


def _multiplier(item: Multiplier, made: Draft, desk: Desk) -> None:
    """Its points depend on other lines: see `engine`; here only the grade is read."""
    chosen = {fact.grade for fact in made.facts} or {item.when_silent or ""}
    factors = [factor for factor in item.grades if factor.id in chosen]
    if len(chosen) > 1:
        raise FactError("several_grades", item=item.id)
    if not factors and made.facts:
        raise FactError("unknown_grade", item=item.id, grade=next(iter(chosen)))
    for factor in factors:
        made.because("factor", grade=factor.id, label=factor.label, by=factor.by)


def multiply(made: Draft, item: Multiplier, others: Mapping[str, Draft]) -> None:
    """Set a multiplier's own points: what its factor adds to (or takes from) the items it names."""
    base = sum((others[name].points for name in item.of), ZERO)
    for reason in made.reasons:
        if reason.code == "factor":
            made.raw = made.points = base * (Decimal(reason.params["by"]) - 1)
    limit = item.full if item.cap.total is None else item.cap.total
    if limit is not None:
        made.cut("cap", item.id, max(ZERO, made.points - limit), limit)


def _carry(item: Carry, made: Draft, desk: Desk) -> None:
    if desk.context.last_year is None:
        made.because("no_last_year")
        return
    made.because("carry", last=desk.context.last_year, above=item.above, share=item.share)
    made.raw = max(ZERO, desk.context.last_year - item.above) * item.share
    _keep(made, {None: made.raw}, item.cap, desk)


_KINDS: Mapping[str, Callable[[Any, Draft, Desk], None]] = {
    "deduct": _deduct,
    "add": _count,
    "per_unit": _count,
    "range": _count,
    "tier": _tier,
    "shortfall": _shortfall,
    "ratio": _ratio,
    "review": _review,
    "either": _either,
    "multiplier": _multiplier,
    "carry": _carry,
}
