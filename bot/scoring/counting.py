"""Items that count acts: deductions, additions, whole units, a reviewer's pick, the better of several ways."""

from __future__ import annotations

from bot.scoring.acts import Act, Caps
from bot.scoring.draft import Desk, Draft
from bot.scoring.errors import FactError
from bot.scoring.facts import Fact
from bot.scoring.flow import Flow, capped, held, merged, total
from bot.scoring.items import Add, Deduct, Either, PerUnit, Range
from bot.scoring.points import ZERO
from bot.scoring.results import Cut
from bot.scoring.worth import act_flow


def deduct(item: Deduct, made: Draft, desk: Desk) -> None:
    """From full down, each act within its own cap, to the floor."""
    made.raw = item.full
    losses = merged([flow for _, flow in by_act(made, desk, -1)])
    losses, cuts = capped(losses, item.cap, item.id, desk.span, desk.context.credited)
    made.cuts += [Cut(cut.code, cut.scope, -cut.amount, cut.limit) for cut in cuts]
    made.points = item.full - total(losses)
    made.end_at(item.floor, None)


def count(item: Add | PerUnit | Range, made: Draft, desk: Desk) -> None:
    """From zero up, within the caps of acts and item."""
    flow = merged([flow for _, flow in by_act(made, desk)])
    keep(made, flow, item.cap, desk)
    made.end_at(item.floor, None)


def either(item: Either, made: Draft, desk: Desk) -> None:
    """The act that brings most counts, the others are cut to nothing."""
    flows = by_act(made, desk)
    if not flows:
        return
    act, best = max(flows, key=lambda pair: total(pair[1]))
    for other, flow in flows:
        if other is not act and (lost := total(flow)):
            made.cuts.append(Cut("either", f"{item.id}.{other.id}", lost))
    keep(made, best, item.cap, desk)


def keep(made: Draft, flow: Flow, cap: Caps, desk: Desk) -> None:
    """Apply the item's caps and its full points to a flow and let the draft end there."""
    made.flow, cuts = capped(flow, cap, made.item.id, desk.span, desk.context.credited)
    made.flow, more = held(made.flow, made.item.full, made.item.id)
    made.cuts += cuts + more
    made.points = total(made.flow)


def by_act(made: Draft, desk: Desk, sign: int = 1) -> list[tuple[Act, Flow]]:
    """Each act's flow within the act's own caps, in table order; cuts and reasons are noted on the way."""
    flows = []
    for act, facts in _grouped(made):
        flow = act_flow(made.item, act, facts, desk.policies, desk.span)
        made.raw += sign * total(flow)
        flow, cuts = capped(flow, act.cap, f"{made.item.id}.{act.id}", desk.span, desk.context.credited)
        made.cuts += [Cut(cut.code, cut.scope, sign * cut.amount, cut.limit) for cut in cuts]
        often = facts[0].count if len(facts) == 1 else sum((fact.count for fact in facts), ZERO)
        made.because("act", act=act.id, label=act.label, count=often, unit=act.unit, points=sign * total(flow))
        flows.append((act, flow))
    return flows


def _grouped(made: Draft) -> list[tuple[Act, list[Fact]]]:
    """The facts of each act that has any, in table order."""
    facts_of: dict[str, list[Fact]] = {}
    for fact in made.facts:
        act = made.item.act(fact.act)
        if act is None:
            raise FactError("unknown_act", item=fact.item, act=fact.act)
        facts_of.setdefault(act.id, []).append(fact)
    return [(act, facts_of[act.id]) for act in made.item.ways if act.id in facts_of] if facts_of else []
