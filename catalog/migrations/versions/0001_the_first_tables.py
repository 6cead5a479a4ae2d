"""the first tables: datasets, versions, files, walks."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    datasets()
    versions()
    files()
    walks()


def datasets() -> None:
    op.create_table(
        "dataset",
        *words("slug", "title", "description", "kind", "theme", "service", "licence", "source", "shape"),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        *words("state", "state_reason"),
        sa.Column("current_version", sa.Integer(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("withdrawal_delay_s", sa.Integer(), nullable=False),
        instant("updated_at"),
        sa.PrimaryKeyConstraint("slug"),
    )


def versions() -> None:
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        *words("dataset"),
        sa.Column("number", sa.Integer(), nullable=False),
        instant("published_at"),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("masked", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        *words("folder", "content_digest", "policy_digest"),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("journal_index", sa.Integer(), nullable=False),
        *words("note"),
        instant("withdrawn_at", nullable=True),
        *words("withdrawn_reason"),
        sa.ForeignKeyConstraint(["dataset"], ["dataset.slug"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dataset", "number"),
    )
    op.create_index("ix_version_dataset", "version", ["dataset"])


def files() -> None:
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        *words("name", "media_type"),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        *words("sha256"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("version_id", "name"),
    )
    op.create_index("ix_file_version_id", "file", ["version_id"])


def walks() -> None:
    op.create_table(
        "walk",
        sa.Column("id", sa.Integer(), nullable=False),
        *words("run_id", "dataset"),
        instant("started_at"),
        instant("ended_at"),
        *words("outcome", "door"),
        sa.Column("version", sa.Integer(), nullable=True),
        *words("message_fr", "message_en"),
        sa.Column("internal", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_walk_run_id", "walk", ["run_id"])
    op.create_index("ix_walk_dataset", "walk", ["dataset"])


def downgrade() -> None:
    for table in ("walk", "file", "version", "dataset"):
        op.drop_table(table)
