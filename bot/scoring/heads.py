"""One act under two heads: which acts are the same, and counting each event once where the rules say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.scoring.errors import RuleSilentError
from bot.scoring.facts import Answers, Fact
from bot.scoring.points import ZERO
from bot.scoring.table import RuleSet

Head = tuple[str, str]


def same_acts(rules: RuleSet) -> tuple[tuple[Head, ...], ...]:
    """Groups of (item, act) that are the same act by `same_as`, each in table order."""
    points_to = {(item.id, act.id): _head(act.same_as) for item in rules.items for act in item.ways if act.same_as}
    groups: dict[Head, list[Head]] = {}
    for item in rules.items:
        for act in item.ways:
            root = (item.id, act.id)
            followed = {root}
            while root in points_to and points_to[root] not in followed:
                root = points_to[root]
                followed.add(root)
            groups.setdefault(root, []).append((item.id, act.id))
    return tuple(tuple(heads) for heads in groups.values() if len(heads) > 1)


def counted_once(rules: RuleSet, answers: Answers, doubled: Sequence[Sequence[Head]]) -> Answers:
    """The answers with every event of a doubled act (see `same_acts`) left under the first head that has it.

    Facts of one day (or without a day) under several heads are one event; a day counts as often as the head that
    counts it most often. RuleSilentError "double_heads" if the policy of that name is null and it would matter.
    """
    if not doubled or rules.policies.double_heads == "every":
        return answers
    once = dict(answers)
    for heads in doubled:
        used = [head for head in heads if any(_is(fact, head, rules) for fact in once.get(head[0], ()))]
        seen: dict[date | None, Decimal] = {}
        for head in used:
            once[head[0]] = tuple(_new_events(once[head[0]], head, seen, rules))
    return once


def _new_events(
    facts: tuple[Fact, ...], head: Head, seen: dict[date | None, Decimal], rules: RuleSet
) -> Iterable[Fact]:
    here: dict[date | None, Decimal] = {}
    before = dict(seen)
    for fact in facts:
        if not _is(fact, head, rules):
            yield fact
            continue
        doubled = min(fact.count, max(ZERO, before.get(fact.on, ZERO) - here.get(fact.on, ZERO)))
        if doubled and rules.policies.double_heads is None:
            raise RuleSilentError("double_heads", policy="double_heads", item=head[0], act=head[1])
        here[fact.on] = here.get(fact.on, ZERO) + fact.count
        seen[fact.on] = max(seen.get(fact.on, ZERO), here[fact.on])
        if fact.count > doubled:
            yield replace(fact, count=fact.count - doubled)


def _is(fact: Fact, head: Head, rules: RuleSet) -> bool:
    act = rules.item(head[0]).act(fact.act)
    return act is not None and act.id == head[1]


def _head(name: str) -> Head:
    item, _, act = name.partition(".")
    return item, act
