"""Trying a table out on the command line: score, lint, schema, templates, and the way through Excel."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.catalog import load_catalog
from bot.cli.program import program
from bot.domain.accounts import Language
from bot.scoring import lint as linter
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.lint import Finding, Severity, lint
from bot.scoring.ruleset import default_ruleset, load_ruleset, load_template, template_names, template_text
from bot.views.findings import SENTENCES, finding_sentence
from bot.views.questions import QUESTIONS, question
from bot.views.rule_faults import MISFITS, misfit

SCORING = Path(linter.__file__).parent.parent


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.chdir(tmp_path)


def rules(*words: str) -> Result:
    """`xianfeng rules …`."""
    return CliRunner().invoke(program, ["rules", *words])


def written(name: str, text: str) -> str:
    """A file of this text; its name."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def own_table(items: str, step: str = "0.01") -> str:
    return written(
        "own.yaml",
        f"id: t\nversion: '1'\ntitle: t\nperiod: year\npolicies: {{rounding: {{step: {step}}}}}\nitems:\n{items}\n",
    )


def review(of: str, *weights: tuple[str, int], more: str = "") -> str:
    panels = ", ".join(f"{{id: {name}, label: {name}, weight: {weight}}}" for name, weight in weights)
    return f"  - {{id: all, label: 全部, kind: review, full: 5, of: {of}, {more} panels: [{panels}]}}"


TWO, THREE = (("a", 30), ("b", 70)), (("a", 1), ("b", 1), ("c", 1))
PROGRESS = "  - {id: a, label: a, kind: ratio, full: 30}\n  - {id: b, label: b, kind: ratio, full: 70}"
DEPOT = "politics: [{act: absent}, {act: late, count: 2}, {act: dues}], plus: [{act: contest_d}, {act: lecture}]"
DEEDS = (
    "appraisal: 90, deeds: [{act: flood_good}, {act: praise, marks: [named_media]}, "
    "{act: stability, count: 2, marks: [resolved]}]"
)
VOICES = "all: [{act: a, score: 3.6}, {act: b, score: 3.85}, {act: c, score: 3.85}]"
DAY_IN_THE_APP = ", ".join(
    f"{item}: [{{count: {times}, on: 2026-03-05}}]"
    for item, times in {"login": 3, "articles": 5, "video": 10, "favourite": 3, "like": 1}.items()
)
CASES = {
    "w1": ("web_guide_60", "2026", "study: 15, notes: 4, essays: 4", "20"),
    "w2": (review("5", *TWO), "2026", "all: [{act: a, score: 5}, {act: b, score: 3}]", "3.6"),
    "w3": (review("1", ("a", 70), ("b", 30)), "2026", "all: [{act: a, score: 0.8}, {act: b, score: 0.7}]", "3.85"),
    "w4": (review("5", *THREE), "2026", VOICES, "3.767"),
    "w5": (PROGRESS, "2026", "a: 12.5, b: 50", "38.75"),
    "w6": (review("5", *THREE, more="missing_panel: reweigh,"), "2026", "all: [{act: a, score: 5}, {act: b, score: 5}]",
           "5"),
    "d6": ("sanjin_xianfeng_app", "2026", DAY_IN_THE_APP, "6.5"),
    "d7": ("sanjin_xianfeng_app", "2026", "lapsed: [{count: 3, on: 2026-03-05}]", "-6"),
    "d8": ("sanjin_xianfeng_app", "2026", "general: 5", "20"),
    "d10": (
        "foreign_affairs_office", "2026",
        "basics: 12, training: [{score: 21}], essays: [{}, {marks: [city_award]}], lectures: 1", "88",
    ),
    "d11": ("base70_review20_contrib10", "2026", DEEDS, "98"),
    "d16": ("rail_depot_wagon", "2026-11", DEPOT, "-6"),
    "d18": ("hengfeng_qingdao", "2026Q4", "", "60"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_worked_case_comes_out_on_the_command_line(case: str) -> None:
    """The published and derived cases, exact to the last digit, as text and for programs."""
    table, period, facts, total = CASES[case]
    if table.startswith("  -"):
        table = own_table(table, "0.001" if case == "w4" else "0.01")
    sheet = written("facts.yaml", f"period: {period}\nfacts: {{{facts}}}\n")
    told = rules("score", table, sheet)
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[-1] == f"合计：{total}"
    document = json.loads(rules("score", table, sheet, "--json").stdout)
    assert float(document["total"]) == float(total)


def test_d12_a_veto_makes_it_zero() -> None:
    """As d11, with one veto."""
    sheet = written("facts.yaml", f"period: 2026\nfacts: {{{DEEDS}}}\nveto: [notice]\n")
    told = rules("score", "base70_review20_contrib10", sheet)
    assert "合计：0" in told.stdout
    assert json.loads(rules("score", "base70_review20_contrib10", sheet, "--json").stdout)["vetoed"] is True


def test_each_line_says_what_happened_and_what_cut_it() -> None:
    """Raw points, cap and the reviewer's own figure stand under the item."""
    sheet = written(
        "facts.yaml",
        "period: 2026-11\nfacts: {lecture: 3}\noverrides: [{item: pledge, points: 2, reason: 一项未兑现, by: '7'}]\n",
    )
    told = rules("score", "default", sheet).stdout
    lecture = told[told.index("主讲党课 6/6") :].splitlines()
    assert lecture[1].endswith("+9")
    assert lecture[2].endswith("−3")
    assert "党员承诺 2/4" in told
    assert "    · 改为 2 分：一项未兑现" in told


def test_a_silent_rule_is_a_question_to_the_organisation() -> None:
    """Dues under two heads, and the table does not say whether they count once."""
    both = DEPOT + ", masses: [{act: dues}]"
    told = rules("score", "rail_depot_wagon", written("facts.yaml", f"period: 2026-11\nfacts: {{{both}}}\n"))
    assert told.exit_code == 1
    assert "本表没有说明" in told.stderr
    assert "policies.double_heads" in told.stderr


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ("period: 2026\nfacts: {}", "本表按月计分"),
        ("period: 2026-11\nfacts: {odd: 1}", "表中没有 odd 这一项"),
        ("period: 2026-11\nfacts: {meetings: odd}", "三会一课 (meetings) 没有 odd 这一情形"),
        ("period: 2026-11\nfacts: {study: 1}\nmember_clas: A", "第 3 行"),
        ("period: [\n", "YAML"),
        ("", "第 1 行"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(facts: str, sentence: str) -> None:
    """Facts and files that fit nothing end with 1, a sentence, and no trace of the program."""
    told = rules("score", "default", written("facts.yaml", facts))
    assert told.exit_code == 1
    assert sentence in told.stderr
    assert "Traceback" not in told.output
    assert "Error" not in told.output


def test_a_faulty_table_names_line_key_and_what_was_expected() -> None:
    """The person who edits it is told where to look, in his language."""
    text = template_text("default").replace("line: 70", "line: many")
    line = text.splitlines().index("  line: many") + 1
    told = rules("lint", written("own.yaml", text))
    assert told.exit_code == 1
    assert f"第 {line} 行，policies.line：应为数字，实为 many" in told.stderr


def test_a_table_that_is_not_there() -> None:
    """Neither a file nor a template."""
    assert "没有名为 odd 的文件或模板" in rules("lint", "odd").stderr
    assert "odd.yaml" in rules("lint", "odd.yaml").stderr


def test_lint_ends_with_one_only_where_something_weighs() -> None:
    """The default's one finding is accepted; the published tables all have errors."""
    told = rules("lint", "default")
    assert told.exit_code == 0
    assert "duty_below_line" in told.stdout
    found = rules("lint", "sanjin_xianfeng_app")
    assert found.exit_code == 1
    assert "指尖上的形式主义" in found.stdout
    documents = json.loads(rules("lint", "sanjin_xianfeng_app", "--json").stdout)
    assert {document["code"] for document in documents} >= {"counts_clicks", "tier_overlap"}
    assert all(document["sentence"] for document in documents)


def test_a_clean_table_is_told_so() -> None:
    """Silence on a clean one."""
    text = template_text("default").replace("line: 70", "line: 60").partition("\naccepts:")[0]
    told = rules("lint", written("own.yaml", text))
    assert (told.exit_code, told.stdout.strip()) == (0, "未发现问题。")


def test_templates_are_listed_and_given_out_once() -> None:
    """A copy to begin with; a file that is there is not overwritten."""
    listed = rules("templates").stdout
    assert all(name in listed for name in template_names())
    assert rules("templates", "default", "--out", "own.yaml").exit_code == 0
    assert load_ruleset(Path("own.yaml").read_text(encoding="utf-8")) == default_ruleset()
    assert "已经存在" in rules("templates", "default", "--out", "own.yaml").stderr
    assert rules("templates", "default").stdout.strip() == template_text("default").strip()
    assert rules("templates", "odd").exit_code == 1


def test_the_schema_is_json() -> None:
    """For editors."""
    assert json.loads(rules("schema").stdout)["$schema"].endswith("schema")


def test_a_table_goes_through_excel_and_back() -> None:
    """Nothing is lost, and a workbook can be used wherever a table can."""
    assert rules("export", "default", "t.xlsx").exit_code == 0
    assert rules("import", "t.xlsx", "--out", "back.yaml").exit_code == 0
    assert load_ruleset(Path("back.yaml").read_text(encoding="utf-8")) == default_ruleset()
    assert rules("lint", "t.xlsx").exit_code == 0
    Path("bad.xlsx").write_bytes(b"PK\x03\x04 no zip")
    told = rules("import", "bad.xlsx", "--out", "bad.yaml")
    assert told.exit_code == 1
    assert "损坏" in told.stderr
    assert not Path("bad.yaml").exists()


# ── every code has its sentence ───────────────────────────────────────────────────────────────────────────────────────


def _codes(pattern: str) -> set[str]:
    return {found for path in SCORING.rglob("*.py") for found in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_every_finding_has_its_sentence_in_both_languages() -> None:
    """Whatever the linter says of the shipped tables can be told."""
    named = _codes(r'\b(?:error|warning)\(\s*"(\w+)"')
    built = {f"{what}_{how}" for what in ("band", "tier", "step") for how in ("gap", "overlap")} | {"band_half_points"}
    assert set(SENTENCES) == named | built
    for words in load_catalog().values():
        for name in template_names():
            assert all(finding_sentence(words, one) for one in lint(load_template(name)))
        odd = Finding("part_unreachable", Severity.WARNING, "a", {"label": "甲", "full": 1, "most": 0})
        assert "甲" in finding_sentence(words, odd)


def test_every_question_and_every_misfit_has_its_sentence() -> None:
    """Nothing that the engine may ask or refuse is without words."""
    rules_ = default_ruleset()
    asked = _codes(r'RuleSilentError\(\s*"(\w+)"') | {
        f"{what}_{how}" for what in ("band", "tier", "step") for how in ("gap", "overlap")
    }
    assert set(QUESTIONS) == asked | {"month_to_quarter", "quarter_to_year"}
    assert set(MISFITS) == _codes(r'FactError\(\s*"(\w+)"')
    every = dict.fromkeys(
        ("item", "act", "grade", "value", "below", "above", "low", "high", "on", "period", "expected", "count", "panel",
         "points", "length", "member_class"), "x",
    )  # fmt: skip
    for words in load_catalog({Language.ZH, Language.EN}).values():
        assert all(
            question(words, RuleSilentError(code, policy="line", item="post", act="x", grade="full"), rules_)
            for code in asked
        )
        assert all(misfit(words, FactError(code, **every), rules_) for code in MISFITS)


@pytest.mark.parametrize(
    "fault",
    [
        "items:\n  - {id: a, label: a, kind: add, acts: [{id: x, label: x, each: many}]}",
        "items:\n  - {id: a, label: a, kind: odd}",
        "items:\n  - {id: a, label: a}",
        "items:\n  - {id: a, label: a, kind: add, acts: []}",
        "items:\n  - {id: a, label: a, kind: add, acts: 3}",
        "items:\n  - {id: a, label: a, kind: ratio, full: 3, colour: red}",
        "items:\n  - {id: A-1, label: a, kind: ratio, full: 3}",
        "items:\n  - {id: a, label: [], kind: ratio, full: 1.1234567}",
        "items:\n  - {id: a, label: a, kind: ratio, full: 999999}",
        "items:\n  - {id: a, label: a, kind: ratio, full: 3, of: 0}",
        "items:\n  - {id: a, label: a, kind: ratio, full: 3, may_pass: perhaps}",
        "items:\n  - {id: a, label: a, kind: ratio, full: 3, part: odd}",
        "items:\n  - {id: a, label: a, kind: shortfall, full: 1, target: 1}",
        "items:\n  - {id: a, label: a, kind: add, acts: [{id: x, label: x, each: 1, range: [1, 2]}]}",
        "items:\n  - {id: a, label: a, kind: add, acts: [{id: x, label: x, range: [3, 2]}]}",
        "items:\n  - {id: a, label: a, kind: tier, when_silent: z, grades: [{id: g, label: g, points: 1}]}",
        "bands:\n  - {id: b, label: b, at_least: 3, range: [1, 2]}",
        "bands:\n  - {id: b, label: b, quota: {share: 2}}",
        "classes: [{id: c, label: c, starts: {a: 1}}]",
        "period: week",
        "effective_from: soon",
        "year_starts: 13",
        "policies: {publicity_days: 1.5, line: high, bonus_may_pass: 3}",
        "accepts: 3",
        "veto: 3",
    ],
)
def test_every_fault_is_told_in_chinese(fault: str) -> None:
    """None of the checking library's English reaches the person who edits a table."""
    told = rules("lint", written("own.yaml", f"id: t\nversion: '1'\ntitle: t\n{fault}\n"))
    assert told.exit_code == 1
    assert "应为" in told.stderr
    assert not re.search(r"[Ii]nput|should|valid|expected", told.stderr), told.stderr
