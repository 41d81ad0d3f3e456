"""What was promised against what is: every intention of the script, the database, the ledger, and what people see."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.rehearsal.default_table import ROWS, month_lines, month_total, shown
from bench.rehearsal.inbox import Inbox
from bench.rehearsal.organisation import Organisation, Player
from bench.rehearsal.quarters import PlayedQuarter
from bench.rehearsal.records import Records, Row
from bot.domain.actions.base import Action
from bot.domain.actions.form import OpenForm, ReviewForm
from bot.domain.actions.menu import ShowWhy
from sandbox import Sandbox

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Letters that one person may get only once a day for the same thing.
_SAID_ONCE = {
    "form_opened", "form_reminded", "month_summarised", "branch_month_summarised", "rating_opened",
    "result_published", "standings_published", "overview_published",
}  # fmt: skip
_A_YEARS_MESSAGES = 10_000
_UNDELIVERED = {"due", "unknown", "refused"}


@dataclass(slots=True)
class Findings:
    """Every broken promise as a sentence."""

    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    wrong_totals: list[str] = field(default_factory=list)
    duplicate_sends: int = 0

    def all(self) -> Iterator[str]:
        """All of them, each with its kind."""
        for kind in ("lost", "duplicates", "wrong_totals"):
            for sentence in getattr(self, kind):
                yield f"{kind}: {sentence}"


def check_inputs(found: Findings, people: Organisation, inbox: Inbox, records: Records) -> None:
    """Nothing that was taken from Telegram came to nothing; nothing was buried."""
    found.lost += [f"{sent.what} {sent.key} had no effect" for sent in inbox.swallowed(records.handled.__contains__)]
    found.lost += [f"update {row['update_id']} was buried: {row['error']}" for row in records.dead_letters]
    bound = {row["member_id"]: row["telegram_id"] for row in records.accounts}
    for player in people.players:
        if player.has_phone and bound.get(player.member_id) != player.phone.person.user_id:
            found.lost.append(f"the binding of {player.person.name}")
    bindings = Counter(entry["subject_id"] for entry in records.entries("account_bound"))
    found.duplicates += [f"member {member} was bound {times} times" for member, times in bindings.items() if times > 1]


def check_forms(found: Findings, people: Organisation, records: Records, quarters: Sequence[PlayedQuarter]) -> None:
    """Every form holds what its member meant, was handed in as often as he meant, and adds up."""
    forms = {(row["member_id"], row["month"]): row for row in records.forms}
    submissions = Counter(entry["form"] for entry in records.entries("form_submitted"))
    told = _totals_over_time(records)
    months = [month for quarter in quarters for month in quarter.months]
    returned = {one for quarter in quarters for one in quarter.returned}
    for player in people.players:
        for number, name in enumerate(months[: len(player.forms)]):
            form = forms.get((player.member_id, name))
            played = player.forms[number]
            if form is None or form["exempt"] is not None:
                continue
            if played != form["id"]:
                found.lost.append(f"the card of {player.person.name} in {name}")
                continue
            _check_form(found, player, number, form, records)
            if submissions[form["id"]] and player.has_phone:
                _check_screen(found, player, form, told)
            again = (player.member_id, name) in returned
            _check_count(found, player, number, name, submissions[form["id"]], again=again)
    for form in records.forms:
        lines = month_lines(json.loads(form["answers"]), form["overrides"])
        if form["total_centi"] != month_total(lines):
            found.wrong_totals.append(f"form {form['id']}: {form['total_centi']}, and not {month_total(lines)}")


def _check_form(found: Findings, player: Player, number: int, form: Row, records: Records) -> None:
    month = player.script.months[number]
    answers = json.loads(form["answers"])
    own = {item: facts for item, facts in answers.items() if item in ROWS and ROWS[item].by == "member"}
    who = f"{player.person.name} in {form['month']}"
    meant = month.final_answers()
    if own != meant:
        wrong = {item for item in own.keys() | meant.keys() if own.get(item) != meant.get(item)}
        found.lost.append(
            f"answers of {who}: " + ", ".join(f"{item} {own.get(item)} for {meant.get(item)}" for item in sorted(wrong))
        )
    if (form["state"] == "submitted") != month.hands_in:
        found.lost.append(f"the handing in of {who}: the form is {form['state']} ({month.manner})")
    if not month.proofs() <= records.proven.get(form["id"], set()):
        found.lost.append(f"evidence of {who}")


def _totals_over_time(records: Records) -> dict[tuple[int, str], set[int]]:
    """Every total that a member's month has had since it was handed in, by the ledger."""
    totals: dict[tuple[int, str], set[int]] = {}
    for entry in records.ledger:
        if entry["kind"] in {"form_submitted", "facts_recorded", "form_adjusted", "form_corrected"}:
            known = totals.setdefault((entry["subject_id"], entry["period"]), set())
            if entry["total_centi"] is not None:
                known.add(entry["total_centi"])
    return totals


def _check_screen(
    found: Findings, player: Player, form: Row, totals: Mapping[tuple[int, str], Collection[int]]
) -> None:
    """The card says what was handed in, or what the branch has made of it since."""
    known = {form["total_centi"], *totals.get((player.member_id, form["month"]), ())}
    said = set(_NUMBER.findall(_card_text(player, form)))
    if not said & {shown(centi) for centi in known}:
        found.lost.append(f"the screen of {player.person.name} in {form['month']} does not show {sorted(known)}")


def _card_text(player: Player, form: Row) -> str:
    """All that this form's cards say on the member's screen."""
    wanted: tuple[tuple[type[Action], dict[str, Any]], ...] = (
        (ShowWhy, {"month": form["month"]}), (ReviewForm, {"form_id": form["id"]}), (OpenForm, {"form_id": form["id"]})
    )  # fmt: skip
    return "\n".join(
        text for kind, fields in wanted for text in player.phone.texts_with(kind, newest=_A_YEARS_MESSAGES, **fields)
    )


def _check_count(found: Findings, player: Player, number: int, month: str, submitted: int, *, again: bool) -> None:
    meant = player.script.months[number].times_handed_in + again
    who = f"{player.person.name} handed {month} in {submitted} times"
    if submitted > meant:
        found.duplicates.append(f"{who}, and meant {meant}")
    elif submitted < meant:
        found.lost.append(f"{who}, and meant {meant}")


def check_ledger(found: Findings, records: Records) -> None:
    """The chain holds, and each form's last entry agrees with the checker's own sums."""
    if records.first_bad is not None:
        found.lost.append(f"the ledger breaks at {records.first_bad}")
    for entry in records.entries("form_submitted"):
        total = month_total({item: centi for item, centi in entry["lines"].items() if item in ROWS})
        if total != entry["total_centi"]:
            found.wrong_totals.append(f"entry {entry['seq']}: {entry['total_centi']}, and not {total}")


def check_letters(found: Findings, records: Records, box: Sandbox) -> None:
    """Each letter was written once and stands in its chat; a copy is counted, for a kill in mid-sending allows one."""
    written = Counter(
        (row["kind"], row["member_id"], row["branch_id"], json.dumps(row["body"], sort_keys=True), row["due_at"].date())
        for row in records.letters
        if row["kind"] in _SAID_ONCE
    )
    found.duplicates += [f"{key} was written {times} times" for key, times in written.items() if times > 1]
    found.lost += [
        f"letter {row['key']} is {row['state']}: {row['error']}"
        for row in records.letters
        if row["state"] in _UNDELIVERED
    ]
    found.duplicate_sends = _copies(records, box)


def _copies(records: Records, box: Sandbox) -> int:
    """Messages that say word for word what a letter said in the same chat, and are not that letter's message."""
    recorded = {(row["chat_id"], row["message_id"]) for row in records.letters if row["message_id"] is not None}
    sends: dict[tuple[Any, Any], list[tuple[int, int]]] = {}
    for call in box.outbox():
        if call.ok and call.method in {"sendMessage", "sendPhoto"} and isinstance(call.result, dict):
            text = call.params.get("text") or call.params.get("caption")
            sends.setdefault((call.chat_id, text), []).append((call.result["chat"]["id"], call.result["message_id"]))
    return sum(
        sum(place not in recorded for place in places)
        for places in sends.values()
        if any(place in recorded for place in places)
    )
