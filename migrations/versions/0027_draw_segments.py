"""Segments, the campaigns that are for one, and what lists are about and where."""

import sqlalchemy as sa
from alembic import op

from mailer import ddl
from mailer.db import UTCDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("predicate", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["account.id"], name=op.f("fk_segment_saved_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("name", name=op.f("uq_segment_name")),
        sqlite_autoincrement=True,
    )
    ddl.add("mailing_list", "topic VARCHAR DEFAULT '' NOT NULL")
    ddl.add("mailing_list", "territory VARCHAR DEFAULT '' NOT NULL")
    ddl.add("campaign", "segment_id INTEGER")
    ddl.add("campaign", "segment_name VARCHAR DEFAULT '' NOT NULL")
    ddl.add("campaign", "segment_text VARCHAR DEFAULT '' NOT NULL")
    ddl.add("campaign", "predicate JSON")
    op.create_index(op.f("ix_campaign_segment_id"), "campaign", ["segment_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_campaign_segment_id"), "campaign")
    for column in ("segment_id", "segment_name", "segment_text", "predicate"):
        op.drop_column("campaign", column)
    op.drop_column("mailing_list", "territory")
    op.drop_column("mailing_list", "topic")
    op.drop_table("segment")
