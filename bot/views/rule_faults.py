"""Why a file is no table or no fact sheet, and which fact does not fit: one sentence each."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.scoring.errors import FactError, Problem, RuleSetError
from bot.scoring.table import RuleSet
from bot.views.words import Words

MOST_PROBLEMS = 20


def unreadable(_: Words, error: RuleSetError) -> str:
    """Every fault of a file on a line of its own, after a line that names the file."""
    told = [problem_sentence(_, problem) for problem in error.problems[:MOST_PROBLEMS]]
    more = len(error.problems) - len(told)
    if more:
        told.append(_.many_plain("… and {n} more.", "… and {n} more.", more))
    head = _.many_plain(
        "{name} cannot be used; {n} place to correct:",
        "{name} cannot be used; {n} places to correct:",
        len(error.problems),
        name=error.name,
    )
    return "\n".join([head, *told])


def problem_sentence(_: Words, problem: Problem) -> str:
    """One fault with its line, key, and what was expected."""
    expected, found = _expected(_, problem.expected), _found(_, problem.found)
    if not problem.key:
        return _.plain(
            "Line {line}: expected {expected}, found {found}.", line=problem.line, expected=expected, found=found
        )
    return _.plain(
        "Line {line}, {key}: expected {expected}, found {found}.",
        line=problem.line, key=problem.key, expected=expected, found=found,
    )  # fmt: skip


def misfit(_: Words, error: FactError, rules: RuleSet) -> str:
    """Why a fact does not fit the table."""
    params = dict(error.params)
    item = params.get("item", "").partition(".")[0]
    params["item"] = f"{rules.item(item).label} ({item})" if rules.has_item(item) else item
    params |= {end: "–" for end in ("low", "high") if params.get(end) == "None"}
    params |= {name: length_name(_, params[name]) for name in ("length", "expected") if name in params}
    return MISFITS[error.code](_, params)


def length_name(_: Words, length: str) -> str:
    """What a stretch of time is called; anything else stays as it is."""
    names = {
        "day": _.plain("day"), "month": _.plain("month"), "quarter": _.plain("quarter"),
        "half_year": _.plain("half-year"), "year": _.plain("year"),
    }  # fmt: skip
    return names.get(length, length)


def _found(_: Words, found: str) -> str:
    kinds = {"nothing": _.plain("nothing"), "dict": _.plain("a mapping"), "list": _.plain("a list")}
    return kinds.get(found, found)


def _expected(_: Words, expected: str) -> str:
    for pattern, sentence in _EXPECTED:
        match = pattern.fullmatch(expected)
        if match is not None:
            return sentence(_, match)
    return expected


Expecting = Callable[[Words, "re.Match[str]"], str]

_EXPECTED: tuple[tuple[re.Pattern[str], Expecting], ...] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        ("Field required", lambda _, _m: _.plain("this key")),
        ("a known key", lambda _, _m: _.plain("a known key")),
        ("valid YAML", lambda _, _m: _.plain("valid YAML")),
        ("a YAML mapping", lambda _, _m: _.plain("a YAML mapping")),
        (r"at most (\d+) keys, (\d+) deep", lambda _, m: _.plain("at most {n} keys, {deep} deep", n=m[1], deep=m[2])),
        (r"Input should be a valid (?:string|date).*", lambda _, m: _.plain("a date such as 2027-01-01")
         if "date" in m[0] else _.plain("a text")),
        (r"Input should be a valid integer.*", lambda _, _m: _.plain("a whole number")),
        (r"(?:Input should be a valid (?:decimal|number)|Decimal input should be).*",
         lambda _, _m: _.plain("a number")),
        (r"Input should be a valid boolean.*", lambda _, _m: _.plain("true or false")),
        (r"Input should be a valid (?:list|tuple|frozenset|set)", lambda _, _m: _.plain("a list")),
        (r"Input should be (?:a valid dictionary.*|an object)", lambda _, _m: _.plain("a mapping")),
        (r"Input should be greater than or equal to (\S+)", lambda _, m: _.plain("at least {n}", n=m[1])),
        (r"Input should be greater than (\S+)", lambda _, m: _.plain("more than {n}", n=m[1])),
        (r"Input should be less than or equal to (\S+)", lambda _, m: _.plain("at most {n}", n=m[1])),
        (r"Input should be less than (\S+)", lambda _, m: _.plain("less than {n}", n=m[1])),
        (r"Input should be ('.*)", lambda _, m: _.plain("one of {values}", values=_listed(m[1]))),
        (r"Input tag '.*' found using 'kind' does not match any of the expected tags: (.*)",
         lambda _, m: _.plain("one of {values}", values=_listed(m[1]))),
        (r"Unable to extract tag using discriminator 'kind'", lambda _, _m: _.plain("the key kind")),
        (r"String should match pattern '(.*)'",
         lambda _, _m: _.plain("an id: it begins with a letter, then letters, digits and _ only, at most 16")),
        (r"\w+ should have at least (\d+) items? after validation.*",
         lambda _, m: _.plain("at least {n}", n=m[1])),
        (r"Decimal input should have no more than (\d+) decimal places?",
         lambda _, m: _.plain("at most {n} decimals", n=m[1])),
        (r"one lower and one upper limit, not (.*)",
         lambda _, m: _.plain("one lower and one upper limit, not {names}", names=m[1])),
        (r"an upper limit not below the lower one, not (\S+) below (\S+)",
         lambda _, _m: _.plain("an upper limit that is not below the lower one")),
        (r"one of each, range, grades, per, not (.*)",
         lambda _, _m: _.plain("only one of each, range, grades and per")),
        ("a range from low to high", lambda _, _m: _.plain("a range from low to high")),
        (r"when_silent to be one of (.*)", lambda _, m: _.plain("when_silent: one of {values}", values=m[1])),
        ("either each_missing or steps", lambda _, _m: _.plain("either each_missing or steps")),
        (r"a share .*", lambda _, _m: _.plain("a share such as 0.1 or 1/3, above 0 and up to 1")),
        (r"a period is written like (.*), not .*|(\S+ is before \S+)",
         lambda _, _m: _.plain("a period such as 2026-11, 2026Q4, 2026H1, 2026 or 2026-07..2027-06")),
        (r"a month is 1 to 12, not .*", lambda _, _m: _.plain("a month from 01 to 12")),
        ("an id used once", lambda _, _m: _.plain("an id that is used once")),
        ("an act id used once in its item", lambda _, _m: _.plain("an act id that is used once in its item")),
        ("item.act of this table", lambda _, _m: _.plain("item.act of this table")),
        (r"an? (part id|item id|dimension id|part id or total), of which there is none",
         lambda _, m: _.plain("a known {what}; there is none", what=m[1])),
        (r"an? (part id|item id|dimension id|part id or total) \((.*)\)",
         lambda _, m: _.plain("a known {what}: {values}", what=m[1], values=m[2])),
        (r"an id of (.*)", lambda _, m: _.plain("an id of the sheet {sheet}", sheet=m[1])),
    )
)  # fmt: skip


def _listed(quoted: str) -> str:
    """'a', 'b' or 'c' as a, b, c."""
    return ", ".join(re.findall(r"'([^']*)'", quoted))


MISFITS: dict[str, Callable[[Words, dict[str, str]], str]] = {
    "wrong_period": lambda _, fact: _.plain("This table scores a {expected} at a time, not {period}.", **fact),
    "unknown_item": lambda _, fact: _.plain("The table has no item {item}.", **fact),
    "wrong_item": lambda _, fact: _.plain("A fact of {item} stands under {expected}.", **fact),
    "out_of_bounds": lambda _, fact: _.plain("{item}: the number is negative or far too large.", **fact),
    "outside_period": lambda _, fact: _.plain("{item}: {on} is not within {period}.", **fact),
    "unknown_class": lambda _, fact: _.plain("The table has no class {member_class}.", **fact),
    "out_of_range": lambda _, fact: _.plain("{item}: {points} points are outside {low} to {high}.", **fact),
    "reason_needed": lambda _, fact: _.plain("{item}: points that somebody chose need a reason.", **fact),
    "points_needed": lambda _, fact: _.plain("{item}: a reviewer has to choose the points.", **fact),
    "unknown_grade": lambda _, fact: _.plain("{item} has no grade {grade}.", **fact),
    "grade_needed": lambda _, fact: _.plain("{item}: a grade has to be named.", **fact),
    "date_needed": lambda _, fact: _.plain(
        "{item}: its cap a {length} needs the day on which each thing happened.", **fact
    ),
    "unknown_act": lambda _, fact: _.plain("{item} has no act {act}.", **fact),
    "several_grades": lambda _, fact: _.plain("{item} has more than one grade, and the table allows one.", **fact),
    "score_needed": lambda _, fact: _.plain("{item}: a score from outside is needed.", **fact),
    "unknown_panel": lambda _, fact: _.plain("{item} has no panel {panel}.", **fact),
    "unknown_veto": lambda _, fact: _.plain("The table's veto has no case {act}.", **fact),
}
