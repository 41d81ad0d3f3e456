"""The calendar in chat, and moving a quarter's dates."""

from __future__ import annotations

from bot.domain.actions.calendar import AskMoveDate, AskMoveQuarter, MoveDate, ShowCalendar
from sandbox import Person
from tests.conversations.closing import asks, close_all
from tests.conversations.conftest import Stage
from tests.conversations.rated import Q4, forge, ledger_kinds, rated_stage
from tests.conversations.reviewed import kinds

NO_RIGHT = "没有此项操作的权限"


async def quarter_of(person: Person) -> str:
    """All dates of the quarter, as the person reads them."""
    await person.says("/calendar")
    await person.taps("🗓 2026年第4季度日程")
    return str(person.last.text)


async def test_a_member_sees_what_concerns_him_first(stage: Stage) -> None:
    """Form, publication and the end of objections; what others do stands below; why a date moved is said."""
    (zhang,) = await stage.persons("张伟")
    text = await asks(stage, zhang, "/calendar")
    own, others = text.split("其他日程")
    assert "10月25日 周日 09:00 10月自评开始" in own
    assert "11月2日 周一 24:00 10月自评截止" in own
    assert "10月31日 → 11月2日，周末顺延" in own
    assert "公示开始" in own
    assert "支部初评截止" in others
    assert "🗓" not in zhang.screen()


async def test_a_year_whose_days_off_are_not_known_says_so(stage: Stage) -> None:
    """The dates of January 2027 may still move."""
    (zhang,) = await stage.persons("张伟")
    assert "2027年放假安排尚未公布" in await asks(stage, zhang, "/calendar")


async def test_leaders_see_their_rating_among_their_own(stage: Stage) -> None:
    """Reviewers and the committee also the draw and the review."""
    wang, zheng = await stage.persons("王书记", "郑党委")
    assert "支部初评截止" in (await asks(stage, wang, "/calendar")).split("其他日程")[0]
    assert "复评截止" in (await asks(stage, zheng, "/calendar")).split("其他日程")[0]


async def test_the_committee_sees_a_whole_quarter(stage: Stage) -> None:
    """What lies behind is ticked off."""
    zheng, admin = await rated_stage(stage, "郑党委", "陈管理")
    for person in (zheng, admin):
        text = await quarter_of(person)
        assert "✓ 10月25日 周日 09:00 10月自评开始" in text
        for what in ("支部初评截止", "考核组抽签公告", "复评截止", "公示开始", "公示结束"):
            assert what in text
    await zheng.sees("⏩ 调整日期")
    await admin.sees_not("⏩ 调整日期")


async def test_the_committee_moves_a_date_and_what_follows_moves_along(stage: Stage) -> None:
    """Shown before it is done; raters and committee are told; the calendar marks it; the reminders follow."""
    zheng, wang, zhang = await rated_stage(stage, "郑党委", "王书记", "张伟")
    await quarter_of(zheng)
    await zheng.taps("⏩ 调整日期")
    await zheng.taps("初评 +5")
    await zheng.sees("初评截止：1月7日 24:00 → 1月14日 24:00")
    await zheng.sees("复评截止：1月14日 24:00 → 1月21日 24:00")
    await zheng.sees("公示：1月15日 09:00 → 1月22日 09:00")
    await zheng.taps("✅ 确认调整")
    await zheng.sees("1月7日 → 1月14日，人工调整")
    await stage.settle()
    await wang.sees("2026年第4季度日程已调整")
    await wang.sees("初评截止：1月14日 24:00")
    assert "日程已调整" not in zhang.screen()
    assert (await kinds(stage)).count("quarter_moved") == 1
    async with stage.app.core.store.read() as tx:
        moved = await tx.periods.get_quarter(Q4)
    assert moved.rating_due_at < moved.review_due_at <= moved.publishes_at


async def test_two_who_move_at_once_move_once(stage: Stage) -> None:
    """The second one's card is out of date."""
    (zheng,) = await rated_stage(stage, "郑党委")
    await quarter_of(zheng)
    await zheng.taps("⏩ 调整日期")
    await zheng.taps("公示 +1")
    old = MoveDate(str(Q4), "publish", 20270118, 1)
    await zheng.taps("✅ 确认调整")
    tap = await forge(zheng, old)
    assert tap.answer is not None
    assert "已过期" in tap.answer.text or "更新" in tap.answer.text
    assert (await kinds(stage)).count("quarter_moved") == 1


async def test_dates_that_cannot_be_are_refused(stage: Stage) -> None:
    """Into the past, out of order, or of a quarter that is shown already."""
    (zheng,) = await rated_stage(stage, "郑党委")
    past = await forge(zheng, AskMoveDate(str(Q4), "rating", 20261001))
    assert past.answer is not None
    assert "只能在到期前调整" in past.answer.text
    early = await forge(zheng, AskMoveDate(str(Q4), "review", 20270105))
    assert early.answer is not None
    assert "顺序应为先初评截止、后复评截止" in early.answer.text
    await close_all(stage)
    await forge(zheng, AskMoveQuarter(str(Q4)))
    await zheng.sees("已没有可以调整的日期")


async def test_only_the_committee_moves_and_only_who_keeps_the_timetable_sees_whole_quarters(stage: Stage) -> None:
    """Forged buttons of others are refused."""
    wang, admin = await rated_stage(stage, "王书记", "陈管理")
    for action in (ShowCalendar(str(Q4)), AskMoveQuarter(str(Q4)), MoveDate(str(Q4), "publish", 20270118, 1)):
        tap = await forge(wang, action)
        assert tap.answer is not None
        assert NO_RIGHT in tap.answer.text
    tap = await forge(admin, AskMoveQuarter(str(Q4)))
    assert tap.answer is not None
    assert NO_RIGHT in tap.answer.text
    assert "quarter_moved" not in await ledger_kinds(stage, "王书记")
