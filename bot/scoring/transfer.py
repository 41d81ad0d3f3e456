"""Facts of one table under another: which still fit, and which the new table has no place for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.scoring.facts import Answers, Fact
from bot.scoring.items import Item, Multiplier, Review, Tier
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class Transfer:
    """The answers that the table can score, and the facts left over."""

    answers: Answers
    left_over: tuple[Fact, ...]


def transferred(rules: RuleSet, answers: Answers) -> Transfer:
    """Keep the facts whose item, act and grade the table knows; an item whose facts all fall away is unanswered."""
    kept: dict[str, tuple[Fact, ...]] = {}
    left_over: list[Fact] = []
    for name, facts in answers.items():
        fitting = tuple(fact for fact in facts if rules.has_item(name) and _fits(rules.item(name), fact))
        left_over += [fact for fact in facts if fact not in fitting]
        if rules.has_item(name) and (fitting or not facts):
            kept[name] = fitting
    return Transfer(kept, tuple(left_over))


def _fits(item: Item, fact: Fact) -> bool:
    match item:
        case Tier() | Multiplier():
            return not fact.grade or any(grade.id == fact.grade for grade in item.grades)
        case Review():
            return any(panel.id == fact.act for panel in item.panels)
        case _:
            act = item.act(fact.act)
            if not item.ways:
                return True
            return act is not None and (not fact.grade or any(grade.id == fact.grade for grade in act.grades))
