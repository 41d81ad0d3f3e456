"""The draw of the review group, recomputed from the ledger alone."""

from __future__ import annotations

from bot.cli.errand import Terminal
from bot.domain.draw import Mismatch, Recomputed, Verdict, lot_of
from bot.domain.periods import Quarter
from bot.usecases.review.verify_draw import ProvenDraw
from bot.views.ledger_flaws import flaw_sentence
from bot.views.words import Words


async def show(terminal: Terminal, quarter: str) -> None:
    """Source, seed, candidates and their lots, as the ledger has them."""
    found = await _proven(terminal, quarter)
    if found.verdict.mismatch is Mismatch.NOT_ANNOUNCED:
        terminal.fail(mismatch_sentence(terminal.words, found.verdict))
    _say_source(terminal, found.verdict)
    for one in found.verdict.draws:
        _say_draw(terminal, one, found.names)


async def verify(terminal: Terminal, quarter: str) -> None:
    """Compare what was announced and drawn with what follows from the ledger; a mismatch is an error."""
    _, found = terminal.words, await _proven(terminal, quarter)
    if found.proof.flaw is not None:
        terminal.fail(flaw_sentence(_, found.proof.flaw))
    if found.verdict.mismatch is not None:
        terminal.fail(mismatch_sentence(_, found.verdict))
    terminal.say(_.many_plain("The ledger is whole: {n} entry.", "The ledger is whole: {n} entries.",
                              found.proof.head.seq))  # fmt: skip
    _say_source(terminal, found.verdict)
    for one in found.verdict.draws:
        _say_result(terminal, one, found.names)
    terminal.say(_.plain("The draw agrees with the ledger."))


async def _proven(terminal: Terminal, quarter: str) -> ProvenDraw:
    _ = terminal.words
    try:
        which = Quarter.parse(quarter)
    except ValueError:
        terminal.fail(_.plain("A quarter is written like 2026Q4."))
    async with terminal.core() as core:
        return await core.do.verify_draw(which)


def _say_source(terminal: Terminal, verdict: Verdict) -> None:
    _ = terminal.words
    terminal.say(
        _.plain("Source: ledger entry {seq}, the last before the forms closed: {hash}",
                seq=verdict.source_seq, hash=verdict.source_hash)
    )  # fmt: skip


def _say_draw(terminal: Terminal, one: Recomputed, names: dict[int, str]) -> None:
    _ = terminal.words
    terminal.say(_.plain("Draw {number}, seed: {seed}", number=one.number, seed=one.seed))
    for branch_id in sorted(one.candidates, key=lambda candidate: lot_of(one.seed, candidate)):
        sign = "*" if branch_id in one.expected else " "
        terminal.say(f"  {sign} {lot_of(one.seed, branch_id)}  {branch_id} {names.get(branch_id, '')}")
    if one.drawn is None:
        terminal.say(_.plain("Nobody has drawn yet; * will be drawn."))


def _say_result(terminal: Terminal, one: Recomputed, names: dict[int, str]) -> None:
    _ = terminal.words
    listed = "、".join(names.get(branch_id, str(branch_id)) for branch_id in one.expected) or "–"
    if one.drawn is None:
        terminal.say(_.plain("Draw {number}: announced as computed, nobody has drawn yet: {names}",
                             number=one.number, names=listed))  # fmt: skip
    else:
        terminal.say(_.plain("Draw {number}: announced and drawn as computed: {names}", number=one.number,
                             names=listed))  # fmt: skip


def mismatch_sentence(_: Words, verdict: Verdict) -> str:
    """What does not agree."""
    number = verdict.draws[-1].number if verdict.draws else 0
    sentences = {
        Mismatch.NOT_ANNOUNCED: _.plain("The ledger announces no draw for this quarter."),
        Mismatch.SOURCE: _.plain(
            "The announced source is not the last entry before the forms closed; that is entry {seq}.",
            seq=verdict.source_seq,
        ),
        Mismatch.SEED: _.plain("Draw {number}: the seed is not the one that follows from the source.", number=number),
        Mismatch.ORDER: _.plain("Draw {number}: it was not announced before it was drawn, or a draw is missing.",
                                number=number),
        Mismatch.REASON: _.plain("Draw {number}: it was drawn again without a recorded reason.", number=number),
        Mismatch.CANDIDATES: _.plain("Draw {number}: its candidates are not those announced.", number=number),
        Mismatch.BRANCHES: _.plain("Draw {number}: the branches drawn are not those that follow from the seed.",
                                   number=number),
    }  # fmt: skip
    return sentences[verdict.mismatch or Mismatch.NOT_ANNOUNCED]
