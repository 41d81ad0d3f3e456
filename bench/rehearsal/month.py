"""A member's month, by buttons: opening the card, claiming, proving, handing in, and thinking again."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

from bench.rehearsal.default_table import ROWS
from bench.rehearsal.phone import Found, LostError, Phone, persistently
from bench.rehearsal.script import Claim, Manner, MonthScript
from bot.domain.actions.form import (
    AnswerCount,
    AnswerGrade,
    AnswerRest,
    AskNote,
    DropEvidence,
    OpenDimension,
    OpenForm,
    OpenItem,
    ReviewForm,
    SubmitForm,
    WithdrawForm,
)
from bot.domain.actions.menu import OpenCurrentForm

_STEPS_AT_MOST = 30
_WALK_AT_MOST = 6
_TRIES_AT_MOST = 6

Photo = Callable[[], bytes]


def newest_form(phone: Phone, known: set[int]) -> int | None:
    """The form whose card came last and that the person did not know before."""
    for kind in (ReviewForm, OpenForm):
        found = phone.find(kind)
        if found is not None and found.action.form_id not in known:
            form_id: int = found.action.form_id
            return form_id
    return None


async def open_from_menu(phone: Phone) -> None:
    """The form by way of the menu, from wherever the person is."""
    await phone.does_until(
        lambda: phone.person.says("/menu"), lambda: phone.find(OpenCurrentForm, newest=1) is not None
    )
    await phone.tap(OpenCurrentForm)


async def answer_month(phone: Phone, form_id: int, month: MonthScript, photo: Photo) -> None:
    """Answer as the script has it; hand in unless the person only begins."""

    async def answer() -> None:
        if phone.find(WithdrawForm, form_id=form_id) is not None:
            return
        if phone.find(ReviewForm, form_id=form_id) is None:
            await phone.tap(OpenForm, form_id=form_id)
        for claim in month.claims:
            await make_claim(phone, form_id, claim, photo)
        if month.manner is not Manner.BEGINS_ONLY:
            await hand_in(phone, form_id)

    await persistently(answer, lambda: open_from_menu(phone))


async def think_again(phone: Phone, form_id: int, month: MonthScript, photo: Photo) -> None:
    """Take the form back, change what the person thought of, and hand it in again."""
    taken_back = False

    async def change() -> None:
        nonlocal taken_back
        if phone.find(WithdrawForm, form_id=form_id) is not None:
            if taken_back:
                return
            await phone.tap(WithdrawForm, form_id=form_id)
            taken_back = True
        if month.second_thoughts is not None:
            await make_claim(phone, form_id, month.second_thoughts, photo)
        await hand_in(phone, form_id)

    await persistently(change, lambda: open_from_menu(phone))


async def hand_in(phone: Phone, form_id: int) -> None:
    """The rest as usual, a look at the summary, in with it; again if the branch has recorded something meanwhile."""
    this: dict[str, Any] = {"form_id": form_id}
    card: int | None = None
    for _ in range(_TRIES_AT_MOST):
        if card is not None and phone.find(WithdrawForm, on=card, **this) is not None:
            return
        if phone.find(SubmitForm, **this) is None:
            await _walk(phone, form_id, lambda: phone.find(AnswerRest, **this) or phone.find(ReviewForm, **this))
            rest = phone.find(AnswerRest, **this)
            await phone.tap(ReviewForm if rest is None else AnswerRest, **this)
        if phone.find(SubmitForm, **this) is None:
            continue
        card = (await phone.tap(SubmitForm, **this)).message_id
        if all(phone.find(kind, on=card, **this) is None for kind in (SubmitForm, ReviewForm)):
            return
    raise LostError(f"{phone.person.name}: handing in had no effect\n{phone.person.screen()}")


async def make_claim(phone: Phone, form_id: int, claim: Claim, photo: Photo) -> None:
    """Go to the item, set what is claimed, and prove it where it has to be proven."""
    await _open_item(phone, form_id, claim.item)
    if claim.grade:
        await phone.tap(AnswerGrade, form_id=form_id, item=claim.item, grade=claim.grade)
    else:
        await _step_to(phone, form_id, claim)
    if claim.proven and phone.find(DropEvidence, form_id=form_id, item=claim.item) is None:
        await _prove(phone, form_id, claim.item, photo)


async def _step_to(phone: Phone, form_id: int, claim: Claim) -> None:
    """Tap plus or minus until the counter shows the number; a nought that was never said is said by a tap."""
    for step in range(_STEPS_AT_MOST):
        less, shown, more = _counter(phone, form_id, claim)
        count = shown.action.count
        if count == claim.count and (step or claim.count):
            return
        wanted = less if count >= claim.count else more
        await phone.tap(AnswerCount, form_id=form_id, item=claim.item, act=claim.act, count=wanted.action.count)
    raise LostError(f"{phone.person.name}: the counter of {claim.item} never showed {claim.count}")


def _counter(phone: Phone, form_id: int, claim: Claim) -> tuple[Found, Found, Found]:
    row = phone.row_of(AnswerCount, form_id=form_id, item=claim.item, act=claim.act)
    if len(row) != 3:
        raise LostError(f"{phone.person.name}: no counter for {claim.item}\n{phone.person.screen()}")
    return row[0], row[1], row[2]


async def _prove(phone: Phone, form_id: int, item: str, photo: Photo) -> None:
    await phone.tap(AskNote, form_id=form_id, item=item)
    picture = photo()
    await phone.does_until(
        lambda: phone.person.sends_photo(picture),
        lambda: phone.find(DropEvidence, form_id=form_id, item=item) is not None,
    )


async def _open_item(phone: Phone, form_id: int, item: str) -> None:
    """Walk from wherever the card stands to the item's page."""
    dimension = ROWS[item].dimension

    def door() -> Found | None:
        return phone.find(OpenItem, form_id=form_id, item=item) or phone.find(
            OpenDimension, form_id=form_id, dimension=dimension
        )

    await _walk(phone, form_id, door)
    if phone.find(OpenItem, form_id=form_id, item=item) is None:
        await phone.tap(OpenDimension, form_id=form_id, dimension=dimension)
    await phone.tap(OpenItem, form_id=form_id, item=item)


async def _walk(phone: Phone, form_id: int, arrived: Callable[[], Found | None]) -> None:
    """Tap back until what is looked for is on the screen."""
    for _ in range(_WALK_AT_MOST):
        if arrived() is not None:
            return
        await phone.tap(
            OpenForm if phone.find(OpenForm, form_id=form_id) is not None else OpenDimension, form_id=form_id
        )
    raise LostError(f"{phone.person.name}: the way is not there\n{phone.person.screen()}")


def photo_of(number: int) -> bytes:
    """A small picture that nobody else sends: one colour, made of the number."""
    pixel = struct.pack(">I", number)[1:]
    side = 8
    rows = zlib.compress(b"".join(b"\0" + pixel * side for _ in range(side)))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
