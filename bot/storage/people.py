"""Members, branches and offices as they are now, and how they came to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.may import Rater, Subject
from bot.domain.people import Category, Department, MemberStatus, Office, Person, Role, told_apart
from bot.errors import NotFoundError
from bot.storage.offices import held_offices
from bot.storage.schema import account, branch, member, membership, office


@dataclass(frozen=True, slots=True)
class Branch:
    """党支部, with the group that its secretary bound to it."""

    branch_id: int
    name: str
    group_chat_id: int | None = None


_HELD = held_offices()


def person_columns() -> Select[Any]:
    """The columns that make a Person, one row an office that he holds at the parameter `now`."""
    return (
        select(
            member.c.id, member.c.staff_no, member.c.name, member.c.branch_id, branch.c.name.label("branch"),
            member.c.category, member.c.status, _HELD.c.role, _HELD.c.department, _HELD.c.on_behalf_of,
        )
        .select_from(member)
        .join(branch, branch.c.id == member.c.branch_id)
        .outerjoin(_HELD, _HELD.c.member_id == member.c.id)
    )  # fmt: skip


def persons_of(rows: Iterable[Row[Any]]) -> list[Person]:
    """Gather the rows of `person_columns` into persons, in the order of their first rows."""
    gathered: dict[int, tuple[Row[Any], set[Office]]] = {}
    for row in rows:
        _, offices = gathered.setdefault(row.id, (row, set()))
        if row.role is not None:
            department = Department(row.department) if row.department else None
            offices.add(Office(Role(row.role), department, row.on_behalf_of))
    return [_person(row, frozenset(offices)) for row, offices in gathered.values()]


def _person(row: Row[Any], offices: frozenset[Office]) -> Person:
    return Person(
        row.id, row.staff_no, row.name, row.branch_id, row.branch,
        Category(row.category), MemberStatus(row.status), offices,
    )  # fmt: skip


_ONE = person_columns()
_IN_ORDER = person_columns().order_by(branch.c.sort, member.c.staff_no, member.c.id)


class People:
    """Reads persons and branches; writes what the roster says of them."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def _at_present(self, statement: Select[Any]) -> CursorResult[Any]:
        found: CursorResult[Any] = await self._connection.execute(statement, {"now": self._now})
        return found

    async def get(self, member_id: int) -> Person:
        """The person of this id, or NotFoundError."""
        persons = persons_of(await self._at_present(_ONE.where(member.c.id == member_id)))
        if not persons:
            raise NotFoundError
        return persons[0]

    async def find_by_staff_no(self, staff_no: str) -> Person | None:
        """The person with this staff number."""
        persons = persons_of(await self._at_present(_ONE.where(member.c.staff_no == staff_no)))
        return persons[0] if persons else None

    async def all(self) -> list[Person]:
        """Everybody, those who left included, by branch and staff number."""
        return persons_of(await self._at_present(_IN_ORDER))

    async def of(self, member_ids: Iterable[int]) -> list[Person]:
        """These persons, wherever they are now, those who left included."""
        return persons_of(await self._at_present(_IN_ORDER.where(member.c.id.in_(list(member_ids)))))

    async def in_branch(self, branch_id: int) -> list[Person]:
        """The branch's members by staff number, namesakes told apart, without those who left."""
        statement = _IN_ORDER.where(member.c.branch_id == branch_id, member.c.status != MemberStatus.LEFT)
        return told_apart(persons_of(await self._at_present(statement)))

    async def holding(
        self, role: Role, *, branch_id: int | None = None, department: Department | None = None
    ) -> list[Person]:
        """Who holds this role now (in this branch, in this department) and may act on it: nobody suspended.

        Who stands in for somebody holds it, too.
        """
        wanted = select(_HELD.c.member_id).where(_HELD.c.role == role)
        if branch_id is not None:
            wanted = wanted.where(_HELD.c.branch_id == branch_id)
        if department is not None:
            wanted = wanted.where(_HELD.c.department == department)
        away = [MemberStatus.LEFT, MemberStatus.SUSPENDED]
        statement = _IN_ORDER.where(member.c.id.in_(wanted), member.c.status.not_in(away))
        return persons_of(await self._at_present(statement))

    async def names(self, member_ids: Iterable[int]) -> dict[int, str]:
        """The names of these members, those who left included."""
        rows = await self._connection.execute(
            select(member.c.id, member.c.name).where(member.c.id.in_(set(member_ids)))
        )
        return {row.id: row.name for row in rows}

    async def subject(self, member_id: int) -> Subject:
        """This member as something that can be acted on, with those who rate in his branch."""
        branch_id = await self._connection.scalar(select(member.c.branch_id).where(member.c.id == member_id))
        if branch_id is None:
            raise NotFoundError
        return Subject(branch_id, member_id, await self.raters(branch_id))

    async def raters(self, branch_id: int) -> tuple[Rater, ...]:
        """Who rates in this branch: its secretary, then its commissioner, as far as they are there.

        Who stands in for one of them takes his place.
        """
        rows = await self._at_present(
            select(_HELD.c.role, _HELD.c.member_id, _HELD.c.on_behalf_of)
            .join(member, member.c.id == _HELD.c.member_id)
            .where(
                _HELD.c.branch_id == branch_id,
                member.c.status == MemberStatus.ACTIVE,
                _HELD.c.role.in_([Role.SECRETARY, Role.COMMISSIONER]),
            )
            .order_by(_HELD.c.role.desc(), _HELD.c.member_id)
        )
        found = list(rows)
        replaced = {(row.role, row.on_behalf_of) for row in found if row.on_behalf_of is not None}
        return tuple(
            Rater(row.member_id, row.on_behalf_of) for row in found if (row.role, row.member_id) not in replaced
        )

    async def branches(self) -> list[Branch]:
        """All branches in the roster's order."""
        rows = await self._connection.execute(_BRANCHES.order_by(branch.c.sort, branch.c.id))
        return [Branch(row.id, row.name, row.group_chat_id) for row in rows]

    async def get_branch(self, branch_id: int) -> Branch:
        """The branch of this id, or NotFoundError."""
        row = (await self._connection.execute(_BRANCHES.where(branch.c.id == branch_id))).first()
        if row is None:
            raise NotFoundError
        return Branch(row.id, row.name, row.group_chat_id)

    async def memberships(self) -> list[tuple[int, int, date | None, date | None]]:
        """Who was in which branch from which day to which (exclusive), the oldest first: member, branch, from, to."""
        rows = await self._connection.execute(
            select(membership.c.member_id, membership.c.branch_id, membership.c.from_on, membership.c.to_on).order_by(
                membership.c.member_id, membership.c.id
            )
        )
        return [tuple(row) for row in rows]

    async def counts_from(self) -> dict[int, date]:
        """From which day on a member's months count, for those who joined after the beginning."""
        rows = await self._connection.execute(
            select(member.c.id, member.c.counts_from_on).where(member.c.counts_from_on.is_not(None))
        )
        return {row.id: row.counts_from_on for row in rows}

    async def party_days(self) -> dict[int, date]:
        """入党日期 of everybody of whom the roster has told it."""
        rows = await self._connection.execute(
            select(member.c.id, member.c.joined_party_on).where(member.c.joined_party_on.is_not(None))
        )
        return {row.id: row.joined_party_on for row in rows}

    async def bound(self) -> set[int]:
        """The ids of all members who have an account."""
        return set(await self._connection.scalars(select(account.c.member_id)))

    async def reachable(self) -> set[int]:
        """The ids of all members who have an account that does not block the bot."""
        reached = select(account.c.member_id).where(account.c.unreachable_since.is_(None))
        return set(await self._connection.scalars(reached))

    # ── written by the roster's import ────────────────────────────────────────────────────────────────────────────────

    async def add_branch(self, name: str) -> int:
        """Add a branch at the end; returns its id."""
        sort = int(await self._connection.scalar(select(func.count()).select_from(branch)) or 0)
        result = await self._connection.execute(insert(branch).values(name=name, sort=sort).returning(branch.c.id))
        return int(result.scalar_one())

    async def add_member(
        self, *, staff_no: str, name: str, branch_id: int, category: Category, status: MemberStatus,
        joined_party_on: date | None, counts_from_on: date | None,
    ) -> int:  # fmt: skip
        """Add a member and the beginning of his membership; returns his id."""
        result = await self._connection.execute(
            insert(member)
            .values(
                staff_no=staff_no, name=name, branch_id=branch_id, category=category, status=status,
                joined_party_on=joined_party_on, counts_from_on=counts_from_on,
            )
            .returning(member.c.id)
        )  # fmt: skip
        member_id = int(result.scalar_one())
        await self._connection.execute(
            insert(membership).values(member_id=member_id, branch_id=branch_id, from_on=counts_from_on)
        )
        return member_id

    async def change_member(self, member_id: int, **columns: Any) -> None:
        """Set columns of a member that carry no history of their own (name, category, status, joined_party_on)."""
        await self._connection.execute(update(member).where(member.c.id == member_id).values(**columns))

    async def move(self, member_id: int, branch_id: int, on: date) -> None:
        """Move a member to another branch from this day on; the old membership ends that day."""
        await self._connection.execute(
            update(membership).where(membership.c.member_id == member_id, membership.c.to_on.is_(None)).values(to_on=on)
        )
        await self._connection.execute(insert(membership).values(member_id=member_id, branch_id=branch_id, from_on=on))
        await self.change_member(member_id, branch_id=branch_id)

    async def rejoin(self, member_id: int, branch_id: int, on: date) -> None:
        """Somebody who had left is a member again, in this branch; his months count from this day on."""
        await self._connection.execute(insert(membership).values(member_id=member_id, branch_id=branch_id, from_on=on))
        await self.change_member(member_id, branch_id=branch_id, counts_from_on=on)

    async def end_membership(self, member_id: int, on: date) -> None:
        """A member left: his membership ends this day, his history stays."""
        await self._connection.execute(
            update(membership).where(membership.c.member_id == member_id, membership.c.to_on.is_(None)).values(to_on=on)
        )

    async def set_offices(self, member_id: int, branch_id: int, offices: frozenset[Office], on: date) -> None:
        """Make these the offices the member holds from this day on; the others end that day."""
        rows = await self._connection.execute(
            select(office).where(office.c.member_id == member_id, office.c.to_on.is_(None))
        )
        held = {
            (Office(Role(row.role), Department(row.department) if row.department else None), row.branch_id): row.id
            for row in rows
        }
        wanted = {(entry, branch_id) for entry in offices}
        ended = [row_id for key, row_id in held.items() if key not in wanted]
        if ended:
            await self._connection.execute(update(office).where(office.c.id.in_(ended)).values(to_on=on))
        for entry, _ in wanted - held.keys():
            await self._connection.execute(
                insert(office).values(
                    member_id=member_id, branch_id=branch_id, role=entry.role, department=entry.department, from_on=on
                )
            )


_BRANCHES = select(branch.c.id, branch.c.name, branch.c.group_chat_id)
