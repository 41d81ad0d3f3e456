"""The demo on the terminal: what is being set up, where to click and whom to play."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from typing import TYPE_CHECKING

from bot.cli.columns import columns
from bot.cli.errand import Terminal
from bot.cli.running import quick_imports, stopped_by_signals, until_stopped
from bot.demo.organisation import SMALLEST_BRANCH
from bot.views.terms import instant_name
from bot.views.words import Words

if TYPE_CHECKING:
    from bot.demo.play import Demo


async def play(
    terminal: Terminal, port: int, members: int, branches: int, seed: int, keep: bool, browser: bool
) -> None:
    """Set the demo up, tell the visitor, and serve until he has seen enough."""
    _ = terminal.words
    if members < SMALLEST_BRANCH * branches:
        terminal.fail(_.plain("Each branch needs at least 3 members: ask for more members or fewer branches."))
    stopping = asyncio.Event()
    with stopped_by_signals(stopping):
        terminal.say(_.plain("Setting up an organisation of {members} people …", members=members))
        with quick_imports():
            from bot.demo.play import Wishes, open_demo

        wishes = Wishes(terminal.settings.var_dir / "demo", port, members, branches, seed, keep)
        async with open_demo(wishes, _) as demo:
            terminal.say(_programme(_, demo))
            if browser and _has_screen():
                await asyncio.to_thread(webbrowser.open, demo.address(demo.cast.member))
            await until_stopped(demo.run(stopping), stopping)
    terminal.say(_.plain("The demo has ended."))


def _programme(_: Words, demo: Demo) -> str:
    cast, now, settings = demo.cast, demo.box.clock.now(), demo.app.core.settings
    parts = (
        (cast.member, _.plain("a member"), _.plain("tap “Start with the invitation”")),
        (cast.commissioner, _.plain("the organisation commissioner"), _.plain("/desk: who has handed in, roll, dues")),
        (cast.secretary, _.plain("the branch secretary"), _.plain("/rate after the quarter; bind the group")),
        (cast.committee, _.plain("of the Party committee"), _.plain("/body: draw the review group; then /publish")),
        (cast.reviewer, _.plain("of the review group"), _.plain("/review, once the branches are given out")),
    )
    rows = [(f"  {who}", member.name, demo.address(member), hint) for member, who, hint in parts]
    together = demo.address(cast.member, cast.commissioner, cast.secretary)
    return "\n".join((
        "",
        _.plain("Open   {address}", address=demo.address()),
        "",
        _.plain("Play"),
        columns(rows),
        _.plain("  three side by side: {address}", address=together),
        "",
        _.plain("It is {at} {year} there, in {zone}.",
                at=instant_name(_, now, settings.zone), year=now.year, zone=settings.timezone),
        _.plain("The button beside the clock leads to the next moment of the timetable."),
        _.plain("When forms open, the others of {branch} answer by themselves.", branch=cast.member.branch),
        _.plain("In January the quarter is rated, reviewed and shown: /calendar. Who reviews {branch} stands in the "
                "progress of the review ({name}: /body); play that person next.",
                branch=cast.member.branch, name=cast.committee.name),
        _.plain("Exports of the platforms, for {name} to send (/platforms): {folder}", name=cast.committee.name,
                folder=demo.exports),
        _.plain("Ctrl-C ends the demo."),
        "",
    ))  # fmt: skip


def _has_screen() -> bool:
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
