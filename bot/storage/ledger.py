"""The ledger 台账: append-only, each entry chained to the one before it by hash.

An entry refers to people by id. Free text (a reason) lies beside the chain under a salted hash, so that it can be
erased on a person's demand while the chain stays verifiable.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import ledger, ledger_text

GENESIS = "0" * 64
_CHAIN_LOCK = 0x786665  # one advisory lock for the chain's end


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it was written; `body` is canonical JSON."""

    seq: int
    at: datetime
    kind: str
    period: str
    subject_id: int | None
    actor_id: int | None
    body: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain, to be published where the database cannot reach."""

    seq: int
    hash: str


class Ledger:
    """Appends to and reads the chain."""

    def __init__(self, connection: AsyncConnection, now: datetime, by: str = "") -> None:
        self._connection = connection
        self._now = now
        # What no person on the roster did says what did it: {"by": "cli"}.
        self._by = {"by": by} if by else {}
        self._head: Head | None = None

    async def append(
        self,
        kind: str,
        *,
        period: str = "",
        subject: int | None = None,
        actor: int | None = None,
        free_text: str = "",
        **facts: Any,
    ) -> int:
        """Write one entry and return its number; `facts` must be plain JSON without names or free text."""
        head = self._head or await self._lock_head()
        salt = secrets.token_hex(16) if free_text else ""
        if actor is None:
            facts |= self._by
        if free_text:
            facts["text_sha256"] = _text_hash(salt, free_text)
        body = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        seq = head.seq + 1
        digest = entry_hash(seq, self._now, kind, period, subject, actor, body, head.hash)
        await self._connection.execute(
            ledger.insert().values(
                seq=seq, at=self._now, kind=kind, period=period, subject_id=subject, actor_id=actor,
                body=body, previous_hash=head.hash, hash=digest,
            )
        )  # fmt: skip
        if free_text:
            await self._connection.execute(ledger_text.insert().values(seq=seq, salt=salt, text=free_text))
        self._head = Head(seq, digest)
        return seq

    async def append_many(self, entries: list[Mapping[str, Any]]) -> None:
        """Write entries (the arguments of `append` without free text) with one statement; for hundreds at once."""
        head = self._head or await self._lock_head()
        rows = []
        for entry in entries:
            facts = dict(entry)
            kind, period = facts.pop("kind"), facts.pop("period", "")
            subject, actor = facts.pop("subject", None), facts.pop("actor", None)
            if actor is None:
                facts |= self._by
            body = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            digest = entry_hash(head.seq + 1, self._now, kind, period, subject, actor, body, head.hash)
            rows.append({
                "seq": head.seq + 1, "at": self._now, "kind": kind, "period": period, "subject_id": subject,
                "actor_id": actor, "body": body, "previous_hash": head.hash, "hash": digest,
            })  # fmt: skip
            head = Head(head.seq + 1, digest)
        if rows:
            await self._connection.execute(ledger.insert(), rows)
        self._head = head

    async def head(self) -> Head:
        """The chain's end as it stands."""
        row = (await self._connection.execute(_LAST)).first()
        return Head(row.seq, row.hash) if row else Head(0, GENESIS)

    async def newest_at(self) -> datetime | None:
        """When the last entry was written."""
        return await self._connection.scalar(select(ledger.c.at).order_by(ledger.c.seq.desc()).limit(1))

    async def entries(self, *, subject: int | None = None) -> list[Entry]:
        """All entries in order, or those that speak of one member."""
        statement = select(ledger).order_by(ledger.c.seq)
        if subject is not None:
            statement = statement.where((ledger.c.subject_id == subject) | (ledger.c.actor_id == subject))
        return [_entry(row) for row in await self._connection.execute(statement)]

    async def stream(self) -> AsyncIterator[Entry]:
        """All entries in order without holding them all."""
        async with self._connection.stream(select(ledger).order_by(ledger.c.seq)) as rows:
            async for row in rows:
                yield _entry(row)

    async def texts(self) -> dict[int, tuple[str, str]]:
        """The salt and text of each entry that has one."""
        return {row.seq: (row.salt, row.text) for row in await self._connection.execute(select(ledger_text))}

    async def first_bad(self) -> int | None:
        """The number of the first entry that does not fit the chain or its own text, or None."""
        texts = await self.texts()
        expected = Head(0, GENESIS)
        async for entry in self.stream():
            fits = (
                entry.seq == expected.seq + 1 and entry.previous_hash == expected.hash and entry.hash == rehash(entry)
            )
            if not fits or not _text_fits(entry, texts.get(entry.seq)):
                return entry.seq
            expected = Head(entry.seq, entry.hash)
        return None

    async def _lock_head(self) -> Head:
        # SQLite has one writer anyway; on PostgreSQL the chain's end is taken by one transaction at a time.
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
        return await self.head()


_LAST = select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1)


def entry_hash(
    seq: int, at: datetime, kind: str, period: str, subject: int | None, actor: int | None, body: str, previous: str
) -> str:
    """SHA-256 over the entry's canonical form and the hash before it."""
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps([seq, instant, kind, period, subject, actor, body, previous], ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def rehash(entry: Entry) -> str:
    """The hash that this entry ought to have."""
    return entry_hash(
        entry.seq, entry.at, entry.kind, entry.period, entry.subject_id, entry.actor_id, entry.body, entry.previous_hash
    )


def _text_hash(salt: str, free_text: str) -> str:
    return hashlib.sha256(f"{salt}\n{free_text}".encode()).hexdigest()


def _text_fits(entry: Entry, stored: tuple[str, str] | None) -> bool:
    """An erased text is allowed, a changed one is not."""
    if stored is None:
        return True
    expected: str | None = json.loads(entry.body).get("text_sha256")
    return expected == _text_hash(*stored)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        row.seq, row.at, row.kind, row.period, row.subject_id, row.actor_id, row.body, row.previous_hash, row.hash
    )
