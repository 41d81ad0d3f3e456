"""What several processes share, what guards the ledger, and what personal data needs.

Revision: 0003, after: 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Who holds the database can take these down, and the chain finds out: they stop mistakes, and make tampering a deed.
# A text may be deleted, for a person may have it erased and the chain holds without it; it is never reworded.
_APPEND_ONLY_SQLITE = (
    """CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    # INSERT OR REPLACE would remove the older entry without asking the trigger for deletes.
    """CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
       WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq OR hash = NEW.hash)
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_text_no_update BEFORE UPDATE ON ledger_text
       BEGIN SELECT RAISE(ABORT, 'a reason in the ledger is never reworded'); END""",
    """CREATE TRIGGER ledger_text_no_replace BEFORE INSERT ON ledger_text
       WHEN EXISTS (SELECT 1 FROM ledger_text WHERE seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'a reason in the ledger is never reworded'); END""",
)
_APPEND_ONLY_POSTGRESQL = (
    """CREATE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '%: entries are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END
       $$""",
    """CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()""",
    """CREATE TRIGGER ledger_no_delete BEFORE DELETE OR TRUNCATE ON ledger
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()""",
    """CREATE TRIGGER ledger_text_no_update BEFORE UPDATE OR TRUNCATE ON ledger_text
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()""",
)


def upgrade() -> None:
    """Leases and sending slots; an append-only ledger."""
    _guard_the_ledger()
    op.create_table(
        "lease",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "sending_slot",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_sending_slot")),
    )
    op.add_column("account", sa.Column("notice_version", sa.Integer(), nullable=True))
    op.add_column("account", sa.Column("notice_accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("member", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    _create_erasure()


def downgrade() -> None:
    """Without them one process polls and sends."""
    op.drop_index(op.f("ix_erasure_member_id"), table_name="erasure")
    op.drop_table("erasure")
    with op.batch_alter_table("member") as member:
        member.drop_column("erased_at")
    with op.batch_alter_table("account") as account:
        account.drop_column("notice_accepted_at")
        account.drop_column("notice_version")
    op.drop_table("sending_slot")
    op.drop_table("lease")
    _unguard_the_ledger()


def _create_erasure() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "erasure",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("member_id", key, nullable=False),
        sa.Column("state", sa.String(16), server_default="open", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", key, nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", key, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('open','done','rejected','withdrawn')", name=op.f("ck_erasure_state")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_erasure_member_id_member")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["member.id"], name=op.f("fk_erasure_confirmed_by_member")),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_erasure_decided_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_member_id"), "erasure", ["member_id"])


def _guard_the_ledger() -> None:
    for statement in _APPEND_ONLY_SQLITE if _on_sqlite() else _APPEND_ONLY_POSTGRESQL:
        op.execute(statement)


def _unguard_the_ledger() -> None:
    if not _on_sqlite():
        op.execute("DROP FUNCTION refuse_to_change() CASCADE")
        return
    for trigger in ("no_update", "no_delete", "no_replace", "text_no_update", "text_no_replace"):
        op.execute(f"DROP TRIGGER ledger_{trigger}")


def _on_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
