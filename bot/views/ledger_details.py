"""What else an entry of the ledger 台账 says, in words: no codes, no JSON."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.accounts import Language
from bot.domain.forms import MeetingKind
from bot.domain.people import Role
from bot.scoring.facts import facts_from_json
from bot.scoring.table import RuleSet
from bot.views.claims import fact_words
from bot.views.ledger_facts import LedgerWords, Written
from bot.views.stored_names import DEPARTMENTS, LETTERS, STATUSES, name_of
from bot.views.terms import listed, meeting_name, points, role_name
from bot.views.words import Words

_IN_COLUMNS = {"item", "before_centi", "after_centi", "centi", "branch", "by", "for"}
_INSIDE = {"form", "rating", "revision", "proposal", "ruleset", "text_sha256", "sha256", "first"}
"""Numbers and hashes by which only the program finds something."""

_LABELS: Mapping[str, Callable[[Words], str]] = {
    "after": lambda _: _.plain("after"),
    "agrees": lambda _: _.plain("proposer agrees"),
    "before": lambda _: _.plain("before"),
    "branches_added": lambda _: _.plain("new branches"),
    "branches": lambda _: _.plain("branches"),
    "department": lambda _: _.plain("department"),
    "effective_on": lambda _: _.plain("effective on"),
    "entitled": lambda _: _.plain("entitled"),
    "facts": lambda _: _.plain("recorded"),
    "first_on": lambda _: _.plain("from"),
    "gone": lambda _: _.plain("removed"),
    "held_on": lambda _: _.plain("held on"),
    "items": lambda _: _.plain("items"),
    "joined": lambda _: _.plain("joined"),
    "last_on": lambda _: _.plain("until"),
    "left": lambda _: _.plain("left"),
    "letters": lambda _: _.plain("letters"),
    "lines": lambda _: _.plain("points"),
    "meeting": lambda _: _.plain("meeting"),
    "members": lambda _: _.plain("members"),
    "moved": lambda _: _.plain("moved"),
    "changed": lambda _: _.plain("changed"),
    "unchanged": lambda _: _.plain("unchanged"),
    "name": lambda _: _.plain("table"),
    "of": lambda _: _.plain("of"),
    "offices": lambda _: _.plain("offices"),
    "present": lambda _: _.plain("present"),
    "proxy": lambda _: _.plain("handed in for the member"),
    "rank": lambda _: _.plain("rank"),
    "publish_after": lambda _: _.plain("publication, new"),
    "publish_before": lambda _: _.plain("publication, before"),
    "rated": lambda _: _.plain("rated"),
    "rating_after": lambda _: _.plain("end of the rating, new"),
    "rating_before": lambda _: _.plain("end of the rating, before"),
    "review_after": lambda _: _.plain("end of the review, new"),
    "review_before": lambda _: _.plain("end of the review, before"),
    "role": lambda _: _.plain("office"),
    "status": lambda _: _.plain("status"),
    "switch": lambda _: _.plain("switch"),
    "to": lambda _: _.plain("stands in"),
    "together": lambda _: _.plain("approved together"),
    "total_before_centi": lambda _: _.plain("total before"),
    "total_centi": lambda _: _.plain("total"),
    "version": lambda _: _.plain("version"),
}


def details(_: Words, known: LedgerWords, entry: Written) -> str:
    """Every fact of the entry that has no column of its own, each with its name."""
    told = _IN_COLUMNS | _INSIDE
    if "after_centi" not in entry.facts:
        told |= {"total_before_centi", "total_centi"}
    rules = known.rules.get(entry.period)
    parts = []
    for name, value in sorted(entry.facts.items()):
        if name in told or value in (None, "", False, [], {}):
            continue
        label = _LABELS[name](_) if name in _LABELS else name.removesuffix("_centi").replace("_", " ")
        parts.append(f"{label} {_value(_, known, rules, entry, name, value)}".strip())
    return ("；" if _.language is Language.ZH else "; ").join(parts)


def _value(_: Words, known: LedgerWords, rules: RuleSet | None, entry: Written, name: str, value: Any) -> str:
    match value:
        case True:
            return "✓"
        case int() if name.endswith("_centi"):
            return points(value)
        case int() if name == "to" and value in known.people:
            return known.people[value].name
        case int() if entry.kind == "member_moved":
            return known.branches.get(value, str(value))
        case list():
            return listed(_, [_one(_, rules, name, one) for one in value])
        case dict():
            pairs = (
                (_item(rules, key), points(one) if isinstance(one, int) else one) for key, one in value.items() if one
            )
            return listed(_, [f"{item} {said}" for item, said in pairs])
        case _ if name == "facts":
            return _recorded(_, rules, str(value))
        case _:
            return _instant(known, _one(_, rules, name, value))


def _one(_: Words, rules: RuleSet | None, name: str, value: Any) -> str:
    """A single value; codes that have a name are called by it."""
    with contextlib.suppress(ValueError):
        if name in {"offices", "role"}:
            return role_name(_, Role(value))
        if name == "meeting":
            return meeting_name(_, MeetingKind(value))
    if name == "department":
        return name_of(_, DEPARTMENTS, str(value))
    if name == "letter_kind":
        return name_of(_, LETTERS, str(value))
    if name == "items":
        return _item(rules, str(value))
    return name_of(_, STATUSES, str(value))


def _item(rules: RuleSet | None, item: str) -> str:
    return rules.item(item).label if rules is not None and rules.has_item(item) else item


def _recorded(_: Words, rules: RuleSet | None, document: str) -> str:
    """What a roll or the dues said, in the table's own words."""
    try:
        answers = facts_from_json(document)
    except (KeyError, TypeError, ValueError, json.JSONDecodeError):
        return document
    if rules is None:
        return listed(_, list(answers))
    known = {item.id: item for item in (*rules.items, *rules.bonus.items)}
    said = [
        f"{known[item].label} {fact_words(_, known[item], facts) or 0}" if item in known else item
        for item, facts in answers.items()
    ]
    return listed(_, said)


def _instant(known: LedgerWords, text: str) -> str:
    """An instant in the organisation's time; anything else as it is."""
    with contextlib.suppress(ValueError):
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return f"{found.astimezone(known.zone):%Y-%m-%d %H:%M}"
    return text
