"""A whole quarter in the browser: the bot beside the sandbox, a branch played by taps, the pictures of its close."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.catalog import load_catalog
from bot.demo.cast import LAZY
from bot.demo.play import Demo, Wishes, open_demo
from bot.demo.seats import account_of
from bot.domain.accounts import Language
from bot.domain.people import Person as Member
from tests.browser.conftest import OpenPage, shoot

FIRST_PORT = 8500
MEMBERS, BRANCHES, SEED = 12, 2, 5  # seven of them in the branch that is played, no two of one name
MONTHS = ("10月", "11月", "12月")
TRAVEL_MS = 30_000
STOPS_AT_MOST = 40


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """Two branches; the first's other people answer by themselves."""
    async with open_demo(Wishes(tmp_path, FIRST_PORT, MEMBERS, BRANCHES, SEED), load_catalog()[Language.ZH]) as demo:
        await demo.app.core.do.change_switch("publication", "at_close")
        stopping = asyncio.Event()
        running = asyncio.ensure_future(demo.run(stopping))
        await asyncio.wait_for(demo.entered.wait(), 20)
        try:
            yield demo
        finally:
            stopping.set()
            await asyncio.wait_for(running, 10)


@dataclass(frozen=True, slots=True)
class Player:
    """One person's side of the page, used as a reader would: by what the buttons say."""

    demo: Demo
    page: Page
    member: Member

    @property
    def side(self) -> Locator:
        return self.page.locator(f'.pane[data-person="{account_of(self.member)}"]')

    @property
    def newest(self) -> Locator:
        """What the others said last."""
        return self.side.locator(".message:not(.mine)").last

    async def comes(self) -> None:
        """Where the page has room for one person only, this one takes the place."""
        if not await self.side.is_visible():
            await self.page.goto(self.demo.address(self.member))
            await self.side.wait_for()

    async def taps(self, label: str, *, exact: bool = False) -> None:
        """Press the newest message's button that says this, and wait until the bot has answered."""
        await self.newest.get_by_role("button", name=label, exact=exact).first.click()
        await self._rest()

    async def says(self, text: str) -> None:
        field = self.side.get_by_role("textbox", name="输入消息")
        await field.fill(text)
        await field.press("Enter")
        await expect(field).to_have_value("")
        await self._rest()

    async def asks(self, command: str) -> None:
        """Say a command and wait until its card has come; the one before it may say the same."""
        before = await self.newest.get_attribute("data-id")
        await self.says(command)
        await expect(self.newest).not_to_have_attribute("data-id", before or "")

    async def sees(self, text: str) -> None:
        await expect(self.newest).to_contain_text(text)

    async def goes_to(self, chat: str) -> None:
        await self.side.get_by_role("tab", name=chat).click()

    async def _rest(self) -> None:
        await expect(self.side.locator('button[aria-busy="true"]')).to_have_count(0)
        await self.demo.box.idle()


async def travel_until(page: Page, moment: str) -> None:
    """Press the button beside the clock until this moment has come."""
    onward, journey = page.locator(".clock-next"), page.locator(".clock.travels")
    for _ in range(STOPS_AT_MOST):
        name = await onward.get_attribute("title") or ""
        await onward.click()
        await expect(journey).to_have_count(0, timeout=TRAVEL_MS)
        if moment in name:
            return
        await expect(onward).not_to_have_attribute("title", name)
    raise AssertionError(f"{moment} never came")


async def bind_group(secretary: Player) -> None:
    """The secretary asks for a code and says it in the group."""
    await secretary.comes()
    await secretary.taps("绑定支部群")
    await secretary.sees("/bind")
    said = re.search(r"/bind \d+", await secretary.newest.inner_text())
    assert said is not None
    await secretary.goes_to("工作群")
    await secretary.says(said[0])
    await secretary.sees("本群已绑定")
    await secretary.goes_to("先锋积分")


async def fill_first_month(member: Player) -> None:
    """A claim by taps, the rest as usual, handed in."""
    await member.taps("思想先锋 0/3")
    await member.taps("主讲党课")
    await member.taps("＋")
    await member.sees("得 3 分")
    await member.taps("‹ 返回")
    await member.taps("‹ 返回")
    await member.sees("当前积分 63")


async def hand_in(member: Player) -> None:
    await member.comes()
    await member.taps("其余如常")
    await member.sees("合计")
    await member.taps("📤 提交")
    await member.sees("✅ 已提交")


async def adjust(secretary: Player, button: str) -> None:
    """The member told too little: points and the reason are set by the secretary."""
    await secretary.taps(button)
    await secretary.taps("✏️ 调整")
    await secretary.taps("● 主讲党课")
    await secretary.taps("10月")
    await secretary.taps("6", exact=True)
    await secretary.says("10月17日另有一次主讲。")
    await expect(secretary.side.get_by_text("3 → 6 分")).to_be_visible()
    await shoot(secretary.page, f"quarter_adjusted_{width_of(secretary.page)}")
    await secretary.taps("✅ 通过", exact=True)


async def approve_the_rest(secretary: Player) -> None:
    """First those with nothing to look at, then one after the other."""
    await secretary.asks("/rate")
    await secretary.sees("1/7")
    diligent = len(secretary.demo.cast.extras[LAZY:])
    await secretary.taps(f"无异议的全部通过（{diligent}）")
    await secretary.taps(f"通过这 {diligent} 位")
    for decided in range(1 + diligent, 6):
        await secretary.asks("/rate")
        await secretary.sees(f"{decided}/7")
        await secretary.taps("▶️ 下一位")
        await secretary.sees("未提交")
        await secretary.taps("✅ 通过", exact=True)


async def close(secretary: Player) -> None:
    """The meeting is typed, the quorum is right, the quarter ends."""
    await secretary.taps("登记会议")
    await secretary.taps("党员大会")
    await secretary.taps("今天")
    await secretary.says("5/7")
    await secretary.asks("/rate")
    await secretary.sees("7/7")
    await secretary.sees("应到 7，实到 5")
    await secretary.taps("结束本季初评")
    await secretary.taps("确认结束初评")
    await expect(secretary.side.locator(".message", has_text="初评已结束").first).to_be_visible()


def width_of(page: Page) -> int:
    return page.viewport_size["width"] if page.viewport_size else 0


@pytest.mark.parametrize(("width", "height"), [(1680, 1000), (390, 844)])
async def test_a_quarter_is_lived_in_minutes(demo: Demo, open_page: OpenPage, width: int, height: int) -> None:
    """From the invitation to the branch's chart, on a wide page and on a phone, by taps alone."""
    cast = demo.cast
    played = [cast.member, cast.commissioner, cast.secretary] if width > 1000 else [cast.member]
    page = await open_page(demo.address(*played).rpartition("/")[2], url=demo.box.url, width=width, height=height)
    member, commissioner, secretary = (
        Player(demo, page, one) for one in (cast.member, cast.commissioner, cast.secretary)
    )

    await member.side.get_by_role("button", name="用邀请链接开始").click()
    await member.taps("是，绑定")
    await member.sees("目前没有待填的自评表")
    await bind_group(secretary)

    for month in MONTHS:
        await travel_until(page, f"{month}：自评开始")
        await member.comes()
        if month == MONTHS[0]:
            await fill_first_month(member)
            await shoot(page, f"quarter_form_{width}")
        await hand_in(member)

    await travel_until(page, "初评开始")
    await secretary.comes()
    await secretary.taps("🗂 支部初评")
    await shoot(page, f"quarter_queue_{width}")
    await adjust(secretary, cast.member.name)
    await approve_the_rest(secretary)
    await commissioner.comes()
    await commissioner.taps("🗂 支部初评")
    await commissioner.taps(cast.secretary.name)
    await commissioner.taps("✅ 通过", exact=True)
    await secretary.comes()
    await close(secretary)

    await member.comes()
    portrait = member.side.locator(".message", has_text="积分开始公示").locator("img")
    await expect(portrait).to_be_visible()
    await member.goes_to("工作群")
    board = member.side.locator(".message", has_text="红榜").locator("img")
    await expect(board).to_be_visible()
    await expect(member.side.locator(".pin-bar")).to_contain_text("积分公示")
    await shoot(page, f"quarter_board_{width}")
