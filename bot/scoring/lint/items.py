"""Items that leave too much open: no value, one act under two heads, a wide range in one hand, silence that costs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from bot.scoring.items import Item, Tier
from bot.scoring.lint.findings import Finding, error, warning
from bot.scoring.table import RuleSet

WIDE = Decimal(3)
"""Points: a range wider than this is wide for one hand."""
# What says only how it went, and not what it was: such words may stand under several items.
_GENERIC = re.compile(
    r"无故|没有|缺席|缺勤|迟到|早退|参加|参与|完成|每次|一次|请假|按时|逾期|优秀|良好|合格|达标|[未不或和及、，,（）()\s]"
)
_MARKS = re.compile(r"[\s、，,。；;：:（）()“”\"'·—–-]")


def item_findings(rules: RuleSet) -> Iterator[Finding]:
    """`no_worth`, `range_wide`, `no_part`, `act_under_two_heads`, `silence_deducts`."""
    for item in (*rules.items, *rules.bonus.items):
        yield from _worthless(item)
        yield from _wide(item)
    if rules.parts:
        yield from (warning("no_part", item.id, label=item.label) for item in rules.items if not item.part)
    for one in rules.classes:
        yield from (error("no_worth", one.id, label=one.label) for start in one.starts.values() if start is None)
    yield from _doubled(rules)
    yield from _silent(rules)


def _worthless(item: Item) -> Iterator[Finding]:
    for act in item.ways:
        if not act.published or any(grade.points is None for grade in act.grades):
            yield error("no_worth", f"{item.id}.{act.id}", label=act.label)
    if isinstance(item, Tier):
        yield from (
            error("no_worth", f"{item.id}.{one.id}", label=one.label) for one in item.grades if one.points is None
        )


def _wide(item: Item) -> Iterator[Finding]:
    for act in item.ways:
        if act.range is not None and act.decided_by == "one" and act.range[1] - act.range[0] > WIDE:
            where = _place(item.id, act.id)
            yield warning("range_wide", where, label=act.label, low=act.range[0], high=act.range[1])


def _place(item: str, act: str) -> str:
    return item if item == act else f"{item}.{act}"


def _doubled(rules: RuleSet) -> Iterator[Finding]:
    heads: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in (*rules.items, *rules.bonus.items):
        for act in item.ways:
            if not act.same_as or rules.policies.double_heads is None:
                name = act.label if _GENERIC.sub("", act.label) else item.label + act.label
                heads[_MARKS.sub("", name)].append((item.id, act.id))
        if not item.ways:
            heads[_MARKS.sub("", item.label)].append((item.id, item.id))
    for label, found in heads.items():
        if len({item for item, _ in found}) > 1:
            yield error("act_under_two_heads", _place(*found[1]), label=label, first=_place(*found[0]))


def _silent(rules: RuleSet) -> Iterator[Finding]:
    duties = {part.id for part in rules.parts if part.duty}
    for item in rules.items:
        if isinstance(item, Tier) and item.part in duties:
            points = {grade.id: grade.points for grade in item.grades if grade.points is not None}
            if points and points.get(item.when_silent, Decimal(0)) < max(points.values()):
                yield warning("silence_deducts", item.id, label=item.label, grade=item.when_silent)
