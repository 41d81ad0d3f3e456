"""Every table, once; alembic compares the database with this page.

Points are whole hundredths (`*_centi`), instants are aware UTC (`*_at`), days are dates (`*_on`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import JSON, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


Document = JSON().with_variant(JSONB(), "postgresql")
Id = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[Any]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _member(name: str = "member_id", *, nullable: bool = False) -> Column[Any]:
    return Column(name, Id, ForeignKey("member.id"), nullable=nullable)


def _branch(name: str = "branch_id", *, nullable: bool = False) -> Column[Any]:
    return Column(name, Id, ForeignKey("branch.id"), nullable=nullable)


# ── the organisation and its people ───────────────────────────────────────────────────────────────────────────────────

setting = Table(
    "setting", metadata, Column("key", String(64), primary_key=True), Column("value", Document, nullable=False)
)

branch = Table(
    "branch",
    metadata,
    _id(),
    Column("name", String(100), nullable=False, unique=True),
    Column("sort", Integer, nullable=False),
    Column("group_chat_id", BigInteger, unique=True),
    Column("group_code", String(32)),
    Column("group_code_expires_at", Instant),
)

member = Table(
    "member",
    metadata,
    _id(),
    Column("staff_no", String(32), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    _branch(),
    Column("category", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("joined_party_on", Date),
    Column("counts_from_on", Date),
    Column("erased_at", Instant),
    Index("ix_member_branch_id", "branch_id"),
)

membership = Table(
    "membership",
    metadata,
    _id(),
    _member(),
    _branch(),
    Column("from_on", Date),
    Column("to_on", Date),
    Index("ix_membership_member_id", "member_id"),
)

office = Table(
    "office",
    metadata,
    _id(),
    _member(),
    _branch(),
    Column("role", String(16), nullable=False),
    Column("department", String(16)),
    Column("from_on", Date),
    Column("to_on", Date),
    Index("ix_office_member_id", "member_id"),
    Index("ix_office_branch_id_role", "branch_id", "role"),
)

account = Table(
    "account",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, unique=True),
    Column("language", String(8), nullable=False, server_default="zh"),
    Column("bound_at", Instant, nullable=False),
    Column("unreachable_since", Instant),
    Column("awaiting", String(64)),
    Column("awaiting_message_id", BigInteger),
    Column("notice_version", Integer),
    Column("notice_accepted_at", Instant),
)

invite = Table(
    "invite",
    metadata,
    _id(),
    _member(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("telegram_id", BigInteger),
    Index("ix_invite_member_id", "member_id"),
)

# ── rules and periods ─────────────────────────────────────────────────────────────────────────────────────────────────

ruleset = Table(
    "ruleset",
    metadata,
    _id(),
    Column("name", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("adopted_at", Instant, nullable=False),
)

ruleset_proposal = Table(
    "ruleset_proposal",
    metadata,
    _id(),
    Column("name", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    _member("proposed_by", nullable=True),
    Column("proposed_at", Instant, nullable=False),
    _member("confirmed_by", nullable=True),
    Column("confirmed_at", Instant),
    _member("decided_by", nullable=True),
    Column("decided_at", Instant),
    Column("reason", Text),
    Column("ruleset_id", Id, ForeignKey("ruleset.id")),
    CheckConstraint("state in ('draft','open','adopted','rejected','withdrawn','replaced')", name="state"),
    Index("ix_ruleset_proposal_state", "state"),
)

month = Table(
    "month",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("ruleset_id", Id, ForeignKey("ruleset.id"), nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("closed_at", Instant),
)

quarter = Table(
    "quarter",
    metadata,
    Column("quarter", String(6), primary_key=True),
    Column("ruleset_id", Id, ForeignKey("ruleset.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("rating_due_at", Instant, nullable=False),
    Column("review_due_at", Instant, nullable=False),
    Column("publishes_at", Instant, nullable=False),
)

branch_quarter = Table(
    "branch_quarter",
    metadata,
    _id(),
    _branch(),
    Column("quarter", String(6), ForeignKey("quarter.quarter"), nullable=False),
    Column("state", String(16), nullable=False, server_default="rating"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("meeting", Document),
    Column("sent_back_due_at", Instant),
    Column("closed_at", Instant),
    _member("closed_by", nullable=True),
    Column("reviewed_at", Instant),
    _member("reviewed_by", nullable=True),
    Column("published_at", Instant),
    _member("published_by", nullable=True),
    Column("publicity_ends_at", Instant),
    Column("final_at", Instant),
    UniqueConstraint("branch_id", "quarter"),
    CheckConstraint("state in ('rating','review','reviewed','public','final')", name="state"),
)

# ── forms, facts and decisions ────────────────────────────────────────────────────────────────────────────────────────

form = Table(
    "form",
    metadata,
    _id(),
    _member(),
    _branch(),
    Column("month", String(7), ForeignKey("month.month"), nullable=False),
    Column("state", String(16), nullable=False, server_default="open"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("answers", Text, nullable=False),
    Column("notes", Document, nullable=False),
    Column("overrides", Document, nullable=False),
    Column("total_centi", Integer, nullable=False),
    Column("exempt", String(32)),
    Column("submitted_at", Instant),
    _member("submitted_by", nullable=True),
    Column("returned_reason", Text),
    Column("snoozed_on", Date),
    UniqueConstraint("member_id", "month"),
    CheckConstraint("state in ('open','submitted','returned')", name="state"),
    Index("ix_form_month_branch_id", "month", "branch_id"),
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    Column("form_id", Id, ForeignKey("form.id"), nullable=False),
    Column("item", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("file_id", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sent_at", Instant, nullable=False),
    UniqueConstraint("form_id", "item", "sha256"),
)

record = Table(
    "record",
    metadata,
    _id(),
    _member(),
    Column("month", String(7), nullable=False),
    Column("item", String(32), nullable=False),
    Column("facts", Text, nullable=False),
    _member("recorded_by", nullable=True),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("member_id", "month", "item"),
)

rating = Table(
    "rating",
    metadata,
    _id(),
    _member(),
    _branch(),
    Column("quarter", String(6), ForeignKey("quarter.quarter"), nullable=False),
    Column("state", String(16), nullable=False, server_default="pending"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("postponed_at", Instant),
    _member("decided_by", nullable=True),
    Column("decided_at", Instant),
    UniqueConstraint("member_id", "quarter"),
    CheckConstraint("state in ('pending','approved','returned')", name="state"),
    Index("ix_rating_quarter_branch_id", "quarter", "branch_id"),
)

result = Table(
    "result",
    metadata,
    _id(),
    _member(),
    _branch(),
    Column("quarter", String(6), nullable=False),
    Column("centi", Integer),
    Column("rank", Integer),
    Column("ranked_of", Integer, nullable=False),
    Column("detail", Document, nullable=False),
    UniqueConstraint("member_id", "quarter"),
    Index("ix_result_quarter_branch_id", "quarter", "branch_id"),
)

# ── the review by the drawn group, publicity and objections ───────────────────────────────────────────────────────────

draw = Table(
    "draw",
    metadata,
    _id(),
    Column("quarter", String(6), ForeignKey("quarter.quarter"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("source_seq", BigInteger, nullable=False),
    Column("seed", String(64), nullable=False),
    Column("candidates", Document, nullable=False),
    Column("places", Integer, nullable=False),
    Column("announced_at", Instant, nullable=False),
    Column("drawn", Document),
    Column("drawn_at", Instant),
    _member("drawn_by", nullable=True),
    Column("reason", Text),
    UniqueConstraint("quarter", "number"),
)

review_seat = Table(
    "review_seat",
    metadata,
    _id(),
    Column("quarter", String(6), ForeignKey("quarter.quarter"), nullable=False),
    Column("seat", String(16), nullable=False),
    _member(),
    _branch(nullable=True),
    _member("named_by", nullable=True),
    Column("named_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("left_at", Instant),
    CheckConstraint("seat in ('lead','organisation','office','discipline','drawn')", name="seat"),
    Index("ix_review_seat_quarter", "quarter"),
)

review_conflict = Table(
    "review_conflict",
    metadata,
    _id(),
    _member(),
    _branch(),
    Column("kind", String(16), nullable=False),
    _member("declared_by", nullable=True),
    Column("declared_at", Instant, nullable=False),
    Column("ended_at", Instant),
    CheckConstraint("kind in ('kinship','conflict')", name="kind"),
    Index("ix_review_conflict_member_id", "member_id"),
)

review_task = Table(
    "review_task",
    metadata,
    _id(),
    Column("quarter", String(6), ForeignKey("quarter.quarter"), nullable=False),
    _branch(),
    _member(),
    Column("state", String(16), nullable=False, server_default="waiting"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("decided_at", Instant),
    UniqueConstraint("quarter", "branch_id", "member_id"),
    CheckConstraint("state in ('waiting','confirmed','disagrees')", name="state"),
)

review_question = Table(
    "review_question",
    metadata,
    _id(),
    Column("branch_quarter_id", Id, ForeignKey("branch_quarter.id"), nullable=False),
    Column("question", Text, nullable=False),
    _member("asked_by"),
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("answer", Text),
    _member("answered_by", nullable=True),
    Column("answered_at", Instant),
    Index("ix_review_question_branch_quarter_id", "branch_quarter_id"),
)

naming = Table(
    "naming",
    metadata,
    _id(),
    _branch(),
    Column("quarter", String(6), ForeignKey("quarter.quarter"), nullable=False),
    _member(),
    Column("meeting", Document, nullable=False),
    _member("decided_by"),
    Column("decided_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("ended_at", Instant),
    UniqueConstraint("quarter", "member_id"),
    Index("ix_naming_branch_id_quarter", "branch_id", "quarter"),
)

objection = Table(
    "objection",
    metadata,
    _id(),
    _member(),
    _branch(),
    Column("quarter", String(6), ForeignKey("quarter.quarter"), nullable=False),
    Column("month", String(7)),
    Column("item", String(32)),
    Column("text", Text, nullable=False),
    Column("frozen", Document, nullable=False),
    Column("state", String(16), nullable=False, server_default="open"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("filed_at", Instant, nullable=False),
    _member("answerer_id", nullable=True),
    Column("answer_due_at", Instant, nullable=False),
    Column("escalates_until", Instant),
    Column("closed_at", Instant),
    CheckConstraint("state in ('open','answered','escalated','closed','withdrawn')", name="state"),
    Index("ix_objection_quarter_branch_id", "quarter", "branch_id"),
    Index("ix_objection_member_id", "member_id"),
)

objection_answer = Table(
    "objection_answer",
    metadata,
    _id(),
    Column("objection_id", Id, ForeignKey("objection.id"), nullable=False),
    Column("level", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("text", Text, nullable=False),
    _member("answered_by"),
    Column("answered_at", Instant, nullable=False),
    Column("correction", Document),
    UniqueConstraint("objection_id", "level"),
    CheckConstraint("outcome in ('upheld','partly','rejected')", name="outcome"),
)

delegation = Table(
    "delegation",
    metadata,
    _id(),
    _member("principal_id"),
    _member("delegate_id"),
    Column("role", String(16), nullable=False),
    Column("department", String(16)),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    _member("given_by", nullable=True),
    Column("given_at", Instant, nullable=False),
    Column("ended_at", Instant),
    _member("ended_by", nullable=True),
    Index("ix_delegation_principal_id", "principal_id"),
    Index("ix_delegation_delegate_id", "delegate_id"),
)

# ── what the learning platforms know ──────────────────────────────────────────────────────────────────────────────────

platform_mapping = Table(
    "platform_mapping",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("headings", Document, nullable=False),
)

platform_file = Table(
    "platform_file",
    metadata,
    _id(),
    Column("platform", String(16), nullable=False),
    Column("period", String(7), nullable=False),
    Column("name", String(100), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("state", String(16), nullable=False, server_default="draft"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("columns", Document, nullable=False),
    Column("chosen", Document, nullable=False),
    Column("content", LargeBinary),
    _member("imported_by", nullable=True),
    Column("imported_at", Instant, nullable=False),
    CheckConstraint("state in ('draft','applied','replaced','dropped')", name="state"),
    Index("ix_platform_file_period_platform", "period", "platform"),
)

platform_record = Table(
    "platform_record",
    metadata,
    _id(),
    _member(),
    Column("platform", String(16), nullable=False),
    Column("period", String(7), nullable=False),
    Column("measure", String(32), nullable=False),
    Column("centi", BigInteger, nullable=False),
    Column("file_id", Id, ForeignKey("platform_file.id"), nullable=False),
    UniqueConstraint("member_id", "platform", "period", "measure"),
    Index("ix_platform_record_period_platform", "period", "platform"),
)

# ── the ledger ────────────────────────────────────────────────────────────────────────────────────────────────────────

ledger = Table(
    "ledger",
    metadata,
    Column("seq", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("period", String(16), nullable=False),
    Column("subject_id", BigInteger),
    Column("actor_id", BigInteger),
    Column("body", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index("ix_ledger_subject_id", "subject_id"),
    Index("ix_ledger_actor_id", "actor_id"),
    Index("ix_ledger_period", "period"),
)

ledger_text = Table(
    "ledger_text",
    metadata,
    Column(
        "seq",
        BigInteger().with_variant(Integer(), "sqlite"),
        ForeignKey("ledger.seq"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("salt", String(32), nullable=False),
    Column("text", Text, nullable=False),
)

# ── erasing a person who has left ─────────────────────────────────────────────────────────────────────────────────────

erasure = Table(
    "erasure",
    metadata,
    _id(),
    _member(),
    Column("state", String(16), nullable=False, server_default="open"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("proposed_at", Instant, nullable=False),
    _member("confirmed_by", nullable=True),
    Column("confirmed_at", Instant),
    _member("decided_by", nullable=True),
    Column("decided_at", Instant),
    CheckConstraint("state in ('open','done','rejected','withdrawn')", name="state"),
    Index("ix_erasure_member_id", "member_id"),
)

# ── the machinery of promises ─────────────────────────────────────────────────────────────────────────────────────────

handled_update = Table(
    "handled_update",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)

dead_letter = Table(
    "dead_letter",
    metadata,
    _id(),
    Column("update_id", BigInteger, nullable=False),
    Column("raw", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

due = Table(
    "due",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("period", String(32), primary_key=True),
    Column("subject", String(32), primary_key=True),
    Column("claimed_at", Instant, nullable=False),
    Index("ix_due_period", "period"),
)

letter = Table(
    "letter",
    metadata,
    _id(),
    Column("key", String(128), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("audience", String(16), nullable=False),
    _member(nullable=True),
    _branch(nullable=True),
    Column("body", Document, nullable=False),
    Column("state", String(16), nullable=False, server_default="due"),
    Column("due_at", Instant, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_until", Instant),
    Column("chat_id", BigInteger),
    Column("message_id", BigInteger),
    Column("sent_at", Instant),
    Column("error", String(200)),
    CheckConstraint("state in ('due','sent','unknown','unreachable','refused','moot')", name="state"),
    Index("ix_letter_state_due_at", "state", "due_at", "id"),
    Index("ix_letter_kind_written_at", "kind", "written_at"),
)

# ── what several processes share ──────────────────────────────────────────────────────────────────────────────────────

lease = Table(
    "lease",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", Instant, nullable=False),
)

sending_slot = Table(
    "sending_slot",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("free_at", Instant, nullable=False),
)
