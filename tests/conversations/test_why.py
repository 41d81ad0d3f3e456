"""为什么是这个分: every code has a sentence, every line its reason, and only the owner reads it."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.domain.actions.menu import ShowWhy
from bot.scoring.acts import LENGTHS
from bot.scoring.facts import Fact
from bot.scoring.results import Cut, Reason
from bot.views.explanation import CUTS, REASONS, cut_sentence, reason_sentence
from bot.views.pages import PAGE_UNITS, paged
from tests.conversations.closing import MORE, asks, close, rated_with
from tests.conversations.conftest import Stage
from tests.conversations.rated import forge, form_of

SCORING = Path(__file__).resolve().parents[2] / "bot" / "scoring"
PARAMS = {
    name: Decimal(2)
    for name in ("count", "points", "target", "counted", "missing", "score", "of", "full", "weight", "by", "last",
                 "above", "share")
} | dict.fromkeys(("label", "unit", "act", "grade", "panel", "item", "member_class"), "甲")  # fmt: skip


def codes_given_to(*names: str) -> set[str]:
    """The first argument, where it is a plain text, of every call of these names in the rooms that make a score."""
    found = set()
    for path in SCORING.glob("*.py"):
        if path.name == "outcomes.py":  # Proposals of the year, not explanations of points.
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in names:
                    found.add(node.args[0].value)
    return found


def test_every_reason_of_the_scoring_has_a_sentence_and_no_sentence_is_idle() -> None:
    """A new reason without words would break somebody's /why."""
    assert codes_given_to("because", "Reason") == set(REASONS)


def test_every_cut_of_the_scoring_has_a_sentence_and_no_sentence_is_idle() -> None:
    """The caps on a stretch of time carry its name."""
    assert codes_given_to("cut", "Cut") | {f"cap_{length}" for length in LENGTHS} == set(CUTS)


@pytest.mark.parametrize("language", Language)
def test_every_sentence_can_be_said_in_both_languages(language: Language) -> None:
    """No field is missing and nothing is left unsaid."""
    words = load_catalog()[language]
    for code in REASONS:
        assert reason_sentence(words, Reason(code, PARAMS)).strip()
    for code in CUTS:
        assert cut_sentence(words, Cut(code, "item", Decimal("1.5"), Decimal(4))).strip()


@given(st.lists(st.text(min_size=1, max_size=2000), max_size=30))
def test_pages_hold_every_block_once_and_fit_a_message(texts: list[str]) -> None:
    """Nothing is torn, lost or doubled, however long it is."""
    blocks = [Markup.escape(text) for text in texts]
    pages = paged(blocks)
    assert [block for page in pages for block in page] == blocks
    for page in pages:
        size = sum(len(block.encode("utf-16-le")) // 2 + 1 for block in page)
        assert len(page) <= 1 or size <= PAGE_UNITS


async def test_each_line_tells_facts_caps_and_rules(stage: Stage) -> None:
    """What was said, what a cap took away, and by which version of the rules."""
    claimed = {"lecture": (Fact("lecture", count=3),), "meetings": (Fact("meetings", act="late", count=1),)}
    (zhang,) = await rated_with(stage, "张伟", 张伟=claimed)
    why = await asks(stage, zhang, "/why")
    assert "❓ 2026年10月：64 分" in why
    assert "主讲党课 6/6\n　· 主讲或发言 3 次：+9\n　· 封顶 6 分：−3" in why
    assert "三会一课 10/12\n　· 迟到早退 1 次：−2" in why
    assert "本人自评：10月25日 09:00 提交" in why
    assert "支部初评：尚未进行，以上为暂计积分。" in why
    assert "依据：先锋积分默认积分表（2026.1 版）" in why


async def test_it_tells_who_decided_and_what_was_adjusted(stage: Stage) -> None:
    """The rater's name, the day, the points and the reason."""
    (zhang,) = await rated_with(stage, "张伟", 张伟=MORE)
    form = await form_of(stage, "张伟")
    override = {"item": "lecture", "points": "3", "reason": "只讲了一次", "by": 1, "at": "2026-10-25T02:00:00+00:00"}
    async with stage.app.core.store.write() as tx:
        await tx.forms.change(form, overrides=[override])
    await close(stage)
    why = await asks(stage, zhang, "/why")
    assert "✏️ 王书记 10月25日 10:00 改为 3 分：只讲了一次" in why
    assert "支部初评：王书记 已通过，10月25日 09:00" in why
    assert "❓ 2026年10月：70 分" in why


async def test_months_can_be_paged_back(stage: Stage) -> None:
    """One button a month, the newest first."""
    (zhang,) = await stage.open_october("张伟")
    await stage.travel("2026-11-25 09:00")
    assert "2026年11月" in await asks(stage, zhang, "/why")
    await zhang.taps("2026年10月")
    await zhang.sees("❓ 2026年10月：60 分")


async def test_very_long_notes_are_spread_over_pages(stage: Stage) -> None:
    """Twenty notes of five hundred characters: nothing is cut, everything can be reached."""
    (zhang,) = await stage.open_october("张伟")
    form = await form_of(stage, "张伟")
    async with stage.app.core.store.write() as tx:
        rules = await tx.periods.rules(form.ruleset_id)
        await tx.forms.change(form, notes={item.id: f"{item.label}" + "长<b>" * 120 for item in rules.items})
    await asks(stage, zhang, "/why")
    seen, pages = "", int(next(label for label in zhang.last.labels if "/" in label).split("/")[1])
    assert pages > 2
    for page in range(pages):
        seen += zhang.last.text
        assert f"{page + 1} / {pages}" in zhang.last.labels
        if page + 1 < pages:
            await zhang.taps("›")
    assert all(f"📝 {item.label}" in seen for item in rules.items)


@pytest.mark.parametrize("month", ["2031-01", "2026-13", "x", "2026Q4"])
async def test_a_month_that_is_not_his_is_refused(stage: Stage, month: str) -> None:
    """Forged or future: a sentence, never a stack trace."""
    (zhang,) = await stage.open_october("张伟")
    tap = await forge(zhang, ShowWhy(month, 99))
    assert tap.answer.text


@pytest.mark.parametrize("command", ["/form", "/why", "/score"])
async def test_before_the_first_form_its_day_is_told(stage: Stage, command: str) -> None:
    """A member who is bound before the first month opens, and the way back to the menu."""
    (zhang,) = await stage.persons("张伟")
    assert "2026年10月25日" in await asks(stage, zhang, command)
    await zhang.taps("‹ 菜单")
    await zhang.sees("第一党支部")


@pytest.mark.parametrize("command", ["/board", "/portrait"])
async def test_before_the_first_results_their_day_is_told(stage: Stage, command: str) -> None:
    """The fourth quarter is to be published on 15 January 2027."""
    (zhang,) = await stage.persons("张伟")
    assert "2027年1月15日" in await asks(stage, zhang, command)
    await zhang.taps("‹ 菜单")
    await zhang.sees("第一党支部")


async def test_points_and_why_agree_on_a_month_that_is_not_handed_in(stage: Stage) -> None:
    """While it is filled in, it counts nowhere; when the month is over, it counts in both as it stands."""
    (zhang,) = await stage.open_october("张伟")
    assert "10月：– 分（填写中）" in await asks(stage, zhang, "/score")
    why = await asks(stage, zhang, "/why")
    assert "❓ 2026年10月：– 分" in why
    assert "按目前所填暂为 60 分" in why
    await stage.travel("2026-11-03 09:00")
    assert "10月：60 分（未提交）" in await asks(stage, zhang, "/score")
    assert "❓ 2026年10月：60 分" in await asks(stage, zhang, "/why")


async def test_a_grade_that_nobody_gave_is_not_told_as_a_reason(stage: Stage) -> None:
    """The appraisal is not imported yet: "as the rules have it", and not "others: 0 points"."""
    (zhang,) = await stage.open_october("张伟")
    why = await asks(stage, zhang, "/why")
    assert "绩效考核 0/6" in why
    assert "其他：0 分" not in why
