"""A chat from one person's side."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import Desk, OpenPage, pane, shoot
from tests.browser.desk_bot import picture

DROP = """chat => {
  const carried = new DataTransfer();
  carried.items.add(new File(["abc"], "说明.txt", { type: "text/plain" }));
  chat.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


async def started(desk: Desk, open_page: OpenPage) -> Page:
    """Open the page at 王伟, who has started the bot."""
    await desk.wang.says("/start")
    await desk.wang.sees("自评")
    return await open_page(f"?as={desk.wang.user_id}")


async def test_the_start_button_hands_over_the_invitation(desk: Desk, open_page: OpenPage) -> None:
    """Who has not begun yet sees one button, and it says /start with the person's link."""
    page = await open_page(f"?as={desk.li.user_id}")
    await pane(page, desk.li).get_by_role("tab", name="bot").first.click()
    await page.get_by_role("button", name="用邀请链接开始").click()
    await expect(page.locator(".message.mine")).to_contain_text("/start inv1")
    await expect(page.locator(".message:not(.mine)")).to_contain_text("这是十一月的自评")


async def test_a_tap_spins_until_the_bot_answers(desk: Desk, open_page: OpenPage) -> None:
    """The tapped button spins while the bot thinks, then its toast is shown."""
    page = await started(desk, open_page)
    button = page.get_by_role("button", name="重新计算")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    desk.bot.gate.set()
    await expect(page.get_by_role("status").filter(has_text="算好了")).to_be_visible()
    await expect(button).to_have_attribute("aria-busy", "false")


async def test_a_card_changes_in_place(desk: Desk, open_page: OpenPage) -> None:
    """A step on the card changes its number, not the number of messages."""
    page = await started(desk, open_page)
    await page.get_by_role("button", name="+ 1").click()
    await expect(page.get_by_role("button", name="志愿服务 4 小时")).to_be_visible()
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.locator(".message:not(.mine) .words")).to_contain_text("已提交")
    await expect(page.locator(".message:not(.mine) .meta")).to_contain_text("已编辑")
    await expect(page.locator(".toast")).to_have_text("提交成功")
    await shoot(page, "card")


async def test_an_alert_waits_for_its_ok(desk: Desk, open_page: OpenPage) -> None:
    """An alert stays until it is read and dismissed."""
    page = await started(desk, open_page)
    await page.get_by_role("button", name="退回").click()
    alert = page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("退回后需要重新提交")
    await alert.get_by_role("button", name="好").click()
    await expect(alert).to_have_count(0)


async def test_colours_and_disabled_buttons_look_like_what_they_are(desk: Desk, open_page: OpenPage) -> None:
    """Green submits, red returns, and a decided button cannot be pressed."""
    page = await started(desk, open_page)
    await expect(page.get_by_role("button", name="提交")).to_have_class(re.compile("success"))
    await expect(page.get_by_role("button", name="退回")).to_have_class(re.compile("danger"))
    await expect(page.get_by_role("button", name="王书记 已通过")).to_be_disabled()


async def test_pictures_files_pins_and_keyboards_are_shown(desk: Desk, open_page: OpenPage) -> None:
    """Photo, album, file, pinned message, instant, hidden words and the bot's keyboard all have their form."""
    page = await started(desk, open_page)
    await page.get_by_role("textbox", name="输入消息").fill("/show")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="我有异议")).to_be_visible()
    await expect(page.locator(".album img")).to_have_count(3)
    await expect(page.locator(".file")).to_contain_text("台账.xlsx")
    await expect(page.locator(".pin-bar")).to_contain_text("截止")
    await expect(page.locator(".moment")).to_contain_text("2025年11月27日")
    await page.get_by_role("button", name="隐藏文字").click()
    await expect(page.locator(".spoiler.shown")).to_have_text("口令")
    await shoot(page, "media")
    await page.get_by_role("button", name="查看图片").first.click()
    await expect(page.locator(".lightbox p")).to_have_text("第三季度积分榜")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="我的积分").click()
    await expect(page.locator(".message:not(.mine)").last).to_contain_text("你说:我的积分")


async def test_a_photo_can_be_sent(desk: Desk, open_page: OpenPage) -> None:
    """A chosen picture waits in the tray, goes out with its caption, and the bot has it."""
    page = await started(desk, open_page)
    await page.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture()}
    )
    await expect(page.locator(".tray img")).to_be_visible()
    await page.get_by_role("textbox", name="输入消息").fill("佐证")
    await page.get_by_role("button", name="发送").click()
    await expect(page.locator(".message:not(.mine)").last).to_contain_text("收到照片")
    await expect(page.locator(".message.mine").last.locator("img")).to_have_js_property("naturalWidth", 1600)
    await expect(page.locator(".tray")).to_be_hidden()


async def test_a_file_can_be_dropped_into_the_chat(desk: Desk, open_page: OpenPage) -> None:
    """A document dragged onto the chat waits in the tray and goes out with Enter."""
    page = await started(desk, open_page)
    await page.locator(".chat").evaluate(DROP)
    await expect(page.locator(".tray")).to_contain_text("说明.txt")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.mine .file")).to_contain_text("说明.txt")


async def test_a_vote_shows_the_shares(desk: Desk, open_page: OpenPage) -> None:
    """Choosing an option of a poll shows how all have voted; a second press takes it back."""
    page = await started(desk, open_page)
    await desk.wang.says("/show")
    option = page.get_by_role("button", name="优秀", exact=False)
    await option.click()
    await expect(option).to_contain_text("100%")
    await expect(page.locator(".poll")).to_contain_text("1 人投票")
    await option.click()
    await expect(page.locator(".poll")).to_contain_text("0 人投票")


async def test_messages_can_be_answered_changed_and_passed_on(desk: Desk, open_page: OpenPage) -> None:
    """Reply, edit and forward from the menu of a message."""
    page = await started(desk, open_page)
    field = page.get_by_role("textbox", name="输入消息")
    await field.fill("第一句")
    await page.keyboard.press("Enter")
    bots = page.locator(".message:not(.mine)", has_text="你说:第一句")
    await bots.click(button="right")
    await page.get_by_role("menuitem", name="回复").click()
    await field.fill("第二句")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.mine").last.locator(".reply-line")).to_contain_text("你说:第一句")
    await field.press("ArrowUp")
    await field.fill("第二句改")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.mine", has_text="第二句改").locator(".meta")).to_contain_text("已编辑")
    await bots.click(button="right")
    await page.get_by_role("menuitem", name="转发").click()
    await page.get_by_role("menuitem", name="第一支部群").click()
    await page.get_by_role("tab", name="第一支部群").click()
    await expect(page.locator(".message.mine").last).to_contain_text("转发自")


async def test_a_blocked_bot_can_be_unblocked(desk: Desk, open_page: OpenPage) -> None:
    """Blocking leaves one button, and it lifts the block."""
    page = await started(desk, open_page)
    await page.get_by_role("button", name="王伟的更多操作").click()
    await page.get_by_role("menuitem", name="屏蔽机器人").click()
    await page.get_by_role("button", name="解除屏蔽").click()
    await expect(page.get_by_role("textbox", name="输入消息")).to_be_visible()


async def test_older_messages_come_when_scrolling_up(desk: Desk, open_page: OpenPage) -> None:
    """A long chat opens at its end and grows upwards without losing the place."""
    await desk.wang.says("/start")
    for number in range(120):
        await desk.wang.says(f"第 {number} 句", to=desk.branch)
    page = await open_page(f"?as={desk.wang.user_id}")
    await page.get_by_role("tab", name="第一支部群").click()
    said = page.locator(".message")
    await expect(said.filter(has_text="第 119 句")).to_be_in_viewport()
    for _ in range(12):
        await page.locator(".thread-scroll").hover()
        await page.mouse.wheel(0, -4000)
        await page.wait_for_timeout(80)
    await expect(said).to_have_count(120)
    await expect(said.filter(has_text="第 0 句")).to_be_in_viewport()
    await page.get_by_role("button", name="回到最新消息").click()
    await expect(said.filter(has_text="第 119 句")).to_be_in_viewport()


async def test_a_message_that_is_too_long_is_refused_in_plain_words(desk: Desk, open_page: OpenPage) -> None:
    """The page says how long a message may be, not what the server called it."""
    page = await started(desk, open_page)
    await page.get_by_role("textbox").last.fill("长" * 4097)
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast")).to_have_text("一条消息最多 4096 个字符，请分成几条发送。")
