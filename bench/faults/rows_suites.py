"""Rows whose proof is a suite of its own: several processes, disks, migrations, backups, erasing, pictures, imports."""

from __future__ import annotations

from bench.faults.figures import Bench, CannotRunHereError, Figure, row
from bench.faults.suites import proved_by


@row(
    "F07",
    "two and three instances",
    injected="kill, stop and freeze whoever polls; polling beside a webhook",
    holds="one poller, one effect, one letter; the conflict is told",
)
async def instances(bench: Bench) -> list[Figure]:
    """Real processes on one PostgreSQL; on an SQLite file a second one is refused."""
    here = "second_process" if bench.database == "sqlite" else "polls or stopped or frozen or together or beside"
    return await proved_by(bench, "tests/faults/test_replicas.py", chosen=here, any_database=True)


@row(
    "F08",
    "webhook 500 or time-out, brought again at once",
    injected="the same update ×5 to two processes in parallel",
    holds="one effect, and 200 only after it",
)
async def webhook_again(bench: Bench) -> list[Figure]:
    """Telegram that lost the answers repeats itself."""
    if bench.database == "sqlite":
        return await proved_by(bench, "tests/telegram/test_webhook.py")
    return await proved_by(bench, "tests/faults/test_replicas.py", chosen="brought or balancer or away")


@row(
    "F23",
    "webhook without or with a wrong secret, big, slow or broken bodies",
    injected="requests of all kinds",
    holds="401, 413, 408, 400, and nothing stored",
)
async def webhook_door(bench: Bench) -> list[Figure]:
    """Whoever does not know the secret is not Telegram."""
    bench.only_on("sqlite", "shown on SQLite: what is refused at the door reaches no database")
    return await proved_by(bench, "tests/telegram/test_webhook.py")


@row("F24", "forged initData", injected="–", holds="–")
async def init_data(_bench: Bench) -> list[Figure]:
    """There is nothing to forge."""
    raise CannotRunHereError("not applicable: there is no Mini App")


@row(
    "F31",
    "disk full, read-only, torn write",
    injected="a small disk filled up, a lock on the file, kills in commits",
    holds="told loudly; what was confirmed is there; it goes on when there is room",
)
async def disk(bench: Bench) -> list[Figure]:
    """SQLite's own disk; PostgreSQL looks after its."""
    bench.only_on("sqlite", "a server's disk cannot be filled here without harm to others; F05 takes the server away")
    return await proved_by(bench, "tests/storage/test_full_disk.py", "tests/storage/test_near_sqlite.py",
                           chosen="full or read_only or room or power_cut or kill or fails or cancelled")  # fmt: skip


@row(
    "F32",
    "migration up and down with data, killed in the middle",
    injected="every revision, a kill at every step",
    holds="no row lost, no foreign key broken",
)
async def migrations(bench: Bench) -> list[Figure]:
    """All stairs, both ways."""
    return await proved_by(bench, "tests/storage/test_upgrades.py", "tests/storage/test_migrations.py")


@row(
    "F33",
    "restore to an earlier hour, then go on",
    injected="a backup of a running bot, restored, the days replayed",
    holds="nothing pushed twice, the ledger whole",
)
async def restored(bench: Bench) -> list[Figure]:
    """What may have been said is held back."""
    return await proved_by(bench, "tests/storage/test_backup.py", "tests/conversations/test_restore.py")


@row(
    "F34",
    "pictures that hang, lack a font, or have 500, one or tied members",
    injected="each of these",
    holds="words instead; nobody waits; no memory stays",
)
async def pictures(bench: Bench) -> list[Figure]:
    """Drawn beside the loop, in a process that is replaced."""
    bench.only_on("sqlite", "shown on SQLite: drawing knows no database")
    return await proved_by(bench, "tests/delivery", "tests/charts/test_render.py", "tests/charts/test_standings.py",
                           "tests/charts/test_overview.py")  # fmt: skip


@row(
    "F37",
    "erase a person",
    injected="rows of his in every table, then /erase by two",
    holds="no hit in a dump, the chain whole, the others' totals as before",
)
async def erased(bench: Bench) -> list[Figure]:
    """Erased and proved."""
    return await proved_by(bench, "tests/privacy/test_erasure.py", "tests/privacy/test_erasing_rows.py")


@row(
    "F38",
    "imports of bad tables",
    injected="duplicates, wrong branches, formulas, bombs, damaged files",
    holds="all or nothing, and every fault by row",
)
async def imports(bench: Bench) -> list[Figure]:
    """The roster's and the platforms' imports."""
    if bench.database == "postgres":
        return await proved_by(bench, "tests/storage/test_platforms.py")
    return await proved_by(
        bench, "tests/sheets", "tests/storage/test_platforms.py", chosen="hostile or faults or roster or platform"
    )
