from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from held import held

from mailer import addresses, rulebook
from mailer.audit.models import Entry
from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Suppression
from mailer.db import db, transaction
from mailer.retention.jobs import purge
from mailer.retention.models import PurgeLine
from mailer.retention.schedule import cutoff
from mailer.rights import operations as rights
from mailer.rights.kinds import Right
from mailer.rights.models import Channel, Hold, Letter, RequestLine, RightsRequest
from mailer.rights.operations import Intake
from mailer.rights.states import Event, State
from mailer.rights.statistics import RightsStatistic
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Confirmation, MailingList, Subscriber, Subscription
from mailer.tokens import CONFIRM

START = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
EVIDENCE = Evidence(Method.WEB_FORM, START)


@pytest.fixture
def signup(app):
    with time_machine.travel(START), transaction():
        wanted = MailingList(slug="lettre", name="La lettre", description="…", frequency="…")
        db.session.add(wanted)
        db.session.flush()
        address = addresses.parse("lea@exemple.fr")
        subscriptions.request(address, [wanted.id], EVIDENCE, "fr", START)


def confirmed():
    with transaction():
        link = db.session.scalars(db.select(Confirmation)).one()
        subscriptions.confirm(CONFIRM.sign(link.id), EVIDENCE, START)


def purged_at(at):
    # A clock that ticks would pass the hour while a slow machine works.
    with time_machine.travel(at, tick=False):
        purge()
        purge()
    db.session.rollback()


def left(table):
    return db.session.scalar(db.select(db.func.count()).select_from(table))


def test_an_address_never_confirmed_is_forgotten_after_seven_days(signup):
    purged_at(START + 7 * DAY - timedelta(seconds=1))
    assert left(Subscriber) == 1
    purged_at(START + 7 * DAY + timedelta(seconds=1))
    assert (left(Subscriber), left(Subscription), left(Confirmation)) == (0, 0, 0)


def test_who_receives_a_list_is_not_forgotten(signup):
    with time_machine.travel(START):
        confirmed()
    purged_at(START + 400 * DAY)
    assert (left(Subscriber), left(Subscription)) == (1, 1)
    assert left(ConsentEvent) > 0


def test_who_left_is_forgotten_after_thirty_days_but_the_proof_stays_five_years(signup):
    with time_machine.travel(START), transaction():
        link = db.session.scalars(db.select(Confirmation)).one()
        subscriptions.confirm(CONFIRM.sign(link.id), EVIDENCE, START)
        line = db.session.scalars(db.select(Subscription)).one()
        subscriptions.end(line.id, "", START)
    purged_at(START + 31 * DAY)
    assert left(Subscriber) == 0
    assert left(ConsentEvent) > 0
    # Forgetting the person was the last event of their proof.
    purged_at(datetime(2031, 3, 5, 12, 0, tzinfo=UTC))
    assert left(ConsentEvent) == 0


@pytest.fixture
def request_file(app):
    address = addresses.parse("nadia.k@exemple.fr")
    with transaction():
        return rights.receive(
            Intake(
                address,
                addresses.fingerprint(address, "another"),
                (Right.OBJECTION,),
                "",
                Channel.POST,
                START.date(),
                "fr",
                "metropole",
            ),
            "account:1",
            START,
        )


def test_an_open_request_is_never_purged(request_file):
    purged_at(datetime(2036, 1, 1, tzinfo=UTC))
    assert left(RightsRequest) == 1


def test_a_request_file_goes_five_years_after_it_was_closed_with_all_it_holds(request_file):
    with transaction():
        db.session.add(request_file)
        rights.close(request_file, Event.WITHDRAW, "…", "account:1", START)
    purged_at(datetime(2031, 1, 31, 11, 0, tzinfo=UTC))
    assert left(RightsRequest) == 1
    purged_at(datetime(2031, 1, 31, 13, 0, tzinfo=UTC))
    assert (left(RightsRequest), left(RequestLine), left(Letter)) == (0, 0, 0)


def test_a_purged_file_leaves_a_line_of_statistics_and_nothing_of_the_person(request_file):
    with transaction():
        db.session.add(request_file)
        rights.close(request_file, Event.WITHDRAW, "…", "account:1", START + 9 * DAY)
    purged_at(datetime(2031, 3, 1, tzinfo=UTC))
    line = db.session.scalars(db.select(RightsStatistic)).one()
    assert (line.year, line.right, line.channel) == (2026, Right.OBJECTION, Channel.POST)
    assert (line.ending, line.outcome, line.days) == (State.WITHDRAWN, None, 9)
    assert (line.in_time, line.is_extended) == (True, False)


def test_a_file_that_is_held_stays(request_file):
    with transaction():
        db.session.add(request_file)
        rights.close(request_file, Event.WITHDRAW, "…", "account:1", START)
        request_file.hold = Hold.COMPLAINT
    purged_at(datetime(2040, 1, 1, tzinfo=UTC))
    assert (left(RightsRequest), left(RightsStatistic)) == (1, 0)


def test_an_objection_outlives_its_file(request_file):
    with transaction():
        db.session.add(request_file)
        rights.close(request_file, Event.WITHDRAW, "…", "account:1", START)
    purged_at(datetime(2040, 1, 1, tzinfo=UTC))
    assert left(Suppression) == 1


def test_the_record_of_acts_is_kept_six_months(app):
    with time_machine.travel(START), transaction():
        record("account:1", "read", "request:1")
    purged_at(datetime(2026, 7, 30, tzinfo=UTC))
    assert left(Entry) == 1
    purged_at(datetime(2026, 8, 1, tzinfo=UTC))
    assert left(Entry) == 0


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        ("unconfirmed_days", datetime(2026, 8, 24, 12, 0, tzinfo=UTC)),
        ("logs_months", datetime(2026, 2, 28, 13, 0, tzinfo=UTC)),
        ("request_years", datetime(2021, 8, 31, 12, 0, tzinfo=UTC)),
    ],
)
def test_days_are_elapsed_and_months_are_of_the_calendar_in_paris(keep, expected):
    at = datetime(2026, 8, 31, 12, 0, tzinfo=UTC)
    assert cutoff(keep, rulebook.load().figures, at) == expected


def test_the_network_of_a_proof_is_forgotten_after_twelve_months_and_the_proof_stays(app):
    with time_machine.travel(START), transaction():
        shown = Evidence(Method.WEB_FORM, START, network="192.0.2.0/24")
        consent.record("f" * 64, "list:lettre", Kind.SIGNUP_REQUESTED, shown)
    purged_at(START + 364 * DAY)
    assert "192.0.2.0/24" in str(held("f" * 64))
    purged_at(START + 366 * DAY)
    assert "192.0.2.0/24" not in str(held("f" * 64))
    assert left(ConsentEvent) == 1


def test_an_unconfirmed_sign_up_leaves_word_that_nobody_confirmed(signup):
    purged_at(START + 8 * DAY)

    kinds = [event.kind for event in db.session.scalars(db.select(ConsentEvent))]
    assert kinds[:2] == [Kind.SIGNUP_REQUESTED, Kind.CONFIRMATION_EXPIRED]
    assert Kind.ERASED not in kinds


def test_who_left_is_forgotten_as_whoever_asks_for_it(signup):
    with time_machine.travel(START):
        confirmed()
        with transaction():
            subscriptions.end(db.session.scalars(db.select(Subscription)).one().id, "", START)

    purged_at(START + 31 * DAY)

    kinds = [event.kind for event in db.session.scalars(db.select(ConsentEvent))]
    assert kinds[-1] == Kind.ERASED


def test_what_was_ended_is_counted_once(signup):
    purged_at(START + 8 * DAY)

    report = {(line.table_name, line.number) for line in db.session.scalars(db.select(PurgeLine))}
    assert {("subscription", 1), ("subscriber", 1)} <= report
