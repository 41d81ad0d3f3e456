"""Letters about the month's form."""

from __future__ import annotations

from bot.delivery.reading import Reading
from bot.domain.forms import FormState
from bot.domain.people import Role
from bot.outbox import letters
from bot.views import form as form_view
from bot.views import notices
from bot.views.terms import in_office
from bot.views.view import View


async def opened(letter: letters.FormOpened, reading: Reading) -> View | None:
    """The month's card."""
    card = await reading.do.read_form(letter.form_id)
    return form_view.front(reading.words, card) if card.form.state is FormState.OPEN else None


async def reminded(letter: letters.FormReminded, reading: Reading) -> View | None:
    """A reminder, unless the form was handed in or the month closed meanwhile."""
    card = await reading.do.read_form(letter.form_id)
    if not card.takes_answers:
        return None
    days_left = reading.do.timetable.days_left(card.now, card.form.closes_at)
    return notices.reminder(reading.words, card, days_left)


async def nudged(letter: letters.FormNudged, reading: Reading) -> View | None:
    """The branch asks for the form, unless it was handed in or the month closed meanwhile."""
    card = await reading.do.read_form(letter.form_id)
    return notices.nudge(reading.words, card) if card.takes_answers else None


async def returned(letter: letters.FormReturned, reading: Reading) -> View | None:
    """The form came back."""
    card = await reading.do.read_form(letter.form_id)
    by = await _who(letter, reading)
    return notices.returned(reading.words, card, by) if card.form.state is FormState.RETURNED else None


async def entered(letter: letters.FormEntered, reading: Reading) -> View | None:
    """Somebody handed it in for the member."""
    card = await reading.do.read_form(letter.form_id)
    return notices.entered(reading.words, card, await _who(letter, reading))


async def _who(letter: letters.FormReturned | letters.FormEntered, reading: Reading) -> str:
    """Who did it, in which office, and for whom; letters of old know the name alone."""
    by = await reading.do.read_person(letter.by_id)
    principal = (await reading.do.read_person(letter.for_id)).name if letter.for_id else ""
    return in_office(reading.words, by.name, Role(letter.role), principal) if letter.role else by.name


async def summarised(letter: letters.MonthSummarised, reading: Reading) -> View | None:
    """The member's own monthly summary."""
    return notices.month_summary(reading.words, await reading.do.read_form(letter.form_id))


async def branch_summarised(letter: letters.BranchMonthSummarised, reading: Reading) -> View | None:
    """The branch's monthly summary for its leaders."""
    return notices.branch_summary(reading.words, await reading.do.read_branch_month(letter.branch_id, letter.month))


async def unreachable(letter: letters.MemberUnreachable, reading: Reading) -> View | None:
    """A member cannot be reached any more."""
    return notices.unreachable(reading.words, await reading.do.read_person(letter.member_id))
