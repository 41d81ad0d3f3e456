"""Tables in chat: the page of versions, a proposal with its findings and changes, and the news of an adoption."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.domain.actions.rules import (
    AskRejectProposal,
    AskRules,
    ConfirmProposal,
    DownloadProposal,
    DownloadRules,
    OpenProposal,
    OpenRules,
    SubmitProposal,
    WithdrawProposal,
)
from bot.domain.forms import REASON_LIMIT
from bot.domain.rulemaking import Proposal, ProposalState
from bot.scoring.lint import Finding, Severity
from bot.scoring.table import RuleSet
from bot.views.findings import finding_sentence, weight_mark
from bot.views.menu import back_row
from bot.views.rule_changes import Change, change_sentence
from bot.views.rule_facts import Adoption, CheckedTable, ProposalCard, RulesPage
from bot.views.terms import date_name, decision_name, instant_name, points
from bot.views.view import Button, Paper, Rows, Style, View
from bot.views.words import Words

MOST_CHANGES = 15
MOST_FINDINGS = 8
YAML, XLSX = "yaml", "xlsx"


def page(_: Words, facts: RulesPage) -> View:
    """The table in force in short, the versions to come, and for those involved what waits."""
    current = facts.current
    lines = [_("📜 <b>{title}</b>, version {version}", title=current.rules.title, version=current.rules.version)]
    if current.effective_on is not None:
        lines.append(_("In force since {day}", day=date_name(_, current.effective_on)))
    lines += [Markup(), *_contents(_, current.rules)]
    for day, rules in facts.coming:
        lines += [
            Markup(),
            _("🕘 From {day} on: {title}, version {version}",
              day=date_name(_, day), title=rules.title, version=rules.version),
        ]  # fmt: skip
    if facts.waiting:
        lines += [Markup(), *(_waiting(_, one) for one in facts.waiting)]
    return View(Markup("\n").join(lines), _page_rows(_, facts))


def _contents(_: Words, rules: RuleSet) -> Iterator[Markup]:
    """Each part with its items and their full points."""
    for part in rules.parts:
        items = " · ".join(f"{item.label} {points(item.full)}" for item in rules.items_of(part=part.id))
        yield _("<b>{part} {full}</b>: {items}", part=part.label, full=points(part.full), items=items)
    apart = " · ".join(item.label for item in rules.items_of(part=""))
    if apart:
        yield Markup.escape(apart)
    bonus = " · ".join(item.label for item in rules.bonus.items)
    if bonus:
        full = points(rules.bonus.cap) if rules.bonus.cap is not None else ""
        yield _("<b>{part} {full}</b>: {items}", part=rules.bonus.label, full=full, items=bonus)
    if rules.policies.line is not None:
        yield _("The line: {line} points", line=points(rules.policies.line))


def _waiting(_: Words, found: Proposal) -> Markup:
    return _(
        "🗳 Waits for agreement: version {version}, from {day} on",
        version=found.version, day=date_name(_, found.effective_on),
    )  # fmt: skip


def _page_rows(_: Words, facts: RulesPage) -> Rows:
    rows = [
        (Button(_.plain("🗳 Version {version}", version=one.version), OpenProposal(one.proposal_id), Style.MAIN),)
        for one in facts.waiting
    ]
    shown = facts.current.ruleset_id
    papers = (
        Button(_.plain("📄 The table as YAML"), DownloadRules(shown, YAML)),
        Button(_.plain("📊 As Excel"), DownloadRules(shown, XLSX)),
    )
    proposing = [(Button(_.plain("📝 Propose a new table"), AskRules()),)] if facts.may_propose else []
    return (*rows, papers, *proposing, back_row(_))


def asking(_: Words) -> View:
    """The next file is the new table."""
    text = _(
        "📎 Please send the new table as a file: YAML, or the Excel workbook.\n\n"
        "Take the one in force as a beginning, change it, give it a new version, and let <code>effective_from</code> "
        "name the first day of a month not yet opened. Nothing takes effect by sending it: you see first what it "
        "changes, and two persons of the Party committee have to agree."
    )
    return View(text, ((Button(_.plain("‹ Back"), OpenRules()),),))


def refused(_: Words, table: CheckedTable) -> View:
    """The file is a table, but errors keep it from being proposed."""
    errors = [one for one in table.findings if one.severity is Severity.ERROR]
    lines = [
        _("⛔️ <b>{title}</b>, version {version}, cannot be proposed yet.",
          title=table.rules.title, version=table.rules.version),
        *_findings(_, table, len(errors)),
        Markup(),
        _("Please correct it and send the file again."),
    ]  # fmt: skip
    return View(Markup("\n").join(lines), ((Button(_.plain("‹ Back"), OpenRules()),),))


def proposal(_: Words, card: ProposalCard, *, writing: bool = False) -> View:
    """A proposal: what it is, who stands behind it, what it changes, what the linter says, and the decision."""
    found = card.proposal
    if found is None:
        return refused(_, card.table)
    lines = [*_head(_, card, found), Markup(), *_changed(_, card.table.changes)]
    if card.table.splits_quarter:
        lines += [Markup(), _("⚠️ It begins within a quarter: that quarter would have months by both tables.")]
    if card.table.findings:
        lines += [Markup(), *_findings(_, card.table, MOST_FINDINGS)]
    if found.reason:
        lines += [Markup(), _("Reason: <blockquote>{reason}</blockquote>", reason=found.reason)]
    if writing:
        lines += [Markup(), _("✍️ Please write the reason now (at most {limit} characters).", limit=REASON_LIMIT)]
    return View(Markup("\n").join(lines), _proposal_rows(_, card, found), private=True)


def _head(_: Words, card: ProposalCard, found: Proposal) -> Iterator[Markup]:
    table = card.table
    yield _("🗳 <b>{title}</b>, version {version}", title=table.rules.title, version=table.rules.version)
    yield _(
        "From {day} on, in place of {title}, version {version}",
        day=date_name(_, found.effective_on), title=table.replaces.title, version=table.replaces.version,
    )  # fmt: skip
    if found.state is ProposalState.DRAFT:
        yield _("<i>A draft: only you see it.</i>")
        return
    at = instant_name(_, found.proposed_at, card.zone)
    yield _("Proposed by {name}, {at}", name=card.proposer or _.plain("the administrator"), at=at)
    if found.confirmed_at is not None:
        yield _("✅ {name} agrees, {at}", name=card.first, at=instant_name(_, found.confirmed_at, card.zone))
    if found.state is ProposalState.OPEN:
        missing = 1 if found.confirmed_at is not None else 2
        yield _.many("Waits for the agreement of {n} person.", "Waits for the agreement of {n} persons.", missing)
    else:
        yield Markup.escape(_decided(_, card, found))


def _decided(_: Words, card: ProposalCard, found: Proposal) -> str:
    at = instant_name(_, found.decided_at or found.proposed_at, card.zone)
    name = card.decider or _.plain("the administrator")
    return _.plain("{decision}: {name}, {at}", decision=decision_name(_, found.state.value), name=name, at=at)


def _changed(_: Words, changes: tuple[Change, ...]) -> Iterator[Markup]:
    if not changes:
        yield _("Nothing that moves points changes.")
        return
    yield _("<b>What changes</b>")
    yield from (change_sentence(_, one) for one in changes[:MOST_CHANGES])
    if len(changes) > MOST_CHANGES:
        yield _.many("… and {n} more", "… and {n} more", len(changes) - MOST_CHANGES)


def _findings(_: Words, table: CheckedTable, most: int) -> Iterator[Markup]:
    yield _("<b>What the check says</b>")
    shown = table.findings[: min(most, MOST_FINDINGS)]
    yield from (Markup("{} {}").format(weight_mark(one), _finding(_, table, one)) for one in shown)
    if len(table.findings) > len(shown):
        yield _.many("… and {n} more", "… and {n} more", len(table.findings) - len(shown))


def _finding(_: Words, table: CheckedTable, one: Finding) -> str:
    """What was found; of what the organisation knows and keeps, its own reason."""
    if one.accepted:
        return _.plain("Known and kept: {reason}", reason=table.rules.accepts[one.code])
    return finding_sentence(_, one)


def _proposal_rows(_: Words, card: ProposalCard, found: Proposal) -> Rows:
    key = found.proposal_id
    rows: list[tuple[Button, ...]] = []
    if found.state is ProposalState.DRAFT:
        rows.append((Button(_.plain("📨 Put before the committee"), SubmitProposal(key), Style.GO),))
    elif found.is_settled:
        rows.append((Button(_decided(_, card, found)),))
    elif card.may_confirm:
        rows.append(
            (
                Button(_.plain("✅ Agree"), ConfirmProposal(key), Style.GO),
                Button(_.plain("❌ Disagree"), AskRejectProposal(key), Style.STOP),
            )
        )
    rows.append((Button(_.plain("📄 The whole table"), DownloadProposal(key)),))
    if card.is_own and not found.is_settled:
        rows.append((Button(_.plain("🗑 Take back"), WithdrawProposal(key)),))
    return (*rows, (Button(_.plain("‹ All versions"), OpenRules()),))


def paper(_: Words, rules: RuleSet, content: bytes, suffix: str) -> View:
    """A table as a file."""
    text = _("{title}, version {version}", title=rules.title, version=rules.version)
    return View(text, paper=Paper(content, f"{rules.id}-{rules.version}.{suffix}"))


# ── what the bot says unasked ─────────────────────────────────────────────────────────────────────────────────────────


def adopted(_: Words, facts: Adoption) -> View:
    """To every member: from when, what changes, and that the past stays as it is."""
    lines = [
        _("📜 <b>A new table: {title}, version {version}</b>", title=facts.rules.title, version=facts.rules.version),
        _("In force from {day} on.", day=date_name(_, facts.effective_on)),
        Markup(),
        *_changed(_, facts.changes),
        Markup(),
        _("Months before that day keep their own table and their points."),
    ]
    return View(Markup("\n").join(lines), ((Button(_.plain("📜 See the table"), OpenRules()),),))
