"""What each picture says, as frozen facts: the drawing and its alt text are both made from these.

Points are exact decimals; `None` means "not rated" and is never drawn as 0. All words come in ready, in the reader's
language. Whatever must not be shown has already been masked or left out by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class StandingsWords:
    """The words of a standings chart that are not facts of the branch."""

    line: str
    """Label of the line, such as "70 分线"."""
    not_rated: str
    """Heading of those without points, such as "未评定"."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One member's row; `rank` and `points` are None for who is not rated, `note` is a short remark ("一票否决")."""

    rank: int | None
    name: str
    points: Decimal | None
    parts: tuple[Decimal, ...] = ()
    """Points by part, in the order of `Standings.parts`; empty draws one undivided bar of `points`."""
    own: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standings:
    """The ranking of one branch over one period, best first; the rows without points are drawn apart, below."""

    title: str
    subtitle: str
    footer: str
    rows: tuple[Standing, ...]
    words: StandingsWords
    parts: tuple[str, ...] = ()
    """Labels of the parts for the legend, at most five, such as 基础, 先锋模范, 贡献, 加分."""
    line: Decimal | None = Decimal(70)
    full: Decimal = HUNDRED
    """Where the scale ends, unless somebody has more (a bonus may pass it)."""


@dataclass(frozen=True, slots=True)
class OverviewWords:
    """The words of an overview of branches."""

    mean: str
    """Legend and column, such as "平均分"."""
    spread: str
    """Legend, such as "最低–最高"."""
    completion: str
    """Column of rated out of entitled, such as "完成"."""
    organisation_mean: str
    """Label of the line through the mean of all, such as "全行平均 82.3"."""
    not_rated: str


@dataclass(frozen=True, slots=True)
class BranchStanding:
    """One branch's row: points from `low` over `mean` to `high`, all None where nobody is rated yet."""

    name: str
    mean: Decimal | None
    low: Decimal | None
    high: Decimal | None
    rated: int
    entitled: int
    own: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """All branches over one period, in the order in which they are to stand."""

    title: str
    subtitle: str
    footer: str
    branches: tuple[BranchStanding, ...]
    words: OverviewWords
    mean: Decimal | None = None
    """Mean over all members, drawn as a line; None leaves it out."""
    full: Decimal = HUNDRED


@dataclass(frozen=True, slots=True)
class PortraitWords:
    """The words of a portrait."""

    total: str
    """Over the large number, such as "本季积分"."""
    rank: str
    """Over the rank, such as "支部排名"."""
    dimensions: str
    parts: str
    months: str
    """The three headings, such as "四个维度", "三类积分", "近十二个月"."""
    own: str
    """Legend, such as "本人"."""
    branch_mean: str
    """Legend, such as "支部平均"."""
    not_rated: str
    """In place of a number, such as "未评定"."""
    vetoed: str
    """The remark under the total of who is vetoed, such as "一票否决"."""


@dataclass(frozen=True, slots=True)
class DimensionPoints:
    """One dimension: own points and the branch's mean, out of `full`."""

    label: str
    points: Decimal | None
    full: Decimal
    branch_mean: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PartPoints:
    """One part: own points out of `full`, which is None for a bonus without a limit."""

    label: str
    points: Decimal | None
    full: Decimal | None


@dataclass(frozen=True, slots=True)
class MonthPoints:
    """One month of the line; `points` is None where the month does not count, and the line has a gap there."""

    label: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """One member over one period, for his own eyes and those of the responsible."""

    name: str
    subtitle: str
    footer: str
    total: Decimal | None
    rank: int | None
    rated: int
    """How many of the branch are rated: the rank is out of these."""
    dimensions: tuple[DimensionPoints, ...]
    parts: tuple[PartPoints, ...]
    months: tuple[MonthPoints, ...]
    words: PortraitWords
    vetoed: bool = False
    line: Decimal | None = Decimal(70)
    full: Decimal = HUNDRED


@dataclass(frozen=True, slots=True)
class MovesWords:
    """The words of a chart of moves."""

    before: str
    """Legend, such as "现行表"."""
    after: str
    """Legend, such as "新表"."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One member's points before and after."""

    name: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Moves:
    """Who would move by a new table, in the order in which they are to stand; drawn for the command line alone."""

    title: str
    subtitle: str
    footer: str
    rows: tuple[Moved, ...]
    words: MovesWords
    line: Decimal | None = Decimal(70)


PictureFacts = Standings | Overview | Portrait
"""Everything that is drawn for a chat."""
