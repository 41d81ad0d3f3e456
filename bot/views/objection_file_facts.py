"""A quarter's objections as they stand on paper."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.charts.papers.objection_file import ObjectionFile, ObjectionSheet, Passage
from bot.domain.objections import ObjectionAnswer, ObjectionState, Outcome
from bot.domain.periods import Quarter
from bot.views.objection_facts import ObjectionCard
from bot.views.objections import about_of, correction_lines, frozen_lines, outcome_name, state_line
from bot.views.terms import instant_name, quarter_name
from bot.views.words import Words


def objection_file_facts(
    _: Words, organisation: str, quarter: Quarter, cards: Sequence[ObjectionCard]
) -> ObjectionFile:
    """All objections of the quarter in the order in which they came."""
    return ObjectionFile(
        title=_.plain("{quarter}: objections and answers", quarter=quarter_name(_, quarter)),
        organisation=organisation,
        summary=_summary(_, cards),
        footer=_.plain("For the Party committee and the discipline office. Not to be passed on."),
        sheets=tuple(_sheet(_, number, card) for number, card in enumerate(cards, start=1)),
    )


def _summary(_: Words, cards: Sequence[ObjectionCard]) -> str:
    outcomes = [card.answers[-1].outcome for card in cards if card.answers]
    told = [
        _.many_plain("{n} objection", "{n} objections", len(cards)),
        *(
            _.plain("{outcome} {n}", outcome=outcome_name(_, one), n=outcomes.count(one))
            for one in Outcome
            if one in outcomes
        ),
    ]
    withdrawn = sum(card.objection.state is ObjectionState.WITHDRAWN for card in cards)
    waiting = sum(card.objection.state.waits_for_answer for card in cards)
    told += [_.plain("withdrawn {n}", n=withdrawn)] if withdrawn else []
    told += [_.plain("not answered yet {n}", n=waiting)] if waiting else []
    return " · ".join(told)


def _sheet(_: Words, number: int, card: ObjectionCard) -> ObjectionSheet:
    found = card.objection
    passages = [
        Passage(_.plain("Shown when it was filed"), _plain(frozen_lines(_, card))),
        Passage(_.plain("The objection, {at}", at=instant_name(_, found.filed_at, card.zone)), (), found.text),
        *(_answer(_, card, one) for one in card.answers),
    ]
    return ObjectionSheet(
        title=f"{number}. {card.owner.name} · {card.branch}",
        about=_.plain("About: {about}", about=about_of(_, found).striptags()),
        passages=tuple(passages),
        state=_unsigned(state_line(_, card)),
    )


def _answer(_: Words, card: ObjectionCard, answer: ObjectionAnswer) -> Passage:
    name, at = card.names.get(answer.answered_by, ""), instant_name(_, answer.answered_at, card.zone)
    title = _.plain("The review group's answer") if answer.level > 1 else _.plain("The answer")
    heading = _.plain("{title} by {name}, {at}: {outcome}", title=title, name=name, at=at,
                      outcome=outcome_name(_, answer.outcome))  # fmt: skip
    return Passage(heading, _plain(correction_lines(_, card.objection, answer)), answer.text)


def _plain(lines: Sequence[Markup]) -> tuple[str, ...]:
    return tuple(_unsigned(line) for line in lines)


def _unsigned(line: Markup) -> str:
    """The line without the sign before it, which the paper's font cannot write."""
    text = line.striptags()
    sign, _space, rest = text.partition(" ")
    return rest if rest and not any(char.isalnum() for char in sign) else text
