"""A second roster in the middle of a month or a rating: who left is left alone, who moved is rated where he is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from structlog.testing import capture_logs

from bot.domain.actions.desk import OpenMemberForm
from bot.domain.actions.form import AnswerRest, SubmitForm
from bot.domain.actions.rating import ApproveRating
from bot.domain.forms import Exemption, FormState, RatingState
from bot.domain.people import MemberStatus, Office, Role
from bot.domain.periods import Month, Quarter
from bot.sheets.roster import Roster
from tests.conversations.closing import close, decide, result_of
from tests.conversations.conftest import FIRST, PEOPLE, SECOND, Stage, at, demo_people, roster_row
from tests.conversations.rated import EVERYBODY, OCTOBER, forge, form_of, hand_in, open_rating, rating_of


async def new_roster(
    stage: Stage, *, without: str = "", moved: str = "", to: str = SECOND, **statuses: MemberStatus
) -> None:
    """Import the roster again with one change."""
    rows = [
        roster_row(
            f"{100 + n}", name, to if name == moved else branch, *offices,
            status=statuses.get(name, MemberStatus.ACTIVE),
        )
        for n, (name, (branch, offices)) in enumerate(PEOPLE.items())
        if name != without
    ]  # fmt: skip
    await stage.app.core.do.import_roster(Roster(tuple(rows)))
    await stage.settle()


async def test_who_has_left_hears_no_more_of_the_form(stage: Stage) -> None:
    """No reminder, no nudge and no summary goes to him, and the branch does not wait for him."""
    li, zhang = await stage.open_october("李委员", "张伟")
    await new_roster(stage, without="张伟")
    said = len(zhang.messages)
    assert (await form_of(stage, "张伟")).exempt is Exemption.LEFT
    await li.says("/desk")
    await li.sees("0/4")
    await stage.travel("2026-11-03 10:00")
    assert len(zhang.messages) == said


async def test_who_left_after_his_rating_is_not_told_of_the_quarter(stage: Stage) -> None:
    """He was approved and then left: his points stay on the record, but no letter asks him for objections."""
    (zhang,) = await stage.open_october("张伟")
    for name in EVERYBODY:
        await hand_in(stage, name)
    await open_rating(stage)
    await decide(stage)
    await new_roster(stage, without="张伟")
    said = len(zhang.messages)
    await close(stage)
    assert (await result_of(stage, "张伟")).centi == 6000
    assert len(zhang.messages) == said


async def test_leaving_is_the_same_by_a_status_as_by_a_missing_row(stage: Stage) -> None:
    """A roster that still lists him as having left ends his offices and his membership too."""
    await stage.open_october("王书记")
    await new_roster(stage, 王书记=MemberStatus.LEFT)
    assert (await form_of(stage, "王书记")).exempt is Exemption.LEFT
    async with stage.app.core.store.read() as tx:
        wang = await tx.people.find_by_staff_no("100")
    assert wang is not None
    assert not wang.offices


async def test_a_suspended_leader_is_told_nothing_about_others(stage: Stage) -> None:
    """What he may not look at is not sent to him either."""
    li, wang = await stage.open_october("李委员", "王书记")
    await new_roster(stage, 李委员=MemberStatus.SUSPENDED)
    await stage.travel("2026-11-03 09:00")
    await wang.sees("2026年10月小结 · 第一党支部")
    await li.sees_not("2026年10月小结 · 第一党支部")


async def test_who_is_suspended_while_points_are_public_can_still_object(stage: Stage) -> None:
    """To be heard is nobody's to take away; the button in his letter is no empty promise."""
    (zhang,) = await stage.open_october("张伟")
    for name in EVERYBODY:
        await hand_in(stage, name)
    await open_rating(stage)
    await close(stage)
    await new_roster(stage, 张伟=MemberStatus.SUSPENDED)
    await zhang.taps("⚖️ 我有异议")
    await zhang.taps("整体（本季总分、名次）")
    await zhang.says("我不认可这个名次。")
    await zhang.sees("异议事项：整体")


async def test_who_moved_into_a_closed_branch_is_rated_where_he_was(stage: Stage) -> None:
    """His old branch sees him in its queue and can close."""
    (wang,) = await stage.open_october("王书记")
    for name in EVERYBODY:
        await hand_in(stage, name)
    await open_rating(stage)
    await close(stage, SECOND)
    await new_roster(stage, moved="张伟")
    await wang.says("/rate")
    await wang.sees("张伟")
    rating = await rating_of(stage, "张伟")
    await forge(wang, ApproveRating(rating.rating_id, rating.revision))
    assert (await rating_of(stage, "张伟")).state is RatingState.APPROVED
    await close(stage, FIRST)
    assert (await result_of(stage, "张伟")).centi is not None


async def test_a_moved_members_form_waits_for_his_new_branch(stage: Stage) -> None:
    """His old branch has closed its quarter; that does not close the form which his new branch sent back to him."""
    zhang, _ = await stage.open_october("张伟", "钱书记")
    for name in EVERYBODY:
        await hand_in(stage, name)
    await stage.app.core.do.close_month(OCTOBER)
    await new_roster(stage, moved="张伟")
    await stage.app.core.do.open_quarter(OCTOBER.quarter)
    await close(stage, FIRST)
    rating = await rating_of(stage, "张伟")
    form = await form_of(stage, "张伟")
    async with stage.app.core.store.write() as tx:
        await tx.forms.change(form, state=FormState.RETURNED, returned_reason="请核对")
        await tx.ratings.change(rating, state=RatingState.RETURNED)
    await forge(zhang, AnswerRest(form.form_id))
    form = await form_of(stage, "张伟")
    tap = await forge(zhang, SubmitForm(form.form_id, form.revision))
    assert "已提交" in tap.answer.text
    assert (await rating_of(stage, "张伟")).state is RatingState.PENDING


async def test_a_moved_members_form_is_closed_with_his_new_branch(stage: Stage) -> None:
    """His result stands, although his old branch is still rating."""
    zhang, _ = await stage.open_october("张伟", "钱书记")
    for name in EVERYBODY:
        await hand_in(stage, name)
    await stage.app.core.do.close_month(OCTOBER)
    await new_roster(stage, moved="张伟")
    await stage.app.core.do.open_quarter(OCTOBER.quarter)
    await decide(stage, SECOND)
    await close(stage, SECOND)
    form = await form_of(stage, "张伟")
    async with stage.app.core.store.write() as tx:
        await tx.forms.change(form, state=FormState.RETURNED, returned_reason="请核对")
    tap = await forge(zhang, AnswerRest(form.form_id))
    assert "已截止" in tap.answer.text


async def test_a_moved_members_form_can_be_sent_back_by_his_new_branch(stage: Stage) -> None:
    """His old branch has closed; the desk of the new one still has the button, and it works."""
    (qian,) = await stage.open_october("钱书记")
    for name in EVERYBODY:
        await hand_in(stage, name)
    await stage.app.core.do.close_month(OCTOBER)
    await new_roster(stage, moved="张伟")
    await stage.app.core.do.open_quarter(OCTOBER.quarter)
    await close(stage, FIRST)
    form = await form_of(stage, "张伟")
    await forge(qian, OpenMemberForm(form.form_id))
    await qian.taps("↩️ 退回")
    await qian.sees("退回给张伟")


async def test_who_comes_back_is_a_member_again_from_that_day(stage: Stage) -> None:
    """Left and back on the roster: a second membership, months count from then on, and November asks him again."""
    (zhang,) = await stage.open_october("张伟")
    await new_roster(stage, without="张伟")
    await stage.travel("2026-11-05 10:00")
    await new_roster(stage)
    async with stage.app.core.store.read() as tx:
        person = await tx.people.find_by_staff_no("102")
        assert person is not None
        assert person.status is MemberStatus.ACTIVE
        assert (await tx.people.counts_from())[person.member_id] == at("2026-11-05 10:00").date()
        stored = {table.name: table.rows for table in await tx.personal.about(person.member_id)}
        assert [(row["from_on"], row["to_on"]) for row in stored["membership"]] == [
            (None, "2026-10-25"), ("2026-11-05", None),
        ]  # fmt: skip
    await stage.travel("2026-11-25 09:00")
    assert (await form_of(stage, "张伟", OCTOBER.next)).exempt is Exemption.JOINED_LATER
    await stage.travel("2026-12-25 09:00")
    await zhang.sees("2026年12月")


async def test_a_leaver_is_taken_out_of_every_quarter_that_is_still_rated(stage: Stage) -> None:
    """An older quarter that a branch has not closed does not wait for him either."""
    await stage.open_october("王书记")
    await open_rating(stage)
    await stage.travel("2027-01-25 09:00")
    await stage.app.core.do.close_month(Month(2027, 1))
    await stage.app.core.do.open_quarter(Quarter(2027, 1))
    await new_roster(stage, without="张伟")
    async with stage.app.core.store.read() as tx:
        person = await tx.people.find_by_staff_no("102")
        assert person is not None
        assert await tx.ratings.find(person.member_id, OCTOBER.quarter) is None
        assert await tx.ratings.find(person.member_id, Quarter(2027, 1)) is None


async def test_a_corrected_party_date_is_taken_over_and_an_empty_one_is_not(stage: Stage) -> None:
    """A member may have corrected what is stored on him, be it only the day; a blank cell says nothing."""
    (zhang,) = await stage.persons("张伟")
    for day, stored in ((date(2011, 5, 4), "2011年5月4日"), (None, "2011年5月4日")):
        rows = [
            replace(row, joined_party_on=day) if row.name == "张伟" else row for row in demo_people().rows
        ]  # fmt: skip
        change = await stage.app.core.do.import_roster(Roster(tuple(rows)))
        assert len(change.changed) == (day is not None)
        await zhang.says("/mydata")
        await zhang.sees(f"入党日期 {stored}")


async def test_an_organisation_without_anybody_goes_through_a_quarter_in_silence(stage: Stage) -> None:
    """The bot was started before there was a roster: the clock does its work, and nothing fails."""
    await stage.app.core.do.import_roster(Roster(()))
    with capture_logs() as logs:
        await stage.travel("2027-01-25 10:00")
    assert [line for line in logs if line["log_level"] in {"warning", "error"}] == []


async def test_the_committee_waits_for_nobody_without_a_month_that_counts(stage: Stage) -> None:
    """A new secretary alone in his branch is rated by the committee, but not for a month before he came."""
    new = roster_row("900", "独书记", "第三党支部", Office(Role.SECRETARY))
    await stage.app.core.do.import_roster(Roster((*demo_people().rows, new)))
    (zheng,) = await stage.open_october("郑党委")
    await open_rating(stage)
    await zheng.says("/rate")
    await zheng.sees("已结束 0/3 个支部")
    assert "⏳ 第三党支部 0/0" in zheng.last.labels
    assert "须由党委评定" not in str(zheng.last.text)
