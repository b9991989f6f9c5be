"""What each day brought to each list and took from it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_day",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("went", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_list.id"], name=op.f("fk_list_day_list_id_mailing_list")
        ),
        sa.PrimaryKeyConstraint("list_id", "day", name=op.f("pk_list_day")),
    )


def downgrade() -> None:
    op.drop_table("list_day")
