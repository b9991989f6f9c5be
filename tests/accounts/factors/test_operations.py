"""Factors in the database: set, shown, used once, taken away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from accounts.factors.authenticator import Device
from sqlalchemy import select

from mailer.accounts import operations as doors
from mailer.accounts import queries as accounts
from mailer.accounts.factors import ceremonies, operations, passkeys, queries
from mailer.accounts.factors.models import RecoveryCode, TotpKey
from mailer.audit.queries import history_of
from mailer.db import db, transaction
from mailer.errors import Conflict, Expired, Invalid, NotFound
from mailer.mail.models import OutboxMessage

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
ORIGIN = "https://lettre.exemple.fr"


@pytest.fixture
def account(app):
    app.config["BASE_URL"] = ORIGIN
    with transaction():
        created = doors.create("camille@exemple.fr", "Camille", "sept phares et une marée", [], AT)
        return created.id


@pytest.fixture
def other(app):
    with transaction():
        created = doors.create("dominic@exemple.fr", "Dominic", "sept phares et une marée", [], AT)
        return created.id


def with_totp(account):
    with transaction():
        key = operations.propose_key(account, AT)
        operations.confirm_key(account, pyotp.TOTP(key).at(AT), AT)
    return pyotp.TOTP(key)


def with_passkey(account, device=None):
    device = device or Device(ORIGIN)
    asked = ceremonies.begin(ceremonies.REGISTER, AT, account)
    owner = operations.owner(accounts.by_id(account))
    answer = device.create(passkeys.creation(ceremonies.site(), owner, asked.challenge, []))
    with transaction():
        operations.add_passkey(account, "Téléphone", answer, asked.token, AT)
    return device


def asked_and_answered(device, account=ceremonies.ANYBODY):
    asked = ceremonies.begin(ceremonies.SHOW, AT, account)
    return device.get(passkeys.request(ceremonies.site(), asked.challenge)), asked.token


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(AT, tick=False):
        yield


def test_a_key_counts_for_nothing_until_a_code_confirms_it(account):
    with transaction():
        operations.propose_key(account, AT)
    assert not queries.has_any(account)

    with pytest.raises(Invalid, match="code"), transaction():
        operations.confirm_key(account, "000000", datetime(1999, 1, 1, tzinfo=UTC))
    assert not queries.has_any(account)


def test_a_confirmed_key_counts_and_its_code_was_used_by_that(account):
    application = with_totp(account)

    assert queries.of(account).number == 1
    with pytest.raises(Invalid, match="code"), transaction():
        operations.show_code(account, application.at(AT), AT)


def test_a_code_opens_once(account):
    application = with_totp(account)
    with transaction():
        operations.show_code(account, application.at(LATER), LATER)

    with pytest.raises(Invalid, match="code"), transaction():
        operations.show_code(account, application.at(LATER), LATER)


def test_of_two_at_once_with_one_code_one_is_let_in(app, account):
    code = with_totp(account).at(LATER)
    db.session.rollback()

    def show(_):
        with app.app_context():
            try:
                with transaction():
                    operations.show_code(account, code, LATER)
            except Invalid:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(show, range(4))) == 1


def test_a_new_telephone_takes_the_place_of_the_old_one_once_confirmed(account):
    old = with_totp(account)
    with transaction():
        key = operations.propose_key(account, AT)
    with transaction():
        operations.show_code(account, old.at(LATER), LATER)

    with transaction():
        operations.confirm_key(account, pyotp.TOTP(key).at(LATER), LATER)

    with pytest.raises(Invalid, match="code"), transaction():
        operations.show_code(account, old.at(LATER + timedelta(minutes=2)), LATER)
    assert len(db.session.scalars(select(TotpKey)).all()) == 1


def test_the_key_lies_sealed_and_opens_for_its_account_alone(account, other):
    application = with_totp(account)
    row = queries.confirmed(account)
    assert application.secret.encode() not in row.sealed_key
    with transaction():
        stolen = TotpKey(
            account_id=other, sealed_key=row.sealed_key, created_at=AT, confirmed_at=AT
        )
        db.session.add(stolen)

    with pytest.raises(Invalid, match="sealed"), transaction():
        operations.show_code(other, application.at(LATER), LATER)


def test_each_recovery_code_opens_once_and_is_kept_hashed(account):
    with_totp(account)
    with transaction():
        codes = operations.renew_codes(account, AT)
    with transaction():
        operations.show_code(account, codes[3].lower(), LATER)

    with pytest.raises(Invalid, match="code"), transaction():
        operations.show_code(account, codes[3], LATER)
    assert queries.of(account).codes_left == 9
    kept = db.session.scalars(select(RecoveryCode)).all()
    assert not any(code.encode() in row.code_digest for code in codes for row in kept)


def test_new_codes_end_the_old_ones(account):
    with_totp(account)
    with transaction():
        old = operations.renew_codes(account, AT)
        operations.renew_codes(account, AT)

    with pytest.raises(Invalid, match="code"), transaction():
        operations.show_code(account, old[0], LATER)


def test_the_codes_go_with_the_last_factor(account):
    with_totp(account)
    with transaction():
        operations.renew_codes(account, AT)
        operations.remove_key(account)

    assert queries.of(account).codes_left == 0


def test_a_passkey_says_whose_it_is(account, other):
    with_passkey(other)
    device = with_passkey(account)

    with transaction():
        assert (
            operations.show_passkey(*asked_and_answered(device), ceremonies.ANYBODY, AT) == account
        )


def test_an_answer_is_good_once(account):
    device = with_passkey(account)
    answer = asked_and_answered(device)
    with transaction():
        operations.show_passkey(*answer, ceremonies.ANYBODY, AT)

    with pytest.raises((Expired, Invalid)), transaction():
        operations.show_passkey(*answer, ceremonies.ANYBODY, AT)


def test_a_question_that_was_answered_is_spent_even_for_a_device_that_does_not_count(account):
    device = with_passkey(account)
    answer, token = asked_and_answered(device)
    with transaction():
        operations.show_passkey(answer, token, ceremonies.ANYBODY, AT)
    again = device.get(passkeys.request(ceremonies.site(), ceremonies.Ceremony(token).challenge))

    with pytest.raises(Expired), transaction():
        operations.show_passkey(again, token, ceremonies.ANYBODY, AT)


def test_a_question_is_over_after_an_hour(account):
    device = with_passkey(account)
    answer = asked_and_answered(device)

    with (
        time_machine.travel(AT + timedelta(minutes=61), tick=False),
        pytest.raises(Expired),
        transaction(),
    ):
        operations.show_passkey(*answer, ceremonies.ANYBODY, AT)


def test_as_a_second_factor_the_passkey_of_somebody_else_is_refused(account, other):
    with_passkey(account)
    others = with_passkey(other)

    with pytest.raises(Invalid), transaction():
        operations.show_passkey(*asked_and_answered(others, account), account, AT)


def test_a_question_asked_of_somebody_is_not_answered_by_another(account, other):
    with_passkey(account)
    others = with_passkey(other)
    answer = asked_and_answered(others, account)

    with pytest.raises(Invalid), transaction():
        operations.show_passkey(*answer, other, AT)


def test_a_device_is_registered_once(account, other):
    device = with_passkey(account)

    with pytest.raises(Conflict, match="passkey"):
        with_passkey(other, device)


def test_a_passkey_is_named_and_removed_by_its_owner_alone(account, other):
    with_passkey(account)
    (row,) = queries.passkeys(account)

    for refused in (
        lambda: operations.rename_passkey(other, row.id, "À moi"),
        lambda: operations.remove_passkey(other, row.id),
    ):
        with pytest.raises(NotFound, match="passkey"), transaction():
            refused()
    with transaction():
        operations.rename_passkey(account, row.id, "Clé bleue")
    assert queries.passkeys(account)[0].name == "Clé bleue"
    with transaction():
        operations.remove_passkey(account, row.id)
    assert not queries.has_any(account)


def test_lost_factors_are_taken_away_recorded_and_told(account):
    with_totp(account)
    with_passkey(account)
    with transaction():
        operations.renew_codes(account, AT)

    with transaction():
        operations.reset(account, "account:99")

    assert (queries.of(account).number, queries.of(account).codes_left) == (0, 0)
    last = history_of(f"account:{account}")[-1]
    assert (last.verb, last.actor) == ("reset-factors", "account:99")
    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert "L’administration du service a retiré" in mails[-1].text
    assert {mail.recipient for mail in mails} == {"camille@exemple.fr"}
