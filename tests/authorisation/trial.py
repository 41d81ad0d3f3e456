"""One trial: somebody sends a button or a command, and what came of it is compared with what he may."""

from __future__ import annotations

import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.domain.actions.base import Action
from bot.errors import ForbiddenError, GroupUnsuitableError, NoSeatError, NotBoundError, NothingAwaitedError
from bot.telegram.codec import pack
from bot.views.errors import refusal
from sandbox import Group, Person
from tests.authorisation.database import Rows
from tests.authorisation.scene import ACTORS, COLLEAGUE, HOMES, SECRET, Scene
from tests.conversations.conftest import FIRST, SECOND

_WORDS, _ZONE = load_catalog()[Language.ZH], ZoneInfo("Asia/Shanghai")
FORBIDDEN = refusal(_WORDS, ForbiddenError(), _ZONE)
UNKNOWN = refusal(_WORDS, NotBoundError(), _ZONE)
PERSONAL = refusal(_WORDS, GroupUnsuitableError(), _ZONE)
NOT_WAITING = refusal(_WORDS, NothingAwaitedError(), _ZONE)
NO_SEAT = refusal(_WORDS, NoSeatError(), _ZONE)
REFUSALS = {FORBIDDEN, UNKNOWN, PERSONAL, NOT_WAITING, NO_SEAT}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trial led to: the words in reply, the tables that changed, and whose secrets were in the replies."""

    answered: bool
    toast: str
    said: str
    changed: tuple[str, ...]
    leaked: bool

    @property
    def is_refused(self) -> bool:
        """Whether the person was told that this is not his to do, or that he is unknown."""
        return FORBIDDEN in (self.toast, self.said) or UNKNOWN in (self.toast, self.said)

    @property
    def is_refusal(self) -> bool:
        """Whether it was answered with a sentence and changed nothing."""
        return self.answered and (bool(self.toast) or self.said in REFUSALS) and not self.changed

    @property
    def is_harmless(self) -> bool:
        """Whether a forbidden trial ended as it must: answered with a sentence, nothing changed, nothing told."""
        return self.is_refusal and not self.leaked


def targets_of(role: str) -> dict[str, str]:
    """Whom a role acts on: himself, an ordinary member of his branch, one of the other branch."""
    name = ACTORS[role]
    home = HOMES.get(role, FIRST)
    away = SECOND if home == FIRST else FIRST
    itself = COLLEAGUE[home] if role == "stranger" else name
    return {"self": itself, "own": COLLEAGUE[home], "other": COLLEAGUE[away]}


def relations_of(scene: Scene, role: str, kind: type[Action]) -> dict[str, tuple[str, Action]]:
    """The different buttons of this kind by relation; "yes" where a button is about nobody in particular."""
    targets = targets_of(role)
    buttons = {relation: (target, scene.button(kind, target)) for relation, target in targets.items()}
    own, other = buttons["own"], buttons["other"]
    if own[1] == other[1] == buttons["self"][1]:
        return {"yes": other}
    if own[1] == buttons["self"][1] or role == "stranger":
        del buttons["self"]
    return buttons


async def tap(scene: Scene, person: Person, action: Action, target: str, *, to: Group | None = None) -> Outcome:
    """Forge this button and look what comes of it; what was allowed and changed something is taken back."""
    before, since = scene.database.rows(), scene.stage.box.api.log.next_seq - 1
    done = await person.taps(data=pack(action), to=to)
    return await _outcome(scene, before, since, target, person, done.answered, done.answer.text if done.answer else "")


async def say(scene: Scene, person: Person, text: str, target: str, *, to: Group | None = None) -> Outcome:
    """Send this command and look what comes of it."""
    before, since = scene.database.rows(), scene.stage.box.api.log.next_seq - 1
    await person.says(text, to)
    await scene.stage.box.idle()
    return await _outcome(scene, before, since, target, person, True, "")


async def _outcome(
    scene: Scene, before: Rows, since: int, target: str, person: Person, answered: bool, toast: str
) -> Outcome:  # fmt: skip
    changed = scene.database.changed_since(before)
    calls = scene.stage.box.outbox(since)
    told = json.dumps([call.params for call in calls], ensure_ascii=False, default=str)
    texts = [str(call.params.get("text", "")) for call in calls if call.method in {"sendMessage", "editMessageText"}]
    leaked = f"{SECRET}：{target}" in told or (target != person.name and target in told)
    if "letter" in changed:
        await scene.stage.settle()
    if changed:
        scene.database.restore(before)
    return Outcome(answered, toast, texts[-1] if texts else "", tuple(changed), leaked)
