"""One path of erasure: every table, what waits, what stays and why."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import delete, func, select, update

from mailer import addresses, rulebook
from mailer.accounts import operations as accounts
from mailer.accounts.models import Account
from mailer.audit.models import Entry
from mailer.clock import now
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Suppression
from mailer.consent.queries import is_sendable
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage, State
from mailer.retention.schedule import RULES, cutoff
from mailer.rights import erasure, holdings, jobs, journal
from mailer.rights.models import ErasureEntry, RightsRequest
from mailer.subscriptions.models import AddressChange, Subscriber


def erase(fingerprint):
    with transaction():
        return erasure.erase(fingerprint, now())


def print_of(app, address):
    return addresses.fingerprint(addresses.parse(address), app.config["FINGERPRINT_KEY"])


@pytest.fixture
def lea(subscriber):
    """The fingerprint of somebody who receives letters."""
    return subscriber.fingerprint


def test_an_erased_person_is_in_no_list_any_more(lea):
    erased = erase(lea)
    assert db.session.scalar(select(func.count()).select_from(Subscriber)) == 0
    assert erased.rows["subscription"] == 1


def test_what_is_known_of_a_person_is_counted_before_and_gone_after(lea):
    before = holdings.found(lea)["subscriptions"]
    erase(lea)
    assert (before > 0, holdings.found(lea)["subscriptions"]) == (True, 0)


def test_the_proofs_stay_and_the_last_of_them_is_the_erasure(lea):
    erase(lea)
    kinds = select(ConsentEvent.kind).where(ConsentEvent.fingerprint == lea)
    assert db.session.scalars(kinds.order_by(ConsentEvent.id)).all()[-1] == Kind.ERASED


def test_a_mail_that_waits_for_an_erased_person_does_not_leave(lea):
    erase(lea)
    waiting = select(OutboxMessage).where(OutboxMessage.next_at.is_not(None))
    assert db.session.scalars(waiting).all() == []
    ended = db.session.scalars(select(OutboxMessage)).first()
    assert (ended.recipient, ended.text, ended.state) == (None, None, State.FAILED)


def test_an_address_that_was_still_to_be_confirmed_is_theirs_too(app, subscriber, lea):
    new = "lea.b@exemple.fr"
    with transaction():
        db.session.add(
            AddressChange(
                subscriber_id=subscriber.id,
                address=new,
                fingerprint=print_of(app, new),
                asked_at=now(),
            )
        )
    assert new in holdings.people([lea]).addresses
    erase(lea)
    assert db.session.scalars(select(AddressChange)).all() == []


def test_erasing_twice_finds_nothing_more_to_do(lea):
    erase(lea)
    assert erase(lea).rows == {}
    erased = select(func.count()).where(ConsentEvent.kind == Kind.ERASED)
    assert db.session.scalar(erased) == 1


def test_an_unknown_person_leaves_no_trace_of_the_erasure(app):
    erase("0" * 64)
    assert db.session.scalars(select(ConsentEvent)).all() == []


def test_an_objection_survives_the_erasure(ask, lea, case):
    ask("objection", address="lea@exemple.fr")
    erase(lea)
    assert not is_sendable(lea)
    assert db.session.scalars(select(Suppression.fingerprint)).all() == [lea]


def test_a_request_that_is_still_open_keeps_its_address(ask, case, lea):
    ask("access", address="lea@exemple.fr")
    erase(lea)
    assert case().address == "lea@exemple.fr"


def test_a_closed_request_keeps_its_dates_and_forgets_its_words(ask, case, lea):
    ask("access", address="lea@exemple.fr", message="Mon voisin lit aussi.")
    with transaction():
        db.session.get_one(RightsRequest, case().id).closed_at = now()
    erase(lea)
    kept = case()
    assert (kept.address, kept.verbatim, kept.fingerprint) == ("", "", lea)


def test_a_request_closed_after_the_erasure_forgets_its_words_then(ask, case, lea):
    ask("erasure", address="lea@exemple.fr")
    erase(lea)
    with transaction():
        db.session.get_one(RightsRequest, case().id).closed_at = now()
    jobs.write_erasures()
    assert case().address == ""


def test_what_was_asked_after_the_erasure_is_kept(ask, case, lea):
    erase(lea)
    ask("access", address="lea@exemple.fr")
    with transaction():
        db.session.get_one(RightsRequest, case().id).closed_at = now()
    jobs.write_erasures()
    assert case().address == "lea@exemple.fr"


def test_who_works_here_keeps_an_account_until_it_is_closed(app, subscriber, lea):
    with transaction():
        made = accounts.create("lea@exemple.fr", "Léa", "sept phares et une marée", [], now())
        account_id = made.id
    erase(lea)
    assert db.session.get_one(Account, account_id).email == "lea@exemple.fr"


def test_a_closed_account_is_emptied(app, subscriber, lea):
    with transaction():
        made = accounts.create("lea@exemple.fr", "Léa", "sept phares et une marée", ["dpo"], now())
        made.closed_at = now()
        account_id = made.id
    erase(lea)
    left = db.session.get_one(Account, account_id)
    assert (left.email, left.name, left.roles) == (f"erased-{account_id}", "", frozenset())


def test_the_journal_of_the_desk_still_says_what_was_done(lea):
    before = db.session.scalar(select(func.count()).select_from(Entry))
    erase(lea)
    assert db.session.scalar(select(func.count()).select_from(Entry)) == before


def test_an_erasure_is_noted_for_the_day_a_backup_is_restored(lea):
    erase(lea)
    noted = db.session.scalars(select(ErasureEntry)).one()
    assert (noted.fingerprint, noted.written_at) == (lea, None)


def test_another_person_is_untouched(app, subscriber, lea):
    erase(print_of(app, "nadia@exemple.fr"))
    assert db.session.scalars(select(Subscriber.fingerprint)).all() == [lea]


def test_the_file_beside_the_data_tells_whom_to_forget_again(lea):
    erase(lea)
    jobs.write_erasures()
    jobs.write_erasures()
    assert [line.fingerprint for line in journal.read()] == [lea]
    with transaction():
        db.session.execute(delete(ErasureEntry))
    assert [line.fingerprint for line in journal.missing()] == [lea]


def test_a_restored_person_is_erased_again(app, subscriber, lea):
    journal.append([journal.Line(lea, now())])
    with transaction():
        assert erasure.replay(now()) == 1
    assert db.session.scalars(select(Subscriber)).all() == []
    assert journal.missing() == []


@pytest.mark.parametrize("kept_bytes", [1, 50, -1])
def test_a_line_that_a_full_disk_cut_short_is_written_again_whole(lea, kept_bytes):
    journal.append([journal.Line("a" * 64, now())])
    before = journal.path().read_bytes()
    erase(lea)
    jobs.write_erasures()
    whole = journal.path().read_bytes()
    with transaction():
        db.session.execute(update(ErasureEntry).values(written_at=None))
    journal.path().write_bytes(before + whole.removeprefix(before)[:kept_bytes])

    jobs.replay_erasures()
    read = [line.fingerprint for line in journal.read()]
    jobs.write_erasures()

    assert read == ["a" * 64]
    assert journal.path().read_bytes() == whole


def test_whom_the_backup_does_not_know_is_not_erased_again(app, subscriber, lea):
    journal.append([journal.Line(lea, now()), journal.Line("0" * 64, now())])
    with transaction():
        assert erasure.replay(now()) == 2
    erased = select(ConsentEvent.fingerprint).where(ConsentEvent.kind == Kind.ERASED)
    assert db.session.scalars(erased).all() == [lea]


def test_the_file_lets_go_of_a_line_before_the_table_does(app):
    """Else a person who has come back since would be taken for one whom a backup brought back."""
    erased_at = datetime(2026, 1, 31, 12, tzinfo=UTC)
    journal.append([journal.Line("a" * 64, erased_at)])
    over = next(rule for rule in RULES if rule.table == "erasure")
    with time_machine.travel("2031-01-02T12:00Z", tick=False):
        assert cutoff(over.keep, rulebook.load().figures, now()) < erased_at
        jobs.write_erasures()
    assert list(journal.read()) == []


def test_a_line_older_than_every_backup_goes(app):
    with time_machine.travel("2020-01-01", tick=False):
        journal.append([journal.Line("a" * 64, now())])
    with time_machine.travel("2026-01-01", tick=False):
        journal.append([journal.Line("b" * 64, now())])
        jobs.write_erasures()
    assert [line.fingerprint for line in journal.read()] == ["b" * 64]


def test_the_file_of_erasures_is_for_its_owner_alone(app):
    journal.append([journal.Line("f" * 64, now())])
    assert journal.path().stat().st_mode & 0o777 == 0o600
