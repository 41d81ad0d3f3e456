"""The demo: a whole organisation that a visitor can play at once."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.catalog import load_catalog
from bot.demo.cast import LAZY, choose_cast
from bot.demo.play import BEGINS_AT, Demo, Wishes, free_port, open_demo
from bot.domain.accounts import Language
from bot.domain.people import MemberStatus, Role
from bot.domain.periods import Month

ZH = load_catalog()[Language.ZH]


@asynccontextmanager
async def playing(folder: Path, *, members: int = 15, branches: int = 2, keep: bool = False) -> AsyncIterator[Demo]:
    """A small demo with its extras in their places."""
    async with open_demo(Wishes(folder, 0, members, branches, keep=keep), ZH) as demo:
        stopping = asyncio.Event()
        running = asyncio.ensure_future(demo.run(stopping))
        await asyncio.wait_for(demo.entered.wait(), 30)
        try:
            yield demo
        finally:
            stopping.set()
            await asyncio.wait_for(running, 10)


async def handed_in(demo: Demo) -> set[int]:
    """Who has handed in October."""
    async with demo.app.core.store.read() as tx:
        forms = await tx.forms.in_months([Month(2026, 10)])
    return {form.member_id for form in forms if form.submitted_at is not None}


def october(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=BEGINS_AT.tzinfo)


async def test_the_branch_answers_by_itself_when_the_forms_open(tmp_path: Path):
    """The visitor moves the clock and finds a branch at work, with a few who are late."""
    async with playing(tmp_path) as demo:
        await demo.box.travel(october(25, 9))
        ours = {extra.member_id for extra in demo.cast.extras}
        diligent = {extra.member_id for extra in demo.cast.extras[LAZY:]}
        assert await handed_in(demo) & ours == diligent
        assert not await handed_in(demo) & {lead.member_id for lead in demo.cast.leads[:3]}


async def test_everybody_has_an_account_with_branch_and_role_and_a_way_in(tmp_path: Path):
    """Any person on the left of the page can be played."""
    async with playing(tmp_path) as demo:
        people = list(demo.box.world.people.values())
        assert len(people) == demo.people == 15
        assert all(person.tags["branch"].endswith("党支部") for person in people)
        assert all(person.start_link for person in people)
        assert "支部书记" in {role for person in people for role in person.tags["role"].split("、")}


async def test_everybody_is_there_but_the_member_that_is_played(tmp_path: Path):
    """The first thing a visitor does is to open an invitation; whoever is drawn or asked reads his letter."""
    async with playing(tmp_path) as demo, demo.app.core.store.read() as tx:
        here = {one.member_id for one in await tx.people.all() if one.status is not MemberStatus.LEFT}
        assert await tx.people.bound() == here - {demo.cast.member.member_id}


async def test_a_branch_has_its_group_with_the_bot_in_it(tmp_path: Path):
    """The secretary can bind it."""
    async with playing(tmp_path) as demo:
        titles = {chat.title for chat in demo.box.world.groups.values()}
        assert f"{demo.cast.member.branch}工作群" in titles


async def test_a_kept_demo_goes_on_where_it_ended(tmp_path: Path):
    """The same people, what they did, and never an earlier time."""
    async with playing(tmp_path) as demo:
        await demo.box.travel(october(25, 9))
        before, now = await handed_in(demo), demo.box.clock.now()
    async with playing(tmp_path, keep=True) as demo:
        assert await handed_in(demo) == before
        assert abs((demo.box.clock.now() - now).total_seconds()) < 60


async def test_a_fresh_demo_forgets_the_last_one(tmp_path: Path):
    """Without --keep it begins anew."""
    async with playing(tmp_path) as demo:
        await demo.box.travel(october(25, 9))
    async with playing(tmp_path) as demo:
        assert demo.box.clock.now() < october(25, 0)
        assert await handed_in(demo) == set()


async def test_too_few_people_are_refused(tmp_path: Path):
    """Each branch needs a secretary, a commissioner and a member."""
    with pytest.raises(ValueError, match="cannot fill"):
        async with open_demo(Wishes(tmp_path, 0, 5, 2), ZH):
            pass


def test_a_taken_port_is_passed_over():
    """A second demo finds its own place."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


async def test_the_cast_are_five_different_people_of_whom_three_share_a_branch(tmp_path: Path):
    """Side by side they play one branch's month."""
    async with playing(tmp_path, members=40, branches=4) as demo:
        async with demo.app.core.store.read() as tx:
            cast = choose_cast(await tx.people.all())
        assert cast == demo.cast
        assert len(cast.leads) == 5
        assert len({cast.member.branch, cast.commissioner.branch, cast.secretary.branch}) == 1
        assert cast.committee.holds(Role.COMMITTEE)
        assert cast.reviewer.holds(Role.DEPARTMENT)
        assert cast.reviewer.branch != cast.member.branch
