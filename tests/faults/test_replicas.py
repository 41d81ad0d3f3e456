"""Several processes on one PostgreSQL: each thing is done once, whoever dies, stops, freezes or loses the database."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import text

from bench.faults.replicas import SECRET, Line, Replica, balancer, branch
from bot.domain.actions.binding import ConfirmBinding
from bot.domain.periods import Month
from bot.telegram.codec import pack
from bot.telegram.webhook import SECRET_HEADER

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

EVERYBODY = range(1, 13)
on_demand = pytest.mark.skipif("FAULTS" not in os.environ, reason="run by make faults, rows F07 and F08")


async def test_one_of_three_polls_and_when_it_is_killed_another_does(postgres_url: str, tmp_path: Path) -> None:
    """Power cuts of whoever polls, in the middle of people's taps, cost nobody anything."""
    async with branch(postgres_url, tmp_path) as there:
        await there.start(3)
        for turn in range(2):
            poller = await there.poller()
            binding = [asyncio.ensure_future(there.binds(member)) for member in EVERYBODY[turn * 6 : turn * 6 + 6]]
            await asyncio.sleep(0.15)
            assert await poller.end(signal.SIGKILL) == -signal.SIGKILL
            there.replicas.remove(poller)
            await asyncio.gather(*binding)
        assert await there.entries("account_bound") == list(EVERYBODY)
        assert await there.count("dead_letter") == 0
        assert (await there.replicas[0].health())[0] == 200


async def test_a_stopped_process_finishes_its_work_and_hands_over_at_once(postgres_url: str, tmp_path: Path) -> None:
    """SIGTERM in the middle of taps: exit code 0 within ten seconds, and the next one polls at once."""
    async with branch(postgres_url, tmp_path) as there:
        await there.start(2)
        poller = await there.poller()
        binding = [asyncio.ensure_future(there.binds(member)) for member in EVERYBODY]
        await asyncio.sleep(0.15)
        assert await poller.end(signal.SIGTERM) == 0
        there.replicas.remove(poller)
        async with asyncio.timeout(3):
            assert await there.poller() is there.replicas[0]
        await asyncio.gather(*binding)
        assert await there.entries("account_bound") == list(EVERYBODY)
        assert "event=ended" in poller.log.read_text()


@on_demand
async def test_a_frozen_poller_that_wakes_up_again_does_no_harm(postgres_url: str, tmp_path: Path) -> None:
    """It finds that its turn is over, and stands by."""
    async with branch(postgres_url, tmp_path) as there:
        frozen, other = await there.start(2)
        if await there.poller() is other:
            frozen, other = other, frozen
        frozen.process.send_signal(signal.SIGSTOP)
        await asyncio.gather(*(there.binds(member) for member in EVERYBODY[:4]))
        assert await there.poller([other]) is other
        frozen.process.send_signal(signal.SIGCONT)
        await asyncio.gather(*(there.binds(member) for member in EVERYBODY[4:]))
        assert await there.poller() is other
        assert await there.entries("account_bound") == list(EVERYBODY)


@on_demand
async def test_all_together_they_keep_telegrams_limits_and_send_each_letter_once(
    postgres_url: str, tmp_path: Path
) -> None:
    """Three postmen carry the same pile: Telegram does not have to slow them down."""
    members = 75
    async with branch(postgres_url, tmp_path, members) as there:
        for member in range(1, members + 1):
            person = there.person(member)
            await there.executes(
                "insert into account (telegram_id, member_id, language, bound_at) "
                f"values ({person.user_id}, {member}, 'zh', now())"
            )
            await person.says("/start")
        await there.start(3)
        assert await there.box.idle(20)
        await there.until("letter", "state = 'sent'", await there.count("letter"))
        begun = len(there.box.outbox())
        there.box.limits()
        await there.core.do.open_month(Month.of(there.core.do.timetable.day_of(there.core.clock.now())))
        # Whatever the hour is just now: they are due, and all at once.
        await there.executes("update letter set due_at = now()")
        await there.until("letter", "state = 'sent'", await there.count("letter"), 40)
        sent = [call for call in there.box.outbox()[begun:] if call.method == "sendMessage"]
        arrived = [call for call in sent if call.ok]
        assert len({call.chat_id for call in arrived}) == len(arrived) >= members - 5
        # Each for itself they would be refused dozens of times; a machine that stalls for a moment is forgiven.
        assert len(sent) - len(arrived) <= 2
        carried = [(await one.figures())['xianfeng_telegram_calls_total{outcome="ok"}'] for one in there.replicas]
        assert sum(calls > 10 for calls in carried) >= 2, carried


@on_demand
async def test_webhooks_behind_a_balancer_share_the_updates(postgres_url: str, tmp_path: Path) -> None:
    """One is killed and one is stopped meanwhile; the third still has everybody served, once."""
    async with branch(postgres_url, tmp_path) as there:
        async with balancer(there.replicas) as url:
            killed, stopped, _last = await there.start(3, "--webhook", WEBHOOK_URL=url)
            binding = [asyncio.ensure_future(there.binds(member)) for member in EVERYBODY]
            await asyncio.sleep(0.2)
            assert await killed.end(signal.SIGKILL) == -signal.SIGKILL
            assert await stopped.end(signal.SIGTERM) == 0
            await asyncio.gather(*binding)
        assert await there.entries("account_bound") == list(EVERYBODY)
        assert await there.count("dead_letter") == 0


@on_demand
async def test_the_same_update_brought_to_two_processes_five_times_at_once_counts_once(
    postgres_url: str, tmp_path: Path
) -> None:
    """Telegram that lost the answers repeats itself; whoever gets it, one effect."""
    async with branch(postgres_url, tmp_path) as there:
        here = await there.start(2, "--webhook", WEBHOOK_URL="http://127.0.0.1:9/telegram")
        person = {"id": 700, "is_bot": False, "first_name": "某"}
        card = {"message_id": 1, "date": 1, "chat": {"id": 700, "type": "private", "first_name": "某"}}
        opens = {"update_id": 76, "message": {**card, "from": person, "text": f"/start {there.tokens[1]}"}}
        async with ClientSession(headers={SECRET_HEADER: SECRET}) as session:

            async def bring(replica: Replica, update: dict[str, Any]) -> int:
                address = f"http://127.0.0.1:{replica.webhook_port}/telegram"
                async with session.post(address, json=update) as response:
                    return response.status

            assert await bring(here[0], opens) == 200
            async with there.core.store.read() as tx:
                invite_id = await tx.connection.scalar(text("select id from invite where telegram_id = 700"))
            tap = {
                "id": "1",
                "from": person,
                "message": card,
                "chat_instance": "1",
                "data": pack(ConfirmBinding(invite_id)),
            }
            confirms = {"update_id": 77, "callback_query": tap}
            statuses = await asyncio.gather(*(bring(one, confirms) for one in here for _ in range(5)))
        assert statuses == [200] * 10
        assert await there.entries("account_bound") == [1]


@on_demand
async def test_a_database_that_is_away_is_told_and_nothing_is_lost(postgres_url: str, tmp_path: Path) -> None:
    """For three seconds nobody can be served: health says so, and five seconds after its return all is done."""
    line = Line(postgres_url, tmp_path)
    await line.mend()
    async with branch(postgres_url, tmp_path) as there:
        async with balancer(there.replicas) as url:
            [webhook] = await there.start(1, "--webhook", DATABASE_URL=line.database, WEBHOOK_URL=url)
            await there.binds(1)
            await line.cut()
            binding = [asyncio.ensure_future(there.binds(member)) for member in EVERYBODY[1:4]]
            await asyncio.sleep(3)
            assert await webhook.health() == (503, "the database does not answer\n")
            assert await there.entries("account_bound") == [1]
            await line.mend()
            async with asyncio.timeout(8):
                await asyncio.gather(*binding)
            async with asyncio.timeout(5):
                while (await webhook.health())[0] != 200:
                    await asyncio.sleep(0.2)
        assert await there.entries("account_bound") == [1, 2, 3, 4]
        assert (await webhook.figures())['xianfeng_updates_total{outcome="postponed"}'] > 0


@on_demand
async def test_a_poller_started_beside_a_webhook_says_that_they_exclude_each_other(
    postgres_url: str, tmp_path: Path
) -> None:
    """Both at once is an operator's mistake: one of them serves, the other one is heard of."""
    async with branch(postgres_url, tmp_path) as there:
        [poller] = await there.start(1)
        await there.poller()
        async with balancer([]) as nowhere:
            await there.start(1, "--webhook", WEBHOOK_URL=nowhere)
            async with asyncio.timeout(10):
                while (await poller.figures())["xianfeng_poll_conflicts_total"] == 0:
                    await asyncio.sleep(0.1)
        assert "another process polls with this token" in poller.log.read_text()


@on_demand
async def test_a_second_process_on_an_sqlite_file_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    """One sentence that says what to do; the first goes on."""
    async with branch(sqlite_url, tmp_path) as there:
        [first] = await there.start()
        second = await there._spawn((), {})
        there.replicas.append(second)
        assert await asyncio.wait_for(second.process.wait(), 60) == 1
        assert second.log.read_text() == (
            "The bot runs already with this database. Stop it first; several at once need PostgreSQL.\n"
        )
        await there.binds(1)
        assert await first.end(signal.SIGKILL) == -signal.SIGKILL
        [_third] = await there.start()
        await there.binds(2)
