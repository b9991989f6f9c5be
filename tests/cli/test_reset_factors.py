"""`mailer account reset-factors`."""

from sqlalchemy import select

from mailer.accounts import operations as doors
from mailer.accounts.factors import operations, queries
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage


def test_lost_factors_are_taken_away_from_the_console(mailer):
    with transaction():
        account = doors.create(
            "nora@exemple.fr", "Nora", "trois parapluies verts sous la pluie", ["admin"], now()
        ).id
        key = operations.propose_key(account, now())
        operations.confirm_key(account, operations.totp.pyotp.TOTP(key).now(), now())

    done = mailer("account", "reset-factors", "Nora@exemple.fr")

    assert done.exit_code == 0, done.output
    assert not queries.has_any(account)
    assert "operator" in {entry.actor for entry in history_of(f"account:{account}")}
    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert "L’administration du service" in mails[-1].text


def test_an_address_without_account_is_said(mailer):
    for address, sentence in (("personne@exemple.fr", "no open account"), ("nora", "must read")):
        done = mailer("account", "reset-factors", address)
        assert done.exit_code == 1
        assert sentence in done.output
