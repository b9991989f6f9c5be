"""The officer is reminded once at each moment; signs are proposed once, and decided by people."""

from datetime import timedelta
from pathlib import Path

import pytest
from breaches.files import AWARE, OFFICER, description
from sqlalchemy import text

from mailer.accounts.models import SignIn
from mailer.audit.operations import record
from mailer.breaches import emails, jobs, operations, queries
from mailer.breaches.emails import Ringing
from mailer.breaches.kinds import Detector, Phase, Risk
from mailer.breaches.models import Breach, Suspicion
from mailer.breaches.operations import Filing
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage

GOLDEN = Path(__file__).parents[1] / "emails" / "breaches"


def warnings_after(clock, *hours):
    """The mails to the officer after the job ran twice at each of those hours."""
    for each in hours:
        clock.move_to(AWARE + timedelta(hours=each))
        jobs.warn_of_breaches()
        jobs.warn_of_breaches()
    db.session.rollback()
    sent = db.select(OutboxMessage).where(OutboxMessage.origin == "job:warn-of-breaches")
    return db.session.scalars(sent.order_by(OutboxMessage.id)).all()


def test_the_officer_is_reminded_once_at_each_moment(opened, friday):
    assert len(warnings_after(friday, 1, 24, 30, 48, 60, 66, 71, 73, 90, 200)) == 4


def test_a_missed_moment_is_not_caught_up_twice(opened, friday):
    assert len(warnings_after(friday, 50, 73)) == 2


def test_the_reminder_names_the_incident_and_nothing_of_what_happened(opened, friday):
    (mail,) = warnings_after(friday, 66)
    assert mail.recipient == "dpo@exemple.fr"
    assert "VD-2026-0001" in mail.text
    assert "Il reste 6\u00a0h\u00a000" in mail.text
    assert "export" not in mail.text


@pytest.mark.parametrize("part", ["text", "html"])
def test_the_reminder_is_the_one_we_looked_at(app, friday, part):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    late = Ringing("VD-2026-0001", timedelta(hours=-3, minutes=-5), AWARE + timedelta(hours=72))
    soon = Ringing("VD-2026-0002", timedelta(hours=6), AWARE + timedelta(hours=81))
    mail = emails.warning([late, soon])
    drawn = f"{mail.subject}\n\n{mail.text}" if part == "text" else mail.html
    golden = GOLDEN / f"warning.{part.replace('text', 'txt')}"
    if not golden.exists():
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert drawn == golden.read_text(encoding="utf-8")


def test_nobody_is_reminded_once_the_authority_is_told(opened, friday):
    with transaction():
        filing = Filing(Phase.INITIAL, now(), "CNIL-1")
        operations.notify(queries.held(opened), filing, OFFICER, now())
    assert warnings_after(friday, 24, 73) == []


def test_nobody_is_reminded_of_an_incident_without_risk(opened, friday):
    with transaction():
        operations.describe(queries.held(opened), description(risk=Risk.NONE), OFFICER)
    assert warnings_after(friday, 24, 73) == []


def signs():
    db.session.rollback()
    return queries.suspicions()


@pytest.fixture
def few(app):
    """Ceilings that a test reaches."""
    app.config.update(ALERT_FAILED_SIGN_INS=3, ALERT_EXPORTED_ADDRESSES=10)


def failed(count):
    with transaction():
        for _ in range(count):
            tried = SignIn(fingerprint="f", network="192.0.2.0/24", at=now(), succeeded=False)
            db.session.add(tried)


def test_failed_sign_ins_are_proposed_once_an_hour(few, friday):
    failed(2)
    jobs.watch()
    assert signs() == []
    failed(1)
    jobs.watch()
    jobs.watch()
    assert [sign.detector for sign in signs()] == [Detector.SIGN_INS]
    friday.shift(timedelta(hours=2))
    failed(3)
    jobs.watch()
    assert len(signs()) == 2


def test_a_large_export_is_proposed_once(few):
    with transaction():
        record(OFFICER, "export", "list:* state:* format:csv rows:11 motive:un envoi")
        record(OFFICER, "export", "list:* state:* format:csv rows:10 motive:un envoi")
    jobs.watch()
    jobs.watch()
    assert [(sign.detector, sign.facts) for sign in signs()] == [(Detector.EXPORT, {"rows": 11})]


def test_a_whole_ledger_proposes_nothing(sign_up):
    sign_up("lea@exemple.fr")
    jobs.verify_ledger()
    assert signs() == []


def test_a_broken_ledger_is_proposed_once(sign_up):
    sign_up("lea@exemple.fr")
    break_the_ledger()
    jobs.verify_ledger()
    jobs.verify_ledger()
    assert [sign.detector for sign in signs()] == [Detector.LEDGER]


def break_the_ledger():
    """Change the first event behind the back of its triggers."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    with transaction():
        if is_sqlite:
            named = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = :table"
            for name in db.session.scalars(text(named), {"table": "consent_event"}).all():
                db.session.execute(text(f"DROP TRIGGER {name}"))
        else:
            db.session.execute(text("ALTER TABLE consent_event DISABLE TRIGGER USER"))
        db.session.execute(text("UPDATE consent_event SET locale = 'xx'"))


def test_no_detector_opens_an_incident_by_itself(few, sign_up):
    failed(9)
    jobs.watch()
    assert db.session.scalar(db.select(db.func.count()).select_from(Breach)) == 0


def test_what_was_decided_is_not_proposed_again(few):
    with transaction():
        record(OFFICER, "export", "rows:11 motive:un envoi")
    jobs.watch()
    with transaction():
        found = queries.suspicion(signs()[0].id)
        operations.dismiss(found, "Export prévu, pour le routeur.", OFFICER, now())
    jobs.watch()
    assert signs() == []
    assert db.session.scalars(db.select(Suspicion.reason)).all() == [
        "Export prévu, pour le routeur."
    ]
