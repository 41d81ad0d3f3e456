"""What the project is built from is pinned: every package has a version and hashes, and no address is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REQUIREMENTS = sorted((Path(__file__).resolve().parent.parent / "requirements").glob("*.txt"))
PINNED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[a-z,_-]+\])?==[^\s;]+( ; .+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def gathered(path: Path) -> list[tuple[str, list[str]]]:
    """The requirements of a file, each with its hashes."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    whole = [line.strip() for line in "\n".join(lines).replace("\\\n", "").splitlines() if line.strip()]
    return [(name.strip(), hashes) for name, *hashes in (re.split(r"\s+(?=--)", line) for line in whole)]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_package_is_pinned_and_hashed(path: Path) -> None:
    """One version each, and at least one SHA-256; nothing else stands there, no address and no option."""
    found = gathered(path)
    assert len(found) > 20
    assert [name for name, _ in found if not PINNED.fullmatch(name)] == []
    assert [name for name, hashes in found if not hashes] == []
    assert [one for _, hashes in found for one in hashes if not HASH.fullmatch(one)] == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_no_address_is_named(path: Path) -> None:
    """Where packages come from is the machine's own business."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|@ ", text) == []


def test_what_runs_is_part_of_what_is_developed_with() -> None:
    """Both files name the same version of a package."""
    run, dev = (dict(name.split(" ;")[0].split("==") for name, _ in gathered(path)) for path in reversed(REQUIREMENTS))
    assert {name: dev.get(name) for name in run} == run
