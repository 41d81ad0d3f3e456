"""The desk's tools: side by side, log, faults, time; by keyboard, on a phone."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from sandbox import DueMoment, Sandbox, SimClock
from tests.browser.conftest import MONDAY, Desk, OpenPage, pane, shoot
from tests.browser.desk_bot import TOKEN


async def test_three_persons_side_by_side_hear_each_other(desk: Desk, open_page: OpenPage) -> None:
    """What one writes in the group stands at once on the other two sides."""
    trio = (desk.wang, desk.li, desk.zhao)
    page = await open_page("?as=" + ",".join(str(person.user_id) for person in trio), scheme="dark")
    for person in trio:
        await pane(page, person).get_by_role("tab", name="第一支部群").click()
    field = pane(page, desk.wang).get_by_role("textbox", name="输入消息")
    await field.fill("请大家月底前交自评")
    await field.press("Enter")
    for person in trio:
        await expect(pane(page, person).locator(".message").last).to_contain_text("请大家月底前交自评")
    await shoot(page, "side_by_side_dark")


async def test_a_refused_call_is_red_and_says_why(desk: Desk, open_page: OpenPage) -> None:
    """The log shows in red what Telegram would have refused, in Telegram's words."""
    await desk.wang.says("/start")
    page = await open_page(f"?as={desk.wang.user_id}")
    await desk.wang.says("/refused")
    await desk.wang.sees("没有送到")
    await expect(page.get_by_label("1 次被拒绝")).to_be_visible()
    await page.get_by_role("button", name="接口").click()
    refused = page.locator(".calls .refused")
    await expect(refused).to_contain_text("403")
    await expect(refused).to_contain_text("Forbidden: ")
    await refused.locator("summary").click()
    await expect(refused).to_contain_text('"text": "还没开始的人"')
    await shoot(page, "log")


async def test_an_ordered_fault_hits_the_next_call(desk: Desk, open_page: OpenPage) -> None:
    """One press makes the bot's next message fail, and the log says that it was ordered."""
    await desk.wang.says("/start")
    await desk.wang.sees("自评")
    page = await open_page(f"?as={desk.wang.user_id}")
    await page.get_by_role("button", name="接口").click()
    await page.get_by_role("tab", name="故障").click()
    await page.get_by_role("combobox", name="方法").select_option("sendMessage")
    await page.get_by_role("button", name="403").click()
    await expect(page.locator(".fault")).to_contain_text("还剩 1 次")
    await shoot(page, "faults")
    await desk.wang.says("你好")
    await expect(page.locator(".fault")).to_have_count(0)
    await page.get_by_role("tab", name="接口日志").click()
    await expect(page.locator(".calls .refused.faulty")).to_contain_text("sendMessage")


async def test_time_goes_to_the_next_moment_by_name(desk: Desk, open_page: OpenPage) -> None:
    """The bar names what comes next; a press goes there, and the one after it is named."""
    await desk.wang.says("/start")
    page = await open_page(f"?as={desk.wang.user_id}")
    await expect(page.locator(".clock-now")).to_contain_text("11月24日")
    await expect(page.locator(".day")).to_have_text("今天")
    await page.get_by_role("button", name="下一刻：提醒 T-3").click()
    await expect(page.locator(".clock-now")).to_contain_text("11月27日")
    await expect(page.locator(".day")).to_have_text("11月24日周一")
    await expect(page.get_by_role("button", name="下一刻：十一月小结")).to_be_enabled()


async def test_time_goes_by_a_day_or_to_a_listed_moment(desk: Desk, open_page: OpenPage) -> None:
    """A day can be lived at a press, and any listed moment can be gone to."""
    page = await open_page()
    await page.get_by_title("时间控制").click()
    await page.get_by_role("button", name="+1 天").click()
    await expect(page.locator(".clock-now")).to_contain_text("11月25日")
    await shoot(page, "time")
    await page.get_by_role("button", name=re.compile("十一月小结 12月1日")).click()
    await expect(page.locator(".clock-now")).to_contain_text("12月1日")
    await expect(page.locator(".due-list")).to_contain_text("没有预定的时刻")


async def test_times_are_those_of_the_peoples_phones(open_page: OpenPage) -> None:
    """A reader on the other side of the world sees and enters the time of the organisation, in his own language."""
    clock, monday_10 = SimClock(MONDAY), MONDAY + timedelta(hours=1)
    async with Sandbox(clock=clock, bots={TOKEN: "desk_bot"}, zone="Asia/Shanghai") as box:
        box.person("王伟", user_id=1701)
        box.timeline = lambda: [DueMoment(monday_10, "自评开始", {"en": "the forms open"})]
        page = await open_page("?lang=en", url=box.url, zone="America/New_York")
        await expect(page.locator(".clock-now")).to_contain_text("Mon 24 Nov")
        await expect(page.locator(".clock-time")).to_have_text("09:00")
        await expect(page.locator(".clock-next")).to_contain_text("the forms open")
        await page.get_by_title("Time control").click()
        await page.get_by_label("Day and time to travel to").fill("2025-11-25T17:30")
        await page.get_by_role("button", name="Travel").click()
        await expect(page.locator(".clock-time")).to_have_text("17:30")
        assert clock.now() == MONDAY + timedelta(days=1, hours=8, minutes=30)


async def test_a_journey_that_fails_says_so(desk: Desk, open_page: OpenPage) -> None:
    """When the bot does not follow the time, the page says it in words."""
    page = await open_page()
    await page.request.put(f"{desk.box.url}/sim/on-travel", data={"url": "http://127.0.0.1:9/"})
    await page.get_by_title("时间控制").click()
    await page.get_by_label("要前往的日期和时间").fill("2025-11-28T09:00")
    await page.get_by_role("button", name="前往").click()
    await expect(page.locator(".time-sheet .refusal")).to_have_text("机器人没有响应这次时间旅行")


async def test_all_can_be_done_without_a_mouse(desk: Desk, open_page: OpenPage) -> None:
    """From the search to a pressed button by keyboard only."""
    await desk.wang.says("/start")
    await desk.wang.sees("自评")
    page = await open_page()
    await page.keyboard.press("/")
    await page.keyboard.type("王伟")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="输入消息")).to_be_focused()
    await page.keyboard.type("你好")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message:not(.mine)").last).to_contain_text("你说:你好")
    await page.locator(".thread-scroll").focus()
    for _ in range(4):
        await page.keyboard.press("ArrowUp")
    await expect(page.locator(".message:focus")).to_contain_text("/start")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="志愿服务 4 小时")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_list_and_chat_take_turns(desk: Desk, open_page: OpenPage, scheme: str) -> None:
    """On a narrow screen one thing is shown at a time, nothing sticks out, and back leads to the list."""
    await desk.wang.says("/start")
    await desk.wang.says("/show")
    await desk.wang.sees("选一个")
    page = await open_page(width=390, height=844, scheme=scheme)
    await shoot(page, f"phone_list_{scheme}")
    await page.locator(f"#person-{desk.wang.user_id}").click()
    await expect(page.get_by_role("textbox", name="输入消息")).to_be_visible()
    await expect(page.locator(".people")).to_be_hidden()
    await page.wait_for_timeout(300)
    await shoot(page, f"phone_chat_{scheme}")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.get_by_role("button", name="全部人员").click()
    await expect(page.locator(".people")).to_be_visible()


async def test_the_page_outlives_a_restart_of_the_sandbox(open_page: OpenPage) -> None:
    """When the sandbox goes away the page says so, and goes on with the new one by itself."""
    async with Sandbox() as first:
        first.person("昨天的人", user_id=1801)
        page = await open_page("?as=1801", url=first.url)
    await expect(page.get_by_text("沙盒没有响应")).to_be_visible()
    async with Sandbox(port=int(first.url.rpartition(":")[2]), bots={TOKEN: "desk_bot"}) as second:
        second.person("今天的人", user_id=1802)
        await expect(page.locator(".person b")).to_have_text("今天的人", timeout=15_000)
        await expect(page.locator(".pane")).to_have_count(0)
        await expect(page.get_by_text("沙盒没有响应")).to_be_hidden()


async def test_the_page_comes_back_after_a_reset(desk: Desk, open_page: OpenPage) -> None:
    """When everything is forgotten, the page shows what is there now."""
    page = await open_page()
    desk.box.reset()
    desk.box.person("新来的", user_id=1900)
    await expect(page.locator(".found")).to_have_text("1 / 1 人")
