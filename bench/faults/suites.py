"""Rows that are proved by tests of their own: the row runs them and counts, so that nothing is written twice."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from bench.faults.figures import Bench, CannotRunHereError, Figure, at_least, exactly
from bot.config import ROOT


async def proved_by(bench: Bench, *tests: str, chosen: str = "", any_database: bool = False) -> list[Figure]:
    """Run these tests, those for this database where they know both; how many there were and how many failed."""
    target = bench.folder / f"suite{bench.random.random()}.xml"
    other = {"sqlite": "postgres", "postgres": "sqlite"}[bench.database]
    concerning = "" if any_database else f"not {other}"
    wanted = " and ".join(filter(None, [f"({chosen})" if chosen else "", concerning]))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", wanted, f"--junitxml={target}",
        cwd=ROOT, stdout=asyncio.subprocess.DEVNULL, env={**os.environ, "FAULTS": bench.database},
    )  # fmt: skip
    code = await process.wait()
    if code == 5:
        raise CannotRunHereError("its tests do not concern this database")
    return _counted(target)


def _counted(target: Path) -> list[Figure]:
    ran = skipped = failed = 0
    for suite in ET.parse(target).getroot().iter("testsuite"):
        ran += int(suite.get("tests", "0"))
        skipped += int(suite.get("skipped", "0"))
        failed += int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        for test in suite.iter("testcase"):
            for fault in (*test.iter("failure"), *test.iter("error")):
                print(f"{test.get('classname')}::{test.get('name')}: {fault.get('message')}", file=sys.stderr)
    return [at_least("tests", ran - skipped, 1), exactly("failed", failed)]
