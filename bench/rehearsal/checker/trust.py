"""What makes the points trustworthy: nothing private in groups, nobody reviews his own, all answered, few prompts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bench.rehearsal.checker import days
from bench.rehearsal.checker.rows import Tables
from bench.rehearsal.checker.wire import Wire

LINE_CENTI = 7000
PROMPTS = {"form_opened", "form_reminded", "form_nudged", "month_summarised"}
_IN_PRIVATE_ONLY = ("答复", "诫勉", "限期整改", "退回", "回避", "未提交", "佐证", "一票否决")
# A group is shown its ranks; that somebody stands under the line is said with none of these beside a name.
_UNDER_THE_LINE = ("以下", "黑榜", "未达", "低于")
_SHORTEST_REASON = 8


def private_in_groups(tables: Tables, wire: Wire) -> Iterator[str]:
    """Reasons, objections, answers, questions, names of those under the line: in anything a group was ever shown."""
    reasons = {row["text"] for row in tables["ledger_text"] if len(row["text"]) >= _SHORTEST_REASON}
    under = {row["subject_id"] for row in tables.entries("result") if (row["centi"] or LINE_CENTI) < LINE_CENTI}
    names = {row["name"] for row in tables["member"] if row["id"] in under}
    for one in wire.to_groups:
        found = [reason for reason in reasons if reason in one.text]
        found += [word for word in _IN_PRIVATE_ONLY if word in one.text]
        for line in one.text.splitlines():
            if any(word in line for word in _UNDER_THE_LINE):
                found += [name for name in names if name in line]
        if found or one.buttons:
            yield f"group {one.chat_id} was shown {found or one.buttons}: {one.text[:80]}"


def own_branch_reviews(tables: Tables) -> Iterator[str]:
    """Whoever reviewed, adjusted or confirmed a branch that was his own then, or that he represented."""
    for quarter, branch, member, at, what in _reviewed(tables):
        homes = {
            row["branch_id"] for row in tables["membership"]
            if row["member_id"] == member
            and (row["from_on"] is None or str(row["from_on"]) <= at)
            and (row["to_on"] is None or str(row["to_on"]) > at)
        }  # fmt: skip
        represented = {
            row["branch_id"] for row in tables["review_seat"]
            if (row["member_id"], row["quarter"]) == (member, quarter) and row["left_at"] is None
        }  # fmt: skip
        if branch in homes | represented:
            yield f"{what} of branch {branch} in {quarter} by member {member}, who belongs to it"


def _reviewed(tables: Tables) -> Iterator[tuple[str, int, int, str, str]]:
    """Quarter, branch, member, day and deed of everything that the groups did to branches."""
    for row in tables.entries("review_confirmed", "branch_reviewed", "branch_sent_back", "review_assigned"):
        member = row["subject_id"] if row["kind"] == "review_assigned" else row["actor_id"]
        if member is not None:
            yield row["period"], row["branch"], member, f"{days.day_of(row['at'])}", row["kind"]
    homes = {row["id"]: row["branch_id"] for row in tables["form"]}
    for row in tables.entries("form_adjusted"):
        if row.get("review"):
            quarter = f"{row['period'][:4]}Q{(int(row['period'][5:]) + 2) // 3}"
            yield quarter, homes[row["form"]], row["actor_id"], f"{days.day_of(row['at'])}", row["kind"]


def unanswered_objections(tables: Tables, wire: Wire) -> Iterator[str]:
    """Objections without a written answer in the member's own chat, or that were never settled."""
    chats = {row["member_id"]: row["telegram_id"] for row in tables["account"]}
    reasons = {row["seq"]: row["text"] for row in tables["ledger_text"]}
    answers = tables.entries("objection_answered")
    escalated = {row["objection"] for row in tables.entries("objection_escalated")}
    for found in tables["objection"]:
        if found["state"] == "withdrawn":
            continue
        own = [row for row in answers if row["objection"] == found["id"]]
        levels = {1, 2} if found["id"] in escalated else {1}
        if {row["level"] for row in own} != levels or found["state"] != "closed":
            yield f"objection {found['id']} is {found['state']} with {len(own)} answers"
        for row in own:
            text, chat = reasons.get(row["seq"], ""), chats.get(found["member_id"])
            if not any(one.chat_id == chat and text in one.text for one in wire.written):
                yield f"member {found['member_id']} never read the answer to objection {found['id']}"


def prompts_per_member_month(tables: Tables, wire: Wire) -> int:
    """The most prompts that one month's form cost one member, counted in the letters and once more on the wire."""
    months = {row["id"]: row["month"] for row in tables["form"]}
    heard = {(one.chat_id, one.message_id) for one in wire.written if one.is_new}
    written: Counter[tuple[int, str]] = Counter()
    arrived: Counter[tuple[int, str]] = Counter()
    for row in tables["letter"]:
        if row["kind"] not in PROMPTS or row["state"] != "sent":
            continue
        key = (row["member_id"], months[row["body"]["form_id"]])
        written[key] += 1
        arrived[key] += (row["chat_id"], row["message_id"]) in heard
    if written != arrived:
        raise ValueError("the letters and what went over the wire do not agree")
    return max(written.values(), default=0)
