"""公示: until when points are shown and may be objected to, and the committee's way to show a quarter."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.actions.menu import PrintBulletin, PrintPoster, ShowOverview
from bot.domain.actions.publicity import AskPublish, OpenPublicity, PublishQuarter
from bot.domain.forms import BranchState
from bot.domain.periods import Quarter
from bot.views.menu import back_row
from bot.views.publicity_facts import Publicity, PublicityCard
from bot.views.terms import day_name, deadline_name, instant_name, listed, quarter_name
from bot.views.view import Button, Rows, Style, View
from bot.views.words import Words


def publicity_line(_: Words, publicity: Publicity, zone: ZoneInfo) -> Markup:
    """Until when one may object; afterwards that it is final, or what it still waits for."""
    if publicity.final_at is not None:
        return _("✅ Final since {day}", day=day_name(_, publicity.final_at.astimezone(zone).date()))
    ends = deadline_name(_, publicity.ends_at, zone)
    if publicity.is_running:
        return _("📢 On show until {end}. If you do not agree, please say so before then.", end=ends)
    return _("⏳ On show until {end}; final when all objections are settled.", end=ends)


def publicity_stamp(_: Words, publicity: Publicity, zone: ZoneInfo) -> str:
    """The same for the foot of a picture."""
    if publicity.final_at is not None:
        return _.plain("Final since {day}.", day=day_name(_, publicity.final_at.astimezone(zone).date()))
    return _.plain("On show until {end}.", end=deadline_name(_, publicity.ends_at, zone))


def card(_: Words, facts: PublicityCard) -> View:
    """How many branches are ready, what is missing, and the button that shows those that are ready."""
    return View(Markup("\n").join(_card_lines(_, facts)), _card_rows(_, facts), private=True)


def due_letter(_: Words, facts: PublicityCard) -> View | None:
    """To the committee on the day and each working morning after it; None once every branch is shown."""
    if len(facts.shown) == len(facts.branches):
        return None
    return card(_, facts)


def escalated_letter(_: Words, facts: PublicityCard) -> View | None:
    """To the Party office: the publication is late, and why."""
    if len(facts.shown) == len(facts.branches):
        return None
    lines = [
        _("⏰ The publication of {quarter} is overdue.", quarter=quarter_name(_, facts.quarter)),
        *_state_lines(_, facts),
    ]
    return View(Markup("\n").join(lines), private=True)


def _card_lines(_: Words, facts: PublicityCard) -> list[Markup]:
    lines = [_("📢 <b>{quarter} · publicity</b>", quarter=quarter_name(_, facts.quarter)), *_state_lines(_, facts)]
    if facts.shown:
        lines += _shown_lines(_, facts)
    if facts.unready and facts.now < facts.publishes_at:
        at = instant_name(_, facts.publishes_at, facts.zone)
        lines += [Markup(), _("Planned for {at}. Before that, only when all branches are reviewed.", at=at)]
    elif facts.unready and facts.ready:
        lines += [Markup(), _("The branches that are missing can be shown later, by a second tap.")]
    return lines


def _state_lines(_: Words, facts: PublicityCard) -> list[Markup]:
    """What is reviewed, and by name what is not."""
    reviewed = len(facts.branches) - len(facts.unready)
    lines = [_("{n} of {all} branches reviewed", n=reviewed, all=len(facts.branches))]
    for state, sentence in (
        (BranchState.RATING, _("Still rating: {names}", names=listed(_, facts.of(BranchState.RATING)))),
        (BranchState.REVIEW, _("With the review group: {names}", names=listed(_, facts.of(BranchState.REVIEW)))),
    ):
        if facts.of(state):
            lines.append(sentence)
    return lines


def _shown_lines(_: Words, facts: PublicityCard) -> list[Markup]:
    ends = sorted({one.stand.publicity_ends_at for one in facts.branches if one.stand.publicity_ends_at is not None})
    final = len(facts.of(BranchState.FINAL))
    told = [
        _("Shown: {n} of {all}, until {ends}", n=len(facts.shown), all=len(facts.branches),
          ends=listed(_, [deadline_name(_, one, facts.zone) for one in ends])),
        _("Final: {n} of {all}", n=final, all=len(facts.branches)),
    ]  # fmt: skip
    if facts.disputed:
        told.append(
            _.many("{n} branch has objections that are not settled",
                   "{n} branches have objections that are not settled", facts.disputed)
        )  # fmt: skip
    return told


def _card_rows(_: Words, facts: PublicityCard) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if facts.may_publish:
        label = _.many_plain("📢 Show this {n} branch", "📢 Show these {n} branches", len(facts.ready))
        rows.append((Button(label, AskPublish(str(facts.quarter)), Style.MAIN),))
    if facts.shown:
        quarter = str(facts.quarter)
        rows.append((Button(_.plain("🏛 All branches"), ShowOverview(quarter)), bulletin_button(_, facts.quarter)))
        rows.append((Button(_.plain("🖨 All posters (PDF)"), PrintPoster(quarter, 0)),))
    return (*rows, back_row(_))


def bulletin_button(_: Words, quarter: Quarter) -> Button:
    """The bulletin once more, for whoever may read it."""
    return Button(_.plain("📊 Bulletin (PDF)"), PrintBulletin(str(quarter)))


def confirm_page(_: Words, facts: PublicityCard) -> View:
    """Names the branches once more before anything is shown."""
    if not facts.may_publish:
        return card(_, facts)
    n = len(facts.ready)
    lines = [
        _("📢 <b>{quarter} · publicity</b>", quarter=quarter_name(_, facts.quarter)),
        _.many("This branch is shown now, at one moment:", "These {n} branches are shown now, at one moment:", n),
        Markup.escape(listed(_, facts.ready)),
        Markup(),
        _("Each member gets his own result in private, each branch's group its standings. "
          "Until {end} they may object; then the points are final.",
          end=deadline_name(_, facts.would_end_at, facts.zone)),
    ]  # fmt: skip
    yes = Button(_.plain("📢 Yes, show them"), PublishQuarter(str(facts.quarter), facts.seal), Style.GO)
    back = Button(_.plain("‹ Back"), OpenPublicity(str(facts.quarter)))
    return View(Markup("\n").join(lines), ((yes,), (back,)), private=True)
