"""Let letters compose themselves, and note which article was in which letter."""

import sqlalchemy as sa
from alembic import op

import mailer.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)


def words(name, *known):
    return sa.Enum(*known, name=name, native_enum=False, length=20)


FREQUENCY = words("frequency", "each", "weekly", "monthly")
STATES = ("claimed", "empty", "composed", "drafted", "approved", "scheduled", "sent", "cancelled")


def upgrade() -> None:
    op.create_table(
        "sent_article",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("frequency", FREQUENCY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_sent_article_issue_id_issue")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_list.id"], name=op.f("fk_sent_article_list_id_mailing_list")
        ),
        sa.PrimaryKeyConstraint(
            "issue_id", "list_id", "key", "frequency", name=op.f("pk_sent_article")
        ),
    )
    op.create_index(op.f("ix_sent_article_list_id_key"), "sent_article", ["list_id", "key"])
    op.create_index(op.f("ix_sent_article_list_id_article_id"), "sent_article", ["list_id", "article_id"])
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newsletter_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("then", words("then", "send", "draft"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_seal", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_digest_confirmed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_digest_created_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["newsletter_id"], ["newsletter.id"], name=op.f("fk_digest_newsletter_id_newsletter")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["issue.id"], name=op.f("fk_digest_template_id_issue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("newsletter_id", name=op.f("uq_digest_newsletter_id")),
        sa.UniqueConstraint("template_id", name=op.f("uq_digest_template_id")),
    )
    op.create_table(
        "digest_mode",
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("frequency", FREQUENCY, nullable=False),
        sa.Column("rhythm", words("rhythm", "daily", "weekly", "monthly"), nullable=False),
        sa.Column("hour", sa.String(length=5), nullable=False),
        sa.Column("weekdays", sa.String(length=13), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("next_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["digest_id"],
            ["digest.id"],
            name=op.f("fk_digest_mode_digest_id_digest"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest_id", "frequency", name=op.f("pk_digest_mode")),
    )
    op.create_index(op.f("ix_digest_mode_next_at"), "digest_mode", ["next_at"])
    op.create_table(
        "digest_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("frequency", FREQUENCY, nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("served", sa.String(length=30), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("state", words("runstate", *STATES), nullable=False),
        sa.Column(
            "why",
            words("why", "chosen", "changed", "closed", "blocked", "many", "taken_back"),
            nullable=True,
        ),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["digest_id"],
            ["digest.id"],
            name=op.f("fk_digest_run_digest_id_digest"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_digest_run_issue_id_issue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_run")),
        sa.UniqueConstraint(
            "digest_id", "frequency", "period", name=op.f("uq_digest_run_digest_id_frequency_period")
        ),
        sa.UniqueConstraint("issue_id", name=op.f("uq_digest_run_issue_id")),
    )
    op.create_index(op.f("ix_digest_run_state_id"), "digest_run", ["state", "id"])


def downgrade() -> None:
    for name in ("digest_run", "digest_mode", "digest", "sent_article"):
        op.drop_table(name)
