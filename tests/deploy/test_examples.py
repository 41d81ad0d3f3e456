"""The examples in deploy/ are such as their tools read, and speak of commands and settings that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.cli.program import program
from bot.cli.running import LONGEST_ENDING_S
from bot.config import ROOT, Settings

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
_GIVEN_TO_OTHERS = {"POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB"}


@pytest.fixture
def compose() -> dict[str, Any]:
    """The compose file, read."""
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def unit(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The sections of a unit with their keys, which may repeat."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
            continue
        key, separator, value = line.partition("=")
        assert separator, f"{path.name}: {line}"
        current.append((key, value))
    return sections


def test_the_compose_file_has_services_that_wait_for_each_other(compose: dict[str, Any]) -> None:
    """Nothing depends on a service or a volume that is not there."""
    services = compose["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
        named = {volume.split(":")[0] for volume in service.get("volumes", [])}
        assert {volume for volume in named if not volume.startswith((".", "/"))} <= set(compose["volumes"]), name
    assert services["bot"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_what_is_published_is_published_to_this_machine_only(compose: dict[str, Any]) -> None:
    """The database has no port at all; the webhook's is for the proxy beside it."""
    ports = {name: service.get("ports", []) for name, service in compose["services"].items()}
    assert all(port.startswith("127.0.0.1:") for published in ports.values() for port in published)
    assert ports["database"] == []


def test_the_settings_of_the_compose_file_exist(compose: dict[str, Any]) -> None:
    """A misspelt setting would be silently without effect."""
    known = {name.upper() for name in Settings.model_fields} | _GIVEN_TO_OTHERS
    for name, service in compose["services"].items():
        assert set(service["environment"]) <= known, name


def test_every_command_exists_with_its_options(compose: dict[str, Any]) -> None:
    """In the compose file and in the units."""
    commands = typer.main.get_command(program).commands  # type: ignore[attr-defined]
    lines = [service["command"] for service in compose["services"].values() if "command" in service]
    for path in UNITS:
        lines += [value.split()[1:] for key, value in unit(path)["Service"] if key.startswith("ExecStart")]
    assert len(lines) >= 6
    for name, *options in lines:
        known = {option for entry in commands[name].params for option in entry.opts}
        assert set(options) <= known, (name, options)


def test_the_image_takes_what_is_there_and_no_more() -> None:
    """Neither settings with secrets nor a database can get into it."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    taken = {line.split()[1] for line in lines if line.startswith("COPY")}
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert all((ROOT / path).exists() for path in taken)
    assert "*" in ignore
    assert {line[1:] for line in ignore if line.startswith("!")} == taken


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_gives_the_bot_the_time_it_needs_to_end(path: Path) -> None:
    """Longer than the bot takes, so that nobody is killed in the middle; and it is started again."""
    service = dict(unit(path)["Service"])
    assert int(service["TimeoutStopSec"]) > LONGEST_ENDING_S
    assert (service["KillSignal"], service["Restart"]) == ("SIGTERM", "always")


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_such_as_systemd_reads(path: Path, tmp_path: Path) -> None:
    """By systemd's own check where it is there; its paths are those of the machine it is copied to."""
    ConfigParser(strict=False, interpolation=None).read_string(path.read_text(encoding="utf-8"))
    if shutil.which("systemd-analyze") is None:
        return
    text = re.sub(r"(ExecStart\w*)=\S+", r"\1=/bin/true", path.read_text(encoding="utf-8"))
    here = tmp_path / path.name.replace("@.", "@1.")
    here.write_text(text, encoding="utf-8")
    check = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False)
    own = [line for line in check.stderr.splitlines() if here.name in line or path.name in line]
    assert own == []


def test_the_proxy_passes_one_path_and_forgets_no_brace() -> None:
    """Only what Telegram calls reaches the bot."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    assert re.findall(r"location (.+) \{", text) == ["= /telegram", "/"]
    bare = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert all(line.endswith((";", "{", "}")) for line in bare)
