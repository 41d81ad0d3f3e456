"""Letters about publication, objections and names that a branch publishes."""

from __future__ import annotations

from bot.delivery.reading import Reading
from bot.domain.periods import Quarter
from bot.outbox import letters
from bot.views import naming, objection_page, objections, publicity
from bot.views.view import View


async def publication_due(letter: letters.PublicationDue, reading: Reading) -> View | None:
    """To the committee: how far the quarter is."""
    facts = await reading.do.read_publicity(Quarter.parse(letter.quarter))
    return publicity.due_letter(reading.words, facts)


async def publication_escalated(letter: letters.PublicationEscalated, reading: Reading) -> View | None:
    """To the Party office: what keeps the quarter from being shown."""
    facts = await reading.do.read_publicity(Quarter.parse(letter.quarter))
    return publicity.escalated_letter(reading.words, facts)


async def filed(letter: letters.ObjectionFiled, reading: Reading) -> View | None:
    """To whoever has to answer."""
    facts = await reading.do.read_objection(reading.member_id or 0, letter.objection_id)
    return objections.filed_letter(reading.words, facts) if facts is not None else None


async def reminded(letter: letters.ObjectionReminded, reading: Reading) -> View | None:
    """The answer is due, or late."""
    facts = await reading.do.read_objection(reading.member_id or 0, letter.objection_id)
    return objections.reminded_letter(reading.words, facts) if facts is not None else None


async def answered(letter: letters.ObjectionAnswered, reading: Reading) -> View | None:
    """To the member: the written answer."""
    facts = await reading.do.read_objection(reading.member_id or 0, letter.objection_id)
    return objections.answered_letter(reading.words, facts) if facts is not None else None


async def answers_overdue(letter: letters.AnswersOverdue, reading: Reading) -> View | None:
    """To the Party office: who owes answers."""
    facts = await reading.do.read_late_answers(Quarter.parse(letter.quarter), letter.objection_ids)
    return objection_page.late_letter(reading.words, facts) if facts is not None else None


async def names_published(letter: letters.NamesPublished, reading: Reading) -> View | None:
    """The names that the branch decided to publish, for its own group."""
    facts = await reading.do.read_names(letter.branch_id, Quarter.parse(letter.quarter), letter.decided_at)
    return naming.names_letter(reading.words, facts)


async def names_taken_down(letter: letters.NamesTakenDown, reading: Reading) -> View | None:
    """The same message without those whose time is over."""
    facts = await reading.do.read_names(letter.branch_id, Quarter.parse(letter.quarter), letter.decided_at)
    return naming.names_edit(reading.words, facts)
