"""Prove consent: chain the ledger, and keep what notices, forms, measures and choices rest on.

Events that were recorded before the chain are taken into it in their order; what they held of a
person in clear is sealed under the person's key.
"""

import uuid
from collections.abc import Iterator
from functools import reduce
from itertools import groupby

import sqlalchemy as sa
from alembic import op

import mailer.db
from mailer import chains, triggers
from mailer.consent import chain, keys, sealing, states
from mailer.consent.evidence import Kind, Method

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MODES = "'none', 'aggregate', 'last_open_date', 'individual'"
BASES = (
    "'consent', 'contract', 'legitimate_interest', 'legal_obligation', 'public_interest',"
    " 'vital_interests', 'soft_optin', 'b2b_interest'"
)
KINDS = (
    "signup_requested",
    "confirmation_sent",
    "confirmed",
    "confirmation_expired",
    "imported",
    "renewal_asked",
    "renewed",
    "lapsed",
    "preference_changed",
    "withdrawn",
    "objected",
    "complained",
    "hard_bounced",
    "tracking_granted",
    "tracking_refused",
    "tracking_withdrawn",
    "restricted",
    "unrestricted",
    "rectified",
    "erased",
    "restored",
)
METHODS = (
    "web_form",
    "confirm_post",
    "one_click_post",
    "mailto",
    "preference_page",
    "staff",
    "import",
    "api",
    "feedback_loop",
    "bounce",
    "job",
    "dsr",
)
# Column by column and with its check: both databases can add it so to a table that is in use.
ADDED = (
    ("confirmation", "agreed BOOLEAN DEFAULT false NOT NULL"),
    ("mailing_list", "aim VARCHAR DEFAULT '' NOT NULL"),
    (
        "mailing_list",
        "basis VARCHAR(30) DEFAULT 'consent' NOT NULL"
        f" CONSTRAINT ck_mailing_list_lawfulbasis_known CHECK (basis IN ({BASES}))",
    ),
    (
        "mailing_list",
        "tracking VARCHAR(30) DEFAULT 'none' NOT NULL"
        f" CONSTRAINT ck_mailing_list_mode_known CHECK (tracking IN ({MODES}))",
    ),
    ("mailing_list", "asks_age BOOLEAN DEFAULT false NOT NULL"),
    (
        "campaign",
        "tracking VARCHAR(30) DEFAULT 'none' NOT NULL"
        f" CONSTRAINT ck_campaign_mode_known CHECK (tracking IN ({MODES}))",
    ),
    (
        "subscription",
        "frequency VARCHAR(30) DEFAULT 'each' NOT NULL"
        " CONSTRAINT ck_subscription_frequency_known CHECK"
        " (frequency IN ('each', 'weekly', 'monthly'))",
    ),
)
STATES = {
    "'unproven', 'pending', 'active', 'ended'": "'pending', 'active', 'ended'",
    "'pending', 'active', 'ended'": "'unproven', 'pending', 'active', 'ended'",
}
IN_A_GAP = triggers.Unless(
    "refuse_unaccounted", "SELECT 1 FROM ledger_gap WHERE OLD.id BETWEEN first_id AND last_id"
)
CREATED = (
    "asked_mail",
    "counter",
    "erasure",
    "ledger_anchor",
    "ledger_gap",
    "notice_source",
    "purge_line",
    "register_version",
    "subject_key",
    "address_change",
    "embed_origin",
    "import",
    "last_open",
    "leave_reason",
    "list_theme",
    "preference_change",
    "renewal",
    "import_row",
    "daily_hits",
    "measured_link",
    "hit",
)
TIME = mailer.db.UTCDateTime(timezone=True)


def _create_tables() -> None:
    op.create_table(
        "asked_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("is_answered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_mail")),
    )
    with op.batch_alter_table("asked_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asked_mail_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_asked_mail_fingerprint_at"), ["fingerprint", "at"], unique=False
        )

    op.create_table(
        "counter",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "starts_at", name=op.f("pk_counter")),
    )
    with op.batch_alter_table("counter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counter_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("written_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_fingerprint"), ["fingerprint"], unique=False)
        batch_op.create_index(batch_op.f("ix_erasure_written_at"), ["written_at"], unique=False)

    op.create_table(
        "ledger_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_anchor")),
    )
    op.create_table(
        "ledger_gap",
        sa.Column("first_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("last_hash", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.CheckConstraint("first_id <= last_id", name=op.f("ck_ledger_gap_first_is_first")),
        sa.PrimaryKeyConstraint("first_id", name=op.f("pk_ledger_gap")),
        sa.UniqueConstraint("last_id", name=op.f("uq_ledger_gap_last_id")),
    )
    op.create_table(
        "notice_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "short",
                "full",
                name="noticekind_known",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_source")),
    )
    with op.batch_alter_table("notice_source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice_source_kind_locale_id"), ["kind", "locale", "id"], unique=False
        )

    op.create_table(
        "purge_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("keep", sa.String(), nullable=False),
        sa.Column("then", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_purge_line_ended_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge_line")),
    )
    with op.batch_alter_table("purge_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purge_line_at"), ["at"], unique=False)

    op.create_table(
        "register_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_version")),
    )
    op.create_table(
        "subject_key",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_subject_key")),
    )
    op.create_table(
        "address_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("old_said_yes_at", TIME, nullable=True),
        sa.Column("new_said_yes_at", TIME, nullable=True),
        sa.Column("done_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_address_change_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("address_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_change_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_address_change_fingerprint"), ["fingerprint"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_address_change_subscriber_id_asked_at"),
            ["subscriber_id", "asked_at"],
            unique=False,
        )

    op.create_table(
        "embed_origin",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["mailing_list.id"],
            name=op.f("fk_embed_origin_list_id_mailing_list"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("list_id", "origin", name=op.f("pk_embed_origin")),
    )
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "received",
                "reading",
                "read",
                "writing",
                "done",
                "undoing",
                "undone",
                "dropped",
                "failed",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=10,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("separator", sa.String(), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("notice_sha256", sa.String(), nullable=True),
        sa.Column("answerable", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("approved_at", TIME, nullable=True),
        sa.Column("began_at", TIME, nullable=True),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("asked_at", TIME, nullable=True),
        sa.Column("lease_until", TIME, nullable=True),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("trouble_line", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage NOT IN ('writing', 'done', 'undoing', 'undone') OR list_id IS NOT NULL",
            name=op.f("ck_import_written_to_a_list"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_list.id"], name=op.f("fk_import_list_id_mailing_list")
        ),
        sa.ForeignKeyConstraint(
            ["notice_sha256"], ["notice.sha256"], name=op.f("fk_import_notice_sha256_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_stage"), ["stage"], unique=False)

    op.create_table(
        "last_open",
        sa.Column("subscriber_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_last_open_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscriber_id", name=op.f("pk_last_open")),
    )
    with op.batch_alter_table("last_open", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_last_open_day"), ["day"], unique=False)

    op.create_table(
        "leave_reason",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "too_often",
                "not_for_me",
                "never_asked",
                "no_time",
                "other",
                name="reason_known",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_list.id"], name=op.f("fk_leave_reason_list_id_mailing_list")
        ),
        sa.PrimaryKeyConstraint("list_id", "month", "reason", name=op.f("pk_leave_reason")),
    )
    op.create_table(
        "list_theme",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("accent", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("intro", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_alt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["mailing_list.id"],
            name=op.f("fk_list_theme_list_id_mailing_list"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_list_theme")),
    )
    op.create_table(
        "preference_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_preference_change_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("preference_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preference_change_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_preference_change_subscriber_id_at"),
            ["subscriber_id", "at"],
            unique=False,
        )

    op.create_table(
        "renewal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("answered_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_renewal_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("renewal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_renewal_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_renewal_subscriber_id_asked_at"),
            ["subscriber_id", "asked_at"],
            unique=False,
        )

    op.create_table(
        "consent_state",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "signup_requested",
                "confirmation_sent",
                "confirmed",
                "confirmation_expired",
                "imported",
                "renewal_asked",
                "renewed",
                "lapsed",
                "preference_changed",
                "withdrawn",
                "objected",
                "complained",
                "hard_bounced",
                "tracking_granted",
                "tracking_refused",
                "tracking_withdrawn",
                "restricted",
                "unrestricted",
                "rectified",
                "erased",
                "restored",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("since", TIME, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["consent_event.id"],
            name=op.f("fk_consent_state_event_id_consent_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("fingerprint", "purpose", name=op.f("pk_consent_state")),
    )
    with op.batch_alter_table("consent_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_state_event_id"), ["event_id"], unique=False)

    op.create_table(
        "import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "take",
                "leave",
                "objected",
                "complained",
                name="fate_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import.id"],
            name=op.f("fk_import_row_import_id_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "fingerprint", name=op.f("pk_import_row")),
    )
    op.create_table(
        "daily_hits",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_daily_hits_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "position", "day", name=op.f("pk_daily_hits")),
    )
    op.create_table(
        "measured_link",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_measured_link_after_opening")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_measured_link_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "position", name=op.f("pk_measured_link")),
        sa.UniqueConstraint("campaign_id", "url", name=op.f("uq_measured_link_campaign_id_url")),
    )
    op.create_table(
        "hit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_hit_delivery_id_delivery")
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_hit_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hit")),
        sa.UniqueConstraint("delivery_id", "position", name=op.f("uq_hit_delivery_id_position")),
    )
    with op.batch_alter_table("hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_hit_subscriber_id"), ["subscriber_id"], unique=False)


def upgrade() -> None:
    _take_out_events()
    events = _create_events()
    _create_tables()
    for table, column in ADDED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.add_column("subscriber", sa.Column("paused_until", TIME, nullable=True))
    _let_notices_be_filed()
    _allow_states("'unproven', 'pending', 'active', 'ended'")
    _chain(events)
    _stand(events)
    _guard(events)


def downgrade() -> None:
    _unguard()
    op.drop_table("consent_state")
    _take_out_events()
    _put_back_events()
    for name in reversed(CREATED):
        op.drop_table(name)
    _allow_states("'pending', 'active', 'ended'")
    _number_every_notice()
    for table, column in (*ADDED, ("subscriber", "paused_until")):
        op.drop_column(table, column.split()[0])


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _rewrite(table: str, old: str, new: str) -> None:
    """Change a rule of a SQLite table as its documentation has it (lang_altertable.html, 8).

    The rows stay as they are, so that nothing is copied; the caller has made sure that they obey.
    """
    op.execute("PRAGMA writable_schema = ON")
    changed = sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE name = :table")
    op.execute(changed.bindparams(old=old, new=new, table=table))
    op.execute("PRAGMA writable_schema = RESET")


def _allow_states(states: str) -> None:
    before, after = f"state IN ({STATES[states]})", f"state IN ({states})"
    if _is_sqlite():
        _rewrite("subscription", before, after)
        return
    op.execute("ALTER TABLE subscription DROP CONSTRAINT ck_subscription_state_known")
    op.create_check_constraint("state_known", "subscription", after)


def _let_notices_be_filed() -> None:
    moment = "DATETIME" if _is_sqlite() else "TIMESTAMP WITH TIME ZONE"
    op.execute("ALTER TABLE notice ADD COLUMN name VARCHAR DEFAULT '' NOT NULL")
    op.execute(
        f"ALTER TABLE notice ADD COLUMN valid_to {moment} CONSTRAINT ck_notice_dates_in_order"
        " CHECK (valid_to IS NULL OR valid_from <= valid_to)"
    )
    op.execute(
        f"ALTER TABLE notice ADD COLUMN filed_at {moment} CONSTRAINT ck_notice_filed_or_numbered"
        " CHECK ((version IS NULL) = (filed_at IS NOT NULL))"
        " CONSTRAINT ck_notice_dated_or_filed"
        " CHECK (filed_at IS NOT NULL OR valid_from IS NOT NULL)"
    )
    for column, kind in (("version", "INTEGER"), ("valid_from", "DATETIME")):
        if _is_sqlite():
            _rewrite("notice", f"{column} {kind} NOT NULL", f"{column} {kind}")
        else:
            op.alter_column("notice", column, nullable=True)


def _number_every_notice() -> None:
    """A text that was filed gets a number above all others, and the day on which it was filed."""
    if _is_sqlite():
        for rule in ("filed_or_numbered", "dated_or_filed"):
            _rewrite("notice", f"ck_notice_{rule} CHECK (", f"ck_notice_{rule} CHECK (1 = 1 OR ")
    else:
        for rule in ("filed_or_numbered", "dated_or_filed", "dates_in_order"):
            op.execute(f"ALTER TABLE notice DROP CONSTRAINT ck_notice_{rule}")
    op.execute(
        "UPDATE notice SET version = 1000000 + id, valid_from = COALESCE(valid_from, filed_at)"
        " WHERE version IS NULL"
    )
    for column in ("name", "valid_to", "filed_at"):
        op.drop_column("notice", column)
    for column, kind in (("version", "INTEGER"), ("valid_from", "DATETIME")):
        if _is_sqlite():
            _rewrite("notice", f"{column} {kind}", f"{column} {kind} NOT NULL")
        else:
            op.alter_column("notice", column, nullable=False)


def _take_out_events() -> None:
    """Put the events aside, so that their table can be made anew under the same names."""
    if not _is_sqlite():
        op.execute(
            "ALTER TABLE subscription DROP CONSTRAINT fk_subscription_consent_id_consent_event"
        )
    op.execute("CREATE TEMPORARY TABLE earlier_event AS SELECT * FROM consent_event")
    op.drop_table("consent_event")


def _point_at_events() -> None:
    if not _is_sqlite():
        op.create_foreign_key(
            "fk_subscription_consent_id_consent_event",
            "subscription",
            "consent_event",
            ["consent_id"],
            ["id"],
        )
    op.execute("DROP TABLE earlier_event")


def _words(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def _common_columns() -> tuple[sa.Column[object], ...]:
    """What an event says with and without a chain."""
    return (
        sa.Column("occurred_at", TIME, nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("kind", _words(KINDS, "kind_known"), nullable=False),
        sa.Column("method", _words(METHODS, "method_known"), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("notice_sha256", sa.String(), nullable=True),
        sa.Column("form_sha256", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
    )


def _keys() -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["form_sha256"],
            ["form_snapshot.sha256"],
            name=op.f("fk_consent_event_form_sha256_form_snapshot"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_sha256"], ["notice.sha256"], name=op.f("fk_consent_event_notice_sha256_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_event")),
    )


def _create_events() -> sa.Table:
    said = list(_common_columns())
    said.insert(7, sa.Column("basis", sa.String(), nullable=False))
    made = op.create_table(
        "consent_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        *said,
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_sha256", sa.String(), nullable=True),
        sa.Column("trace", sa.LargeBinary(), nullable=True),
        sa.Column("trace_sha256", sa.String(), nullable=True),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.CheckConstraint(
            "sealed IS NULL OR sealed_sha256 IS NOT NULL",
            name=op.f("ck_consent_event_sealed_is_chained"),
        ),
        sa.CheckConstraint(
            "trace IS NULL OR trace_sha256 IS NOT NULL",
            name=op.f("ck_consent_event_trace_is_chained"),
        ),
        *_keys(),
        info={"guarded": (("sealed", "trace"), IN_A_GAP)},
    )
    op.create_index(op.f("ix_consent_event_fingerprint_id"), "consent_event", ["fingerprint", "id"])
    return made


def _put_back_events() -> None:
    """The events without their chain; what was sealed stays unread."""
    op.create_table(
        "consent_event",
        sa.Column("id", sa.Integer(), nullable=False),
        *_common_columns(),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=True),
        *_keys(),
    )
    op.create_index(op.f("ix_consent_event_fingerprint_id"), "consent_event", ["fingerprint", "id"])
    said = ", ".join(column.name for column in _common_columns())
    op.execute(
        f"INSERT INTO consent_event (id, {said}, page, network)"
        f" SELECT id, {said}, '', NULL FROM earlier_event ORDER BY id"
    )
    _point_at_events()


def _earlier() -> Iterator[sa.RowMapping]:
    aside = sa.table(
        "earlier_event",
        sa.column("id", sa.Integer()),
        sa.column("page", sa.String()),
        sa.column("network", sa.String()),
        *(sa.column(column.name, column.type) for column in _common_columns()),
    )
    found = op.get_bind().execute(sa.select(aside).order_by(aside.c.id))
    yield from found.mappings()


def _chain(events: sa.Table) -> None:
    """Give each event its number, its seal and its link, and let subscriptions follow."""
    bind, key, last = op.get_bind(), keys.chain_key(), chains.START
    people = sa.table("subject_key", sa.column("fingerprint"), sa.column("key"))
    subscription = sa.table("subscription", sa.column("id"), sa.column("consent_id"))
    known: dict[str, bytes] = {}
    numbers: list[dict[str, int]] = []
    for event in _earlier():
        fingerprint = event["fingerprint"]
        if fingerprint not in known and (event["page"] or event["network"]):
            known[fingerprint] = sealing.new_key()
            bind.execute(people.insert().values(fingerprint=fingerprint, key=known[fingerprint]))
        row = _sealed(event, known.get(fingerprint))
        row |= {"id": last.seq + 1, "prev_hash": last.hash, "key_id": key.id}
        last = chains.Head(last.seq + 1, chains.hash_of(chain.text_of(row), key))
        bind.execute(events.insert().values(row | {"hash": last.hash}))
        numbers.append({"old": event["id"], "new": last.seq})
    # From the lowest: a number never grows, so none is met twice.
    follow = (
        subscription.update()
        .where(subscription.c.consent_id == sa.bindparam("old"))
        .values(consent_id=sa.bindparam("new"))
    )
    if numbers:
        bind.execute(follow, numbers)
    _point_at_events()


def _sealed(event: sa.RowMapping, secret: bytes | None) -> dict[str, object]:
    number = str(uuid.uuid4())
    said = {column.name: event[column.name] for column in _common_columns()}
    sealed = trace = None
    if secret:
        sealed = sealing.seal({"page": event["page"]}, secret, f"{number}/sealed")
        trace = sealing.seal({"network": event["network"] or ""}, secret, f"{number}/trace")
    return said | {
        "uuid": number,
        "basis": "",
        "sealed": sealed,
        "sealed_sha256": chain.digest(sealed),
        "trace": trace,
        "trace_sha256": chain.digest(trace),
    }


def _stand(events: sa.Table) -> None:
    """Where everyone stands by their events; who is suppressed stays so."""
    bind, c = op.get_bind(), events.c
    standing = sa.table(
        "consent_state",
        *(sa.column(n) for n in ("fingerprint", "purpose", "kind", "event_id")),
        sa.column("since", TIME),
    )
    told = sa.select(c.fingerprint, c.id, c.purpose, c.kind, c.method, c.occurred_at, c.origin)
    rows = bind.execute(told.order_by(c.fingerprint, c.id)).all()
    for fingerprint, theirs in groupby(rows, key=lambda row: row.fingerprint):
        record = reduce(states.apply, map(_happened, theirs), states.NOTHING)
        for purpose, stands in record.standings.items():
            values = {"kind": stands.kind.value, "since": stands.since, "event_id": stands.event_id}
            bind.execute(
                standing.insert().values(fingerprint=fingerprint, purpose=purpose, **values)
            )


def _happened(row: sa.Row[tuple[object, ...]]) -> states.Happened:
    return states.Happened(
        row.id, row.purpose, Kind(row.kind), Method(row.method), row.occurred_at, row.origin
    )


def _guarded(events: sa.Table) -> list[sa.Table]:
    plain = ("notice", "notice_source", "form_snapshot", "ledger_anchor")
    named = [sa.Table(name, sa.MetaData(), info={"guarded": ((), None)}) for name in plain]
    return [*named, events]


def _guard(events: sa.Table) -> None:
    for statement in triggers.statements(_guarded(events), op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def _unguard() -> None:
    for name in ("notice", "notice_source", "form_snapshot", "ledger_anchor", "consent_event"):
        for verb in ("update", "delete", "truncate"):
            where = "" if _is_sqlite() else f" ON {name}"
            op.execute(f"DROP TRIGGER IF EXISTS {name}_refuses_{verb}{where}")
    if not _is_sqlite():
        op.execute("DROP FUNCTION IF EXISTS refuse_change, refuse_unaccounted")
