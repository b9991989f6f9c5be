"""Note that somebody waits to hear what stands at an address."""

import sqlalchemy as sa
from alembic import op

from mailer.db import UTCDateTime

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_lookup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column(
            "aim", sa.Enum("try", "add", name="aim", native_enum=False, length=10), nullable=False
        ),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("found", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_source_lookup_source_id_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_lookup")),
        sqlite_autoincrement=True,
    )
    for column in ("asked_at", "due_at"):
        op.create_index(op.f(f"ix_source_lookup_{column}"), "source_lookup", [column])


def downgrade() -> None:
    op.drop_table("source_lookup")
