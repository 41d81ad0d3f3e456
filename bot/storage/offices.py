"""Offices as they are held now: by the roster, or by delegation from who holds them by the roster."""

from __future__ import annotations

from sqlalchemy import Subquery, and_, bindparam, cast, null, or_, select, union_all

from bot.domain.delegation import BRANCH_ROLES
from bot.domain.people import MemberStatus
from bot.storage.schema import Id, Instant, delegation, member, office

AWAY = (MemberStatus.LEFT, MemberStatus.SUSPENDED)


def held_offices() -> Subquery:
    """Who holds which office of which branch at the parameter `now`; `on_behalf_of` where it is another's.

    A delegation ends with the principal's office, and rests while the principal or the delegate could not act
    himself; an office of a branch is held by its own members only.
    """
    own = select(
        office.c.member_id, office.c.branch_id, office.c.role, office.c.department,
        cast(null(), Id).label("on_behalf_of"),
    ).where(office.c.to_on.is_(None))  # fmt: skip
    now = bindparam("now", type_=Instant)
    principal, delegate = member.alias("principal"), member.alias("delegate")
    same_office = and_(
        office.c.member_id == delegation.c.principal_id,
        office.c.role == delegation.c.role,
        office.c.department.is_not_distinct_from(delegation.c.department),
    )
    delegated = (
        select(
            delegation.c.delegate_id, office.c.branch_id, office.c.role, office.c.department, delegation.c.principal_id
        )
        .join(office, same_office)
        .join(principal, principal.c.id == delegation.c.principal_id)
        .join(delegate, delegate.c.id == delegation.c.delegate_id)
        .where(
            office.c.to_on.is_(None),
            delegation.c.starts_at <= now,
            delegation.c.ends_at > now,
            delegation.c.ended_at.is_(None),
            principal.c.status.not_in(AWAY),
            delegate.c.status == MemberStatus.ACTIVE,
            or_(delegation.c.role.not_in(BRANCH_ROLES), delegate.c.branch_id == office.c.branch_id),
        )
    )
    return union_all(own, delegated).subquery("held")
