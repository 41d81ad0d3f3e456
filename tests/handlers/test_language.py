"""A handler asks for the reader's words only when it is known who reads."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import bot.handlers

HANDLERS = sorted(Path(bot.handlers.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("file", HANDLERS, ids=lambda file: file.stem)
def test_no_call_takes_the_words_before_it_has_waited_for_the_facts(file: Path) -> None:
    """`view(context.words, await …)` would speak the language of the telephone, not the one that was chosen."""
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        words = [at for at, one in enumerate(call.args) if ast.unparse(one) == "context.words"]
        later = [one for at, one in enumerate(call.args) if words and at > words[0]]
        waits = any(isinstance(node, ast.Await) for one in later for node in ast.walk(one))
        assert not waits, f"{file.name}:{call.lineno}"
