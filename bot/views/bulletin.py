"""一季一通报: what stands on the committee's page."""

from __future__ import annotations

from decimal import Decimal

from bot.charts.papers.bulletin import Bulletin, Figure, HeatRow, SpreadLine
from bot.domain.periods import Quarter
from bot.domain.spread import Spread
from bot.scoring.points import round_half_up, show
from bot.views.paper_facts import BranchInBulletin, BulletinFacts
from bot.views.terms import date_name, listed, points, quarter_name
from bot.views.words import Words

NOTHING = "–"
_PERCENT = Decimal(1)


def bulletin_facts(_: Words, facts: BulletinFacts) -> Bulletin:
    """What stands on the page."""
    quarter = quarter_name(_, facts.quarter)
    return Bulletin(
        title=_.plain("Bulletin of {quarter}", quarter=quarter),
        organisation=facts.organisation,
        subtitle=" · ".join(_subtitle(_, facts)),
        figures=(_forms(_, facts), _movers(_, facts), _objections(_, facts), _burden(_, facts)),
        spread_heading=_.plain("Spread of all members' points"),
        spread_note=_.plain("thick line: median · box and right: the middle half · thin line: lowest to highest"),
        spread=tuple(_spread(_, facts)),
        heat_heading=_.plain("Branches by dimension: mean points of a quarter's month"),
        heat_note=_.plain("in each column the darker, the higher"),
        columns=(_.plain("Branch"), *facts.dimensions, _.plain("Mean"), _.plain("Since last quarter")),
        rows=tuple(HeatRow(one.branch, one.by_dimension, one.mean, _change(_, facts, one)) for one in facts.branches),
        proof_heading=_.plain("The ledger ends with"),
        proof=(str(facts.head), *_how_to_verify(_)),
    )


def _subtitle(_: Words, facts: BulletinFacts) -> list[str]:
    if facts.final_at is not None:
        told = [_.plain("Final since {day}", day=date_name(_, facts.final_at.astimezone(facts.zone).date()))]
    else:
        done = facts.completion
        told = [_.plain("Provisional: {n} of {all} branches final", n=done.final, all=done.branches)]
    told.append(_.many_plain("{n} member rated", "{n} members rated", facts.spread.of if facts.spread else 0))
    if facts.not_rated:
        told.append(_.many_plain("{n} member not rated", "{n} members not rated", facts.not_rated))
    if facts.line is not None and facts.under_line:
        line = points(facts.line)
        told.append(_.many_plain("{n} member under {line}", "{n} members under {line}", facts.under_line, line=line))
    title, version = facts.rules
    return [*told, _.plain("by “{title}”, version {version}", title=title, version=version)]


def _forms(_: Words, facts: BulletinFacts) -> Figure:
    done = facts.completion
    lines = [
        _.plain("{n} of {all} forms", n=done.forms_in, all=done.forms),
        _.plain("rated in time: {n} of {all} branches", n=done.rated_in_time, all=done.branches),
    ]
    if facts.has_group:
        lines.append(_.plain("reviewed: {n} of {all} branches", n=done.reviewed, all=done.branches))
    return Figure(_.plain("Handed in"), _share(done.forms_in, done.forms), "", tuple(lines))


def _movers(_: Words, facts: BulletinFacts) -> Figure:
    moved = facts.movers
    heading = _.plain("Against the quarter before")
    if not moved.compared:
        return Figure(heading, NOTHING, "", (_.plain("Nobody was rated in the quarter before."),))
    lines = [_.plain("lower {down}, same {level}", down=moved.down, level=moved.level)]
    if moved.new:
        lines.append(_.plain("rated for the first time: {n}", n=moved.new))
    if moved.risers:
        lines.append(_.plain("Rose most: {names}", names=_risers(_, facts)))
    return Figure(heading, str(moved.up), _.plain("higher"), tuple(lines))


def _risers(_: Words, facts: BulletinFacts) -> str:
    return listed(_, (f"{one.name} +{points(one.gain)}" for one in facts.movers.risers))


def _objections(_: Words, facts: BulletinFacts) -> Figure:
    found = facts.objections
    lines = []
    if found.filed:
        lines = [
            _.plain("upheld {n}, in part {partly}", n=found.upheld, partly=found.partly),
            _.plain("not upheld {n}, withdrawn {withdrawn}", n=found.rejected, withdrawn=found.withdrawn),
            _.plain("still open {n}", n=found.unsettled),
        ]
    if found.mean_days is not None:
        lines.append(_.plain("answered after {days} days on average", days=show(found.mean_days)))
    return Figure(_.plain("Objections"), str(found.filed), _.plain("filed"), tuple(lines))


def _burden(_: Words, facts: BulletinFacts) -> Figure:
    found = facts.burden
    lines = (
        _.plain("at most {most}; the ceiling is {ceiling}", most=found.most, ceiling=found.ceiling),
        _.plain("over {n} months of members", n=found.member_months),
    )
    return Figure(_.plain("Prompts of a month's form"), show(found.mean), _.plain("each on average"), lines)


def _spread(_: Words, facts: BulletinFacts) -> list[SpreadLine]:
    return [
        SpreadLine(quarter_name(_, quarter), one.low, one.lower, one.median, one.upper, one.high)
        for quarter, one in spreads(facts)
    ]


def spreads(facts: BulletinFacts) -> list[tuple[Quarter, Spread]]:
    """The quarter before and this one, as far as anybody was rated."""
    both = (facts.quarter.previous, facts.before), (facts.quarter, facts.spread)
    return [(quarter, one) for quarter, one in both if one is not None]


def _change(_: Words, facts: BulletinFacts, one: BranchInBulletin) -> str:
    if one.change is None:
        return _.plain("new") if one.mean is not None and facts.before is not None else ""
    return signed(one.change)


def signed(value: Decimal) -> str:
    """A change with its sign, such as "+1.5", "−0.3" or "0"."""
    told = show(value)
    return told.replace("-", "−") if told.startswith("-") or told == "0" else f"+{told}"


def _share(part: int, whole: int) -> str:
    """A share in whole per cent; all of it only when nothing is missing."""
    if not whole:
        return NOTHING
    share = round_half_up(Decimal(part * 100) / whole, _PERCENT)
    return f"{min(share, Decimal(99)) if part < whole else share:f}%"


def _how_to_verify(_: Words) -> tuple[str, ...]:
    return (
        _.plain(
            "Keep this line: with “xianfeng ledger verify --head” and it, anybody who runs the bot proves that nothing "
            "written until then was changed or removed."
        ),
    )
