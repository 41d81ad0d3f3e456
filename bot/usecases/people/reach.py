"""Who and what can be reached: persons who block the bot, groups that are bound, move or vanish."""

from __future__ import annotations

import secrets

from bot.domain.accounts import GROUP_CODE_LIVES
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Role
from bot.domain.timetable import Timetable
from bot.errors import GroupBoundAlreadyError, GroupCodeInvalidError, GroupTakenError, NotTheSecretaryError
from bot.outbox.letters import MemberUnreachable
from bot.storage.people import Branch
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.publicity.publish_quarter import standings_letter
from bot.usecases.visit import Visit, must

CODE_DIGITS = 8


class NoteReachability:
    """A person blocked or unblocked the bot."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, telegram_id: int, *, reachable: bool) -> None:
        """Mark the person; the commissioner is told once, and what waited is due when he is back."""
        async with self._store.write() as tx:
            actor = await tx.accounts.find_actor(telegram_id)
            if actor is None:
                return
            if reachable:
                if await tx.accounts.set_unreachable(actor.person.member_id, None):
                    await tx.letters.revive_for(actor.person.member_id)
            else:
                await mark_unreachable(tx, self._timetable, actor.person.member_id)


async def mark_unreachable(tx: Tx, timetable: Timetable, member_id: int) -> None:
    """Mark a person whom letters cannot reach and tell his branch's leaders once."""
    if not await tx.accounts.set_unreachable(member_id, tx.now):
        return
    person = await tx.people.get(member_id)
    for role in (Role.COMMISSIONER, Role.SECRETARY):
        for leader in await tx.people.holding(role, branch_id=person.branch_id):
            if leader.member_id != member_id:
                key = f"unreachable:{member_id}:{tx.now.isoformat()}:{leader.member_id}"
                letter, due_at = MemberUnreachable(member_id), timetable.polite(tx.now)
                await tx.letters.write(key, letter, to_member=leader.member_id, due_at=due_at)
                return


class AskGroupCode:
    """A secretary wants to bind the branch's group."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit) -> tuple[str, Branch]:
        """A code, good for a day, that the secretary types in the group."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.BIND_GROUP, Subject(branch_id=person.branch_id))
            code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
            await tx.accounts.set_group_code(person.branch_id, code, tx.now + GROUP_CODE_LIVES)
            return code, await tx.people.get_branch(person.branch_id)


class BindGroup:
    """The secretary typed the code in the group: from now on the branch's standings go there."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, code: str, chat_id: int) -> Branch:
        """Bind the group to the secretary's own branch, and let it have the newest standings there are."""
        async with self._store.write(visit.cause) as tx:
            visit.actor = await tx.accounts.find_actor(visit.telegram_id)
            person = visit.actor.person if visit.actor else None
            if person is None or not may(person, Deed.BIND_GROUP, Subject(branch_id=person.branch_id)):
                raise NotTheSecretaryError
            bound_to = await tx.accounts.branch_of_group(chat_id)
            if bound_to is not None:
                raise GroupBoundAlreadyError if bound_to == person.branch_id else GroupTakenError
            if not await tx.accounts.bind_group(person.branch_id, code, chat_id, tx.now):
                raise GroupCodeInvalidError
            await tx.ledger.append("group_bound", actor=person.member_id, branch=person.branch_id)
            closed = await tx.periods.published_quarters(person.branch_id)
            await tx.letters.write_many([standings_letter(one, person.branch_id) for one in closed[-1:]])
            return await tx.people.get_branch(person.branch_id)


class MoveGroup:
    """Telegram gave a group another id, or the bot was removed from it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, chat_id: int, new_chat_id: int | None) -> None:
        """Follow the group, or forget it."""
        async with self._store.write() as tx:
            branch_id = await tx.accounts.branch_of_group(chat_id)
            if branch_id is not None and await tx.accounts.move_group(chat_id, new_chat_id):
                await tx.ledger.append("group_moved", branch=branch_id, gone=new_chat_id is None)
