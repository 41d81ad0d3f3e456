"""The organisation in which every right is tried: one person a role, and what each button is about."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from bot.domain.actions.base import Action
from bot.domain.forms import Form
from bot.domain.people import Category, MemberStatus, Office, Role
from bot.domain.retention import NOTICE_VERSION
from bot.domain.review import SeatKind
from bot.scoring.ruleset import RuleSet, load_ruleset, template_text
from bot.sheets.roster import Roster, RosterRow
from bot.storage.schema import metadata
from bot.usecases.visit import Cause, Visit
from sandbox import Group, Person
from tests.authorisation.database import Database, Rows
from tests.authorisation.wire import shorten
from tests.conversations.closing import branch_id_of, close_all
from tests.conversations.conftest import FIRST, PEOPLE, SECOND, Stage, demo_people, roster_row
from tests.conversations.rated import OCTOBER, Q4, form_of, hand_in, open_rating
from tests.conversations.reviewed import close_rating

THIRD, FOURTH, FIFTH = "第三党支部", "第四党支部", "第五党支部"
STATES = ("month", "rating", "review", "closed")
"""The month takes forms; the quarter is rated; the group reviews what both branches have closed; or all is shown."""

ACTORS = {
    "stranger": "路人",
    "left": "前书记",
    "suspended": "停委员",
    "member": "赵敏",
    "commissioner": "李委员",
    "secretary": "王书记",
    "department": "冯办公室",
    "committee": "郑党委",
    "admin": "陈管理",
    "drawn secretary": "吕书记",
    "delegate": "代书记",
    "former delegate": "曾代书记",
    "reviewer": "考核员",
    "other reviewer": "别处考核员",
}
"""Who stands for which role; a new role needs a line here and a person in `roster`."""

HOMES = {
    "department": SECOND, "committee": SECOND, "admin": SECOND, "delegate": SECOND, "former delegate": SECOND,
    "drawn secretary": THIRD, "reviewer": FOURTH, "other reviewer": FIFTH,
}  # fmt: skip
"""Whose branch is not the first."""

SEATED = ("drawn secretary", "reviewer", "other reviewer")
"""Who is nothing but a secretary or a member until the group is drawn."""

COLLEAGUE = {FIRST: "张伟", SECOND: "吴芳", THIRD: "何静", FOURTH: "许强", FIFTH: "韩梅"}
"""An ordinary member of each branch; who acts on the other branch's acts on a foreign one."""
WITHOUT_PHONE = {FIRST: "未绑甲", SECOND: "未绑乙", THIRD: "未绑丙", FOURTH: "未绑丁", FIFTH: "未绑戊"}
ERASED_NEXT = "旧人"
SECRET = "只有他自己知道的说明"


def roster(*, later: bool) -> Roster:
    """The people; later one secretary has left, one commissioner is suspended, and somebody else left for good."""
    extra = [
        RosterRow("120", "前书记", FIRST, () if later else (Office(Role.SECRETARY),), Category.STAFF, None,
                  MemberStatus.LEFT if later else MemberStatus.ACTIVE),
        RosterRow("121", "停委员", FIRST, (Office(Role.COMMISSIONER),), Category.STAFF, None,
                  MemberStatus.SUSPENDED if later else MemberStatus.ACTIVE),
        roster_row("122", ERASED_NEXT, FIRST, status=MemberStatus.LEFT if later else MemberStatus.ACTIVE),
        roster_row("130", "吕书记", THIRD, Office(Role.SECRETARY)),
        roster_row("131", "代书记", SECOND), roster_row("132", "曾代书记", SECOND),
        roster_row("133", "考核员", FOURTH), roster_row("134", "别处考核员", FIFTH),
        *(roster_row(f"14{at}", COLLEAGUE[branch], branch) for at, branch in enumerate((THIRD, FOURTH, FIFTH))),
        *(roster_row(f"15{at}", name, branch) for at, (branch, name) in enumerate(WITHOUT_PHONE.items())),
    ]  # fmt: skip
    return Roster((*demo_people().rows, *extra))


@dataclass
class Scene:
    """The stage with all roles on it, and a dump of the database beside it."""

    stage: Stage
    database: Database
    people: dict[str, Person] = field(default_factory=dict)
    own_group: Group | None = None
    foreign_group: Group | None = None
    ids: dict[str, int] = field(default_factory=dict)
    branch_of: dict[str, int] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    states: dict[str, Rows] = field(default_factory=dict)

    def on_stage(self, state: str) -> dict[str, Person]:
        """Who stands for which role in this state."""
        return {role: one for role, one in self.people.items() if state != "month" or role not in SEATED}

    async def go_to(self, state: str) -> None:
        """Everything is as it was when this state was first come to."""
        if state in self.states:
            await self.stage.settle()
            self.database.restore(self.states[state])
        else:
            before, proceed = WAYS[state]
            await self.go_to(before)
            await proceed(self)
            await self.settle()
            self.states[state] = self.database.rows()
        await self.settle()

    async def settle(self) -> None:
        """Look again at what the buttons speak of."""
        await self.stage.settle()
        async with self.stage.app.core.store.read() as tx:
            people = await tx.people.all()
        self.ids = {person.name: person.member_id for person in people}
        self.branch_of = {person.name: person.branch_id for person in people}
        self.forms = {name: await form_of(self.stage, name) for name in self.ids if name != ERASED_NEXT}

    def without_phone(self, target: str) -> str:
        """The member without an account in the branch of an ordinary member; anybody else stands for himself."""
        branch = next((branch for branch, name in COLLEAGUE.items() if name == target), None)
        return WITHOUT_PHONE[branch] if branch else target

    def button(self, kind: type[Action], target: str) -> Action:
        """This button, about this person or his branch."""
        values = {**FIELDS, **OF_ACTION.get(kind.__name__, {})}
        chosen = {}
        for one in dataclasses.fields(cast("Any", kind)):
            found = values.get(f"{one.name}:{one.type}", values.get(one.name))
            assert found is not None, (
                f"{kind.__name__}.{one.name}: say in tests/authorisation/scene.py, FIELDS, what a trial puts there"
            )
            chosen[one.name] = found(self, target) if callable(found) else found
        if "revision" in chosen:
            chosen["revision"] = self._revision_of(chosen)
        return kind(**chosen)

    def _revision_of(self, chosen: dict[str, Any]) -> int:
        for name, value in chosen.items():
            table = name.removesuffix("_id")
            if name.endswith("_id") and table in metadata.tables and "revision" in metadata.tables[table].c:
                return self.database.revision(table, id=value)
        if "branch_id" in chosen:
            return self.database.revision("branch_quarter", branch_id=chosen["branch_id"])
        return 0


def _of(table: str, **where: str) -> Callable[[Scene, str], int]:
    """The id of the target's row in this table."""
    return lambda scene, target: scene.database.row_id(table, member_id=scene.ids[target])


FIELDS: dict[str, Any] = {
    "form_id": lambda scene, target: scene.forms[target].form_id,
    "rating_id": _of("rating"),
    "evidence_id": lambda scene, target: scene.database.row_id("evidence", form_id=scene.forms[target].form_id),
    "member_id": lambda scene, target: scene.ids[target],
    "branch_id": lambda scene, target: scene.branch_of[target],
    "invite_id": lambda scene, _: scene.database.row_id("invite", member_id=scene.ids[WITHOUT_PHONE[SECOND]]),
    "proposal_id": 1,
    "ruleset_id": 1,
    "erasure_id": 1,
    "quarter": str(Q4),
    "month:str": str(OCTOBER),
    "month:int": OCTOBER.number,
    "dimension": "duty",
    "group": "duty",
    "item": "post",
    "grade": "full",
    "act": "given",
    "language": "zh",
    "kind": "general",
    "form": "yaml",
    "count": 1,
    "page": 0,
    "preset": 1,
    "centi": 0,
    "seal": 0,
    "revision": 0,
    "day": 20261020,
    "present": 5,
    "entitled": 5,
    "version": NOTICE_VERSION,
    "platform": "xuexi",
    "period": str(OCTOBER),
    "file_id": lambda scene, _: scene.database.row_id("platform_file", state="draft"),
    "field": "name",
    "column": 1,
    "row": 1,
    "objection_id": _of("objection"),
    "outcome": "upheld",
    "chosen": 1,
    "attendance": 5005,
    "days": 5,
    "seat": "office",
    "number": 1,
    "conflict": "kinship",
    "office": "secretary",
    "first": 20270301,
    "last": 20270305,
    "delegation_id": lambda scene, _: scene.database.row_id("delegation", ended_at=None),
    "what": "publish",
}
"""What a trial puts into a button's field: a value, or what finds it for the person whom the button is about."""

OF_ACTION: dict[str, dict[str, Any]] = {
    "AnswerCount": {"item": "lecture"},
    "AnswerNothing": {"item": "lecture"},
    "DropEvidence": {"item": "innovation"},
    "OpenRollItem": {"item": "meetings"},
    "OpenRollMember": {"item": "meetings"},
    "RecordCount": {"item": "meetings", "act": "absent"},
    "RecordNothing": {"item": "meetings"},
    "RecordGrade": {"item": "performance", "grade": "high"},
    "RecordAllPresent": {"item": "meetings"},
    "EnterForMember": {"form_id": lambda scene, target: scene.forms[scene.without_phone(target)].form_id},
}
"""Where a button needs another item than the others."""


async def set_scene(stage: Stage, file: Path) -> Scene:
    """Everybody bound, October handed in and with a note; then one has left and one is suspended."""
    shorten(stage.app._bot, stage.box)
    scene = Scene(stage, Database(file))
    do = stage.app.core.do
    await do.import_roster(roster(later=False))
    names = [name for role, name in ACTORS.items() if role != "stranger"]
    invited = await do.issue_invites([row.staff_no for row in roster(later=False).rows[len(PEOPLE) :]])
    stage.tokens |= {issued.person.name: issued.token for issued in invited}
    await stage.open_october(*names, *COLLEAGUE.values())
    stranger = stage.box.person(ACTORS["stranger"])
    await stranger.says("/start")
    scene.people = {role: stage.box.person(name) for role, name in ACTORS.items()}
    await scene.settle()
    for name in COLLEAGUE.values():
        async with stage.app.core.store.write() as tx:
            form = scene.forms[name]
            await tx.forms.change(form, notes={"post": f"{SECRET}：{name}"})
            await tx.forms.add_evidence(
                form.form_id, item="innovation", kind="photo", file_id=f"file-{name}", sha256=name, size_bytes=1,
                now=tx.now,
            )  # fmt: skip
    await do.import_roster(roster(later=True))
    await delegate_office(stage)
    await do.propose_erasure("122")
    await do.propose_by_operator(*_next_table(), date(2027, 1, 1))
    export = Visit(scene.people["department"].user_id, Cause("scene"))
    await do.draft_records(export, "xuexi", str(OCTOBER), "姓名,工号,学习积分\n张伟,102,30\n".encode(), "export.csv")
    scene.own_group = stage.box.group("本支部群", owner=scene.people["secretary"], members=list(scene.people.values()))
    scene.foreign_group = stage.box.group("外群", owner=scene.people["secretary"], members=list(scene.people.values()))
    await stage.settle()
    scene.database.unguard()
    await scene.settle()
    scene.states["month"] = scene.database.rows()
    return scene


async def delegate_office(stage: Stage) -> None:
    """One holds the second branch's secretary's office for him; another one did until just now."""
    do, days = stage.app.core.do, (date(2026, 10, 25), date(2026, 10, 31))
    principal, delegate, former = "105", "131", "132"
    await do.delegate_office.by_admin(principal, former, "secretary", *days)
    await do.end_delegation.by_admin(principal, "secretary")
    await do.delegate_office.by_admin(principal, delegate, "secretary", *days)


def _next_table() -> tuple[RuleSet, str]:
    text = template_text("default").replace('version: "2026.1"', 'version: "2027.1"')
    text = text.replace("effective_from: 2026-01-01", "effective_from: 2027-01-01")
    return load_ruleset(text, "next"), text


async def hand_in_everything(scene: Scene) -> None:
    """Everybody has handed October in."""
    for name in scene.forms:
        await hand_in(scene.stage, name)


async def begin_rating(scene: Scene) -> None:
    """October is handed in and closed; branches rate, and their group is drawn: nobody has confirmed anything yet."""
    await hand_in_everything(scene)
    await open_rating(scene.stage)
    await scene.settle()
    seats = {THIRD: "drawn secretary", FOURTH: "reviewer", FIFTH: "other reviewer"}
    branches = {branch: await branch_id_of(scene.stage, branch) for branch in (FIRST, SECOND, *seats)}
    async with scene.stage.app.core.store.write() as tx:
        found = await tx.reviews.newest_draw(Q4)
        assert found is not None
        drawn = [branches[branch] for branch in seats]
        assert await tx.reviews.carry_out(found, drawn, scene.ids[ACTORS["committee"]], tx.now)
        for branch, role in seats.items():
            member_id = scene.ids[ACTORS[role]]
            await tx.reviews.give_seat(Q4, SeatKind.DRAWN, member_id, None, tx.now, branch_id=branches[branch])
        work = ((FIRST, "reviewer"), (SECOND, "other reviewer"))
        await tx.reviews.add_tasks(Q4, [(branches[branch], scene.ids[ACTORS[role]]) for branch, role in work])


async def begin_review(scene: Scene) -> None:
    """Both branches have handed their rating to the group."""
    for branch in (FIRST, SECOND):
        await close_rating(scene.stage, branch)


async def show_quarter(scene: Scene) -> None:
    """Both branches have closed and their points are shown; some object."""
    await close_all(scene.stage)
    await file_objections(scene)


WAYS: dict[str, tuple[str, Callable[[Scene], Awaitable[None]]]] = {
    "rating": ("month", begin_rating), "review": ("rating", begin_review), "closed": ("rating", show_quarter),
}  # fmt: skip
"""How each state is come to: from which one, and by what."""


async def file_objections(scene: Scene) -> None:
    """An ordinary member of each closed branch, and the one who stands for the role, object while it is public."""
    for name in (COLLEAGUE[FIRST], COLLEAGUE[SECOND], ACTORS["member"]):
        visit = Visit(scene.stage.box.person(name).user_id, Cause(f"objection of {name}"))
        await scene.stage.app.core.do.file_objection(visit, Q4, 0, "", f"{SECRET}：{name}")
