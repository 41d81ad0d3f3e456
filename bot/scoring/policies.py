"""What a rule set must settle beside its items; a key left out is a question that the linter and the engine ask."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from bot.scoring.limits import Leaning, Number, Spec
from bot.scoring.points import HUNDREDTH, share_of

Share = Annotated[
    Fraction,
    PlainValidator(share_of),
    PlainSerializer(str, when_used="json"),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\d+/\d+$"}]}),
]
Days = Annotated[int, Field(ge=1, le=366)]
Joining = Literal["mean", "sum", "last", "none"]


class Rounding(Spec):
    """To which step, in which direction, and to which step when shown."""

    step: Annotated[Decimal, Field(gt=0)] = HUNDREDTH
    mode: Literal["half_up", "floor", "ceil"] = "half_up"
    show: Annotated[Decimal, Field(gt=0)] = Decimal("0.1")


class TopShare(Spec):
    """Who is first in line for awards: which share, what a fraction of a person makes, what a tie at the cut does."""

    share: Share = Fraction(1, 10)
    rounding: Literal["ceil", "floor", "half_up"] | None = None
    at_least: Annotated[int, Field(ge=0)] = 0
    ties: Literal["all_in", "none_in"] | None = None


class Policies(Spec):
    """Every key may be null: the source does not say, the linter names it, the engine refuses where it would matter."""

    month_to_quarter: Joining | None = None
    quarter_to_year: Joining | None = None
    rounding: Rounding | None = None
    bonus_may_pass: bool | None = Field(None, description="may the bonus lift a year above the full points")
    top_share: TopShare | None = None
    rank_ties: Literal["skip", "dense"] | None = Field(None, description="skip: 1, 2, 2, 4; dense: 1, 2, 2, 3")
    bands_as: Literal["thresholds", "ranges"] | None = None
    line: Number | None = Field(None, description="below it: no award, a talk, a correction by a deadline")
    publicity_days: Days | None = Field(None, description="working days")
    objection_days: Days | None = Field(None, description="working days")
    answer_days: Days | None = Field(None, description="working days")
    correction_months: Annotated[int, Field(ge=1, le=24)] | None = None
    group_branches: Annotated[int, Field(ge=0, le=99)] | None = Field(None, description="the N of 1+3+N")
    reviewers_per_branch: Annotated[int, Field(ge=1, le=2)] | None = Field(None, description="one where it is left out")
    gaps: Leaning | Literal["round"] | None = Field(None, description="a number between two ranges")
    overlaps: Leaning | None = Field(None, description="a number in two ranges")
    double_heads: Literal["once", "every"] | None = Field(None, description="one act that stands under two heads")
    quota_rounding: Literal["floor", "ceil", "half_up"] | None = None
    quota_choice: Literal["by_score", "organisation"] | None = None
    exempt_item: Literal["full", "skip", "rescale"] | None = Field(None, description="what an exempt item counts")


REQUIRED = (
    "month_to_quarter", "quarter_to_year", "rounding", "bonus_may_pass", "top_share", "rank_ties", "bands_as", "line",
    "publicity_days", "objection_days", "answer_days", "correction_months", "group_branches",
)  # fmt: skip
