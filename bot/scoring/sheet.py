"""Adding up: lines into parts, parts into the total, with the cuts of each frame, bonus, veto and rounding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bot.scoring.draft import Draft
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from bot.scoring.items import Item
from bot.scoring.lines import line_of, rounded
from bot.scoring.plan import Plan
from bot.scoring.points import ZERO
from bot.scoring.results import Cut, Line, Override, Reason, Score
from bot.scoring.table import Frame, MemberClass, Part, RuleSet


@dataclass(slots=True)
class Sheet:
    """The working sheet of one score."""

    rules: RuleSet
    plan: Plan
    drafts: Mapping[str, Draft]
    overrides: Mapping[str, Override]
    member: MemberClass
    exempt: frozenset[str]
    lines: list[Line] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)

    def score(self, veto: Sequence[Fact]) -> Score:
        """The whole score; `veto` holds the facts that make it zero."""
        by_part = {part.id: self._part(part) for part in self.rules.parts}
        total = self._start(self.rules.total, "total", self.rules.title) + sum(by_part.values(), ZERO)
        total = self._within(self.rules.total, "total", total + self._add(self.plan.items_of[""]))
        if self.rules.bonus.per == "period":
            total = self._bonus(total)
        self._check_veto(veto)
        if veto and (self.rules.veto.scope == "period" or self.rules.period == "year"):
            self.cuts.append(Cut("veto", "total", total, ZERO))
            total = ZERO
        return Score(
            total=self._rounded_total(total),
            by_part={name: rounded(self.rules, points) for name, points in by_part.items()},
            by_dimension=self._by_dimension(),
            lines=tuple(self.lines),
            cuts=tuple(self.cuts),
            vetoed=bool(veto),
            disqualified=tuple(_disqualified(self.drafts.values())),
        )

    def _part(self, part: Part) -> Decimal:
        items = self.plan.items_of[part.id]
        points = self._start(part, part.id, part.label) + self._add(items)
        if self.exempt and self.rules.policies.exempt_item == "rescale":
            points = self._rescaled(part, points, items)
        points = self._within(part, part.id, points)
        if part.weight != 1 and points:
            self.cuts.append(Cut("weight", part.id, points - points * part.weight, part.weight))
        return points * part.weight

    def _start(self, frame: Frame, scope: str, label: str) -> Decimal:
        start = self.member.starts.get(scope, frame.start)
        if start is None:
            raise RuleSilentError("class_start", member_class=self.member.id, part=scope)
        if start:
            reason = Reason("start", {"points": start, "member_class": self.member.label})
            self.lines.append(
                Line(scope, label, "" if scope == "total" else scope, "", start, start, None, reasons=(reason,))
            )
        return start

    def _add(self, items: Sequence[Item]) -> Decimal:
        points = ZERO
        for item in items:
            draft = self.drafts.get(item.id)
            line = (
                self.plan.silent[item.id] if draft is None else line_of(self.rules, draft, self.overrides.get(item.id))
            )
            self.lines.append(line)
            points += line.points if draft is None else draft.points
        return points

    def _rescaled(self, part: Part, points: Decimal, items: Sequence[Item]) -> Decimal:
        skipped = sum((item.full or ZERO for item in items if item.id in self.exempt), ZERO)
        if not skipped or part.full is None or skipped >= part.full:
            return points
        scaled = points * part.full / (part.full - skipped)
        self.cuts.append(Cut("rescale", part.id, points - scaled, part.full))
        return scaled

    def _within(self, frame: Frame, scope: str, points: Decimal) -> Decimal:
        kept = points
        if frame.full is not None and kept > frame.full:
            kept = frame.full
            self.cuts.append(Cut("cap", scope, points - kept, frame.full))
        if frame.floor is not None and kept < frame.floor:
            self.cuts.append(Cut("floor", scope, kept - frame.floor, frame.floor))
            kept = frame.floor
        return kept

    def _bonus(self, total: Decimal) -> Decimal:
        bonus = self._add(self.rules.bonus.items)
        cuts = bonus_cut(self.rules, bonus, total)
        self.cuts.extend(cuts)
        return total + bonus - sum((cut.amount for cut in cuts), ZERO)

    def _check_veto(self, veto: Sequence[Fact]) -> None:
        known = {one.id for one in self.rules.veto.when}
        for fact in veto:
            if fact.act not in known:
                raise FactError("unknown_veto", act=fact.act)

    def _rounded_total(self, total: Decimal) -> Decimal:
        whole = rounded(self.rules, total)
        if self.rules.policies.rounding is None and whole != total:
            raise RuleSilentError("rounding", policy="rounding", value=str(total))
        shown = sum((line.points for line in self.lines), ZERO) - sum((cut.amount for cut in self.cuts), ZERO)
        if shown != whole:
            self.cuts.append(Cut("rounding", "total", shown - whole))
        return whole

    def _by_dimension(self) -> dict[str, Decimal]:
        sums = {dimension.id: ZERO for dimension in self.rules.dimensions}
        for line in self.lines:
            if line.dimension:
                sums[line.dimension] += line.points
        return sums


def bonus_cut(rules: RuleSet, bonus: Decimal, total: Decimal) -> list[Cut]:
    """What the bonus' own cap takes, and what the full points take unless policy `bonus_may_pass` lets it pass."""
    cuts: list[Cut] = []
    if rules.bonus.cap is not None and bonus > rules.bonus.cap:
        cuts.append(Cut("cap", "bonus", bonus - rules.bonus.cap, rules.bonus.cap))
        bonus = rules.bonus.cap
    full = rules.total.full
    if full is None or total + bonus <= full:
        return cuts
    if rules.policies.bonus_may_pass is None:
        raise RuleSilentError(
            "bonus_may_pass", policy="bonus_may_pass", total=str(total), bonus=str(bonus), full=str(full)
        )
    if not rules.policies.bonus_may_pass:
        cuts.append(Cut("cap", "total", total + bonus - max(full, total), full))
    return cuts


def _disqualified(drafts: Iterable[Draft]) -> Iterable[Reason]:
    for draft in drafts:
        for fact in draft.facts:
            act = draft.item.act(fact.act)
            if act is not None and act.disqualifies_with in fact.marks:
                yield Reason("disqualified", {"item": draft.item.id, "label": act.label})
