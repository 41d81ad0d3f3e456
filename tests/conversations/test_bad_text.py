"""What people send by mistake where the review or an objection waits for a text: a sentence, and the field waits on."""

from __future__ import annotations

from sandbox import Person
from tests.conversations.conftest import FIRST, Stage
from tests.conversations.reviewed import answered_quarter, at_work, close_rating, form_group
from tests.conversations.test_form import photo
from tests.conversations.test_objections import shown
from tests.conversations.test_review import reviewer

ODD = "<b>粗</b> & {0} %s a\u202eb"


async def mistakes(person: Person) -> None:
    """A sticker, a picture, five thousand characters, white space and a changed message: nothing of it is taken."""
    await person.sends_sticker()
    await person.sees("这里用不上这类消息")
    await person.sends_photo(photo())
    await person.sees("这里需要文字")
    sent = await person.says("长" * 4096)
    await person.sees("超过 500 字")
    await person.edits(sent, "短")
    await person.sees("请重新发送一条新消息")


async def test_the_reason_of_another_draw(stage: Stage) -> None:
    """The committee's reason is taken as it was written, marks and all."""
    await answered_quarter(stage)
    zheng = await form_group(stage)
    await zheng.taps("🎲 重新抽取…")
    await mistakes(zheng)
    await zheng.says(ODD)
    await zheng.sees("已重抽 1 次，原因：<b>粗</b> & {0} %s ab")


async def test_the_groups_question_and_the_branchs_answer(stage: Stage) -> None:
    """Both sides write; each reads the other's words as they were written."""
    (wang,) = await at_work(stage, "王书记")
    feng = await reviewer(stage)
    await feng.says("/review")
    await feng.taps("❗ 第一党支部")
    await feng.taps("↩️ 退回支部")
    await feng.taps("3 个工作日")
    await mistakes(feng)
    await feng.says(ODD)
    await stage.settle()
    await wang.sees("<b>粗</b> & {0} %s ab")
    await wang.taps("🗂 支部初评")
    await wang.taps("💬 答复考核组")
    await mistakes(wang)
    await wang.says(ODD)
    await wang.sees("💬 支部答复：<b>粗</b> & {0} %s ab")
    await close_rating(stage, FIRST)
    await feng.sees("💬 支部答复：<b>粗</b> & {0} %s ab")


async def test_an_objection_and_its_answer(stage: Stage) -> None:
    """What the member objects and what he is answered."""
    zhang, li = await shown(stage, "张伟", "李委员")
    await zhang.taps("⚖️ 我有异议")
    await zhang.taps("思想先锋")
    await zhang.taps("主讲党课 6/6")
    await mistakes(zhang)
    await zhang.says(ODD)
    await stage.settle()
    await li.sees("<b>粗</b> & {0} %s ab")
    await li.taps("❌ 不成立")
    await mistakes(li)
    await li.says(ODD)
    await stage.settle()
    await zhang.sees("<b>粗</b> & {0} %s ab")
    await zhang.sees("❌ 不成立（李委员答复")
