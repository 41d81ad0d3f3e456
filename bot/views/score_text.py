"""A score as lines of plain text: what each item brought and why, the total last."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from bot.scoring.results import Line, Score
from bot.scoring.table import RuleSet
from bot.views.explanation import cut_sentence, reason_sentence, scope_name
from bot.views.words import Words

_UNDER = "    · "


def score_text(_: Words, rules: RuleSet, score: Score) -> str:
    """The whole explanation; the points of the lines less the cuts under them make the total."""
    return "\n".join(_lines(_, rules, score))


def _lines(_: Words, rules: RuleSet, score: Score) -> Iterator[str]:
    yield _.plain("{title}, version {version}", title=rules.title, version=rules.version)
    for line in score.lines:
        yield from _line(_, line)
    for cut in score.cuts:
        yield f"{scope_name(_, rules, cut)}: {_said(cut_sentence(_, cut))}"
    for reason in score.disqualified:
        yield _said(reason_sentence(_, reason))
    if score.rated:
        yield _.plain("Total: {points}", points=exact(score.total))
    else:
        yield _.plain("Total: not rated")


def _line(_: Words, line: Line) -> Iterator[str]:
    full = f"/{exact(line.full)}" if line.full is not None else ""
    yield f"{line.label} {exact(line.points)}{full}"
    for reason in line.reasons:
        yield _UNDER + _said(reason_sentence(_, reason))
    for cut in line.cuts:
        if cut.code != "override":
            yield _UNDER + _said(cut_sentence(_, cut))
    if line.override is not None:
        yield _UNDER + _.plain(
            "set to {points}: {reason}", points=exact(line.override.points), reason=line.override.reason
        )


def exact(points: Decimal) -> str:
    """Points with just the digits they have."""
    return f"{points.normalize() + 0:f}"


def _said(sentence: Markup) -> str:
    return sentence.unescape()
