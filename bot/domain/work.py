"""What waits for a person: kinds of work, and how each is known again so that it is told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WorkKind(StrEnum):
    """What a person may owe others, the most pressing first."""

    ANSWER = "answer"
    QUESTION = "question"
    FORM = "form"
    RATING = "rating"
    REVIEW = "review"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Work:
    """Something that waits for this member since an instant; `count` is how many cards, 0 where only the end is left.

    `ref` is the form, the branch or the objection; `mark` tells a second time from the first (a form sent back again).
    """

    kind: WorkKind
    member_id: int
    period: str
    ref: int
    since: datetime
    due_at: datetime | None = None
    count: int = 1
    mark: str = ""

    @property
    def key(self) -> str:
        """What it is called where it is noted as told; at most 32 characters."""
        return f"{self.kind}:{self.period}:{self.ref}:{self.mark}"[:32]
