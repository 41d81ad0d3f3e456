"""A backup's file: a zip with one member of JSON lines a table, and a manifest that says what must be in it.

The form is the same for both databases, so that a backup of one restores into the other.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.domain.chain import Head
from bot.errors import XianfengError

FORMAT = 1
_MANIFEST = "manifest.json"


class BackupBrokenError(XianfengError):
    """The file is no backup, or it is not the one that was written: a checksum or a number of rows differs."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One table as it was written; `sha256` is that of its lines."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, of which schema, and where the ledger ended."""

    taken_at: datetime
    revision: str
    head: Head
    tables: tuple[Saved, ...]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables)


class Writer:
    """Fills a backup table by table, in the order in which they can be restored."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.tables: list[Saved] = []

    @contextlib.contextmanager
    def table(self, name: str, columns: Iterable[str]) -> Iterator[Lines]:
        """Write the lines of one table."""
        with self._file.open(_member(name), "w", force_zip64=True) as member:
            lines = Lines(member)
            yield lines
        self.tables.append(Saved(name, tuple(columns), lines.rows, lines.sha256))

    def finish(self, taken_at: datetime, revision: str, head: Head) -> Manifest:
        """Write down what was written."""
        manifest = Manifest(taken_at, revision, head, tuple(self.tables))
        text = json.dumps(
            {"format": FORMAT, **asdict(manifest), "taken_at": taken_at.isoformat()}, ensure_ascii=False, indent=1
        )
        self._file.writestr(_MANIFEST, text)
        self._file.comment = hashlib.sha256(text.encode()).hexdigest().encode()
        return manifest


class Lines:
    """The lines of one table, counted and hashed on their way."""

    def __init__(self, member: io.BufferedIOBase | Any) -> None:
        self._member = member
        self._sha256 = hashlib.sha256()
        self.rows = 0

    def write(self, rows: Iterable[list[Any]]) -> None:
        """Write these rows."""
        text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()
        self._sha256.update(text)
        self._member.write(text)
        self.rows += text.count(b"\n")

    @property
    def sha256(self) -> str:
        """The hash of all lines so far."""
        return self._sha256.hexdigest()


@contextlib.contextmanager
def new_backup(path: Path) -> Iterator[Writer]:
    """A new file that only its owner may read; it appears under its name when it is whole, and never over another."""
    draft = path.with_name(path.name + ".part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
                yield Writer(file)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


class Backup:
    """A backup to be read."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.manifest = _manifest(file)

    def rows(self, table: Saved, at_once: int) -> Iterator[list[list[Any]]]:
        """The table's rows, so many at a time."""
        with self._file.open(_member(table.name)) as member:
            batch: list[list[Any]] = []
            for line in member:
                batch.append(json.loads(line))
                if len(batch) == at_once:
                    yield batch
                    batch = []
            if batch:
                yield batch

    def check(self) -> None:
        """Read all of it once: every table must hash as it did when it was written, or a BackupBrokenError."""
        for table in self.manifest.tables:
            sha256, rows = hashlib.sha256(), 0
            with _told_as_broken(), self._file.open(_member(table.name)) as member:
                while chunk := member.read(1 << 20):
                    sha256.update(chunk)
                    rows += chunk.count(b"\n")
            if (sha256.hexdigest(), rows) != (table.sha256, table.rows):
                raise BackupBrokenError


@contextlib.contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """The backup in this file, its checksums compared; BackupBrokenError if it is none or was damaged."""
    with contextlib.ExitStack() as stack:
        with _told_as_broken():
            backup = Backup(stack.enter_context(zipfile.ZipFile(path)))
        backup.check()
        yield backup


def _manifest(file: zipfile.ZipFile) -> Manifest:
    text = file.read(_MANIFEST)
    if hashlib.sha256(text).hexdigest().encode() != file.comment:
        raise BackupBrokenError
    found = json.loads(text)
    if found["format"] != FORMAT:
        raise BackupBrokenError
    tables = tuple(
        Saved(table["name"], tuple(table["columns"]), table["rows"], table["sha256"]) for table in found["tables"]
    )
    return Manifest(datetime.fromisoformat(found["taken_at"]), found["revision"], Head(**found["head"]), tables)


@contextlib.contextmanager
def _told_as_broken() -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        KeyError,
        TypeError,
        ValueError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        if isinstance(error, OSError) and error.filename:
            raise
        raise BackupBrokenError from error
    except Exception as error:
        # zlib has an error of its own for a stream that was damaged.
        if type(error).__module__ == "zlib":
            raise BackupBrokenError from error
        raise


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"
