"""一季一通报 as a message: the page as a file with the same facts in words; and the ledger's head, said by itself."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts.papers.bulletin import Figure
from bot.domain.accounts import Language
from bot.domain.periods import Quarter
from bot.domain.spread import Spread
from bot.scoring.points import ZERO
from bot.views.bulletin import NOTHING, bulletin_facts, spreads
from bot.views.paper_facts import BulletinFacts
from bot.views.terms import points, quarter_name
from bot.views.view import Paper, View
from bot.views.words import Words


def bulletin_letter(_: Words, facts: BulletinFacts) -> View:
    """The page as a file, and its facts in words."""
    paper = Paper(bulletin_facts(_, facts), f"bulletin-{facts.quarter}.pdf")
    return View(Markup("\n").join(lines(_, facts)), paper=paper, private=True)


def lines(_: Words, facts: BulletinFacts) -> list[Markup]:
    """The facts of the page, line by line, short enough for what stands under a file."""
    page = bulletin_facts(_, facts)
    return [
        _("📊 <b>{title}</b> · {organisation}", title=page.title, organisation=facts.organisation),
        Markup.escape(page.subtitle),
        Markup(),
        *(_figure(_, one) for one in page.figures),
        *(_spread_line(_, quarter, one) for quarter, one in spreads(facts)),
        *_extremes(_, facts),
        Markup(),
        _("🔗 The ledger ends with <code>{head}</code>", head=str(facts.head)),
    ]


def _figure(_: Words, one: Figure) -> Markup:
    values = [" ".join(filter(None, (one.value, one.unit)))] if one.value != NOTHING else []
    return _("<b>{heading}</b>: {facts}", heading=one.heading, facts=_apart(_).join((*values, *one.lines)))


def _apart(_: Words) -> str:
    """What stands between facts that have commas of their own."""
    return "；" if _.language is Language.ZH else "; "


def _spread_line(_: Words, quarter: Quarter, one: Spread) -> Markup:
    return _(
        "{quarter}: median {median}, middle half {lower}–{upper}, from {low} to {high}",
        quarter=quarter_name(_, quarter), median=points(one.median), lower=points(one.lower),
        upper=points(one.upper), low=points(one.low), high=points(one.high),
    )  # fmt: skip


def _extremes(_: Words, facts: BulletinFacts) -> list[Markup]:
    """Of each dimension the branch with the highest and the lowest mean; the whole table is on the page."""
    told = []
    for at, dimension in enumerate(facts.dimensions):
        means = [(one.by_dimension[at] or ZERO, one.branch) for one in facts.branches if one.mean is not None]
        (low, last), (high, best) = min(means, default=(ZERO, "")), max(means, default=(ZERO, ""))
        if points(low) != points(high):
            told.append(
                _("{dimension}: highest {best} {high}, lowest {last} {low}", dimension=dimension, best=best,
                  high=points(high), last=last, low=points(low))
            )  # fmt: skip
    return told


def head_letter(_: Words, quarter: Quarter, head: str) -> View:
    """One line for the committee's chat: where the ledger ended when the quarter was shown."""
    text = _(
        "🔗 {quarter} is on show. The ledger ends with <code>{head}</code>: kept here, it proves later that nothing "
        "was changed before.",
        quarter=quarter_name(_, quarter), head=head,
    )  # fmt: skip
    return View(text, private=True, silent=True)
