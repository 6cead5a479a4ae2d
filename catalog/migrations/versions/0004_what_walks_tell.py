"""what anybody may read of how a walk ended."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("walk", sa.Column("told", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    with op.batch_alter_table("walk") as walk:  # it was for the rows that were there; new ones say what they tell
        walk.alter_column("told", server_default=None)


def downgrade() -> None:
    op.drop_column("walk", "told")
