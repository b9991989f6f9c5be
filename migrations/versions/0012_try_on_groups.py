"""Try letters on groups of colleagues."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trial_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_group")),
        sa.UniqueConstraint("name", name=op.f("uq_trial_group_name")),
    )
    op.create_table(
        "trial_reader",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["trial_group.id"],
            name=op.f("fk_trial_reader_group_id_trial_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "address", name=op.f("pk_trial_reader")),
    )


def downgrade() -> None:
    op.drop_table("trial_reader")
    op.drop_table("trial_group")
