"""What is asked again and again is looked up, never searched for in everything that the years have left."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import Connection, event

from bot.domain.periods import Month
from bot.storage.handled_updates import is_handled
from bot.storage.store import Store
from bot.storage.tx import Tx

OCTOBER = Month(2026, 10)
Ask = Callable[[Tx], Awaitable[object]]

OFTEN: dict[str, Ask] = {
    "due letters": lambda tx: tx.letters.claim(30),
    "the next letter": lambda tx: tx.letters.next_due_at(),
    "prompts of a month": lambda tx: tx.letters.prompts_of(OCTOBER),
    "what was claimed": lambda tx: tx.dues.claimed([str(OCTOBER)]),
    "handled updates": lambda tx: is_handled(tx.connection, "u1"),
    "the ledger of a person": lambda tx: tx.ledger.entries(subject=1),
    "the ledger of a period": lambda tx: tx.ledger.newest_of("form_submitted", str(OCTOBER)),
    "the form of a month": lambda tx: tx.forms.find(1, OCTOBER),
}


@pytest.mark.parametrize("ask", OFTEN.values(), ids=OFTEN)
async def test_no_table_is_read_whole(store_on_sqlite: Store, ask: Ask) -> None:
    """Every step of SQLite's plan goes by an index."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(_connection: Connection, _cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
        asked.append((statement, values))

    engine = store_on_sqlite._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    async with store_on_sqlite.write() as tx:
        await ask(tx)
        event.remove(engine, "before_cursor_execute", note)
        plans = [await tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", values) for one, values in asked]
        steps = [str(row[-1]) for plan in plans for row in plan]
    assert steps
    assert [step for step in steps if step.startswith("SCAN")] == []
