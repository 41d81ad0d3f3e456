"""Every button by every role about everybody, in every state: what is not allowed changes nothing and tells nothing."""

from __future__ import annotations

import pytest

from bot.domain.actions import ACTIONS
from bot.domain.actions.base import Action
from bot.domain.actions.rating import OpenRating
from bot.handlers.registry import COMMANDS, GROUP_COMMANDS
from tests.authorisation.entries import COMMAND_ENTRIES, ENTRIES, ROLES, may, missing_entry
from tests.authorisation.scene import ACTORS, STATES, Scene
from tests.authorisation.trial import PERSONAL, Outcome, relations_of, say, tap, targets_of
from tests.conversations.closing import code_of


def fault(outcome: Outcome, *, allowed: bool, sees_the_card: bool = False) -> str:
    """What is wrong with this outcome, or nothing; who may see a card is shown it when he is refused, too."""
    if allowed and outcome.is_refused:
        return "is refused what he may do"
    if allowed or outcome.is_harmless or (sees_the_card and outcome.is_refusal):
        return ""
    return f"changed {outcome.changed}" if outcome.changed else f"got through: {outcome}"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_every_button_has_its_line(action: type[Action]) -> None:
    """Nobody adds a button without saying who may send it."""
    assert action in ENTRIES, missing_entry(action.__name__)


def test_every_command_has_its_line() -> None:
    """Nor a command."""
    assert set(COMMANDS) == set(COMMAND_ENTRIES), "say in tests/authorisation/entries.py, COMMAND_ENTRIES, who may"
    assert set(ACTORS) == set(ROLES)


@pytest.mark.parametrize("state", STATES)
async def test_every_button_in_a_private_chat(scene: Scene, state: str) -> None:
    """Role by role: what is his works, what is not is answered, changes nothing and names nobody."""
    await scene.go_to(state)
    faults = []
    for kind, who in ENTRIES.items():
        for role, person in scene.on_stage(state).items():
            for relation, (target, button) in relations_of(scene, role, kind).items():
                outcome = await tap(scene, person, button, target)
                allowed = may(who, role, relation, kind, state)
                sees = may(ENTRIES[OpenRating], role, relation, OpenRating, state)
                wrong = fault(outcome, allowed=allowed, sees_the_card=sees)
                faults += [f"{kind.__name__} by {role} about {relation} ({state}): {wrong}"] if wrong else []
    assert faults == []


@pytest.mark.parametrize("group", ["own_group", "foreign_group"])
async def test_every_button_in_a_group_is_refused(scene: Scene, group: str) -> None:
    """Whatever is forged onto a message of the bot there: the answer is a toast that only he sees."""
    await scene.go_to("month" if group == "own_group" else "review")
    await bind_group(scene)
    chat = getattr(scene, group)
    await scene.people["secretary"].says("/menu", chat)
    await scene.settle()
    faults = []
    for kind in ENTRIES:
        for role, person in scene.people.items():
            target = targets_of(role)["own"]
            outcome = await tap(scene, person, scene.button(kind, target), target, to=chat)
            if outcome.toast != PERSONAL or outcome.said or not outcome.is_harmless:
                faults.append(f"{kind.__name__} by {role} in {group}: {outcome}")
    assert faults == []


async def test_every_command_in_every_chat(scene: Scene) -> None:
    """In private by right; in the own and in a foreign group only a hint that it belongs into a private chat."""
    await bind_group(scene)
    faults = []
    for name, who in COMMAND_ENTRIES.items():
        for role, person in scene.people.items():
            target = targets_of(role)["own"]
            outcome = await say(scene, person, f"/{name} {ARGUMENTS.get(name, '')}".strip(), target)
            wrong = fault(outcome, allowed=may(who, role, "yes"))
            faults += [f"/{name} by {role}: {wrong}"] if wrong else []
            for group in (scene.own_group, scene.foreign_group):
                outcome = await say(scene, person, f"/{name}", target, to=group)
                if outcome.changed or outcome.leaked or (name not in GROUP_COMMANDS and outcome.said != PERSONAL):
                    faults.append(f"/{name} by {role} in {group and group.title}: {outcome}")
    assert faults == []


ARGUMENTS = {"member": "102"}


async def bind_group(scene: Scene) -> None:
    """The first branch's secretary has bound the branch's group."""
    secretary = scene.people["secretary"]
    code = await code_of(scene.stage, secretary)
    await secretary.says(f"/bind {code}", scene.own_group)
    await scene.settle()
