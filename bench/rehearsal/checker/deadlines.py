"""Every moment of the scheme with what must have happened then: what is missing or late, and what happened twice.

The dates are this room's own (days.py); what was so at a moment is read from the ledger's entries before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bench.rehearsal.checker import days
from bench.rehearsal.checker.rows import Row, Tables

Quarter = tuple[str, tuple[str, ...]]

GRACE = timedelta(minutes=2)
CEILING = 4
LATE_UPWARDS = 2
_ONCE = {
    "month_opened": ("period",), "month_closed": ("period",), "quarter_opened": ("period",),
    "draw_announced": ("period",), "quarter_published": ("period", "branch"), "quarter_final": ("period", "branch"),
    "objection_answered": ("objection", "level"), "objection_closed": ("objection",),
    "objection_escalated": ("objection",), "objection_filed": ("objection",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Year:
    """What is checked: the tables, the quarters with their months, and the instant at which the play ended."""

    tables: Tables
    quarters: tuple[Quarter, ...]
    ended: datetime

    def letters(self, kind: str, day: date) -> list[Row]:
        """The letters of this kind that arrived on this day."""
        return [
            row for row in self.tables["letter"]
            if row["kind"] == kind and row["state"] == "sent" and days.day_of(row["sent_at"]) == day
        ]  # fmt: skip

    def happened(self, kind: str, period: str, branch: int) -> list[datetime]:
        """When this happened to a branch's quarter."""
        return [row["at"] for row in self.tables.entries(kind) if (row["period"], row["branch"]) == (period, branch)]


def missed(year: Year) -> Iterator[str]:
    """Moments without what must have happened then."""
    yield from _missed_months(year)
    for quarter in year.quarters:
        yield from _missed_openings(year, quarter)
        yield from _missed_reminders(year, quarter)
        yield from _missed_ends(year, quarter[0])
    yield from _missed_answers(year)


def doubled(year: Year) -> Iterator[str]:
    """What may happen once and happened again; letters that say the same to the same on one day."""
    for kind, fields in _ONCE.items():
        times = Counter(tuple(row[field] for field in fields) for row in year.tables.entries(kind))
        yield from (f"{kind} {key}: {count} times" for key, count in times.items() if count > 1)
    said = Counter(
        (row["kind"], row["member_id"], row["branch_id"], str(row["body"]), days.day_of(row["sent_at"]))
        for row in year.tables["letter"]
        if row["state"] == "sent"
        and row["kind"].endswith(("_opened", "_reminded", "_escalated", "_summarised", "_due"))
    )
    yield from (f"{key} was said {count} times" for key, count in said.items() if count > 1)
    claims = Counter((row["kind"], row["period"], row["subject"]) for row in year.tables["due"])
    yield from (f"{key} was done {count} times" for key, count in claims.items() if count > 1)


def _claimed(year: Year, kind: str, period: str, at: datetime) -> Iterator[str]:
    """The work of this moment was begun, and no later than promised."""
    when = [row["claimed_at"] for row in year.tables["due"] if (row["kind"], row["period"]) == (kind, period)]
    if not any(at <= one <= at + GRACE for one in when):
        yield f"{kind} of {period} at {at:%m-%d %H:%M}: {[f'{days.day_of(one)}' for one in when]}"


def _missed_months(year: Year) -> Iterator[str]:
    for month in (month for _, months in year.quarters for month in months):
        closes = days.form_closes(month)
        yield from _claimed(year, "month_opens", month, days.form_opens(month))
        yield from _claimed(year, "month_closes", month, closes)
        yield from _claimed(year, "month_summary", month, days.clock(closes.date(), 9))
        reminded = days.reminder_days(month)
        for day in dict.fromkeys((reminded[0], reminded[-1])):
            yield from _unreminded(year, month, day)


def _unreminded(year: Year, month: str, day: date) -> Iterator[str]:
    """Whoever had not handed in by 17:00 was reminded, on the first and the last of the days."""
    at = days.clock(day, 17)
    told = {row["body"]["form_id"] for row in year.letters("form_reminded", day)}
    bound = {row["member_id"]: row["bound_at"] for row in year.tables["account"]}
    for form in year.tables["form"]:
        if form["month"] != month or form["exempt"] is not None or bound.get(form["member_id"], at) >= at:
            continue
        if not _is_in(year, form["id"], at) and form["id"] not in told:
            yield f"member {form['member_id']} was not reminded of {month} on {day}"


def _is_in(year: Year, form_id: int, at: datetime) -> bool:
    moves = [
        row["kind"] for row in year.tables.entries("form_submitted", "form_withdrawn", "form_returned")
        if row["form"] == form_id and row["at"] <= at
    ]  # fmt: skip
    return bool(moves) and moves[-1] == "form_submitted"


def _missed_openings(year: Year, quarter: Quarter) -> Iterator[str]:
    name, months = quarter
    opens = days.rating_opens(months)
    yield from _claimed(year, "rating_opens", name, opens)
    yield from _claimed(year, "review_draw_opens", name, opens)
    yield from _claimed(year, "publicity_due", name, days.clock(days.due_day(months, 15), 9))
    branches = {row["branch_id"] for row in year.tables["branch_quarter"] if row["quarter"] == name}
    told = {row["body"]["branch_id"] for row in year.letters("rating_opened", opens.date())}
    yield from (f"branch {branch} was not told that {name} is rated" for branch in sorted(branches - told))


def _missed_reminders(year: Year, quarter: Quarter) -> Iterator[str]:
    """On each of its mornings whatever still waits was told to somebody; what is very late also to the Party office."""
    name, months = quarter
    opens, due, reviewed_by = days.rating_opens(months).date(), days.due_day(months, 7), days.due_day(months, 14)
    for stand in (row for row in year.tables["branch_quarter"] if row["quarter"] == name):
        branch = stand["branch_id"]
        closed = min(year.happened("quarter_closed", name, branch), default=year.ended)
        reviewed = max(year.happened("branch_reviewed", name, branch), default=year.ended)
        late = [day for day in days.working_days_of(due + days.DAY, days.day_of(closed)) if days.clock(day, 9) < closed]
        for day in [*days.countdown_days(opens, due), *late]:
            told = {row["body"].get("branch_id") for row in year.letters("rating_reminded", day)}
            if days.clock(day, 9) < closed and branch not in told:
                yield f"branch {branch} was not reminded of {name} on {day}"
        for day in late[LATE_UPWARDS:]:
            if not any(branch in row["body"]["branch_ids"] for row in year.letters("rating_escalated", day)):
                yield f"the Party office did not hear of branch {branch} in {name} on {day}"
        for day in days.countdown_days(opens, reviewed_by):
            if closed < days.clock(day, 9) < reviewed and not year.letters("review_reminded", day):
                yield f"nobody was reminded to review branch {branch} in {name} on {day}"


def _missed_ends(year: Year, quarter: str) -> Iterator[str]:
    """Publicity lasted five working days; a branch was final with its end, or with its last objection."""
    settled: dict[int, datetime] = {}
    for row in year.tables["objection"]:
        if row["quarter"] == quarter and row["closed_at"] is not None:
            branch = row["branch_id"]
            settled[branch] = max(settled.get(branch, row["closed_at"]), row["closed_at"])
    for stand in (row for row in year.tables["branch_quarter"] if row["quarter"] == quarter):
        branch = stand["branch_id"]
        if stand["published_at"] is None or stand["final_at"] is None:
            yield f"branch {branch} is not final in {quarter}"
            continue
        ends = days.publicity_ends(stand["published_at"])
        if stand["publicity_ends_at"] != ends:
            yield f"publicity of branch {branch} in {quarter} ends {stand['publicity_ends_at']}, and not {ends}"
        final = max(ends, settled.get(branch, ends))
        if not final <= stand["final_at"] <= final + GRACE:
            yield f"branch {branch} was final in {quarter} at {stand['final_at']}, and not at {final}"


def _missed_answers(year: Year) -> Iterator[str]:
    """Who owed an answer was reminded the day before, on the day, and each working morning after it."""
    given = {(row["objection"], row["level"]): row["at"] for row in year.tables.entries("objection_answered")}
    asked = {(row["objection"], 1): row["at"] for row in year.tables.entries("objection_filed")}
    asked |= {(row["objection"], 2): row["at"] for row in year.tables.entries("objection_escalated")}
    for (objection, level), at in asked.items():
        answered, due = given.get((objection, level), year.ended), days.day_of(days.answer_due(at)) - days.DAY
        late = days.working_days_of(due + days.DAY, days.day_of(answered))
        for day in (days.working_until(due - days.DAY), due, *late):
            morning = days.clock(day, 9)
            told = {row["body"]["objection_id"] for row in year.letters("objection_reminded", day)}
            if at < morning < answered and days.day_of(at) != day and objection not in told:
                yield f"nobody was reminded of objection {objection} on {day}"
        stands = days.answer_due(answered)
        closed = next((row["closed_at"] for row in year.tables["objection"] if row["id"] == objection), None)
        if level == 1 and (objection, 2) not in asked and (closed or year.ended) > stands + GRACE:
            yield f"the answer to objection {objection} stood at {closed}, and not by {stands}"
