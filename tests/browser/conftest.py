"""A sandbox with people and a small bot, and Chromium to look at it."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright

from sandbox import Group, Person, Sandbox, SimClock
from sandbox.travel import DueMoment
from tests.browser.desk_bot import NEVER_STARTED_ID, TOKEN, DeskBot

CHROMIUM = Path("/usr/bin/chromium")
SHOTS = Path("out/browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
MONDAY = datetime(2025, 11, 24, 1, tzinfo=UTC)
BRANCHES = ("第一支部", "第二支部", "第三支部")
ROLES = ("支部书记", "组织委员", "党员", "党员", "党员", "党员", "党员")

OpenPage = Callable[..., Awaitable[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is missing: install Debian's package chromium"))


@dataclass(frozen=True, slots=True)
class Desk:
    """The sandbox with its people: 王伟 and 李娜 and more in the first branch, others around them."""

    box: Sandbox
    bot: DeskBot
    wang: Person
    li: Person
    zhao: Person
    branch: Group


def seed(box: Sandbox) -> tuple[Person, Person, Person, Group]:
    """Make three branches of seven, and one group."""
    names = ["王伟", "李娜", "赵敏", *(f"党员{number:02}" for number in range(4, 22))]
    people = [
        box.person(
            name, user_id=1001 + at, tags={"branch": BRANCHES[at // 7], "role": ROLES[at % 7]}, start_link=f"inv{at}"
        )
        for at, name in enumerate(names)
    ]
    box.person("未开始", user_id=NEVER_STARTED_ID, tags={"branch": BRANCHES[2], "role": "党员"})
    wang, li, zhao = people[:3]
    return wang, li, zhao, box.group("第一支部群", owner=wang, members=[li, zhao])


@pytest_asyncio.fixture(loop_scope="session")
async def desk() -> AsyncIterator[Desk]:
    clock = SimClock(MONDAY)
    async with Sandbox(clock=clock, bots={TOKEN: "desk_bot"}) as box:
        due = [DueMoment(MONDAY + timedelta(days=3), "提醒 T-3"), DueMoment(MONDAY + timedelta(days=7), "十一月小结")]
        box.timeline = lambda: [moment for moment in due if moment.at > clock.now()]
        bot = DeskBot(box.url)
        polling = asyncio.ensure_future(bot.run())
        try:
            yield Desk(box, bot, *seed(box))
        finally:
            await bot.stop()
            await polling


def is_complaint(said: ConsoleMessage) -> bool:
    """Tell an error from the lines that Chromium itself writes for a refusal in words, or while the sandbox is away."""
    return said.type == "error" and not re.search(r"status of 40[09]|net::ERR_", said.text)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(desk: Desk, chromium: Browser) -> AsyncIterator[OpenPage]:
    """Open the page at a size; in the end no page may have written an error to its console."""
    complaints: list[str] = []

    async with AsyncExitStack() as contexts:

        async def open_it(
            query: str = "",
            *,
            url: str = desk.box.url,
            width: int = 1440,
            height: int = 900,
            scheme: str = "light",
            zone: str = "Asia/Shanghai",
        ) -> Page:
            size = {"width": width, "height": height}
            context = await contexts.enter_async_context(
                await chromium.new_context(viewport=size, color_scheme=scheme, locale="zh-CN", timezone_id=zone)
            )
            page = await context.new_page()
            page.set_default_timeout(8000)
            page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            await page.goto(f"{url}/{query}")
            await page.locator(".person").first.wait_for(state="attached")
            return page

        yield open_it
    assert not complaints


async def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page to be looked at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SHOTS / f"{name}.png")


def pane(page: Page, person: Person) -> Locator:
    """Return this person's side of the page."""
    return page.locator(f'.pane[data-person="{person.user_id}"]')
