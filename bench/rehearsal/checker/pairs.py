"""Where the table wants two reviewers a branch: whether two said the same, or somebody else decided between them."""

from __future__ import annotations

from collections.abc import Iterator

from bench.rehearsal.checker.rows import Row, Tables

_TWO = "reviewers_per_branch: 2"


def lone_reviews(tables: Tables, quarters: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    """Branches that count as reviewed although only one of two reviewers saw them as they are now."""
    for quarter, months in quarters:
        if _TWO not in _table_of(tables, months[0]):
            continue
        for reviewed in tables.entries("branch_reviewed"):
            if reviewed["period"] == quarter and not _by_two(tables, reviewed):
                yield f"branch {reviewed['branch']} was reviewed by member {reviewed['actor_id']} alone in {quarter}"


def _table_of(tables: Tables, month: str) -> str:
    """The text of the table that governs a month."""
    governing = [row for row in tables["ruleset"] if str(row["effective_on"]) <= f"{month}-01"]
    newest = max(governing, key=lambda row: (str(row["effective_on"]), row["id"]), default={"text": ""})
    return str(newest["text"])


def _by_two(tables: Tables, reviewed: Row) -> bool:
    """Two confirmations since the last change; or a quarrel, and the word of somebody who had no part in it."""
    since = [row for row in _on_the_branch(tables, reviewed) if row["seq"] <= reviewed["seq"]]
    begun = max((row["seq"] for row in since if row["kind"] in {"quarter_closed", "branch_sent_back"}), default=0)
    said = [row for row in since if row["seq"] > begun]
    if reviewed["alone"]:
        had_a_part = {row["actor_id"] for row in said if row["kind"] != "branch_reviewed"}
        return any(row["kind"] == "review_disputed" for row in said) and reviewed["actor_id"] not in had_a_part
    changed = max((row["seq"] for row in said if row["kind"] == "form_adjusted"), default=begun)
    confirming = {"review_confirmed", "branch_reviewed"}
    return len({row["actor_id"] for row in said if row["kind"] in confirming and row["seq"] > changed}) > 1


def _on_the_branch(tables: Tables, reviewed: Row) -> list[Row]:
    """What was done with this branch's quarter, in order."""
    quarter, branch = reviewed["period"], reviewed["branch"]
    homes = {row["id"]: row["branch_id"] for row in tables["form"]}
    kinds = ("quarter_closed", "branch_sent_back", "review_confirmed", "review_disputed", "branch_reviewed")
    done = [row for row in tables.entries(*kinds) if (row["period"], row["branch"]) == (quarter, branch)]
    return done + [
        row for row in tables.entries("form_adjusted")
        if row.get("review") and homes[row["form"]] == branch and _quarter_of(row["period"]) == quarter
    ]  # fmt: skip


def _quarter_of(month: str) -> str:
    return f"{month[:4]}Q{(int(month[5:]) + 2) // 3}"
