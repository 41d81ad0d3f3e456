"""The quarter's end against the checker's own sums: records, decisions, results, ranks, letters and pictures."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

from bench.rehearsal.default_table import month_lines, month_total, quarter_total, ranks, shown
from bench.rehearsal.input_checks import Findings
from bench.rehearsal.organisation import Organisation
from bench.rehearsal.quarters import PlayedQuarter
from bench.rehearsal.records import Records, Row
from sandbox.model import Message

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FOLDERS = {"result_published": "portraits", "standings_published": "standings", "overview_published": "overview"}


def check_records(found: Findings, people: Organisation, records: Records, quarter: PlayedQuarter) -> None:
    """What the leaders recorded stands in the record and in the member's form."""
    stored = {(row["member_id"], row["month"], row["item"]): json.loads(row["facts"]) for row in records.records}
    forms = {(row["member_id"], row["month"]): row for row in records.forms}
    for branch in people.branches:
        for month, all_amiss in zip(quarter.months, quarter.scripts[branch.branch_id].amiss, strict=False):
            for amiss in all_amiss:
                form = forms.get((amiss.member_id, month))
                if form is None or form["exempt"] is not None:
                    continue
                recorded = stored.get((amiss.member_id, month, amiss.item), {}).get(amiss.item)
                answered = json.loads(form["answers"]).get(amiss.item)
                for place, facts in (("the record", recorded), ("the form", answered)):
                    if _plain(facts) != amiss.facts:
                        found.lost.append(f"{amiss} in {place} of {month}: {facts}")


def _plain(facts: list[Row] | None) -> list[Row] | None:
    """Facts without their source."""
    if facts is None:
        return None
    return [{name: value for name, value in fact.items() if name != "source"} for fact in facts]


def check_decisions(found: Findings, people: Organisation, records: Records, quarter: PlayedQuarter) -> None:
    """Every decision of the secretaries stands, once; every branch has met, and closed as often as it had to."""
    _check_approvals(found, people, records, quarter)
    _check_adjustments(found, records, quarter)
    for kind in ("meeting_recorded", "quarter_closed"):
        happened = Counter(entry["branch"] for entry in records.entries(kind) if entry["period"] == quarter.name)
        for branch in people.branches:
            meant = quarter.scripts[branch.branch_id].closings if kind == "quarter_closed" else 1
            if happened[branch.branch_id] != meant:
                broken = found.duplicates if happened[branch.branch_id] > meant else found.lost
                broken.append(f"{kind} of {branch.name}: {happened[branch.branch_id]} times")


def _check_approvals(found: Findings, people: Organisation, records: Records, quarter: PlayedQuarter) -> None:
    approvals = Counter(
        entry["subject_id"] for entry in records.entries("rating_approved") if entry["period"] == quarter.name
    )
    ratings = {row["member_id"]: row for row in records.ratings if row["quarter"] == quarter.name}
    for player in people.players:
        rating = ratings.get(player.member_id)
        counts = any(form is not None for form in player.forms[quarter.first : quarter.first + len(quarter.months)])
        if counts and (rating is None or rating["state"] != "approved"):
            found.lost.append(f"the approval of {player.person.name} in {quarter.name}: {rating and rating['state']}")
        if approvals[player.member_id] > 1:
            found.duplicates.append(f"{player.person.name} was approved {approvals[player.member_id]} times")


def _check_adjustments(found: Findings, records: Records, quarter: PlayedQuarter) -> None:
    """The last decision on each item stands in the form; each was entered in the ledger once."""
    forms = {(row["member_id"], row["month"]): row for row in records.forms}
    entered = Counter(
        (entry["subject_id"], entry["period"])
        for kind in ("form_adjusted", "form_corrected")
        for entry in records.entries(kind)
        if entry["period"] in quarter.months
    )
    meant: Counter[tuple[int, str]] = Counter()
    last: dict[tuple[int, str, str], int] = {}
    for script in quarter.scripts.values():
        decided = [*script.adjusted.items(), *script.decided_later]
        for member_id, one in decided:
            meant[member_id, quarter.month_of(one.month)] += 1
            last[member_id, quarter.month_of(one.month), one.item] = one.centi
    for (member_id, month, item), centi in last.items():
        overrides = forms[member_id, month]["overrides"]
        if [Decimal(one["points"]) * 100 for one in overrides if one["item"] == item] != [centi]:
            found.lost.append(f"{item} of member {member_id} in {month} is not {centi}: {overrides}")
    found.duplicates += [
        f"member {member_id} was adjusted {times} times in {month}"
        for (member_id, month), times in entered.items()
        if times > meant[member_id, month]
    ]


def check_groups(found: Findings, people: Organisation, records: Records) -> None:
    """Each branch bound its group, once."""
    happened = Counter(entry["branch"] for entry in records.entries("group_bound"))
    for branch in people.branches:
        if happened[branch.branch_id] != 1:
            broken = found.duplicates if happened[branch.branch_id] else found.lost
            broken.append(f"group_bound of {branch.name}: {happened[branch.branch_id]} times")


def check_results(found: Findings, records: Records, quarter: PlayedQuarter) -> None:
    """Quarter and rank of everybody, worked out again from the forms; the ledger says the same."""
    months: dict[int, list[int]] = {}
    for form in records.forms:
        if form["exempt"] is None and form["month"] in quarter.months:
            lines = month_lines(json.loads(form["answers"]), form["overrides"])
            months.setdefault(form["member_id"], []).append(month_total(lines))
    results = {row["member_id"]: row for row in records.results if row["quarter"] == quarter.name}
    # Later entries take the place of earlier ones: a correction writes the result anew.
    noted = {
        entry["subject_id"]: (entry["centi"], entry["rank"])
        for entry in records.entries("result")
        if entry["period"] == quarter.name
    }
    rated: dict[int, list[int]] = {}
    for rating in records.ratings:
        if rating["quarter"] == quarter.name:
            rated.setdefault(rating["branch_id"], []).append(rating["member_id"])
    for members in rated.values():
        totals = {member_id: quarter_total(months.get(member_id, [])) for member_id in members}
        places = ranks(totals)
        for member_id, centi in totals.items():
            due = (centi, places[member_id])
            row = results.get(member_id)
            if row is None:
                found.lost.append(f"the result of member {member_id} in {quarter.name}")
            elif (row["centi"], row["rank"]) != due or noted.get(member_id) != due:
                found.wrong_totals.append(f"member {member_id}: {row['centi']}, {row['rank']} and not {due}")


def check_what_was_told(
    found: Findings, people: Organisation, records: Records, quarter: PlayedQuarter, out: Path
) -> None:
    """Each result letter says points and rank as published and shows a picture; all pictures are kept in `out`."""
    said: dict[int, list[Row]] = {}
    for entry in records.entries("result"):
        if entry["period"] == quarter.name:
            said.setdefault(entry["subject_id"], []).append(entry)
    told: Counter[str] = Counter()
    for letter in records.letters:
        folder = _FOLDERS.get(letter["kind"])
        if folder is None or letter["state"] != "sent" or letter["body"].get("quarter") != quarter.name:
            continue
        told[letter["kind"]] += 1
        message = _message_of(letter, people)
        if message is None or message.file is None:
            found.lost.append(f"the picture of {letter['key']}")
            continue
        _keep(out / quarter.name / folder / f"{letter['member_id'] or letter['branch_id']}.png", message.file.data)
        if letter["kind"] == "result_published":
            _check_numbers(found, letter["member_id"], said.get(letter["member_id"], []), message)
    bound = {row["member_id"] for row in records.accounts}
    due = len(bound & {row["member_id"] for row in records.ratings if row["quarter"] == quarter.name})
    if told["result_published"] != due:
        found.lost.append(f"{told['result_published']} results of {quarter.name} were told to {due} persons")
    if told["standings_published"] != len(people.branches):
        found.lost.append(f"{told['standings_published']} standings were told to {len(people.branches)} groups")
    if not told["overview_published"]:
        found.lost.append(f"the overview of {quarter.name}")


def _message_of(letter: Row, people: Organisation) -> Message | None:
    if letter["member_id"] is not None:
        chat = people.by_member[letter["member_id"]].phone.person.chat()
    else:
        group = next(branch.group for branch in people.branches if branch.branch_id == letter["branch_id"])
        if group is None:
            return None
        chat = group.chat
    return chat.messages.get(letter["message_id"])


def _check_numbers(found: Findings, member_id: int, results: list[Row], message: Message) -> None:
    said = set(_NUMBER.findall(message.body.get("caption") or message.body.get("text") or ""))
    fitting = [one for one in results if one["centi"] is None or {shown(one["centi"]), str(one["rank"])} <= said]
    if results and not fitting:
        found.wrong_totals.append(f"member {member_id} was told none of {[one['centi'] for one in results]}")


def _keep(path: Path, picture: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)
