"""Everybody in the demo but the visitor goes about his own business as the clock is moved."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from bot.demo.play import Demo
from bot.domain.accounts import Language
from bot.domain.forms import BranchState
from bot.domain.objections import ObjectionState
from bot.domain.periods import Quarter
from tests.demo.test_demo import october, playing

QUARTER = Quarter(2026, 4)
JANUARY, FEBRUARY = (october(25, 9) + timedelta(days=days) for days in (78, 109))


async def branches_in(demo: Demo) -> dict[int, BranchState]:
    """How far each branch is."""
    async with demo.app.core.store.read() as tx:
        return {stand.branch_id: stand.state for stand in await tx.periods.branch_quarters(QUARTER)}


async def test_a_quarter_that_the_visitor_only_watches_goes_to_its_end(tmp_path: Path):
    """Rated, drawn, reviewed, shown, objected to, answered: what waits for him is done for him, but last."""
    async with playing(tmp_path, members=24, branches=4) as demo:
        await demo.box.travel(JANUARY)
        states = await branches_in(demo)
        home = demo.cast.member.branch_id
        assert states.pop(home) is BranchState.RATING
        assert BranchState.RATING not in states.values()

        await demo.box.travel(FEBRUARY)
        assert set((await branches_in(demo)).values()) == {BranchState.FINAL}
        async with demo.app.core.store.read() as tx:
            objections = await tx.objections.in_quarter(QUARTER)
            results = [one.centi for one in await tx.ratings.results_in(QUARTER) if one.centi is not None]
            body = await tx.reviews.body(QUARTER)
        assert {one.state for one in objections} == {ObjectionState.CLOSED}
        assert len(objections) >= 2
        assert len(set(results)) > len(results) / 2, "people differ"
        assert body.draw is not None
        assert body.draw.drawn_by != demo.cast.committee.member_id
        assert (await demo.app.core.do.verify_ledger()).flaw is None
        committee = demo.box.known(demo.box.world.people[700_000_000 + demo.cast.committee.member_id])
        assert any("通报" in f"{seen.text}{seen.caption}" for seen in committee.messages)


async def test_the_timeline_names_each_moment_and_leads_through_the_mornings(tmp_path: Path):
    """In both languages; the morning digest is passed on the way, and is never the next."""
    async with playing(tmp_path) as demo:
        due = await demo.box.traveller.due()
        assert all(moment.name and moment.names[Language.EN] for moment in due)
        assert Counter(moment.passing for moment in due)[True] == 1
        assert not (await demo.box.traveller.travel_to_next()).passing
