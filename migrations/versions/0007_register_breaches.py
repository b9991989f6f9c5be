"""Register breaches: incidents, who was told of each, and what may be the trace of another."""

import sqlalchemy as sa
from alembic import op

import mailer.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = mailer.db.UTCDateTime(timezone=True)
CREATED = (
    "breach",
    "breach_reference_counter",
    "breach_letter",
    "breach_notification",
    "breach_person",
    "breach_reminder",
    "breach_suspicion",
)


def upgrade() -> None:
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("rulebook_version", sa.String(), nullable=False),
        sa.Column("began_at", TIME, nullable=True),
        sa.Column("discovered_at", TIME, nullable=True),
        sa.Column("aware_at", TIME, nullable=False),
        sa.Column("found_how", sa.Text(), nullable=False),
        sa.Column("circumstances", sa.Text(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "unknown",
                "internal_accident",
                "internal_act",
                "external_accident",
                "external_act",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("natures", sa.JSON(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("persons_count", sa.Integer(), nullable=True),
        sa.Column("records_count", sa.Integer(), nullable=True),
        sa.Column("safeguards", sa.Text(), nullable=False),
        sa.Column("consequences", sa.Text(), nullable=False),
        sa.Column("measures_taken", sa.Text(), nullable=False),
        sa.Column("measures_planned", sa.Text(), nullable=False),
        sa.Column(
            "risk",
            sa.Enum(
                "none",
                "risk",
                "high",
                name="risk",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("risk_reason", sa.Text(), nullable=False),
        sa.Column("is_cross_border", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("processors", sa.Text(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=True),
        sa.Column(
            "exemption",
            sa.Enum(
                "unintelligible",
                "mitigated",
                "published",
                name="exemption",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("exemption_reason", sa.Text(), nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("closing_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(exemption IS NULL) = (exemption_reason = '')", name=op.f("ck_breach_exemption_said")
        ),
        sa.CheckConstraint("began_at <= aware_at", name=op.f("ck_breach_began_before")),
        sa.CheckConstraint("discovered_at <= aware_at", name=op.f("ck_breach_discovered_before")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
        sa.UniqueConstraint("reference", name=op.f("uq_breach_reference")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_breach_closed_at_id"), ["closed_at", "id"], unique=False
        )

    op.create_table(
        "breach_reference_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_breach_reference_counter")),
    )
    op.create_table(
        "breach_letter",
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("consequences", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("left_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["breach_id"],
            ["breach.id"],
            name=op.f("fk_breach_letter_breach_id_breach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("breach_id", "language", name=op.f("pk_breach_letter")),
    )
    op.create_table(
        "breach_notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "whole",
                "initial",
                "complement",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("notified_at", TIME, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("delay_reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["breach_id"],
            ["breach.id"],
            name=op.f("fk_breach_notification_breach_id_breach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_notification")),
    )
    with op.batch_alter_table("breach_notification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_breach_notification_breach_id"), ["breach_id"], unique=False
        )
        batch_op.create_index(
            "uq_breach_notification_first",
            ["breach_id"],
            unique=True,
            sqlite_where=sa.text("phase <> 'complement'"),
            postgresql_where=sa.text("phase <> 'complement'"),
        )

    op.create_table(
        "breach_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "queued",
                "sent",
                "failed",
                "unreachable",
                name="told",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["breach_id"],
            ["breach.id"],
            name=op.f("fk_breach_person_breach_id_breach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_person")),
        sa.UniqueConstraint(
            "breach_id", "fingerprint", name=op.f("uq_breach_person_breach_id_fingerprint")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("breach_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_breach_person_fingerprint"), ["fingerprint"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_breach_person_message_id"), ["message_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_breach_person_state_id"), ["state", "id"], unique=False
        )

    op.create_table(
        "breach_reminder",
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("timer", sa.String(), nullable=False),
        sa.Column("given_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["breach_id"],
            ["breach.id"],
            name=op.f("fk_breach_reminder_breach_id_breach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("breach_id", "timer", name=op.f("pk_breach_reminder")),
    )
    op.create_table(
        "breach_suspicion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "detector",
            sa.Enum(
                "ledger",
                "sign_ins",
                "export",
                name="detector",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "decided_at IS NULL OR breach_id IS NOT NULL OR reason <> ''",
            name=op.f("ck_breach_suspicion_decision_said"),
        ),
        sa.ForeignKeyConstraint(
            ["breach_id"],
            ["breach.id"],
            name=op.f("fk_breach_suspicion_breach_id_breach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_suspicion")),
        sa.UniqueConstraint("detector", "key", name=op.f("uq_breach_suspicion_detector_key")),
    )
    with op.batch_alter_table("breach_suspicion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_breach_suspicion_breach_id"), ["breach_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_breach_suspicion_decided_at"), ["decided_at"], unique=False
        )


def downgrade() -> None:
    for name in reversed(CREATED):
        op.drop_table(name)
