"""Archive: what anybody reads of a letter; what its links tell; days of a second look."""

import unicodedata

import sqlalchemy as sa
from alembic import op

from mailer import ddl

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TOLD = ("web_title", "web_summary", "web_text", "searched")


def upgrade() -> None:
    ddl.add(
        "mailing_list",
        "archive VARCHAR(30) DEFAULT 'none' NOT NULL"
        " CONSTRAINT ck_mailing_list_archive_known"
        " CHECK (archive IN ('none', 'unindexed', 'indexed'))",
    )
    for name in TOLD:
        kind = "TEXT" if name in {"web_text", "searched"} else "VARCHAR"
        ddl.add("approved_letter", f"{name} {kind} DEFAULT '' NOT NULL")
    _tell()
    for name in ("source", "medium", "campaign"):
        ddl.add("campaign", f"utm_{name} VARCHAR DEFAULT '' NOT NULL")
    op.create_table(
        "election_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "first_day <= last_day", name=op.f("ck_election_period_days_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_period")),
    )


def _tell() -> None:
    """Subject and preheader of what was approved before; one that names its reader tells none."""
    issue = sa.table("issue", *map(sa.column, ("id", "subject", "preheader")))
    letter = sa.table("approved_letter", *map(sa.column, ("issue_id", *TOLD)))
    found = sa.select(issue).where(issue.c.id.in_(sa.select(letter.c.issue_id)))
    for number, subject, preheader in op.get_bind().execute(found).all():
        title, summary = (text if "{{" not in text else "" for text in (subject, preheader))
        plain = unicodedata.normalize("NFD", f"{title} {summary}").casefold()
        searched = "".join(each for each in plain if not unicodedata.combining(each))
        values = {"web_title": title or "…", "web_summary": summary, "searched": searched}
        op.execute(sa.update(letter).where(letter.c.issue_id == number).values(**values))


def downgrade() -> None:
    op.drop_table("election_period")
    for name in ("source", "medium", "campaign"):
        op.drop_column("campaign", f"utm_{name}")
    for name in TOLD:
        op.drop_column("approved_letter", name)
    op.drop_column("mailing_list", "archive")
