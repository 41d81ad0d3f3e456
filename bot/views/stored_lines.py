"""One line for a stored row of each table that holds something about a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from bot.domain.forms import Exemption, RatingState
from bot.domain.people import Role
from bot.domain.periods import Month, Quarter
from bot.domain.platforms import Field, Platform
from bot.scoring.facts import Answers, facts_from_json
from bot.scoring.points import from_hundredths
from bot.views.claims import fact_words
from bot.views.platform_names import amount, field_name, platform_name
from bot.views.stored_facts import MyData, Stored
from bot.views.stored_names import (
    CATEGORIES,
    DEPARTMENTS,
    ENTRIES,
    ERASURE_STATES,
    EVIDENCE_KINDS,
    FORM_STATES,
    LANGUAGES,
    LETTERS,
    STATUSES,
    name_of,
)
from bot.views.stored_review import REVIEW_LINES, REVIEW_TITLES
from bot.views.stored_words import day_of, when
from bot.views.terms import (
    decision_name,
    exemption_name,
    listed,
    month_name,
    period_name,
    points,
    quarter_name,
    role_name,
)
from bot.views.words import Words

Line = Callable[[Words, MyData, Stored], Markup]


def _until(_: Words, stored: str | None) -> str:
    return _.plain("today") if stored is None else day_of(_, stored)


def _member(_: Words, facts: MyData, row: Stored) -> Markup:
    return _(
        "{name}, staff number {number}, {branch}, {category}, {status}; joined the Party {joined}; counts from {since}",
        name=row["name"], number=row["staff_no"], branch=row["branch"],
        category=name_of(_, CATEGORIES, row["category"]), status=name_of(_, STATUSES, row["status"]),
        joined=day_of(_, row["joined_party_on"]), since=day_of(_, row["counts_from_on"]),
    )  # fmt: skip


def _membership(_: Words, facts: MyData, row: Stored) -> Markup:
    branch = facts.branches.get(row["branch_id"], "")
    since = _.plain("the beginning") if row["from_on"] is None else day_of(_, row["from_on"])
    return _("{branch}, from {since} to {until}", branch=branch, since=since,
             until=_until(_, row["to_on"]))  # fmt: skip


def _office(_: Words, facts: MyData, row: Stored) -> Markup:
    role = role_name(_, Role(row["role"]))
    if row["department"]:
        role = f"{role} · {name_of(_, DEPARTMENTS, row['department'])}"
    return _("{role}, from {since} to {until}", role=role, since=day_of(_, row["from_on"]),
             until=_until(_, row["to_on"]))  # fmt: skip


def _account(_: Words, facts: MyData, row: Stored) -> Markup:
    told = [_("Telegram number {number}, bound {at}, language {language}", number=row["telegram_id"],
              at=when(_, facts, row["bound_at"]), language=name_of(_, LANGUAGES, row["language"]))]  # fmt: skip
    if row["notice_version"] is not None:
        told.append(_("notice on personal data, version {version}, agreed to {at}", version=row["notice_version"],
                      at=when(_, facts, row["notice_accepted_at"])))  # fmt: skip
    if row["unreachable_since"]:
        told.append(_("not reachable since {at}", at=when(_, facts, row["unreachable_since"])))
    return Markup("\n　").join(told)


def _erasure(_: Words, facts: MyData, row: Stored) -> Markup:
    return _("proposed {at}: {state}", at=when(_, facts, row["proposed_at"]),
             state=name_of(_, ERASURE_STATES, row["state"]))  # fmt: skip


def _invite(_: Words, facts: MyData, row: Stored) -> Markup:
    return _("issued {at}, used {used}", at=when(_, facts, row["created_at"]), used=when(_, facts, row["used_at"]))


def _form(_: Words, facts: MyData, row: Stored) -> Markup:
    month = Month.parse(row["month"])
    told = [
        _("{month}: {state}, {points} points", month=month_name(_, month), state=name_of(_, FORM_STATES, row["state"]),
          points=points(row["total_centi"])),
        _answers(_, facts, month, row["answers"]),
    ]  # fmt: skip
    if row["exempt"]:
        told.append(_("exempt: {reason}", reason=exemption_name(_, Exemption(row["exempt"]))))
    if row["returned_reason"]:
        told.append(_("sent back: {reason}", reason=row["returned_reason"]))
    told += [
        _("note on {item}: {note}", item=facts.label(month, item), note=note) for item, note in row["notes"].items()
    ]
    told += [
        _("adjusted: {item} {points}, {reason}", item=facts.label(month, one["item"]), points=one["points"],
          reason=one["reason"])
        for one in row["overrides"]
    ]  # fmt: skip
    return Markup("\n　").join(part for part in told if part)


def _answers(_: Words, facts: MyData, month: Month, stored: str) -> Markup:
    return Markup.escape(listed(_, _answered(_, facts, month, facts_from_json(stored))))


def _answered(_: Words, facts: MyData, month: Month, answers: Answers) -> list[str]:
    """The answers in the order of the table, each in the table's own words."""
    rules = facts.rules.get(month)
    if rules is None:
        return list(answers)
    known = [item for item in (*rules.items, *rules.bonus.items) if item.id in answers]
    return [f"{item.label} {fact_words(_, item, answers[item.id]) or 0}" for item in known]


def _evidence(_: Words, facts: MyData, row: Stored) -> Markup:
    return _("{kind}, {size} bytes, sent {at}", kind=name_of(_, EVIDENCE_KINDS, row["kind"]), size=row["size_bytes"],
             at=when(_, facts, row["sent_at"]))  # fmt: skip


def _record(_: Words, facts: MyData, row: Stored) -> Markup:
    month = Month.parse(row["month"])
    said = _answers(_, facts, month, row["facts"]) or facts.label(month, row["item"])
    return _("{month}: {facts}, recorded {at}", month=month_name(_, month), facts=said,
             at=when(_, facts, row["recorded_at"]))  # fmt: skip


def _platform_record(_: Words, facts: MyData, row: Stored) -> Markup:
    return _(
        "{platform}, {period}: {measure} {number}", platform=platform_name(_, Platform(row["platform"])),
        period=period_name(_, row["period"]), measure=field_name(_, Field(row["measure"])),
        number=amount(from_hundredths(row["centi"])),
    )  # fmt: skip


def _rating(_: Words, facts: MyData, row: Stored) -> Markup:
    state = RatingState(row["state"])
    told = _.plain("waits") if state is RatingState.PENDING else decision_name(_, state)
    return _("{quarter}: {state} {at}", quarter=quarter_name(_, Quarter.parse(row["quarter"])), state=told,
             at=when(_, facts, row["decided_at"]))  # fmt: skip


def _result(_: Words, facts: MyData, row: Stored) -> Markup:
    return _("{quarter}: {points} points, rank {rank} of {of}", quarter=quarter_name(_, Quarter.parse(row["quarter"])),
             points=points(row["centi"]), rank=row["rank"] or "–", of=row["ranked_of"])  # fmt: skip


def _entry(_: Words, facts: MyData, row: Stored) -> Markup:
    period = period_name(_, row["period"])
    return _(
        "{at} {entry} {period}", at=when(_, facts, row["at"]), entry=name_of(_, ENTRIES, row["kind"]), period=period
    )


def _text(_: Words, facts: MyData, row: Stored) -> Markup:
    return _("to entry {seq}: {text}", seq=row["seq"], text=row["text"])


def _letter(_: Words, facts: MyData, row: Stored) -> Markup:
    name = name_of(_, LETTERS, row["kind"])
    if row["sent_at"] is None:
        return _("{letter}, not delivered yet", letter=name)
    return _("{letter}, sent {at}", letter=name, at=when(_, facts, row["sent_at"]))


def _failed(_: Words, facts: MyData, row: Stored) -> Markup:
    return _("a message of yours that failed, kept {at}", at=when(_, facts, row["at"]))


LINES: Mapping[str, Line] = {
    "member": _member, "membership": _membership, "office": _office, "account": _account, "invite": _invite,
    "form": _form, "evidence": _evidence, "record": _record, "platform_record": _platform_record,
    "rating": _rating, "result": _result,
    "ledger": _entry, "ledger_text": _text, "letter": _letter, "dead_letter": _failed, "erasure": _erasure,
    **REVIEW_LINES,
}  # fmt: skip

TITLES: Mapping[str, Callable[[Words], str]] = {
    "member": lambda _: _.plain("Roster"),
    "membership": lambda _: _.plain("Branches"),
    "office": lambda _: _.plain("Offices"),
    "account": lambda _: _.plain("Account"),
    "invite": lambda _: _.plain("Invites"),
    "form": lambda _: _.plain("Forms"),
    "evidence": lambda _: _.plain("Evidence"),
    "record": lambda _: _.plain("Roll and dues"),
    "platform_record": lambda _: _.plain("Platform records"),
    "platform_file": lambda _: _.plain("Imports of platform records"),
    "rating": lambda _: _.plain("Branch rating"),
    "result": lambda _: _.plain("Closed quarters"),
    "ledger": lambda _: _.plain("Ledger"),
    "ledger_text": lambda _: _.plain("Reasons in the ledger"),
    "letter": lambda _: _.plain("Messages from me"),
    "dead_letter": lambda _: _.plain("Failed messages"),
    **REVIEW_TITLES,
    "erasure": lambda _: _.plain("Erasure"),
    "branch_quarter": lambda _: _.plain("Closing of quarters"),
    "ruleset_proposal": lambda _: _.plain("Tables proposed or decided"),
}
"""Also of the tables in which a person only acts on others."""
