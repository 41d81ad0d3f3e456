"""One line for a stored row of the review chain: seats, conflicts, opinions, objections and their answers, namings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from markupsafe import Markup

from bot.domain.people import Department, Office, Role
from bot.domain.periods import Month, Quarter
from bot.views.stored_facts import MyData, Stored
from bot.views.stored_names import Named, name_of, office_name
from bot.views.stored_words import when
from bot.views.terms import date_name, month_name, quarter_name
from bot.views.words import Words

SEATS: Named = {
    "lead": lambda _: _.plain("leading the group"),
    "organisation": lambda _: _.plain("organisation department"),
    "office": lambda _: _.plain("Party office"),
    "discipline": lambda _: _.plain("discipline office"),
    "drawn": lambda _: _.plain("drawn branch"),
}

CONFLICTS: Named = {
    "kinship": lambda _: _.plain("kinship"),
    "conflict": lambda _: _.plain("conflict of interest"),
}

OPINIONS: Named = {
    "waiting": lambda _: _.plain("waits"),
    "confirmed": lambda _: _.plain("confirmed"),
    "disagrees": lambda _: _.plain("does not agree"),
}

OBJECTION_STATES: Named = {
    "open": lambda _: _.plain("waits for an answer"),
    "answered": lambda _: _.plain("answered"),
    "escalated": lambda _: _.plain("put before the next level"),
    "closed": lambda _: _.plain("settled"),
    "withdrawn": lambda _: _.plain("taken back"),
}

OUTCOMES: Named = {
    "upheld": lambda _: _.plain("upheld"),
    "partly": lambda _: _.plain("upheld in part"),
    "rejected": lambda _: _.plain("not upheld"),
}


def _quarter(_: Words, row: Stored) -> str:
    return quarter_name(_, Quarter.parse(row["quarter"]))


def _seat(_: Words, facts: MyData, row: Stored) -> Markup:
    return _("{quarter}: {seat}, since {at}", quarter=_quarter(_, row), seat=name_of(_, SEATS, row["seat"]),
             at=when(_, facts, row["named_at"]))  # fmt: skip


def _conflict(_: Words, facts: MyData, row: Stored) -> Markup:
    branch = facts.branches.get(row["branch_id"], "")
    return _("{kind} with {branch}, stated {at}", kind=name_of(_, CONFLICTS, row["kind"]), branch=branch,
             at=when(_, facts, row["declared_at"]))  # fmt: skip


def _task(_: Words, facts: MyData, row: Stored) -> Markup:
    branch = facts.branches.get(row["branch_id"], "")
    return _("{quarter}, {branch}: {opinion}", quarter=_quarter(_, row), branch=branch,
             opinion=name_of(_, OPINIONS, row["state"]))  # fmt: skip


def _objection(_: Words, facts: MyData, row: Stored) -> Markup:
    about = [_quarter(_, row)]
    if row["month"]:
        month = Month.parse(row["month"])
        about.append(month_name(_, month))
        about += [facts.label(month, row["item"])] if row["item"] else []
    return _("{about}: {state}, filed {at}\n　{text}", about=" · ".join(about), text=row["text"],
             state=name_of(_, OBJECTION_STATES, row["state"]), at=when(_, facts, row["filed_at"]))  # fmt: skip


def _answer(_: Words, facts: MyData, row: Stored) -> Markup:
    return _("{outcome}, {at}\n　{text}", outcome=name_of(_, OUTCOMES, row["outcome"]), text=row["text"],
             at=when(_, facts, row["answered_at"]))  # fmt: skip


def _naming(_: Words, facts: MyData, row: Stored) -> Markup:
    day = date_name(_, facts.day(row["ends_at"]))
    return _("{quarter}: named on the board until {day}", quarter=_quarter(_, row), day=day)


def _delegation(_: Words, facts: MyData, row: Stored) -> Markup:
    office = office_name(_, Office(Role(row["role"]), Department(row["department"]) if row["department"] else None))
    until = facts.local(row["ends_at"]) - timedelta(microseconds=1)
    days = {"first": date_name(_, facts.day(row["starts_at"])), "last": date_name(_, until.date())}
    if row["principal_id"] == facts.person.member_id:
        return _("{office} given to somebody else, {first} to {last}", office=office, **days)
    return _("{office} held for somebody else, {first} to {last}", office=office, **days)


REVIEW_LINES: Mapping[str, Callable[[Words, MyData, Stored], Markup]] = {
    "review_seat": _seat, "review_conflict": _conflict, "review_task": _task, "objection": _objection,
    "objection_answer": _answer, "naming": _naming, "delegation": _delegation,
}  # fmt: skip

REVIEW_TITLES: Mapping[str, Callable[[Words], str]] = {
    "review_seat": lambda _: _.plain("Seats in the review group"),
    "review_conflict": lambda _: _.plain("Kinship and conflicts of interest"),
    "review_task": lambda _: _.plain("Opinions in the review"),
    "review_question": lambda _: _.plain("Questions of the review group"),
    "objection": lambda _: _.plain("Objections"),
    "objection_answer": lambda _: _.plain("Answers to objections"),
    "naming": lambda _: _.plain("Namings on the board"),
    "draw": lambda _: _.plain("Draws of the review group"),
    "delegation": lambda _: _.plain("Delegations"),
}
