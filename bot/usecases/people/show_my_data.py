"""Everything stored about whoever visits, to be read, kept and corrected."""

from __future__ import annotations

from bot.domain.may import Deed, Subject
from bot.domain.periods import Month
from bot.domain.timetable import Timetable
from bot.scoring.ruleset import RuleSet
from bot.storage.store import Store
from bot.usecases.visit import Visit, must
from bot.views.stored_facts import MyData, StoredTable


class ShowMyData:
    """Gathers every row about the visitor, whatever his state."""

    def __init__(self, store: Store, timetable: Timetable, organisation: str) -> None:
        self._store = store
        self._zone = timetable.zone
        self._organisation = organisation

    async def __call__(self, visit: Visit) -> MyData:
        """All tables with something in them, and the rule sets that name the items in them."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_OWN, Subject.of(person))
            rules: dict[Month, RuleSet] = {
                form.month: await tx.periods.rules(form.ruleset_id)
                for form in await tx.forms.of_member(person.member_id)
            }
            return MyData(
                person=person,
                organisation=self._organisation,
                tables=tuple(
                    StoredTable(one.name, one.rows, one.by_person) for one in await tx.personal.about(person.member_id)
                ),
                branches={branch.branch_id: branch.name for branch in await tx.people.branches()},
                rules=rules,
                now=tx.now,
                zone=self._zone,
            )
