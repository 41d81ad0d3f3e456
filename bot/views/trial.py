"""A trial of a new table, as plain text, as sheets of a workbook, and as the facts of a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.charts.facts import Moved, Moves, MovesWords
from bot.scoring.compare import Move, Standing
from bot.sheets.workbook import Sheet, Value
from bot.views.terms import listed, month_name, points
from bot.views.trial_facts import Trial
from bot.views.words import Words

MOST_ROWS = 30
"""A picture of more rows is no longer read on a phone."""
MOST_RANKS = 10


def title(_: Words, trial: Trial) -> str:
    """Which table is tried against which."""
    return _.plain(
        "{title}, version {version}, beside {current}, version {current_version}",
        title=trial.new.title, version=trial.new.version,
        current=trial.current.title, current_version=trial.current.version,
    )  # fmt: skip


def summary(_: Words, trial: Trial) -> list[str]:
    """What the comparison rests on, and what had to be left aside."""
    months = trial.months
    lines = [
        title(_, trial),
        _.plain("{first} to {last}: {n} months, {members} members, {rated} rated",
                first=month_name(_, months[0]), last=month_name(_, months[-1]), n=len(months),
                members=len(trial.moves.moves), rated=trial.rated),
    ]  # fmt: skip
    if trial.left_aside:
        items = listed(_, (f"{label} × {times}" for label, times in sorted(trial.left_aside.items())))
        lines.append(_.plain("Left aside, for the new table has no place for it: {items}", items=items))
    return lines


def lists(_: Words, trial: Trial) -> Iterator[tuple[str, list[Move]]]:
    """What a committee asks first, each with the members concerned."""
    moves = {move.member: move for move in trial.moves.moves}
    line = points(trial.new.policies.line)
    for heading, members in (
        (_.plain("Falls under the line ({line})", line=line), trial.moves.fell_below),
        (_.plain("Rises to the line ({line}) or above", line=line), trial.moves.rose_above),
        (_.plain("Enters the top share"), trial.moves.into_top),
        (_.plain("Leaves the top share"), trial.moves.out_of_top),
    ):
        yield heading, [moves[member] for member in members]
    ranked = sorted((moves[member] for member in trial.moves.changed_rank), key=_by_ranks)
    yield _.plain("Changes rank in the branch"), ranked


def row(_: Words, trial: Trial, move: Move) -> tuple[str, ...]:
    """One member: name, branch, points and rank before and after."""
    person = trial.people[move.member]
    ranks = "" if move.ranks is None else f"{_rank(move.before)} → {_rank(move.after)}"
    return person.name, person.branch, f"{_points(move.before)} → {_points(move.after)}", ranks


def more(_: Words, hidden: int) -> str:
    """How many are not listed here."""
    return _.many_plain("… and {n} more (see --xlsx)", "… and {n} more (see --xlsx)", hidden)


def sheets(_: Words, trial: Trial) -> list[Sheet]:
    """Everybody with both results, and the lists."""
    header = (
        _.plain("Staff no."), _.plain("Name"), _.plain("Branch"), _.plain("Points before"), _.plain("Points after"),
        _.plain("Change"), _.plain("Rank before"), _.plain("Rank after"), _.plain("Line"), _.plain("Top share"),
    )  # fmt: skip
    everybody = [_cells(_, trial, move) for move in sorted(trial.moves.moves, key=lambda one: _place(trial, one))]
    overview: list[Sequence[Value]] = [(line, None) for line in summary(_, trial)]
    overview += [(heading, len(moves)) for heading, moves in lists(_, trial)]
    return [
        Sheet(_.plain("Members"), header, everybody),
        Sheet(_.plain("Overview"), (_.plain("What"), _.plain("How many")), overview),
    ]


def picture(_: Words, trial: Trial) -> Moves:
    """Those who cross the line or the top first, then the widest moves; drawn best first by the new table."""
    crossing = {
        *trial.moves.fell_below, *trial.moves.rose_above, *trial.moves.into_top, *trial.moves.out_of_top,
    }  # fmt: skip
    moved = [move for move in trial.moves.moves if move.points]
    moved.sort(key=lambda one: (one.member not in crossing, -abs(one.points or Decimal(0)), one.member))
    rows = [
        Moved(trial.people[move.member].name, move.before.points, move.after.points)
        for move in moved[:MOST_ROWS]
        if move.before and move.after and move.before.points is not None and move.after.points is not None
    ]
    subtitle = _.plain(
        "Version {version} beside {current}: {shown} of {moved} members whose points would change",
        version=trial.new.version, current=trial.current.version, shown=len(rows), moved=len(moved),
    )  # fmt: skip
    return Moves(
        title=_.plain("Trial of a new table"),
        subtitle=subtitle,
        footer=_.plain("A trial on the forms of {n} months. Nothing was decided or stored by it.", n=len(trial.months)),
        rows=tuple(sorted(rows, key=lambda one: (-one.after, one.name))),
        words=MovesWords(_.plain("table in force"), _.plain("new table")),
        line=trial.new.policies.line,
    )


def _cells(_: Words, trial: Trial, move: Move) -> tuple[Value, ...]:
    person = trial.people[move.member]
    return (
        person.staff_no, person.name, person.branch, _value(move.before), _value(move.after), move.points,
        move.before.rank if move.before else None, move.after.rank if move.after else None,
        _crossing(_, move.member, trial.moves.rose_above, trial.moves.fell_below),
        _crossing(_, move.member, trial.moves.into_top, trial.moves.out_of_top),
    )  # fmt: skip


def _crossing(_: Words, member: int, into: Sequence[int], out_of: Sequence[int]) -> str | None:
    if member in into:
        return _.plain("rises")
    return _.plain("falls") if member in out_of else None


def _place(trial: Trial, move: Move) -> tuple[str, int, str]:
    person = trial.people[move.member]
    rank = move.after.rank if move.after and move.after.rank is not None else 10**6
    return person.branch, rank, person.staff_no


def _by_ranks(move: Move) -> tuple[int, int]:
    return -abs(move.ranks or 0), move.member


def _points(standing: Standing | None) -> str:
    return "–" if standing is None or standing.points is None else f"{standing.points.normalize() + 0:f}"


def _value(standing: Standing | None) -> Decimal | None:
    return standing.points if standing is not None else None


def _rank(standing: Standing | None) -> str:
    return "–" if standing is None or standing.rank is None else str(standing.rank)
