"""The list of persons."""

from playwright.async_api import expect

from tests.browser.conftest import Desk, OpenPage, shoot


async def test_persons_stand_under_their_branch_with_their_role(open_page: OpenPage) -> None:
    """I see who belongs to which branch and who leads it."""
    page = await open_page()
    await expect(page.locator(".people-heading").first).to_have_text("第一支部7")
    await expect(page.locator(".person").first).to_contain_text("支部书记")
    await shoot(page, "people")


async def test_search_finds_by_name_branch_and_role(open_page: OpenPage) -> None:
    """Typing parts of a branch and a role leaves the one I mean."""
    page = await open_page()
    await page.get_by_role("combobox", name="搜索人员").fill("第二 书记")
    await expect(page.locator(".person")).to_have_count(1)
    await expect(page.locator(".found")).to_have_text("1 / 22 人")


async def test_a_role_can_be_chosen(open_page: OpenPage) -> None:
    """Choosing a role shows all who hold it, in every branch."""
    page = await open_page()
    await page.get_by_label("职务").select_option("组织委员")
    await expect(page.locator(".person")).to_have_count(3)
    await expect(page.locator(".people-heading")).to_have_count(3)


async def test_unread_marks_come_live_and_go_when_read(desk: Desk, open_page: OpenPage) -> None:
    """A message marks its receiver at once; opening the chat takes the mark away."""
    page = await open_page()
    row = page.locator(f"#person-{desk.li.user_id}")
    before = await row.locator(".unread").inner_text()
    await desk.li.says("/start")
    await expect(row.locator(".unread")).to_have_text(str(int(before) + 1))
    await row.click()
    await page.get_by_role("tab", name="第一支部群").click()
    await expect(row.locator(".unread")).to_have_count(0)


async def test_only_rows_in_sight_are_in_the_document(desk: Desk, open_page: OpenPage) -> None:
    """A thousand persons do not make the page heavy."""
    for number in range(1000):
        desk.box.person(f"同事{number:04}", user_id=5000 + number, tags={"branch": "第九支部", "role": "党员"})
    page = await open_page()
    await expect(page.locator(".found")).to_have_text("1022 / 1022 人")
    assert await page.locator(".person").count() < 40
    await page.get_by_role("combobox", name="搜索人员").fill("同事0999")
    await expect(page.locator(".person")).to_have_count(1)


async def test_a_name_is_never_taken_for_markup(desk: Desk, open_page: OpenPage) -> None:
    """A name made of HTML is shown as it is written."""
    name = "<img src=x onerror=alert(1)>"
    desk.box.person(name, user_id=1999, tags={"branch": "<b>支部</b>"})
    page = await open_page()
    await page.get_by_role("combobox", name="搜索人员").fill("onerror")
    await expect(page.locator(".person b")).to_have_text(name)
    await expect(page.locator(".people-heading span").first).to_have_text("<b>支部</b>")


async def test_english_is_a_press_away(open_page: OpenPage) -> None:
    """A colleague without Chinese can switch the page's words."""
    page = await open_page()
    await page.get_by_role("button", name="Switch to English").click()
    await expect(page.get_by_role("heading", name="Sandbox")).to_be_visible()
    assert "lang=en" in page.url
