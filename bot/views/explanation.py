"""Every reason and every cut of the scoring as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from markupsafe import Markup

from bot.scoring.results import Cut, Reason
from bot.scoring.table import RuleSet
from bot.views.terms import points
from bot.views.words import Words

Params = Mapping[str, str | Decimal]


def reason_sentence(_: Words, reason: Reason) -> Markup:
    """One step of an explanation in words."""
    return REASONS[reason.code](_, reason.params)


def cut_sentence(_: Words, cut: Cut) -> Markup:
    """What a cap took away, or a floor gave back, in words."""
    return CUTS[cut.code](_, cut)


def scope_name(_: Words, rules: RuleSet, cut: Cut) -> str:
    """What a cut outside the lines was made on: a part, the bonus, or the whole."""
    if cut.scope == "bonus":
        return rules.bonus.label
    return next((part.label for part in rules.parts if part.id == cut.scope), _.plain("the whole"))


def number(value: str | Decimal | int) -> str:
    """A count without needless digits."""
    return f"{Decimal(value).normalize():f}"


def signed(value: str | Decimal) -> str:
    """Points with their sign, zero without."""
    exact = Decimal(value)
    if exact == 0:
        return "0"
    return f"{'+' if exact > 0 else '−'}{points(abs(exact))}"


REASONS: Mapping[str, Callable[[Words, Params], Markup]] = {
    "silent": lambda _, of: _("nobody reported anything: as the rules have it"),
    "act": lambda _, of: _(
        "{act} × {count} {unit}: {points}", act=of["label"], count=number(of["count"]), unit=of["unit"],
        points=signed(of["points"]),
    ),
    "grade": lambda _, of: _("{grade}: {points} points", grade=of["label"], points=points(Decimal(of["points"]))),
    "target": lambda _, of: _(
        "{target} {unit} needed, {counted} counted, {missing} missing", target=number(of["target"]), unit=of["unit"],
        counted=number(of["counted"]), missing=number(of["missing"]),
    ),
    "ratio": lambda _, of: _(
        "{score} of {of}, that share of {full} points", score=number(of["score"]), of=number(of["of"]),
        full=points(Decimal(of["full"])),
    ),
    "panel": lambda _, of: _(
        "{panel}: {score} (weight {weight})", panel=of["label"], score=number(of["score"]), weight=number(of["weight"])
    ),
    "factor": lambda _, of: _("{grade}: times {by}", grade=of["label"], by=number(of["by"])),
    "carry": lambda _, of: _(
        "last year {last}: {share} of what is above {above}", last=points(Decimal(of["last"])),
        share=number(of["share"]), above=points(Decimal(of["above"])),
    ),
    "no_last_year": lambda _, of: _("no points of last year to carry over"),
    "exempt": lambda _, of: _("this item does not bind you"),
    "counted_once": lambda _, of: _("the same event stands under another item already and counts once"),
    "start": lambda _, of: _("starts at {points}", points=points(Decimal(of["points"]))),
    "disqualified": lambda _, of: _("{act}: no awards this year", act=of["label"]),
}  # fmt: skip


def _cap(_: Words, cut: Cut) -> Markup:
    return _("at most {limit}: {amount}", limit=_limit(cut), amount=signed(-cut.amount))


def _limit(cut: Cut) -> str:
    return points(cut.limit)


CUTS: Mapping[str, Callable[[Words, Cut], Markup]] = {
    "cap": _cap,
    "cap_day": lambda _, cut: _("at most {limit} a day: {amount}", limit=_limit(cut), amount=signed(-cut.amount)),
    "cap_month": lambda _, cut: _("at most {limit} a month: {amount}", limit=_limit(cut), amount=signed(-cut.amount)),
    "cap_quarter": lambda _, cut: _(
        "at most {limit} a quarter: {amount}", limit=_limit(cut), amount=signed(-cut.amount)
    ),
    "cap_half_year": lambda _, cut: _(
        "at most {limit} in half a year: {amount}", limit=_limit(cut), amount=signed(-cut.amount)
    ),
    "cap_year": lambda _, cut: _("at most {limit} a year: {amount}", limit=_limit(cut), amount=signed(-cut.amount)),
    "floor": lambda _, cut: _("not below {limit}: {amount}", limit=_limit(cut), amount=signed(-cut.amount)),
    "override": lambda _, cut: _("adjusted by the branch: {amount}", amount=signed(-cut.amount)),
    "either": lambda _, cut: _("only the better way counts: {amount}", amount=signed(-cut.amount)),
    "veto": lambda _, cut: _("vetoed: {amount}", amount=signed(-cut.amount)),
    "weight": lambda _, cut: _("weighted by {weight}: {amount}", weight=number(cut.limit or 1),
                               amount=signed(-cut.amount)),
    "rescale": lambda _, cut: _("scaled up for the exempt items: {amount}", amount=signed(-cut.amount)),
    "rounding": lambda _, cut: _("rounding: {amount}", amount=signed(-cut.amount)),
}  # fmt: skip
