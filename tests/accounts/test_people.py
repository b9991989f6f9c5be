"""The administrator changes what people may do, and closes accounts."""

import re
from datetime import UTC, datetime

import pytest
from accounts.conftest import EMAIL
from lxml import html

from mailer.accounts import operations, people, queries
from mailer.accounts.factors import operations as factors
from mailer.accounts.factors.models import Passkey
from mailer.accounts.factors.queries import has_any
from mailer.accounts.people import Work
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage

SET = {"created_at": datetime(2026, 11, 3, 9, tzinfo=UTC)}
BYTES = dict.fromkeys(("credential_id", "public_key", "handle"), b"x")


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


def row_of(page, email):
    (row,) = html.fromstring(page.text).xpath(f"//tr[td[text()='{email}']]")
    return row.xpath("td[@data-label='Seconde preuve']")[0].text_content()


def test_the_list_says_who_has_a_second_factor_and_who_must_set_one(app, admin, account):
    assert row_of(admin.get("/bureau/comptes"), EMAIL) == "Facultative"
    app.config["SECOND_FACTOR_ROLES"] = ["editor"]
    assert row_of(admin.get("/bureau/comptes"), EMAIL) == "À poser à la prochaine connexion"

    with transaction():
        db.session.add(Passkey(account_id=account, name="Clé", sign_count=0, **BYTES, **SET))

    assert row_of(admin.get("/bureau/comptes"), EMAIL) == "Posée le 3 novembre 2026"
    person = admin.get(f"/bureau/comptes/{account}").text
    assert "Posée le 3 novembre 2026" in person
    assert f'href="/bureau/comptes/{account}/facteurs"' in person


def test_a_colleague_is_sent_the_link_that_nobody_else_sees(admin, visitor, knock, account):
    knock()
    answer = admin.submit(f"/bureau/comptes/{account}/phrase-de-passe")
    mail = db.session.scalars(db.select(OutboxMessage)).one()
    (link,) = re.findall(r"/phrase-de-passe/\S+", mail.text)

    assert mail.recipient == EMAIL
    assert link not in admin.get(answer.location).text
    assert "send-passphrase-link" in [each.verb for each in history_of(f"account:{account}")]
    assert visitor.get("/bureau").status_code == 200

    elsewhere = admin.application.test_client()
    elsewhere.submit(link, new="onze goélands sur la digue")
    assert visitor.get("/bureau").location == "/connexion?next=/bureau"
    assert elsewhere.get(link).status_code == 410


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
    barred = admin.get(f"/bureau/comptes/{oneself}/fermeture").text
    assert "n’administre ce service" in barred
    # A form of which nothing can be sent is none (WCAG 2.2, H32).
    assert f'action="/bureau/comptes/{oneself}/fermeture"' not in barred
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
    # Who only administers does not open it.
    assert 'href="/bureau/demandes"' not in page
    assert queries.by_id(account)


def test_the_administrator_signs_somebody_out_everywhere(admin, account, visitor, knock):
    knock()
    asked = admin.get(f"/bureau/comptes/{account}/sessions/fermeture").text
    assert "1 session est ouverte." in asked
    assert visitor.get("/bureau").status_code == 200

    admin.submit(f"/bureau/comptes/{account}/sessions/fermeture")

    assert visitor.get("/bureau").status_code == 303


def test_nobody_else_sees_accounts(staff):
    assert staff("editor", "dpo").get("/bureau/comptes").status_code == 404
