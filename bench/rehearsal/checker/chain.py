"""The ledger's chain and the draws that rest on it, hashed a second time from their description."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.rehearsal.checker.rows import Row, Tables


def sha256(words: str) -> str:
    """The SHA-256 of a text in hexadecimal digits."""
    return hashlib.sha256(words.encode()).hexdigest()


def broken_entries(tables: Tables) -> Iterator[str]:
    """Entries that do not follow the one before, or whose hash or text is not what it says."""
    texts = {row["seq"]: row for row in tables["ledger_text"]}
    before = "0" * 64
    for number, row in enumerate(sorted(tables["ledger"], key=lambda one: int(one["seq"])), 1):
        said = [
            row["seq"], row["at"].astimezone(UTC).isoformat(timespec="microseconds"), row["kind"], row["period"],
            row["subject_id"], row["actor_id"], row["body"], before,
        ]  # fmt: skip
        if row["seq"] != number or row["previous_hash"] != before:
            yield f"entry {row['seq']} does not follow entry {number - 1}"
        if sha256(json.dumps(said, ensure_ascii=False)) != row["hash"]:
            yield f"entry {row['seq']} ({row['kind']}) has another hash"
        reason = texts.get(row["seq"])
        if reason is not None and json.loads(row["body"]).get("text_sha256") != sha256(
            f"{reason['salt']}\n{reason['text']}"
        ):
            yield f"the text of entry {row['seq']} is another"
        before = row["hash"]


def wrong_draws(tables: Tables, quarters: tuple[str, ...]) -> Iterator[str]:
    """Draws that do not follow from the announcement, or the announcement from the ledger before it."""
    for quarter in quarters:
        announced = [row for row in tables.entries("draw_announced") if row["period"] == quarter]
        if len(announced) != 1:
            yield f"the draw of {quarter} was announced {len(announced)} times"
            continue
        yield from _wrong_in(tables, quarter, announced[0])


def _wrong_in(tables: Tables, quarter: str, announced: Row) -> Iterator[str]:
    closed = datetime.fromisoformat(announced["before"])
    source = max((row for row in tables["ledger"] if row["at"] < closed), key=lambda row: int(row["seq"]))
    if (source["seq"], source["hash"]) != (announced["source_seq"], announced["source_hash"]):
        yield f"the seed of {quarter} is not of the last entry before the forms closed"
    seed = sha256(f"{source['hash']}:{quarter}")
    repeated = [row for row in tables.entries("draw_repeated") if row["period"] == quarter]
    drawn = [row for row in tables.entries("branches_drawn") if row["period"] == quarter]
    if len(drawn) != len(repeated) + 1:
        yield f"{quarter} was drawn {len(drawn)} times, with {len(repeated)} reasons"
    for number, row in enumerate(drawn):
        own = seed if number == 0 else sha256(f"{seed}:{number}")
        lots = sorted(announced["candidates"], key=lambda one, own=own: sha256(f"{own}:{one}"))  # type: ignore[misc]
        if row["seed"] != own or row["drawn"] != lots[: announced["places"]]:
            yield f"draw {number} of {quarter} is {row['drawn']}, and not {lots[: announced['places']]}"
        if not (announced["seq"] < row["seq"] and row["number"] == number):
            yield f"draw {number} of {quarter} came before it was announced"
    stored = {row["number"]: row["drawn"] for row in tables["draw"] if row["quarter"] == quarter}
    if stored != {row["number"]: row["drawn"] for row in drawn}:
        yield f"the draws of {quarter} are stored as {stored}"
