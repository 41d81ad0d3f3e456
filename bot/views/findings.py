"""What the linter found in a table, as sentences that say what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from bot.scoring.lint import Finding, Severity
from bot.scoring.points import show
from bot.views.questions import policy_question
from bot.views.words import Words

Sentence = Callable[[Words, Finding], str]


def finding_sentence(_: Words, finding: Finding) -> str:
    """What is wrong and what to do, without the weight."""
    return SENTENCES[finding.code](_, finding)


def weight_name(_: Words, finding: Finding) -> str:
    """Error, warning, or a warning that the organisation knows of."""
    if finding.accepted:
        return _.plain("accepted")
    return _.plain("error") if finding.severity is Severity.ERROR else _.plain("warning")


def weight_mark(finding: Finding) -> str:
    """The same as a sign."""
    if finding.accepted:
        return "☑️"
    return "⛔️" if finding.severity is Severity.ERROR else "⚠️"


def _number(finding: Finding, name: str) -> str:
    value = finding.params[name]
    if isinstance(value, Decimal):
        return "∞" if value.is_infinite() else f"{value.normalize():f}"
    return value


def _points(finding: Finding, name: str) -> str:
    value = finding.params[name]
    return show(value) if isinstance(value, Decimal) and value.is_finite() else _number(finding, name)


def _label(finding: Finding) -> str:
    return str(finding.params["label"])


def _gap(_: Words, finding: Finding) -> str:
    return _.plain(
        "{where}: nothing is said about numbers between {below} and {above}. Let the ranges meet (at_least, "
        "less_than), or settle policies.gaps.",
        where=finding.where, below=_number(finding, "below"), above=_number(finding, "above"),
    )  # fmt: skip


def _half_points(_: Words, finding: Finding) -> str:
    return _.plain(
        "{where}: points have halves, but the bands end at {below} and begin again at {above}; what lies between is "
        "nowhere. Write at_least thresholds only.",
        where=finding.where, below=_number(finding, "below"), above=_number(finding, "above"),
    )  # fmt: skip


def _overlap(_: Words, finding: Finding) -> str:
    return _.plain(
        "{where}: a number from {low} to {high} stands in two ranges. Let one of them end earlier, or settle "
        "policies.overlaps.",
        where=finding.where, low=_number(finding, "low"), high=_number(finding, "high"),
    )  # fmt: skip


def _not_thresholds(_: Words, finding: Finding) -> str:
    return _.plain(
        "Band {label} is written as a range, but policies.bands_as promises thresholds. Write at_least instead.",
        label=_label(finding),
    )


def _policy_missing(_: Words, finding: Finding) -> str:
    key = str(finding.params["key"])
    return _.plain("{key} is not settled. {question}", key=finding.where, question=policy_question(_, key))


def _objection_window(_: Words, finding: Finding) -> str:
    return _.plain(
        "Points are public for {publicity} working days, but objections would be taken for {objection}. They are taken "
        "while points are public: set both to the same number.",
        publicity=finding.params["publicity"], objection=finding.params["objection"],
    )  # fmt: skip


def _no_worth(_: Words, finding: Finding) -> str:
    return _.plain(
        "{label} ({where}) has no value. Have the organisation set its points, or take it out.",
        label=_label(finding), where=finding.where,
    )  # fmt: skip


def _two_heads(_: Words, finding: Finding) -> str:
    return _.plain(
        "{label} stands under {first} and again under {where}: one act would count twice. Take one out, or name the "
        "other by same_as and settle policies.double_heads.",
        label=_label(finding), first=str(finding.params["first"]), where=finding.where,
    )  # fmt: skip


def _clicks(_: Words, finding: Finding) -> str:
    return _.plain(
        "{label} counts “{word}”. The rules against formalism at the fingertips (2023) forbid to score and rank people "
        "by log-ins, installs, likes, forwards or time online. Take it out, or score what was learnt or done.",
        label=_label(finding), word=str(finding.params["word"]),
    )  # fmt: skip


def _line_unreachable(_: Words, finding: Finding) -> str:
    return _.plain(
        "Nobody can reach the line of {line}: {most} is the most. Lower policies.line, or add what is open "
        "to everybody.",
        line=_points(finding, "line"), most=_points(finding, "most"),
    )  # fmt: skip


def _duty_below_line(_: Words, finding: Finding) -> str:
    return _.plain(
        "Who does every duty and nothing more comes to {dutiful}, {missing} under the line of {line}, and is called "
        "to a talk. Lower the line or raise the duties; to keep it knowingly, write the reason under "
        "accepts.duty_below_line.",
        dutiful=_points(finding, "dutiful"), missing=_points(finding, "missing"), line=_points(finding, "line"),
    )  # fmt: skip


def _band_unreachable(_: Words, finding: Finding) -> str:
    return _.plain(
        "Nobody can reach the band {label}: it begins at {low}, and {most} is the most. Lower it or take it out.",
        label=_label(finding), low=_points(finding, "low"), most=_points(finding, "most"),
    )  # fmt: skip


def _part_unreachable(_: Words, finding: Finding) -> str:
    return _.plain(
        "{label} promises {full} points, but its items come to {most} at most. Set full to that, or add items.",
        label=_label(finding), full=_points(finding, "full"), most=_points(finding, "most"),
    )  # fmt: skip


def _no_part(_: Words, finding: Finding) -> str:
    return _.plain(
        "{label} ({where}) belongs to no part, so no part's ceiling holds it. Name its part.",
        label=_label(finding), where=finding.where,
    )  # fmt: skip


def _adds_drown(_: Words, finding: Finding) -> str:
    most = finding.params["most"]
    if isinstance(most, Decimal) and most.is_infinite():
        return _.plain(
            "{label} ({where}) has no cap: enough of it outweighs everything else. Give it a cap.",
            label=_label(finding), where=finding.where,
        )  # fmt: skip
    return _.plain(
        "{label} ({where}) can bring {most}, more than all the rest together ({rest}). Give it a lower cap.",
        label=_label(finding), where=finding.where, most=_points(finding, "most"), rest=_points(finding, "rest"),
    )  # fmt: skip


def _range_wide(_: Words, finding: Finding) -> str:
    return _.plain(
        "{label} ({where}) leaves {low} to {high} to one hand. Name grades, narrow it to 3 points, or let a panel "
        "decide (decided_by: panel).",
        label=_label(finding), where=finding.where, low=_number(finding, "low"), high=_number(finding, "high"),
    )  # fmt: skip


def _silence_deducts(_: Words, finding: Finding) -> str:
    return _.plain(
        "{label} ({where}) counts less when nobody has graded it. Silence is never a deduction: let when_silent name "
        "the best grade.",
        label=_label(finding), where=finding.where,
    )  # fmt: skip


def _scores_platform(_: Words, finding: Finding) -> str:
    return _.plain(
        "{label} ({where}) turns a platform's numbers into points. What a platform counts serves to check claims: let "
        "the member or the branch report it, and name the platform under checked_by.",
        label=_label(finding), where=finding.where,
    )  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "policy_missing": _policy_missing,
    "objection_window": _objection_window,
    "no_worth": _no_worth,
    "band_half_points": _half_points,
    "band_gap": _gap,
    "tier_gap": _gap,
    "step_gap": _gap,
    "band_overlap": _overlap,
    "tier_overlap": _overlap,
    "step_overlap": _overlap,
    "bands_not_thresholds": _not_thresholds,
    "act_under_two_heads": _two_heads,
    "counts_clicks": _clicks,
    "scores_platform": _scores_platform,
    "line_unreachable": _line_unreachable,
    "duty_below_line": _duty_below_line,
    "band_unreachable": _band_unreachable,
    "part_unreachable": _part_unreachable,
    "no_part": _no_part,
    "adds_drown": _adds_drown,
    "range_wide": _range_wide,
    "silence_deducts": _silence_deducts,
}
