"""Serves the sandbox alone: `python -m sandbox --port 8081`."""

import argparse
import asyncio
import contextlib
import signal

from sandbox.box import Sandbox
from sandbox.clock import SimClock
from sandbox.desk.bodies import instant_of


def main() -> None:
    """Serve on 127.0.0.1 until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="A Telegram for the desk, on 127.0.0.1 only."
    )
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--limits", action="store_true", help="refuse what is sent too fast, as Telegram does")
    parser.add_argument("--at", help="start at this instant, for example 2025-09-25T09:00:00+08:00")
    parser.add_argument("--zone", help="the zone of the people's phones, for example Asia/Shanghai; else the reader's")
    parser.add_argument("--stand", action="store_true", help="let the time stand still")
    parser.add_argument("--clock-file", help="keep the time in this file, for other processes")
    arguments = parser.parse_args()
    start = instant_of(arguments.at, "at") if arguments.at else None
    clock = SimClock(start, running=not arguments.stand, file=arguments.clock_file)
    asyncio.run(_serve(Sandbox(arguments.port, clock, open_bots=True, limits=arguments.limits, zone=arguments.zone)))


async def _serve(box: Sandbox) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    async with box:
        print(f"The page: {box.url}   The Bot API: {box.url}/bot<token>/<method>", flush=True)  # noqa: T201
        await stopped.wait()


if __name__ == "__main__":
    main()
