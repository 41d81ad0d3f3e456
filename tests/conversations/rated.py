"""How a quarter comes to be rated in plays: October is answered and closed early, and the rating opened."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.actions.base import Action
from bot.domain.forms import Form, FormState, Rating
from bot.domain.periods import Month, Quarter
from bot.scoring.facts import Fact, facts_from_json, facts_to_json
from bot.scoring.points import hundredths
from bot.telegram.codec import pack
from bot.usecases.months.answer_item import usual_answer
from bot.usecases.months.form_cards import score_form
from sandbox import Person
from sandbox.persons import Tap
from tests.conversations.conftest import Stage

OCTOBER = Month(2026, 10)
Q4 = Quarter(2026, 4)
EVERYBODY = ("王书记", "李委员", "张伟", "赵敏", "孙喆")


async def form_of(stage: Stage, name: str, month: Month = OCTOBER) -> Form:
    """The form of the member of this name, as it is stored now."""
    async with stage.app.core.store.read() as tx:
        member_id = next(person.member_id for person in await tx.people.all() if person.name == name)
        form = await tx.forms.find(member_id, month)
    assert form is not None
    return form


async def rating_of(stage: Stage, name: str) -> Rating:
    """The rating of the member of this name, as it is stored now."""
    form = await form_of(stage, name)
    async with stage.app.core.store.read() as tx:
        rating = await tx.ratings.find(form.member_id, Q4)
    assert rating is not None
    return rating


async def hand_in(
    stage: Stage, name: str, answers: Mapping[str, tuple[Fact, ...]] | None = None, month: Month = OCTOBER
) -> None:
    """The member hands the month in: as usual but for these answers."""
    form = await form_of(stage, name, month)
    async with stage.app.core.store.write() as tx:
        rules = await tx.periods.rules(form.ruleset_id)
        usual = {item.id: usual_answer(item) for item in rules.items if item.source == "member"}
        said = {**facts_from_json(form.answers), **usual, **(answers or {})}
        total = hundredths(score_form(rules, form, said).total)
        done = await tx.forms.change(
            form, state=FormState.SUBMITTED, submitted_at=tx.now, submitted_by=form.member_id,
            answers=facts_to_json(said), total_centi=total,
        )  # fmt: skip
    assert done


async def open_rating(stage: Stage) -> None:
    """October closes and the quarter's rating opens, by an admin's hand."""
    await stage.app.core.do.close_month(OCTOBER)
    await stage.app.core.do.open_quarter(Q4)
    await stage.settle()


async def rated_stage(stage: Stage, *bound: str, waiting: tuple[str, ...] = ()) -> list[Person]:
    """Bind these persons; all of the first branch but those `waiting` have handed October in as usual."""
    found = await stage.open_october(*bound)
    for name in EVERYBODY:
        if name not in waiting:
            await hand_in(stage, name)
    await open_rating(stage)
    return found


async def forge(person: Person, action: Action) -> Tap:
    """The person sends any action from any of the bot's messages, as a custom client could."""
    return await person.taps(data=pack(action))


async def ledger_kinds(stage: Stage, name: str) -> list[str]:
    """What the ledger says of this member, in order."""
    form = await form_of(stage, name)
    async with stage.app.core.store.read() as tx:
        return [
            entry.kind
            for entry in await tx.ledger.entries(subject=form.member_id)
            if entry.subject_id == form.member_id
        ]
