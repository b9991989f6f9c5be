"""Draw a letter once more for readers to whom a condition shows other blocks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FREQUENCY = sa.Enum(
    "each", "weekly", "monthly", name="frequency", native_enum=False, length=20
)


def upgrade() -> None:
    op.create_table(
        "approved_version",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("frequency", FREQUENCY, nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"],
            ["approved_letter.issue_id"],
            name=op.f("fk_approved_version_issue_id_approved_letter"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "issue_id", "language", "frequency", name=op.f("pk_approved_version")
        ),
    )


def downgrade() -> None:
    op.drop_table("approved_version")
