"""Which facts are let in: those of the table's items, within the period, of sensible size."""

from __future__ import annotations

from bot.scoring.errors import FactError
from bot.scoring.facts import Answers
from bot.scoring.limits import MOST
from bot.scoring.points import ZERO
from bot.scoring.span import Span
from bot.scoring.table import RuleSet

VETO = "veto"
"""The item id of facts that are a veto; their act is the veto's id."""


def admit(rules: RuleSet, answers: Answers, span: Span) -> None:
    """Let facts in; FactError "unknown_item", "wrong_item", "out_of_bounds" or "outside_period" for a misfit."""
    for name, facts in answers.items():
        if name != VETO and not rules.has_item(name):
            raise FactError("unknown_item", item=name)
        for fact in facts:
            if fact.item != name:
                raise FactError("wrong_item", item=fact.item, expected=name)
            if not 0 <= fact.count <= MOST or abs(fact.score or ZERO) > MOST:
                raise FactError("out_of_bounds", item=name, count=str(fact.count))
            if fact.on is not None and not span.holds(fact.on):
                raise FactError("outside_period", item=name, on=fact.on.isoformat(), period=str(span))
