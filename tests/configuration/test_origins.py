"""Where a setting comes from, and that a secret is never told."""

import pytest

from mailer import settings
from mailer.configuration import origins
from mailer.configuration.origins import Kind
from mailer.configuration.survey import survey
from mailer.settings import SECRETS


def seen(name, environ=None, overrides=None):
    values = settings.load(environ or {}, overrides)
    return next(each for each in survey(values, environ or {}, overrides) if each.name == name)


@pytest.fixture
def own(tmp_path):
    """A config.py of the operator's own, in which the port is another."""
    path = tmp_path / "config.py"
    defaults = settings.defaults_file().read_text()
    path.write_text("# Ours.\n" + defaults.replace("SMTP_PORT = 2525", "SMTP_PORT = 587"))
    return path


def line_of(path, text):
    return next(n for n, line in enumerate(path.read_text().splitlines(), 1) if text in line)


def test_a_default_stands_in_the_file_that_ships():
    found = seen("SMTP_PORT")
    shipped = settings.defaults_file()

    assert not found.is_changed
    assert found.origin == origins.Origin(
        Kind.SHIPPED, str(shipped), line_of(shipped, "SMTP_PORT = ")
    )


def test_the_operators_file_is_named_with_its_line(own):
    found = seen("SMTP_PORT", {"MAILER_CONFIG": str(own)})

    assert found.is_changed
    assert found.origin == origins.Origin(Kind.FILE, str(own), line_of(own, "SMTP_PORT = 587"))


def test_a_variable_wins_over_the_file_and_is_named(own):
    found = seen("SMTP_PORT", {"MAILER_CONFIG": str(own), "MAILER_SMTP_PORT": "25"})

    assert (found.value, str(found.origin)) == (25, "MAILER_SMTP_PORT")


def test_what_the_command_gives_wins_over_all():
    assert seen("DEMO", {"MAILER_DEMO": "false"}, {"DEMO": True}).origin.kind is Kind.PROGRAM


def test_a_secret_that_was_made_stands_in_the_data_folder(tmp_path):
    given = {"DATA_FOLDER": str(tmp_path)}
    assert not seen("LEDGER_KEY", overrides=given).is_set

    settings.with_secrets(settings.load({}, given))
    found = seen("LEDGER_KEY", overrides=given)
    assert (found.is_set, found.origin.place) == (True, str(tmp_path / "ledger-key"))


def test_no_secret_leaves_the_survey():
    secret = "phare"
    values = settings.load({}) | dict.fromkeys(SECRETS, secret)
    assert secret not in str(survey(values, {}))
