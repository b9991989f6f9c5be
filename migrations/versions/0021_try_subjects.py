"""Several subjects tried on a part of the list: what was planned, who got which, what was chosen."""

import sqlalchemy as sa
from alembic import op

from mailer import ddl
from mailer.db import UTCDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ddl.add("delivery", "variant SMALLINT")
    op.create_table(
        "subject_test",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("wait_hours", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("decides_at", UTCDateTime(), nullable=True),
        sa.Column("winner", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("basis", sa.String(length=20), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("share BETWEEN 10 AND 50", name=op.f("ck_subject_test_share_of_list")),
        sa.CheckConstraint(
            "wait_hours BETWEEN 1 AND 24", name=op.f("ck_subject_test_wait_of_a_day")
        ),
        sa.CheckConstraint(
            "(winner IS NULL) = (decided_at IS NULL) AND (winner IS NULL) = (verdict IS NULL)",
            name=op.f("ck_subject_test_decided_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_subject_test_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["account.id"], name=op.f("fk_subject_test_approved_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_subject_test_decided_by_account")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_subject_test")),
    )
    op.create_table(
        "campaign_subject",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.CheckConstraint(
            "position BETWEEN 1 AND 4", name=op.f("ck_campaign_subject_few_subjects")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_subject_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "position", name=op.f("pk_campaign_subject")),
    )


def downgrade() -> None:
    op.drop_table("campaign_subject")
    op.drop_table("subject_test")
    op.drop_column("delivery", "variant")
