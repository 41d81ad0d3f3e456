"""What must hold after any row, read from the database and the sandbox's log alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from bench.faults.figures import Figure, exactly
from bench.faults.world import World
from bench.rehearsal.default_table import month_lines, month_total
from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.views import menu

Effects = dict[str, Any]
_SENDS = {"sendMessage", "sendPhoto", "sendDocument"}
_DECISIONS = {"rating_approved", "rating_postponed", "form_returned", "form_adjusted", "facts_recorded"}
# The fingerprint of a reason is salted anew each time.
_SALTED = re.compile(r'text_sha256\\":\\"[0-9a-f]{64}')
APOLOGY = menu.apology(load_catalog()[Language.ZH]).text


async def effects(here: World) -> Effects:
    """Everything that was brought about, without hours and without what only machinery needs."""
    tables = {
        "forms": "select member_id, month, state, revision, answers, notes, total_centi, returned_reason from form",
        "ratings": "select member_id, quarter, state, revision, decided_by from rating",
        "records": "select member_id, month, item, facts, recorded_by from record",
        "results": "select member_id, quarter, centi, rank from result",
        "branches": "select branch_id, quarter, state, revision from branch_quarter",
        "accounts": "select telegram_id, member_id, awaiting from account",
        "evidence": "select form_id, item, sha256 from evidence",
        "ledger": "select kind, period, subject_id, actor_id, body from ledger where kind != 'draw_announced'",
        "letters": "select kind, member_id, branch_id, state from letter",
        "buried": "select error from dead_letter",
    }
    return {
        name: sorted(_SALTED.sub("", json.dumps(row, default=str)) for row in await here.rows(query))
        for name, query in tables.items()
    }


def differences(one: Effects, other: Effects) -> list[str]:
    """Which parts differ, and by how many rows."""
    found = []
    for name in one:
        first: Counter[str] = Counter(one[name])
        second: Counter[str] = Counter(other[name])
        if first != second:
            found.append(f"{name}: {(first - second) + (second - first)}")
    return found


# What somebody may change without wronging anybody: what he waits for, and what he is told.
OWN = ("accounts", "letters")


def harm(before: Effects, after: Effects) -> int:
    """How many parts of the organisation's matters are other ones now."""
    return sum(before[name] != after[name] for name in before if name not in OWN)


async def wrong_totals(here: World) -> int:
    """Forms whose stored total is not the sum of their lines, worked out a second time (I6)."""
    wrong = 0
    for form in await here.rows("select answers, overrides, total_centi from form where exempt is null"):
        overrides = form["overrides"]
        lines = month_lines(
            json.loads(form["answers"]), json.loads(overrides) if isinstance(overrides, str) else overrides
        )
        wrong += form["total_centi"] != month_total(lines)
    return wrong


async def decisions_since(here: World, seq: int) -> list[str]:
    """The decisions of the ledger after this entry, in order."""
    rows = await here.rows("select kind from ledger where seq > :seq order by seq", seq=seq)
    return [row["kind"] for row in rows if row["kind"] in _DECISIONS]


async def double_decisions(here: World, seq: int) -> int:
    """Decisions after this entry on a revision that was decided already (I3)."""
    rows = await here.rows("select kind, body from ledger where seq > :seq", seq=seq)
    decided = Counter(_decided(json.loads(row["body"])) for row in rows if row["kind"] in _DECISIONS)
    return sum(times - 1 for on, times in decided.items() if on is not None)


def _decided(body: dict[str, Any]) -> tuple[str, int, int] | None:
    """What the decision was on, and the revision it made; None where the entry names none."""
    on = next((name for name in ("rating", "form") if name in body), "")
    return (on, body[on], body["revision"]) if on and "revision" in body else None


async def last_entry(here: World) -> int:
    """The ledger's newest number."""
    return int(await here.value("select coalesce(max(seq), 0) from ledger"))


async def copies(here: World) -> int:
    """Messages that say word for word what a letter said in the same chat and are not that letter's message."""
    rows = await here.rows("select chat_id, message_id from letter where message_id is not null")
    recorded = {(row["chat_id"], row["message_id"]) for row in rows}
    places: dict[tuple[Any, Any], list[tuple[int, int]]] = {}
    for call in here.box.outbox():
        if call.ok and call.method in _SENDS and isinstance(call.result, dict):
            said = call.params.get("text") or call.params.get("caption")
            places.setdefault((call.chat_id, said), []).append((call.result["chat"]["id"], call.result["message_id"]))
    return sum(sum(one not in recorded for one in some) for some in places.values() if recorded & set(some))


async def twice_told(here: World) -> int:
    """Letters of one kind that one person got more than once about the same thing (I8)."""
    rows = await here.rows("select kind, member_id, branch_id, body, due_at from letter where kind != 'menu_changed'")
    days = [{**row, "due_at": str(row["due_at"])[:10]} for row in rows]
    written = Counter(json.dumps(row, default=str, sort_keys=True) for row in days)
    return sum(times - 1 for times in written.values())


async def untold(here: World) -> int:
    """Letters that did not reach whom they could have reached."""
    return await here.count("letter", "state in ('due', 'unknown', 'refused')")


def apologies(here: World) -> int:
    """How often the bot told somebody that something went wrong."""
    return sum(APOLOGY in str(call.params.get("text", "")) for call in here.box.outbox())


async def sound(here: World) -> list[Figure]:
    """What every play ends with: the chain holds, the points add up, nothing was buried."""
    return [
        exactly("broken ledgers", int(await here.first_bad() is not None)),
        exactly("wrong totals", await wrong_totals(here)),
        exactly("buried updates", await here.count("dead_letter")),
    ]
