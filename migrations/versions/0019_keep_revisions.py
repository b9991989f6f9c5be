"""Keep the revisions of letters, and which one a letter shows."""

import sqlalchemy as sa
from alembic import op

import mailer.db
from mailer import ddl

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)


def upgrade() -> None:
    ddl.add("issue", "stands_at INTEGER")
    op.create_table(
        "issue_revision",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("follows", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("preheader", sa.String(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("began_at", TIME, nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"],
            ["issue.id"],
            name=op.f("fk_issue_revision_issue_id_issue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("issue_id", "number", name=op.f("pk_issue_revision")),
    )
    op.create_index(op.f("ix_issue_revision_saved_at"), "issue_revision", ["saved_at"])


def downgrade() -> None:
    op.drop_table("issue_revision")
    op.drop_column("issue", "stands_at")
