"""What a rater should look at before he approves: remarks on a member's quarter, each with its month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.periods import Month
from bot.domain.platforms import Disagreement

FAR_FROM_LAST = Decimal(10)
"""From this many points up or down against the last quarter on, a quarter is remarked on."""


class RemarkKind(StrEnum):
    """Why a quarter is not simply as usual."""

    NOT_HANDED_IN = "not_handed_in"
    SENT_BACK = "sent_back"
    BY_PROXY = "by_proxy"
    NO_EVIDENCE = "no_evidence"
    FAR_FROM_LAST = "far_from_last"
    ADJUSTED = "adjusted"
    AGAINST_RECORDS = "against_records"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; `item` is a label, `points` the difference to the last quarter, `against` what records say."""

    kind: RemarkKind
    month: Month | None = None
    item: str = ""
    points: Decimal | None = None
    against: Disagreement | None = None
