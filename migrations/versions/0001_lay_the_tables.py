"""Lay the tables."""

import sqlalchemy as sa
from alembic import op

import mailer.db


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("passphrase_hash", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("created_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "form_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("valid_from", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_snapshot")),
        sa.UniqueConstraint("sha256", name=op.f("uq_form_snapshot_sha256")),
    )
    op.create_table(
        "job_turn",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_job_turn")),
    )
    op.create_table(
        "mailing_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_list")),
        sa.UniqueConstraint("slug", name=op.f("uq_mailing_list_slug")),
    )
    op.create_table(
        "notice",
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
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("valid_from", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "kind", "locale", "version", name=op.f("uq_notice_kind_locale_version")
        ),
        sa.UniqueConstraint("sha256", name=op.f("uq_notice_sha256")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("return_path", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("written_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("give_up_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "leased",
                "uncertain",
                "repeated",
                "sent",
                "failed",
                name="state",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(next_at IS NULL) = (state IN ('sent', 'failed'))",
            name=op.f("ck_outbox_message_to_do_has_hour"),
        ),
        sa.CheckConstraint(
            "(next_at IS NULL) = (recipient IS NULL)",
            name=op.f("ck_outbox_message_over_names_nobody"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_message_id")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_message_next_at"), ["next_at"], unique=False)

    op.create_table(
        "rights_reference_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_rights_reference_counter")),
    )
    op.create_table(
        "rights_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "form",
                "email",
                "post",
                "phone",
                "counter",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("logged_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("verbatim", sa.Text(), nullable=False),
        sa.Column("rulebook_version", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("raw_due", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "answered",
                "withdrawn",
                "duplicate",
                "not_a_request",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("mailbox_confirmed_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("received_on <= due", name=op.f("ck_rights_request_due_after_receipt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_rights_request_reference")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rights_request_closed_at"), ["closed_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rights_request_fingerprint"), ["fingerprint"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rights_request_state_due_id"), ["state", "due", "id"], unique=False
        )

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sign_in_fingerprint_network_at"),
            ["fingerprint", "network", "at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_sign_in_network_at"), ["network", "at"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "feed",
                "json-feed",
                "wordpress",
                "sitemap",
                "page",
                name="kind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("last_modified", sa.String(), nullable=False),
        sa.Column("added_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_fetched_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("next_fetch_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("failing_since", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(failure IS NULL) = (failing_since IS NULL)", name=op.f("ck_source_failure_has_start")
        ),
        sa.CheckConstraint(
            "(url IS NULL) <> (file_name IS NULL)", name=op.f("ck_source_address_or_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("url", name=op.f("uq_source_url")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_source_next_fetch_at"), ["next_fetch_at"], unique=False
        )

    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_subscriber_fingerprint")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("subscriber", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscriber_address"), ["address"], unique=False)

    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "objection",
                "complaint",
                "hard_bounce",
                "restriction",
                name="reason_known",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("since", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_suppression_fingerprint")),
    )
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "editor",
                "sender",
                "subscribers",
                "dpo",
                "admin",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_role_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("image_url", sa.String(), nullable=False),
        sa.Column("image_alt", sa.String(), nullable=False),
        sa.Column("published_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("first_seen_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("image_width", sa.Integer(), nullable=False),
        sa.Column("image_height", sa.Integer(), nullable=False),
        sa.Column("image_due_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("image_attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_article_source_id_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("source_id", "key", name=op.f("uq_article_source_id_key")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_first_seen_at"), ["first_seen_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_article_image_due_at"), ["image_due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_key"), ["key"], unique=False)

    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("used_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_confirmation_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("confirmation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_confirmation_subscriber_id_sent_at"),
            ["subscriber_id", "sent_at"],
            unique=False,
        )

    op.create_table(
        "consent_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurred_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
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
        sa.Column(
            "method",
            sa.Enum(
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
                name="method_known",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("notice_sha256", sa.String(), nullable=True),
        sa.Column("form_sha256", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
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
    with op.batch_alter_table("consent_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_event_fingerprint_id"), ["fingerprint", "id"], unique=False
        )

    op.create_table(
        "newsletter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_list.id"], name=op.f("fk_newsletter_list_id_mailing_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter")),
        sa.UniqueConstraint("list_id", name=op.f("uq_newsletter_list_id")),
    )
    op.create_table(
        "rights_deadline_warning",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("timer", sa.String(), nullable=False),
        sa.Column("given_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_deadline_warning_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", "timer", name=op.f("pk_rights_deadline_warning")),
    )
    op.create_table(
        "rights_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acknowledgement",
                "objection",
                "answer",
                "refusal",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("written_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_letter_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_letter")),
    )
    with op.batch_alter_table("rights_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rights_letter_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "rights_request_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "right",
            sa.Enum(
                "access",
                "rectification",
                "objection",
                "erasure",
                "restriction",
                "portability",
                "withdrawal",
                "post_mortem",
                "unclear",
                name="right",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partly",
                "refused",
                "no_data",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_request_line_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request_line")),
        sa.UniqueConstraint(
            "request_id", "right", name=op.f("uq_rights_request_line_request_id_right")
        ),
    )
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newsletter_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("preheader", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "approved", name="state", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("approved_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'approved' OR approved_at IS NOT NULL", name=op.f("ck_issue_approved_dated")
        ),
        sa.ForeignKeyConstraint(
            ["newsletter_id"], ["newsletter.id"], name=op.f("fk_issue_newsletter_id_newsletter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
    )
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issue_newsletter_id"), ["newsletter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_issue_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "active",
                "ended",
                name="state_known",
                native_enum=False,
                create_constraint=True,
                length=10,
            ),
            nullable=False,
        ),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_origin", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state <> 'active' OR confirmed_at IS NOT NULL",
            name=op.f("ck_subscription_active_confirmed"),
        ),
        sa.CheckConstraint(
            "state <> 'ended' OR ended_at IS NOT NULL", name=op.f("ck_subscription_ended_dated")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent_event.id"],
            name=op.f("fk_subscription_consent_id_consent_event"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_list.id"], name=op.f("fk_subscription_list_id_mailing_list")
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_subscription_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint(
            "list_id", "subscriber_id", name=op.f("uq_subscription_list_id_subscriber_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subscription_confirmed_at"), ["confirmed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_subscription_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_subscription_list_id_state_subscriber_id"),
            ["list_id", "state", "subscriber_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_subscription_state_requested_at"),
            ["state", "requested_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_subscription_subscriber_id"), ["subscriber_id"], unique=False
        )

    op.create_table(
        "approved_letter",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("web_html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_approved_letter_issue_id_issue")
        ),
        sa.PrimaryKeyConstraint("issue_id", name=op.f("pk_approved_letter")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "scheduled",
                "running",
                "waiting",
                "failed",
                "finished",
                "cancelled",
                name="campaignstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("starts_at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("started_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("retry_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column(
            "failure",
            sa.Enum(
                "merge", "login", "policy", "message", name="failure", native_enum=False, length=20
            ),
            nullable=True,
        ),
        sa.Column("failure_detail", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_campaign_failure_said")
        ),
        sa.CheckConstraint(
            "state <> 'waiting' OR retry_at IS NOT NULL", name=op.f("ck_campaign_wait_ends")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_campaign_created_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_campaign_issue_id_issue")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_list.id"], name=op.f("fk_campaign_list_id_mailing_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint(
            "issue_id", "list_id", "run", name=op.f("uq_campaign_issue_id_list_id_run")
        ),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_list_id"), ["list_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_campaign_state_starts_at"), ["state", "starts_at"], unique=False
        )

    op.create_table(
        "confirmation_line",
        sa.Column("confirmation_id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmation_id"],
            ["confirmation.id"],
            name=op.f("fk_confirmation_line_confirmation_id_confirmation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_confirmation_line_subscription_id_subscription"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "confirmation_id", "subscription_id", name=op.f("pk_confirmation_line")
        ),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "leased",
                "sent",
                "deferred",
                "failed",
                "uncertain",
                "withheld",
                name="deliverystate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.Column("lease_until", mailer.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("at", mailer.db.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(lease_until IS NOT NULL) = (state = 'leased')",
            name=op.f("ck_delivery_leased_has_end"),
        ),
        sa.CheckConstraint(
            "(next_at IS NOT NULL) = (state IN ('queued', 'deferred'))",
            name=op.f("ck_delivery_to_do_has_hour"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_delivery_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_delivery_subscriber_id_subscriber"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "campaign_id", "subscriber_id", name=op.f("uq_delivery_campaign_id_subscriber_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_leased",
            ["lease_until"],
            unique=False,
            sqlite_where=sa.text("lease_until IS NOT NULL"),
            postgresql_where=sa.text("lease_until IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_delivery_subscriber_id"), ["subscriber_id"], unique=False
        )
        batch_op.create_index(
            "ix_delivery_to_do",
            ["campaign_id", "next_at", "id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_delivery_to_do",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_delivery_subscriber_id"))
        batch_op.drop_index(
            "ix_delivery_leased",
            sqlite_where=sa.text("lease_until IS NOT NULL"),
            postgresql_where=sa.text("lease_until IS NOT NULL"),
        )

    op.drop_table("delivery")
    op.drop_table("confirmation_line")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_state_starts_at"))
        batch_op.drop_index(batch_op.f("ix_campaign_list_id"))

    op.drop_table("campaign")
    op.drop_table("approved_letter")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscription_subscriber_id"))
        batch_op.drop_index(batch_op.f("ix_subscription_state_requested_at"))
        batch_op.drop_index(batch_op.f("ix_subscription_list_id_state_subscriber_id"))
        batch_op.drop_index(batch_op.f("ix_subscription_ended_at"))
        batch_op.drop_index(batch_op.f("ix_subscription_confirmed_at"))

    op.drop_table("subscription")
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issue_state_id"))
        batch_op.drop_index(batch_op.f("ix_issue_newsletter_id"))

    op.drop_table("issue")
    op.drop_table("rights_request_line")
    with op.batch_alter_table("rights_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rights_letter_request_id"))

    op.drop_table("rights_letter")
    op.drop_table("rights_deadline_warning")
    op.drop_table("newsletter")
    with op.batch_alter_table("consent_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_event_fingerprint_id"))

    op.drop_table("consent_event")
    with op.batch_alter_table("confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_confirmation_subscriber_id_sent_at"))

    op.drop_table("confirmation")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_key"))
        batch_op.drop_index(batch_op.f("ix_article_image_due_at"))
        batch_op.drop_index(batch_op.f("ix_article_first_seen_at"))

    op.drop_table("article")
    op.drop_table("account_role")
    op.drop_table("suppression")
    with op.batch_alter_table("subscriber", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscriber_address"))

    op.drop_table("subscriber")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_next_fetch_at"))

    op.drop_table("source")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_network_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_fingerprint_network_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_at"))

    op.drop_table("sign_in")
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rights_request_state_due_id"))
        batch_op.drop_index(batch_op.f("ix_rights_request_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_rights_request_closed_at"))

    op.drop_table("rights_request")
    op.drop_table("rights_reference_counter")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_message_next_at"))

    op.drop_table("outbox_message")
    op.drop_table("notice")
    op.drop_table("mailing_list")
    op.drop_table("job_turn")
    op.drop_table("form_snapshot")
    op.drop_table("audit_entry")
    op.drop_table("account")
