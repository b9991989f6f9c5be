"""Mark restorations: a backup that was put back ends the ledger, signed."""

import sqlalchemy as sa
from alembic import op

import mailer.db
from mailer import triggers

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_restoration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_restoration")),
    )
    made = sa.Table("ledger_restoration", sa.MetaData(), info={"guarded": ((), None)})
    for statement in triggers.statements([made], op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def downgrade() -> None:
    op.drop_table("ledger_restoration")
