"""Signing in at a provider, as a browser does it, on the wire."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from accounts.openid.conftest import follow
from sqlalchemy import func, select

from mailer import addresses
from mailer.accounts import invitations
from mailer.accounts import operations as doors
from mailer.accounts import queries as accounts
from mailer.accounts.factors import operations as factors
from mailer.accounts.invitations import Invitee
from mailer.accounts.models import Account
from mailer.accounts.openid.models import AccountIdentity
from mailer.clock import now
from mailer.db import db, transaction
from mailer.tokens import INVITE

VERIFIED = {"email": "camille@exemple.fr", "email_verified": True, "name": "Camille Morin"}


@pytest.fixture(autouse=True)
def person(provider):
    provider.info = dict(VERIFIED)


def accounts_number():
    return db.session.scalar(select(func.count()).select_from(Account))


def test_somebody_with_an_account_signs_in(visitor, travel, camille):
    answer = travel()

    assert (answer.status_code, answer.location) == (303, "/bureau")
    assert "Bonjour, Camille" in visitor.get("/bureau").text


def test_the_page_that_was_asked_for_follows(travel, camille):
    assert travel("/bureau/lettres").location == "/bureau/lettres"


def test_but_no_page_of_another_site(travel, camille):
    assert travel("//ailleurs.example/").location == "/bureau"


def test_the_page_of_signing_in_shows_the_button_only_where_there_is_a_provider(app, visitor, oidc):
    assert "Se connecter avec Ville" in visitor.get("/connexion").text
    app.config["OIDC_ISSUER"] = ""
    assert "/connexion/openid" not in visitor.get("/connexion").text
    assert visitor.get("/connexion/openid").status_code == 404


def test_the_second_time_the_address_no_longer_matters(provider, travel, camille):
    travel()
    provider.info = {"email": "autre@exemple.fr", "email_verified": True}

    assert travel().status_code == 303
    identity = db.session.scalar(select(AccountIdentity))
    assert (identity.account_id, identity.subject_id) == (camille, provider.identity["sub"])


def test_who_gets_the_address_later_does_not_get_the_account(provider, travel, camille):
    travel()
    provider.identity = {"sub": "another"}

    answer = travel()

    assert answer.status_code == 409
    assert "déjà lié à une autre identité" in answer.text


@pytest.mark.parametrize(
    "info",
    [
        {"email": "camille@exemple.fr"},
        {"email": "camille@exemple.fr", "email_verified": False},
        {"email": "camille@exemple.fr", "email_verified": "true"},
        {"email_verified": True},
    ],
)
def test_an_address_that_nobody_vouches_for_opens_nothing(provider, travel, camille, info):
    provider.info = info

    assert travel().status_code == 403
    assert db.session.scalar(select(AccountIdentity)) is None


def test_nobody_gets_an_account_by_being_known_to_the_provider(provider, travel, oidc):
    answer = travel()

    assert answer.status_code == 403
    assert "Demandez une invitation" in answer.text
    assert accounts_number() == 0


@pytest.fixture
def invited(app):
    with transaction():
        invitee = Invitee("camille@exemple.fr", "Camille", ["editor", "sender"], "en")
        return invitations.invite(invitee, "Maud", "account:1", now()).id


def test_whoever_was_invited_comes_in_with_the_roles_of_the_invitation(
    visitor, travel, oidc, invited
):
    oidc(OIDC_SHAPE="keycloak", OIDC_ROLES={"/lettre/admin": "admin"})

    assert travel().status_code == 303
    account = accounts.by_address(addresses.parse("camille@exemple.fr"))
    assert (account.roles, account.language) == ({"editor", "sender"}, "en")
    assert invitations.of_address("camille@exemple.fr") is None
    assert (travel().status_code, account.roles) == (303, {"editor", "sender"})


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_invitation_waits_for_whoever_shows_that_the_address_is_theirs(
    provider, travel, oidc, invited, verified
):
    provider.info["email_verified"] = verified

    assert travel().status_code == 403
    assert invitations.of_address("camille@exemple.fr").id == invited


def test_an_invitation_that_is_over_opens_nothing_at_the_provider_either(travel, oidc, invited):
    with transaction():
        invitations.held(invited).sent_at -= INVITE.lifetime + timedelta(minutes=1)

    assert travel().status_code == 403
    assert accounts_number() == 0


def test_a_closed_account_opens_no_more(travel, camille):
    travel()
    with transaction():
        accounts.by_id(camille).closed_at = now()

    assert travel().status_code == 403


def test_groups_of_keycloak_make_an_account_and_its_roles_follow_them(provider, travel, oidc):
    oidc(
        OIDC_SHAPE="keycloak",
        OIDC_ROLES={"lettre-redaction": ["editor"], "lettres/envoi": ["sender", "subscribers"]},
    )
    provider.info |= {"groups": ["/lettres/envoi", "/autre"]}
    provider.identity |= {"realm_access": {"roles": ["lettre-redaction", "offline_access"]}}

    assert travel().status_code == 303
    made = db.session.scalar(select(Account))
    assert (made.email, made.name) == ("camille@exemple.fr", "Camille Morin")
    assert made.roles == {"editor", "sender", "subscribers"}

    provider.info["groups"] = []
    travel()
    db.session.expire_all()
    assert made.roles == {"editor"}


def test_the_roles_of_an_account_that_was_there_before_stay(provider, travel, oidc, camille):
    oidc(OIDC_SHAPE="keycloak", OIDC_ROLES={"tout": ["admin"]})
    provider.info |= {"groups": ["tout"]}

    travel()

    assert accounts.by_id(camille).roles == {"editor"}


def test_proconnect_answers_with_signed_claims_and_its_own_names(provider, travel, oidc):
    oidc(OIDC_SHAPE="proconnect", OIDC_ROLES={"lettre": ["editor"]})
    provider.rotate("EC")
    provider.signs_info = True
    provider.info = {
        "email": "nora@exemple.gouv.fr",
        "given_name": "Nora",
        "usual_name": "Belledune",
        "siret": "13002526500013",
        "groups": ["lettre"],
    }

    assert travel().status_code == 303
    made = db.session.scalar(select(Account))
    assert (made.email, made.name) == ("nora@exemple.gouv.fr", "Nora Belledune")
    asked = dict(provider.asked)["authorize"]
    assert asked["scope"] == "openid given_name usual_name email"


def test_a_factor_that_is_set_here_is_asked_for(visitor, travel, camille):
    give_factor(camille)

    travel()

    assert visitor.get("/bureau").location == "/connexion/seconde-preuve?next=/bureau"


@pytest.mark.parametrize("said", [{"acr": "eidas2"}, {"amr": ["pwd", "mfa"]}])
def test_the_providers_word_counts_where_the_settings_name_it(  # noqa: PLR0917 - fixtures
    visitor, provider, travel, oidc, camille, said
):
    give_factor(camille)
    provider.identity |= said
    oidc(OIDC_SECOND_FACTOR=["eidas2", "eidas3", "mfa"], SECOND_FACTOR_ROLES=["editor"])

    travel()

    assert visitor.get("/bureau").status_code == 200
    assert dict(provider.asked)["authorize"]["acr_values"] == "eidas2 eidas3 mfa"


def test_and_only_in_the_signed_token_of_signing_in(visitor, provider, travel, oidc, camille):
    give_factor(camille)
    provider.info |= {"acr": "eidas2", "amr": ["mfa"]}
    oidc(OIDC_SECOND_FACTOR=["eidas2", "mfa"])

    travel()

    assert visitor.get("/bureau").status_code == 303


def give_factor(account):
    with transaction():
        key = factors.propose_key(account, now())
        factors.confirm_key(account, factors.totp.pyotp.TOTP(key).now(), now())


def test_a_key_that_was_made_since_the_last_time_counts_at_once(provider, travel, camille):
    travel()
    provider.rotate()

    assert travel().status_code == 303


def test_signing_out_goes_on_to_the_provider_with_its_own_token(visitor, provider, travel, camille):
    travel()

    gone = visitor.submit("/deconnexion")

    assert gone.location == "/connexion/openid/depart"
    page = visitor.get(gone.location).text
    address = page.partition('content="0; url=')[2].partition('"')[0].replace("&amp;", "&")
    fields = parse_qs(urlsplit(address).query)
    assert fields["id_token_hint"][0].count(".") == 2
    assert fields["post_logout_redirect_uri"] == ["http://127.0.0.1:8000/connexion"]
    assert follow(address) == "http://127.0.0.1:8000/connexion"
    assert "id_token_hint" not in visitor.get("/connexion/openid/depart").text


def test_who_came_by_passphrase_signs_out_here_alone(visitor, oidc, camille):
    visitor.submit("/connexion", email="camille@exemple.fr", passphrase="sept phares et une marée")

    assert visitor.submit("/deconnexion").location == "/connexion"


def test_the_log_names_nobody(provider, travel, camille, capsys):
    travel()
    provider.identity = {"sub": "another"}
    travel()

    told = "".join(capsys.readouterr())
    assert "openid.refused" in told
    assert "camille" not in told
    assert "another" not in told


def test_a_journey_is_over_after_ten_minutes(visitor, oidc, camille):
    sent = visitor.get("/connexion/openid")
    back = urlsplit(follow(sent.location))

    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        answer = visitor.get(f"{back.path}?{back.query}")

    assert answer.status_code == 400


def test_an_account_is_made_for_an_address_that_can_be_one_only(provider, travel, oidc):
    oidc(OIDC_ROLES={"g": ["editor"]})
    provider.info = {"email": "pas une adresse", "email_verified": True, "groups": ["g"]}

    assert travel().status_code == 403
    assert accounts_number() == 0


def test_the_account_of_a_group_opens_by_no_passphrase_and_by_the_provider(provider, travel, oidc):
    oidc(OIDC_ROLES={"g": ["editor"]})
    provider.info |= {"groups": ["g"]}
    travel()
    made = db.session.scalar(select(Account))

    assert not doors.passphrases.match(made.passphrase_hash, "")
