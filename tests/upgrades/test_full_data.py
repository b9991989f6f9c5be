"""Every migration, down and up again, with a row in every table: what was there is unchanged."""

from collections.abc import Mapping, Sequence

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from rights.everywhere import seed, seed_rest
from sqlalchemy import Connection, RowMapping, inspect, text

from mailer import addresses
from mailer.db import db, transaction
from mailer.resources import folder
from mailer.subscriptions.index_ddl import TRIGRAMS

MIGRATIONS = str(folder("migrations"))
LEA = "lea@exemple.fr"
Rows = Mapping[str, list[dict[str, object]]]
# What a step down takes away by nature: a column that the step added has nowhere to stay, and
# comes back as it is for a row that was there before the step. A table that it made is not named.
LOST: Mapping[str, tuple[str, str]] = {
    "0042": ("a mail did not name what it rests on", "outbox_message.subscription_id"),
    "0041": ("nobody could ask for a source to be read at once", "source.asked_at"),
    "0040": (
        "a program that failed did not rest",
        "webhook_endpoint.failing_since webhook_endpoint.rests_until",
    ),
    "0035": (
        "a list was open, on the form, and did not greet",
        "mailing_list.closed_at mailing_list.unlisted mailing_list.welcome",
    ),
    "0034": ("a row of an import had no date of its own", "import_row.given_at import_row.network"),
    "0030": ("people of the desk had no language", "account.language"),
    "0027": (
        "a campaign was for a whole list, and a list had no place and no subject",
        (
            "campaign.predicate campaign.segment_id campaign.segment_name campaign.segment_text"
            " mailing_list.territory mailing_list.topic"
        ),
    ),
    "0026": ("the record of the desk had no reasons", "audit_entry.for_case audit_entry.why"),
    "0024": ("nobody knew when a colleague was last here", "account.last_seen_at"),
    "0023": ("drafts had no trash", "issue.trashed_at"),
    "0022": ("no letter corrected another", "campaign.corrects"),
    "0021": ("a letter had one subject", "delivery.variant"),
    "0019": ("letters had no undo", "issue.stands_at"),
    "0018": (
        "there was no archive to be searched, and links bore no campaign",
        (
            "approved_letter.searched approved_letter.web_summary approved_letter.web_text"
            " approved_letter.web_title campaign.utm_campaign campaign.utm_medium"
            " campaign.utm_source"
        ),
    ),
    "0014": ("letters had one theme", "issue.theme"),
    "0013": (
        "an approval was bound to no content",
        "approved_letter.content_hash campaign.content_hash",
    ),
    "0010": (
        "articles had no small picture, and nobody noticed when they changed or vanished",
        (
            "article.alt_written_at article.changed_at article.image_failure article.page_asked_at"
            " article.picture_small article.vanished_at article.words source.preset"
        ),
    ),
    "0008": ("nothing was sent again on purpose", "delivery.repeats"),
    "0006": ("the calendar of the officer had no address", "account.calendar_key"),
    "0004": (
        "a request said less of who asks, who decides and how it ended",
        (
            "rights_request.archived_at rights_request.contact rights_request.decided_by"
            " rights_request.ended_as rights_request.heard_by rights_request.postal_address"
            " rights_request.representative rights_task.proof"
        ),
    ),
    "0003": (
        "a request had no assignee, no draft and no lines, and a letter was in one language",
        (
            "rights_letter.delivered_at rights_letter.language rights_letter.sha256"
            " rights_letter.source rights_letter.status rights_letter.version"
            " rights_request.assignee rights_request.complaint_number rights_request.draft"
            " rights_request.lift_told_at rights_request.lifted_at rights_request.proven"
            " rights_request.related_to rights_request_line.ground rights_request_line.reason"
        ),
    ),
    "0002": (
        "events were in no chain and not sealed; on the way up they get a new number, key and seal",
        (
            "confirmation.agreed consent_event.hash consent_event.sealed"
            " consent_event.sealed_sha256"
            " consent_event.uuid mailing_list.aim mailing_list.asks_age notice.name notice.valid_to"
            " subscriber.paused_until"
        ),
    ),
}


@pytest.fixture
def full(app):
    """A database in which no table is empty; the settings of Alembic."""
    fingerprint = addresses.fingerprint(addresses.parse(LEA), app.config["FINGERPRINT_KEY"])
    with transaction():
        seed(fingerprint, LEA)
        seed_rest(fingerprint, LEA)
    flask_migrate.Migrate(app, db)
    return app.extensions["migrate"].migrate.get_config(MIGRATIONS)


def rows() -> Rows:
    """All that the database holds, table by table, as the database itself has it."""
    db.session.remove()
    with db.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return {
            name: sorted(map(dict, _all(connection, name)), key=repr)
            for name in names
            # Where SQLite keeps an index, nothing is read.
            if not name.startswith(TRIGRAMS)
        }


def _all(connection: Connection, name: str) -> Sequence[RowMapping]:
    quoted = connection.dialect.identifier_preparer.quote(name)
    return connection.execute(text(f"SELECT * FROM {quoted}")).mappings().all()  # noqa: S608 - our own names


def columns(held: Rows) -> set[str]:
    """Every column that it has."""
    return {f"{name}.{column}" for name, found in held.items() for row in found for column in row}


def differences(before: Rows, after: Rows, kept: Rows) -> set[str]:
    """The columns that differ, and the tables by their number of rows, where the step left them."""
    found = {name for name in kept if len(before[name]) != len(after[name])}
    for name in kept:
        for old, new in zip(before[name], after[name], strict=False):
            found |= {f"{name}.{column}" for column in old if old[column] != new.get(column)}
    return found


def test_no_table_is_empty(full):
    del full
    assert {name for name, found in rows().items() if not found} == set()


def test_every_migration_goes_down_and_up_with_the_rows_unchanged(full):
    lost: dict[str, set[str]] = {}
    for step in ScriptDirectory.from_config(full).walk_revisions():
        if step.down_revision is None:
            break
        before = rows()
        flask_migrate.downgrade(directory=MIGRATIONS, revision="-1")
        kept = rows()
        flask_migrate.upgrade(directory=MIGRATIONS, revision="+1")
        if found := differences(before, rows(), kept):
            lost[step.revision] = found
        assert not found & columns(kept), step.revision
        flask_migrate.downgrade(directory=MIGRATIONS, revision="-1")
    assert lost == {revision: set(names.split()) for revision, (_, names) in LOST.items()}
