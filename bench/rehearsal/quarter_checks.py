"""The quarter's end against the checker's own sums: records, decisions, results, ranks, letters and pictures."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from bench.rehearsal.checker import Findings
from bench.rehearsal.default_table import month_lines, month_total, quarter_total, ranks, shown
from bench.rehearsal.organisation import BranchOnStage, Organisation
from bench.rehearsal.play import MONTH_NUMBERS, MONTHS
from bench.rehearsal.records import Records, Row
from sandbox import Sandbox
from sandbox.model import Message

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FOLDERS = {"result_published": "portraits", "standings_published": "standings", "overview_published": "overview"}


def check_records(found: Findings, people: Organisation, records: Records) -> None:
    """What the leaders recorded stands in the record and in the member's form."""
    stored = {(row["member_id"], row["month"], row["item"]): json.loads(row["facts"]) for row in records.records}
    forms = {(row["member_id"], row["month"]): row for row in records.forms}
    for branch in people.branches:
        for number, month in enumerate(MONTHS):
            for amiss in branch.script.amiss[number]:
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


def check_decisions(found: Findings, people: Organisation, records: Records) -> None:
    """Every decision of the secretaries stands, once; every branch has met and closed, once."""
    forms = {(row["member_id"], row["month"]): row for row in records.forms}
    approvals = Counter(entry["subject_id"] for entry in records.entries("rating_approved"))
    ratings = {row["member_id"]: row for row in records.ratings}
    for branch in people.branches:
        for member_id, adjustment in branch.script.adjusted.items():
            form = forms[member_id, MONTHS[MONTH_NUMBERS.index(adjustment.month)]]
            decided = [
                entry for entry in form["overrides"]
                if entry["item"] == adjustment.item and Decimal(entry["points"]) * 100 == adjustment.centi
            ]  # fmt: skip
            if len(decided) != 1:
                found.lost.append(f"{adjustment} of member {member_id}: {form['overrides']}")
        for player in branch.players:
            counts = any(form is not None for form in player.forms)
            state, times = ratings[player.member_id]["state"], approvals[player.member_id]
            if counts and state != "approved":
                found.lost.append(f"the approval of {player.person.name}: {state}")
            if times > 1:
                found.duplicates.append(f"{player.person.name} was approved {times} times")
    adjusted = Counter(entry["subject_id"] for entry in records.entries("form_adjusted"))
    found.duplicates += [
        f"member {member} was adjusted {times} times" for member, times in adjusted.items() if times > 1
    ]
    for kind in ("meeting_recorded", "quarter_closed", "group_bound"):
        happened = Counter(entry["branch"] for entry in records.entries(kind))
        for branch in people.branches:
            if happened[branch.branch_id] != 1:
                broken = found.duplicates if happened[branch.branch_id] else found.lost
                broken.append(f"{kind} of {branch.name}: {happened[branch.branch_id]} times")


def check_results(found: Findings, people: Organisation, records: Records) -> None:
    """Quarter and rank of everybody, worked out again from the forms; the ledger says the same."""
    months: dict[int, list[int]] = {}
    for form in records.forms:
        if form["exempt"] is None:
            lines = month_lines(json.loads(form["answers"]), form["overrides"])
            months.setdefault(form["member_id"], []).append(month_total(lines))
    results = {row["member_id"]: row for row in records.results}
    noted = {entry["subject_id"]: (entry["centi"], entry["rank"]) for entry in records.entries("result")}
    for branch in people.branches:
        totals = {player.member_id: quarter_total(months.get(player.member_id, [])) for player in branch.players}
        places = ranks(totals)
        for member_id, centi in totals.items():
            due = (centi, places[member_id])
            row = results.get(member_id)
            if row is None:
                found.lost.append(f"the result of member {member_id}")
            elif (row["centi"], row["rank"]) != due or noted.get(member_id) != due:
                found.wrong_totals.append(f"member {member_id}: {row['centi']}, {row['rank']} and not {due}")


def check_what_was_told(found: Findings, people: Organisation, records: Records, box: Sandbox, out: Path) -> None:
    """Each result letter says its points and rank and shows a picture; all pictures are kept in `out`."""
    results = {row["member_id"]: row for row in records.results}
    groups = {branch.branch_id: branch for branch in people.branches}
    told: Counter[str] = Counter()
    for letter in records.letters:
        folder = _FOLDERS.get(letter["kind"])
        if folder is None or letter["state"] != "sent":
            continue
        told[letter["kind"]] += 1
        message = _message_of(letter, people, groups)
        if message is None or message.file is None:
            found.lost.append(f"the picture of {letter['key']}")
            continue
        _keep(out / folder / f"{letter['member_id'] or letter['branch_id']}.png", message.file.data)
        if letter["kind"] == "result_published":
            _check_numbers(found, results[letter["member_id"]], message)
    if told["result_published"] != len(people.players):
        found.lost.append(f"{told['result_published']} results were told to {len(people.players)} persons")
    if told["standings_published"] != len(people.branches):
        found.lost.append(f"{told['standings_published']} standings were told to {len(people.branches)} groups")
    if not told["overview_published"]:
        found.lost.append("the overview")


def _message_of(letter: Row, people: Organisation, groups: Mapping[int, BranchOnStage]) -> Message | None:
    if letter["member_id"] is not None:
        chat = people.by_member[letter["member_id"]].phone.person.chat()
    else:
        group = groups[letter["branch_id"]].group
        if group is None:
            return None
        chat = group.chat
    return chat.messages.get(letter["message_id"])


def _check_numbers(found: Findings, result: Row, message: Message) -> None:
    said = set(_NUMBER.findall(message.body.get("caption") or message.body.get("text") or ""))
    if result["centi"] is not None and not {shown(result["centi"]), str(result["rank"])} <= said:
        found.wrong_totals.append(f"member {result['member_id']} was not told {result['centi']}, {result['rank']}")


def _keep(path: Path, picture: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)
