"""Passkeys in a real browser, with the authenticator that it offers to tests (WebAuthn, 11)."""

import re

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from served import serving

from mailer.accounts import operations as doors
from mailer.accounts.factors import queries
from mailer.clock import now
from mailer.db import transaction

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("factors")]

EMAIL, PASSPHRASE = "camille@exemple.fr", "sept phares et une marée"
OWN = "/bureau/compte/securite"


@pytest.fixture
def site(app, tmp_path):
    with serving(app, tmp_path) as site:
        # Browsers make passkeys for names, and for localhost among them.
        site.url = site.url.replace("127.0.0.1", "localhost")
        app.config["BASE_URL"] = site.url
        app.config["SECOND_FACTOR_ROLES"] = ["dpo", "admin"]
        with transaction():
            doors.create(EMAIL, "Camille Morin", PASSPHRASE, ["dpo"], now())
        yield site


@pytest.fixture
def page(chromium: Browser, site):
    context = chromium.new_context(base_url=site.url, locale="fr-FR", accept_downloads=True)
    page = context.new_page()
    complaints = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def authenticator(page: Page, **options: object) -> tuple[object, str]:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    given = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": given | options})
    return devices, made["authenticatorId"]


def sign_in(page: Page) -> None:
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(EMAIL)
    page.get_by_label("Phrase de passe").fill(PASSPHRASE)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion")


def test_an_officer_adds_a_passkey_and_comes_back_with_it_alone_or_after_the_passphrase(
    app, page, site
):
    authenticator(page)
    sign_in(page)
    page.goto("/bureau/demandes")
    expect(page).to_have_url(re.compile(OWN))
    page.get_by_label("Nom de la nouvelle clé").fill("Ordinateur du bureau")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Télécharger").click()
    assert taken.value.suggested_filename == "codes-de-secours.txt"
    shown = page.get_by_label("Vos codes").input_value().split()
    assert set(shown) <= set(taken.value.path().read_text().splitlines())
    page.get_by_role("link", name="C’est noté, continuer").click()
    expect(page.locator("main")).to_contain_text("Ordinateur du bureau")
    sign_out(page)

    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    expect(page).to_have_url(re.compile("/bureau/demandes"))
    sign_out(page)

    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Une seconde preuve")
    page.get_by_role("button", name="Se servir de ma clé d’accès").click()
    expect(page).to_have_url(re.compile("/bureau/demandes"))


def test_a_device_that_does_not_know_its_owner_is_told_so_and_changes_nothing(app, page, site):
    authenticator(page, isUserVerified=False)
    sign_in(page)
    page.goto(OWN)
    page.get_by_label("Nom de la nouvelle clé").fill("Clé trouvée")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()

    expect(page.get_by_role("alert")).to_contain_text("L’appareil n’a pas répondu")
    assert page.get_by_label("Nom de la nouvelle clé").input_value() == "Clé trouvée"
    with app.app_context():
        assert not queries.has_any(1)


def test_browsers_without_the_json_methods_do_the_same_by_hand(app, page, site):
    authenticator(page)
    page.add_init_script(
        "delete PublicKeyCredential.parseCreationOptionsFromJSON;"
        "delete PublicKeyCredential.parseRequestOptionsFromJSON;"
        "delete PublicKeyCredential.prototype.toJSON;"
    )
    sign_in(page)
    page.goto(OWN)
    page.get_by_label("Nom de la nouvelle clé").fill("Ancien navigateur")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.get_by_role("link", name="C’est noté, continuer").click()
    sign_out(page)

    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()

    expect(page).to_have_url(re.compile("/bureau/demandes"))


def test_without_javascript_an_application_is_linked_and_shown(chromium, site):
    context = chromium.new_context(base_url=site.url, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.goto(OWN)
    expect(page.get_by_role("button", name="Ajouter une clé d’accès")).to_be_hidden()
    page.get_by_role("button", name="Lier une application").click()
    key = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Lier cette application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    code = page.get_by_label("Vos codes").input_value().split()[0]
    page.get_by_role("link", name="C’est noté, continuer").click()
    sign_out(page)

    sign_in(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Entrer").click()

    expect(page).to_have_url(re.compile("/bureau/demandes"))
    context.close()
