"""What the pages of commands share: a group of commands, and carrying one out without importing it before."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer


def commands(sentence: str) -> typer.Typer:
    """A group of commands; called without one it shows its help, as plain text, which comes faster than a rich one."""
    return typer.Typer(help=sentence, no_args_is_help=True, rich_markup_mode=None, add_completion=False)


def carry_out(errand: str, *values: Any, level: str = "WARNING") -> None:
    """Import `module.function` of this package only now, and carry it out."""
    module, function = errand.split(".")
    carrying = import_module("bot.cli.errand").carry_out
    carrying(getattr(import_module(f"bot.cli.{module}"), function), *values, level=level)
