"""一月一小结: what a branch's leaders read of a month on the morning after it."""

from __future__ import annotations

from bot.domain.forms import FormState
from bot.domain.periods import Month
from tests.conversations.closing import LECTURES, MORE
from tests.conversations.conftest import Stage
from tests.conversations.rated import form_of, hand_in

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


async def send_back(stage: Stage, name: str, month: Month) -> None:
    """The form is in its member's hands again."""
    form = await form_of(stage, name, month)
    async with stage.app.core.store.write() as tx:
        assert await tx.forms.change(form, state=FormState.RETURNED)


async def test_the_commissioner_reads_who_is_missing_and_how_points_lie(stage: Stage) -> None:
    """Names of the missing and of those who got the form back, the spread beside October's, and the next form."""
    (li,) = await stage.open_october("李委员")
    await hand_in(stage, "张伟", MORE)
    await stage.travel("2026-11-25 09:00")
    for name, answers in (("张伟", LECTURES), ("赵敏", None), ("李委员", None), ("王书记", None)):
        await hand_in(stage, name, answers, NOVEMBER)
    await send_back(stage, "王书记", NOVEMBER)
    await stage.travel("2026-12-01 09:00")
    await li.sees("🗓 2026年11月小结 · 第一党支部")
    await li.sees("▰▰▰▰▰▰▱▱▱▱ 已提交 3 / 5")
    await li.sees("未提交：孙喆")
    await li.sees("已退回待重交：王书记")
    await li.sees("自评分：中位数 60，最低 60，最高 70")
    await li.sees("上月：中位数 73，最低 73，最高 73")
    await li.sees("接下来：2026年12月自评表 12月25日 09:00开放")
    tap = await li.taps("🧾 支部工作台")
    assert tap.answered


async def test_after_the_last_month_the_rating_comes_next(stage: Stage) -> None:
    """The quarter's deadline is said before the next form; without any form there is no spread."""
    (wang,) = await stage.open_october("王书记")
    await stage.travel("2027-01-01 09:00")
    await wang.sees("🗓 2026年12月小结 · 第一党支部")
    await wang.sees("接下来：2026年第4季度支部初评，1月4日 09:00开始，1月7日 24:00前完成")
    await wang.sees("接下来：2027年1月自评表 1月25日 09:00开放")
    await wang.sees_not("自评分：")
