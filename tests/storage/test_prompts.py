"""How often a member was told of a month's form."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.periods import Month
from bot.outbox.letters import FormOpened, FormReminded, FormReturned, MonthSummarised
from bot.scoring.ruleset import load_ruleset, template_text
from bot.storage.forms import NewForm
from bot.storage.store import Store

OCTOBER = Month(2026, 10)


async def test_prompts_are_counted_by_the_form_they_speak_of(store: Store, members: list[int]) -> None:
    """The card, a reminder and the summary count; what somebody did to the form, and another month, do not."""
    text = template_text("default")
    async with store.write() as tx:
        rules = load_ruleset(text, "default.yaml")
        ruleset_id = await tx.periods.add_ruleset(rules, text, OCTOBER.first_day, tx.now)
        for month in (OCTOBER, OCTOBER.next):
            await tx.periods.open_month(month, ruleset_id, tx.now, tx.now + timedelta(days=9))
            await tx.forms.add(month, [NewForm(who, 1, "{}", 0, None) for who in members[:2]])
        first, second = [form.form_id for form in await tx.forms.in_months([OCTOBER])]
        november = (await tx.forms.in_months([OCTOBER.next]))[0].form_id
        letters = [FormOpened(first), FormReminded(first), MonthSummarised(first), FormReturned(first, 1)]
        for number, letter in enumerate([*letters, FormOpened(november)]):
            await tx.letters.write(f"first:{number}", letter, to_member=members[0])
        await tx.letters.write("second", FormOpened(second), to_member=members[1])
    async with store.read() as tx:
        had = await tx.letters.prompts_of(OCTOBER)
    assert [had[who] for who in members] == [3, 1, 0]
