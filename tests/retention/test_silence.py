"""Three years without a sign from the person: one question, thirty days, then nothing is left."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from mailer import addresses
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Reason
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage, State
from mailer.mail.relay import KEY
from mailer.mail.transports.memory import Memory
from mailer.newsletters.jobs import send_mails
from mailer.retention.jobs import ask_renewals, lapse
from mailer.retention.models import PurgeLine
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions import renewals
from mailer.subscriptions.models import Confirmation, MailingList, Renewal, Subscriber
from mailer.tokens import CONFIRM, RENEW

START = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
# 36 months after the confirmation, by the day.
SILENT = datetime(2029, 1, 31, 12, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def reader(app):
    """Somebody who confirmed in January 2026; the fingerprint."""
    evidence = Evidence(Method.WEB_FORM, START)
    with time_machine.travel(START, tick=False), transaction():
        wanted = MailingList(slug="lettre", name="La lettre", description="…", frequency="…")
        db.session.add(wanted)
        db.session.flush()
        address = addresses.parse("lea@exemple.fr")
        subscriptions.request(address, [wanted.id], evidence, "fr", START)
        link = db.session.scalars(db.select(Confirmation)).one()
        subscriptions.confirm(CONFIRM.sign(link.id), evidence, START)
    mails_left(START)
    return db.session.scalars(db.select(Subscriber.fingerprint)).one()


def mails_left(at):
    """Every waiting mail has been sent."""
    with transaction():
        gone = {"state": State.SENT, "ended_at": at, "next_at": None, "recipient": None}
        db.session.execute(db.update(OutboxMessage).values(gone))


def at(day, *jobs):
    with time_machine.travel(day, tick=False):
        for job in jobs:
            job()
            job()
    db.session.rollback()


def kinds():
    return [e.kind for e in db.session.scalars(db.select(ConsentEvent).order_by(ConsentEvent.id))]


def number(table):
    return db.session.scalar(db.select(db.func.count()).select_from(table))


def test_nobody_is_asked_before_thirty_six_months(reader):
    at(SILENT - DAY, ask_renewals, lapse)

    assert number(Renewal) == 0


def test_who_was_silent_is_asked_once(reader):
    at(SILENT + DAY, ask_renewals)
    at(SILENT + 20 * DAY, ask_renewals)

    assert number(Renewal) == 1
    assert kinds().count(Kind.RENEWAL_ASKED) == 1


def test_no_answer_in_thirty_days_and_the_person_is_forgotten(reader):
    at(SILENT + DAY, ask_renewals)
    mails_left(SILENT + DAY)
    at(SILENT + 30 * DAY, ask_renewals, lapse)
    assert number(Subscriber) == 1

    at(SILENT + 32 * DAY, lapse)

    assert number(Subscriber) == 0
    assert kinds()[-2:] == [Kind.LAPSED, Kind.ERASED]
    assert [line.number for line in db.session.scalars(db.select(PurgeLine))] == [1]


def test_a_yes_that_comes_while_the_purge_looks_is_obeyed(app, reader):
    at(SILENT + DAY, ask_renewals)
    mails_left(SILENT + DAY)

    with time_machine.travel(SILENT + 31 * DAY + SECOND, tick=False), ThreadPoolExecutor() as pool:
        with transaction():
            asked = db.session.scalars(db.select(Renewal)).one()
            renewals.find(RENEW.sign(asked.id))
            forgetting = pool.submit(in_a_context, app, lapse)
            wait([forgetting], timeout=1)
            renewals.answer(RENEW.sign(asked.id), Evidence(Method.CONFIRM_POST, now()))
        forgetting.result()

    assert (number(Subscriber), kinds()[-1]) == (1, Kind.RENEWED)


def in_a_context(app, job):
    with app.app_context():
        job()


def test_a_question_that_never_left_forgets_nobody(reader):
    at(SILENT + DAY, ask_renewals)

    at(SILENT + 60 * DAY, lapse)

    assert number(Subscriber) == 1


def test_a_yes_counts_thirty_six_months_anew(reader):
    at(SILENT + DAY, ask_renewals)
    mails_left(SILENT + DAY)
    with time_machine.travel(SILENT + 2 * DAY, tick=False), transaction():
        asked = db.session.scalars(db.select(Renewal)).one()
        renewals.answer(RENEW.sign(asked.id), Evidence(Method.CONFIRM_POST, now()))

    at(SILENT + 400 * DAY, ask_renewals, lapse)
    assert (number(Subscriber), number(Renewal)) == (1, 1)

    at(datetime(2032, 2, 4, tzinfo=UTC), ask_renewals)
    assert number(Renewal) == 2


@pytest.mark.parametrize("kind", [Kind.PREFERENCE_CHANGED, Kind.TRACKING_REFUSED])
def test_what_the_person_did_since_is_contact(reader, kind):
    with transaction():
        evidence = Evidence(Method.PREFERENCE_PAGE, SILENT - 10 * DAY)
        consent.record(reader, "list:lettre", kind, evidence)

    at(SILENT + DAY, ask_renewals)

    assert number(Renewal) == 0


def test_a_sign_up_by_a_stranger_is_not_contact(reader):
    with transaction():
        evidence = Evidence(Method.WEB_FORM, SILENT - DAY)
        consent.record(reader, "list:lettre", Kind.SIGNUP_REQUESTED, evidence)

    at(SILENT + DAY, ask_renewals)

    assert number(Renewal) == 1


def test_whose_mailbox_is_no_more_is_forgotten_without_a_question(reader):
    with transaction():
        consent.suppress(reader, Reason.HARD_BOUNCE, START, "delivery:1")

    at(SILENT + DAY, ask_renewals, lapse)

    assert (number(Renewal), number(Subscriber)) == (0, 0)


def test_who_asked_for_restriction_is_kept_and_not_written_to(reader):
    with transaction():
        consent.suppress(reader, Reason.RESTRICTION, START, "case:1")

    at(SILENT + 60 * DAY, ask_renewals, lapse)

    assert (number(Renewal), number(Subscriber)) == (0, 1)


@pytest.mark.parametrize("reason", [Reason.OBJECTION, Reason.RESTRICTION])
def test_a_question_that_waits_does_not_leave_once_nobody_may_write(app, reader, reason):
    app.extensions[KEY] = carried = Memory()
    at(SILENT + DAY, ask_renewals)
    with transaction():
        consent.suppress(reader, reason, SILENT + DAY, "request:1")

    at(SILENT + DAY, send_mails)

    assert carried.taken == []


def test_whose_data_are_used_again_is_asked_again_before_being_forgotten(app, reader):
    app.extensions[KEY] = carried = Memory()
    at(SILENT + DAY, ask_renewals)
    with transaction():
        consent.suppress(reader, Reason.RESTRICTION, SILENT + DAY, "request:1")
    at(SILENT + DAY, send_mails)
    with transaction():
        consent.unrestrict(reader, SILENT + 9 * DAY, "request:1")

    at(SILENT + 60 * DAY, lapse, ask_renewals, send_mails)

    assert (number(Subscriber), len(carried.taken)) == (1, 1)
