"""The review by the drawn group, publicity and objections.

Revision: 0002, after: 0001.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")

TABLES = (
    "delegation",
    "draw",
    "naming",
    "objection",
    "review_conflict",
    "review_seat",
    "review_task",
    "objection_answer",
    "review_question",
)
PLATFORM_TABLES = ("platform_mapping", "platform_file", "platform_record")
MEMBERS = ("reviewed_by", "published_by")
INSTANTS = ("sent_back_due_at", "reviewed_at", "published_at", "publicity_ends_at", "final_at")


def upgrade() -> None:
    """Every branch's quarter that was closed before is final, as it was public at once."""
    _upgrade_quarter()
    _upgrade_branch_quarter()
    _create_tables()
    _create_platform_tables()


def downgrade() -> None:
    """What was handed to the group or shown was closed by its branch before."""
    for name in reversed((*TABLES, *PLATFORM_TABLES)):
        op.drop_table(name)
    _forget_state()
    op.execute("update branch_quarter set state = 'closed' where state <> 'rating'")
    with op.batch_alter_table("branch_quarter") as batch:
        for name in MEMBERS:
            batch.drop_constraint(op.f(f"fk_branch_quarter_{name}_member"), type_="foreignkey")
        for name in (*INSTANTS, *MEMBERS):
            batch.drop_column(name)
        batch.create_check_constraint(op.f("ck_branch_quarter_state"), "state in ('rating','closed')")
    with op.batch_alter_table("quarter") as batch:
        batch.drop_column("publishes_at")
        batch.drop_column("review_due_at")


def _upgrade_quarter() -> None:
    with op.batch_alter_table("quarter") as batch:
        batch.add_column(sa.Column("review_due_at", INSTANT))
        batch.add_column(sa.Column("publishes_at", INSTANT))
    quarter = sa.table(
        "quarter", sa.column("quarter", sa.String), sa.column("rating_due_at", INSTANT),
        sa.column("review_due_at", INSTANT), sa.column("publishes_at", INSTANT),
    )  # fmt: skip
    connection = op.get_bind()
    for row in connection.execute(sa.select(quarter.c.quarter, quarter.c.rating_due_at)).all():
        connection.execute(
            quarter.update()
            .where(quarter.c.quarter == row.quarter)
            .values(
                review_due_at=row.rating_due_at + timedelta(days=7),
                publishes_at=row.rating_due_at + timedelta(days=7, hours=9),
            )
        )
    with op.batch_alter_table("quarter") as batch:
        batch.alter_column("review_due_at", existing_type=INSTANT, nullable=False)
        batch.alter_column("publishes_at", existing_type=INSTANT, nullable=False)


def _upgrade_branch_quarter() -> None:
    _forget_state()
    with op.batch_alter_table("branch_quarter") as batch:
        for name in INSTANTS:
            batch.add_column(sa.Column(name, INSTANT))
        for name in MEMBERS:
            batch.add_column(sa.Column(name, ID))
            batch.create_foreign_key(op.f(f"fk_branch_quarter_{name}_member"), "member", [name], ["id"])
    op.execute(
        "update branch_quarter set state = 'final', reviewed_at = closed_at, published_at = closed_at,"
        " publicity_ends_at = closed_at, final_at = closed_at, published_by = closed_by where state = 'closed'"
    )
    with op.batch_alter_table("branch_quarter") as batch:
        batch.create_check_constraint(
            op.f("ck_branch_quarter_state"), "state in ('rating','review','reviewed','public','final')"
        )


def _forget_state() -> None:
    with op.batch_alter_table("branch_quarter") as batch:
        batch.drop_constraint(op.f("ck_branch_quarter_state"), type_="check")


def _create_tables() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("principal_id", ID, nullable=False),
        sa.Column("delegate_id", ID, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("department", sa.String(length=16)),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("given_by", ID),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("ended_by", ID),
        sa.ForeignKeyConstraint(["delegate_id"], ["member.id"], name=op.f("fk_delegation_delegate_id_member")),
        sa.ForeignKeyConstraint(["ended_by"], ["member.id"], name=op.f("fk_delegation_ended_by_member")),
        sa.ForeignKeyConstraint(["given_by"], ["member.id"], name=op.f("fk_delegation_given_by_member")),
        sa.ForeignKeyConstraint(["principal_id"], ["member.id"], name=op.f("fk_delegation_principal_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index("ix_delegation_delegate_id", "delegation", ["delegate_id"])
    op.create_index("ix_delegation_principal_id", "delegation", ["principal_id"])
    op.create_table(
        "draw",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source_seq", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("candidates", DOCUMENT, nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("announced_at", INSTANT, nullable=False),
        sa.Column("drawn", DOCUMENT),
        sa.Column("drawn_at", INSTANT),
        sa.Column("drawn_by", ID),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["drawn_by"], ["member.id"], name=op.f("fk_draw_drawn_by_member")),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.quarter"], name=op.f("fk_draw_quarter_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("quarter", "number", name=op.f("uq_draw_quarter_number")),
    )
    op.create_table(
        "naming",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("meeting", DOCUMENT, nullable=False),
        sa.Column("decided_by", ID, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_naming_branch_id_branch")),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_naming_decided_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_naming_member_id_member")),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.quarter"], name=op.f("fk_naming_quarter_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming")),
        sa.UniqueConstraint("quarter", "member_id", name=op.f("uq_naming_quarter_member_id")),
    )
    op.create_index("ix_naming_branch_id_quarter", "naming", ["branch_id", "quarter"])
    op.create_table(
        "objection",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("month", sa.String(length=7)),
        sa.Column("item", sa.String(length=32)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("frozen", DOCUMENT, nullable=False),
        sa.Column("state", sa.String(length=16), server_default="open", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.Column("answerer_id", ID),
        sa.Column("answer_due_at", INSTANT, nullable=False),
        sa.Column("escalates_until", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.CheckConstraint(
            "state in ('open','answered','escalated','closed','withdrawn')", name=op.f("ck_objection_state")
        ),
        sa.ForeignKeyConstraint(["answerer_id"], ["member.id"], name=op.f("fk_objection_answerer_id_member")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_objection_branch_id_branch")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_objection_member_id_member")),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.quarter"], name=op.f("fk_objection_quarter_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index("ix_objection_member_id", "objection", ["member_id"])
    op.create_index("ix_objection_quarter_branch_id", "objection", ["quarter", "branch_id"])
    op.create_table(
        "review_conflict",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("declared_by", ID),
        sa.Column("declared_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.CheckConstraint("kind in ('kinship','conflict')", name=op.f("ck_review_conflict_kind")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_review_conflict_branch_id_branch")),
        sa.ForeignKeyConstraint(["declared_by"], ["member.id"], name=op.f("fk_review_conflict_declared_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_review_conflict_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_conflict")),
    )
    op.create_index("ix_review_conflict_member_id", "review_conflict", ["member_id"])
    op.create_table(
        "review_seat",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("seat", sa.String(length=16), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("branch_id", ID),
        sa.Column("named_by", ID),
        sa.Column("named_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.Column("left_at", INSTANT),
        sa.CheckConstraint(
            "seat in ('lead','organisation','office','discipline','drawn')", name=op.f("ck_review_seat_seat")
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_review_seat_branch_id_branch")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_review_seat_member_id_member")),
        sa.ForeignKeyConstraint(["named_by"], ["member.id"], name=op.f("fk_review_seat_named_by_member")),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.quarter"], name=op.f("fk_review_seat_quarter_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_seat")),
    )
    op.create_index("ix_review_seat_quarter", "review_seat", ["quarter"])
    op.create_table(
        "review_task",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("state", sa.String(length=16), server_default="waiting", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("decided_at", INSTANT),
        sa.CheckConstraint("state in ('waiting','confirmed','disagrees')", name=op.f("ck_review_task_state")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_review_task_branch_id_branch")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_review_task_member_id_member")),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.quarter"], name=op.f("fk_review_task_quarter_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_task")),
        sa.UniqueConstraint(
            "quarter", "branch_id", "member_id", name=op.f("uq_review_task_quarter_branch_id_member_id")
        ),
    )
    op.create_table(
        "objection_answer",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("objection_id", ID, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_by", ID, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.Column("correction", DOCUMENT),
        sa.CheckConstraint("outcome in ('upheld','partly','rejected')", name=op.f("ck_objection_answer_outcome")),
        sa.ForeignKeyConstraint(["answered_by"], ["member.id"], name=op.f("fk_objection_answer_answered_by_member")),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objection_answer_objection_id_objection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_answer")),
        sa.UniqueConstraint("objection_id", "level", name=op.f("uq_objection_answer_objection_id_level")),
    )
    op.create_table(
        "review_question",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("branch_quarter_id", ID, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_by", ID),
        sa.Column("answered_at", INSTANT),
        sa.ForeignKeyConstraint(["answered_by"], ["member.id"], name=op.f("fk_review_question_answered_by_member")),
        sa.ForeignKeyConstraint(["asked_by"], ["member.id"], name=op.f("fk_review_question_asked_by_member")),
        sa.ForeignKeyConstraint(
            ["branch_quarter_id"],
            ["branch_quarter.id"],
            name=op.f("fk_review_question_branch_quarter_id_branch_quarter"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_question")),
    )
    op.create_index("ix_review_question_branch_quarter_id", "review_question", ["branch_quarter_id"])


def _create_platform_tables() -> None:
    op.create_table(
        "platform_mapping",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("headings", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("platform", name=op.f("pk_platform_mapping")),
    )
    op.create_table(
        "platform_file",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), server_default="draft", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("columns", DOCUMENT, nullable=False),
        sa.Column("chosen", DOCUMENT, nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("imported_by", ID),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.CheckConstraint("state in ('draft','applied','replaced','dropped')", name=op.f("ck_platform_file_state")),
        sa.ForeignKeyConstraint(["imported_by"], ["member.id"], name=op.f("fk_platform_file_imported_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_file")),
    )
    op.create_index("ix_platform_file_period_platform", "platform_file", ["period", "platform"])
    op.create_table(
        "platform_record",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("centi", sa.BigInteger(), nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["platform_file.id"], name=op.f("fk_platform_record_file_id_platform_file")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_platform_record_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_record")),
        sa.UniqueConstraint(
            "member_id",
            "platform",
            "period",
            "measure",
            name=op.f("uq_platform_record_member_id_platform_period_measure"),
        ),
    )
    op.create_index("ix_platform_record_period_platform", "platform_record", ["period", "platform"])
