"""Measures the sandbox: messages a second from a raw client in another process, taps a second, a page of 1,000 persons.

Run `python -m bench.sandbox_speed`; it prints one line a figure.
"""

import argparse
import asyncio
import multiprocessing
import time
from multiprocessing.connection import Connection

import aiohttp

from sandbox import Sandbox, SandboxClient
from sandbox.persons import Person
from sandbox.remote import RemotePerson

TOKEN = "42:BENCH"


def _serve_client(url: str, chat_ids: list[int], messages: int, at_once: int, pipe: Connection) -> None:
    pipe.send(asyncio.run(_send(url, chat_ids, messages, at_once)))


async def _send(url: str, chat_ids: list[int], messages: int, at_once: int) -> float:
    """Return the seconds that `messages` calls of sendMessage took, `at_once` under way."""
    numbers = iter(range(messages))

    async def worker(session: aiohttp.ClientSession) -> None:
        for number in numbers:
            body = {"chat_id": chat_ids[number % len(chat_ids)], "text": f"message {number}"}
            async with session.post(f"{url}/bot{TOKEN}/sendMessage", json=body) as response:
                await response.read()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=at_once)) as session:
        started = time.perf_counter()
        await asyncio.gather(*(worker(session) for _ in range(at_once)))
        return time.perf_counter() - started


async def _measure_sends(box: Sandbox, persons: list[Person], messages: int) -> float:
    """Return messages a second, the client being a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    ids = [person.chat_id for person in persons]
    client = multiprocessing.get_context("spawn").Process(
        target=_serve_client, args=(box.url, ids, messages, 30, theirs)
    )
    client.start()
    took_s: float = await asyncio.get_running_loop().run_in_executor(None, ours.recv)
    client.join()
    return messages / took_s


async def _answer_taps(box: Sandbox, stop: asyncio.Event) -> None:
    """Play a bot that polls and answers every tap."""
    offset = 0
    async with aiohttp.ClientSession() as session:

        async def call(method: str, body: dict[str, object]) -> list[dict[str, dict[str, str]]]:
            async with session.post(f"{box.url}/bot{TOKEN}/{method}", json=body) as response:
                result: list[dict[str, dict[str, str]]] = (await response.json())["result"]
                return result

        while not stop.is_set():
            for update in await call("getUpdates", {"offset": offset, "timeout": 1}):
                offset = int(str(update["update_id"])) + 1
                if "callback_query" in update:
                    await call("answerCallbackQuery", {"callback_query_id": update["callback_query"]["id"]})


async def _measure_taps(box: Sandbox, persons: list[Person], each: int) -> float:
    """Return answered taps a second, everybody tapping at once, one bot answering one after the other."""
    stop = asyncio.Event()
    bot = asyncio.ensure_future(_answer_taps(box, stop))
    started = time.perf_counter()

    async def person_taps(person: Person) -> None:
        for _ in range(each):
            await person.taps(data="x", wait=30)

    await asyncio.gather(*(person_taps(person) for person in persons))
    took_s = time.perf_counter() - started
    stop.set()
    await bot
    return len(persons) * each / took_s


async def _measure_http_taps(box: Sandbox, names: list[str], each: int) -> float:
    """Return answered taps a second by people who act over HTTP."""
    stop = asyncio.Event()
    bot = asyncio.ensure_future(_answer_taps(box, stop))
    async with SandboxClient(box.url) as client:
        persons = [await client.person(name) for name in names]

        async def person_taps(person: RemotePerson) -> None:
            for _ in range(each):
                await person.taps(data="x", on=2, wait=30)

        started = time.perf_counter()
        await asyncio.gather(*(person_taps(person) for person in persons))
        took_s = time.perf_counter() - started
    stop.set()
    await bot
    return len(names) * each / took_s


async def _measure_list(box: Sandbox) -> float:
    """Return milliseconds for a page of 100 of all persons, searched."""
    async with aiohttp.ClientSession() as session:
        started = time.perf_counter()
        for _ in range(20):
            async with session.get(f"{box.url}/sim/persons?limit=100&q=member") as response:
                await response.read()
        return (time.perf_counter() - started) / 20 * 1000


async def measure(messages: int) -> None:
    """Print the figures."""
    async with Sandbox(bots={TOKEN: "bench_bot"}) as box:
        names = [f"member {number}" for number in range(1000)]
        persons = [box.person(name, tags={"branch": f"{at % 24}"}) for at, name in enumerate(names)]
        for person in persons:
            await person.says("/start")
        box.world.bots[TOKEN].updates.clear()
        print(f"sendMessage from another process: {await _measure_sends(box, persons, messages):,.0f} a second")
        print(f"taps answered over long polling: {await _measure_taps(box, persons[:253], 4):,.0f} a second")
        print(f"the same by people over HTTP: {await _measure_http_taps(box, names[:253], 4):,.0f} a second")
        print(f"a page of 100 out of 1,000 persons: {await _measure_list(box):.1f} ms")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5000)
    asyncio.run(measure(parser.parse_args().messages))


if __name__ == "__main__":
    main()
