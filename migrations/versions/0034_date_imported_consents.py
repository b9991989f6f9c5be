"""Let a row of an import bring its own date, and say who left or bounced elsewhere."""

import sqlalchemy as sa
from alembic import op

from mailer.db import UTCDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

BEFORE = ("take", "leave", "objected", "complained")
AFTER = (*BEFORE, "withdrawn", "bounced")


def upgrade() -> None:
    _fates(AFTER)
    with op.batch_alter_table("import_row") as table:
        table.add_column(sa.Column("given_at", UTCDateTime(), nullable=True))
        table.add_column(sa.Column("network", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("import_row") as table:
        table.drop_column("network")
        table.drop_column("given_at")
    # Whoever is not taken for one reason is not taken for the other.
    op.execute("UPDATE import_row SET fate = 'leave' WHERE fate IN ('withdrawn', 'bounced')")
    _fates(BEFORE)


def _fates(known: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{fate}'" for fate in known)
    with op.batch_alter_table("import_row") as table:
        table.drop_constraint("fate_known", type_="check")
        table.create_check_constraint("fate_known", f"fate IN ({listed})")
