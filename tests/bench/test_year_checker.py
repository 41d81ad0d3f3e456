"""The year's checker finds what it is there for: each promise broken once in a few rows."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bench.rehearsal.checker import chain, deadlines, pairs, trust
from bench.rehearsal.checker.rows import TABLES, Tables
from bench.rehearsal.checker.verdict import promises_kept
from bench.rehearsal.checker.wire import Wire, Written
from sandbox.log import CallLog

AT = datetime(2026, 4, 1, 1, tzinfo=UTC)
GROUP, MEMBER = -100, 7


def tables(**rows: list[dict[str, Any]]) -> Tables:
    """An empty database but for these rows."""
    return Tables({**{table: [] for table in TABLES}, **rows})


def ledger(*said: tuple[str, str, int | None, dict[str, Any]]) -> list[dict[str, Any]]:
    """A chain of entries (kind, period, actor, body), a second apart."""
    rows: list[dict[str, Any]] = []
    before = "0" * 64
    for number, (kind, period, actor, facts) in enumerate(said, 1):
        at, body = AT + timedelta(seconds=number), json.dumps(facts)
        canonical = [number, at.isoformat(timespec="microseconds"), kind, period, None, actor, body, before]
        digest = hashlib.sha256(json.dumps(canonical, ensure_ascii=False).encode()).hexdigest()
        rows.append(
            {"seq": number, "at": at, "kind": kind, "period": period, "subject_id": None, "actor_id": actor,
             "body": body, "previous_hash": before, "hash": digest}
        )  # fmt: skip
        before = digest
    return rows


def wire(*written: Written) -> Wire:
    """What went over the wire."""
    heard = Wire(CallLog())
    heard.written += written
    return heard


def shown(text: str, chat_id: int = GROUP) -> Written:
    """A message as it was written."""
    return Written(AT, chat_id, 1, True, text, ())


def test_a_changed_entry_breaks_the_chain() -> None:
    """A whole chain is whole; one letter changed is named by its number."""
    rows = ledger(("month_closed", "2026-03", None, {}), ("quarter_opened", "2026Q1", None, {}))
    assert list(chain.broken_entries(tables(ledger=rows))) == []
    rows[1]["body"] = '{"x": 1}'
    assert list(chain.broken_entries(tables(ledger=rows))) == ["entry 2 (quarter_opened) has another hash"]


def drawing(drawn: list[int]) -> Tables:
    """A draw of two out of four with this outcome."""
    first = ledger(("form_submitted", "2026-03", 1, {}))
    source = first[0]
    seed = chain.sha256(f"{source['hash']}:2026Q1")
    announced = {
        "number": 0, "source_seq": 1, "source_hash": source["hash"], "seed": seed, "candidates": [1, 2, 3, 4],
        "places": 2, "before": (AT + timedelta(seconds=2)).isoformat(),
    }  # fmt: skip
    rows = ledger(
        ("form_submitted", "2026-03", 1, {}), ("draw_announced", "2026Q1", None, announced),
        ("branches_drawn", "2026Q1", 1, {"number": 0, "seed": seed, "drawn": drawn}),
    )  # fmt: skip
    return tables(ledger=rows, draw=[{"quarter": "2026Q1", "number": 0, "drawn": drawn}])


def test_a_draw_that_does_not_follow_from_its_seed_is_found() -> None:
    """The two smallest lots, in their order, and nothing else."""
    seed = json.loads(drawing([])["ledger"][1]["body"])["seed"]
    lots = sorted([1, 2, 3, 4], key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())
    assert list(chain.wrong_draws(drawing(lots[:2]), ("2026Q1",))) == []
    assert len(list(chain.wrong_draws(drawing(lots[1:3]), ("2026Q1",)))) == 1


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("📣 第一党支部积分公示\n1. 张伟 61", 0),
        ("张伟的佐证不足，已作更正", 1),
        ("70 分以下：张伟", 1),
        ("说明：台账登记有误，详见附件", 1),
    ],
)
def test_what_is_private_is_found_in_a_group(text: str, private: int) -> None:
    """A rank is public; a reason, a name under the line, a word of discipline are not."""
    found = tables(
        member=[{"id": MEMBER, "name": "张伟"}],
        ledger=[{**ledger(("result", "2026Q1", None, {"centi": 6100}))[0], "subject_id": MEMBER}],
        ledger_text=[{"seq": 1, "salt": "s", "text": "台账登记有误，详见附件"}],
    )
    assert len(list(trust.private_in_groups(found, wire(shown(text))))) == private


def test_who_reviews_the_branch_that_he_represents_is_found() -> None:
    """A confirmation by somebody of that branch, whatever else was right."""
    rows = ledger(("review_confirmed", "2026Q1", MEMBER, {"branch": 3}))
    home = {"member_id": MEMBER, "branch_id": 3, "from_on": None, "to_on": None}
    assert len(list(trust.own_branch_reviews(tables(ledger=rows, membership=[home])))) == 1
    assert list(trust.own_branch_reviews(tables(ledger=rows, membership=[{**home, "branch_id": 4}]))) == []


Said = tuple[str, int, dict[str, Any]]
CLOSED: Said = ("quarter_closed", 9, {})
CONFIRMED: Said = ("review_confirmed", 1, {})
ADJUSTED: Said = ("form_adjusted", 2, {"form": 5, "review": True})
REVIEWED: Said = ("branch_reviewed", 2, {"alone": False})
DISPUTED: Said = ("review_disputed", 1, {})
DECIDED: Said = ("branch_reviewed", 3, {"alone": True})


@pytest.mark.parametrize(
    ("said", "lone"),
    [
        ((CLOSED, CONFIRMED, REVIEWED), 0),
        ((CLOSED, REVIEWED), 1),
        ((CLOSED, CONFIRMED, ADJUSTED, REVIEWED), 1),
        ((CLOSED, ADJUSTED, CONFIRMED, REVIEWED), 0),
        ((CONFIRMED, CLOSED, REVIEWED), 1),
        ((CLOSED, CONFIRMED, ADJUSTED, DISPUTED, DECIDED), 0),
        ((CLOSED, CONFIRMED, DECIDED), 1),
    ],
)
def test_a_branch_that_only_one_of_two_reviewers_saw_is_found(said: tuple[Said, ...], lone: int) -> None:
    """Where the table wants two: both confirm what stands now, or a third decides after a quarrel."""
    months = ("2026-01", "2026-02", "2026-03")
    rows = ledger(*(
        (kind, "2026-02" if "form" in facts else "2026Q1", actor, {"branch": 3, **facts}) for kind, actor, facts in said
    ))  # fmt: skip
    table = {"id": 1, "effective_on": "2026-01-01", "text": "  reviewers_per_branch: 2\n"}
    found = tables(ledger=rows, form=[{"id": 5, "branch_id": 3}], ruleset=[table])
    assert len(list(pairs.lone_reviews(found, (("2026Q1", months),)))) == lone
    usual = tables(ledger=rows, form=[{"id": 5, "branch_id": 3}], ruleset=[{**table, "text": ""}])
    assert list(pairs.lone_reviews(usual, (("2026Q1", months),))) == []


def test_an_objection_that_nobody_answered_is_found() -> None:
    """Open for ever, or answered where the member never reads it."""
    objection = {"id": 1, "member_id": MEMBER, "state": "closed"}
    answered = ledger(("objection_answered", "2026Q1", 2, {"objection": 1, "level": 1}))
    found = tables(
        objection=[objection], ledger=answered, account=[{"member_id": MEMBER, "telegram_id": 70}],
        ledger_text=[{"seq": 1, "salt": "s", "text": "已核对"}],
    )  # fmt: skip
    assert list(trust.unanswered_objections(found, wire(shown("答复：已核对", 70)))) == []
    assert len(list(trust.unanswered_objections(found, wire(shown("答复：已核对", 71))))) == 1
    never = tables(objection=[{**objection, "state": "open"}])
    assert len(list(trust.unanswered_objections(never, wire()))) == 1


def test_what_was_done_twice_is_found() -> None:
    """A month that closed twice, and a reminder that came twice on one day."""
    rows = ledger(("month_closed", "2026-03", None, {}), ("month_closed", "2026-03", None, {}))
    letter = {"kind": "form_reminded", "member_id": 1, "branch_id": None, "body": {"form_id": 1}, "state": "sent",
              "sent_at": AT}  # fmt: skip
    year = deadlines.Year(tables(ledger=rows, letter=[letter, letter]), (), AT)
    assert len(list(deadlines.doubled(year))) == 2


def test_a_moment_that_passed_without_its_work_is_found() -> None:
    """A whole quarter of which nothing was done."""
    year = deadlines.Year(tables(), (("2026Q1", ("2026-01", "2026-02", "2026-03")),), AT)
    found = list(deadlines.missed(year))
    assert any(one.startswith("month_opens of 2026-02") for one in found)
    assert any(one.startswith("publicity_due of 2026Q1") for one in found)


def test_prompts_are_counted_by_member_and_month() -> None:
    """Five about one month are too many; what never went over the wire is no prompt."""
    letters = [
        {"kind": "form_reminded", "member_id": 1, "state": "sent", "body": {"form_id": 1}, "chat_id": 70,
         "message_id": number} for number in range(5)
    ]  # fmt: skip
    found = tables(form=[{"id": 1, "month": "2026-03"}], letter=letters)
    heard = wire(*(Written(AT, 70, number, True, "", ()) for number in range(5)))
    assert trust.prompts_per_member_month(found, heard) == 5
    with pytest.raises(ValueError, match="do not agree"):
        trust.prompts_per_member_month(found, wire())


def test_a_play_of_one_quarter_promises_nothing_of_the_year() -> None:
    """Figures that were not worked out break no promise; wrong ones do."""
    assert promises_kept({"lost": 0})
    assert not promises_kept({"missed_deadlines": 1})
    assert not promises_kept({"ledger_verified": False})
    assert not promises_kept({"prompts_per_member_month_max": 5})
