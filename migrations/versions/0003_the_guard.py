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

# Who holds the database can take these down, and the chain finds out; they stop mistakes, and make tampering deliberate.
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
    """Leases and sending slots."""
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


def downgrade() -> None:
    """Without them one process polls and sends."""
    op.drop_table("sending_slot")
    op.drop_table("lease")
