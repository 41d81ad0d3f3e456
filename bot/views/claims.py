"""An item that is not as usual, on one line: what was claimed or recorded, what it brings, who decided otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from bot.scoring.asking import choices, counters
from bot.scoring.facts import Fact, Source
from bot.scoring.items import Item
from bot.views.rating_facts import Claim
from bot.views.terms import listed, points, short_month
from bot.views.words import Words

NOTE_SHOWN = 80


def claim_line(_: Words, claim: Claim, names: Mapping[int, str] | None = None) -> Markup:
    """One item that is not as usual: its points, the facts, and who decided otherwise."""
    sign = "🎖" if claim.for_the_year else "📋" if claim.item.source is not Source.MEMBER else "·"
    full = f"/{points(claim.item.full)}" if claim.item.full is not None else ""
    gained = "" if claim.points is None else Markup(" <b>{}</b>{}").format(points(claim.points), full)
    line = Markup("{} {} {}{}").format(sign, short_month(_, claim.month), claim.item.label, gained)
    said = fact_words(_, claim.item, claim.facts)
    if said:
        line += Markup(" · {}").format(said)
    if claim.for_the_year:
        line += _(" (counts for the year)")
    if claim.lacks_evidence:
        line += _(" ⚠️ no evidence")
    elif claim.pieces:
        line += Markup(" 📎{}").format(claim.pieces)
    if claim.note:
        note = claim.note.replace("\n", " ")
        line += Markup("\n   <i>“{}”</i>").format(note if len(note) <= NOTE_SHOWN else note[: NOTE_SHOWN - 1] + "…")
    if claim.override is not None:
        line += Markup("\n   {}").format(_adjusted(_, claim, names or {}))
    return line


def _adjusted(_: Words, claim: Claim, names: Mapping[int, str]) -> Markup:
    override = claim.override
    if override is None:
        return Markup()
    by = names.get(int(override.by), "") if override.by.isdigit() else ""
    if claim.before is None:
        return _("✏️ set to {after}: {reason} ({by})", after=points(override.points), reason=override.reason, by=by)
    return _("✏️ {before} → {after}: {reason} ({by})", before=points(claim.before), after=points(override.points),
             reason=override.reason, by=by)  # fmt: skip


def fact_words(_: Words, item: Item, facts: Iterable[Fact]) -> str:
    """What was answered, in the table's own words: the grade, or how often what happened."""
    grades = {choice.id: choice.label for choice in choices(item)}
    units = {counter.id: counter for counter in counters(item)}
    only = next(iter(units.values())) if len(units) == 1 else None
    said = []
    for fact in facts:
        name = grades.get(fact.grade or fact.act)
        counter = units.get(fact.act) or only
        if name is not None:
            said.append(name)
        elif counter is not None:
            label = "" if counter.label == item.label else counter.label
            said.append(f"{label} {fact.count.normalize():f}{counter.unit}".strip())
    return listed(_, said)
