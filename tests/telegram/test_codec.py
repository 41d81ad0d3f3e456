"""Actions on the wire."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actions import ACTIONS
from bot.domain.actions.base import Action
from bot.telegram.codec import LIMIT_BYTES, MalformedActionError, pack, unpack


def widest(action: type[Action]) -> Action:
    """The action with the longest values that occur: ids of a billion, item ids of 16 characters."""
    values = {"int": 10**9, "str": "x" * 16}
    named = {"quarter": "2026Q4", "month": "2026-11", "kind": "committee", "language": "zh", "dimension": "thought"}
    small = {"page": 30, "preset": 9, "count": 99, "day": 20261130, "present": 253, "entitled": 253, "centi": -10000}
    return action(
        **{
            entry.name: (small if entry.type == "int" else named).get(entry.name, values[str(entry.type)])
            for entry in fields(action)  # type: ignore[arg-type]
        }
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_every_action_fits_and_comes_back(action: type[Action]) -> None:
    """64 bytes, whatever its values."""
    made = widest(action)
    assert len(pack(made).encode()) <= LIMIT_BYTES
    assert unpack(pack(made)) == made


def test_every_code_is_used_once() -> None:
    """Buttons live for years, so two actions never share a code."""
    codes = [action.code for action in ACTIONS]
    assert len(codes) == len(set(codes))


@given(st.text(max_size=70))
def test_any_text_is_an_action_or_refused(data: str) -> None:
    """Forged data never does anything else than MalformedActionError."""
    try:
        action = unpack(data)
    except MalformedActionError:
        return
    assert type(action) in ACTIONS
