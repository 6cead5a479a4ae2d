"""what is served: until when a version is, why it is not, and what was told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("closed_at", "served_until"):
        op.add_column("version", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    for name in ("closed_reason", "until_reason"):
        op.add_column("version", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "serving_change",
        sa.Column("journal_index", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("dataset", "versions", "change", "reason")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("since", "told_at")),
        sa.PrimaryKeyConstraint("journal_index"),
    )
    op.create_index("ix_serving_change_dataset", "serving_change", ["dataset"])


def downgrade() -> None:
    op.drop_table("serving_change")
    for name in ("until_reason", "closed_reason", "served_until", "closed_at"):
        op.drop_column("version", name)
