"""What is looked up often stays quick after years: prompts of a month, claims of a period, what somebody decided.

Revision: 0004, after: 0003.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three indexes."""
    op.create_index(op.f("ix_letter_kind_written_at"), "letter", ["kind", "written_at"])
    op.create_index(op.f("ix_due_period"), "due", ["period"])
    op.create_index(op.f("ix_ledger_actor_id"), "ledger", ["actor_id"])


def downgrade() -> None:
    """Without them every row is read."""
    op.drop_index(op.f("ix_ledger_actor_id"), table_name="ledger")
    op.drop_index(op.f("ix_due_period"), table_name="due")
    op.drop_index(op.f("ix_letter_kind_written_at"), table_name="letter")
