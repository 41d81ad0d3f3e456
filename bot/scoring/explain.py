"""A score as plain data, for files and frozen copies: every line with what it came from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bot.scoring.facts import fact_to_dict
from bot.scoring.results import Cut, Line, Reason, Score

Plain = dict[str, object]


def explained(score: Score) -> Plain:
    """The whole score as JSON-ready data, decimals as text. Totals of what is not rated are null."""
    return {
        "total": _text(score.total) if score.rated else None,
        "rated": score.rated,
        "vetoed": score.vetoed,
        "by_part": {name: _text(points) for name, points in score.by_part.items()},
        "by_dimension": {name: _text(points) for name, points in score.by_dimension.items()},
        "lines": [_line(line) for line in score.lines],
        "cuts": _cuts(score.cuts),
        "disqualified": [_reason(reason) for reason in score.disqualified],
    }


def _line(line: Line) -> Plain:
    told: Plain = {
        "item": line.item,
        "label": line.label,
        "part": line.part,
        "dimension": line.dimension,
        "raw": _text(line.raw),
        "points": _text(line.points),
        "full": None if line.full is None else _text(line.full),
        "answered": line.answered,
        "cuts": _cuts(line.cuts),
        "reasons": [_reason(reason) for reason in line.reasons],
        "facts": [fact_to_dict(fact) for fact in line.facts],
    }
    if line.override is not None:
        made = line.override
        told["override"] = {"points": _text(made.points), "reason": made.reason, "by": made.by}
    return told


def _cuts(cuts: Iterable[Cut]) -> list[Plain]:
    return [
        {
            "code": cut.code,
            "scope": cut.scope,
            "amount": _text(cut.amount),
            "limit": None if cut.limit is None else _text(cut.limit),
        }
        for cut in cuts
    ]


def _reason(reason: Reason) -> Plain:
    params = {name: _text(value) if isinstance(value, Decimal) else value for name, value in reason.params.items()}
    return {"code": reason.code, **params}


def _text(value: Decimal) -> str:
    return f"{value:f}"
