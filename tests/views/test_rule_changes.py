"""What a new table changes, as members read it."""

from __future__ import annotations

import pytest

from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.scoring.policies import Policies
from bot.scoring.ruleset import default_ruleset, load_ruleset, load_template, template_names, template_text
from bot.views.rule_changes import POLICY_NAMES, SENTENCES, Change, change_sentence, changes

ZH = load_catalog()[Language.ZH]


def told(*replaced: tuple[str, str]) -> list[str]:
    """The sentences for these changes of the default table."""
    text = template_text("default")
    for before, after in replaced:
        assert before in text
        text = text.replace(before, after, 1)
    found = changes(default_ruleset(), load_ruleset(text))
    return [change_sentence(ZH, one).striptags() for one in found]


def test_the_same_table_changes_nothing() -> None:
    """Neither do another version, title or hint."""
    renamed = (
        ("先锋积分默认积分表", "另一张表"),
        ('version: "2026.1"', 'version: "9"'),
        ("hint: 按时足额缴纳", "hint: 按时"),
    )
    assert told(*renamed) == []


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("label: 主讲或发言, each: 3", "label: 主讲或发言, each: 2", "✏️ 主讲党课 · 主讲或发言：3 → 2 分"),
        ("label: 未执行, each: 3", "label: 未执行, each: 2.5", "✏️ 执行决议 · 未执行：3 → 2.5 分"),
        ("label: 部分完成, points: 6", "label: 部分完成, points: 5", "✏️ 岗位职责 · 部分完成：6 → 5 分"),
        ("duty\n    kind: add\n    full: 8", "duty\n    kind: add\n    full: 6", "✏️ 业务创新攻坚：8 → 6 分"),
        ("each_missing: 3", "each_missing: 2", "✏️ 学习任务：计分办法有调整"),
        ("units: 2, points: 1", "units: 3, points: 1", "✏️ 志愿服务：计分办法有调整"),
        ("label: 党员承诺", "label: 履诺", "✏️ 党员承诺 → 履诺"),
        ("label: 贡献积分, full: 10", "label: 贡献积分, full: 12", "✏️ 贡献积分：10 → 12 分"),
        ("full: 60, duty: true", "full: 60, start: 5, duty: true", "✏️ 基础积分起始分：0 → 5 分"),
        ("full: 30}", "full: 30, weight: 2}", "✏️ 先锋模范积分：计分办法有调整"),
        ("total: {full: 100}", "total: {full: 120}", "✏️ 总分满分：100 → 120"),
        ("total: {full: 100}", "total: {full: 100, floor: 0}", "✏️ 总分的起点或下限"),
        ("  cap: 10\n  per: year", "  cap: 5\n  per: year", "✏️ 独立加分：10 → 5 分"),
        ("per: year\n  items", "per: period\n  items", "✏️ 独立加分：计分办法有调整"),
        ("label: 违反法律法规", "label: 违法", "✏️ 一票否决的情形"),
        ("line: 70", "line: 65", "✏️ 警戒线：70 → 65 分"),
        ("publicity_days: 5", "publicity_days: 7", "✏️ 重新约定：公示天数"),
    ],
)  # fmt: skip
def test_one_difference_is_one_sentence(before: str, after: str, sentence: str) -> None:
    """Points with before and after; what is no number by its name."""
    assert told((before, after)) == [sentence]


def test_items_and_parts_that_come_and_go_are_named() -> None:
    """Any two published tables can be compared, and every sentence exists in both languages."""
    languages = load_catalog().values()
    for name in template_names():
        for one in (*changes(default_ruleset(), load_template(name)), *changes(load_template(name), default_ruleset())):
            for words in languages:
                assert change_sentence(words, one)
    codes = {one.code for name in template_names() for one in changes(default_ruleset(), load_template(name))}
    assert {"item_added", "item_removed", "part_added", "part_removed", "groups", "classes", "bands"} <= codes


def test_every_policy_has_its_name() -> None:
    """A new policy key without one fails here."""
    assert set(POLICY_NAMES) == set(Policies.model_fields) - {"line"}
    for words in load_catalog().values():
        assert all(name(words) for name in POLICY_NAMES.values())


def test_names_of_items_cannot_bring_markup() -> None:
    """A label is text."""
    assert "&lt;b&gt;" in change_sentence(ZH, Change("item_added", "<b>"))
    assert set(SENTENCES) >= {"points", "counting"}
