"""Keep what the newcomers of a list receive, and the campaigns of each of its letters."""

import sqlalchemy as sa
from alembic import op

from mailer.db import UTCDateTime

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

STATE = sa.Enum("draft", "running", "paused", "stopped", name="state", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "sequence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state = 'draft' OR (started_at IS NOT NULL AND confirmed_by IS NOT NULL"
            " AND confirmed_at IS NOT NULL)",
            name=op.f("ck_sequence_started_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_list.id"], name=op.f("fk_sequence_list_id_mailing_list")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_sequence_created_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_sequence_confirmed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sequence")),
        sa.UniqueConstraint("list_id", name=op.f("uq_sequence_list_id")),
    )
    op.create_table(
        "sequence_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sequence_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("planned_at", UTCDateTime(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("days BETWEEN 0 AND 365", name=op.f("ck_sequence_step_within_a_year")),
        sa.ForeignKeyConstraint(
            ["sequence_id"],
            ["sequence.id"],
            name=op.f("fk_sequence_step_sequence_id_sequence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_sequence_step_issue_id_issue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sequence_step")),
        sa.UniqueConstraint(
            "sequence_id", "days", name=op.f("uq_sequence_step_sequence_id_days")
        ),
        sa.UniqueConstraint(
            "sequence_id", "issue_id", name=op.f("uq_sequence_step_sequence_id_issue_id")
        ),
    )
    op.create_index(op.f("ix_sequence_step_issue_id"), "sequence_step", ["issue_id"])
    op.create_table(
        "sequence_round",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_sequence_round_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"],
            ["sequence_step.id"],
            name=op.f("fk_sequence_round_step_id_sequence_step"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_sequence_round")),
    )
    op.create_index(op.f("ix_sequence_round_step_id"), "sequence_round", ["step_id"])


def downgrade() -> None:
    op.drop_table("sequence_round")
    op.drop_table("sequence_step")
    op.drop_table("sequence")
