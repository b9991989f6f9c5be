from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from mailer import addresses
from mailer.accounts import operations, queries
from mailer.accounts.models import SignIn
from mailer.accounts.operations import Credentials
from mailer.db import db, transaction
from mailer.errors import Conflict, Invalid

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSPHRASE = "sept phares et une marée"
NETWORK = "192.0.2.0/24"


def credentials(passphrase=PASSPHRASE, email="camille@exemple.fr", network=NETWORK):
    address = addresses.parse(email)
    return Credentials(address, passphrase, addresses.fingerprint(address, "key"), network)


def sign_in(made_with, at=AT):
    with transaction():
        made = operations.attempt(made_with, at)
    if made.wait:
        return made, None
    with transaction():
        opened = operations.sign_in(made, operations.compare(made_with))
        return made, opened and opened.id


def test_an_account_keeps_its_roles(account):
    assert queries.by_id(account).roles == {"editor"}


def test_an_address_has_one_account_however_it_is_typed(account):
    with pytest.raises(Conflict, match="account"), transaction():
        operations.create("Camille@EXEMPLE.fr", "Autre", PASSPHRASE, [], AT)


@pytest.mark.parametrize(
    ("email", "passphrase", "roles", "what"),
    [
        ("camille", PASSPHRASE, [], "address"),
        ("noe@exemple.fr", "trop court", [], "passphrase"),
        ("noe@exemple.fr", PASSPHRASE, ["chef"], "role"),
    ],
)
def test_an_account_that_cannot_be_is_refused(app, email, passphrase, roles, what):
    with pytest.raises(Invalid, match=what), transaction():
        operations.create(email, "Noé", passphrase, roles, AT)


def test_the_right_passphrase_opens_the_account(account):
    _, opened = sign_in(credentials())

    assert opened == account


def test_the_wrong_one_opens_nothing_and_is_counted(account):
    _, opened = sign_in(credentials(passphrase="huit phares et une marée"))

    assert opened is None
    assert queries.tallies(credentials().fingerprint, NETWORK, AT).pair.failures == 1


def test_an_unknown_address_is_counted_alike(app):
    stranger = credentials(email="personne@exemple.fr")

    sign_in(stranger)

    assert queries.tallies(stranger.fingerprint, NETWORK, AT).pair.failures == 1


def test_the_sixth_attempt_after_five_failures_waits_even_when_right(account):
    for _ in range(5):
        sign_in(credentials(passphrase="huit phares et une marée"))

    made, opened = sign_in(credentials())

    assert (made.wait, opened) == (timedelta(minutes=1), None)


def test_an_attempt_that_had_to_wait_does_not_lengthen_the_wait(account):
    for _ in range(9):
        sign_in(credentials(passphrase="huit phares et une marée"))

    assert sign_in(credentials(), AT + timedelta(minutes=1))[1] == account


def test_its_owner_is_not_slowed_by_strangers_on_a_usual_network(account):
    sign_in(credentials())
    for number in range(25):
        sign_in(credentials("huit phares et une marée", network=f"198.51.{number}.0/24"))

    assert sign_in(credentials())[1] == account


def test_a_colleague_of_the_same_network_keeps_nobody_out(account):
    sign_in(credentials())
    for second in range(60):
        tried = AT + timedelta(seconds=second)
        sign_in(credentials("huit phares et une marée"), tried)
        sign_in(credentials(email=f"agent{second}@exemple.fr"), tried)

    assert sign_in(credentials(), AT + timedelta(seconds=90))[1] == account


def test_attempts_are_forgotten_after_a_month(account):
    sign_in(credentials())

    sign_in(credentials(), AT + timedelta(days=31))

    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_a_closed_account_opens_no_more(account):
    with transaction():
        queries.by_id(account).closed_at = AT

    assert sign_in(credentials())[1] is None


def test_of_twenty_attempts_at_once_five_are_compared(app):
    db.session.rollback()

    def in_thread(_):
        with app.app_context(), transaction():
            return operations.attempt(credentials("huit phares et une marée"), AT).id is not None

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(in_thread, range(20))) == 5


def test_no_common_passphrase_is_tried_faster_on_an_address_without_account(account):
    waits = [
        [sign_in(credentials("huit phares et une marée", email))[0].wait for _ in range(7)]
        for email in ("camille@exemple.fr", "personne@exemple.fr")
    ]

    assert waits[0] == waits[1]
