"""Dress letters: the theme of each, and what was chosen of a theme."""

import sqlalchemy as sa
from alembic import op

from mailer import ddl

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

COMMON = sa.text("newsletter_id IS NULL")


def upgrade() -> None:
    ddl.add("issue", "theme VARCHAR(60) DEFAULT 'estran' NOT NULL")
    op.create_table(
        "letter_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("newsletter_id", sa.Integer(), nullable=True),
        sa.Column("colours", sa.JSON(), nullable=False),
        sa.Column("text_font", sa.String(length=20), nullable=False),
        sa.Column("title_font", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("radius", sa.Integer(), nullable=False),
        sa.Column("logo", sa.String(), nullable=False),
        sa.Column("logo_width", sa.Integer(), nullable=False),
        sa.Column("logo_height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["newsletter_id"],
            ["newsletter.id"],
            name=op.f("fk_letter_look_newsletter_id_newsletter"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_look")),
    )
    op.create_index(
        "uq_letter_look_series", "letter_look", ["theme", "newsletter_id"], unique=True
    )
    op.create_index(
        "uq_letter_look_common",
        "letter_look",
        ["theme"],
        unique=True,
        sqlite_where=COMMON,
        postgresql_where=COMMON,
    )
    op.create_index(op.f("ix_letter_look_newsletter_id"), "letter_look", ["newsletter_id"])


def downgrade() -> None:
    op.drop_table("letter_look")
    op.drop_column("issue", "theme")
