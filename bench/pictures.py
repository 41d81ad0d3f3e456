"""Takes the pictures of the README from the running product: `python -m bench.pictures docs/pictures`."""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, ViewportSize, async_playwright

from bot.catalog import load_catalog
from bot.demo.play import BEGINS_AT, Demo, Wishes, open_demo
from bot.demo.seats import account_of
from bot.domain.accounts import Language
from bot.domain.people import Person as Member
from sandbox import Group, Person

CHROMIUM = "/usr/bin/chromium"
PHONE: ViewportSize = {"width": 390, "height": 844}
SETTLED_MS = 500
MARGIN_PX = 8
ABOVE = "one => one.getBoundingClientRect().top - one.closest('.thread-scroll').getBoundingClientRect().top"
PORT = 8600
MEMBERS, BRANCHES = 48, 4  # the branch that is played is as large as with 253, and all is done in a minute
COLOURS = 256
OCTOBER = BEGINS_AT.replace(day=25, hour=9)
JANUARY = OCTOBER.replace(year=2027, month=1, day=4)
BACK = "‹ 返回"


async def main(folder: Path) -> None:
    """Play a quarter of the demo and keep three pictures of it."""
    with tempfile.TemporaryDirectory() as room:
        async with playing(Path(room)) as demo, chromium() as browser:
            await fill_half(demo)
            keep(folder / "chat.png", await chat_of(browser, demo, demo.cast.member, ".day"))
            await live_until_rating(demo)
            await adjust(demo)
            keep(
                folder / "rating.png",
                await chat_of(browser, demo, demo.cast.secretary, ".message:has(.inline-keyboard)"),
            )
            keep(folder / "standings.png", await close(demo))


@contextlib.asynccontextmanager
async def playing(room: Path) -> AsyncIterator[Demo]:
    """The demo with everybody in his place."""
    async with open_demo(Wishes(room, PORT, MEMBERS, BRANCHES), load_catalog()[Language.ZH]) as demo:
        await demo.app.core.do.change_switch("publication", "at_close")
        stopping = asyncio.Event()
        running = asyncio.ensure_future(demo.run(stopping))
        await demo.entered.wait()
        try:
            yield demo
        finally:
            stopping.set()
            await running


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        await browser.close()


def person(demo: Demo, member: Member) -> Person:
    return demo.box.known(demo.box.world.people[account_of(member)])


async def taps(who: Person, *labels: str) -> None:
    for label in labels:
        await who.taps(label)


async def fill_half(demo: Demo) -> None:
    """The member comes in by his invitation and stands in the middle of October's form."""
    member = person(demo, demo.cast.member)
    await member.says(f"/start {member.user.start_link}")
    await member.taps("✅ 是，绑定")
    await demo.box.travel(OCTOBER)
    await taps(
        member, "思想先锋", "学习任务", "＋", "＋", BACK, "主讲党课", "＋", BACK, "警示教育心得", "＋", BACK, BACK
    )
    await taps(member, "履职先锋", "岗位职责", "全面完成", BACK, "党员承诺", "已兑现", BACK, BACK)
    await taps(member, "公益先锋", "志愿服务", "＋", "＋", "＋", "＋", BACK, BACK)


async def live_until_rating(demo: Demo) -> None:
    """Those whom a visitor plays hand in three months; the group is bound; then it is January."""
    secretary, group = person(demo, demo.cast.secretary), group_of(demo)
    await secretary.taps("👥 绑定支部群")
    await secretary.sees("/bind ")
    code = re.search(r"/bind \d+", secretary.screen())
    assert code is not None
    await secretary.says(code[0], group)
    for month in (10, 11, 12):
        if month > OCTOBER.month:
            await demo.box.travel(OCTOBER.replace(month=month))
        for lead in demo.cast.leads[:3]:
            await taps(person(demo, lead), "👍 其余如常", "📤 提交")
    await demo.box.travel(JANUARY)


async def adjust(demo: Demo) -> None:
    """The secretary corrects one item of the member, with a reason in his own words."""
    secretary = person(demo, demo.cast.secretary)
    await secretary.says("/rate")
    await taps(secretary, demo.cast.member.name, "✏️ 调整", "● 主讲党课", "10月", "6")
    await secretary.says("10月17日另主讲一次，漏报。")
    await secretary.sees("3 → 6 分")
    await secretary.reads(group_of(demo))


async def close(demo: Demo) -> bytes:
    """The rest is approved, the meeting recorded; the picture is what then comes to the branch's group."""
    secretary, commissioner = person(demo, demo.cast.secretary), person(demo, demo.cast.commissioner)
    await secretary.taps("✅ 通过")
    for rater in (secretary, commissioner):
        while await finds(demo, rater, "/rate", "▶️ 下一位"):
            await taps(rater, "▶️ 下一位", "✅ 通过")
    await taps(secretary, "🏛 登记会议", "党员大会", "今天 ")
    await secretary.taps(secretary.last.labels[1])
    if await finds(demo, secretary, "/rate", "🏁 结束本季初评"):
        await taps(secretary, "🏁 结束本季初评", "🏁 确认结束初评")
    group = group_of(demo)
    await secretary.sees("红榜", 30, to=group)
    return next(seen.photo.data for seen in reversed(secretary.messages_in(group)) if seen.photo is not None)


async def finds(demo: Demo, who: Person, command: str, label: str) -> bool:
    """Whether the answer to this command has such a button."""
    await who.says(command)
    await demo.box.idle()
    return any(one.startswith(label) for one in who.last.labels)


def group_of(demo: Demo) -> Group:
    """The group of the branch that is played."""
    title = f"{demo.cast.member.branch}工作群"
    return Group(demo.box.world, next(chat for chat in demo.box.world.groups.values() if chat.title == title))


async def chat_of(browser: Browser, demo: Demo, member: Member, since: str) -> bytes:
    """What this person has on the phone, from the last such element on, at twice its size, without the desk above."""
    page = await browser.new_page(viewport=PHONE, device_scale_factor=2, locale="zh-CN", color_scheme="light")
    await page.goto(demo.address(member))
    first = page.locator(since).last
    await first.wait_for()
    await page.wait_for_timeout(SETTLED_MS)
    above_px = await first.evaluate(ABOVE)
    await page.set_viewport_size({**PHONE, "height": PHONE["height"] - int(above_px) + MARGIN_PX})
    await page.evaluate("document.activeElement.blur()")
    await page.wait_for_timeout(SETTLED_MS)
    picture = await page.locator(".pane").screenshot()
    await page.close()
    return picture


def keep(file: Path, picture: bytes) -> None:
    """Write it with a palette: nobody sees the difference, and it is a third of the size."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file}  {image.width} × {image.height}  {file.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    pictures = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    pictures.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(pictures))
