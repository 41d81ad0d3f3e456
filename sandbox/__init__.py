"""A Telegram for the desk: a local Bot API, a chat page and a clock that can be moved."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.box import Sandbox
    from sandbox.client import SandboxClient
    from sandbox.clock import FollowingClock, SimClock
    from sandbox.persons import Group, Person
    from sandbox.travel import DueMoment

__all__ = ["DueMoment", "FollowingClock", "Group", "Person", "Sandbox", "SandboxClient", "SimClock"]

_HOMES = {
    "Sandbox": "box",
    "SandboxClient": "client",
    "SimClock": "clock",
    "FollowingClock": "clock",
    "Person": "persons",
    "Group": "persons",
    "DueMoment": "travel",
}


def __getattr__(name: str) -> Any:
    """Import on first use: whoever needs the clock alone does not wait for aiogram."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"sandbox.{_HOMES[name]}"), name)
