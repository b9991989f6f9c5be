"""One question finds the persons; nobody is left out for having objected."""

from datetime import date, timedelta

import pytest
from statements import statements

from mailer import addresses
from mailer.accounts import operations as accounts
from mailer.breaches import people
from mailer.breaches.kinds import Reach
from mailer.breaches.scope import Scope
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import Reason
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.newsletters import operations as newsletters
from mailer.rights import operations as rights
from mailer.rights.incoming.models import IncomingMail
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.imports.columns import Fate
from mailer.subscriptions.imports.models import Import, ImportRow
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import MailingList, Subscriber

WAITING = "waiting"
LEA, TOM = "lea@exemple.fr", "tom@exemple.fr"
DAY = date(2026, 11, 20)


def found(scope):
    return {person.address for person in people.page(scope).rows}


def fingerprint(address):
    return fingerprint_of(addresses.parse(address))


def leave(address):
    with transaction():
        subscriptions.end_all(fingerprint(address), "request:1", now())


@pytest.fixture
def lists(sign_up):
    """Léa reads two lists, Tom the second."""
    return sign_up(LEA, "lettre"), sign_up(LEA, "agenda"), sign_up(TOM, "agenda")


def test_the_persons_of_a_list_are_found_each_once(lists):
    assert found(Scope(Reach.LISTS, lists=(lists[0],))) == {LEA}
    both = Scope(Reach.LISTS, lists=lists[:2])
    assert found(both) == {LEA, TOM}
    assert people.count(both) == 2


def test_who_objected_is_touched_like_anybody(lists):
    with transaction():
        consent.suppress(fingerprint(TOM), Reason.OBJECTION, now(), "request:1")
    assert TOM in found(Scope(Reach.LISTS, lists=(lists[1],)))


def test_a_period_may_reach_to_both_ends_of_the_calendar(lists):
    assert found(Scope(Reach.PERIOD, begins=date.min, ends=date.max)) == {LEA, TOM}


def test_who_left_was_subscribed_between_the_dates_all_the_same(lists, friday):
    leave(TOM)
    friday.shift(timedelta(days=3))
    assert found(Scope(Reach.LISTS, lists=(lists[1],))) == {LEA}
    assert found(Scope(Reach.PERIOD, begins=DAY, ends=DAY)) == {LEA, TOM}
    later = DAY + timedelta(days=1)
    assert found(Scope(Reach.PERIOD, begins=later, ends=later)) == {LEA}


def test_who_came_after_the_last_day_is_not_touched(lists):
    before = DAY - timedelta(days=1)
    assert found(Scope(Reach.PERIOD, begins=before, ends=before)) == set()


def test_a_period_can_be_of_one_list(lists):
    one = Scope(Reach.PERIOD, lists=(lists[0],), begins=DAY, ends=DAY)
    assert found(one) == {LEA}


def test_whoever_asked_something_is_among_all_that_we_hold(lists):
    parsed = addresses.parse("nadia@exemple.fr")
    asked = Intake(
        parsed, fingerprint_of(parsed), (Right.ACCESS,), "", Channel.POST, DAY, "en", "metropole"
    )
    with transaction():
        rights.receive(asked, "account:1", now())
    everyone = Scope(Reach.ALL)
    assert found(everyone) == {LEA, TOM, "nadia@exemple.fr"}
    assert people.languages(everyone) == {"fr", "en"}


def test_whoever_wrote_to_the_officer_is_among_all_that_we_hold(lists):
    mail = {"message_id": "", "mailbox": "dpo@exemple.fr", "received_at": now()}
    said = {"taken_in_at": now(), "subject": "", "text": "", "quoted": "", "file": ""}
    who = {"fingerprint": "f", "sender": "eve@exemple.fr", "digest": "d"}
    with transaction():
        db.session.add(
            IncomingMail(**mail, **said, **who, is_whole=True, state=WAITING, suggested=[])
        )
    assert "eve@exemple.fr" in found(Scope(Reach.ALL))


def test_who_came_in_a_file_is_found_by_it_taken_or_not(lists):
    evidence = Evidence(Method.IMPORT, now(), origin="import:1")
    with transaction():
        consent.record(fingerprint(TOM), "list:agenda", Kind.IMPORTED, evidence)
        file = Import(
            id=1,
            stage=Stage.READ,
            file_name="a.csv",
            sha256="0",
            encoding="utf-8",
            separator=",",
            header=[],
            product="",
            actor="account:1",
            received_at=now(),
        )
        db.session.add(file)
        waits = {"import_id": 1, "language": "en", "fate": Fate.TAKE}
        db.session.flush()
        db.session.add(ImportRow(fingerprint="f", address="ana@exemple.fr", **waits))
    assert found(Scope(Reach.IMPORT, source=1)) == {TOM, "ana@exemple.fr"}
    assert found(Scope(Reach.IMPORT, source=2)) == set()


def test_who_received_a_campaign_is_found_by_it(lists, campaign):
    number = campaign({LEA: DeliveryState.SENT, TOM: DeliveryState.FAILED})
    assert found(Scope(Reach.CAMPAIGN, campaign=number)) == {LEA}


def test_a_letter_that_may_have_arrived_counts_as_received(lists, campaign):
    number = campaign({LEA: DeliveryState.UNCERTAIN, TOM: DeliveryState.WITHHELD})
    assert found(Scope(Reach.CAMPAIGN, campaign=number)) == {LEA}


@pytest.fixture
def campaign(lists):
    """`campaign({address: state})`: the number of one whose mails ended so."""

    def sent(states):
        at = now()
        with transaction():
            series = newsletters.series_of(db.session.get_one(MailingList, lists[0]))
            issue = newsletters.draft_issue(series, [], "fr", at, "account:9")
            who = accounts.create("a@exemple.fr", "Claude", "une longue phrase", ["sender"], at)
            made = Campaign(
                issue_id=issue.id,
                list_id=lists[0],
                run=1,
                content_hash="approved",
                state=CampaignState.FINISHED,
                created_by=who.id,
                created_at=at,
                starts_at=at,
            )
            db.session.add(made)
            db.session.flush()
            for address, state in states.items():
                mine = db.select(Subscriber.id).where(Subscriber.address == address)
                who_id = db.session.scalars(mine).one()
                db.session.add(
                    Delivery(campaign_id=made.id, subscriber_id=who_id, state=state, at=at)
                )
            return made.id

    return sent


@pytest.mark.parametrize("reach", list(Reach))
def test_one_statement_counts_them_and_one_lists_them(lists, reach):
    scope = Scope(reach, lists[:1], DAY, DAY, campaign=1, source=1)
    for ask in (people.count, people.page):
        with statements() as asked:
            ask(scope)
        assert len([each for each in asked if "SELECT" in each]) == 1


def test_a_long_list_is_read_to_its_end_each_person_once(lists, monkeypatch):
    monkeypatch.setattr(people, "ROWS_AT_ONCE", 1)
    taken = [person.address for person in people.every(Scope(Reach.ALL))]
    db.session.rollback()
    assert sorted(taken) == [LEA, TOM]
