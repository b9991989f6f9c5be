"""Who must have a second factor, and what happens when it is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from mailer import settings
from mailer.accounts.factors import operations, queries
from mailer.accounts.factors.models import Passkey
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.mail.models import OutboxMessage

OWN = "/bureau/compte/securite"


@pytest.fixture
def default(app):
    """The application as config.py has it."""
    shipped = settings.read(settings.defaults_file())
    app.config["SECOND_FACTOR_ROLES"] = shipped["SECOND_FACTOR_ROLES"]
    return app


@pytest.mark.parametrize("role", ["dpo", "admin"])
def test_officers_and_administrators_set_a_factor_before_anything_opens(
    default, visitor, person, knock, role
):
    person(role, "editor")
    knock()
    for rule in default.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.rule.startswith("/bureau"):
            answer = visitor.get(rule.rule)
            is_own = rule.endpoint.startswith("factors.")
            assert answer.status_code == 404 or is_own or answer.location == OWN, rule.rule
    assert "le reste du bureau s’ouvrira" in visitor.get(OWN).text


def test_and_everything_opens_once_it_is_set(default, visitor, person, application, knock):
    account = person("dpo")
    knock()

    application(account)

    assert visitor.get("/bureau").status_code == 200


def test_who_writes_letters_may_do_without(default, visitor, person, knock):
    person("editor", "sender", "approver", "subscribers")
    knock()

    assert visitor.get("/bureau").status_code == 200


def test_a_post_is_held_back_too(default, visitor, person, knock):
    person("admin")
    knock()

    assert visitor.submit("/bureau/comptes/1/facteurs/retrait").status_code == 303


def test_signing_out_stays_open(default, visitor, person, knock):
    person("dpo")
    knock()

    assert visitor.submit("/deconnexion").location == "/connexion"


def test_the_last_factor_of_somebody_bound_stays(default, visitor, person, application, knock):
    account = person("dpo")
    knock()
    application(account)

    visitor.submit(f"{OWN}/application/retrait")

    assert queries.has_any(account)
    page = visitor.get(OWN).text
    assert "ajoutez-en une avant" in page
    assert "ajoutez une clé d’accès avant" in page


def test_of_two_that_go_at_once_the_last_one_stays(app, default, person, application):
    account = person("dpo")
    application(account)
    with transaction():
        key = Passkey(
            account_id=account,
            credential_id=b"c",
            public_key=b"p",
            handle=b"h",
            sign_count=0,
            name="Téléphone",
            created_at=now(),
        )
        db.session.add(key)
        db.session.flush()
        number = key.id

    def taken_away(remove):
        with app.app_context():
            try:
                with transaction():
                    remove()
            except Conflict:
                return False
            return True

    removals = (
        lambda: operations.remove_key(account),
        lambda: operations.remove_passkey(account, number),
    )
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(taken_away, removals)) == [False, True]
    assert queries.has_any(account)


def test_who_is_free_takes_it_away(default, visitor, person, application, knock):
    account = person("editor")
    knock()
    application(account)

    visitor.submit(f"{OWN}/application/retrait")

    assert not queries.has_any(account)


def test_an_administrator_takes_lost_factors_away(staff, visitor, person, application, knock):
    account = person("editor")
    knock()
    application(account)
    admin = staff("admin")
    assert "Retirer ses secondes preuves" in admin.get(f"/bureau/comptes/{account}/facteurs").text

    admin.submit(f"/bureau/comptes/{account}/facteurs/retrait")

    assert not queries.has_any(account)
    assert visitor.get("/bureau").location.startswith("/connexion")
    verbs = [entry.verb for entry in history_of(f"account:{account}")]
    assert "reset-factors" in verbs
    mail = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert mail.recipient == "camille@exemple.fr"
    assert "L’administration du service a retiré" in mail.text


@pytest.mark.parametrize("role", ["editor", "dpo"])
def test_nobody_else_does(staff, person, application, role):
    account = person("editor")
    application(account)

    assert staff(role).submit(f"/bureau/comptes/{account}/facteurs/retrait").status_code == 404
    assert queries.has_any(account)
