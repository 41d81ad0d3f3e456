"""Binding a Telegram account to a person on the roster by a one-time invite, and loosening it again."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from bot.domain.accounts import INVITE_LIVES, Language
from bot.domain.may import Deed, Subject
from bot.domain.people import MemberStatus, Person
from bot.domain.retention import NOTICE_VERSION
from bot.errors import AlreadyBoundError, InviteInvalidError
from bot.outbox.letters import MenuChanged
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.visit import Visit, must

TOKEN_BYTES = 16  # 128 bit


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invite is for; the question "is this you?" is put with it."""

    invite_id: int
    person: Person


def token_hash(token: str) -> str:
    """What is stored of an invite's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class OpenInvite:
    """Somebody tapped an invite link: tell whom it is for, bind nobody yet."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, token: str) -> Invited:
        """Whom the token invites; InviteInvalidError says nothing about why."""
        async with self._store.write() as tx:
            if await tx.accounts.find_actor(visit.telegram_id) is not None:
                raise AlreadyBoundError
            invite = await tx.accounts.find_invite(token_hash=token_hash(token))
            if invite is None or not invite.is_good(tx.now):
                raise InviteInvalidError
            await tx.accounts.show_invite(invite.invite_id, visit.telegram_id)
            return Invited(invite.invite_id, await tx.people.get(invite.member_id))


class ConfirmInvite:
    """The person said yes: the account is bound, the invite used up."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, invite_id: int) -> Person:
        """Bind the account; only the one whom the question was put to can say yes, and only once."""
        async with self._store.write(visit.cause) as tx:
            invite = await tx.accounts.find_invite(invite_id=invite_id)
            asked = await tx.accounts.invite_shown_to(invite_id)
            if invite is None or not invite.is_good(tx.now) or asked != visit.telegram_id:
                raise InviteInvalidError
            if await _is_taken(tx, visit.telegram_id, invite.member_id):
                raise AlreadyBoundError

            if not await tx.accounts.use_invite(invite_id, visit.telegram_id, tx.now):
                raise InviteInvalidError
            await tx.accounts.bind(visit.telegram_id, invite.member_id, visit.hint, tx.now, notice=NOTICE_VERSION)
            await tx.ledger.append(
                "account_bound", subject=invite.member_id, actor=invite.member_id, notice=NOTICE_VERSION
            )
            await tx.letters.write(
                f"menu:{invite.member_id}:{visit.cause.key}", MenuChanged(), to_member=invite.member_id
            )
            await tx.letters.revive_for(invite.member_id)
            return await visit.enter(tx)


async def _is_taken(tx: Tx, telegram_id: int, member_id: int) -> bool:
    if await tx.accounts.find_actor(telegram_id) is not None:
        return True
    return await tx.accounts.find_of(member_id) is not None


@dataclass(frozen=True, slots=True)
class IssuedInvite:
    """A fresh invite; the token is shown once and never stored."""

    person: Person
    token: str


class IssueInvites:
    """New invites for everybody (or one branch, or those named) who is not bound; older ones become void."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(
        self, staff_nos: list[str] | None = None, actor: int | None = None, *, branch: str | None = None
    ) -> list[IssuedInvite]:
        """Issue the invites, in the roster's order."""
        async with self._store.write() as tx:
            bound = await tx.people.bound()
            wanted = [
                person
                for person in await tx.people.all()
                if person.member_id not in bound
                and person.status is not MemberStatus.LEFT
                and (staff_nos is None or person.staff_no in staff_nos)
                and branch in {None, person.branch}
            ]
            return [await _issue(tx, person, actor) for person in wanted]


async def _issue(tx: Tx, person: Person, actor: int | None) -> IssuedInvite:
    token = secrets.token_hex(TOKEN_BYTES)
    await tx.accounts.add_invite(person.member_id, token_hash(token), tx.now, tx.now + INVITE_LIVES)
    await tx.ledger.append("invite_issued", subject=person.member_id, actor=actor)
    return IssuedInvite(person, token)


@dataclass(frozen=True, slots=True)
class FoundMember:
    """Whom an admin looked up; `own` is his own account, which only another admin loosens."""

    person: Person
    bound: bool
    own: bool


class FindMember:
    """An admin looks a person up by staff number: who he is and whether he is bound."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, *, staff_no: str = "", member_id: int | None = None) -> FoundMember | None:
        """The person of this staff number or id, if there is one."""
        async with self._store.read() as tx:
            admin = await visit.enter(tx)
            must(admin, Deed.MANAGE_ACCOUNTS, Subject())
            by_id = None if member_id is None else await tx.people.get(member_id)
            person = by_id or await tx.people.find_by_staff_no(staff_no)
            if person is None:
                return None
            bound = await tx.accounts.find_of(person.member_id) is not None
            return FoundMember(person, bound, own=person.member_id == admin.member_id)


class UnbindMember:
    """An admin loosens a person's account (a lost phone, a wrong tap)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, member_id: int) -> Person:
        """Unbind the person; his history stays as it is."""
        async with self._store.write(visit.cause) as tx:
            admin = await visit.enter(tx)
            person = await tx.people.get(member_id)
            must(admin, Deed.MANAGE_ACCOUNTS, Subject.of(person))
            if await tx.accounts.unbind(member_id) is not None:
                await tx.ledger.append("account_unbound", subject=member_id, actor=admin.member_id)
            return person


class ReinviteMember:
    """An admin gives a person who is not bound a fresh invite."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, member_id: int) -> IssuedInvite:
        """Issue one invite; who is bound must be unbound first."""
        async with self._store.write(visit.cause) as tx:
            admin = await visit.enter(tx)
            person = await tx.people.get(member_id)
            must(admin, Deed.MANAGE_ACCOUNTS, Subject.of(person))
            if await tx.accounts.find_of(member_id) is not None:
                raise AlreadyBoundError
            return await _issue(tx, person, admin.member_id)


class SetLanguage:
    """The person chose the language the bot speaks to him."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, language: Language) -> Person:
        """Speak this language from now on, in the command menu too."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            await tx.accounts.set_language(visit.telegram_id, language)
            await tx.letters.write(
                f"menu:{person.member_id}:{visit.cause.key}", MenuChanged(), to_member=person.member_id
            )
            return await visit.enter(tx)
