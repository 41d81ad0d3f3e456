"""The page docs/authorisation.md: the table of entries.py, as people read it."""

from __future__ import annotations

from pathlib import Path

from bot.domain.actions.base import Action
from tests.authorisation.entries import (
    ALL,
    ALSO_IN,
    BOTH,
    COMMAND_ENTRIES,
    ENTRIES,
    OTHER,
    OWN,
    ROLES,
    SELF,
    Who,
    rights,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "authorisation.md"

HEAD = """# Who may do what

Made by `python -m tests.authorisation docs` from [entries.py](../tests/authorisation/entries.py); do not edit it here.

Every cell is tried against the running bot: in a private chat, in the own group and in a foreign group, while the month
takes forms, while the quarter is rated, while the group reviews it and after it is closed. What a cell does not allow
is sent all the same, as a forged button or a command: it is answered with a sentence, changes no row of any table, and
names nobody. What it allows is not refused. Besides, random bytes, old cards, bots, channels, anonymous administrators
and forwarded commands are tried. A right is never enough by itself: the state decides as well (a closed month takes no
answers).

| mark | about whom |
|---|---|
| self | the person himself, or what is his |
| own | somebody else in his branch, or his branch |
| other | another branch, or somebody in it |
| all | all of these |
| yes | the button is about nobody in particular |
| – | never |

Everybody on the roster is a member, so a leader has the member's rights about himself too, and nobody decides on
himself. `left`: formerly a secretary. `suspended`: still named as commissioner. `stranger`: not bound to anybody.
`drawn secretary`: his branch was drawn for the group. `delegate`: holds a secretary's office for him. `former
delegate`: did until just now. `reviewer`: an ordinary member who sits in the group; the branch that is `other` to him
was given to him. `other reviewer`: another one was. *In review* holds only while the group has the branch, *rated*
already before.
"""


def page() -> str:
    """The whole page."""
    buttons = [_row(_name(action), who, _is_about_nobody(action), _also(action)) for action, who in ENTRIES.items()]
    commands = [_row(f"/{name}", who, True, {}) for name, who in COMMAND_ENTRIES.items()]
    return "\n".join([
        HEAD, "## Commands in a private chat", "",
        "In a group every command but `/bind` is answered with a hint to write in private; `/bind` is the secretary's.",
        "", *_heading("command"), *commands, "", "## Buttons", "",
        "In a group every one of them is refused, to everybody.", "", *_heading("button"), *buttons, "",
    ])  # fmt: skip


def _is_about_nobody(action: type[Action]) -> bool:
    """Whether no field of the button says whom or which branch it is about."""
    about = {"form_id", "rating_id", "member_id", "branch_id", "evidence_id"}
    return not about & set(getattr(action, "__dataclass_fields__", {}))


def _also(action: type[Action]) -> dict[str, Who]:
    return {state: more[action] for state, more in ALSO_IN.items() if action in more}


def _heading(first: str) -> list[str]:
    return [f"| {first} | {' | '.join(ROLES)} |", "|---" * (len(ROLES) + 1) + "|"]


def _name(action: type[Action]) -> str:
    return f"`{action.__name__}`"


def _row(name: str, who: Who, about_nobody: bool, also: dict[str, Who]) -> str:
    cells = [_cell_of(role, who, about_nobody, also) for role in ROLES]
    return f"| {name} | {' | '.join(cells)} |"


def _cell_of(role: str, who: Who, about_nobody: bool, also: dict[str, Who]) -> str:
    always = rights(who, role)
    more = [(LONG[state], rights(added, role) - always) for state, added in also.items()]
    words = [_cell(always, about_nobody)] if always else []
    words += [f"{_cell(marks, about_nobody)} ({state})" for state, marks in more if marks]
    return ", ".join(words) or "–"


LONG = {"rating": "rated", "review": "in review"}
"""How the page calls the states in which something holds alone."""


def _cell(marks: frozenset[str], about_nobody: bool) -> str:
    if about_nobody:
        return "yes"
    if marks >= SELF | BOTH or marks == ALL:
        return "all"
    return ", ".join(word for word, mark in (("self", SELF), ("own", OWN), ("other", OTHER)) if mark <= marks)
