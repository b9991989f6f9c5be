"""The figures that Prometheus reads: numbers of the work, nobody in them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from databases import SETTINGS
from prometheus_client.parser import text_string_to_metric_families as families
from sqlalchemy import event, text

from mailer.app import create_app
from mailer.backups import manifest, taking
from mailer.backups.manifest import Manifest
from mailer.clock import now
from mailer.db import db, transaction
from mailer.events import Kind, happened
from mailer.mail import outbox
from mailer.mail.models import State
from mailer.webhooks.models import Endpoint, Telling
from mailer.webhooks.models import State as TellingState

PAGE = "/metrics"
TOKEN = {"Authorization": "Bearer un jeton de mesure"}


@pytest.fixture
def scrape(app, visitor):
    """`scrape()`: the value of each metric by its name and labels."""
    app.config["METRICS_TOKEN"] = "un jeton de mesure"

    def read():
        answer = visitor.get(PAGE, headers=TOKEN)
        assert answer.content_type.startswith("text/plain; version=")
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in families(answer.text)
            for sample in family.samples
        }

    return read


def test_without_a_token_in_the_settings_there_is_no_such_page(visitor):
    assert visitor.get(PAGE, headers=TOKEN).status_code == 404
    assert visitor.get(PAGE, headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer autre"}])
def test_another_token_gets_the_same_answer_as_none(app, visitor, headers):
    app.config["METRICS_TOKEN"] = "un jeton de mesure"

    assert visitor.get(PAGE, headers=headers).status_code == 404


def test_a_mail_that_waits_is_counted_with_how_long_it_has(scrape, due_mail):
    found = scrape()

    assert found["mailer_outbox_messages", "queued"] == 1
    assert 3600 <= found["mailer_outbox_wait_seconds",] < 3700


def test_mails_that_ended_are_counted_for_an_hour(scrape, mail):
    before = now() - timedelta(hours=1, minutes=1)
    with transaction():
        for number, (state, at) in enumerate(
            [(State.SENT, now()), (State.SENT, before), (State.FAILED, now())]
        ):
            row = outbox.put(replace(mail, message_id=f"<{number}@exemple.fr>"), "test")
            row.state, row.ended_at = state, at
            row.next_at = row.recipient = None

    found = scrape()

    assert found["mailer_outbox_ended_last_hour", "sent"] == 1
    assert found["mailer_outbox_ended_last_hour", "failed"] == 1
    assert found["mailer_outbox_messages", "queued"] == 0


def test_webhooks_are_counted_by_where_they_stand(scrape):
    at = now()
    with transaction():
        told = happened(Kind.LETTER_APPROVED, letter_id=1)
        told.told_at = at
        for values, state in (
            ({}, TellingState.SENT),
            ({"failing_since": at, "rests_until": at}, TellingState.QUEUED),
            ({"disabled_at": at, "failing_since": at}, TellingState.DEAD),
            ({"disabled_at": at}, TellingState.SENT),
        ):
            address = {"url": "https://site.exemple.fr/", "kinds": "", "sealed_secret": b""}
            row = Endpoint(**address, created_at=at, **values)
            due = at if state is TellingState.QUEUED else None
            db.session.add(Telling(endpoint=row, event=told, state=state, next_at=due))

    found = scrape()

    assert [found["mailer_webhook_messages", each] for each in ("queued", "dead")] == [1, 1]
    assert ("mailer_webhook_messages", "sent") not in found
    for each in ("running", "failing", "stopped", "given_up"):
        assert found["mailer_webhook_endpoints", each] == 1


def test_what_was_sent_long_ago_is_not_read_to_count(scrape):
    asked = []

    def note(_connection, _cursor, statement, values, *_rest):
        if "count" in statement and ("outbox_message" in statement or "telling" in statement):
            asked.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        scrape()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert len(asked) == 3
    for statement, values in asked:
        plan = planned(statement, values)
        assert "ix_outbox_message_state_ended_at" in plan or "ix_webhook_telling_not_sent" in plan


def planned(statement, values):
    """How the database would go about it; PostgreSQL reads tables that are small as a whole."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    with db.engine.begin() as connection:
        if not is_sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        rows = connection.exec_driver_sql(f"{explain} {statement}", values)
        return "\n".join(str(row) for row in rows)


def test_nobody_stands_in_the_figures(app, visitor, due_mail):
    app.config["METRICS_TOKEN"] = "un jeton de mesure"

    assert "zoe" not in visitor.get(PAGE, headers=TOKEN).text


def test_answers_are_counted_by_route_never_by_address(scrape, visitor):
    visitor.get("/wp-login.php")
    visitor.open("/healthz", method="BREW")
    visitor.get("/healthz")

    found = scrape()
    counted = {key[1:4] for key in found if key[0] == "mailer_http_request_duration_seconds_count"}

    assert ("GET", "site.health", "200") in counted
    assert ("none", "none", "404") in counted
    assert not {key for key in counted if "BREW" in key or "wp-login.php" in key}


def test_the_age_of_a_backup_is_told_once_there_is_one(app, scrape, tmp_path):
    app.config["BACKUP_FOLDER"] = str(tmp_path / "copies")
    assert ("mailer_backup_age_seconds",) not in scrape()

    made = taking.place_of(app.config) / (now() - timedelta(days=2)).strftime(taking.NAMED)
    made.mkdir(parents=True)
    whole = Manifest(now(), "sqlite", "0001", 0, "", {}, {})
    (made / manifest.FILE).write_text(manifest.written(whole))
    # Neither a folder of somebody else's nor one that lost its manifest is a backup.
    (made.parent / "1.0-extension").mkdir()
    (made.parent / "1.0-extension" / manifest.FILE).write_text("{}")
    (made.parent / now().strftime(taking.NAMED)).mkdir()

    assert scrape()["mailer_backup_age_seconds",] == pytest.approx(172_800, abs=60)


def test_every_part_of_readiness_is_a_metric(scrape):
    assert scrape()["mailer_ready", "workers"] == 0


def test_two_programs_count_apart(scrape, visitor, tmp_path):
    other = create_app(SETTINGS | {"DATA_FOLDER": str(tmp_path / "other"), "METRICS_TOKEN": "x"})
    visitor.get("/healthz")

    answer = other.test_client().get("/healthz")

    assert answer.status_code == 200
    assert scrape()["mailer_http_request_duration_seconds_count", "GET", "site.health", "200"] == 1
