"""Names within a rule set that lead nowhere or stand twice: faults that only the whole file shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.scoring.errors import Problem, RuleSetError
from bot.scoring.items import Counted, Item, Multiplier
from bot.scoring.reading import Path, check
from bot.scoring.table import RuleSet

Misfit = tuple[Path, str, str]


def fitted(value: Any, lines: Mapping[Path, int], name: str) -> RuleSet:
    """A plain document as a rule set whose names all fit; RuleSetError with every fault."""
    rules = check(RuleSet, value, lines, name)
    problems = [
        Problem(lines.get(path, lines.get(path[:-1], 1)), ".".join(map(str, path)), expected, found)
        for path, expected, found in _misfits(rules)
    ]
    if problems:
        raise RuleSetError(name, tuple(sorted(problems, key=lambda problem: problem.line)))
    return rules


def _misfits(rules: RuleSet) -> Iterator[Misfit]:
    yield from _doubles(rules)
    for number, item in enumerate(rules.items):
        yield from _item(rules, item, ("items", number))
    for number, item in enumerate(rules.bonus.items):
        yield from _acts(item, ("bonus", "items", number), set())
        yield from _checks(item, ("bonus", "items", number))
    items = {item.id for item in rules.items}
    for number, group in enumerate(rules.groups):
        yield from _unknown(group.items, items, ("groups", number, "items"), "an item id")
    frames = {"total", *(part.id for part in rules.parts)}
    for number, one in enumerate(rules.classes):
        yield from _unknown(one.exempt, items, ("classes", number, "exempt"), "an item id")
        yield from _unknown(one.starts, frames, ("classes", number, "starts"), "a part id or total")


def _doubles(rules: RuleSet) -> Iterator[Misfit]:
    taken = {"total", "bonus", "veto"}
    for section, entries in (
        (("parts",), rules.parts),
        (("items",), rules.items),
        (("groups",), rules.groups),
        (("bonus", "items"), rules.bonus.items),
    ):
        for number, one in enumerate(entries):
            if one.id in taken:
                yield (*section, number, "id"), "an id used once", one.id
            taken.add(one.id)


def _item(rules: RuleSet, item: Item, path: Path) -> Iterator[Misfit]:
    if item.part:
        yield from _unknown([item.part], {part.id for part in rules.parts}, (*path, "part"), "a part id")
    if item.dimension:
        yield from _unknown(
            [item.dimension], {one.id for one in rules.dimensions}, (*path, "dimension"), "a dimension id"
        )
    if isinstance(item, Multiplier):
        yield from _unknown(item.of, {one.id for one in rules.items}, (*path, "of"), "an item id")
    yield from _checks(item, path)
    yield from _acts(item, path, {f"{one.id}.{act.id}" for one in rules.items for act in one.ways})


def _acts(item: Item, path: Path, heads: set[str]) -> Iterator[Misfit]:
    taken: set[str] = set()
    for number, act in enumerate(item.ways):
        here = (*path, "acts", number)
        if act.id in taken:
            yield (*here, "id"), "an act id used once in its item", act.id
        taken.add(act.id)
        if act.same_as and act.same_as not in heads:
            yield (*here, "same_as"), "item.act of this table", act.same_as


def _checks(item: Item, path: Path) -> Iterator[Misfit]:
    """A check that counts one act must name one of the item's."""
    if isinstance(item, Counted):
        known = {act.id for act in item.ways}
        for number, one in enumerate(item.checked_by):
            if one.act is not None:
                yield from _unknown([one.act], known, (*path, "checked_by", number, "act"), "an act id of the item")


def _unknown(names: Iterable[str], known: set[str], path: Path, what: str) -> Iterator[Misfit]:
    wanted = f"{what} ({', '.join(sorted(known))})" if known else f"{what}, of which there is none"
    yield from ((path, wanted, name) for name in names if name not in known)
