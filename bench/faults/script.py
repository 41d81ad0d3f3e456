"""What the people of a branch do in a month and its rating, one deed after the other: each is one update.

A deed looks into the database for ids and revisions, as a card would have shown them, and taps without waiting.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bench.faults.world import OCTOBER, PEOPLE, QUARTER, World
from bot.domain.actions.base import Action
from bot.domain.actions.binding import ConfirmBinding
from bot.domain.actions.desk import RecordCount, ReturnForm
from bot.domain.actions.form import AnswerCount, AnswerGrade, AnswerRest, AskNote, SubmitForm, WithdrawForm
from bot.domain.actions.rating import ApproveRating, PostponeRating, ReturnRating
from bot.domain.periods import Month, Quarter
from bot.telegram.codec import pack
from bot.usecases.people.bind import token_hash

Act = Callable[[World], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Deed:
    """One update of one person, by name."""

    name: str
    act: Act


def _taps(name: str, who: str, button: Callable[[World], Awaitable[Action]]) -> Deed:
    async def act(here: World) -> None:
        here.bench.counts["updates"] += 1
        await here.people[who].taps(data=pack(await button(here)), wait=0)

    return Deed(name, act)


def _says(name: str, who: str, words: Callable[[World], str]) -> Deed:
    async def act(here: World) -> None:
        await here.says(who, words(here))

    return Deed(name, act)


def _of_form(
    kind: Callable[..., Action], whose: str, *more: object, revision: bool = False
) -> Callable[[World], Awaitable[Action]]:
    async def button(here: World) -> Action:
        form = await here.form(whose)
        seen = (form["revision"],) if revision else ()
        return kind(form["id"], *seen, *more)

    return button


def _of_rating(kind: Callable[..., Action], whose: str, *more: object) -> Callable[[World], Awaitable[Action]]:
    async def button(here: World) -> Action:
        rating = await here.rating(whose)
        return kind(rating["id"], rating["revision"], *more)

    return button


async def _binding(here: World) -> Action:
    invite = await here.value("select id from invite where token_hash = :hash", hash=token_hash(here.tokens["蒋丽"]))
    return ConfirmBinding(invite)


async def _absence(here: World) -> Action:
    return RecordCount(OCTOBER, "meetings", here.ids["张伟"], "absent", 1)


async def forget_one(here: World) -> None:
    """蒋丽 has not bound her account yet."""
    await here.write("delete from account where member_id = :member", member=here.ids["蒋丽"])


_SUBMITS = _of_form(SubmitForm, "张伟", revision=True)
MONTH: Sequence[Deed] = (
    _says("opens the invite", "蒋丽", lambda here: f"/start {here.tokens['蒋丽']}"),
    _taps("binds", "蒋丽", _binding),
    _taps("chooses a grade", "张伟", _of_form(AnswerGrade, "张伟", "post", "mostly")),
    _taps("counts", "张伟", _of_form(AnswerCount, "张伟", "lecture", "given", 1)),
    _taps("asks for a note", "张伟", _of_form(AskNote, "张伟", "lecture")),
    _says("writes the note", "张伟", lambda _here: "主讲党课《学习笔记》"),
    _taps("answers the rest", "张伟", _of_form(AnswerRest, "张伟")),
    _taps("hands in", "张伟", _SUBMITS),
    _taps("takes back", "张伟", _of_form(WithdrawForm, "张伟", revision=True)),
    _taps("hands in again", "张伟", _SUBMITS),
    _taps("records an absence", "李委员", _absence),
    _taps("sends back", "李委员", _of_form(ReturnForm, "张伟", 1, revision=True)),
    _taps("hands in once more", "张伟", _SUBMITS),
)
RATING: Sequence[Deed] = (
    _taps("approves", "王书记", _of_rating(ApproveRating, "张伟")),
    _taps("puts off", "王书记", _of_rating(PostponeRating, "赵敏")),
    _taps("sends a month back", "王书记", _of_rating(ReturnRating, "赵敏", 10, 1)),
    _taps("hands it in again", "赵敏", _of_form(SubmitForm, "赵敏", revision=True)),
    _taps("approves at last", "王书记", _of_rating(ApproveRating, "赵敏")),
    _taps("approves the secretary", "李委员", _of_rating(ApproveRating, "王书记")),
)


async def to_the_month(here: World) -> None:
    """October's form is open, one person not bound yet."""
    await here.open_october()
    await forget_one(here)


async def to_the_rating(here: World) -> None:
    """What is not handed in yet is; the rating is open."""
    open_forms = {row["member_id"] for row in await here.rows("select member_id from form where state = 'open'")}
    await here.hand_in(*(name for name in PEOPLE if here.ids[name] in open_forms))
    await here.core.do.close_month(Month.parse(OCTOBER))
    await here.core.do.open_quarter(Quarter.parse(QUARTER))
    await here.rest()


async def play(here: World, deeds: Sequence[Deed]) -> None:
    """One deed after the other, each to its end."""
    for deed in deeds:
        await deed.act(here)
        await here.rest()
