"""Of somebody who has left the desk, the name and the address stay no longer than the record."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from mailer import addresses
from mailer.accounts import operations, people, queries
from mailer.accounts.models import Account
from mailer.accounts.openid.models import AccountIdentity
from mailer.audit.verification import verify
from mailer.db import db, transaction
from mailer.retention.jobs import purge
from mailer.retention.models import PurgeLine

CLOSED = datetime(2026, 2, 3, 9, 0, tzinfo=UTC)
# `logs_months` of the rulebook.
SIX_MONTHS = timedelta(days=181)
PASSPHRASE = "sept phares et une marée"


@pytest.fixture
def gone(app):
    with time_machine.travel(CLOSED, tick=False), transaction():
        operations.create("anne@exemple.fr", "Anne Le Gall", PASSPHRASE, ["admin"], CLOSED)
        left = operations.create("noe@exemple.fr", "Noé Prigent", PASSPHRASE, ["editor"], CLOSED)
        linked = {"issuer": "https://id.exemple.fr", "subject_id": "12", "follows_groups": False}
        dated = {"created_at": CLOSED, "used_at": CLOSED}
        db.session.add(AccountIdentity(account_id=left.id, **linked, **dated))
        people.close(left.id, "account:1", CLOSED)
        return left.id


def purged_at(at):
    with time_machine.travel(at, tick=False):
        purge()
        purge()
    db.session.rollback()


def test_it_is_known_as_long_as_the_record_tells_of_it(gone):
    purged_at(CLOSED + SIX_MONTHS - timedelta(days=1))

    kept = db.session.get(Account, gone)
    assert (kept.name, kept.email) == ("Noé Prigent", "noe@exemple.fr")


def test_then_the_number_is_left_and_nothing_of_the_person(gone):
    purged_at(CLOSED + SIX_MONTHS + timedelta(days=1))

    left = db.session.get(Account, gone)
    said = f"{left.name} {left.email} {left.passphrase_hash} {left.calendar_key}"
    assert said.split() == [f"erased-{gone}"]
    assert db.session.scalar(select(func.count()).select_from(AccountIdentity)) == 0
    assert verify().fault is None


def test_the_purge_counts_it_once_and_leaves_who_works_here(gone):
    purged_at(CLOSED + SIX_MONTHS + timedelta(days=1))

    counted = select(PurgeLine.number).where(PurgeLine.table_name == "account")
    assert db.session.scalars(counted).all() == [1]
    assert [each.name for each in queries.everybody()] == ["Anne Le Gall"]


def test_who_comes_back_afterwards_is_somebody_new(gone):
    later = CLOSED + SIX_MONTHS + timedelta(days=1)
    purged_at(later)

    with transaction():
        back = operations.create("noe@exemple.fr", "Noé Prigent", PASSPHRASE, ["editor"], later).id

    assert back != gone
    assert queries.by_address(addresses.parse("noe@exemple.fr")).id == back


def test_a_page_has_a_word_for_whoever_is_named_no_more(app, gone):
    with app.test_request_context():
        shown = queries.shown(["account:1", f"account:{gone}", "job:purge"])

        assert shown == {"account:1": "Anne Le Gall", f"account:{gone}": "un compte fermé"}
