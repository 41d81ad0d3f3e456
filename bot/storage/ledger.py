"""The ledger 台账: append-only, each entry chained to the one before it by hash.

An entry refers to people by id. Free text (a reason) lies beside the chain under a salted hash, so that it can be
erased on a person's demand while the chain stays verifiable.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import LargeBinary, Row, Select, String, cast, func, select, text, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chain import Flaw, Head, Proof, Wrong
from bot.domain.delegation import principal_behind
from bot.domain.people import Person
from bot.storage.schema import ledger, ledger_text

GENESIS = "0" * 64
_CHAIN_LOCK = 0x786665  # one advisory lock for the chain's end
_UNREADABLE = datetime.min.replace(tzinfo=UTC)


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
class Reason:
    """The free text of an entry, with what its hash was salted with."""

    salt: str
    text: str


class Ledger:
    """Appends to and reads the chain."""

    def __init__(self, connection: AsyncConnection, now: datetime, by: str = "") -> None:
        self._connection = connection
        self._now = now
        # What no person on the roster did says what did it: {"by": "cli"}.
        self._by = {"by": by} if by else {}
        self._head: Head | None = None
        self._present: Person | None = None

    def acts(self, person: Person) -> None:
        """What this person decides from here on in another's office carries that other's id as `for`."""
        self._present = person

    def _behind(self, kind: str, subject: int | None, actor: int | None) -> dict[str, int]:
        if self._present is None or actor != self._present.member_id:
            return {}
        principal = principal_behind(self._present, kind, subject)
        return {"for": principal} if principal is not None else {}

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
        facts |= self._behind(kind, subject, actor)
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
            facts |= self._behind(kind, subject, actor)
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

    async def last_before(self, before: datetime) -> Head:
        """The last entry that was written before this instant."""
        row = (await self._connection.execute(_LAST.where(ledger.c.at < before))).first()
        return Head(row.seq, row.hash) if row else Head(0, GENESIS)

    async def head_at(self, seq: int) -> Head:
        """The chain as it ended with this entry."""
        row = (await self._connection.execute(_LAST.where(ledger.c.seq == seq))).first()
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

    async def newest_of(self, kind: str, period: str) -> dict[int, int]:
        """For each member the number of the newest entry of this kind and period."""
        newest = func.max(ledger.c.seq)
        rows = await self._connection.execute(
            select(ledger.c.subject_id, newest)
            .where(ledger.c.kind == kind, ledger.c.period == period, ledger.c.subject_id.is_not(None))
            .group_by(ledger.c.subject_id)
        )
        return {row[0]: row[1] for row in rows}

    async def stream(self) -> AsyncIterator[tuple[Entry, Reason | None]]:
        """All entries in order with their reasons, without holding them all; no forgery can stop the reading."""
        sqlite = self._connection.dialect.name == "sqlite"
        async with self._connection.stream(_AS_BYTES if sqlite else _WITH_REASONS) as rows:
            async for row in rows:
                yield _from_bytes(row) if sqlite else (_entry(row), _reason(row.salt, row.text))

    async def prove(self, published: Head | None = None) -> Proof:
        """Follow the chain from its beginning; against a head that was published before also its missing end shows."""
        walk = Walk(published)
        async for entry, reason in self.stream():
            walk.step(entry, reason)
        return walk.proof()

    async def first_bad(self) -> int | None:
        """The number of the first entry that does not fit the chain or its own text, or None."""
        flaw = (await self.prove()).flaw
        return flaw.seq if flaw else None

    async def _lock_head(self) -> Head:
        # SQLite has one writer anyway; on PostgreSQL the chain's end is taken by one transaction at a time.
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
        return await self.head()


class Walk:
    """Follows the chain entry by entry and remembers the first that does not fit."""

    def __init__(self, published: Head | None = None) -> None:
        self._published = published
        self._head = Head(0, GENESIS)
        self._newest_at: datetime | None = None
        self._flaw: Flaw | None = None

    def step(self, entry: Entry, reason: Reason | None) -> None:
        """Look at the next entry."""
        if self._flaw is None:
            wrong = self._wrong(entry, reason)
            self._flaw = Flaw(entry.seq, entry.kind, entry.period, wrong) if wrong else None
        self._head, self._newest_at = Head(entry.seq, entry.hash), entry.at

    def proof(self) -> Proof:
        """What was found, now that there are no more entries."""
        if self._flaw is None and self._published is not None and self._published.seq > self._head.seq:
            self._flaw = Flaw(self._head.seq + 1, "", "", Wrong.CUT_OFF)
        return Proof(self._head, self._newest_at, self._flaw)

    def _wrong(self, entry: Entry, reason: Reason | None) -> Wrong | None:
        if entry.seq != self._head.seq + 1:
            return Wrong.GAP
        if entry.previous_hash != self._head.hash:
            return Wrong.LINK
        if entry.hash != rehash(entry):
            return Wrong.CONTENT
        if not _reason_fits(entry, reason):
            return Wrong.TEXT
        if self._published is not None and entry.seq == self._published.seq and entry.hash != self._published.hash:
            return Wrong.REWRITTEN
        return None


_LAST = select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1)


def _reading(*columns: Any) -> Select[Any]:
    return select(*columns).outerjoin(ledger_text, ledger_text.c.seq == ledger.c.seq).order_by(ledger.c.seq)


_WITH_REASONS = _reading(ledger, ledger_text.c.salt, ledger_text.c.text)
# SQLite keeps whatever is written into a column, such as text that is no UTF-8 or an instant that is none.
_AS_BYTES = _reading(
    ledger.c.seq, type_coerce(ledger.c.at, String), ledger.c.subject_id, ledger.c.actor_id,
    *(
        cast(column, LargeBinary)
        for column in (ledger.c.kind, ledger.c.period, ledger.c.body, ledger.c.previous_hash, ledger.c.hash,
                       ledger_text.c.salt, ledger_text.c.text)
    ),
)  # fmt: skip


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


def _reason_fits(entry: Entry, reason: Reason | None) -> bool:
    """An erased text is allowed, a changed one is not."""
    if reason is None:
        return True
    return facts_of(entry).get("text_sha256") == _text_hash(reason.salt, reason.text)


def facts_of(entry: Entry) -> Mapping[str, Any]:
    """What the entry holds; nothing where a forged body is no JSON object."""
    try:
        facts = json.loads(entry.body)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        row.seq, row.at, row.kind, row.period, row.subject_id, row.actor_id, row.body, row.previous_hash, row.hash
    )


def _from_bytes(row: Row[Any]) -> tuple[Entry, Reason | None]:
    stored: Sequence[Any] = tuple(row)
    seq, at, subject_id, actor_id = stored[:4]
    kind, period, body, previous_hash, digest, salt, reason = map(_decoded, stored[4:])
    entry = Entry(seq, _instant(at), kind, period, _number(subject_id), _number(actor_id), body, previous_hash, digest)
    return entry, _reason(salt if stored[9] is not None else None, reason)


def _decoded(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")


def _number(value: Any) -> int | None:
    """The id; what is none becomes one that nobody has."""
    return value if value is None or isinstance(value, int) else -1


def _instant(stored: Any) -> datetime:
    try:
        return datetime.fromisoformat(stored).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return _UNREADABLE


def _reason(salt: str | None, reason: str) -> Reason | None:
    return Reason(salt, reason) if salt is not None else None
