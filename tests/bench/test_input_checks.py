"""The checker finds what it is there for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bench.rehearsal.default_table import month_lines, month_total
from bench.rehearsal.inbox import Inbox
from bench.rehearsal.input_checks import Findings, check_ledger, check_letters
from bench.rehearsal.records import Records
from bot.domain.actions.form import AnswerRest, OpenForm
from bot.telegram.codec import pack
from sandbox import Sandbox

TOKEN = "42:TEST"


def records(**tables: Any) -> Records:
    """An empty database but for these tables."""
    empty: dict[str, Any] = {
        name: [] for name in (
            "accounts", "forms", "evidence", "records", "ratings", "results", "branches", "branch_quarters",
            "letters", "dead_letters", "ledger",
        )
    }  # fmt: skip
    return Records(**{**empty, "handled": set(), "first_bad": None, **tables})


def letter(key: str, **columns: Any) -> dict[str, Any]:
    """One letter that arrived."""
    return {
        "key": key, "kind": "form_opened", "member_id": 1, "branch_id": None, "body": {"form_id": 1}, "state": "sent",
        "error": None, "chat_id": 1, "message_id": 1, "due_at": datetime(2026, 7, 25, tzinfo=UTC), **columns,
    }  # fmt: skip


def submission(total_centi: int) -> dict[str, Any]:
    """A ledger's entry of a month of duties."""
    return {"seq": 1, "kind": "form_submitted", "form": 1, "lines": month_lines({}), "total_centi": total_centi}


async def test_a_letter_written_twice_is_a_duplicate() -> None:
    """The same thing said to the same person on the same day under two keys."""
    async with Sandbox(bots={TOKEN: "b"}) as box:
        found = Findings()
        check_letters(found, records(letters=[letter("a"), letter("b", message_id=2)]), box)
    assert len(found.duplicates) == 1


async def test_a_letter_that_never_arrived_is_lost() -> None:
    """Whatever is still due at the end, or was refused, was not said."""
    async with Sandbox(bots={TOKEN: "b"}) as box:
        found = Findings()
        check_letters(
            found, records(letters=[letter("a", state="due"), letter("b", member_id=2, state="refused")]), box
        )
    assert len(found.lost) == 2


def test_a_wrong_sum_in_the_ledger_is_found() -> None:
    """The lines of an entry must add up to its total."""
    found = Findings()
    check_ledger(found, records(ledger=[submission(month_total(month_lines({})) + 1)]))
    assert len(found.wrong_totals) == 1
    check_ledger(right := Findings(), records(ledger=[submission(month_total(month_lines({})))]))
    assert right.wrong_totals == []


def test_a_broken_chain_is_a_loss() -> None:
    """A ledger that does not verify proves nothing."""
    check_ledger(found := Findings(), records(first_bad=7))
    assert found.lost == ["the ledger breaks at 7"]


async def test_a_tap_that_was_acknowledged_and_forgotten_is_found() -> None:
    """Told to Telegram as done, without effect and without an answer; looking around leaves no key and is no loss."""
    async with Sandbox(bots={TOKEN: "b"}) as box:
        inbox = Inbox(box, TOKEN)
        zhang = box.person("张伟")
        await zhang.says("/start")
        bot = box.world.bots[TOKEN]
        message = box.world.post(zhang.chat(), bot.user, "text", {"text": "card"})
        for action in (AnswerRest(1), OpenForm(1)):
            await zhang.taps(data=pack(action), on=message.id, wait=0)
        assert inbox.swallowed(lambda key: False) == []
        bot.updates.clear()
        (swallowed,) = inbox.swallowed(lambda key: False)
        assert swallowed.what == "AnswerRest"
        assert inbox.swallowed(lambda key: key == swallowed.key) == []
