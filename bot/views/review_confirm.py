"""Before a branch is confirmed: what exactly stands after the tap, and what is still open to look at."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.review import ConfirmReview, OpenReview
from bot.views.review_card import card
from bot.views.review_facts import ReviewCard, ReviewedMember
from bot.views.terms import listed, points, quarter_name
from bot.views.view import Button, Style, View
from bot.views.words import Words

PEOPLE_NAMED = 15


def question(_: Words, facts: ReviewCard) -> View:
    """Whose points are confirmed, what is flagged with them, and whether it is the last word; or the card as it is."""
    if not facts.mine:
        return card(_, facts)
    names = _people(_, facts.counted)
    lines = [
        _("✅ <b>{branch}</b> · {quarter}: confirm the review?", branch=facts.branch,
          quarter=quarter_name(_, facts.quarter)),
        Markup(),
        _.many("👥 {n} member: {names}", "👥 {n} members: {names}", len(facts.counted), names=names),
        *_open_lines(_, facts),
        Markup(),
        _("With this tap the branch is reviewed; its points then wait to be shown.") if facts.is_last_word
        else _("The other reviewer confirms after you; then the branch is reviewed."),
    ]  # fmt: skip
    where = str(facts.quarter), facts.stand.branch_id
    yes = Button(_.plain("✅ Yes, confirm"), ConfirmReview(*where, facts.stand.revision), Style.GO)
    back = Button(_.plain("‹ Back, look again"), OpenReview(*where))
    return View(Markup("\n").join(lines), ((yes,), (back,)), private=True)


def _people(_: Words, members: tuple[ReviewedMember, ...]) -> str:
    told = listed(_, [f"{one.row.person.name} {points(one.row.points)}" for one in members[:PEOPLE_NAMED]])
    return told if len(members) <= PEOPLE_NAMED else _.plain("{names} and others", names=told)


def _open_lines(_: Words, facts: ReviewCard) -> list[Markup]:
    """What the group changed, and whom the card flags although nothing was changed with him."""
    adjusted = [one for one in facts.members if one.adjusted]
    untouched = [one for one in facts.flagged if not one.adjusted]
    lines = []
    if adjusted:
        lines.append(_("✏️ Adjusted by the group: {names}", names=_people(_, tuple(adjusted))))
    if untouched:
        names = _people(_, tuple(untouched))
        lines.append(
            _.many("⚠️ {n} member with hints stays as he is: {names}",
                   "⚠️ {n} members with hints stay as they are: {names}", len(untouched), names=names)
        )  # fmt: skip
    if facts.leniency is not None and facts.leniency.stands_out:
        lines.append(_("⚠️ The branch's mean is far from the others'."))
    return lines or [_("Nothing stands out with any member.")]
