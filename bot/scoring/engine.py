"""Facts become a score: items, groups, overrides, parts, total, bonus and veto, each step with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.periods import Month, Quarter, Year
from bot.scoring.admission import VETO, admit
from bot.scoring.bounds import bounds
from bot.scoring.draft import Desk, Draft
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Answers, Fact, answers_of
from bot.scoring.flow import capped, merged
from bot.scoring.heads import counted_once
from bot.scoring.items import Item, Multiplier
from bot.scoring.joining import multiply
from bot.scoring.kinds import draft
from bot.scoring.plan import plan
from bot.scoring.points import ZERO
from bot.scoring.results import Context, Cut, Line, Override, Reason, Score
from bot.scoring.sheet import Sheet
from bot.scoring.span import MONTHS_IN, Span
from bot.scoring.table import Group, MemberClass, RuleSet

__all__ = ["Context", "Cut", "Line", "Override", "Reason", "Score", "score", "score_month"]
_NOBODY = Context()
_NO_CLASS = MemberClass(id="none", label="")


def score_month(
    rules: RuleSet, answers: Answers, overrides: Sequence[Override] = (), *, month: Month, context: Context = _NOBODY
) -> Score:
    """One member's month. FactError for facts that fit no item, RuleSilentError where the rules do not say."""
    return _score(rules, answers, overrides, Span.of(month), context)


def score(
    rules: RuleSet,
    facts: Sequence[Fact],
    overrides: Sequence[Override] = (),
    *,
    period: Month | Quarter | Year | Span,
    context: Context = _NOBODY,
) -> Score:
    """One member's period by any table; an item without facts counts as not answered."""
    return _score(rules, answers_of(facts), overrides, Span.of(period), context)


def score_answers(
    rules: RuleSet, answers: Answers, overrides: Sequence[Override] = (), *, period: Span, context: Context = _NOBODY
) -> Score:
    """As `score`, where an empty tuple says that an item was answered with nothing."""
    return _score(rules, answers, overrides, period, context)


def _score(rules: RuleSet, answers: Answers, overrides: Sequence[Override], span: Span, context: Context) -> Score:
    if span.months != MONTHS_IN[rules.period] or (span.first.number - rules.year_starts) % span.months:
        raise FactError("wrong_period", period=str(span), expected=rules.period)
    admit(rules, answers, span)
    member = _member_class(rules, context)
    if not member.rated or context.exempt:
        return Score(ZERO, {}, {}, (), rated=False)
    desk = Desk(rules.policies, span, context)
    prepared = plan(rules)
    once = counted_once(rules, answers, prepared.heads)
    exempt = context.exempt_items.union(member.exempt)
    decided = {one.item: one for one in overrides}
    drafts = {
        item.id: _draft(rules, item, once.get(item.id), item.id in exempt, desk)
        for item in (*rules.items, *(rules.bonus.items if rules.bonus.per == "period" else ()))
        if item.id in once or item.id in exempt or item.id in decided or item.id not in prepared.silent
    }
    for name in {head[0] for heads in prepared.heads for head in heads}:
        if once.get(name) != answers.get(name):
            drafts[name].because("counted_once")
    _settle(rules, drafts, overrides, desk)
    return Sheet(rules, prepared, drafts, decided, member, exempt).score(answers.get(VETO, ()))


def _settle(rules: RuleSet, drafts: dict[str, Draft], overrides: Sequence[Override], desk: Desk) -> None:
    """Reviewers' figures first, then the groups' caps on them, then the factors on what is left."""
    multipliers = {one.item.id: one.item for one in drafts.values() if isinstance(one.item, Multiplier)}
    for override in overrides:
        if override.item not in multipliers:
            _override(drafts, override)
    for group in rules.groups:
        _group(group, drafts, desk)
    for item in multipliers.values():
        multiply(item, drafts[item.id], drafts)
    for override in overrides:
        if override.item in multipliers:
            _override(drafts, override)


def _member_class(rules: RuleSet, context: Context) -> MemberClass:
    if not context.member_class:
        return _NO_CLASS
    found = rules.member_class(context.member_class)
    if found is None:
        raise FactError("unknown_class", member_class=context.member_class)
    return found


def _draft(rules: RuleSet, item: Item, facts: tuple[Fact, ...] | None, exempt: bool, desk: Desk) -> Draft:
    if not exempt:
        return draft(item, facts, desk)
    if rules.policies.exempt_item is None:
        raise RuleSilentError("exempt_item", policy="exempt_item", item=item.id)
    made = draft(item, None, desk) if rules.policies.exempt_item == "full" else Draft(item, (), answered=False)
    made.because("exempt")
    return made


def _group(group: Group, drafts: dict[str, Draft], desk: Desk) -> None:
    members = [drafts[name] for name in group.items]
    if group.pick == "best":
        best = max(members, key=lambda one: one.points)
        for one in members:
            if one is not best:
                one.cut("either", group.id, one.points)
                one.flow = {}
    flow = merged([one.flow or {None: one.points} for one in members])
    _, cuts = capped(flow, group.cap, group.id, desk.span, desk.context.credited)
    for cut in cuts:
        left = cut.amount
        for one in reversed(members):
            part = min(left, max(one.points, ZERO))
            one.cut(cut.code, group.id, part, cut.limit)
            left -= part


def _override(drafts: dict[str, Draft], one: Override) -> None:
    if one.item not in drafts:
        raise FactError("unknown_item", item=one.item)
    if not one.reason.strip():
        raise FactError("reason_needed", item=one.item)
    low, high = bounds(drafts[one.item].item)
    if (low is not None and one.points < low) or (high is not None and one.points > high):
        raise FactError("out_of_range", item=one.item, points=str(one.points), low=str(low), high=str(high))
    made = drafts[one.item]
    made.cut("override", one.item, made.points - one.points)
    made.flow = {None: made.points}
