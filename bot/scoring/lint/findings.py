"""What the linter says: one finding, its weight and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a table from being adopted; a warning is a danger the organisation may knowingly accept."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One trap: `where` is an id or item.act, `params` the numbers and labels for the words.

    `accepted`: the rule set itself says that the organisation knows of it.
    """

    code: str
    severity: Severity
    where: str
    params: Mapping[str, str | Decimal] = field(default_factory=dict)
    accepted: bool = False

    @property
    def weighs(self) -> bool:
        """Whether a check of the table fails for it; an accepted one is shown and does not weigh."""
        return not self.accepted


def error(code: str, where: str, **params: str | Decimal) -> Finding:
    """A finding that keeps the table from being adopted."""
    return Finding(code, Severity.ERROR, where, params)


def warning(code: str, where: str, **params: str | Decimal) -> Finding:
    """A finding to be seen before the table is adopted."""
    return Finding(code, Severity.WARNING, where, params)
