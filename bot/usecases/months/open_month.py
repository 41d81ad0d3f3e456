"""Opening, extending and closing a month, by the clock or by an admin's hand."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.forms import Exemption
from bot.domain.people import MemberStatus, Person
from bot.domain.periods import Month
from bot.domain.timetable import Due, Timetable
from bot.errors import PeriodClosedError
from bot.outbox.addressed import Addressed
from bot.outbox.letters import FormOpened
from bot.scoring.engine import score_month
from bot.scoring.facts import Answers, Fact, facts_from_json, facts_to_json
from bot.scoring.points import hundredths
from bot.scoring.ruleset import RuleSet, load_ruleset, template_text
from bot.storage.forms import NewForm
from bot.storage.store import Store
from bot.storage.tx import Tx

_EXEMPT = {
    MemberStatus.ON_LEAVE: Exemption.ON_LEAVE,
    MemberStatus.SECONDED: Exemption.SECONDED,
    MemberStatus.SUSPENDED: Exemption.SUSPENDED,
    MemberStatus.LEFT: Exemption.LEFT,
}


def exemption_of(person: Person, counts_from: date | None, month: Month) -> Exemption | None:
    """Why the month does not count for this member, if so: not active, or joined after its first day."""
    if person.status in _EXEMPT:
        return _EXEMPT[person.status]
    if counts_from is not None and counts_from > month.first_day:
        return Exemption.JOINED_LATER
    return None


class OpenMonth:
    """Begins the month's forms, with what is known filled in, and tells everybody who has one."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(
        self, month: Month, *, due: Due | None = None, actor: int | None = None, closes_at: datetime | None = None
    ) -> bool:
        """Open the month; False if it was open before.

        An admin may do it early, or for a month that was missed with a close of its own, until a branch has rated it.
        """
        async with self._store.write() as tx:
            if due is not None and not await tx.dues.claim(*due.claim):
                return False
            if closes_at is not None:
                await _require_unrated(tx, month)
            closes_at = closes_at or self._timetable.month_closes_at(month)
            if tx.now >= closes_at:
                raise PeriodClosedError(str(month), closes_at)
            ruleset_id = await rules_in_force(tx, month.first_day)
            if not await tx.periods.open_month(month, ruleset_id, tx.now, closes_at):
                return False
            rules = await tx.periods.rules(ruleset_id)
            await tx.forms.add(month, await _new_forms(tx, rules, month))
            await tx.ledger.append("month_opened", period=str(month), actor=actor, ruleset=ruleset_id)
            await self._announce(tx, month)
            return True

    async def _announce(self, tx: Tx, month: Month) -> None:
        bound = await tx.people.bound()
        letters: list[Addressed] = [
            Addressed(f"form_opened:{form.form_id}", FormOpened(form.form_id), form.member_id)
            for form in await tx.forms.in_months([month])
            if form.exempt is None and form.member_id in bound
        ]
        await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))


async def _require_unrated(tx: Tx, month: Month) -> None:
    """A month that was missed comes too late once a branch has closed its quarter without it."""
    stands = await tx.periods.branch_quarters(month.quarter)
    closed_at = next((stand.closed_at for stand in stands if stand.is_rated), None)
    if closed_at is not None:
        raise PeriodClosedError(str(month), closed_at)


async def rules_in_force(tx: Tx, day: date) -> int:
    """The rule set in force; an organisation that never adopted one begins with the default table."""
    if not await tx.periods.has_ruleset():
        text = template_text("default")
        rules = load_ruleset(text, "default.yaml")
        effective_on = rules.effective_from or day
        ruleset_id = await tx.periods.add_ruleset(rules, text, effective_on, tx.now)
        await tx.ledger.append("ruleset_adopted", ruleset=ruleset_id, name=rules.id, version=rules.version)
    return await tx.periods.ruleset_in_force(day)


async def _new_forms(tx: Tx, rules: RuleSet, month: Month) -> list[NewForm]:
    counts_from = await tx.people.counts_from()
    known = await known_answers(tx, rules, month)
    forms = []
    for person in await tx.people.all():
        if person.status is MemberStatus.LEFT:
            continue
        answers = known.get(person.member_id, {})
        total = hundredths(score_month(rules, answers, month=month).total)
        exempt = exemption_of(person, counts_from.get(person.member_id), month)
        forms.append(NewForm(person.member_id, person.branch_id, facts_to_json(answers), total, exempt))
    return forms


async def known_answers(tx: Tx, rules: RuleSet, month: Month) -> dict[int, Answers]:
    """What roll, dues and imports have recorded for the month, by member."""
    known: dict[int, dict[str, tuple[Fact, ...]]] = {}
    for record in await tx.forms.records(month):
        if rules.has_item(record.item):
            known.setdefault(record.member_id, {}).update(facts_from_json(record.facts))
    return dict(known)


class ExtendMonth:
    """An admin gives a month more time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, month: Month, closes_at: datetime, actor: int | None = None) -> None:
        """Let the month close at this (later) instant."""
        async with self._store.write() as tx:
            found = await tx.periods.get_month(month)
            if closes_at <= tx.now:
                raise PeriodClosedError(str(month), closes_at)
            await tx.periods.extend_month(month, closes_at)
            await tx.ledger.append(
                "month_extended", period=str(month), actor=actor,
                before=found.closes_at.isoformat(), after=closes_at.isoformat(),
            )  # fmt: skip


class CloseMonth:
    """Ends the time for handing in; a form that was not handed in loses nothing by that."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, month: Month, *, due: Due | None = None, actor: int | None = None) -> bool:
        """Close the month at its hour, or at once by an admin's hand; False if it was closed before."""
        async with self._store.write() as tx:
            found = await tx.periods.get_month(month)
            # The month may have been given more time since the clock looked at the timetable.
            if due is not None and (tx.now < found.closes_at or not await tx.dues.claim(*due.claim)):
                return False
            closes_at = min(found.closes_at, tx.now)
            if not await tx.periods.close_month(month, closes_at, tx.now):
                return False
            await tx.ledger.append("month_closed", period=str(month), actor=actor)
            return True
