"""The administrator changes what people may do, and closes accounts."""

import pytest
from accounts.conftest import EMAIL

from mailer.accounts import operations, people, queries
from mailer.accounts.factors import operations as factors
from mailer.accounts.factors.queries import has_any
from mailer.accounts.people import Work
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage


@pytest.fixture
def admin(staff):
    return staff("admin")


def told():
    return [mail.subject for mail in db.session.scalars(db.select(OutboxMessage))]


def test_the_list_says_who_may_do_what_and_when_they_were_seen(admin, account):
    page = admin.get("/bureau/comptes").text

    assert EMAIL in page
    assert "Jamais" in page
    assert "administration" in page


def test_other_roles_are_recorded_and_told(admin, account):
    admin.submit(f"/bureau/comptes/{account}/roles", roles=["sender", "dpo"])

    assert queries.by_id(account).roles == {"sender", "dpo"}
    assert "change-roles" in [each.verb for each in history_of(f"account:{account}")]
    assert told() == ["Vos rôles au bureau ont changé"]


def test_the_same_roles_change_nothing(admin, account):
    admin.submit(f"/bureau/comptes/{account}/roles", roles=["editor"])

    assert told() == []


def test_the_last_who_administers_keeps_the_role_and_the_account(admin):
    oneself = queries.holders("admin")[0].id

    kept = admin.submit(f"/bureau/comptes/{oneself}/roles", roles=["editor"])
    admin.submit(f"/bureau/comptes/{oneself}/fermeture")

    assert kept.status_code == 409
    assert "n’administre ce service" in kept.text
    assert "n’administre ce service" in admin.get(f"/bureau/comptes/{oneself}/fermeture").text
    assert queries.by_id(oneself).roles == {"admin"}


def test_with_another_one_may_leave(admin):
    oneself = queries.holders("admin")[0].id
    with transaction():
        operations.create("b@exemple.fr", "B", "trois parapluies verts", ["admin"], now())

    assert admin.submit(f"/bureau/comptes/{oneself}/fermeture").location == "/connexion"

    assert queries.by_id(oneself) is None


def test_a_closed_account_is_told_and_has_no_session(admin, account, visitor, knock):
    knock()

    admin.submit(f"/bureau/comptes/{account}/fermeture")

    assert visitor.get("/bureau").status_code == 303
    assert told() == ["Votre compte au bureau est fermé"]
    assert [each.verb for each in history_of(f"account:{account}")][-1] == "close"
    assert admin.get(f"/bureau/comptes/{account}").status_code == 404


def test_whoever_comes_back_to_a_closed_account_sets_factors_of_their_own(admin, account):
    with transaction():
        key = factors.propose_key(account, now())
        factors.confirm_key(account, factors.totp.pyotp.TOTP(key).now(), now())

    admin.submit(f"/bureau/comptes/{account}/fermeture")

    assert not has_any(account)


def test_a_change_of_factors_is_told_in_the_language_of_the_owner(account):
    with transaction():
        queries.must(account).language = "en"
        factors.reset(account, "account:1")

    (mail,) = db.session.scalars(db.select(OutboxMessage))
    assert "passkeys" in mail.text


def test_before_closing_the_page_says_what_is_under_way_in_that_name(app, admin, account):
    people.install(app, (lambda number: [Work(f"le dossier de {number}", "rights.queue", 1)],))

    page = admin.get(f"/bureau/comptes/{account}/fermeture").text

    assert f"le dossier de {account}" in page
    assert queries.by_id(account)


def test_the_administrator_signs_somebody_out_everywhere(admin, account, visitor, knock):
    knock()

    admin.submit(f"/bureau/comptes/{account}/sessions/fermeture")

    assert visitor.get("/bureau").status_code == 303


def test_nobody_else_sees_accounts(staff):
    assert staff("editor", "dpo").get("/bureau/comptes").status_code == 404
