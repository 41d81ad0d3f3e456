"""What differs between two versions of a rule set, so that members can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.scoring.table import RuleSet

_NOT_TOLD = ("id", "version", "effective_from", "source", "accepts")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `where` is a path of keys and ids ("items", "meetings", "acts", "late", "each").

    `before` None: new; `after` None: gone. Whole entries that came or went are named by their label.
    """

    where: tuple[str, ...]
    before: str | None
    after: str | None


def changes(old: RuleSet, new: RuleSet) -> tuple[Change, ...]:
    """Every difference that touches points, in the order of the new table; provenance and version are left out."""
    before, after = (rules.model_dump(mode="json", exclude=set(_NOT_TOLD)) for rules in (old, new))
    return tuple(_between((), before, after))


def _between(where: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    mine, other = _by_name(before), _by_name(after)
    if mine is None or other is None:
        if before != after:
            yield Change(where, _named(before), _named(after))
        return
    for name in dict.fromkeys([*other, *mine]):
        yield from _between((*where, name), mine.get(name), other.get(name))


def _by_name(value: Any) -> Mapping[str, Any] | None:
    """A mapping as it is, a list of entries with ids by those; anything else has no names inside."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(one, dict) and "id" in one for one in value):
        return {str(one["id"]): one for one in value}
    return {} if value == [] else None


def _named(value: Any) -> str | None:
    if isinstance(value, dict):
        return str(value.get("label", value.get("id", value)))
    return None if value is None else str(value)
