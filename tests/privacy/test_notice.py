"""What a person is told before anything is stored about him, and that it is noted what he agreed to."""

from __future__ import annotations

import pytest

from bot.domain.retention import NOTICE_VERSION
from bot.storage.schema import account
from bot.usecases.people import give_notice
from tests.conversations.closing import asks
from tests.conversations.conftest import Stage


async def agreed(stage: Stage) -> list[tuple[int | None, bool]]:
    """The version that each account agreed to, and whether it is known when."""
    async with stage.app.core.store.read() as tx:
        rows = await tx.connection.execute(account.select())
        return [(row.notice_version, row.notice_accepted_at is not None) for row in rows]


async def test_the_question_says_in_two_lines_what_is_stored(stage: Stage) -> None:
    """What, for what, how long, who sees it; the whole is a button away and leaves the question where it is."""
    zhang = stage.box.person("张伟")
    await zhang.says(f"/start {stage.tokens['张伟']}")
    await zhang.sees("保存")
    assert "可见" in zhang.last.text
    assert "次年年底" in zhang.last.text
    await zhang.taps("🔏 查看完整告知书")
    await zhang.sees("个人信息告知书 · 第 1 版")
    assert await agreed(stage) == []
    await zhang.taps("✅ 是，绑定")
    assert await agreed(stage) == [(NOTICE_VERSION, True)]


async def test_the_ledger_notes_which_notice_was_agreed_to(stage: Stage) -> None:
    """The account may go; that there was an agreement stays provable."""
    await stage.person("张伟")
    async with stage.app.core.store.read() as tx:
        bound = [entry for entry in await tx.ledger.entries() if entry.kind == "account_bound"]
    assert [entry.body for entry in bound] == [f'{{"notice":{NOTICE_VERSION}}}']


async def test_everybody_can_read_the_notice(stage: Stage) -> None:
    """A stranger, too, in his language; in a group it is personal."""
    stranger, zhang = stage.box.person("路人"), await stage.person("张伟")
    assert "保存多久" in await asks(stage, stranger, "/privacy")
    assert "90 天" in await asks(stage, zhang, "/privacy")
    group = stage.box.group("支部群", owner=zhang)
    await zhang.says("/privacy", group)
    await stage.box.idle()
    assert "保存多久" not in zhang.screen(group)


async def test_a_new_version_is_told_once_and_can_be_agreed_to(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next morning, to everybody bound; whoever binds later agrees to the new one at once."""
    zhang, zhao = await stage.persons("张伟", "赵敏")
    _raise_version(monkeypatch)
    await stage.travel("2026-10-21 09:00")
    for person in (zhang, zhao):
        await person.sees("个人信息告知书已更新")
    assert (await zhang.taps("✅ 我已阅读")).answer.text == "已记录，谢谢。"
    await stage.travel("2026-10-23 09:00")
    assert zhao.screen().count("个人信息告知书已更新") == 1
    assert sorted(await agreed(stage)) == [(1, True), (2, True)]


def _raise_version(monkeypatch: pytest.MonkeyPatch) -> None:
    import bot.delivery.privacy_letters
    import bot.usecases.people.bind
    import bot.views.privacy

    for module in (give_notice, bot.usecases.people.bind, bot.views.privacy, bot.delivery.privacy_letters):
        monkeypatch.setattr(module, "NOTICE_VERSION", NOTICE_VERSION + 1)
