"""tokens of the API, and drafts of datasets that programs write in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_token",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("id", "digest", "user", "role", "organization", "name")
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "draft",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "name", "organization", "state")),
        sa.Column("described", sa.JSON(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("made_at", "changed_at")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )


def downgrade() -> None:
    op.drop_table("draft")
    op.drop_table("api_token")
