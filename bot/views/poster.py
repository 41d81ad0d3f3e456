"""公示海报 in words: what stands on a branch's sheet for the wall, and the message that brings it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from bot.charts.papers.poster import Poster, PosterNote, PosterRow
from bot.scoring.points import ZERO, show
from bot.views.paper_facts import PosterFacts
from bot.views.publicity_facts import Corrected
from bot.views.result_facts import Board, BoardRow
from bot.views.terms import date_name, day_name, deadline_name, listed, points, quarter_name
from bot.views.view import Paper, View
from bot.views.words import Words

MOST_CORRECTIONS = 4
SHORT_HASH = 16
_INSTANT = timedelta(microseconds=1)


def poster_facts(_: Words, facts: PosterFacts) -> Poster:
    """The sheet: the board as the branch's own group may see it, and never a name under the line as such."""
    board = facts.board
    rated = [row for row in board.rows if row.points is not None]
    return Poster(
        title=board.branch,
        organisation=facts.organisation,
        heading=_.plain("Points of {quarter} on show", quarter=quarter_name(_, board.quarter)),
        dates=_dates(_, board),
        end=_end(_, board),
        red_list=_.plain("red list"),
        red_names=listed(_, board.red_list) if any(row.name is None for row in rated) else "",
        columns=(_.plain("Rank"), _.plain("Name"), _.plain("Points")),
        parts=tuple(part.label for part in board.rules.parts),
        rows=tuple(_row(_, board, row) for row in rated),
        not_rated=_not_rated(_, board),
        notes=tuple(_notes(_, board)),
        footer=_.plain(
            "Printed from the ledger up to entry {seq}, {hash}….", seq=facts.head.seq,
            hash=facts.head.hash[:SHORT_HASH],
        ),
    )  # fmt: skip


def _row(_: Words, board: Board, row: BoardRow) -> PosterRow:
    return PosterRow(
        rank=str(row.rank),
        name=row.name if row.name is not None else _.plain("a comrade"),
        points=row.points if row.points is not None else ZERO,
        parts=row.parts,
        on_red_list=row.name is not None and row.name in board.red_list,
    )


def _dates(_: Words, board: Board) -> str:
    shown, zone = board.publicity, board.zone
    return _.plain(
        "On show from {begin} to {end}",
        begin=date_name(_, shown.published_at.astimezone(zone).date()),
        end=day_name(_, (shown.ends_at - _INSTANT).astimezone(zone).date()),
    )


def _end(_: Words, board: Board) -> str:
    """What the wall says largest: until when one may object, and afterwards that it is over."""
    if board.publicity.final_at is not None:
        return _.plain("Final since {day}", day=day_name(_, board.publicity.final_at.astimezone(board.zone).date()))
    end = deadline_name(_, board.publicity.ends_at, board.zone)
    if board.publicity.is_running:
        return _.plain("Objections until {end}", end=end)
    return _.plain("Publicity ended {end}; objections are being settled", end=end)


def _not_rated(_: Words, board: Board) -> str:
    apart = [row for row in board.rows if row.points is None]
    named = [row.name for row in apart if row.name is not None]
    if not apart:
        return ""
    if len(named) < len(apart):
        return _.many_plain("Not rated: {n} member", "Not rated: {n} members", len(apart))
    return _.plain("Not rated: {names}", names=listed(_, named))


def _notes(_: Words, board: Board) -> list[PosterNote]:
    notes = [
        PosterNote(_.plain("How to object"), (_objecting(_, board),)),
        PosterNote(_.plain("About the points"), tuple(_basis(_, board))),
    ]
    if board.corrections:
        notes.append(PosterNote(_.plain("Corrected"), tuple(_corrected(_, board))))
    return notes


def _objecting(_: Words, board: Board) -> str:
    if not board.publicity.is_running:
        return _.plain("The time to object is over. Whoever objected finds the state of it with /objection.")
    return _.plain(
        "Until {end}, send /objection to the bot in a private chat, or tap “I object” under your own result; choose "
        "what it is about and say why. Somebody who did not decide it answers you in writing.",
        end=deadline_name(_, board.publicity.ends_at, board.zone),
    )


def _basis(_: Words, board: Board) -> list[str]:
    told = [
        _.plain("By “{title}”, version {version}. Equal points share a rank.", title=board.rules.title,
                version=board.rules.version)
    ]  # fmt: skip
    policy = board.rules.policies.top_share
    if board.red_list and policy is not None:
        share = show(Decimal(policy.share.numerator * 100) / policy.share.denominator)
        told.append(_.plain("Red list: the first {share}% of the branch.", share=share))
    told.append(_.plain("Where your own points come from: send /why to the bot."))
    return told


def _corrected(_: Words, board: Board) -> list[str]:
    """What upheld objections changed, as far as there is room."""
    lines = [_correction(_, board, one) for one in board.corrections[:MOST_CORRECTIONS]]
    if len(board.corrections) > MOST_CORRECTIONS:
        lines.append(_.plain("and {n} more", n=len(board.corrections) - MOST_CORRECTIONS))
    return lines


def _correction(_: Words, board: Board, one: Corrected) -> str:
    return _.plain(
        "{day}: {name} {before} → {after}", day=day_name(_, one.at.astimezone(board.zone).date()),
        name=one.name or _.plain("a comrade"), before=points(one.before_centi), after=points(one.after_centi),
    )  # fmt: skip


def poster_letter(_: Words, facts: PosterFacts) -> View:
    """The sheet as a file, with what to do with it."""
    board = facts.board
    text = _(
        "🖨 {branch}, {quarter}: the poster for the Party room (A3, portrait). Please print it again when points were "
        "corrected or became final.",
        branch=board.branch, quarter=quarter_name(_, board.quarter),
    )  # fmt: skip
    paper = Paper((poster_facts(_, facts),), f"poster-{board.quarter}-{board.branch}.pdf")
    return View(text, paper=paper, private=True)


def all_posters(_: Words, found: Sequence[PosterFacts]) -> View:
    """Every branch's sheet in one file."""
    quarter = found[0].board.quarter
    named = quarter_name(_, quarter)
    text = _.many(
        "🖨 {quarter}: the poster of {n} branch (A3, portrait).",
        "🖨 {quarter}: the posters of {n} branches, a page each (A3, portrait).",
        len(found), quarter=named,
    )  # fmt: skip
    paper = Paper(tuple(poster_facts(_, one) for one in found), f"posters-{quarter}.pdf")
    return View(text, paper=paper, private=True)
