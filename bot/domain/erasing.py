"""How somebody who has left is erased: proposed by the operator, agreed to by two different committee members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NAME_OF_THE_ERASED = "已删除"


class ErasureState(StrEnum):
    """open → done, turned down by one of the committee, or taken back by the operator."""

    OPEN = "open"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Erasure:
    """A proposal to erase a member; `confirmed_by` is the first who agreed, `decided_by` the second or who refused."""

    erasure_id: int
    member_id: int
    state: ErasureState
    revision: int
    proposed_at: datetime
    confirmed_by: int | None = None
    confirmed_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
