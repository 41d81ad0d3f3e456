"""The month's form, as members live it."""

from __future__ import annotations

from tests.conversations.conftest import Stage


async def test_a_usual_month_takes_two_taps_after_the_card_arrives(stage: Stage) -> None:
    """A member whose month was as usual confirms and hands in."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("👍 其余如常（14）")
    await zhang.taps("📤 提交")
    await zhang.sees("已提交")
