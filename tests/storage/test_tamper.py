"""Whoever holds the database can take the guards down; whatever he then does to the ledger is found by its chain."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Callable
from random import Random

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chain import Head, Wrong
from bot.storage.ledger import Entry, Ledger, entry_hash
from bot.storage.schema import ledger, ledger_text
from bot.storage.store import Store
from bot.storage.tx import Tx

ENTRIES = 60
ROUNDS = 200
SEED = 20261122

Forgery = tuple[list[tuple[str, dict[str, object]]], set[int]]


@pytest.fixture
async def written(store: Store) -> list[Entry]:
    """A chain of submissions and returns, the returns with a reason."""
    async with store.write() as tx:
        for number in range(ENTRIES):
            facts = {"form": number, "revision": 1, "total_centi": 6000 + number}
            reason = f"请补充第{number}项佐证" if number % 4 == 3 else ""
            kind = "form_returned" if reason else "form_submitted"
            await tx.ledger.append(kind, period="2026-10", subject=number % 7 + 1, actor=number % 5 + 1,
                                   free_text=reason, **facts)  # fmt: skip
    async with store.read() as tx:
        return await tx.ledger.entries()


@pytest.fixture
async def attacked(store: Store, written: list[Entry]) -> AsyncIterator[Tx]:
    """The database in the hands of somebody who took the guards down; nothing of it stays."""
    async with store.write() as tx:
        await take_guards_down(tx.connection)
        yield tx
        await tx.discard()


async def take_guards_down(connection: AsyncConnection) -> None:
    """What an attacker does first; foreign keys would only hinder him."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("drop function refuse_to_change() cascade"))
        await connection.execute(text("alter table ledger_text drop constraint fk_ledger_text_seq_ledger"))
        return
    rows = await connection.execute(text("select name from sqlite_master where type = 'trigger'"))
    for (name,) in rows.all():
        await connection.execute(text(f"drop trigger {name}"))
    await connection.execute(text("pragma defer_foreign_keys=on"))


EDITS: dict[str, Callable[[Random, Entry], object]] = {
    "at": lambda random, entry: entry.at.replace(microsecond=random.randrange(1, 10**6)),
    "kind": lambda random, entry: random.choice(["rating_approved", "form_submitted ", "x"]),
    "period": lambda random, entry: random.choice(["2026-11", "", "2026-1O"]),
    "subject_id": lambda random, entry: random.choice([None, 99, entry.subject_id and -entry.subject_id]),
    "actor_id": lambda random, entry: random.choice([None, 99, 0]),
    "body": lambda random, entry: random.choice([
        entry.body.replace("60", "99", 1) + " ", "{}", "", "null", entry.body.replace(",", ", "),
    ]),
    "previous_hash": lambda random, entry: secrets_hash(random),
    "hash": lambda random, entry: secrets_hash(random),
}  # fmt: skip


def secrets_hash(random: Random) -> str:
    return f"{random.getrandbits(256):064x}"


def edited(random: Random, chain: list[Entry]) -> Forgery:
    """One column of one entry, or the words of a reason."""
    entry = random.choice(chain)
    name = random.choice([*EDITS, "reason"])
    if name == "reason":
        entry = random.choice([one for one in chain if one.kind == "form_returned"])
        return [("update ledger_text set text = :text where seq = :seq", {"text": "另有原因", "seq": entry.seq})], {
            entry.seq
        }
    value = EDITS[name](random, entry)
    return [(f"{name}", {"seq": entry.seq, "value": value})], {entry.seq}


def deleted(random: Random, chain: list[Entry]) -> Forgery:
    """One entry or several in a row, not at the end; the next one shows it."""
    first = random.randrange(1, len(chain))
    last = random.randrange(first, len(chain))
    return [("delete from ledger where seq between :first and :last", {"first": first, "last": last})], {last + 1}


def reordered(random: Random, chain: list[Entry]) -> Forgery:
    """Two entries change places."""
    one, other = sorted(random.sample(range(1, len(chain) + 1), 2))
    move = "update ledger set seq = :new where seq = :old"
    steps = [(one, 10**6), (other, one), (10**6, other)]
    return [(move, {"old": old, "new": new}) for old, new in steps], {one}


def truncated(random: Random, chain: list[Entry]) -> Forgery:
    """The end is cut off; only a published head shows it."""
    kept = random.randrange(0, len(chain))
    return [("delete from ledger where seq > :kept", {"kept": kept})], {kept + 1}


def rewritten(random: Random, chain: list[Entry]) -> Forgery:
    """One entry is changed and everything after it hashed anew, as well as the attacker can; only the head shows it."""
    first = random.randrange(len(chain))
    previous, statements = chain[first].previous_hash, []
    for entry in chain[first:]:
        facts = json.loads(entry.body)
        if entry is chain[first]:
            facts["total_centi"] = 10_000
        body = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = entry_hash(entry.seq, entry.at, entry.kind, entry.period, entry.subject_id, entry.actor_id,
                            body, previous)  # fmt: skip
        values = {"body": body, "previous": previous, "hash": digest, "seq": entry.seq}
        statements.append(
            ("update ledger set body = :body, previous_hash = :previous, hash = :hash where seq = :seq", values)
        )
        previous = digest
    return statements, {len(chain)}


TAMPERINGS = [edited, deleted, reordered, truncated, rewritten]


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
async def test_every_tampering_is_found_beside_the_published_head(
    attacked: Tx, written: list[Entry], tamper: Callable[[Random, list[Entry]], Forgery]
) -> None:
    """Two hundred times each, at random places: found every time, with the number of the first bad entry."""
    published = Head(written[-1].seq, written[-1].hash)
    random, found = Random(SEED), 0
    for _ in range(ROUNDS):
        statements, bad = tamper(random, written)
        async with attacked.connection.begin_nested() as savepoint:
            for statement, values in statements:
                await forge(attacked.connection, statement, values)
            flaw = (await attacked.ledger.prove(published)).flaw
            await savepoint.rollback()
        assert flaw is not None, (statements, bad)
        assert flaw.seq in bad | {seq + 1 for seq in bad}, (statements, flaw)
        found += 1
    assert found == ROUNDS
    assert (await attacked.ledger.prove(published)).flaw is None


async def forge(connection: AsyncConnection, statement: str, values: dict[str, object]) -> None:
    """Carry one forgery out; a bare column name means setting it."""
    if statement in ledger.c:
        column = ledger.c[statement]
        await connection.execute(ledger.update().where(ledger.c.seq == values["seq"]).values({column: values["value"]}))
    else:
        await connection.execute(text(statement), values)


async def test_a_reason_that_nobody_gave_is_found(attacked: Tx, written: list[Entry]) -> None:
    """A text put beside an entry that had none."""
    await attacked.connection.execute(insert(ledger_text).values(seq=1, salt=secrets.token_hex(16), text="补写"))
    flaw = (await attacked.ledger.prove()).flaw
    assert flaw is not None
    assert (flaw.seq, flaw.wrong) == (1, Wrong.TEXT)


@pytest.mark.parametrize(
    "garbage",
    ["at = 'soon'", "at = 5", "body = cast(x'ff00' as text)", "body = x'7b'", "kind = cast(x'c3' as text)",
     "subject_id = 'nobody'", "actor_id = 1.5"],
)  # fmt: skip
async def test_what_cannot_even_be_read_is_named(store_on_sqlite: Store, garbage: str) -> None:
    """SQLite takes anything into any column; the proof names the entry and does not stumble over it."""
    async with store_on_sqlite.write() as tx:
        for number in range(5):
            await tx.ledger.append("tried", subject=number, actor=1)
        await take_guards_down(tx.connection)
        await tx.connection.execute(text(f"update ledger set {garbage} where seq = 3"))
        flaw = (await tx.ledger.prove()).flaw
        assert flaw is not None
        assert (flaw.seq, flaw.wrong) == (3, Wrong.CONTENT)


async def test_each_wrong_is_called_by_its_name(attacked: Tx, written: list[Entry]) -> None:
    """Whoever proves the ledger reads what was done to it."""
    published = Head(written[-1].seq, written[-1].hash)
    seen = {}
    for statement, head in (
        ("update ledger set body = '{}' where seq = 5", None),
        ("delete from ledger where seq = 5", None),
        (f"update ledger set previous_hash = '{'0' * 64}' where seq = 5", None),
        ("update ledger_text set text = 'x' where seq = 4", None),
        ("delete from ledger where seq >= 50", published),
    ):
        async with attacked.connection.begin_nested() as savepoint:
            await attacked.connection.execute(text(statement))
            flaw = (await attacked.ledger.prove(head)).flaw
            await savepoint.rollback()
        assert flaw is not None
        seen[flaw.wrong] = flaw.seq
    assert seen == {Wrong.CONTENT: 5, Wrong.GAP: 6, Wrong.LINK: 5, Wrong.TEXT: 4, Wrong.CUT_OFF: 50}


def test_a_head_reads_back_as_it_was_written() -> None:
    """It is copied from a chat or a bulletin by hand."""
    head = Head(12, "ab" * 32)
    assert Head.parse(f" {str(head).upper()}\n") == head
    for broken in ("", "12", "12:ab", f"x:{'ab' * 32}", f"12:{'zz' * 32}"):
        with pytest.raises(ValueError, match=f"^{broken}$"):
            Head.parse(broken)


async def test_the_chain_of_an_empty_ledger_holds(store: Store) -> None:
    """Nothing was written yet, and a head of nothing is no cut."""
    async with store.read() as tx:
        proof = await tx.ledger.prove(Head(0, "0" * 64))
    assert (proof.flaw, proof.newest_at, proof.head.seq) == (None, None, 0)


def test_ledger_is_the_only_writer() -> None:
    """The gateway offers no way to change or remove an entry."""
    assert not {name for name in vars(Ledger) if name.startswith(("update", "delete", "change", "remove"))}
