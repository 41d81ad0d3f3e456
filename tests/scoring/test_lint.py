"""The linter finds each trap and is silent on a clean table."""

import pytest

from bot.scoring.lint import Severity, lint
from bot.scoring.ruleset import default_ruleset, load_ruleset, load_template, template_text

CLEAN = """
id: clean
version: "1"
title: t
period: month
total: {full: 100}
parts: [{id: base, label: b, full: 70, duty: true}, {id: plus, label: p, full: 30}]
items:
  - {id: duties, label: 岗位职责, part: base, kind: deduct, full: 70, acts: [{id: absent, label: 无故缺席, each: 5}]}
  - {id: extra, label: 志愿服务, part: plus, kind: add, full: 30, acts: [{id: absent, label: 参加, each: 5}]}
bands: [{id: good, label: 优秀, at_least: 90}, {id: fair, label: 合格, at_least: 70}]
policies:
  month_to_quarter: mean
  quarter_to_year: mean
  rounding: {step: 0.01}
  bonus_may_pass: true
  top_share: {share: 0.1, rounding: ceil, ties: all_in}
  rank_ties: skip
  bands_as: thresholds
  line: 70
  publicity_days: 5
  objection_days: 5
  answer_days: 5
  correction_months: 3
  group_branches: 3
"""


def found(text):
    return [(one.code, one.where) for one in lint(load_ruleset(text))]


def test_a_clean_table_is_silent():
    """Nothing to say is said about a table without traps."""
    assert found(CLEAN) == []


EXTRA = "  - {id: extra, label: 志愿服务, part: plus, kind: add, full: 30, acts: [{id: absent, label: 参加, each: 5}]}"
BANDS = "bands: [{id: good, label: 优秀, at_least: 90}, {id: fair, label: 合格, at_least: 70}]"


@pytest.mark.parametrize(
    ("was", "now", "code", "where"),
    [
        ("  line: 70\n", "", "policy_missing", "policies.line"),
        ("rounding: ceil, ", "", "policy_missing", "policies.top_share.rounding"),
        (", ties: all_in", "", "policy_missing", "policies.top_share.ties"),
        ("objection_days: 5", "objection_days: 10", "objection_window", "policies.objection_days"),
        ("line: 70", "line: 101", "line_unreachable", "policies.line"),
        ("total: {full: 100}", "total: {full: 69}", "line_unreachable", "policies.line"),
        ("line: 70", "line: 71", "duty_below_line", "policies.line"),
        ("at_least: 90", "at_least: 101", "band_unreachable", "good"),
        ("{id: base, label: b, full: 70", "{id: base, label: b, full: 71", "part_unreachable", "base"),
        ("each: 5}]}\nbands", "range: [1, 9]}]}\nbands", "range_wide", "extra.absent"),
        ("label: 参加, each: 5", "label: 参加", "no_worth", "extra.absent"),
        ("志愿服务", "每日登录", "counts_clicks", "extra"),
        ("志愿服务", "朋友圈转发", "counts_clicks", "extra"),
        ("志愿服务", "线上签到", "counts_clicks", "extra"),
        ("志愿服务", "安装应用", "counts_clicks", "extra"),
        ("志愿服务", "daily log-in", "counts_clicks", "extra"),
        ("label: 参加,", "label: 给文章点赞,", "counts_clicks", "extra"),
        ("志愿服务", "学习平台在线学习时长", "counts_clicks", "extra"),
        ("part: plus, ", "", "no_part", "extra"),
    ],
)
def test_each_trap_is_found_where_it_stands(was, now, code, where):
    """One trap put into the clean table is found, with its place."""
    assert (code, where) in found(CLEAN.replace(was, now))


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ("{id: a, label: a, at_least: 90}, {id: b, label: b, range: [80, 89]}", "band_half_points"),
        ("{id: a, label: a, at_least: 90}, {id: b, label: b, range: [80, 85]}", "band_gap"),
        ("{id: a, label: a, more_than: 90}, {id: b, label: b, less_than: 90}", "band_half_points"),
        ("{id: a, label: a, at_least: 90}, {id: b, label: b, range: [80, 90]}", "band_overlap"),
        ("{id: a, label: a, at_least: 85}, {id: b, label: b, range: [80, 90]}", "band_overlap"),
        ("{id: a, label: a, at_least: 85}, {id: b, label: b, at_least: 85}", "band_overlap"),
        ("{id: a, label: a, at_least: 60}, {id: b, label: b, range: [70, 80]}", "band_overlap"),
        ("{id: a, label: a, at_most: 85}, {id: b, label: b, at_most: 85}", "band_overlap"),
    ],
)
def test_bands_with_holes_and_overlaps(bands, code):
    """89.5 between 80–89 and 90 is nowhere; 90 in two bands is in both."""
    text = CLEAN.replace(BANDS, f"bands: [{bands}]").replace("bands_as: thresholds", "bands_as: ranges")
    assert found(text) == [(code, "bands")]


def test_bands_that_touch_are_clean():
    """At least 90, from 80 to less than 90, less than 80: every number has one band."""
    bands = "{id: a, label: a, at_least: 90}, {id: b, label: b, at_least: 80, less_than: 90}"
    assert found(CLEAN.replace(BANDS, f"bands: [{bands}, {{id: c, label: c, less_than: 80}}]")) == []


def test_a_common_cap_counts_once_towards_what_can_be_reached():
    """Two items of 30 under a common cap of 20 leave a part of 30 unreachable."""
    both = EXTRA + "\n" + EXTRA.replace("id: extra", "id: more").replace("志愿服务", "助残")
    text = CLEAN.replace(EXTRA, both)
    assert found(text) == []
    assert found(f"{text}groups: [{{id: g, label: g, items: [extra, more], pick: best}}]") == []
    assert ("part_unreachable", "plus") in found(
        text.replace("full: 30, acts", "full: 20, acts")
        + "groups: [{id: g, label: g, items: [extra, more], pick: best}]"
    )
    assert found(f"{text}groups: [{{id: g, label: g, items: [extra, more], cap: 20}}]") == [
        ("part_unreachable", "plus")
    ]


@pytest.mark.parametrize(("item", "most"), [("cap: 2", 102), ("full: 3", 103), ("full: 3, cap: 2", 102)])
def test_what_is_carried_over_can_be_reached(item, most):
    """A carry-over lifts what can be reached by its cap; without one there is no end."""

    def unreachable(ends, line):
        carry = f"{EXTRA}\n  - {{id: last, label: 结转, kind: carry, share: 0.1, {ends}}}"
        text = CLEAN.replace(EXTRA, carry).replace("total: {full: 100}", "").replace("line: 70", f"line: {line}")
        return ("line_unreachable", "policies.line") in found(text)

    assert not unreachable(item, most)
    assert unreachable(item, most + 1)
    assert not unreachable("", 9999)


def test_where_everything_is_earned_nothing_is_below_the_line():
    """A table that only adds, from zero, does not say what is duty; the linter does not guess."""
    earned = CLEAN.replace("kind: deduct, full: 70", "kind: add, full: 70").replace(", duty: true", "")
    assert found(earned) == []


def test_ranges_where_thresholds_are_promised():
    """A table that says it uses thresholds and prints ranges is told."""
    bands = "bands: [{id: a, label: a, range: [90, 100]}]"
    assert ("bands_not_thresholds", "a") in found(CLEAN.replace(BANDS, bands))


def with_extra(item):
    return found(CLEAN.replace(EXTRA, f"  - {{id: extra, label: e, part: plus, full: 30, {item}}}"))


@pytest.mark.parametrize(
    ("item", "code", "where"),
    [
        (
            (
                "kind: tier, when_silent: none, grades: "
                "[{id: a, label: a, range: [7, 30], points: 1}, {id: b, label: b, at_least: 60, points: 30}]"
            ),
            "tier_gap",
            "extra",
        ),
        (
            (
                "kind: add, acts: [{id: x, label: x, grades: "
                "[{id: a, label: a, at_most: 7, points: 1}, {id: b, label: b, at_least: 7, points: 2}]}]"
            ),
            "tier_overlap",
            "extra.x",
        ),
        ("kind: shortfall, target: 9, steps: [{at_most: 2, cut: 1}, {at_least: 4, cut: 9}]", "step_gap", "extra"),
        (
            "kind: tier, when_silent: a, grades: [{id: a, label: a, points: 30}, {id: b, label: b}]",
            "no_worth",
            "extra.b",
        ),
        ("kind: review, panels: [{id: a, label: a, weight: 1}]", "policy_missing", "extra"),
    ],
)
def test_traps_inside_an_item(item, code, where):
    """Tiers and steps with holes, a grade without points, a review that is silent on a missing panel."""
    assert with_extra(item) == [(code, where)]


def test_a_review_is_told_which_key_it_lacks():
    """A finding about a missing panel names the key that settles it."""
    item = "kind: review, panels: [{id: a, label: a, weight: 1}]"
    (one,) = lint(load_ruleset(CLEAN.replace(EXTRA, f"  - {{id: extra, label: e, part: plus, full: 30, {item}}}")))
    assert one.params == {"key": "missing_panel"}


@pytest.mark.parametrize(
    ("item", "clean"),
    [("full: 30, points: 40", True), ("points: 30", True), ("points: 29", False), ("full: 29, points: 40", False)],
)
def test_a_tier_brings_its_best_grade_within_its_full_points(item, clean):
    """A part of 30 is filled by a grade of 30, or by a better one that is held to 30."""
    full, _, points = item.rpartition("points: ")
    grades = f"grades: [{{id: ok, label: o, points: {points}}}]"
    tier = f"  - {{id: extra, label: e, part: plus, {full}kind: tier, when_silent: none, {grades}}}"
    assert found(CLEAN.replace(EXTRA, tier)) == ([] if clean else [("part_unreachable", "plus")])


@pytest.mark.parametrize(("kind", "clean"), [("add", True), ("either", False)])
def test_of_several_ways_only_the_best_can_fill_a_part(kind, clean):
    """Two acts of at most 20 fill a part of 30 together, but not where one of them counts."""
    acts = ", ".join(f"{{id: {name}, label: 参加, each: 5, cap: 20}}" for name in "ab")
    either = f"  - {{id: extra, label: e, part: plus, kind: {kind}, acts: [{acts}]}}"
    assert (("part_unreachable", "plus") in found(CLEAN.replace(EXTRA, either))) is not clean


def test_a_word_at_the_end_of_an_act_is_found():
    """Likes are found also where another act follows."""
    acts = "acts: [{id: a, label: likes, each: 5}, {id: b, label: 参加, each: 5}]"
    assert with_extra(f"kind: add, {acts}") == [("counts_clicks", "extra")]


def test_one_act_under_two_heads():
    """The same words under two items are found, however spaced; once answered, it is settled."""
    doubled = CLEAN.replace("label: 无故缺席", "label: 党费不按时足额").replace(
        "label: 参加", "label: 党费 不按时、足额"
    )
    assert found(doubled) == [("act_under_two_heads", "extra.absent")]
    assert found(doubled + "  double_heads: once\n") == [("act_under_two_heads", "extra.absent")]
    linked = doubled.replace("党费 不按时、足额", "党费 不按时、足额, same_as: duties.absent")
    assert found(linked) == [("act_under_two_heads", "extra.absent")]
    assert found(linked + "  double_heads: once\n") == []


def test_one_item_under_two_parts():
    """The same item in two parts is found by its own name where its acts say only how it went."""
    (wide,) = lint(load_ruleset(CLEAN.replace("label: 参加, each: 5", "label: 参加, range: [1, 9]")))
    assert {name: str(value) for name, value in wide.params.items()} == {"label": "参加", "low": "1", "high": "9"}
    doubled = CLEAN.replace("label: 岗位职责", "label: 志愿服务").replace("label: 参加", "label: 无故缺席")
    assert found(doubled) == [("act_under_two_heads", "extra.absent")]


def test_silence_that_costs_a_duty():
    """A duty whose ungraded members get less than the best grade is told."""
    grades = "[{id: ok, label: o, points: 70}, {id: bad, label: b, points: 0}]"
    item = f"kind: tier, full: 70, when_silent: bad, grades: {grades}"
    text = CLEAN.replace("kind: deduct, full: 70, acts: [{id: absent, label: 无故缺席, each: 5}]", item)
    assert found(text) == [("silence_deducts", "duties")]


@pytest.mark.parametrize(
    ("period", "cap", "drowns"),
    [
        ("month", "day: 2", False),
        ("month", "day: 3", True),
        ("quarter", "month: 23", False),
        ("quarter", "month: 24", True),
    ],
)
def test_a_cap_a_day_is_counted_through_the_period(period, cap, drowns):
    """Three a day are 93 in a month, more than all the rest of 70; 24 a month are 72 in a quarter."""
    free = CLEAN.replace("parts: [{id: base, label: b, full: 70, duty: true}, {id: plus, label: p, full: 30}]", "")
    free = free.replace("part: base, ", "").replace("part: plus, ", "").replace("period: month", f"period: {period}")
    assert found(free.replace("kind: add, full: 30", f"kind: add, cap: {{{cap}}}")) == (
        [("adds_drown", "extra")] if drowns else []
    )


def test_what_a_finding_says():
    """The numbers and names that the words need."""
    (one,) = lint(load_ruleset(CLEAN.replace("line: 70", "line: 101")))
    assert {name: str(value) for name, value in one.params.items()} == {"line": "101", "most": "100"}
    (gap,) = lint(load_ruleset(CLEAN.replace("at_least: 70", "at_least: 70, at_most: 85")))
    assert {name: str(value) for name, value in gap.params.items()} == {"below": "85", "above": "90"}
    doubled = CLEAN.replace("label: 岗位职责", "label: 志愿服务").replace("label: 参加", "label: 无故缺席")
    (twice,) = lint(load_ruleset(doubled))
    assert twice.params == {"label": "志愿服务无故缺席", "first": "duties.absent"}


def test_adds_that_drown_the_rest():
    """An addition that nothing caps, one that outweighs all the rest, and a bonus without a cap."""
    free = CLEAN.replace("parts: [{id: base, label: b, full: 70, duty: true}, {id: plus, label: p, full: 30}]", "")
    free = free.replace("part: base, ", "").replace("part: plus, ", "")
    assert found(free) == []
    assert found(free.replace("kind: add, full: 30", "kind: add")) == [("adds_drown", "extra")]
    assert ("adds_drown", "extra") in found(free.replace("kind: add, full: 30", "kind: add, full: 71"))
    assert found(free.replace("kind: add, full: 30", "kind: add, full: 70")) == []
    assert ("adds_drown", "extra") in found(free.replace("kind: add, full: 30", "kind: add, cap: {day: 3}"))
    bonus = "bonus: {items: [{id: prize, label: p, kind: add, acts: [{id: x, label: x, each: 3}]}]}"
    assert found(f"{CLEAN}{bonus}") == [("adds_drown", "bonus")]


def test_a_common_cap_keeps_an_addition_from_drowning_the_rest():
    """Two additions without caps of their own drown the rest, unless their group holds them."""
    free = CLEAN.replace("parts: [{id: base, label: b, full: 70, duty: true}, {id: plus, label: p, full: 30}]", "")
    free = free.replace("part: base, ", "").replace("part: plus, ", "").replace("kind: add, full: 30", "kind: add")
    more = "  - {id: more, label: 助残, kind: add, acts: [{id: absent, label: 参加, each: 5}]}"
    both = free.replace("\nbands", f"\n{more}\nbands")
    assert found(both) == [("adds_drown", "extra"), ("adds_drown", "more")]
    assert found(f"{both}groups: [{{id: g, label: g, items: [extra, more], cap: 30}}]") == []
    third = f"{both}groups: [{{id: g, label: g, items: [duties, more], cap: 90}}]"
    assert found(third) == [("adds_drown", "extra")]


def test_quotas_and_exemptions_need_their_policies():
    """A quota asks for its rounding and its choice, an exempt item for what it counts."""
    quota = CLEAN.replace("at_least: 90", "at_least: 90, quota: {share: 1/3}")
    assert found(quota) == [("policy_missing", "policies.quota_choice"), ("policy_missing", "policies.quota_rounding")]
    exempt = f"{CLEAN}classes: [{{id: ill, label: i, exempt: [extra]}}]"
    assert found(exempt) == [("policy_missing", "policies.exempt_item")]


def test_errors_come_first():
    """What keeps a table from being adopted stands above what is only to be seen."""
    weights = [one.severity for one in lint(load_template("rail_depot_wagon"))]
    assert weights == sorted(weights)
    assert set(weights) == {"error", "warning"}


def test_what_a_dutiful_member_has():
    """A start of ten, a part that starts at five, and an item from full: 35, five below a line of 40."""
    text = CLEAN.replace("total: {full: 100}", "total: {start: 10}").replace("line: 70", "line: 40")
    text = text.replace("{id: base, label: b, full: 70, duty: true}", "{id: base, label: b, start: 5}")
    text = text.replace("part: base, kind: deduct, full: 70", "kind: deduct, full: 20")
    (one,) = [one for one in lint(load_ruleset(text)) if one.code == "duty_below_line"]
    assert {name: str(value) for name, value in one.params.items()} == {"line": "40", "dutiful": "35", "missing": "5"}


def test_a_single_point_of_duty_is_below_the_line_too():
    """However little the duties bring, it is said that they do not reach the line."""
    text = CLEAN.replace("full: 70", "full: 1").replace("total: {full: 100}", "").replace("line: 70", "line: 2")
    text = text.replace(BANDS, "")
    (one,) = lint(load_ruleset(text))
    assert (one.code, one.params["dutiful"]) == ("duty_below_line", 1)


def test_a_grade_given_in_silence_is_had_by_the_dutiful():
    """Seventy by duties and ten by the grade of whom nobody has graded are eighty, five below a line of 85."""
    grades = "grades: [{id: ok, label: o, points: 10}, {id: best, label: b, points: 30}]"
    tier = f"  - {{id: extra, label: e, part: plus, full: 30, kind: tier, when_silent: ok, {grades}}}"
    (one,) = lint(load_ruleset(CLEAN.replace(EXTRA, tier).replace("line: 70", "line: 85")))
    assert (one.code, one.params["dutiful"]) == ("duty_below_line", 80)


def test_an_accepted_warning_is_shown_and_does_not_weigh():
    """The organisation may keep a warning knowingly; an error it cannot."""
    text = CLEAN.replace("line: 70", "line: 71") + "accepts: {duty_below_line: 已知, policy_missing: 已知}\n"
    (one,) = lint(load_ruleset(text))
    assert (one.severity, one.accepted, one.weighs) == (Severity.WARNING, True, False)
    (other,) = lint(load_ruleset(CLEAN.replace("  group_branches: 3\n", "accepts: {policy_missing: 已知}\n")))
    assert (other.severity, other.weighs) == (Severity.ERROR, True)


def test_the_default_table_shows_its_one_trap():
    """Base 60, line 70: who does every duty and nothing more is called to a talk. It is shown, and nothing else is."""
    (one,) = lint(default_ruleset())
    assert (one.code, one.accepted) == ("duty_below_line", True)
    assert {name: str(value) for name, value in one.params.items()} == {"line": "70", "dutiful": "60", "missing": "10"}


@pytest.mark.parametrize(
    ("template", "traps"),
    [
        ("rail_depot_wagon", {"act_under_two_heads", "range_wide", "no_worth", "adds_drown"}),
        ("foreign_affairs_office", {"tier_gap", "adds_drown"}),
        ("ytu_trier_2024", {"band_half_points", "no_worth"}),
        ("yongzhou_forestry", {"band_half_points", "no_worth"}),
        ("huaning_stars", {"band_half_points", "no_worth"}),
        ("sanjin_xianfeng_app", {"counts_clicks", "scores_platform", "tier_overlap"}),
        ("hengfeng_qingdao", {"duty_below_line", "no_worth"}),
        ("dongyang_2014", {"no_worth", "range_wide", "adds_drown"}),
        ("wuling_village", {"no_worth"}),
        ("rural_base_incentive", {"adds_drown"}),
        ("web_guide_60", set()),
    ],
)
def test_the_traps_of_the_published_tables(template, traps):
    """What was noted of each published table is found in it, beside the policies that no source settles."""
    assert {one.code for one in lint(load_template(template))} == traps | {"policy_missing"}


def test_an_answered_template_keeps_only_its_real_traps():
    """Told how to read 89.5, the linter stops asking."""
    text = template_text("huaning_stars").replace("policies: {}", "policies: {gaps: lower}")
    assert "band_half_points" not in {one.code for one in lint(load_ruleset(text))}
