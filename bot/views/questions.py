"""Where a table is silent: the question to put to the organisation, and the key under which its answer is kept."""

from __future__ import annotations

from collections.abc import Callable

from bot.scoring.errors import RuleSilentError
from bot.scoring.table import RuleSet
from bot.views.words import Words


def question(_: Words, error: RuleSilentError, rules: RuleSet) -> str:
    """The question, and where the answer is written."""
    asked = QUESTIONS[error.question_code](_, _Asked(error, rules))
    if not error.policy:
        return _.plain("The table does not say. {question}", question=asked)
    return _.plain(
        "The table does not say. {question} The answer is written under policies.{key}.",
        question=asked, key=error.policy,
    )  # fmt: skip


def policy_question(_: Words, key: str) -> str:
    """What the organisation has to settle by a policy key."""
    return POLICY_QUESTIONS[key](_)


POLICY_QUESTIONS: dict[str, Callable[[Words], str]] = {
    "month_to_quarter": lambda _: _.plain("How do the months make a quarter: mean, sum or last?"),
    "quarter_to_year": lambda _: _.plain("How do the quarters make a year: mean, sum or last?"),
    "rounding": lambda _: _.plain("To which step are points rounded, and in which direction?"),
    "bonus_may_pass": lambda _: _.plain("May the bonus lift a total above the full points?"),
    "top_share": lambda _: _.plain("Which share of a branch is first in line for awards?"),
    "top_share.rounding": lambda _: _.plain("Is a fraction of a person rounded up (ceil), down (floor) or half up?"),
    "top_share.ties": lambda _: _.plain("When the last place is tied: are all of them in, or none?"),
    "rank_ties": lambda _: _.plain("After a shared rank, is the next one skipped (1, 2, 2, 4) or not (1, 2, 2, 3)?"),
    "bands_as": lambda _: _.plain("Are bands written as thresholds or as ranges?"),
    "line": lambda _: _.plain("Under how many points follow a talk and a correction?"),
    "publicity_days": lambda _: _.plain("For how many working days are results public before they are final?"),
    "objection_days": lambda _: _.plain("For how many working days may a member object?"),
    "answer_days": lambda _: _.plain("Within how many working days is an objection answered?"),
    "correction_months": lambda _: _.plain("Within how many months must a correction be done?"),
    "group_branches": lambda _: _.plain("How many branches (the N of 1+3+N) are drawn into the review group?"),
    "quota_rounding": lambda _: _.plain("Is a quota's fraction of a person rounded up, down or half up?"),
    "quota_choice": lambda _: _.plain("Who stays where more reach a band than its quota: by points, or by decision?"),
    "exempt_item": lambda _: _.plain("Does an exempt item count in full, not at all, or is the rest scaled up?"),
    "missing_panel": lambda _: _.plain("When a panel has no voice: do the others share its weight, or is it a zero?"),
}


class _Asked:
    """The parameters of a question, with ids as the labels that people know."""

    def __init__(self, error: RuleSilentError, rules: RuleSet) -> None:
        self._params = error.params
        self._rules = rules

    def __getitem__(self, name: str) -> str:
        return self._params.get(name, "")

    @property
    def item(self) -> str:
        """The item's label."""
        found = self._params.get("item", "")
        return self._rules.item(found).label if self._rules.has_item(found) else found

    @property
    def act(self) -> str:
        """The act's label."""
        if not self._rules.has_item(self._params.get("item", "")):
            return self["act"]
        act = self._rules.item(self["item"]).act(self["act"])
        return act.label if act is not None else self["act"]

    @property
    def grade(self) -> str:
        """The grade's label, of the item or of one of its acts."""
        item = self._rules.item(self["item"])
        grades = [*getattr(item, "grades", ()), *(grade for act in item.ways for grade in act.grades)]
        return next((grade.label for grade in grades if grade.id == self["grade"]), self["grade"])

    @property
    def band(self) -> str:
        """The band's label."""
        return next((band.label for band in self._rules.bands if band.id == self["band"]), self["band"])


def _gap(_: Words, asked: _Asked) -> str:
    return _.plain(
        "{value} lies between {below} and {above}: does it go with the lower or with the upper one?",
        value=asked["value"], below=asked["below"], above=asked["above"],
    )  # fmt: skip


def _overlap(_: Words, asked: _Asked) -> str:
    return _.plain(
        "{value} stands in two ranges ({low} to {high} belongs to both): does the lower or the upper one count?",
        value=asked["value"], low=asked["low"], high=asked["high"],
    )  # fmt: skip


QUESTIONS: dict[str, Callable[[Words, _Asked], str]] = {
    "act_worth": lambda _, asked: _.plain(
        "How many points is “{act}” of {item} worth?", act=asked.act, item=asked.item
    ),
    "grade_worth": lambda _, asked: _.plain(
        "How many points is the grade “{grade}” of {item} worth?", grade=asked.grade, item=asked.item
    ),
    "band_gap": _gap,
    "tier_gap": _gap,
    "step_gap": _gap,
    "band_overlap": _overlap,
    "tier_overlap": _overlap,
    "step_overlap": _overlap,
    "month_to_quarter": lambda _, _asked: policy_question(_, "month_to_quarter"),
    "quarter_to_year": lambda _, _asked: policy_question(_, "quarter_to_year"),
    "missing_panel": lambda _, asked: _.plain(
        "{item}: a panel has no voice. Do the others share its weight (reweigh), or is it a zero?", item=asked.item
    ),
    "exempt_item": lambda _, asked: _.plain(
        "{item} does not bind this member: does it count in full, not at all, or is the rest scaled up?",
        item=asked.item,
    ),
    "class_start": lambda _, asked: _.plain(
        "With how many points does class {member_class} start in {part}?",
        member_class=asked["member_class"], part=asked["part"],
    ),
    "rounding": lambda _, asked: _.plain(
        "The total is {value}: to which step is it rounded, and in which direction?", value=asked["value"]
    ),
    "bonus_may_pass": lambda _, asked: _.plain(
        "{total} and a bonus of {bonus} pass the full {full} points: is that allowed?",
        total=asked["total"], bonus=asked["bonus"], full=asked["full"],
    ),
    "quota_choice": lambda _, asked: _.plain(
        "{holders} of {members} members reach {band}, and its quota is {exact}: who stays?",
        holders=asked["holders"], members=asked["members"], band=asked.band, exact=asked["exact"],
    ),
    "quota_rounding": lambda _, asked: _.plain(
        "The quota of {band} is {exact} of {members} members: how many is that?",
        band=asked.band, exact=asked["exact"], members=asked["members"],
    ),
    "quota_tie": lambda _, asked: _.plain(
        "The last place in {band} is tied ({holders} of {members} members reach it): who stays?",
        band=asked.band, holders=asked["holders"], members=asked["members"],
    ),
    "top_share": lambda _, _asked: policy_question(_, "top_share"),
    "top_share_rounding": lambda _, asked: _.plain(
        "{share} of {members} members is {exact} of a person: how many is that?",
        share=asked["share"], members=asked["members"], exact=asked["exact"],
    ),
    "top_share_ties": lambda _, asked: _.plain(
        "There are {places} places at the top and {tied} members tied for the last one: are all of them in, or none?",
        places=asked["places"], tied=asked["tied"],
    ),
    "double_heads": lambda _, asked: _.plain(
        "“{act}” of {item} was reported under another head too: does it count once or every time?",
        act=asked.act, item=asked.item,
    ),
}  # fmt: skip
