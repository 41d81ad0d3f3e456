"""What a new table changes against the one before: items, points, parts, line and policies, in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from bot.scoring.items import Item
from bot.scoring.policies import Policies
from bot.scoring.table import RuleSet
from bot.views.words import Words


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a code for the words, what it is about, and the points before and after (if it has any)."""

    code: str
    label: str = ""
    before: Decimal | None = None
    after: Decimal | None = None


def changes(old: RuleSet, new: RuleSet) -> tuple[Change, ...]:
    """Every difference that can move anybody's points; nothing for tables that score alike."""
    return (*_items(old, new), *_parts(old, new), *_frames(old, new), *_policies(old.policies, new.policies))


def change_sentence(_: Words, change: Change) -> Markup:
    """The difference in words."""
    return SENTENCES[change.code](_, change)


def _items(old: RuleSet, new: RuleSet) -> Iterator[Change]:
    before = {item.id: item for item in (*old.items, *old.bonus.items)}
    after = {item.id: item for item in (*new.items, *new.bonus.items)}
    yield from (Change("item_added", item.label, None, item.full) for key, item in after.items() if key not in before)
    yield from (Change("item_removed", item.label, item.full) for key, item in before.items() if key not in after)
    for key, item in after.items():
        if key in before and before[key] != item:
            yield from _item(before[key], item)


def _item(old: Item, new: Item) -> Iterator[Change]:
    """The points that differ; where other things do, that the item is counted in another way."""
    told = [Change("points", new.label, old.full, new.full)] if old.full != new.full else []
    told += _values(new.label, _worths(old), _worths(new))
    yield from told
    if _without_points(old) != _without_points(new):
        yield Change("counting", new.label)
    elif not told and old.label != new.label:
        yield Change("renamed", f"{old.label} → {new.label}")


def _values(
    label: str, old: Mapping[str, tuple[str, Decimal | None]], new: Mapping[str, tuple[str, Decimal | None]]
) -> list[Change]:
    """What single acts and grades are worth, where both tables have them and it differs."""
    return [
        Change("points", f"{label} · {name}", old[key][1], worth)
        for key, (name, worth) in new.items()
        if key in old and old[key][1] != worth
    ]


def _worths(item: Item) -> dict[str, tuple[str, Decimal | None]]:
    """What each act and grade is worth, by id, with its label."""
    found: dict[str, tuple[str, Decimal | None]] = {}
    for act in item.ways:
        if act.each is not None or not act.published:
            found[act.id] = (act.label, act.each)
    if item.kind == "tier":
        found |= {f"grade.{grade.id}": (grade.label, grade.points) for grade in item.grades}
    return found


def _without_points(item: Item) -> object:
    """The item without what is told as points, names and hints, and without checks, which move no points."""
    document = item.model_dump(exclude={"full", "label", "hint", "note", "checked_by"})
    for listed in ("acts", "grades"):
        for one in document.get(listed, ()):
            for told in ("each", "points", "label"):
                one.pop(told, None)
    return document


def _parts(old: RuleSet, new: RuleSet) -> Iterator[Change]:
    before = {part.id: part for part in old.parts}
    after = {part.id: part for part in new.parts}
    yield from (Change("part_added", part.label, None, part.full) for key, part in after.items() if key not in before)
    yield from (Change("part_removed", part.label) for key, part in before.items() if key not in after)
    for key, part in after.items():
        if key not in before:
            continue
        was = before[key]
        if was.full != part.full:
            yield Change("points", part.label, was.full, part.full)
        if was.start != part.start:
            yield Change("start", part.label, was.start, part.start)
        if (was.floor, was.weight, was.duty) != (part.floor, part.weight, part.duty):
            yield Change("counting", part.label)


def _frames(old: RuleSet, new: RuleSet) -> Iterator[Change]:
    if old.total.full != new.total.full:
        yield Change("total", "", old.total.full, new.total.full)
    if (old.total.start, old.total.floor) != (new.total.start, new.total.floor):
        yield Change("total_counting")
    if old.bonus.cap != new.bonus.cap:
        yield Change("points", new.bonus.label, old.bonus.cap, new.bonus.cap)
    if old.bonus.per != new.bonus.per:
        yield Change("counting", new.bonus.label)
    for code, of in _SECTIONS.items():
        if of(old) != of(new):
            yield Change(code)


_SECTIONS: dict[str, Callable[[RuleSet], object]] = {
    "groups": lambda rules: rules.groups,
    "veto": lambda rules: rules.veto,
    "classes": lambda rules: rules.classes,
    "bands": lambda rules: rules.bands,
}


def _policies(old: Policies, new: Policies) -> Iterator[Change]:
    if old.line != new.line:
        yield Change("line", "", old.line, new.line)
    names = (name for name in Policies.model_fields if name != "line")
    yield from (Change("policy", name) for name in names if getattr(old, name) != getattr(new, name))


def _number(points: Decimal | None) -> str:
    return "–" if points is None else f"{points.normalize():f}"


def _moved(change: Change) -> Markup:
    return Markup("{} → <b>{}</b>").format(_number(change.before), _number(change.after))


SENTENCES: dict[str, Callable[[Words, Change], Markup]] = {
    "item_added": lambda _, one: _("➕ new: {label}{points}", label=one.label, points=_of(_, one.after)),
    "item_removed": lambda _, one: _("➖ no longer: {label}{points}", label=one.label, points=_of(_, one.before)),
    "part_added": lambda _, one: _("➕ new class: {label}{points}", label=one.label, points=_of(_, one.after)),
    "part_removed": lambda _, one: _("➖ class no longer: {label}", label=one.label),
    "points": lambda _, one: _("✏️ {label}: {moved} points", label=one.label, moved=_moved(one)),
    "start": lambda _, one: _("✏️ {label} starts at: {moved} points", label=one.label, moved=_moved(one)),
    "counting": lambda _, one: _("✏️ {label}: counted in another way", label=one.label),
    "renamed": lambda _, one: _("✏️ {label}", label=one.label),
    "total": lambda _, one: _("✏️ full points in all: {moved}", moved=_moved(one)),
    "total_counting": lambda _, _one: _("✏️ where the total starts or ends"),
    "groups": lambda _, _one: _("✏️ common caps of several items"),
    "veto": lambda _, _one: _("✏️ the cases of the one-vote veto"),
    "classes": lambda _, _one: _("✏️ classes of members"),
    "bands": lambda _, _one: _("✏️ the year's bands"),
    "line": lambda _, one: _("✏️ the line: {moved} points", moved=_moved(one)),
    "policy": lambda _, one: _("✏️ settled anew: {policy}", policy=POLICY_NAMES[one.label](_)),
}


def _of(_: Words, points: Decimal | None) -> str:
    return "" if points is None else _.plain(" ({points} points)", points=_number(points))


POLICY_NAMES: dict[str, Callable[[Words], str]] = {
    "month_to_quarter": lambda _: _.plain("how months make a quarter"),
    "quarter_to_year": lambda _: _.plain("how quarters make a year"),
    "rounding": lambda _: _.plain("rounding"),
    "bonus_may_pass": lambda _: _.plain("whether the bonus may pass the full points"),
    "top_share": lambda _: _.plain("who is first in line for awards"),
    "rank_ties": lambda _: _.plain("ranks of equal points"),
    "bands_as": lambda _: _.plain("how bands are written"),
    "publicity_days": lambda _: _.plain("days of publicity"),
    "objection_days": lambda _: _.plain("days to object"),
    "answer_days": lambda _: _.plain("days to answer an objection"),
    "correction_months": lambda _: _.plain("months for a correction"),
    "group_branches": lambda _: _.plain("branches in the review group"),
    "reviewers_per_branch": lambda _: _.plain("reviewers of a branch"),
    "gaps": lambda _: _.plain("numbers between two ranges"),
    "overlaps": lambda _: _.plain("numbers in two ranges"),
    "double_heads": lambda _: _.plain("one act under two heads"),
    "quota_rounding": lambda _: _.plain("rounding of quotas"),
    "quota_choice": lambda _: _.plain("who stays within a quota"),
    "exempt_item": lambda _: _.plain("what an exempt item counts"),
}
