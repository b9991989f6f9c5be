"""The administrator's page of settings."""

import pytest
from delivery.pressing import words

PAGE = "/bureau/reglages"


@pytest.fixture
def admin(staff):
    return staff("admin")


def test_each_setting_says_what_it_does_and_where_it_comes_from(admin):
    said = words(admin.get(PAGE))

    assert "SMTP_HOST Le serveur qui prend les courriels." in said
    assert "Défaut config.py, ligne " in said
    assert "SECRET_KEYS" in said
    assert "Donné par la commande qui a lancé l’outil" in said


def test_a_secret_is_defined_and_never_shown(admin, app):
    text = admin.get(PAGE).text

    assert "Défini" in text
    for name in ("FINGERPRINT_KEY", "LEDGER_KEY", "SECRET_KEY", "DATABASE_URL"):
        assert app.config[name] not in text


@pytest.mark.parametrize(
    ("sought", "name"),
    [
        ("smtp_port", "SMTP_PORT"),
        ("liaison relais", ""),
        ("Mot de passe des  retours", "BOUNCE_MAILBOX_PASSWORD"),
        ("allure envois heure", "SENDING_PER_HOUR"),
    ],
)
def test_a_setting_is_found_by_its_name_its_words_and_its_group(admin, sought, name):
    said = words(admin.get(PAGE, query_string={"q": sought}))

    assert name in said
    assert ("Aucun réglage" in said) == (not name)
    assert "FORM_MAX_HOURS" not in said


def test_what_matches_nothing_says_how_to_look_on(admin):
    said = words(admin.get(PAGE, query_string={"q": "<b>baleine</b>"}))

    assert "Aucun réglage ne répond à cela." in said
    assert "Tous les réglages" in said


def test_only_changed_settings_are_left_when_asked(admin):
    said = words(admin.get(PAGE, query_string={"modifies": "1"}))

    assert "DATA_FOLDER" in said
    assert "SMTP_HOST" not in said
